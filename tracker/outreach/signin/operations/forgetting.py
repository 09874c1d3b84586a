"""Deleting the names of those who signed in, once they were kept long enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from tracker.outreach.signin import queries
from tracker.outreach.signin.models import Attendance, RetentionRule
from tracker.outreach.signin.terms import EntryKind

from .roster import roster_for

#: What stands in the place of a reason for striking a row out, which may name somebody.
_REASON = "（到期删除）"


@dataclass(frozen=True)
class Forgotten:
    """An event whose names were deleted, and how many."""

    event: str
    names: int


def keep_names_for(session: Session, office_id: int, months: int) -> RetentionRule:
    """Say for how many months after an event the office keeps names."""
    rule = session.scalar(
        select(RetentionRule).where(RetentionRule.office_id == office_id).with_for_update()
    )
    if rule is None:
        rule = RetentionRule(office_id=office_id, keep_months=months)
        session.add(rule)
    rule.keep_months = months
    session.flush()
    return rule


def forget_names(session: Session, office_id: int, today: date) -> list[Forgotten]:
    """Delete what is due: names, telephones, marks of telephones and reasons for striking out.

    Rows, their heads and villages stay, so that no count changes. Doing it again does nothing.
    """
    done = []
    for due in queries.names_due(session, office_id, today):
        roster = roster_for(session, due.event)
        session.execute(
            update(Attendance)
            .where(
                Attendance.office_id == office_id,
                Attendance.event_id == due.event.id,
                Attendance.kind == EntryKind.PERSON,
            )
            .values(
                name="",
                phone="",
                device="",
                once=None,
                # A form that is open now must not bring a name back.
                version=Attendance.version + 1,
                void_reason=case((Attendance.void_reason.is_(None), None), else_=_REASON),
            )
            .execution_options(synchronize_session=False)
        )
        roster.forgotten_on = today
        roster.forgotten += due.names
        session.flush()
        done.append(Forgotten(f"{due.event.number} {due.event.title}", due.names))
    return done
