"""Figures with the values a test gives them, and how to read a text against them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from tracker.figures.catalogue import all_shipped
from tracker.kernel.units import Unit
from tracker.kernel.wording import Number
from tracker.reports.checking.expected import Expected
from tracker.reports.checking.findings import CheckedReport, Finding
from tracker.reports.checking.verdicts import check_text

YEAR = 2024


def figures(
    previous: Mapping[str, Number] | None = None, /, **values: Number | str | None
) -> dict[str, Expected]:
    """All shipped figures; ``outreach__events=8`` gives a value, the dots written as __."""
    named = {key.replace("__", "."): value for key, value in values.items()}
    found = {}
    for figure in all_shipped():
        value = named.pop(figure.key, None if figure.unit is Unit.PERCENT else 0)
        found[figure.key] = Expected(
            figure.key,
            figure.label,
            figure.unit,
            figure.wording,
            Decimal(value) if isinstance(value, str) else value,
            (previous or {}).get(figure.key),
            5 if value else 0,
        )
    assert not named, f"no such figures: {sorted(named)}"
    return found


def checked(text: str, **values: Number | str | None) -> CheckedReport:
    """The text held against figures of these values."""
    return check_text(text, figures(**values), YEAR)


def only(text: str, **values: Number | str | None) -> Finding:
    """The one number of a text."""
    (finding,) = checked(text, **values).findings
    return finding


def keys(report: CheckedReport) -> dict[str, str | None]:
    """Number as printed → the figure it was bound to."""
    return {each.number.text: each.figure.key if each.figure else None for each in report.findings}


def verdicts(report: CheckedReport) -> dict[str, str]:
    """Number as printed → its verdict."""
    return {each.number.text: str(each.verdict.value) for each in report.findings}
