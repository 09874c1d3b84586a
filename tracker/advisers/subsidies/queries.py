"""What a year's service comes to by its contracts, and which subsidies there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.advisers.assessment.models import AdviserAssessment
from tracker.advisers.assessment.queries import Pair, Served, assessed, served_in
from tracker.advisers.models import Adviser
from tracker.advisers.queries.yearly import first_day_of_years, of_pair_and_year
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.text import like
from tracker.offices.models import Village

from .models import AdviserSubsidy
from .terms import Payment


def proposed(served: Served, year: int) -> int | None:
    """测算金额: the fee of a year of service, by the days of the year that were served.

    Each day counts with the fee of its own contract; the whole year is the whole fee, whatever its
    number of days. The sum is rounded down to whole yuan once, at the end. None where a contract
    of these days has no fee on record: unknown is not 0.
    """
    sum_of_days = 0
    for stretch, assignment in served.stretches:
        if assignment.fee is None:
            return None
        sum_of_days += assignment.fee * stretch.days
    return sum_of_days // days_in(year)


def days_in(year: int) -> int:
    """365 or 366."""
    return (date(year, 12, 31) - date(year, 1, 1)).days + 1


@dataclass(frozen=True)
class Row:
    """One line of the year's list: the service, the assessment, and what was decided.

    ``served`` is None where a subsidy was decided for a service that the records no longer show.
    """

    office_id: int
    adviser: Adviser
    village: Village | None
    served: Served | None
    proposed: int | None
    assessment: AdviserAssessment | None
    subsidy: AdviserSubsidy | None

    @property
    def moved(self) -> bool:
        """Whether contracts or days changed since the amount was decided."""
        return self.subsidy is not None and self.subsidy.amount_proposed != self.proposed


@dataclass(frozen=True)
class Sums:
    """What the rows come to; rows without a fee, or not yet decided, are told beside it."""

    proposed: int
    without_fee: int
    decided: int
    undecided: int
    paid: int


def year_list(session: Session, scope: Scope, period: Period) -> list[Row]:
    """Everybody who served on at least one day of the year, village by village, and every subsidy
    of the year whose service the records no longer show. Three statements."""
    year = period.year
    grades = assessed(session, scope, year)
    decided: dict[Pair, AdviserSubsidy] = {
        (each.adviser_id, each.village_id): each
        for each in session.scalars(subsidies_of_period(scope, period))
    }
    rows = [
        Row(
            served.office_id,
            served.adviser,
            served.village,
            served,
            proposed(served, year),
            grades.get(served.pair),
            decided.pop(served.pair, None),
        )
        for served in served_in(session, scope, period)
    ]
    left = [
        Row(each.office_id, each.adviser, each.village, None, None, grades.get(pair), each)
        for pair, each in decided.items()
    ]
    return rows + left


def sums(rows: Sequence[Row]) -> Sums:
    """What these rows add up to."""
    there = [row.subsidy for row in rows if row.subsidy is not None]
    return Sums(
        proposed=sum(row.proposed for row in rows if row.proposed is not None),
        without_fee=sum(row.proposed is None for row in rows),
        decided=sum(each.amount_decided for each in there),
        undecided=len(rows) - len(there),
        paid=sum(each.amount_decided for each in there if each.paid_on is not None),
    )


@dataclass(frozen=True)
class Wanted:
    """What the list of subsidies is narrowed to."""

    search: str = ""
    year: int | None = None
    payment: Payment | None = None
    adviser_id: int | None = None
    village_id: int | None = None
    voided: bool = False


def find_subsidies(scope: Scope, wanted: Wanted) -> Select[AdviserSubsidy]:
    """Subsidies of the list page, the newest year first."""
    found = AdviserSubsidy
    statement = select(found).where(
        scope.covers(found.office_id),
        found.voided_at.is_not(None) if wanted.voided else found.voided_at.is_(None),
    )
    if wanted.search:
        pattern = f"%{like(wanted.search)}%"
        people = (Adviser.name, Adviser.pinyin)
        places = (Village.name, Village.pinyin)
        statement = statement.where(
            or_(
                found.number.ilike(pattern, escape="\\"),
                found.adviser.has(or_(*(c.ilike(pattern, escape="\\") for c in people))),
                found.village.has(or_(*(c.ilike(pattern, escape="\\") for c in places))),
            )
        )
    if wanted.year:
        statement = statement.where(found.year == wanted.year)
    if wanted.payment is Payment.PAID:
        statement = statement.where(found.paid_on.is_not(None))
    elif wanted.payment is Payment.DECIDED:
        statement = statement.where(found.paid_on.is_(None))
    if wanted.adviser_id:
        statement = statement.where(found.adviser_id == wanted.adviser_id)
    if wanted.village_id:
        statement = statement.where(found.village_id == wanted.village_id)
    return statement.order_by(found.year.desc(), found.id.desc()).options(*_parts())


def subsidies_of_period(scope: Scope, period: Period) -> Select[AdviserSubsidy]:
    """The year's subsidies that are not voided, in the order they were entered."""
    found = AdviserSubsidy
    return (
        find_subsidies(scope, Wanted(year=period.year))
        .order_by(None)
        .order_by(found.office_id, found.id)
    )


def _parts() -> tuple[Any, ...]:
    return joinedload(AdviserSubsidy.adviser), joinedload(AdviserSubsidy.village)


def subsidy_of(
    session: Session,
    office_id: int,
    adviser_id: int,
    village_id: int | None,
    year: int,
    own_id: int | None = None,
) -> AdviserSubsidy | None:
    """The live subsidy of a pair and a year, other than ``own_id``."""
    return of_pair_and_year(
        session, AdviserSubsidy, office_id, adviser_id, village_id, year, own_id
    )


def first_day(session: Session, scope: Scope) -> date | None:
    """The first day of the oldest year there is one of, for the choice of years."""
    return first_day_of_years(session, scope, AdviserSubsidy)
