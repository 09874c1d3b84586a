"""The five-year periods that yearly plans belong to: data, shipped in ``plan_periods.csv``.

A new period is one more line of it. A year that none covers has none: nothing is guessed.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from tracker.kernel.words import Words

_SHIPPED: Final = Path(__file__).with_name("plan_periods.csv")


@dataclass(frozen=True)
class PlanPeriod:
    """One five-year plan of legal publicity, with the document it rests on."""

    first_year: int
    last_year: int
    title: Words
    basis: Words

    @property
    def name(self) -> Words:
        """The plan with its years: 八五普法（2021—2025年）."""
        return Words("{title}（{first}—{last}年）", "{title} ({first}-{last})").fill(
            title=self.title, first=self.first_year, last=self.last_year
        )

    def year_of_plan(self, year: int) -> int:
        """Which year of the plan a year is: 2024 is the fourth of 2021 to 2025."""
        return year - self.first_year + 1


@cache
def plan_periods() -> tuple[PlanPeriod, ...]:
    """All periods, oldest first."""
    with _SHIPPED.open(encoding="utf-8", newline="") as file:
        found = [
            PlanPeriod(
                int(row["first_year"]),
                int(row["last_year"]),
                Words(row["title_zh"], row["title_en"]),
                Words(row["basis_zh"], row["basis_en"]),
            )
            for row in csv.DictReader(file)
        ]
    for earlier, later in pairwise(found):
        if earlier.last_year >= later.first_year:
            raise ValueError("plan_periods.csv: two periods overlap")
    return tuple(found)


def period_of_year(year: int) -> PlanPeriod | None:
    """The period a year belongs to, or None where no plan covers it."""
    return next((p for p in plan_periods() if p.first_year <= year <= p.last_year), None)
