"""Signing in by phone: the one write of the public page, kept as short as it can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tracker.kernel.numbering import next_number_at_once
from tracker.kernel.records import writer_name
from tracker.outreach.signin import phone_queries
from tracker.outreach.signin.drafts import AttendanceDraft
from tracker.outreach.signin.models import Attendance
from tracker.outreach.signin.phone_queries import OpenSignIn
from tracker.outreach.signin.queries import STAYS_OPEN
from tracker.outreach.signin.terms import EntryKind, EntrySource

#: How often one telephone signs somebody in: a family, or a school's teacher for the classes.
MOST_OF_A_PHONE = {EntryKind.PERSON: 5, EntryKind.CLASS: 30}


class Answer(Enum):
    """What a telephone is told."""

    SIGNED = "signed"
    ALREADY = "already"
    FULL = "full"
    CLOSED = "closed"


@dataclass(frozen=True)
class SigningIn:
    """What one telephone sent, to be written."""

    place: OpenSignIn
    draft: AttendanceDraft
    device: str
    once: str
    for_another: bool


_INSERT = insert(Attendance.__table__)  # type: ignore[arg-type]  # a table, whatever its stub says


def sign(session: Session, sent: SigningIn, today: date, now: datetime) -> Answer:
    """Put one person or class on the roster, unless this form already did.

    Sent again (a double tap, a lost answer) a form is answered like the first time. Two that
    arrive together are told apart by the unique ``once``: the second breaks it, and whoever called
    tries again and is answered from the row that is there.

    The draft was checked before (`roster.require_sound`), outside of the transaction.
    """
    place, draft = sent.place, sent.draft
    if not phone_queries.still_open(session, place, today, today - STAYS_OPEN):
        return Answer.CLOSED
    made = phone_queries.signed_by_device(session, place, sent.device)
    if sent.once in made:
        return Answer.SIGNED
    if made and not sent.for_another:
        return Answer.ALREADY
    if len(made) >= MOST_OF_A_PHONE[place.kind]:
        return Answer.FULL
    who = writer_name(session)
    prefix = Attendance.number_prefix
    session.execute(
        _INSERT,
        {
            "office_id": place.office_id,
            "number": next_number_at_once(session, place.office_id, prefix, place.year),
            "event_id": place.event_id,
            "kind": place.kind,
            "name": draft.name,
            "heads": draft.heads,
            "village_id": draft.village_id,
            "phone": draft.phone,
            "source": EntrySource.PHONE,
            "device": sent.device,
            "once": sent.once,
            "version": 1,
            "created_at": now,
            "created_by": who,
            "updated_at": now,
            "updated_by": who,
        },
    )
    return Answer.SIGNED
