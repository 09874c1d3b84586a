"""What is odd about a visit about to be saved: no contract is known, or its event is entered."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from tracker.kernel.doubts import Doubt
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.outreach import doubts as outreach

from . import queries
from .drafts import VisitDraft

_NO_CONTRACT = Words(
    "还没有登记这名法律顾问的聘任；请先登记聘任，服务记录才能与聘期核对",
    "No contract of this adviser is entered; enter the assignment first, so that visits can be "
    "held against it",
)


def of_visit(
    session: Session, scope: Scope, draft: VisitDraft, *, also_event: bool = False
) -> list[Doubt]:
    """The doubts about a visit; with ``also_event`` those about the event that it is, too: the
    event of a lecture is often entered already.

    A visit outside a contract that is on record is refused instead.
    """
    found = [] if draft.exception_reason else _of_contract(session, scope, draft)
    if also_event:
        event = queries.event_of(session, draft)
        found += [
            replace(doubt, field=_FIELDS.get(doubt.field, doubt.field))
            for doubt in outreach.of_event(session, scope, event)
        ]
    return found


#: The fields of a visit that an event's doubts are about.
_FIELDS = {"title": "matter", "headcount": "attendees"}


def _of_contract(session: Session, scope: Scope, draft: VisitDraft) -> list[Doubt]:
    if queries.has_contract(session, scope.home_office_id, draft.adviser_id):
        return []
    return [
        Doubt(
            f"no_contract:{draft.adviser_id}",
            "adviser_id",
            _NO_CONTRACT,
            f"/advisers/{draft.adviser_id}",
        )
    ]
