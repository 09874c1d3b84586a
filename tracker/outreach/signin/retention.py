"""How long names are kept: no longer than their purpose needs (PIPL art. 6 and 19).

A name serves to check a headcount. Once the year after the event has gone by, the count has been
published and checked, and the count alone is kept.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

#: How long names are kept where the office says nothing else (design choice, domain.md).
USUAL_MONTHS = 12


def kept_until(last_day: date, months: int) -> date:
    """The last day on which the names of an event that ended on ``last_day`` are kept."""
    year, month = divmod(last_day.year * 12 + last_day.month - 1 + months, 12)
    return date(year, month + 1, min(last_day.day, monthrange(year, month + 1)[1]))


def last_day_forgotten(today: date, months: int) -> date:
    """Names of events that ended on this day or before are to be deleted today."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    day = date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    while kept_until(day, months) >= today:
        day -= timedelta(days=1)
    return day
