"""Visits and lectures of a year against what the office's rules ask for, village by village."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from tracker.advisers.models import AdviserVisit
from tracker.advisers.terms import QuotaState, VisitKind
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.offices.models import Village
from tracker.rulepacks.rules import Rules
from tracker.rulepacks.terms import VisitMeasure

from .coverage import VillageCoverage, coverage
from .standing import made_in

_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Work:
    """What advisers did for one village in one month or quarter."""

    visits: int = 0
    #: Days with at least one visit.
    days: int = 0
    #: Sum of the hours that were noted.
    hours: Decimal = _NOTHING
    #: Visits without a note of their hours; they are not 0 hours.
    without_hours: int = 0
    lectures: int = 0

    def __add__(self, other: Work) -> Work:
        # Days can be added: those of different months are different days.
        return Work(
            self.visits + other.visits,
            self.days + other.days,
            self.hours + other.hours,
            self.without_hours + other.without_hours,
            self.lectures + other.lectures,
        )

    def amount(self, measure: VisitMeasure) -> Decimal:
        """How much it is in what the quota is counted in."""
        if measure is VisitMeasure.HOURS:
            return self.hours
        return Decimal(self.days if measure is VisitMeasure.DAYS else self.visits)


@dataclass(frozen=True)
class Due:
    """One village in one month or quarter: what was done, and how that stands."""

    span: Period
    work: Work
    state: QuotaState


@dataclass(frozen=True)
class VillageQuota:
    """One village's year against its office's rules."""

    village: Village
    rules: Rules
    months: Sequence[Due]
    quarters: Sequence[Due]

    @property
    def work(self) -> Work:
        """The whole year's."""
        return sum((month.work for month in self.months), Work())


def missed(spans: Sequence[Due]) -> list[Due]:
    """Those that are over and were not met."""
    return [due for due in spans if due.state is QuotaState.MISSED]


def met(spans: Sequence[Due]) -> list[Due]:
    """Those that were met."""
    return [due for due in spans if due.state is QuotaState.MET]


def visits_against_quota(
    session: Session, scope: Scope, period: Period, today: date, rules: Mapping[int, Rules]
) -> list[VillageQuota]:
    """Every village that was there in the year, by name, in months and quarters.

    Visits count as the figures count them (`made_in`), whoever made them. Three statements,
    whatever the number of villages.
    """
    work = _work(session, scope, period)
    return [
        _of_village(each, work[each.village.id], rules[each.village.office_id], period, today)
        for each in coverage(session, scope, period)
    ]


def _work(session: Session, scope: Scope, period: Period) -> dict[int, dict[int, Work]]:
    """What was done for each village in each month."""
    visit = AdviserVisit
    month = func.extract("month", visit.held_on)
    statement = (
        select(
            visit.village_id,
            month,
            func.count(visit.id),
            func.count(visit.held_on.distinct()),
            func.sum(visit.hours),
            func.count(case((visit.hours.is_(None), 1))),
            func.count(case((visit.kind == VisitKind.LECTURE, 1))),
        )
        .where(scope.covers(visit.office_id), visit.village_id.is_not(None), made_in(period))
        .group_by(visit.village_id, month)
    )
    found: dict[int, dict[int, Work]] = defaultdict(lambda: defaultdict(Work))
    for village_id, number, visits, days, hours, without, lectures in session.execute(statement):
        if village_id is not None:
            found[village_id][int(number)] = Work(
                visits, days, hours or _NOTHING, without, lectures
            )
    return found


def _of_village(
    covered: VillageCoverage,
    work: Mapping[int, Work],
    rules: Rules,
    period: Period,
    today: date,
) -> VillageQuota:
    year = period.year

    def due(first: int, last: int, *, lectures: bool) -> Due:
        span = Period.of_months(year, first, last, today)
        done = sum((work[month] for month in range(first, last + 1)), Work())
        enough = _lectures_met(done, rules) if lectures else _visits_met(done, rules)
        return Due(span, done, _state(covered, span, today, enough))

    return VillageQuota(
        covered.village,
        rules,
        [due(month, month, lectures=False) for month in range(1, 13)],
        [due(first, first + 2, lectures=True) for first in (1, 4, 7, 10)],
    )


def _visits_met(done: Work, rules: Rules) -> bool | QuotaState:
    """Whether enough was done, or why that cannot be said."""
    quota = rules.visit_quota
    if quota is None:
        return QuotaState.NO_RULE
    if done.amount(quota.measure) >= quota.amount:
        return True
    if quota.measure is VisitMeasure.HOURS and done.without_hours:
        return QuotaState.UNKNOWN
    return False


def _lectures_met(done: Work, rules: Rules) -> bool | QuotaState:
    if rules.lecture_quota is None:
        return QuotaState.NO_RULE
    return done.lectures >= rules.lecture_quota


def _state(
    covered: VillageCoverage, span: Period, today: date, enough: bool | QuotaState
) -> QuotaState:
    """How a month or quarter stands. Only one that is over, and in which the village was there
    with an adviser on all of its days, can be missed."""
    there = covered.there
    if there.first > span.last or there.last < span.first:
        return QuotaState.NOT_THERE
    if enough is True:
        return QuotaState.MET
    if span.first > today:
        return QuotaState.COMING
    if enough is QuotaState.NO_RULE:
        return QuotaState.NO_RULE
    gaps = [gap for gap in covered.gaps if gap.first <= span.last and gap.last >= span.first]
    if any(gap.first <= span.first and gap.last >= min(span.last, there.last) for gap in gaps):
        return QuotaState.NO_ADVISER
    if span.last >= today:
        return QuotaState.RUNNING
    if enough is QuotaState.UNKNOWN:
        return QuotaState.UNKNOWN
    return QuotaState.PART if gaps or there.last < span.last else QuotaState.MISSED
