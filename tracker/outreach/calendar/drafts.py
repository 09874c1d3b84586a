"""What valid entries of the calendar contain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class LocalDayDraft:
    """A day of the office's own as the form gives it."""

    name: str
    month: int
    day: int
    end_month: int
    end_day: int
    by_notice: bool = False
    laws: str = ""
    basis: str = ""
    in_use: bool = True


@dataclass(frozen=True)
class ConfirmationDraft:
    """The dates of one year as confirmed."""

    first_on: date
    last_on: date
    notice: str
