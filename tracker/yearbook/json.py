"""Readings and drill-downs as JSON: the same for the web address and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from tracker.figures.drilling import DrillDown
from tracker.figures.freezing.changes import FigureChange, RecordChange
from tracker.figures.freezing.models import FrozenSet
from tracker.figures.published import YearReadings
from tracker.figures.readings import Breakdown, Reading
from tracker.kernel.clock import in_china
from tracker.kernel.readiness import Finding
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


def year(found: YearReadings, office_code: str, office_name: str) -> dict[str, Any]:
    """All figures of a year."""
    shown = {
        "year": found.period.year,
        "office": {"code": office_code, "name": office_name},
        "as_at": found.period.as_at.isoformat(),
        "frozen": found.frozen is not None,
        "figures": [reading(each) for each in found.readings.values()],
    }
    if found.frozen is not None:
        shown["frozen_set"] = frozen_set(found.frozen)
    return shown


def frozen_set(found: FrozenSet) -> dict[str, Any]:
    """Which frozen set it is, who froze it and when (China's time)."""
    return {
        "number": found.number,
        "year": found.year,
        "sequence": found.sequence,
        "as_at": found.as_at.isoformat(),
        "frozen_at": in_china(found.frozen_at).isoformat(timespec="seconds"),
        "frozen_by": found.frozen_by,
        "note": found.note,
        "open_findings": found.open_findings,
        "digest": found.digest,
    }


def finding(found: Finding) -> dict[str, Any]:
    """One thing that is missing or odd; ``accepted`` is the reason why it is left so, or null."""
    return {
        "code": found.code,
        "subject": found.subject,
        "text": found.text.zh,
        "text_en": found.text.en,
        "url": found.url,
        "accepted": found.accepted or None,
    }


def drill_down(found: DrillDown) -> dict[str, Any]:
    """One figure with every record that counts and every one left out."""
    shown: dict[str, Any] = {
        "figure": reading(found.reading),
        "records": [
            {
                "number": member.number,
                "date": member.date.isoformat() if member.date else None,
                "title": member.title,
                "weight": number(member.weight),
                "url": member.url,
            }
            for member in found.members
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
            for record in found.omitted
        ],
    }
    if found.frozen is not None:
        shown["frozen_set"] = found.frozen.number
    if found.change is not None:
        shown["change"] = figure_change(found.change)
    return shown


def changes(
    found: Sequence[FigureChange], frozen: FrozenSet, office_code: str, office_name: str
) -> dict[str, Any]:
    """What changed since a year was frozen, figure by figure and record by record."""
    return {
        "year": frozen.year,
        "office": {"code": office_code, "name": office_name},
        "frozen_set": frozen_set(frozen),
        "changes": [figure_change(each) for each in found],
    }


def figure_change(found: FigureChange) -> dict[str, Any]:
    """One figure that reads differently now. Of a ratio, ``parts`` are the changes of its sides."""
    now = found.present
    return {
        "figure": found.key,
        "label": found.label.zh,
        "label_en": found.label.en,
        "unit": found.unit.label.zh,
        "frozen": number(found.frozen.value),
        "present": number(now.value) if now is not None else None,
        "difference": number(found.amount),
        "frozen_phrase": found.frozen.phrase.zh,
        "present_phrase": now.phrase.zh if now is not None else None,
        "records": [_record_change(each) for each in found.records],
        "parts": [figure_change(each) for each in found.parts],
    }


def _record_change(found: RecordChange) -> dict[str, Any]:
    return {
        "number": found.number,
        "date": found.date.isoformat() if found.date else None,
        "title": found.title,
        "change": found.difference.value,
        "frozen": number(found.frozen),
        "present": number(found.present),
        "difference": number(found.amount),
        "reason": found.reason.zh,
        "reason_en": found.reason.en,
        "at": in_china(found.at).isoformat(timespec="seconds") if found.at else None,
        "by": found.by,
        "url": found.url,
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
