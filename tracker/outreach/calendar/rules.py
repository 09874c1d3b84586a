"""When a publicity day falls: the rules it may follow, each a small type that says its dates.

In ``shipped_days.csv`` they are written ``on 6-26``, ``on 3-22 3-28``, ``last monday of 3``,
``3rd sunday of 5``, ``week of 5-15``, ``listed`` (by the moon or the sun: see
``shipped_dates.csv``), ``usual 12-1 12-7`` and ``usual 3rd week of 9`` (by a yearly notice, with
the dates it usually names), and ``notice`` (by a yearly notice alone).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

from .terms import Sureness

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Span:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} comes before {self.first}")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Dated:
    """Dates and how sure they are; no ``span`` where nobody knows."""

    span: Span | None
    sureness: Sureness


class Rule(Protocol):
    """Says the dates of a year."""

    @property
    def moves(self) -> bool:
        """Whether the dates differ from year to year."""
        ...

    def in_year(self, year: int) -> Dated: ...


@dataclass(frozen=True)
class On:
    """The same month and day every year, or from one to the other."""

    month: int
    day: int
    end_month: int
    end_day: int
    moves = False

    def in_year(self, year: int) -> Dated:
        span = Span(date(year, self.month, self.day), date(year, self.end_month, self.end_day))
        return Dated(span, Sureness.FIXED)


@dataclass(frozen=True)
class NthWeekday:
    """The nth of a weekday in a month; the last where ``nth`` is 0."""

    nth: int
    weekday: int
    month: int
    moves = True

    def in_year(self, year: int) -> Dated:
        if self.nth:
            first = date(year, self.month, 1)
            ahead = (self.weekday - first.weekday()) % 7
            found = first + timedelta(days=ahead + 7 * (self.nth - 1))
        else:
            last = date(year, self.month, monthrange(year, self.month)[1])
            found = last - timedelta(days=(last.weekday() - self.weekday) % 7)
        return Dated(Span(found, found), Sureness.BY_RULE)


@dataclass(frozen=True)
class WeekOf:
    """The week, Monday to Sunday, in which a day falls."""

    month: int
    day: int
    moves = True

    def in_year(self, year: int) -> Dated:
        inside = date(year, self.month, self.day)
        monday = inside - timedelta(days=inside.weekday())
        return Dated(Span(monday, monday + timedelta(days=6)), Sureness.BY_RULE)


@dataclass(frozen=True)
class NthWeek:
    """The nth week of a month as a wall calendar has them: the first is that of the 1st."""

    nth: int
    month: int
    moves = True

    def in_year(self, year: int) -> Dated:
        first = date(year, self.month, 1)
        monday = first - timedelta(days=first.weekday()) + timedelta(days=7 * (self.nth - 1))
        return Dated(Span(monday, monday + timedelta(days=6)), Sureness.BY_RULE)


@dataclass(frozen=True)
class Usual:
    """By a yearly notice, which usually names the dates of another rule."""

    usually: Rule
    moves = True

    def in_year(self, year: int) -> Dated:
        return Dated(self.usually.in_year(year).span, Sureness.USUAL)


@dataclass(frozen=True)
class Unsaid:
    """No rule gives the dates: they are listed by year, or not known."""

    moves = True

    def in_year(self, year: int) -> Dated:
        del year
        return Dated(None, Sureness.UNKNOWN)


def _on(match: re.Match[str]) -> Rule:
    month, day = int(match["m"]), int(match["d"])
    end_month = int(match["em"] or month)
    return On(month, day, end_month, int(match["ed"] or day))


def _nth(match: re.Match[str]) -> Rule:
    nth = 0 if match["n"] == "last" else int(match["n"][0])
    return NthWeekday(nth, WEEKDAYS.index(match["w"]), int(match["m"]))


_WRITTEN: tuple[tuple[str, Callable[[re.Match[str]], Rule]], ...] = (
    (r"on (?P<m>[0-9]+)-(?P<d>[0-9]+)(?: (?P<em>[0-9]+)-(?P<ed>[0-9]+))?", _on),
    (rf"(?P<n>last|[1-5](?:st|nd|rd|th)) (?P<w>{'|'.join(WEEKDAYS)}) of (?P<m>[0-9]+)", _nth),
    (r"week of (?P<m>[0-9]+)-(?P<d>[0-9]+)", lambda m: WeekOf(int(m["m"]), int(m["d"]))),
    (
        r"(?P<n>[1-5])(?:st|nd|rd|th) week of (?P<m>[0-9]+)",
        lambda m: NthWeek(int(m["n"]), int(m["m"])),
    ),
    (r"listed|notice", lambda _: Unsaid()),
)


def read_rule(text: str) -> Rule:
    """A rule as ``shipped_days.csv`` writes it.

    :raises ValueError: for anything else.
    """
    usual = text.removeprefix("usual ")
    if usual != text:
        return Usual(read_rule(usual if usual[0] in "12345" and "week" in usual else f"on {usual}"))
    for pattern, make in _WRITTEN:
        if match := re.fullmatch(pattern, text, re.ASCII):
            return make(match)
    raise ValueError(f"no rule of a publicity day: {text!r}")
