"""Days are China's days; moments of writing are UTC.

Operations and queries are given the day; only views and the command line ask the clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment in UTC, without a zone mark, as the database keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def today() -> date:
    """The present day in China, whatever the machine's own zone says."""
    return datetime.now(CHINA).date()


def in_china(moment: datetime) -> datetime:
    """A stored UTC moment as the office's wall clock shows it."""
    return moment.replace(tzinfo=UTC).astimezone(CHINA)
