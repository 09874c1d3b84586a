"""What the pages of figures print: readings put into words and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext

from tracker.figures.closing.describing import exact as exact_words
from tracker.figures.freezing.changes import FigureChange
from tracker.figures.freezing.models import FrozenSet
from tracker.figures.readings import Breakdown, Member, Omitted, Reading
from tracker.kernel.charts import bar_chart, column_chart
from tracker.kernel.i18n import say
from tracker.kernel.records import moment_of
from tracker.kernel.units import Unit
from tracker.kernel.wording import Number, Rounding, Wording, phrase, plain, unit_of

_PERCENT = Wording(Unit.PERCENT.label, Rounding.PERCENT)


def exact(value: Number | None, unit: Unit) -> str:
    """The exact value as a table prints it: 1,640 or 99.14%."""
    if value is None:
        return ""
    if unit is Unit.PERCENT:
        return say(phrase(value, _PERCENT))
    return f"{value:,}" if isinstance(value, int) else plain(value)


def change(reading: Reading) -> str:
    """This year against last: +436, -3, or that nothing changed."""
    if reading.change is None:
        return ""
    if reading.change == 0:
        return gettext("持平")
    sign = "+" if reading.change > 0 else "−"
    size = reading.change if reading.change > 0 else -reading.change
    if reading.figure.unit is Unit.PERCENT:
        return gettext("%(points)s个百分点", points=f"{sign}{plain(size * 100)}")
    return f"{sign}{size:,}" if isinstance(size, int) else f"{sign}{plain(size)}"


def basis_note(reading: Reading) -> str:
    """How the heads of a total were counted; empty where nothing says."""
    return say(reading.basis_note) if reading.basis_note else ""


#: Where a figure leads to.
Link = Callable[[Reading], str]


def year_link(reading: Reading) -> str:
    """To the figure's page of the year."""
    return url_for("yearbook.figure", year=reading.period.year, key=reading.figure.key)


def frozen_link(frozen: FrozenSet) -> Link:
    """To the figure in one frozen set."""
    return lambda reading: url_for(
        "yearbook.frozen_figure",
        year=frozen.year,
        sequence=frozen.sequence,
        key=reading.figure.key,
    )


def _unit(reading: Reading) -> str:
    """The unit that stands after the value; a share bears its own sign."""
    unit = reading.figure.unit
    if unit is Unit.PERCENT or reading.value is None:
        return ""
    return say(unit_of(reading.value, unit.label))


def row(reading: Reading, link: Link = year_link) -> dict[str, Any]:
    """One line of the year's table."""
    figure = reading.figure
    return {
        "label": say(figure.label),
        "url": link(reading),
        "value": exact(reading.value, figure.unit),
        "unit": _unit(reading),
        "previous": exact(reading.previous, figure.unit),
        "change": change(reading),
        "note": basis_note(reading),
    }


def groups(readings: Iterable[Reading], link: Link = year_link) -> list[dict[str, Any]]:
    """The year's table, figures under the headings of their groups, in the catalogue's order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for reading in readings:
        found.setdefault(say(reading.figure.group), []).append(row(reading, link))
    return [{"title": title, "rows": rows} for title, rows in found.items()]


def is_quiet(reading: Reading) -> bool:
    """Whether a figure of other work has nothing to say: no record, and 0 in both years.

    There are far more kinds of work than one office does; these are folded away on the page. A 0
    that rests on records, such as no lawsuit lost of five, is said.
    """
    return (
        reading.figure.key.startswith("worklog.")
        and not reading.records
        and not reading.value
        and not reading.previous
    )


def card(reading: Reading) -> dict[str, Any]:
    """A figure as a card: spoken large, exact below."""
    figure = reading.figure
    percent = figure.unit is Unit.PERCENT
    return {
        "label": say(figure.label),
        "phrase": "" if reading.value is None else say(reading.phrase),
        "exact": "" if percent else exact(reading.value, figure.unit),
        "unit": _unit(reading),
        "previous": exact(reading.previous, figure.unit),
        "change": change(reading),
        "url": year_link(reading),
        "note": basis_note(reading),
    }


def breakdown_chart(found: Breakdown, reading: Reading) -> Any:
    """A breakdown as bars, months as columns."""
    unit = reading.figure.unit
    items: Sequence[tuple[str, Number | None]] = [
        (say(part.label), part.value) for part in found.parts
    ]
    title = say(found.label)
    if unit is Unit.PERCENT:
        items = [(label, None if v is None else Decimal(plain(v * 100))) for label, v in items]
    make = column_chart if found.key == "month" else bar_chart
    return make(f"by-{found.key}", title, say(unit.label), items)


def breakdown_view(found: Breakdown, reading: Reading) -> dict[str, Any]:
    """A breakdown for the page: its chart and whether its parts overlap."""
    return {
        "label": say(found.label),
        "kind": "column" if found.key == "month" else "bar",
        "chart": breakdown_chart(found, reading),
        "overlapping": found.overlapping,
    }


#: Figures whose people also stand together on one page, from registration to the certificate.
_COHORT = {f"certification.{key}" for key in ("registered", "sat", "passed", "pass_rate")}


def together(key: str, year: int) -> dict[str, str] | None:
    """The link to the page that shows a figure's records beside those of its neighbours."""
    if key not in _COHORT:
        return None
    label = gettext("%(year)s年从报名到领证", year=year)
    return {"label": label, "url": url_for("certification.cohort", year=year), "kind": "secondary"}


def members_table(unit: Unit, counted: Sequence[Member]) -> dict[str, Any]:
    """The records that count, each leading to its page, with what it adds in ``unit``."""
    return {
        "columns": [
            {"key": "title", "label": gettext("记录"), "wide": True},
            {"key": "number", "label": gettext("编号")},
            {"key": "date", "label": gettext("日期")},
            {
                "key": "weight",
                "label": gettext("计入（%(unit)s）", unit=say(unit.label)),
                "align": "right",
            },
        ],
        "rows": [
            {
                "cells": [
                    member.title,
                    member.number,
                    member.date.isoformat() if member.date else "",
                    exact(member.weight, unit),
                ],
                "url": member.url,
            }
            for member in counted
        ],
        "total": exact(sum(member.weight for member in counted), unit),
        "count": len(counted),
    }


def left_out_tables(omitted: Sequence[Omitted], most: int) -> list[dict[str, Any]]:
    """The records that do not count, under their reasons; at most ``most`` of each listed."""
    by_reason: dict[str, list[Omitted]] = {}
    for record in omitted:
        by_reason.setdefault(say(record.reason), []).append(record)
    return [
        {
            "reason": reason,
            "count": len(found),
            "more": max(0, len(found) - most),
            "columns": [
                {"key": "title", "label": gettext("记录"), "wide": True},
                {"key": "number", "label": gettext("编号")},
                {"key": "date", "label": gettext("日期")},
            ],
            "rows": [
                {
                    "cells": [
                        record.title,
                        record.number,
                        record.date.isoformat() if record.date else "",
                    ],
                    "url": record.url,
                }
                for record in found[:most]
            ],
        }
        for reason, found in by_reason.items()
    ]


def change_view(change: FigureChange) -> dict[str, Any]:
    """A figure that reads differently since it was frozen, with the records that make it so."""
    unit = change.unit
    now = change.present
    return {
        "label": say(change.label),
        "url": url_for("yearbook.figure", year=change.frozen.period.year, key=change.key),
        "frozen": say(exact_words(change.frozen.value, unit)),
        "present": say(exact_words(now.value, unit)) if now is not None else "",
        "gone": now is None,
        "frozen_note": basis_note(change.frozen),
        "present_note": basis_note(now) if now is not None else "",
        "columns": [
            {"key": "title", "label": gettext("记录"), "wide": True},
            {"key": "number", "label": gettext("编号")},
            {"key": "date", "label": gettext("日期"), "nowrap": True},
            {"key": "frozen", "label": gettext("定稿"), "align": "right"},
            {"key": "present", "label": gettext("现为"), "align": "right"},
            {"key": "reason", "label": gettext("变化")},
            {"key": "by", "label": gettext("修改人和时间")},
        ],
        "rows": [
            {
                "cells": [
                    record.title,
                    record.number,
                    record.date.isoformat() if record.date else "",
                    exact(record.frozen, unit),
                    exact(record.present, unit),
                    say(record.reason),
                    " ".join(filter(None, [record.by, moment_of(record.at)])),
                ],
                "url": record.url,
            }
            for record in change.records
        ],
        "parts": [change_view(part) for part in change.parts],
    }
