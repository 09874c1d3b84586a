"""Days of a year as one strip: which were covered and which were not, as shapes for the SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class StripPart:
    """A run of days on the strip. Places are percentages of its width."""

    kind: str
    text: str
    x: float
    width: float


@dataclass(frozen=True)
class Strip:
    """The whole strip, with the places where months begin."""

    parts: Sequence[StripPart]
    months: Sequence[float]


def strip(first: date, last: date, runs: Iterable[tuple[str, date, date, str]]) -> Strip:
    """The days from ``first`` to ``last`` with runs of (kind, first day, last day, text).

    Runs reach at most from the first to the last day; both their days are drawn.
    """
    days = (last - first).days + 1

    def place(day: date) -> float:
        return round((day - first).days * 100 / days, 3)

    parts = []
    for kind, begins, ends, text in runs:
        begins, ends = max(begins, first), min(ends, last)
        if begins <= ends:
            width = round(((ends - begins).days + 1) * 100 / days, 3)
            parts.append(StripPart(kind, text, place(begins), width))
    months = [
        place(date(year, month, 1))
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first < date(year, month, 1) <= last
    ]
    return Strip(parts, months)
