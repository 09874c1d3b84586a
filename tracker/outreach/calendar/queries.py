"""Which days an office keeps, when they fall, and which events were held for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from tracker.kernel.period import Period
from tracker.kernel.scope import Scope

from ..models import EventTheme, OutreachEvent, Theme
from ..queries import begins_in
from ..terms import EventState
from .days import Occurrence, PublicityDay, shipped_days
from .models import DayChoice, DayConfirmation, LocalDay
from .rules import Span
from .terms import DayStanding, Sureness


def local_days_of(session: Session, office_id: int) -> Sequence[LocalDay]:
    """The office's own days, those out of use included, in the order of the year."""
    return session.scalars(
        select(LocalDay)
        .where(LocalDay.office_id == office_id)
        .order_by(LocalDay.month, LocalDay.day, LocalDay.id)
    ).all()


def local_day_of(session: Session, office_id: int, day_id: int) -> LocalDay | None:
    """One of the office's own days."""
    return session.scalar(
        select(LocalDay).where(LocalDay.office_id == office_id, LocalDay.id == day_id)
    )


def switched_off(session: Session, office_id: int) -> set[str]:
    """Keys of the shipped days that the office does not keep."""
    return set(
        session.scalars(
            select(DayChoice.day_key).where(DayChoice.office_id == office_id, ~DayChoice.kept)
        )
    )


def all_days(session: Session, office_id: int) -> dict[str, PublicityDay]:
    """Every shipped day and every own one by key, whether or not the office keeps it."""
    own = {row.key: row.as_day() for row in local_days_of(session, office_id)}
    return {**shipped_days(), **own}


def kept_days(session: Session, office_id: int) -> dict[str, PublicityDay]:
    """The days of the office's calendar: shipped ones it has not switched off, own ones in use."""
    off = switched_off(session, office_id)
    own = {row.key: row.as_day() for row in local_days_of(session, office_id) if row.in_use}
    return {**{key: day for key, day in shipped_days().items() if key not in off}, **own}


def confirmations_of(session: Session, office_id: int, year: int) -> Mapping[str, DayConfirmation]:
    """The year's confirmed dates by key of the day."""
    rows = session.scalars(
        select(DayConfirmation).where(
            DayConfirmation.office_id == office_id, DayConfirmation.year == year
        )
    )
    return {row.day_key: row for row in rows}


def confirmation_of(
    session: Session, office_id: int, year: int, key: str
) -> DayConfirmation | None:
    """The confirmed dates of one day in a year."""
    return confirmations_of(session, office_id, year).get(key)


def occurrences(session: Session, office_id: int, year: int) -> list[Occurrence]:
    """The office's calendar of a year by first day; days without dates stand at the end.

    Days that began in a later year are not in it. Where the office confirmed dates, those hold;
    otherwise the published ones, otherwise the rule's.
    """
    confirmed = confirmations_of(session, office_id, year)
    found = [
        _confirmed(day.in_year(year), confirmed.get(key))
        for key, day in kept_days(session, office_id).items()
        if day.is_kept_in(year)
    ]
    return sorted(found, key=_order)


def occurrence_of(session: Session, office_id: int, year: int, key: str) -> Occurrence | None:
    """One day in a year, also where the office does not keep it; None where there is none."""
    day = all_days(session, office_id).get(key)
    if day is None or not day.is_kept_in(year):
        return None
    return _confirmed(day.in_year(year), confirmation_of(session, office_id, year, key))


#: A publicity day so many days away, either way, is near: events are held a little before it, and
#: written down a little after.
NEAR_DAYS = 10


def nearest(session: Session, office_id: int, today: date, most: int) -> list[Occurrence]:
    """The days of the office's calendar that are near today, nearest and shortest first.

    A day that runs today is at no distance; of the days that run today a single one comes before a
    week, and that before a month.
    """
    years = {(today + timedelta(days=step)).year for step in (-NEAR_DAYS, 0, NEAR_DAYS)}
    near: list[tuple[int, int, str, Occurrence]] = []
    for year in sorted(years):
        for found in occurrences(session, office_id, year):
            if found.span is None:
                continue
            away = max((found.span.first - today).days, (today - found.span.last).days, 0)
            if away <= NEAR_DAYS:
                near.append((away, found.span.days, found.key, found))
    return [found for *_, found in sorted(near, key=lambda each: each[:3])[:most]]


def _confirmed(found: Occurrence, by_office: DayConfirmation | None) -> Occurrence:
    if by_office is None:
        return found
    span = Span(by_office.first_on, by_office.last_on)
    return Occurrence(found.day, found.year, span, Sureness.CONFIRMED, by_office.notice)


def _order(found: Occurrence) -> tuple[bool, date, int]:
    if found.span is None:
        return (True, date.max, 0)
    return (False, found.span.first, found.span.days)


def themes_for(themes: Sequence[Theme], day: PublicityDay) -> list[Theme]:
    """The themes that are about a day, best first: one the day is named after, then those that
    publicise one of its laws."""
    laws = set(day.laws)

    def named(theme: Theme) -> bool:
        name = theme.name.removesuffix("宣传")
        return len(name) > 1 and name in day.name.zh

    about = [each for each in themes if named(each) or laws & set(_laws(each.laws))]
    return sorted(about, key=lambda theme: not named(theme))


def _laws(written: str) -> list[str]:
    for mark in "，,;；《》":
        written = written.replace(mark, "、")
    return [law.strip() for law in written.split("、") if law.strip()]


def for_day(found: Occurrence, themes: Sequence[Theme]) -> ColumnElement[bool]:
    """The events that are events for a publicity day in a year.

    An event is for the day when it names it and begins in that year; or when it takes place on one
    of the day's dates, wholly or in part, and one of its laws or themes is the day's. Dates that
    are only usual serve as dates here; a day without dates has only events that name it. Whether
    the event was held is not asked: see `events_for`.
    """
    year = Period.of_year(found.year, date(found.year, 12, 31))
    named = and_(OutreachEvent.publicity_day == found.key, begins_in(year))
    about: list[ColumnElement[bool]] = [
        OutreachEvent.laws.contains(law, autoescape=True) for law in found.day.laws
    ]
    if ids := [theme.id for theme in themes_for(themes, found.day)]:
        about.append(OutreachEvent.themes.any(EventTheme.theme_id.in_(ids)))
    if found.span is None or not about:
        return named
    during = and_(
        OutreachEvent.starts_on <= found.span.last, OutreachEvent.ends_on >= found.span.first
    )
    return or_(named, and_(during, or_(*about)))


def themes_seen(session: Session, scope: Scope) -> Sequence[Theme]:
    """The themes of every office in the scope, those out of use included."""
    return session.scalars(
        select(Theme).where(scope.covers(Theme.office_id)).order_by(Theme.position, Theme.id)
    ).all()


@dataclass(frozen=True)
class DayEvents:
    """How many events for a day were held, and how many are planned."""

    held: int = 0
    planned: int = 0

    def standing(self, found: Occurrence, today: date) -> DayStanding:
        """What is to be said of the day."""
        if self.held:
            return DayStanding.HELD
        if self.planned:
            return DayStanding.PLANNED
        return DayStanding.MISSED if found.is_over(today) else DayStanding.TO_COME


def events_for(session: Session, scope: Scope, days: Sequence[Occurrence]) -> dict[str, DayEvents]:
    """For each day, the events by `for_day` that were held and those planned, in one statement.

    Cancelled and voided events are neither.
    """
    if not days:
        return {}
    themes = themes_seen(session, scope)
    conditions = [for_day(each, themes) for each in days]
    statement = select(
        OutreachEvent.state, *(c.label(f"d{n}") for n, c in enumerate(conditions))
    ).where(
        scope.covers(OutreachEvent.office_id),
        OutreachEvent.voided_at.is_(None),
        OutreachEvent.state.in_((EventState.HELD, EventState.PLANNED)),
        OutreachEvent.ends_on >= date(min(e.year for e in days), 1, 1),
        OutreachEvent.starts_on <= date(max(e.year for e in days), 12, 31),
    )
    held, planned = [0] * len(days), [0] * len(days)
    for state, *flags in session.execute(statement):
        counts = held if state is EventState.HELD else planned
        for n, is_for in enumerate(flags):
            counts[n] += bool(is_for)
    return {each.key: DayEvents(held[n], planned[n]) for n, each in enumerate(days)}
