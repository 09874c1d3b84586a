"""The calendar as its pages show it: months with their days, and what was held for each."""

from __future__ import annotations

from calendar import Calendar, monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from tracker.kernel.i18n import say
from tracker.kernel.words import Words

from .days import Occurrence
from .queries import DayEvents
from .terms import DayStanding

#: A day of this many days at most marks its days in the grid of a month; a whole month would
#: only paint everything.
_MARKED = 10

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ALL_OF = Words("{month}全月", "All of {month}")
_FROM = Words("{first}启动", "Begins {first}")
_FROM_TO = Words("{first}至{last}", "{first} to {last}")

TONES = {
    DayStanding.HELD: "success",
    DayStanding.PLANNED: "info",
    DayStanding.MISSED: "warning",
    DayStanding.TO_COME: "muted",
}


@dataclass(frozen=True)
class ShownDay:
    """One publicity day of the year as a page prints it."""

    key: str
    name: str
    dates: str
    laws: str
    sureness: str
    is_sure: bool
    warning: str
    source: str
    place: str
    standing: DayStanding
    held: int
    planned: int
    held_url: str
    planned_url: str
    new_url: str
    confirm_url: str
    may_be_confirmed: bool
    is_over: bool
    first: date | None
    last: date | None

    @property
    def anchor(self) -> str:
        return f"day-{self.key}"

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def standing_text(self) -> str:
        return say(self.standing.label)


@dataclass(frozen=True)
class Cell:
    """One square of a month's grid; ``day`` 0 is a square of another month."""

    day: int
    marks: tuple[ShownDay, ...] = ()
    is_today: bool = False


@dataclass(frozen=True)
class ShownMonth:
    """One month: its squares by week, and the days that begin in it or run through it."""

    month: int
    title: str
    weeks: Sequence[Sequence[Cell]]
    days: Sequence[ShownDay]
    url: str


def shown_day(found: Occurrence, events: DayEvents, today: date) -> ShownDay:
    """A publicity day of a year with what was entered for it."""
    key, year = found.key, found.year
    said = found.said(today)

    def behind(state: str) -> str:
        return url_for("outreach.events", day=key, year=year, state=state)

    return ShownDay(
        key=key,
        name=say(found.day.name),
        dates=_dates(found),
        laws="、".join(found.day.laws),
        sureness=say(found.sureness.label),
        is_sure=found.is_known,
        warning=say(said) if said is not None else "",
        source=found.notice or found.day.source,
        place=found.day.place,
        standing=events.standing(found, today),
        held=events.held,
        planned=events.planned,
        held_url=behind("held"),
        planned_url=behind("planned"),
        new_url=url_for("outreach.new_event", day=key, year=year),
        confirm_url=url_for("outreach.confirm_day", year=year, key=key),
        may_be_confirmed=found.day.rule.moves,
        is_over=found.is_over(today),
        first=found.span.first if found.span else None,
        last=found.span.last if found.span else None,
    )


def _dates(found: Occurrence) -> str:
    span = found.span
    if span is None:
        return ""
    first, last = span.first, span.last
    if first.month == last.month and span.days == monthrange(first.year, first.month)[1]:
        return say(_ALL_OF.fill(month=month_name(first.month)))
    said = day_range(first.month, first.day, last.month, last.day)
    return say(_FROM.fill(first=said)) if found.day.only_begins and first == last else said


def month_name(month: int) -> Words:
    """6月, June."""
    return Words(f"{month}月", _MONTHS[month - 1])


def day_range(month: int, day: int, end_month: int, end_day: int) -> str:
    """A day of any year, or from one to another: 6月26日, or 6月15日至6月21日."""
    first = Words(f"{month}月{day}日", f"{day} {_MONTHS[month - 1]}")
    last = Words(f"{end_month}月{end_day}日", f"{end_day} {_MONTHS[end_month - 1]}")
    if (month, day) == (end_month, end_day):
        return say(first)
    return say(_FROM_TO.fill(first=first, last=last))


def months_of(year: int, days: Sequence[ShownDay], today: date, only: int = 0) -> list[ShownMonth]:
    """The twelve months of a year, each with the days that begin in it; or ``only`` one month,
    with every day that falls into it."""
    return [_month(year, m, days, today, bool(only)) for m in range(1, 13) if only in (0, m)]


def _month(year: int, month: int, days: Sequence[ShownDay], today: date, whole: bool) -> ShownMonth:
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    within = [d for d in days if d.first and d.last and d.first <= last and d.last >= first]
    marks = _marks(within)
    weeks = [
        [
            Cell(
                day.day if day.month == month else 0,
                tuple(marks.get(day, ())) if day.month == month else (),
                day == today,
            )
            for day in week
        ]
        for week in Calendar().monthdatescalendar(year, month)
    ]
    return ShownMonth(
        month,
        say(month_name(month)),
        weeks,
        [d for d in within if whole or (d.first and d.first.month == month)],
        url_for("outreach.calendar", year=year, month=month),
    )


def _marks(days: Sequence[ShownDay]) -> Mapping[date, list[ShownDay]]:
    found: dict[date, list[ShownDay]] = {}
    for each in days:
        if each.first is None or each.last is None or (each.last - each.first).days >= _MARKED:
            continue
        for ordinal in range(each.first.toordinal(), each.last.toordinal() + 1):
            found.setdefault(date.fromordinal(ordinal), []).append(each)
    return found
