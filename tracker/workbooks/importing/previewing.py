"""What the preview of an import shows: every row counted, the first of each kind in full."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from tracker.kernel.i18n import say
from tracker.kernel.register import Column
from tracker.kernel.text import shorten
from tracker.kernel.words import Words
from tracker.workbooks.grid import Grid

from .layout import NotData, shown
from .outcome import Fate, Outcome, RowOutcome
from .sheets import Found

#: Rows of each kind that a page shows.
SHOWN = 50
_LONGEST_VALUE = 60
_LONGEST_NAMES = 30
_MOST_COLUMNS = 5

_TONES = {Fate.NEW: "success", Fate.UPDATED: "info", Fate.WRONG: "danger"}


@dataclass(frozen=True)
class Part:
    """The first rows of one kind, and how many there are of it."""

    label: str
    total: int
    table: dict[str, Any]
    is_cut: bool


@dataclass(frozen=True)
class Preview:
    """An outcome as the page prints it."""

    total: int
    counts: list[tuple[str, int, str]]
    to_write: int
    is_clean: bool
    seen: str
    wrong: Part
    noted: Part
    kinds: list[Part]
    not_data: Part
    left_out: list[str]
    created: list[tuple[str, list[str]]]
    unknown: list[tuple[str, list[str]]]


def seen_as(outcome: Outcome) -> str:
    """What a person agrees to who confirms this outcome; another one gives another text.

    Numbers of new records are not part of it: somebody else may have taken them meanwhile.
    """
    told = hashlib.sha256()
    for row in outcome.rows:
        version = row.written.version if row.written and row.fate is Fate.UPDATED else 0
        number = "" if row.fate is Fate.NEW else row.number
        said = [each.zh for each in (*row.notes, *row.changed)]
        parts = (row.sheet, str(row.row), row.fate.value, number, str(version), *said)
        told.update("\x1f".join(map(str, parts)).encode() + b"\x1e")
    for label, names in outcome.created.items():
        told.update("\x1f".join((label.zh, *names)).encode() + b"\x1e")
    return told.hexdigest()


def preview_of(outcome: Outcome, found: Found, grid: Grid) -> Preview:
    """Everything the page says, in the language of the request."""
    several = len(found.tables) > 1
    fates = [
        (say(fate.label), outcome.count(fate), _TONES.get(fate, "") if outcome.count(fate) else "")
        for fate in (Fate.WRONG, Fate.NEW, Fate.UPDATED, Fate.UNCHANGED, Fate.SKIPPED)
    ]
    first = _name_column(found)
    title = first.label if first else _ROW
    return Preview(
        total=outcome.rows_read,
        counts=[*fates, (gettext("非数据行"), len(outcome.not_data), "")],
        to_write=outcome.count(Fate.NEW, Fate.UPDATED),
        is_clean=outcome.is_clean,
        seen=seen_as(outcome),
        wrong=_wrong(outcome, found, grid, title, several),
        noted=_part(
            gettext("请留意的行"),
            [row for row in outcome.rows if row.notes],
            [("notes", gettext("提醒"), lambda row: _said(row.notes))],
            title,
            several,
        ),
        kinds=[
            _part(say(fate.label), outcome.of([fate]), more, title, several)
            for fate, more in ((Fate.NEW, _cells_of(outcome, found)), *_COLUMNS)
            if outcome.count(fate)
        ],
        not_data=_not_data(outcome.not_data),
        left_out=[shorten(text, _LONGEST_VALUE) for text in dict.fromkeys(outcome.left_out)],
        created=_named(outcome.created),
        unknown=_named(outcome.unknown),
    )


_ROW = Words("内容", "Content")
_Column = tuple[str, Any, Callable[[RowOutcome], str]]


def _said(words: Sequence[Words]) -> str:
    return "；".join(say(each) for each in words)


_NUMBER: _Column = ("number", Words("编号", "Number"), lambda row: row.number)
_CHANGED: _Column = (
    "changed",
    Words("改动的栏目", "What changes"),
    lambda row: "、".join(map(say, row.changed)),
)
_COLUMNS: tuple[tuple[Fate, Sequence[_Column]], ...] = (
    (Fate.UPDATED, (_NUMBER, _CHANGED)),
    (Fate.UNCHANGED, (_NUMBER,)),
    (Fate.SKIPPED, (_NUMBER,)),
)


def _name_column(found: Found) -> Column | None:
    """The column that a record is called by: the first that must be filled."""
    return next((c for c in found.intake.register.columns if c.required), None)


def _heads_of_names(found: Found) -> set[tuple[str, str]]:
    """The heads over the column of names, by sheet."""
    first = _name_column(found)
    return {
        (table.sheet, table.heads[table.places[first.key]])
        for table in found.tables
        if first and first.key in table.places
    }


def _cells_of(outcome: Outcome, found: Found) -> list[_Column]:
    """What the first new rows say in the columns that a list of such records shows."""
    wanted = {(row.sheet, row.row) for row in outcome.of([Fate.NEW])[:SHOWN]}
    lines = {
        (table.sheet, line.row): line.texts
        for table in found.tables
        for line in table.lines
        if (table.sheet, line.row) in wanted
    }
    taken = {key for table in found.tables for key in table.places}
    first = _name_column(found)
    columns = [c for c in found.intake.register.list_columns if c.key in taken and c is not first]

    def reader(key: str) -> Callable[[RowOutcome], str]:
        return lambda row: shorten(lines[row.sheet, row.row].get(key, ""), _LONGEST_VALUE)

    return [(c.key, c.label, reader(c.key)) for c in columns[:_MOST_COLUMNS]]


def _where(sheet: str, row: int, several: bool) -> Any:
    """The row as Excel numbers it; with its sheet where there are several."""
    text = gettext("第 %(row)s 行", row=row + 1)
    return {"text": text, "note": shorten(sheet, _LONGEST_VALUE)} if several else text


def _part(
    label: str, rows: list[RowOutcome], more: Sequence[_Column], title: Words, several: bool
) -> Part:
    columns = [
        {"key": "row", "label": gettext("行"), "nowrap": True},
        {"key": "title", "label": say(title)},
        *(
            {"key": key, "label": say(text) if isinstance(text, Words) else text}
            for key, text, _read in more
        ),
    ]
    cells = [
        [
            _where(row.sheet, row.row, several),
            row.title,
            *(shorten(read(row), 400) for _key, _text, read in more),
        ]
        for row in rows[:SHOWN]
    ]
    table = {"columns": columns, "rows": [{"cells": each} for each in cells]}
    return Part(label, len(rows), table, len(rows) > SHOWN)


def _wrong(outcome: Outcome, found: Found, grid: Grid, title: Words, several: bool) -> Part:
    """The wrong rows, with the columns in which any of them is wrong."""
    wrong = outcome.of([Fate.WRONG])
    sheets = {sheet.name: sheet.rows for sheet in grid.sheets}
    places = {
        table.sheet: {text: place for place, text in sorted(table.heads.items(), reverse=True)}
        for table in found.tables
    }
    listed = wrong[:SHOWN]
    named = _heads_of_names(found)
    # What is wrong with a record's name is said where the name stands already.
    order = {
        fault.column: fault.place if fault.place is not None else 999
        for row in listed
        for fault in row.faults
        if fault.column and (row.sheet, fault.column) not in named
    }
    heads = sorted(order, key=lambda head: order[head])
    rows = []
    for row in listed:
        cells = []
        for head in heads:
            faults = [fault for fault in row.faults if fault.column == head]
            place = next((f.place for f in faults if f.place is not None), None)
            if place is None:
                place = places[row.sheet].get(head)
            line = sheets[row.sheet][row.row]
            value = shown(line[place]) if place is not None and place < len(line) else ""
            cells.append(
                {
                    "errors": [say(fault.message) for fault in faults],
                    "value": shorten(value, _LONGEST_VALUE),
                }
            )
        rows.append(
            {
                "where": _where(row.sheet, row.row, several),
                "title": row.title,
                "errors": [say(each.message) for each in row.faults if each.column not in order],
                "cells": cells,
            }
        )
    labels = [gettext("行"), say(title), *(shorten(head, _LONGEST_VALUE) for head in heads)]
    table = {"columns": labels, "rows": rows}
    return Part(say(Fate.WRONG.label), len(wrong), table, len(wrong) > SHOWN)


def _not_data(rows: list[NotData]) -> Part:
    """Rows that are no records, neighbours with the same reason together."""
    spans: list[tuple[NotData, int]] = []
    for each in rows:
        first, last = spans[-1] if spans else (None, 0)
        if first and (first.sheet, first.why, last + 1) == (each.sheet, each.why, each.row):
            spans[-1] = (first, each.row)
        else:
            spans.append((each, each.row))
    columns = [
        {"key": "row", "label": gettext("行"), "nowrap": True},
        {"key": "why", "label": gettext("为什么不是记录")},
        {"key": "sheet", "label": gettext("工作表")},
    ]
    table = [
        {"cells": [_span(each.row, last), say(each.why), shorten(each.sheet, _LONGEST_VALUE)]}
        for each, last in spans[:SHOWN]
    ]
    shown_table = {"columns": columns, "rows": table}
    return Part(gettext("非数据行"), len(rows), shown_table, len(spans) > SHOWN)


def _span(first: int, last: int) -> str:
    if first == last:
        return gettext("第 %(row)s 行", row=first + 1)
    return gettext("第 %(first)s–%(last)s 行", first=first + 1, last=last + 1)


def _named(names: dict[Words, list[str]]) -> list[tuple[str, list[str]]]:
    return [
        (say(label), [shorten(name, _LONGEST_VALUE) for name in each[:_LONGEST_NAMES]])
        for label, each in names.items()
    ]
