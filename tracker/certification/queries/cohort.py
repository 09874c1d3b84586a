"""The cohort of a year's qualification exams: registered, sat, passed, certificate drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.certification import conditions
from tracker.certification.models import ExamRegistration, Officer
from tracker.certification.terms import ExamPart, Outcome
from tracker.kernel.period import Period, last_day_of
from tracker.kernel.scope import Scope

from .exams import registrations_of_period
from .passes import pass_years_by_office


@dataclass(frozen=True)
class Candidate:
    """One officer of the cohort, and how far they have come.

    ``drew`` is asked on the day that states of the period are read on; ``drew_later`` says that
    they have drawn their certificate only after it, by today.
    """

    officer: Officer
    registrations: Sequence[ExamRegistration]
    sat: bool
    passed: bool
    drew: bool
    drew_later: bool
    #: For how many years the office's passes are good; None: for ever.
    pass_years: int | None = None

    @property
    def good_until(self) -> date | None:
        """The last day on which the pass is good; None where there is none, or it is for ever.

        Passed is the day on which the last part was; see `passes.Pass`.
        """
        if not self.passed or self.pass_years is None:
            return None
        passed: dict[ExamPart, date] = {}
        for each in self.registrations:
            for result in each.results:
                if result.outcome is Outcome.PASSED:
                    day = result.sat_on or each.sitting.held_on
                    passed[result.part] = min(passed.get(result.part, day), day)
        wanted = {part for each in self.registrations for part in each.sitting.parts}
        return last_day_of(max(passed[part] for part in wanted), self.pass_years)

    @property
    def waits_until(self) -> date | None:
        """The last day of what is still to be sat where they go on; None where nothing is known
        to be."""
        going_on = self.last_open
        if going_on is None:
            return None
        days = [
            result.sat_on or (None if result.attempt else going_on.sitting.held_on)
            for result in going_on.results
            if result.part in self.open_parts and result.outcome is Outcome.PENDING
        ]
        return max((day for day in days if day is not None), default=None)

    @property
    def is_stuck(self) -> bool:
        """Whether something is still to be done until a certificate is drawn."""
        return not (self.drew or self.drew_later)

    @property
    def open_parts(self) -> list[ExamPart]:
        """The parts of their exams that they have not passed in any of them."""
        wanted = {part for each in self.registrations for part in each.sitting.parts}
        got = {
            result.part
            for each in self.registrations
            for result in each.results
            if result.outcome is Outcome.PASSED
        }
        return [part for part in ExamPart if part in wanted - got]

    @property
    def last_open(self) -> ExamRegistration | None:
        """The latest registration that has one of the open parts: where they go on."""
        missing = set(self.open_parts)
        of_it = [each for each in self.registrations if missing & set(each.sitting.parts)]
        return of_it[-1] if of_it else None

    @property
    def standing(self) -> Outcome:
        """How the open parts stand where they go on: pending while a result is still to be
        entered, else absent where nothing was sat, else failed; passed where none is open."""
        going_on = self.last_open
        if going_on is None:
            return Outcome.PASSED
        found = [
            going_on.result(part) for part in self.open_parts if part in going_on.sitting.parts
        ]
        outcomes = {result.outcome if result else Outcome.PENDING for result in found}
        for outcome in (Outcome.PENDING, Outcome.FAILED, Outcome.ABSENT):
            if outcome in outcomes:
                return outcome
        return Outcome.PASSED


@dataclass(frozen=True)
class Cohort:
    """Everybody registered for a qualification exam of a period, by name.

    Who is in which stage is said by `conditions` alone, so that the numbers are those of the
    figures certification.registered, .sat and .passed.
    """

    registered: Sequence[Candidate]

    @property
    def sat(self) -> list[Candidate]:
        return [each for each in self.registered if each.sat]

    @property
    def passed(self) -> list[Candidate]:
        return [each for each in self.registered if each.passed]

    @property
    def drawn(self) -> list[Candidate]:
        """Those who passed and drew a certificate by the day that states are read on; see
        `conditions.drawn_in`."""
        return [each for each in self.registered if each.drew]


def cohort_of(session: Session, scope: Scope, period: Period, today: date) -> Cohort:
    """The cohort of a period; voided officers are not in it."""
    found = session.execute(
        select(
            Officer,
            conditions.sat_in(period),
            conditions.passed_in(period),
            conditions.drawn_in(period, period.as_at),
            conditions.drawn_in(period, max(today, period.as_at)),
        )
        .where(
            scope.covers(Officer.office_id),
            Officer.voided_at.is_(None),
            conditions.registered_in(period),
        )
        .order_by(Officer.office_id, Officer.pinyin, Officer.name, Officer.id)
    ).all()
    entered: dict[int, list[ExamRegistration]] = {row[0].id: [] for row in found}
    counted = registrations_of_period(scope, period).where(conditions.sitting_counts(period))
    for registration in session.scalars(counted):
        if registration.officer_id in entered:
            entered[registration.officer_id].append(registration)
    years = pass_years_by_office(session, scope)
    return Cohort(
        [
            Candidate(
                officer,
                entered[officer.id],
                sat,
                passed,
                drew,
                drew_by_now and not drew,
                years.get(officer.office_id),
            )
            for officer, sat, passed, drew, drew_by_now in found
        ]
    )
