"""A checked report as JSON, in the form of the contract."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tracker.kernel.units import Unit
from tracker.kernel.wording import Number

from .agreement import comparable
from .findings import CheckedReport, Finding


def report(checked: CheckedReport) -> dict[str, Any]:
    """All numbers with their verdicts; shares in percent, as they are printed."""
    return {
        "year": checked.year,
        "numbers": [number(each) for each in checked.findings],
        "left_alone": [
            {"text": each.text, "why": each.why, "position": each.start}
            for each in checked.left_alone
        ],
        "counts": {str(verdict.value): count for verdict, count in checked.counts.items()},
    }


def number(finding: Finding) -> dict[str, Any]:
    """One number."""
    printed, figure = finding.number, finding.figure
    unit = figure.unit if figure is not None else Unit.PIECES
    return {
        "text": printed.text,
        "value": _plain(printed.value),
        "unit": printed.unit,
        "figure": figure.key if figure is not None else None,
        "expected": None if finding.expected is None else _plain_of(finding.expected, unit),
        "verdict": finding.verdict.value,
        "label": figure.label.zh if figure is not None else None,
        "qualifier": printed.qualifier,
        "allowed": list(finding.allowed),
        "message": finding.message.zh if finding.message is not None else None,
        "remark": finding.remark.zh if finding.remark is not None else None,
        "sentence": finding.sentence,
        "position": printed.start,
    }


def _plain_of(value: Number, unit: Unit) -> int | float:
    return _plain(comparable(value, unit))


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
