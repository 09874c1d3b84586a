"""Which opinions there are, which of them count, and how the township's counsel stand on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.advisers.models import Adviser, AdviserAssignment, AdviserVisit
from tracker.advisers.queries import serving_on
from tracker.advisers.terms import AssignmentTarget
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.text import like

from .models import CounselOpinion
from .terms import Adoption, DecisionKind

_OPINION = CounselOpinion
_TOWNSHIP = AdviserAssignment.target == AssignmentTarget.TOWNSHIP


def given_in(period: Period) -> ColumnElement[bool]:
    """Opinions given in the period that are not voided, by the counsel or by the office itself."""
    return and_(_OPINION.given_on.between(period.first, period.last), _OPINION.voided_at.is_(None))


def find_opinions(
    scope: Scope,
    search: str = "",
    year: int | None = None,
    kind: DecisionKind | None = None,
    adopted: Adoption | None = None,
    adviser_id: int | None = None,
    *,
    voided: bool = False,
) -> Select[CounselOpinion]:
    """Opinions of the list page, newest first."""
    statement = select(_OPINION).where(
        scope.covers(_OPINION.office_id),
        _OPINION.voided_at.is_not(None) if voided else _OPINION.voided_at.is_(None),
    )
    if search:
        pattern = f"%{like(search)}%"
        own = (_OPINION.matter, _OPINION.number, _OPINION.summary, _OPINION.decision_reference)
        names = (Adviser.name, Adviser.pinyin)
        statement = statement.where(
            or_(
                *(column.ilike(pattern, escape="\\") for column in own),
                _OPINION.adviser.has(or_(*(n.ilike(pattern, escape="\\") for n in names))),
            )
        )
    if year:
        statement = statement.where(_OPINION.given_on.between(date(year, 1, 1), date(year, 12, 31)))
    if kind:
        statement = statement.where(_OPINION.kind == kind)
    if adopted:
        statement = statement.where(_OPINION.adopted == adopted)
    if adviser_id:
        statement = statement.where(_OPINION.adviser_id == adviser_id)
    return statement.options(*_parts()).order_by(_OPINION.given_on.desc(), _OPINION.id.desc())


def opinions_of_period(scope: Scope, period: Period) -> Select[CounselOpinion]:
    """The year's opinions, by day."""
    return (
        select(_OPINION)
        .where(scope.covers(_OPINION.office_id), given_in(period))
        .order_by(_OPINION.given_on, _OPINION.id)
        .options(*_parts())
    )


def _parts() -> tuple[Any, ...]:
    return joinedload(_OPINION.adviser), joinedload(_OPINION.visit)


def counsel_on(office_id: int, adviser_id: int, day: date) -> Select[int]:
    """The adviser's assignments to the township itself that serve on this day."""
    return select(AdviserAssignment.id).where(
        AdviserAssignment.office_id == office_id,
        AdviserAssignment.adviser_id == adviser_id,
        _TOWNSHIP,
        serving_on(day),
    )


def counsel_to_choose(session: Session, scope: Scope) -> Sequence[Adviser]:
    """Advisers whom a form offers: those of `counsel_to_filter` of the writer's own township."""
    return counsel_to_filter(session, scope.for_writing)


def counsel_to_filter(session: Session, scope: Scope) -> Sequence[Adviser]:
    """Advisers who are, were or will be counsel of a township, by name."""
    return session.scalars(
        select(Adviser)
        .where(
            scope.covers(Adviser.office_id),
            Adviser.voided_at.is_(None),
            _is_counsel(Adviser.office_id, Adviser.id),
        )
        .order_by(Adviser.office_id, Adviser.pinyin, Adviser.id)
    ).all()


def _is_counsel(office_id: Any, adviser_id: Any) -> ColumnElement[bool]:
    """Whether an adviser has an assignment to the township itself, whenever it serves."""
    return exists(
        select(AdviserAssignment.id).where(
            AdviserAssignment.office_id == office_id,
            AdviserAssignment.adviser_id == adviser_id,
            AdviserAssignment.voided_at.is_(None),
            _TOWNSHIP,
        )
    )


def visit_to_name(office_id: int, visit_id: int) -> Select[AdviserVisit]:
    """The visit an opinion may have come from: for the township itself, not voided."""
    return _township_visits(office_id).where(AdviserVisit.id == visit_id)


def visits_to_choose(
    session: Session, scope: Scope, most: int | None = None
) -> Sequence[AdviserVisit]:
    """Visits that its counsel made for the township itself, newest first."""
    statement = (
        _township_visits(scope.home_office_id)
        .where(_is_counsel(AdviserVisit.office_id, AdviserVisit.adviser_id))
        .options(joinedload(AdviserVisit.adviser))
        .order_by(AdviserVisit.held_on.desc(), AdviserVisit.id.desc())
    )
    return session.scalars(statement.limit(most) if most else statement).all()


def _township_visits(office_id: int) -> Select[AdviserVisit]:
    return select(AdviserVisit).where(
        AdviserVisit.office_id == office_id,
        AdviserVisit.village_id.is_(None),
        AdviserVisit.voided_at.is_(None),
    )


def serving_counsel(scope: Scope, day: date) -> Select[AdviserAssignment]:
    """Assignments to the township itself that serve on this day, the oldest first."""
    return (
        select(AdviserAssignment)
        .where(scope.covers(AdviserAssignment.office_id), _TOWNSHIP, serving_on(day))
        .options(joinedload(AdviserAssignment.adviser).joinedload(Adviser.firm))
        .order_by(AdviserAssignment.office_id, AdviserAssignment.starts_on, AdviserAssignment.id)
    )


def opinions_by_kind(
    session: Session, scope: Scope, period: Period
) -> dict[tuple[int | None, DecisionKind, Adoption], int]:
    """How many opinions were given in the period, by adviser, kind and what became of them."""
    statement = (
        select(_OPINION.adviser_id, _OPINION.kind, _OPINION.adopted, func.count())
        .where(scope.covers(_OPINION.office_id), given_in(period))
        .group_by(_OPINION.adviser_id, _OPINION.kind, _OPINION.adopted)
    )
    return {(who, kind, adopted): n for who, kind, adopted, n in session.execute(statement)}
