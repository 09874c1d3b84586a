"""Who served whom in a year, by which sheet they are assessed, and which assessments there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.advisers.models import Adviser, AdviserAssignment
from tracker.advisers.queries import Stretch, serving_between
from tracker.advisers.queries.yearly import first_day_of_years, of_pair_and_year
from tracker.kernel.errors import RecordMissing
from tracker.kernel.period import Period
from tracker.kernel.records import LARGEST_ID
from tracker.kernel.scope import Scope
from tracker.kernel.text import like
from tracker.offices.models import Village

from .models import AdviserAssessment, ScoreItem, ScoreSheet
from .terms import Grade

_DAY = timedelta(days=1)

#: Adviser and village (None: the township): what a year's service is told apart by.
Pair = tuple[int, int | None]


@dataclass(frozen=True)
class Served:
    """One adviser's service of one village, or of the township, in one year.

    ``stretches`` are its days in the year, each with the assignment it belongs to; a day counts
    once, for the assignment that began first.
    """

    office_id: int
    adviser: Adviser
    village: Village | None
    assignments: Sequence[AdviserAssignment]
    stretches: Sequence[tuple[Stretch, AdviserAssignment]]

    @property
    def pair(self) -> Pair:
        return self.adviser.id, self.village.id if self.village else None

    @property
    def first(self) -> date:
        return self.stretches[0][0].first

    @property
    def last(self) -> date:
        return self.stretches[-1][0].last

    @property
    def days(self) -> int:
        return sum(stretch.days for stretch, _ in self.stretches)

    def all_of(self, first: date, last: date) -> bool:
        """Whether every day from one to another was a day of service."""
        wanted = (last - first).days + 1
        return wanted == sum(
            max(0, (min(last, s.last) - max(first, s.first)).days + 1) for s, _ in self.stretches
        )


def served_in(session: Session, scope: Scope, period: Period) -> list[Served]:
    """Who served whom on at least one day of the period: villages by name, the township last.

    Who serves is said by `serving_between`. A day to come counts as far as the assignment goes.
    """
    statement = (
        select(AdviserAssignment)
        .where(
            scope.covers(AdviserAssignment.office_id),
            serving_between(period.first, period.last),
        )
        .order_by(AdviserAssignment.starts_on, AdviserAssignment.id)
        .options(joinedload(AdviserAssignment.adviser), joinedload(AdviserAssignment.village))
    )
    return sorted(_served(session.scalars(statement), period), key=_by_village)


def _served(assignments: Iterable[AdviserAssignment], period: Period) -> list[Served]:
    together: dict[Pair, list[AdviserAssignment]] = defaultdict(list)
    for each in assignments:
        together[each.adviser_id, each.village_id].append(each)
    return [
        Served(
            found[0].office_id,
            found[0].adviser,
            found[0].village,
            found,
            _stretches(found, period),
        )
        for found in together.values()
    ]


def _stretches(
    assignments: Sequence[AdviserAssignment], period: Period
) -> list[tuple[Stretch, AdviserAssignment]]:
    found = []
    free_from = period.first
    for each in assignments:
        first = max(each.starts_on, free_from)
        last = min(each.ends_on or period.last, period.last)
        if first <= last:
            found.append((Stretch(first, last), each))
            free_from = last + _DAY
    return found


def _by_village(served: Served) -> tuple[int, bool, str, int, date, int]:
    village = served.village
    return (
        served.office_id,
        village is None,
        village.pinyin if village else "",
        village.id if village else 0,
        served.first,
        served.adviser.id,
    )


def service_of(
    session: Session, office_id: int, adviser_id: int, village_id: int | None, period: Period
) -> Served | None:
    """One adviser's service of one village, or of the township, in a period; None where none."""
    statement = (
        select(AdviserAssignment)
        .where(
            AdviserAssignment.office_id == office_id,
            AdviserAssignment.adviser_id == adviser_id,
            AdviserAssignment.village_id.is_(None)
            if village_id is None
            else AdviserAssignment.village_id == village_id,
            serving_between(period.first, period.last),
        )
        .order_by(AdviserAssignment.starts_on, AdviserAssignment.id)
    )
    found = _served(session.scalars(statement), period)
    return found[0] if found else None


def sheets(scope: Scope, *, voided: bool = False) -> Select[ScoreSheet]:
    """Score sheets, the newest year first."""
    sheet = ScoreSheet
    return (
        select(sheet)
        .where(
            scope.covers(sheet.office_id),
            sheet.voided_at.is_not(None) if voided else sheet.voided_at.is_(None),
        )
        .order_by(sheet.office_id, sheet.from_year.desc(), sheet.id.desc())
        .options(selectinload(sheet.items))
    )


def sheet_of_year(session: Session, office_id: int, year: int) -> ScoreSheet | None:
    """The sheet a year is assessed by: the latest that began by then, of several the newest.

    One without items is still being made and replaces none.
    """
    sheet = ScoreSheet
    return session.scalars(
        select(sheet)
        .where(
            sheet.office_id == office_id,
            sheet.voided_at.is_(None),
            sheet.from_year <= year,
            sheet.items.any(),
        )
        .order_by(sheet.from_year.desc(), sheet.id.desc())
        .limit(1)
        .options(selectinload(sheet.items))
    ).first()


def find_item(session: Session, scope: Scope, item_id: int) -> ScoreItem:
    """An item of a sheet the scope covers.

    :raises RecordMissing: when there is none there.
    """
    statement = select(ScoreItem).where(ScoreItem.id == item_id, scope.covers(ScoreItem.office_id))
    item = session.scalar(statement) if 0 < item_id <= LARGEST_ID else None
    if item is None:
        raise RecordMissing
    return item


def grade_of(
    total: Decimal, excellent_from: Decimal, good_from: Decimal | None, passed_from: Decimal
) -> Grade:
    """The grade of a total; a bound belongs to the better grade."""
    if total >= excellent_from:
        return Grade.EXCELLENT
    if good_from is not None and total >= good_from:
        return Grade.GOOD
    return Grade.PASSED if total >= passed_from else Grade.FAILED


@dataclass(frozen=True)
class Wanted:
    """What the list of assessments is narrowed to."""

    search: str = ""
    year: int | None = None
    grade: Grade | None = None
    adviser_id: int | None = None
    village_id: int | None = None
    voided: bool = False


def find_assessments(scope: Scope, wanted: Wanted) -> Select[AdviserAssessment]:
    """Assessments of the list page: the newest year first, in it the best first."""
    found = AdviserAssessment
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
                found.assessor.ilike(pattern, escape="\\"),
                found.adviser.has(or_(*(c.ilike(pattern, escape="\\") for c in people))),
                found.village.has(or_(*(c.ilike(pattern, escape="\\") for c in places))),
            )
        )
    if wanted.year:
        statement = statement.where(found.year == wanted.year)
    if wanted.grade:
        statement = statement.where(found.grade == wanted.grade)
    if wanted.adviser_id:
        statement = statement.where(found.adviser_id == wanted.adviser_id)
    if wanted.village_id:
        statement = statement.where(found.village_id == wanted.village_id)
    return statement.order_by(found.year.desc(), found.total.desc(), found.id).options(*_parts())


def assessments_of_period(scope: Scope, period: Period) -> Select[AdviserAssessment]:
    """The year's assessments that are not voided, the best first."""
    return find_assessments(scope, Wanted(year=period.year))


def _parts() -> tuple[Any, ...]:
    found = AdviserAssessment
    return joinedload(found.adviser), joinedload(found.village), selectinload(found.scores)


def assessed(session: Session, scope: Scope, year: int) -> dict[Pair, AdviserAssessment]:
    """The year's assessments that are not voided, by whom they are of."""
    found = session.scalars(find_assessments(scope, Wanted(year=year)))
    return {(each.adviser_id, each.village_id): each for each in found}


def assessment_of(
    session: Session,
    office_id: int,
    adviser_id: int,
    village_id: int | None,
    year: int,
    own_id: int | None = None,
) -> AdviserAssessment | None:
    """The live assessment of a pair and a year, other than ``own_id``."""
    return of_pair_and_year(
        session, AdviserAssessment, office_id, adviser_id, village_id, year, own_id
    )


def first_day(session: Session, scope: Scope) -> date | None:
    """The first day of the oldest year there is one of, for the choice of years."""
    return first_day_of_years(session, scope, AdviserAssessment)
