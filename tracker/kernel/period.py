"""The span of days a figure speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR = 1990
LAST_YEAR = 2100


@dataclass(frozen=True)
class Period:
    """``first`` to ``last``, both included.

    ``as_at`` is the day on which states («serving», «valid») are read: the last day, or today
    while the period still runs, because nobody knows a state of the future.
    """

    first: date
    last: date
    as_at: date

    @classmethod
    def of_year(cls, year: int, today: date) -> Period:
        """A calendar year.

        :raises ValueError: outside 1990 to 2100, so that no date arithmetic overflows.
        """
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"year {year} is outside {FIRST_YEAR}-{LAST_YEAR}")
        first, last = date(year, 1, 1), date(year, 12, 31)
        as_at = today if first <= today <= last else last
        return cls(first, last, as_at)

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def previous(self) -> Period:
        """The year before, whole: its states are read on its last day."""
        first = date(self.first.year - 1, 1, 1)
        last = date(self.first.year - 1, 12, 31)
        return Period(first, last, last)

    @property
    def twelve_months_on(self) -> date:
        """The last day of the twelve months that follow ``as_at``."""
        try:
            return self.as_at.replace(year=self.as_at.year + 1)
        except ValueError:  # 29 February
            return self.as_at.replace(year=self.as_at.year + 1, day=28)

    @property
    def day_after(self) -> date:
        return self.last + timedelta(days=1)
