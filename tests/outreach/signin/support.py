"""Events that phones sign in to, and telephones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from tests.support.application import TODAY
from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.outreach.models import OutreachEvent
from tracker.outreach.signin.drafts import AttendanceDraft, OpeningDraft
from tracker.outreach.signin.models import Attendance, EventRoster
from tracker.outreach.signin.operations import roster, switching
from tracker.outreach.signin.terms import EntryKind

CLOSED = "这里现在不能签到"


def open_event(world: World, **draft: Any) -> tuple[OutreachEvent, str]:
    """An event of today whose sign-in is open, with its code."""
    event = world.an_event("院坝普法", TODAY, venue="架桥村部")
    return event, opened(world, event, **draft)


def opened(world: World, event: OutreachEvent, **draft: Any) -> str:
    """Open an event's sign-in; its code."""
    scope = world.scope()
    with world.writing() as session:
        made = switching.open_sign_in(session, scope, event.id, OpeningDraft(**draft), TODAY)
        assert made.code
        return made.code


def sign_on_paper(world: World, event: OutreachEvent, *names: str, **draft: Any) -> None:
    """Enter people from the paper sheet."""
    with world.writing() as session:
        for name in names:
            row = AttendanceDraft(event.id, name, **draft)
            roster.enter(session, event.office_id, row, TODAY)


def a_class(world: World, event: OutreachEvent, name: str, heads: int) -> None:
    """Enter a class of a school."""
    sign_on_paper(world, event, name, kind=EntryKind.CLASS, heads=heads)


def signed(world: World, event: OutreachEvent) -> list[str]:
    """The names on the roster, in their order."""
    with world.reading() as session:
        return list(
            session.scalars(
                select(Attendance.name)
                .where(Attendance.event_id == event.id, Attendance.voided_at.is_(None))
                .order_by(Attendance.id)
            )
        )


def rows_of(world: World) -> int:
    """How many rows all rosters have."""
    with world.reading() as session:
        return session.scalar(select(func.count()).select_from(Attendance)) or 0


def roster_of(world: World, event: OutreachEvent) -> EventRoster:
    """The event's sign-in as it now stands."""
    with world.reading() as session:
        return session.scalars(select(EventRoster).where(EventRoster.event_id == event.id)).one()


class Phone(Visitor):
    """Somebody's telephone at an event."""

    def __init__(self, app: Flask, code: str) -> None:
        super().__init__(app)
        self.path = f"/s/{code}"

    def address(self, target: str, **values: Any) -> str:
        return self.path + target if target.startswith("?") else super().address(target, **values)

    def open(self, *, status: int = 200) -> Page:
        """Scan the code."""
        return self.get(self.path, status=status)

    def sign(self, name: str, village: str = "其他", *, status: int = 200) -> Page:
        """Scan the code, fill the form and press the button."""
        return self.fill(
            self.open(), {"name": name, "village_id": village}, press="签到", status=status
        )


TOMORROW, IN_TWO_DAYS = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
