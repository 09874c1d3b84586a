"""The lists and ledgers of the advisers' domain: searched, filtered, of a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.advisers.literate.models import LiterateTrainee
from tracker.advisers.models import (
    Adviser,
    AdviserAssignment,
    AdviserVisit,
    LawFirm,
    LegalLiteratePerson,
    LegalLiterateTraining,
)
from tracker.advisers.terms import (
    AdviserIdentity,
    AssignmentState,
    Duty,
    PersonGroup,
    RegisterState,
    VisitKind,
)
from tracker.kernel.model import Recorded
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.text import like
from tracker.offices.models import Village
from tracker.offices.queries import by_name

from .standing import (
    on_register,
    serves_township_on,
    serves_village_on,
    serving_between,
    serving_on,
)

R = TypeVar("R", bound=Recorded)


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; each list reads the parts it knows."""

    today: date
    search: str = ""
    year: int | None = None
    #: First and last month; of every year where none is named.
    months: tuple[int, int] | None = None
    village_id: int | None = None
    adviser_id: int | None = None
    firm_id: int | None = None
    duty: Duty | None = None
    state: AssignmentState | None = None
    standing: RegisterState | None = None
    identity: AdviserIdentity | None = None
    group: PersonGroup | None = None
    kind: VisitKind | None = None
    voided: bool = False

    @property
    def first(self) -> date:
        return date(self.year or self.today.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year or self.today.year, 12, 31)


def _listed(model: type[R], scope: Scope, wanted: Wanted) -> Select[R]:
    return select(model).where(
        scope.covers(model.office_id),
        model.voided_at.is_not(None) if wanted.voided else model.voided_at.is_(None),
    )


def _found(search: str, *columns: Any) -> ColumnElement[bool]:
    pattern = f"%{like(search)}%"
    return or_(*(column.ilike(pattern, escape="\\") for column in columns))


def find_firms(scope: Scope, wanted: Wanted) -> Select[LawFirm]:
    """Firms of the list page, by name."""
    statement = _listed(LawFirm, scope, wanted)
    if wanted.search:
        columns = (LawFirm.name, LawFirm.pinyin, LawFirm.number, LawFirm.address)
        statement = statement.where(_found(wanted.search, *columns))
    return statement.order_by(LawFirm.office_id, LawFirm.name, LawFirm.id)


def firms_of_period(scope: Scope, period: Period) -> Select[LawFirm]:
    """The list of firms has no days: all that are not voided."""
    return find_firms(scope, Wanted(period.last))


def find_advisers(scope: Scope, wanted: Wanted) -> Select[Adviser]:
    """Advisers of the list page, by name in pinyin."""
    statement = _listed(Adviser, scope, wanted).options(joinedload(Adviser.firm))
    if wanted.search:
        columns = (Adviser.name, Adviser.pinyin, Adviser.number, Adviser.licence_number)
        in_firm = Adviser.firm.has(_found(wanted.search, LawFirm.name))
        statement = statement.where(or_(_found(wanted.search, *columns), in_firm))
    if wanted.identity:
        statement = statement.where(Adviser.identity == wanted.identity)
    if wanted.firm_id:
        statement = statement.where(Adviser.firm_id == wanted.firm_id)
    if wanted.duty:
        serves = or_(serves_village_on(wanted.today), serves_township_on(wanted.today))
        statement = statement.where(serves if wanted.duty is Duty.SERVING else not_(serves))
    return statement.order_by(Adviser.office_id, Adviser.pinyin, Adviser.id)


def advisers_of_period(scope: Scope, period: Period) -> Select[Adviser]:
    """The list of advisers has no days of its own: all that are not voided.

    When they served is told by the ledger of assignments.
    """
    return find_advisers(scope, Wanted(period.last))


def find_assignments(scope: Scope, wanted: Wanted) -> Select[AdviserAssignment]:
    """Assignments of the list page, newest first; a year shows those in force in it."""
    record = AdviserAssignment
    statement = _listed(record, scope, wanted).options(
        joinedload(record.adviser).joinedload(Adviser.firm), joinedload(record.village)
    )
    if wanted.search:
        columns = (Adviser.name, Adviser.pinyin)
        statement = statement.where(
            or_(
                record.adviser.has(_found(wanted.search, *columns)),
                record.village.has(_village_found(wanted.search)),
                _found(wanted.search, record.number),
            )
        )
    if wanted.year:
        statement = statement.where(
            record.starts_on <= wanted.last,
            or_(record.ends_on.is_(None), record.ends_on >= wanted.first),
        )
    if wanted.village_id:
        statement = statement.where(record.village_id == wanted.village_id)
    if wanted.adviser_id:
        statement = statement.where(record.adviser_id == wanted.adviser_id)
    if wanted.state is AssignmentState.SERVING:
        statement = statement.where(serving_on(wanted.today))
    elif wanted.state is AssignmentState.COMING:
        statement = statement.where(record.starts_on > wanted.today)
    elif wanted.state is AssignmentState.ENDED:
        statement = statement.where(
            record.starts_on <= wanted.today, not_(serving_on(wanted.today))
        )
    return statement.order_by(record.starts_on.desc(), record.id.desc())


def assignments_of_period(scope: Scope, period: Period) -> Select[AdviserAssignment]:
    """The ledger of assignments: those that serve on at least one day of the period."""
    record = AdviserAssignment
    return (
        select(record)
        .where(scope.covers(record.office_id), serving_between(period.first, period.last))
        .order_by(record.starts_on, record.id)
        .options(joinedload(record.adviser).joinedload(Adviser.firm), joinedload(record.village))
    )


def _village_found(search: str) -> ColumnElement[bool]:
    return _found(search, Village.name, Village.pinyin)


def find_visits(scope: Scope, wanted: Wanted) -> Select[AdviserVisit]:
    """Visits of the list page, newest first."""
    visit = AdviserVisit
    statement = _listed(visit, scope, wanted).options(*_visit_parts())
    if wanted.search:
        statement = statement.where(
            or_(
                _found(wanted.search, visit.matter, visit.result, visit.number),
                visit.adviser.has(_found(wanted.search, Adviser.name, Adviser.pinyin)),
            )
        )
    if wanted.year:
        statement = statement.where(visit.held_on.between(wanted.first, wanted.last))
    if wanted.months:
        month = func.extract("month", visit.held_on)
        statement = statement.where(month.between(*wanted.months))
    if wanted.kind:
        statement = statement.where(visit.kind == wanted.kind)
    if wanted.village_id:
        statement = statement.where(visit.village_id == wanted.village_id)
    if wanted.adviser_id:
        statement = statement.where(visit.adviser_id == wanted.adviser_id)
    return statement.order_by(visit.held_on.desc(), visit.id.desc())


def visits_of_period(scope: Scope, period: Period) -> Select[AdviserVisit]:
    """The year's log: every visit of the period that is not voided, by day."""
    visit = AdviserVisit
    return (
        select(visit)
        .where(
            scope.covers(visit.office_id),
            visit.held_on.between(period.first, period.last),
            visit.voided_at.is_(None),
        )
        .order_by(visit.held_on, visit.id)
        .options(*_visit_parts())
    )


def _visit_parts() -> tuple[Any, ...]:
    visit = AdviserVisit
    return joinedload(visit.adviser), joinedload(visit.village), joinedload(visit.event)


def find_persons(scope: Scope, wanted: Wanted) -> Select[LegalLiteratePerson]:
    """Legal-literate persons of the list page, village by village."""
    person = LegalLiteratePerson
    statement = (
        _listed(person, scope, wanted)
        .join(person.village)
        .options(
            joinedload(person.village), joinedload(person.adviser), selectinload(person.reviews)
        )
    )
    if wanted.search:
        columns = (person.name, person.pinyin, person.number, person.phone)
        statement = statement.where(_found(wanted.search, *columns))
    if wanted.village_id:
        statement = statement.where(person.village_id == wanted.village_id)
    if wanted.group:
        statement = statement.where(person.identity == wanted.group)
    if wanted.standing is RegisterState.ON_REGISTER:
        statement = statement.where(on_register(wanted.today))
    elif wanted.standing is RegisterState.LEFT:
        statement = statement.where(person.left_on <= wanted.today)
    return statement.order_by(*by_name(), person.pinyin, person.id)


def persons_of_period(scope: Scope, period: Period) -> Select[LegalLiteratePerson]:
    """The register of the period: those on it on at least one of its days."""
    person = LegalLiteratePerson
    return find_persons(scope, Wanted(period.last)).where(
        and_(
            person.appointed_on <= period.last,
            or_(person.left_on.is_(None), person.left_on > period.first),
        )
    )


def find_trainings(scope: Scope, wanted: Wanted) -> Select[LegalLiterateTraining]:
    """Trainings of the list page, newest first."""
    training = LegalLiterateTraining
    statement = _listed(training, scope, wanted).options(*_named())
    if wanted.search:
        columns = (training.title, training.organiser, training.number)
        statement = statement.where(_found(wanted.search, *columns))
    if wanted.year:
        statement = statement.where(training.held_on.between(wanted.first, wanted.last))
    return statement.order_by(training.held_on.desc(), training.id.desc())


def trainings_of_period(scope: Scope, period: Period) -> Select[LegalLiterateTraining]:
    """The year's trainings, by day."""
    training = LegalLiterateTraining
    return (
        select(training)
        .where(
            scope.covers(training.office_id),
            training.held_on.between(period.first, period.last),
            training.voided_at.is_(None),
        )
        .order_by(training.held_on, training.id)
        .options(*_named())
    )


def _named() -> tuple[Any, ...]:
    """Who took part, with their villages."""
    trainees = selectinload(LegalLiterateTraining.attendees)
    return (trainees.joinedload(LiterateTrainee.person).joinedload(LegalLiteratePerson.village),)


def first_day(session: Session, scope: Scope, column: Any, model: type[R]) -> date | None:
    """The day of the oldest record of a kind, for the choice of years."""
    found: date | None = session.scalar(
        select(func.min(column)).where(scope.covers(model.office_id))
    )
    return found
