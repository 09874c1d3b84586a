"""Who serves whom on a day, which visits count, who stands on the register: each said once."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.advisers.models import (
    Adviser,
    AdviserAssignment,
    AdviserVisit,
    LegalLiteratePerson,
    LegalLiterateTraining,
)
from tracker.advisers.terms import AssignmentTarget
from tracker.kernel.period import Period
from tracker.offices import queries as offices
from tracker.offices.models import Village

#: A day, or the column of one.
Day = date | InstrumentedAttribute[date]


def serving_between(first: Day, last: Day | None) -> ColumnElement[bool]:
    """Assignments that serve on at least one day from ``first`` to ``last`` (None: for ever).

    Its first and its last day are days of service; one without a last day goes on. A voided
    assignment does not serve, nor does that of a voided adviser. Everything that asks who is
    serving asks here.
    """
    begins: list[ColumnElement[bool]] = []
    if last is not None:
        begins.append(AdviserAssignment.starts_on <= last)
    return and_(
        AdviserAssignment.voided_at.is_(None),
        or_(AdviserAssignment.ends_on.is_(None), AdviserAssignment.ends_on >= first),
        *begins,
        AdviserAssignment.adviser.has(Adviser.voided_at.is_(None)),
    )


def serving_on(day: Day) -> ColumnElement[bool]:
    """Assignments that serve on this day; see `serving_between`."""
    return serving_between(day, day)


def village_exists_on(day: date) -> ColumnElement[bool]:
    """Villages that are there on this day: not voided, not merged away."""
    return offices.exists_on_last_day(Period(day, day, day))


def has_adviser_on(day: date) -> ColumnElement[bool]:
    """Villages with a serving adviser on this day."""
    return exists(
        select(AdviserAssignment.id).where(
            AdviserAssignment.office_id == Village.office_id,
            AdviserAssignment.village_id == Village.id,
            serving_on(day),
        )
    )


def serves_village_on(day: date) -> ColumnElement[bool]:
    """Advisers who serve at least one village that is there on this day."""
    return exists(
        select(AdviserAssignment.id)
        .join(
            Village,
            and_(
                Village.office_id == AdviserAssignment.office_id,
                Village.id == AdviserAssignment.village_id,
            ),
        )
        .where(
            AdviserAssignment.office_id == Adviser.office_id,
            AdviserAssignment.adviser_id == Adviser.id,
            serving_on(day),
            village_exists_on(day),
        )
    )


def is_to_a_village_of(day: date) -> ColumnElement[bool]:
    """Assignments, whenever they serve, to a village that is there on this day."""
    return AdviserAssignment.village.has(village_exists_on(day))


def serves_township_on(day: date) -> ColumnElement[bool]:
    """Advisers who are counsel of the township government itself on this day."""
    return exists(
        select(AdviserAssignment.id).where(
            AdviserAssignment.office_id == Adviser.office_id,
            AdviserAssignment.adviser_id == Adviser.id,
            AdviserAssignment.target == AssignmentTarget.TOWNSHIP,
            serving_on(day),
        )
    )


def made_in(period: Period) -> ColumnElement[bool]:
    """Visits of the period that are not voided, on site or on line, for whomever."""
    return and_(
        AdviserVisit.held_on.between(period.first, period.last), AdviserVisit.voided_at.is_(None)
    )


def made_for(village_id: int) -> ColumnElement[bool]:
    """Visits made for this village."""
    return AdviserVisit.village_id == village_id


def was_visited_between(first: date, last: date) -> ColumnElement[bool]:
    """Villages that an adviser's visit was made to, from one day to another."""
    return exists(
        select(AdviserVisit.id).where(
            AdviserVisit.office_id == Village.office_id,
            AdviserVisit.village_id == Village.id,
            AdviserVisit.held_on.between(first, last),
            AdviserVisit.voided_at.is_(None),
        )
    )


def on_register(day: date) -> ColumnElement[bool]:
    """Legal-literate persons on the register on this day: appointed by then, not yet left.

    The day of leaving is no longer a day on the register. Voided entries do not count.
    """
    return and_(
        LegalLiteratePerson.voided_at.is_(None),
        LegalLiteratePerson.appointed_on <= day,
        or_(LegalLiteratePerson.left_on.is_(None), LegalLiteratePerson.left_on > day),
    )


def has_person_on(day: date) -> ColumnElement[bool]:
    """Villages with at least one legal-literate person on the register on this day."""
    return exists(
        select(LegalLiteratePerson.id).where(
            LegalLiteratePerson.office_id == Village.office_id,
            LegalLiteratePerson.village_id == Village.id,
            on_register(day),
        )
    )


def trained_in(period: Period) -> ColumnElement[bool]:
    """Trainings of the period that are not voided."""
    return and_(
        LegalLiterateTraining.held_on.between(period.first, period.last),
        LegalLiterateTraining.voided_at.is_(None),
    )
