"""The span of days a figure speaks of."""

from __future__ import annotations

from calendar import monthrange
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
        return cls.of_months(year, 1, 12, today)

    @classmethod
    def of_months(cls, year: int, first_month: int, last_month: int, today: date) -> Period:
        """A part of a calendar year: from the first day of one month to the last of another.

        :raises ValueError: outside 1990 to 2100, and where the months are none or out of order.
        """
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"year {year} is outside {FIRST_YEAR}-{LAST_YEAR}")
        if not 1 <= first_month <= last_month <= 12:
            raise ValueError(f"no months of a year: {first_month}-{last_month}")
        first, last = date(year, first_month, 1), _end_of_month(year, last_month)
        as_at = today if first <= today <= last else last
        return cls(first, last, as_at)

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def previous(self) -> Period:
        """The same months of the year before, whole: their states are read on the last day."""
        year = self.first.year - 1
        last = _end_of_month(year, self.last.month)
        return Period(date(year, self.first.month, 1), last, last)

    @property
    def twelve_months_on(self) -> date:
        """The last day of the twelve months that follow ``as_at``."""
        return years_from(self.as_at, 1)

    @property
    def day_after(self) -> date:
        return self.last + timedelta(days=1)


def years_from(day: date, years: int) -> date:
    """The same day of a later year, or an earlier one; 28 February for a 29th that it has not."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def last_day_of(first: date, years: int) -> date:
    """The last of so many full years that begin on a day: the day before its anniversary. Years
    from 29 February end with February."""
    anniversary = years_from(first, years)
    return anniversary - timedelta(days=1) if anniversary.day == first.day else anniversary


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
