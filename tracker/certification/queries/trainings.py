"""Which trainings there are, and who was trained how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from tracker.certification import conditions
from tracker.certification.models import Officer, OfficerTraining, TrainingAttendee
from tracker.certification.terms import TrainingKind
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope

from .narrowing import in_year, mentions, voided_is


def find_trainings(
    scope: Scope,
    search: str = "",
    year: int | None = None,
    kind: TrainingKind | None = None,
    *,
    voided: bool = False,
) -> Select[OfficerTraining]:
    """Trainings for the list page, newest first."""
    statement = (
        select(OfficerTraining)
        .where(scope.covers(OfficerTraining.office_id), voided_is(OfficerTraining, voided))
        .options(selectinload(OfficerTraining.attendees))
    )
    if search:
        statement = statement.where(
            mentions(
                search,
                OfficerTraining.title,
                OfficerTraining.number,
                OfficerTraining.organiser,
            )
        )
    if year:
        statement = statement.where(in_year(OfficerTraining.held_on, year))
    if kind:
        statement = statement.where(OfficerTraining.kind == kind)
    return statement.order_by(OfficerTraining.held_on.desc(), OfficerTraining.id.desc())


def trainings_of_period(scope: Scope, period: Period) -> Select[OfficerTraining]:
    """The year's ledger of trainings, by day."""
    return (
        select(OfficerTraining)
        .where(scope.covers(OfficerTraining.office_id), conditions.training_counts(period))
        .order_by(OfficerTraining.held_on, OfficerTraining.id)
        .options(selectinload(OfficerTraining.attendees))
    )


def trainings_of_officer(officer: Officer) -> Select[OfficerTraining]:
    """The trainings an officer took part in, newest first."""
    return (
        select(OfficerTraining)
        .join(OfficerTraining.attendees)
        .where(
            OfficerTraining.office_id == officer.office_id,
            OfficerTraining.voided_at.is_(None),
            TrainingAttendee.officer_id == officer.id,
        )
        .order_by(OfficerTraining.held_on.desc(), OfficerTraining.id.desc())
    )


@dataclass(frozen=True)
class YearOfTraining:
    """What one officer was trained in one year."""

    year: int
    trainings: int
    hours: Decimal


def training_years(session: Session, officer: Officer) -> list[YearOfTraining]:
    """An officer's trainings and class hours by year, the latest first."""
    year = func.extract("year", OfficerTraining.held_on)
    statement = (
        select(year, func.count(), func.sum(OfficerTraining.hours))
        .join(OfficerTraining.attendees)
        .where(
            OfficerTraining.office_id == officer.office_id,
            OfficerTraining.voided_at.is_(None),
            TrainingAttendee.officer_id == officer.id,
        )
        .group_by(year)
        .order_by(year.desc())
    )
    return [
        YearOfTraining(int(found), count, hours)
        for found, count, hours in session.execute(statement)
    ]


def first_training_day(session: Session, scope: Scope) -> date | None:
    """The day of the oldest training, for the choice of years."""
    return session.scalar(
        select(func.min(OfficerTraining.held_on)).where(scope.covers(OfficerTraining.office_id))
    )
