"""Which rows a roster has, what they add up to, and what is waiting about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.text import like
from tracker.offices.models import Office, Village
from tracker.outreach.models import OutreachEvent
from tracker.outreach.terms import EventState

from .models import Attendance, EventRoster, RetentionRule
from .phone_queries import of_event, open_on
from .retention import USUAL_MONTHS, last_day_forgotten
from .terms import EntryKind

#: Sign-in ends by itself this long after the event's last day.
STAYS_OPEN = timedelta(days=1)


@dataclass(frozen=True)
class Heads:
    """Who was there: on the roster, and counted beside it. The two add up to the headcount."""

    signed: int = 0
    walk_ins: int = 0

    @property
    def total(self) -> int:
        return self.signed + self.walk_ins


def closes_on(roster: EventRoster, event: OutreachEvent) -> date:
    """The last day on which phones may sign in."""
    return roster.closes_on or event.ends_on + STAYS_OPEN


def takes_place(event: OutreachEvent) -> bool:
    """Whether anybody can have been there: neither voided nor cancelled."""
    return not event.is_voided and event.state is not EventState.CANCELLED


def is_open(roster: EventRoster | None, event: OutreachEvent, today: date) -> bool:
    """Whether phones may sign in to the event on this day: `phone_queries.open_on`, of records."""
    return (
        roster is not None
        and roster.is_open
        and takes_place(event)
        and today <= closes_on(roster, event)
    )


def roster_of(session: Session, event: OutreachEvent) -> EventRoster | None:
    """The event's sign-in, if anything was ever done about it."""
    return session.scalar(
        select(EventRoster).where(
            EventRoster.office_id == event.office_id, EventRoster.event_id == event.id
        )
    )


def counts(office_id: Any, event_id: Any) -> ColumnElement[bool]:
    """The rows of an event that count: those that are not struck out."""
    return and_(
        Attendance.office_id == office_id,
        Attendance.event_id == event_id,
        Attendance.voided_at.is_(None),
    )


def signed_heads(session: Session, office_id: int, event_id: int) -> int:
    """Heads on the roster: one for each person, its number for each class."""
    total = select(func.coalesce(func.sum(Attendance.heads), 0)).where(counts(office_id, event_id))
    return int(session.scalar(total) or 0)


def heads_of(session: Session, event: OutreachEvent, roster: EventRoster | None) -> Heads:
    """The roster and who did not sign."""
    signed = signed_heads(session, event.office_id, event.id)
    return Heads(signed, roster.walk_ins if roster is not None else 0)


@dataclass(frozen=True)
class Standing:
    """How an event's sign-in stands, for the event's own page."""

    heads: Heads
    is_open: bool


def standing(session: Session, event: OutreachEvent, today: date) -> Standing:
    """How the event's sign-in stands."""
    roster = roster_of(session, event)
    return Standing(heads_of(session, event, roster), is_open(roster, event, today))


def find_attendance(
    scope: Scope,
    search: str = "",
    *,
    year: int | None = None,
    event_id: int | None = None,
    voided: bool = False,
) -> Select[Attendance]:
    """Rows of rosters for a list, the latest first. The search looks into names, numbers,
    telephones and villages."""
    statement = (
        select(Attendance)
        .join(Attendance.event)
        .outerjoin(Attendance.village)
        .where(
            scope.covers(Attendance.office_id),
            Attendance.voided_at.is_not(None) if voided else Attendance.voided_at.is_(None),
        )
        .options(joinedload(Attendance.event), joinedload(Attendance.village))
    )
    if event_id is not None:
        statement = statement.where(Attendance.event_id == event_id)
    if year is not None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        statement = statement.where(OutreachEvent.starts_on.between(first, last))
    if search:
        pattern = f"%{like(search)}%"
        statement = statement.where(
            or_(
                Attendance.name.ilike(pattern, escape="\\"),
                Attendance.number.ilike(pattern, escape="\\"),
                Attendance.phone.ilike(pattern, escape="\\"),
                Village.name.ilike(pattern, escape="\\"),
            )
        )
    return statement.order_by(Attendance.id.desc())


def attendance_of_period(scope: Scope, period: Period) -> Select[Attendance]:
    """The ledger of sign-in: rows of events that begin in the period and are not voided, event by
    event."""
    return (
        select(Attendance)
        .join(Attendance.event)
        .where(
            scope.covers(Attendance.office_id),
            OutreachEvent.starts_on.between(period.first, period.last),
            OutreachEvent.voided_at.is_(None),
            Attendance.voided_at.is_(None),
        )
        .options(joinedload(Attendance.event), joinedload(Attendance.village))
        .order_by(OutreachEvent.starts_on, OutreachEvent.id, Attendance.id)
    )


@dataclass(frozen=True)
class NotTakenOver:
    """An event whose headcount is below its closed roster and those counted beside it."""

    event: OutreachEvent
    heads: Heads


def not_taken_over(
    session: Session, scope: Scope, today: date, period: Period | None = None
) -> list[NotTakenOver]:
    """Events whose sign-in has closed with more heads than the event says, by day: nobody took
    the roster over, or rows came onto it later. A headcount above the roster is somebody's better
    count and stays."""
    signed = (
        select(func.coalesce(func.sum(Attendance.heads), 0))
        .where(counts(OutreachEvent.office_id, OutreachEvent.id))
        .correlate(OutreachEvent)
        .scalar_subquery()
    )
    statement = (
        select(OutreachEvent, EventRoster, signed)
        .join(EventRoster, of_event())
        .where(
            scope.covers(OutreachEvent.office_id),
            OutreachEvent.voided_at.is_(None),
            OutreachEvent.state != EventState.CANCELLED,
            ~open_on(today, today - STAYS_OPEN),
            OutreachEvent.starts_on <= today,
            signed > 0,
            signed + EventRoster.walk_ins > func.coalesce(OutreachEvent.headcount, -1),
        )
        .order_by(OutreachEvent.starts_on, OutreachEvent.id)
    )
    if period is not None:
        statement = statement.where(OutreachEvent.starts_on.between(period.first, period.last))
    return [
        NotTakenOver(event, Heads(int(heads), roster.walk_ins))
        for event, roster, heads in session.execute(statement)
    ]


def months_kept(session: Session, office_id: int) -> int:
    """How many months after an event its office keeps names."""
    chosen = session.scalar(
        select(RetentionRule.keep_months).where(RetentionRule.office_id == office_id)
    )
    return chosen if chosen is not None else USUAL_MONTHS


def keeps_invented_names(session: Session, office_id: int) -> bool:
    """Whether the office is an example, whose names are nobody's and stay."""
    return bool(session.scalar(select(Office.is_example).where(Office.id == office_id)))


@dataclass(frozen=True)
class Due:
    """An event whose names are to be deleted, and how many there are."""

    event: OutreachEvent
    names: int


def names_due(session: Session, office_id: int, today: date) -> Sequence[Due]:
    """Events whose time for names has gone by; those of classes are no person's and stay."""
    if keeps_invented_names(session, office_id):
        return []
    last = last_day_forgotten(today, months_kept(session, office_id))
    rows = session.execute(
        select(OutreachEvent, func.count(Attendance.id))
        .join(
            Attendance,
            and_(
                Attendance.office_id == OutreachEvent.office_id,
                Attendance.event_id == OutreachEvent.id,
            ),
        )
        .where(
            OutreachEvent.office_id == office_id,
            OutreachEvent.ends_on <= last,
            Attendance.kind == EntryKind.PERSON,
            Attendance.name != "",
        )
        .group_by(OutreachEvent.id)
        .order_by(OutreachEvent.starts_on, OutreachEvent.id)
    )
    return [Due(event, int(names)) for event, names in rows]


def offices_with_names(session: Session) -> Sequence[int]:
    """Offices that keep names at all."""
    return session.scalars(
        select(Attendance.office_id)
        .where(Attendance.kind == EntryKind.PERSON, Attendance.name != "")
        .distinct()
        .order_by(Attendance.office_id)
    ).all()
