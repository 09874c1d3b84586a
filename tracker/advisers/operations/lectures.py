"""A lecture that is an outreach event, too: entered once, counted once in each figure.

The event stands among the events with its headcount, the visit among the lectures with its
listeners; the one's heads are never added to the other's (`figures.visits`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from tracker.advisers import queries
from tracker.advisers.drafts import VisitDraft
from tracker.advisers.models import AdviserVisit
from tracker.advisers.terms import VisitKind
from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.outreach import operations as outreach
from tracker.outreach.drafts import EventDraft
from tracker.outreach.models import OutreachEvent

from .visits import create_visit

#: The field of a visit's form that asks for the event as well.
ALSO_EVENT = "also_event"


def log_lecture_and_event(
    session: Session, office_id: int, draft: VisitDraft, today: date
) -> AdviserVisit:
    """Log a lecture and the outreach event that it is, both or neither.

    :raises RuleBroken: for what is no lecture or names an event already; see also `create_visit`
        and `outreach.operations.create_event`.
    """
    _require_lecture(draft)
    event = outreach.create_event(session, office_id, queries.event_of(session, draft), today)
    return create_visit(session, office_id, replace(draft, event_id=event.id), today)


def make_event(
    session: Session, scope: Scope, visit_id: int, draft: EventDraft, today: date
) -> OutreachEvent:
    """Enter the outreach event that a logged lecture is.

    :raises RecordMissing: when there is no such visit to write.
    :raises RuleBroken: for what is no lecture, was voided or names an event already.
    """
    visit = records.find_to_write(session, AdviserVisit, visit_id, scope, None)
    _require_lecture(visit)
    if visit.is_voided:
        raise RuleBroken(
            "", Words("这条记录已作废，请先撤销作废", "This visit is voided; restore it first")
        )
    event = outreach.create_event(session, visit.office_id, draft, today)
    visit.event_id = event.id
    records.sign(session, visit)
    return event


def _require_lecture(visit: VisitDraft | AdviserVisit) -> None:
    if visit.kind is not VisitKind.LECTURE:
        raise RuleBroken(
            ALSO_EVENT,
            Words(
                "只有法治讲座能同时登记为普法活动，请改选服务内容或取消勾选",
                "Only a lecture can be an outreach event, too; choose that kind, or drop the tick",
            ),
        )
    if visit.event_id is not None:
        raise RuleBroken(
            ALSO_EVENT,
            Words(
                "已选了对应的普法活动，不用再登记一场；请取消其中一项",
                "An outreach event is chosen already; drop one of the two",
            ),
        )
