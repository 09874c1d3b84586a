"""Which sittings and registrations there are."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from tracker.certification import conditions
from tracker.certification.models import ExamRegistration, ExamResult, ExamSitting, Officer
from tracker.certification.terms import Outcome, SittingPurpose
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope

from .narrowing import in_year, mentions, voided_is


def find_sittings(
    scope: Scope,
    search: str = "",
    year: int | None = None,
    purpose: SittingPurpose | None = None,
    *,
    voided: bool = False,
) -> Select[ExamSitting]:
    """Sittings for the list page, newest first."""
    statement = select(ExamSitting).where(
        scope.covers(ExamSitting.office_id), voided_is(ExamSitting, voided)
    )
    if search:
        statement = statement.where(
            mentions(search, ExamSitting.title, ExamSitting.number, ExamSitting.organiser)
        )
    if year:
        statement = statement.where(in_year(ExamSitting.held_on, year))
    if purpose:
        statement = statement.where(ExamSitting.purpose == purpose)
    return statement.order_by(ExamSitting.held_on.desc(), ExamSitting.id.desc())


def sittings_of_period(scope: Scope, period: Period) -> Select[ExamSitting]:
    """The year's exams, renewal exams included, by day."""
    return (
        select(ExamSitting)
        .where(
            scope.covers(ExamSitting.office_id),
            ExamSitting.held_on.between(period.first, period.last),
            ExamSitting.voided_at.is_(None),
        )
        .order_by(ExamSitting.held_on, ExamSitting.id)
    )


def sittings_behind_figures(scope: Scope, period: Period) -> Select[ExamSitting]:
    """The sittings that officers are counted by: the period's qualification exams."""
    return sittings_of_period(scope, period).where(conditions.sitting_counts(period))


def registrations_of(sitting: ExamSitting, *, voided: bool = False) -> Select[ExamRegistration]:
    """The registrations of one sitting with their people and results, in order of entry."""
    return (
        select(ExamRegistration)
        .where(
            ExamRegistration.office_id == sitting.office_id,
            ExamRegistration.sitting_id == sitting.id,
            voided_is(ExamRegistration, voided),
        )
        .order_by(ExamRegistration.id)
        .options(*_registration_parts())
    )


def registrations_of_officer(officer: Officer) -> Select[ExamRegistration]:
    """An officer's exams, newest first; those of voided sittings do not show."""
    return (
        _with_sitting()
        .where(
            ExamRegistration.office_id == officer.office_id,
            ExamRegistration.officer_id == officer.id,
            ExamRegistration.voided_at.is_(None),
            ExamSitting.voided_at.is_(None),
        )
        .order_by(ExamSitting.held_on.desc(), ExamRegistration.id.desc())
    )


def registrations_of_period(scope: Scope, period: Period) -> Select[ExamRegistration]:
    """The year's ledger of results: a row per registration in an exam of the period, by day."""
    return (
        _with_sitting()
        .where(
            scope.covers(ExamRegistration.office_id),
            ExamRegistration.voided_at.is_(None),
            ExamSitting.voided_at.is_(None),
            ExamSitting.held_on.between(period.first, period.last),
        )
        .order_by(ExamSitting.held_on, ExamSitting.id, ExamRegistration.id)
    )


def excepted_registrations(scope: Scope) -> Select[ExamRegistration]:
    """Registrations entered by an exception, newest exam first; see `kernel.exceptions`."""
    return (
        _with_sitting()
        .where(
            scope.covers(ExamRegistration.office_id),
            ExamRegistration.exception_reason != "",
            ExamRegistration.voided_at.is_(None),
            ExamSitting.voided_at.is_(None),
        )
        .order_by(ExamSitting.held_on.desc(), ExamSitting.id.desc(), ExamRegistration.id)
    )


def _with_sitting() -> Select[ExamRegistration]:
    return (
        select(ExamRegistration)
        .join(
            ExamSitting,
            and_(
                ExamSitting.office_id == ExamRegistration.office_id,
                ExamSitting.id == ExamRegistration.sitting_id,
            ),
        )
        .options(
            contains_eager(ExamRegistration.sitting),
            joinedload(ExamRegistration.officer),
            selectinload(ExamRegistration.results),
        )
    )


def _registration_parts() -> tuple[Any, ...]:
    return (
        joinedload(ExamRegistration.officer),
        joinedload(ExamRegistration.sitting),
        selectinload(ExamRegistration.results),
    )


def first_sitting_day(session: Session, scope: Scope) -> date | None:
    """The day of the oldest sitting, for the choice of years."""
    return session.scalar(
        select(func.min(ExamSitting.held_on)).where(scope.covers(ExamSitting.office_id))
    )


def sittings_without_results(scope: Scope, today: date) -> Select[ExamSitting]:
    """Sittings whose day has gone by with results still open."""
    return (
        select(ExamSitting)
        .where(
            scope.covers(ExamSitting.office_id),
            ExamSitting.voided_at.is_(None),
            ExamSitting.held_on < today,
            exists(
                select(ExamResult.id)
                .join(
                    ExamRegistration,
                    and_(
                        ExamRegistration.office_id == ExamResult.office_id,
                        ExamRegistration.id == ExamResult.registration_id,
                    ),
                )
                .where(
                    ExamRegistration.office_id == ExamSitting.office_id,
                    ExamRegistration.sitting_id == ExamSitting.id,
                    ExamRegistration.voided_at.is_(None),
                    ExamResult.outcome == Outcome.PENDING,
                    # A 补考 without its day may still be to come.
                    or_(ExamResult.attempt == 0, ExamResult.sat_on < today),
                )
            ),
        )
        .order_by(ExamSitting.held_on, ExamSitting.id)
    )
