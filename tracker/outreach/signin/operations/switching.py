"""Opening and closing an event's sign-in, and taking its roster over into the headcount."""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy.orm import Session

from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.headcount import CountBasis
from tracker.kernel.scope import Scope
from tracker.kernel.text import half_width
from tracker.kernel.words import Words
from tracker.outreach.models import OutreachEvent
from tracker.outreach.signin import queries
from tracker.outreach.signin.drafts import OpeningDraft
from tracker.outreach.signin.models import EventRoster
from tracker.outreach.signin.terms import EntryKind
from tracker.outreach.terms import EventState

from .roster import event_to_write, note, roster_for

#: Letters and digits that nobody takes for one another: no 0 and O, no 1, I and L.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
#: 31 to the 16th: 79 bits. Guessing a thousand a second, one of a hundred open codes is met once in
#: two hundred thousand million years.
CODE_LENGTH = 16

_GONE = Words(
    "这场活动已取消或作废，不能开放签到",
    "This event was cancelled or voided; its sign-in cannot be opened",
)


def new_code() -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def as_code(typed: str) -> str:
    """A code as somebody may have typed it: small letters, full width, with spaces or dashes."""
    return "".join(c for c in half_width(typed[:80]).upper() if c in ALPHABET)[:20]


def open_sign_in(
    session: Session, scope: Scope, event_id: int, draft: OpeningDraft, today: date
) -> EventRoster:
    """Let phones sign in to an event; again, with the code it has.

    :raises RecordMissing: when the event is not the writer's.
    :raises RuleBroken: for a voided or cancelled event, or a last day that has gone by.
    """
    event = event_to_write(session, scope, event_id)
    if not queries.takes_place(event):
        raise RuleBroken("", _GONE)
    roster = roster_for(session, event)
    roster.kind, roster.closes_on = draft.kind, draft.closes_on
    # A school gives classes and numbers, and nobody's telephone.
    roster.with_phone = draft.with_phone and draft.kind is EntryKind.PERSON
    if queries.closes_on(roster, event) < today:
        raise RuleBroken(
            "closes_on",
            Words(
                "活动已结束，请填写签到最后开放到哪一天（今天或以后）",
                "The event is over; say until which day sign-in stays open, today or later",
            ),
        )
    if roster.code is None:
        roster.code = new_code()
    roster.is_open = True
    return note(session, event)


def close_sign_in(session: Session, scope: Scope, event_id: int) -> EventRoster:
    """Let no phone sign in any more. The code stays, for opening again.

    :raises RecordMissing: when the event is not the writer's.
    """
    event = event_to_write(session, scope, event_id)
    roster_for(session, event).is_open = False
    return note(session, event)


def renew_code(session: Session, scope: Scope, event_id: int) -> EventRoster:
    """A new code; the old one, on whatever sheet it was printed, opens nothing any more.

    :raises RecordMissing: when the event is not the writer's.
    """
    event = event_to_write(session, scope, event_id)
    roster_for(session, event).code = new_code()
    return note(session, event)


def count_walk_ins(session: Session, scope: Scope, event_id: int, walk_ins: int) -> EventRoster:
    """Say how many were there and did not sign.

    :raises RecordMissing: when the event is not the writer's.
    """
    event = event_to_write(session, scope, event_id)
    roster_for(session, event).walk_ins = walk_ins
    return note(session, event)


def take_over(session: Session, scope: Scope, event_id: int, today: date) -> OutreachEvent:
    """Make the roster and those who did not sign the event's headcount, by sign-in. A planned event
    whose day has come was thereby held.

    :raises RecordMissing: when the event is not the writer's.
    :raises RuleBroken: for a voided, cancelled or future event, and for an empty roster.
    """
    event = records.find_to_write(session, OutreachEvent, event_id, scope, None)
    if not queries.takes_place(event):
        raise RuleBroken("", _GONE)
    if event.starts_on > today:
        raise RuleBroken(
            "",
            Words(
                "活动还没有举办，举办后再采用签到人数",
                "The event is still to come; take the roster over once it was held",
            ),
        )
    heads = queries.heads_of(session, event, roster_for(session, event))
    if not heads.signed:
        raise RuleBroken(
            "",
            Words(
                "还没有人签到，参加人次请在活动里直接填写",
                "Nobody has signed in; enter the headcount in the event itself",
            ),
        )
    event.headcount, event.count_basis = heads.total, CountBasis.SIGNED_IN
    event.state = EventState.HELD
    records.sign(session, event)
    note(session, event)
    return event
