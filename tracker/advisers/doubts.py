"""What is odd about a visit about to be saved: nobody knows of a contract of its adviser."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.kernel.doubts import Doubt
from tracker.kernel.words import Words

from . import queries
from .drafts import VisitDraft

_NO_CONTRACT = Words(
    "还没有登记这名法律顾问的聘任；请先登记聘任，服务记录才能与聘期核对",
    "No contract of this adviser is entered; enter the assignment first, so that visits can be "
    "held against it",
)


def of_visit(session: Session, office_id: int, draft: VisitDraft) -> list[Doubt]:
    """The doubts about a visit. One outside a contract that is on record is refused instead."""
    if draft.exception_reason or queries.has_contract(session, office_id, draft.adviser_id):
        return []
    return [
        Doubt(
            f"no_contract:{draft.adviser_id}",
            "adviser_id",
            _NO_CONTRACT,
            f"/advisers/{draft.adviser_id}",
        )
    ]
