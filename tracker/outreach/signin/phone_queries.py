"""What the telephones' page reads. Hundreds open it within a minute, so the statements are built
once and ask for columns rather than records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from tracker.offices.models import Office, Village
from tracker.offices.queries import by_name
from tracker.outreach.models import OutreachEvent
from tracker.outreach.terms import EventState

from .models import Attendance, EventRoster, RetentionRule
from .retention import USUAL_MONTHS
from .terms import EntryKind


@dataclass(frozen=True)
class OpenSignIn:
    """An event that phones may now sign in to, with what its page shows."""

    office_id: int
    office_name: str
    event_id: int
    title: str
    starts_on: date
    ends_on: date
    venue: str
    kind: EntryKind
    with_phone: bool
    keep_months: int

    @property
    def year(self) -> int:
        return self.starts_on.year


def of_event() -> ColumnElement[bool]:
    """Joins a roster to its event."""
    return and_(
        EventRoster.office_id == OutreachEvent.office_id, EventRoster.event_id == OutreachEvent.id
    )


def open_on(today: Any, day_before: Any) -> ColumnElement[bool]:
    """Rosters that phones may sign in to: opened, their day not gone by, the event neither voided
    nor cancelled. Where no last day was chosen, it is the day after the event's last."""
    return and_(
        EventRoster.is_open,
        OutreachEvent.voided_at.is_(None),
        OutreachEvent.state != EventState.CANCELLED,
        or_(
            # Never unknown, so that «not open» is its opposite.
            and_(EventRoster.closes_on.is_not(None), EventRoster.closes_on >= today),
            and_(EventRoster.closes_on.is_(None), OutreachEvent.ends_on >= day_before),
        ),
    )


_OPEN = open_on(bindparam("today", type_=Date), bindparam("day_before", type_=Date))
_BY_CODE = (
    select(
        EventRoster.office_id,
        Office.name,
        EventRoster.event_id,
        OutreachEvent.title,
        OutreachEvent.starts_on,
        OutreachEvent.ends_on,
        OutreachEvent.venue,
        EventRoster.kind,
        EventRoster.with_phone,
        func.coalesce(RetentionRule.keep_months, USUAL_MONTHS),
    )
    .join(OutreachEvent, of_event())
    .join(Office, Office.id == EventRoster.office_id)
    .outerjoin(RetentionRule, RetentionRule.office_id == EventRoster.office_id)
    .where(EventRoster.code == bindparam("code"), _OPEN)
)
_STILL_OPEN = (
    select(EventRoster.id)
    .join(OutreachEvent, of_event())
    .where(
        EventRoster.office_id == bindparam("office_id"),
        EventRoster.event_id == bindparam("event_id"),
        _OPEN,
    )
)
_VILLAGES = (
    select(Village.id, Village.name)
    .where(
        Village.office_id == bindparam("office_id"),
        Village.voided_at.is_(None),
        Village.closed_on.is_(None),
    )
    .order_by(*by_name())
)
_OF_DEVICE = select(Attendance.once).where(
    Attendance.office_id == bindparam("office_id"),
    Attendance.event_id == bindparam("event_id"),
    Attendance.device == bindparam("device"),
)
_BY_ONCE = select(Attendance.id).where(
    Attendance.office_id == bindparam("office_id"), Attendance.once == bindparam("once")
)


def open_sign_in(session: Session, code: str, today: date, day_before: date) -> OpenSignIn | None:
    """The event that this code opens today. One statement, whether there is none, it has closed
    or it is open, so that the time it takes tells nothing either."""
    asked = {"code": code, "today": today, "day_before": day_before}
    row = session.execute(_BY_CODE, asked).one_or_none()
    values: tuple[Any, ...] = tuple(row) if row is not None else ()
    return OpenSignIn(*values) if values else None


def still_open(session: Session, place: OpenSignIn, today: date, day_before: date) -> bool:
    """Whether phones may sign in to this event, asked again by the transaction that writes."""
    asked = {
        "office_id": place.office_id,
        "event_id": place.event_id,
        "today": today,
        "day_before": day_before,
    }
    return session.execute(_STILL_OPEN, asked).first() is not None


def villages_to_choose(session: Session, office_id: int) -> list[tuple[int, str]]:
    """The office's villages as the telephone offers them."""
    found = session.execute(_VILLAGES, {"office_id": office_id})
    return [(row[0], row[1]) for row in found]


def signed_by_device(session: Session, place: OpenSignIn, device: str) -> list[str]:
    """The once-tokens of the rows that a telephone made at an event, struck ones included."""
    asked = {"office_id": place.office_id, "event_id": place.event_id, "device": device}
    return [row[0] or "" for row in session.execute(_OF_DEVICE, asked)]


def is_signed(session: Session, office_id: int, once: str) -> bool:
    """Whether the form with this once-token has made its row, from whatever telephone."""
    return session.execute(_BY_ONCE, {"office_id": office_id, "once": once}).first() is not None
