"""Readings and drill-downs as JSON: the same for the web address and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tracker.figures.readings import Breakdown, Member, Omitted, Reading
from tracker.kernel.period import Period
from tracker.kernel.wording import Number


def number(value: Number | None) -> int | float | None:
    """An exact integer, a decimal of at most four places, or null."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(round(Decimal(value), 4))


def reading(found: Reading) -> dict[str, Any]:
    """One figure of a year."""
    figure = found.figure
    shown: dict[str, Any] = {
        "key": figure.key,
        "label": figure.label.zh,
        "label_en": figure.label.en,
        "unit": figure.unit.label.zh,
        "value": number(found.value),
        "previous": number(found.previous),
        "phrase": found.phrase.zh,
        "basis": figure.basis.value,
        "definition": figure.definition.zh,
        "definition_en": figure.definition.en,
        "records": found.records,
        "url": f"/yearbook/{found.period.year}/{figure.key}",
    }
    if found.count_basis is not None:
        shown["count_basis"] = dict(found.count_basis)
    return shown


def year(
    readings: Mapping[str, Reading], period: Period, office_code: str, office_name: str
) -> dict[str, Any]:
    """All figures of a year."""
    return {
        "year": period.year,
        "office": {"code": office_code, "name": office_name},
        "as_at": period.as_at.isoformat(),
        "frozen": False,
        "figures": [reading(found) for found in readings.values()],
    }


def drill_down(
    found: Reading, members: Sequence[Member], omitted: Sequence[Omitted]
) -> dict[str, Any]:
    """One figure with every record that counts and every one left out."""
    return {
        "figure": reading(found),
        "records": [
            {
                "number": member.number,
                "date": member.date.isoformat() if member.date else None,
                "title": member.title,
                "weight": number(member.weight),
                "url": member.url,
            }
            for member in members
        ],
        "left_out": [
            {
                "number": record.number,
                "date": record.date.isoformat() if record.date else None,
                "title": record.title,
                "reason": record.reason.zh,
                "reason_en": record.reason.en,
                "url": record.url,
            }
            for record in omitted
        ],
    }


def breakdowns(found: Iterable[Breakdown]) -> dict[str, Any]:
    """A figure by each of its dimensions."""
    return {
        each.key: {
            "label": each.label.zh,
            "label_en": each.label.en,
            "overlapping": each.overlapping,
            "parts": [
                {
                    "label": part.label.zh,
                    "label_en": part.label.en,
                    "value": number(part.value),
                    "records": part.records,
                }
                for part in each.parts
            ],
        }
        for each in found
    }
