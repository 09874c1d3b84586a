"""Writes of visits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.advisers import queries
from tracker.advisers.drafts import VisitDraft
from tracker.advisers.models import AdviserVisit
from tracker.advisers.terms import VisitKind
from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .shared import fill, require_hours

#: A visit is part of one day.
LONGEST_VISIT = Decimal(12)


def create_visit(session: Session, office_id: int, draft: VisitDraft, today: date) -> AdviserVisit:
    """Log a visit.

    :raises RuleBroken: see `_require_sound_visit` and `_require_event_once`.
    """
    _require_sound_visit(draft, today)
    _require_event_once(session, office_id, draft, None)
    visit = AdviserVisit(office_id=office_id)
    fill(visit, draft)
    records.add_new(session, visit, draft.held_on)
    return visit


def update_visit(
    session: Session,
    scope: Scope,
    visit_id: int,
    draft: VisitDraft,
    version: int | None,
    today: date,
) -> AdviserVisit:
    """Change a visit.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound_visit` and `_require_event_once`.
    """
    _require_sound_visit(draft, today)
    visit = records.find_to_write(session, AdviserVisit, visit_id, scope, version)
    if not visit.is_voided:
        _require_event_once(session, visit.office_id, draft, visit.id)
    fill(visit, draft)
    records.sign(session, visit)
    return visit


def restore_visit(session: Session, scope: Scope, visit_id: int) -> AdviserVisit:
    """Take a void back.

    :raises RuleBroken: when its event was given to another visit meanwhile.
    """
    visit = records.find_to_write(session, AdviserVisit, visit_id, scope, None)
    if visit.is_voided:
        _require_event_once(session, visit.office_id, visit, visit.id)
        records.unvoid(session, visit)
    return visit


def _require_sound_visit(draft: VisitDraft, today: date) -> None:
    if draft.held_on > today:
        raise RuleBroken(
            "held_on",
            Words(
                "服务日期不能在今天之后，请在服务完成后登记",
                "A visit is logged once it has taken place",
            ),
        )
    require_hours(draft.hours, LONGEST_VISIT)


def _require_event_once(
    session: Session, office_id: int, visit: VisitDraft | AdviserVisit, own_id: int | None
) -> None:
    """An event is one lecture, and one visit of an adviser.

    :raises RuleBroken: when another visit already stands for it.
    """
    if visit.event_id is None:
        return
    for other in queries.visits_naming(session, office_id, visit.event_id, own_id):
        both_lectures = visit.kind is VisitKind.LECTURE and other.kind is VisitKind.LECTURE
        if both_lectures or other.adviser_id == visit.adviser_id:
            raise RuleBroken(
                "event_id",
                Words(
                    "这场普法活动已登记在{name}的记录（{number}）中，不能重复计数",
                    "This event already stands in the log of {name} ({number}) and counts once",
                ).fill(name=other.adviser.name, number=other.number),
            )
