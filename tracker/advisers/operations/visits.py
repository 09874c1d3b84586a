"""Writes of visits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.advisers import queries
from tracker.advisers.drafts import VisitDraft
from tracker.advisers.models import Adviser, AdviserVisit
from tracker.advisers.terms import VisitKind
from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.exceptions import refuse
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .assignments import ENDS, OPEN_END
from .shared import fill, require_hours

#: A visit is part of one day.
LONGEST_VISIT = Decimal(12)


def create_visit(session: Session, office_id: int, draft: VisitDraft, today: date) -> AdviserVisit:
    """Log a visit.

    :raises RuleBroken: see `_require_sound_visit`, `require_contract`, `_require_event_once`.
    """
    _require_sound_visit(draft, today)
    require_contract(session, office_id, draft)
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
    :raises RuleBroken: see `_require_sound_visit`, `require_contract`, `_require_event_once`.
    """
    _require_sound_visit(draft, today)
    visit = records.find_to_write(session, AdviserVisit, visit_id, scope, version)
    if not visit.is_voided:
        if _is_elsewhere(visit, draft):
            require_contract(session, visit.office_id, draft)
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


_OUTSIDE = Words(
    "{day} 不在{name}的聘期内（{number}，{start} 起，{end}）。请核对日期，或先登记续聘",
    "{day} lies outside the contract of {name} ({number}, from {start}, {end}). Check the day, or "
    "enter the renewal first",
)
_NOT_THERE = Words(
    "{name}没有受聘服务这个村（社区）。请核对法律顾问和村，或先登记聘任",
    "{name} has no contract with this village. Check the adviser and the village, or enter the "
    "assignment first",
)


def _is_elsewhere(visit: AdviserVisit, draft: VisitDraft) -> bool:
    """Whether a change moves the visit, or takes its exception back. One that was logged while the
    contract ran is not asked again because its result is put in later."""
    before = (visit.adviser_id, visit.village_id, visit.held_on, visit.exception_reason)
    return before != (draft.adviser_id, draft.village_id, draft.held_on, draft.exception_reason)


def require_contract(session: Session, office_id: int, visit: VisitDraft) -> None:
    """A visit is made under a contract: on a day on which the adviser serves the village.

    Not asked of an adviser of whom no contract at all is on record: ledgers of old years come
    without them. Such visits are asked about on the page and named before a year is closed.

    :raises ExceptionNeeded: with the contract nearest to the day, where there is one.
    """
    where = (session, office_id, visit.adviser_id, visit.village_id, visit.held_on)
    if queries.serves(*where) or not queries.has_contract(session, office_id, visit.adviser_id):
        return
    nearest = queries.nearest_contract(*where)
    if nearest is not None:
        message = _OUTSIDE.fill(
            day=visit.held_on,
            name=nearest.adviser.name,
            number=nearest.number,
            start=nearest.starts_on,
            end=OPEN_END if nearest.ends_on is None else ENDS.fill(day=nearest.ends_on),
        )
        refuse("held_on", message, visit)
        return
    adviser = session.get_one(Adviser, visit.adviser_id)
    refuse("village_id", _NOT_THERE.fill(name=adviser.name), visit)


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
