"""Who has passed all qualification exams by a day, and what is open of them.

`conditions.passed_in` and `passes` are about the exams of one year; a certificate asks about all
exams up to its issue. The definition is the same: every part that the officer's qualification exams
had is passed, at any attempt and in any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from tracker.certification.models import ExamRegistration, ExamSitting, Officer
from tracker.certification.terms import ExamPart, Outcome, SittingPurpose
from tracker.kernel.period import last_day_of


def _registrations(day: date) -> Select[Any]:
    """An officer's live registrations in qualification exams held by a day, voided ones apart."""
    return (
        select(ExamRegistration.id)
        .join(
            ExamSitting,
            and_(
                ExamSitting.office_id == ExamRegistration.office_id,
                ExamSitting.id == ExamRegistration.sitting_id,
            ),
        )
        .where(
            ExamRegistration.office_id == Officer.office_id,
            ExamRegistration.officer_id == Officer.id,
            ExamRegistration.voided_at.is_(None),
            ExamSitting.purpose == SittingPurpose.QUALIFICATION,
            ExamSitting.voided_at.is_(None),
            ExamSitting.held_on <= day,
        )
    )


def records_begin(session: Session, office_id: int) -> date | None:
    """The day of the office's earliest live qualification exam: from then on its ledger says who
    passed. None where it has none."""
    return session.scalar(
        select(func.min(ExamSitting.held_on)).where(
            ExamSitting.office_id == office_id,
            ExamSitting.purpose == SittingPurpose.QUALIFICATION,
            ExamSitting.voided_at.is_(None),
        )
    )


@dataclass(frozen=True)
class Parts:
    """How an officer stands with their qualification exams on a day."""

    day: date
    #: The parts these exams had, and of those the passed ones with the latest day of passing.
    asked: frozenset[ExamPart]
    passed: dict[ExamPart, date]
    registrations: Sequence[ExamRegistration]

    @property
    def open_parts(self) -> list[ExamPart]:
        return [part for part in ExamPart if part in self.asked and part not in self.passed]

    @property
    def is_passed(self) -> bool:
        """Whether every part that their exams had is passed; who was never registered has not."""
        return bool(self.asked) and not self.open_parts

    @property
    def completed_on(self) -> date | None:
        """The day from which the years of the pass count; None for who has not passed.

        That of the latest year whose exams were all passed, as `passes.Pass` has it: the day of the
        part that was passed last. Where the parts lie in several years, that of the last of them.
        """
        if not self.is_passed:
            return None
        years = groupby(self.registrations, key=lambda each: each.sitting.held_on.year)
        complete = [day for _, those in years if (day := _completed(list(those), self.day))]
        return max(complete, default=max(self.passed.values()))

    def is_good(self, years: int | None) -> bool:
        """Whether it is passed, and not longer ago than the rule's years (None: for ever)."""
        done = self.completed_on
        return done is not None and (years is None or last_day_of(done, years) >= self.day)

    def latest_with(self, part: ExamPart) -> ExamRegistration:
        """The latest registration for an exam that had the part; there is one for each asked."""
        return next(each for each in reversed(self.registrations) if part in each.sitting.parts)


def parts_on(session: Session, officer_ids: Iterable[int], day: date) -> dict[int, Parts]:
    """How these officers stand with their qualification exams held by a day; all are in the
    answer."""
    ids = list(officer_ids)
    found: dict[int, list[ExamRegistration]] = {officer_id: [] for officer_id in ids}
    registrations = session.scalars(
        _registrations(day)
        .with_only_columns(ExamRegistration)
        .join(
            Officer,
            and_(
                Officer.office_id == ExamRegistration.office_id,
                Officer.id == ExamRegistration.officer_id,
            ),
        )
        .where(Officer.id.in_(ids))
        .order_by(ExamSitting.held_on, ExamRegistration.id)
        .options(contains_eager(ExamRegistration.sitting), selectinload(ExamRegistration.results))
    )
    for registration in registrations:
        found[registration.officer_id].append(registration)
    return {officer_id: _parts(those, day) for officer_id, those in found.items()}


def _parts(registrations: Sequence[ExamRegistration], day: date) -> Parts:
    passed = {part: max(days) for part, days in _days_of(registrations, day).items()}
    return Parts(day, _asked(registrations), passed, registrations)


def _asked(registrations: Sequence[ExamRegistration]) -> frozenset[ExamPart]:
    return frozenset(part for each in registrations for part in each.sitting.parts)


def _days_of(registrations: Sequence[ExamRegistration], day: date) -> dict[ExamPart, list[date]]:
    """On which days, up to this one, each part was passed."""
    found: dict[ExamPart, list[date]] = {}
    for registration in registrations:
        for result in registration.results:
            on = result.sat_on or registration.sitting.held_on
            if result.outcome is Outcome.PASSED and on <= day:
                found.setdefault(result.part, []).append(on)
    return found


def _completed(registrations: Sequence[ExamRegistration], day: date) -> date | None:
    """The day on which the last part of these exams was passed; None where one is open."""
    days, asked = _days_of(registrations, day), _asked(registrations)
    return max(min(days[part]) for part in asked) if asked <= days.keys() else None
