"""Which villages had an adviser on which days: the answer to «and in August?»."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from tracker.advisers.models import Adviser, AdviserAssignment
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.offices.models import Village
from tracker.offices.queries import villages_of_period

from .standing import serving_between

_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Stretch:
    """Days from one to another, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


@dataclass(frozen=True)
class Service:
    """The days of a period on which one assignment served a village."""

    stretch: Stretch
    assignment: AdviserAssignment

    @property
    def adviser(self) -> Adviser:
        return self.assignment.adviser


@dataclass(frozen=True)
class VillageCoverage:
    """One village over a period: who served it when, and the days on which nobody did.

    Only days on which the village was there are looked at: one that was merged away in May has no
    gap in June. Several advisers at once are no gap and no double.
    """

    village: Village
    #: The days of the period on which the village was there.
    there: Stretch
    services: Sequence[Service]
    gaps: Sequence[Stretch]

    def serving_on(self, day: date) -> list[Service]:
        """Who served on a day; nobody on days when the village was not there."""
        if day not in self.there:
            return []
        return [service for service in self.services if day in service.stretch]

    @property
    def days_without(self) -> int:
        return sum(gap.days for gap in self.gaps)


def gaps_in(there: Stretch, served: Iterable[Stretch]) -> list[Stretch]:
    """The days of ``there`` that none of the stretches covers, as stretches in their order."""
    gaps, next_day = [], there.first
    for stretch in sorted(served):
        if stretch.first > next_day:
            gaps.append(Stretch(next_day, min(stretch.first - _DAY, there.last)))
        next_day = max(next_day, stretch.last + _DAY)
        if next_day > there.last:
            break
    if next_day <= there.last:
        gaps.append(Stretch(next_day, there.last))
    return gaps


def coverage(session: Session, scope: Scope, period: Period) -> list[VillageCoverage]:
    """Every village that was there in the period, by name, with its advisers and gaps.

    Two statements, whatever the number of villages. Who serves is said by `serving_between`.
    """
    serving: dict[int, list[AdviserAssignment]] = defaultdict(list)
    statement = (
        select(AdviserAssignment)
        .join(AdviserAssignment.adviser)
        .where(
            scope.covers(AdviserAssignment.office_id),
            AdviserAssignment.village_id.is_not(None),
            serving_between(period.first, period.last),
        )
        .order_by(AdviserAssignment.starts_on, AdviserAssignment.id)
        .options(contains_eager(AdviserAssignment.adviser))
    )
    for assignment in session.scalars(statement):
        if assignment.village_id is not None:
            serving[assignment.village_id].append(assignment)
    return [
        _covered(village, period, serving[village.id])
        for village in session.scalars(villages_of_period(scope, period))
    ]


def _covered(
    village: Village, period: Period, assignments: Sequence[AdviserAssignment]
) -> VillageCoverage:
    last = period.last if village.closed_on is None else village.closed_on - _DAY
    there = Stretch(period.first, min(period.last, last))
    services = [
        Service(
            Stretch(max(each.starts_on, there.first), min(each.ends_on or date.max, there.last)),
            each,
        )
        for each in assignments
        if each.starts_on <= there.last
    ]
    return VillageCoverage(village, there, services, gaps_in(there, (s.stretch for s in services)))
