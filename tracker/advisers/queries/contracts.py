"""Whether visits lie within a contract of their adviser."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from tracker.advisers.models import AdviserAssignment, AdviserVisit
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope

from .standing import made_in, serving_on


def is_within_contract() -> ColumnElement[bool]:
    """Visits on a day on which their adviser serves the village they were made to.

    A visit to the township itself is within the contract of its counsel, and of whoever serves any
    of its villages on that day: village advisers are asked to the township's hall, too.
    """
    return exists(
        select(AdviserAssignment.id)
        .where(
            AdviserAssignment.office_id == AdviserVisit.office_id,
            AdviserAssignment.adviser_id == AdviserVisit.adviser_id,
            or_(
                AdviserVisit.village_id.is_(None),
                AdviserAssignment.village_id == AdviserVisit.village_id,
            ),
            serving_on(AdviserVisit.held_on),
        )
        .correlate(AdviserVisit)
    )


def serves(
    session: Session, office_id: int, adviser_id: int, village_id: int | None, day: date
) -> bool:
    """Whether a visit on this day would be within a contract; see `is_within_contract`."""
    statement = _contracts(office_id, adviser_id, village_id).where(serving_on(day))
    return session.scalar(statement.limit(1)) is not None


def nearest_contract(
    session: Session, office_id: int, adviser_id: int, village_id: int | None, day: date
) -> AdviserAssignment | None:
    """The contract nearest to a day outside all of them; None where the adviser has none there."""
    found = session.scalars(
        _contracts(office_id, adviser_id, village_id).order_by(AdviserAssignment.id)
    )
    return min(found, key=lambda each: _days_off(each, day), default=None)


def has_contract(session: Session, office_id: int, adviser_id: int) -> bool:
    """Whether any assignment of this adviser is on record, whenever it serves."""
    return session.scalar(_contracts(office_id, adviser_id, None).limit(1)) is not None


def _contracts(
    office_id: int, adviser_id: int, village_id: int | None
) -> Select[AdviserAssignment]:
    statement = select(AdviserAssignment).where(
        AdviserAssignment.office_id == office_id,
        AdviserAssignment.adviser_id == adviser_id,
        AdviserAssignment.voided_at.is_(None),
    )
    if village_id is not None:
        statement = statement.where(AdviserAssignment.village_id == village_id)
    return statement


def _days_off(assignment: AdviserAssignment, day: date) -> int:
    if day < assignment.starts_on:
        return (assignment.starts_on - day).days
    if assignment.ends_on is not None and day > assignment.ends_on:
        return (day - assignment.ends_on).days
    return 0


def visits_outside(scope: Scope, period: Period) -> Select[AdviserVisit]:
    """Visits of the period outside every contract of their adviser, without an exception."""
    return (
        select(AdviserVisit)
        .where(
            scope.covers(AdviserVisit.office_id),
            made_in(period),
            AdviserVisit.exception_reason == "",
            ~is_within_contract(),
        )
        .order_by(AdviserVisit.held_on, AdviserVisit.id)
    )


def excepted_visits(scope: Scope) -> Select[AdviserVisit, bool]:
    """Visits entered by an exception, with whether they are within a contract by now."""
    return (
        select(AdviserVisit, is_within_contract())
        .where(
            scope.covers(AdviserVisit.office_id),
            AdviserVisit.voided_at.is_(None),
            AdviserVisit.exception_reason != "",
        )
        .order_by(AdviserVisit.held_on.desc(), AdviserVisit.id)
    )


def excepted_assignments(scope: Scope) -> Select[AdviserAssignment]:
    """Assignments entered by an exception."""
    return (
        select(AdviserAssignment)
        .where(
            scope.covers(AdviserAssignment.office_id),
            AdviserAssignment.voided_at.is_(None),
            AdviserAssignment.exception_reason != "",
        )
        .order_by(AdviserAssignment.starts_on.desc(), AdviserAssignment.id)
    )
