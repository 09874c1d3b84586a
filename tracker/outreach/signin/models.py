"""Tables of sign-in."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, object_session, relationship

from tracker.kernel.model import (
    Logged,
    Model,
    Owned,
    Recorded,
    flag,
    owned,
    recorded,
    refers,
    term,
    text,
    whole,
)
from tracker.offices.models import Village
from tracker.outreach.models import OutreachEvent

from .terms import EntryKind, EntrySource


class EventRoster(Owned, Logged, Model):
    """An event's sign-in: whether phones may sign in, and what the roster adds up to.

    Made when sign-in is first opened or the first row is entered; there is one for an event.
    ``noted`` is the roster's heads at the latest act of the office, for the change log, which
    tells of the roster in numbers only. Nothing is worked out from it.
    """

    __tablename__ = "event_roster"
    __table_args__ = owned(
        refers("event_id", "outreach_event", on_delete="CASCADE"),
        UniqueConstraint("office_id", "event_id"),
        CheckConstraint("code IS NOT NULL OR NOT is_open", name="open_by_a_code"),
    )
    log_hidden = frozenset({"code"})

    event_id: Mapped[int]
    #: What the address on the sheet ends with; none until sign-in is first opened.
    code: Mapped[str | None] = text(20, unique=True)
    is_open: Mapped[bool] = flag("is_open")
    kind: Mapped[EntryKind] = term(EntryKind)
    with_phone: Mapped[bool] = flag("with_phone")
    #: The last day of sign-in; none is the day after the event's last.
    closes_on: Mapped[date | None]
    #: Who was there and did not sign.
    walk_ins: Mapped[int] = whole(0, 9_999_999, default=0)
    noted: Mapped[int] = whole(0, 99_999_999, default=0)
    #: When names were last deleted, and how many by then.
    forgotten_on: Mapped[date | None]
    forgotten: Mapped[int] = whole(0, default=0)

    @property
    def name(self) -> str:
        """The event's number, by which the change log calls the roster."""
        session = object_session(self)
        event = session.get(OutreachEvent, self.event_id) if session is not None else None
        return event.number if event is not None else ""


class Attendance(Recorded, Model):
    """签到记录: one person who was at an event, or one class with its number.

    After the time the office keeps names, ``name`` and ``phone`` are empty and the row still
    counts. ``device`` is the hash of the telephone's mark for this event alone, ``once`` the token
    of the form that made it; neither says whose telephone it was.
    """

    __tablename__ = "attendance"
    __table_args__ = recorded(
        refers("event_id", "outreach_event", on_delete="CASCADE"),
        refers("village_id", "village"),
        UniqueConstraint("office_id", "once"),
        Index(None, "office_id", "event_id", "device"),
        Index(None, "office_id", "village_id"),
        CheckConstraint("kind = 'class' OR heads = 1", name="a_person_is_one"),
    )
    number_prefix = "QD"
    log_apart = True

    event_id: Mapped[int]
    kind: Mapped[EntryKind] = term(EntryKind)
    name: Mapped[str] = text(40, may_be_empty=True)
    heads: Mapped[int] = whole(1, 9999, default=1)
    #: None is somewhere else.
    village_id: Mapped[int | None]
    phone: Mapped[str] = text(20, may_be_empty=True)
    source: Mapped[EntrySource] = term(EntrySource)
    device: Mapped[str] = text(64, may_be_empty=True)
    once: Mapped[str | None] = text(64)

    event: Mapped[OutreachEvent] = relationship(viewonly=True)
    village: Mapped[Village | None] = relationship(viewonly=True)

    @property
    def is_forgotten(self) -> bool:
        """Whether its name was deleted."""
        return not self.name


class RetentionRule(Owned, Logged, Model):
    """How long an office keeps the names of those who signed in."""

    __tablename__ = "retention_rule"
    __table_args__ = owned(UniqueConstraint("office_id"))

    keep_months: Mapped[int] = whole(1, 36)
