"""Which services and reviews there are, who took part in trainings, and how villages stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.advisers.models import LegalLiteratePerson, LegalLiterateTraining
from tracker.kernel.period import Period
from tracker.kernel.records import live
from tracker.kernel.scope import Scope
from tracker.kernel.text import like

from .models import LiterateReview, LiterateService, LiterateTrainee
from .terms import LiterateServiceKind, ReviewResult

R = TypeVar("R", LiterateService, LiterateReview)

_PERSON = LegalLiteratePerson


def person_to_name(
    office_id: int, person_id: int, *, even_voided: bool = False
) -> Select[LegalLiteratePerson]:
    """The person a record may name: of this office, not voided unless that is said."""
    statement = select(_PERSON).where(_PERSON.office_id == office_id, _PERSON.id == person_id)
    return statement if even_voided else statement.where(_PERSON.voided_at.is_(None))


def persons_to_choose(session: Session, scope: Scope) -> Sequence[LegalLiteratePerson]:
    """Persons a form offers, those who left last."""
    return session.scalars(
        live(_PERSON, scope)
        .options(joinedload(_PERSON.village))
        .order_by(_PERSON.left_on.is_not(None), _PERSON.pinyin, _PERSON.id)
    ).all()


def _is_named(model: type[LiterateService | LiterateReview], search: str) -> ColumnElement[bool]:
    pattern = f"%{like(search)}%"
    names = (column.ilike(pattern, escape="\\") for column in (_PERSON.name, _PERSON.pinyin))
    return or_(model.number.ilike(pattern, escape="\\"), model.person.has(or_(*names)))


def find_services(
    scope: Scope,
    search: str = "",
    year: int | None = None,
    kind: LiterateServiceKind | None = None,
    village_id: int | None = None,
    *,
    voided: bool = False,
) -> Select[LiterateService]:
    """Services of the list page, newest first."""
    service = LiterateService
    statement = select(service).where(
        scope.covers(service.office_id),
        service.voided_at.is_not(None) if voided else service.voided_at.is_(None),
    )
    if search:
        matter = service.matter.ilike(f"%{like(search)}%", escape="\\")
        statement = statement.where(or_(matter, _is_named(service, search)))
    if year:
        statement = statement.where(service.held_on.between(date(year, 1, 1), date(year, 12, 31)))
    if kind:
        statement = statement.where(service.kind == kind)
    if village_id:
        statement = statement.where(service.person.has(_PERSON.village_id == village_id))
    return _with_person(statement, service).order_by(service.held_on.desc(), service.id.desc())


def services_of_period(scope: Scope, period: Period) -> Select[LiterateService]:
    """The year's services, by day."""
    service = LiterateService
    statement = select(service).where(
        scope.covers(service.office_id),
        service.held_on.between(period.first, period.last),
        service.voided_at.is_(None),
    )
    return _with_person(statement, service).order_by(service.held_on, service.id)


def find_reviews(
    scope: Scope,
    search: str = "",
    year: int | None = None,
    result: ReviewResult | None = None,
    village_id: int | None = None,
    *,
    voided: bool = False,
) -> Select[LiterateReview]:
    """Reviews of the list page, the latest year first."""
    review = LiterateReview
    statement = select(review).where(
        scope.covers(review.office_id),
        review.voided_at.is_not(None) if voided else review.voided_at.is_(None),
    )
    if search:
        statement = statement.where(_is_named(review, search))
    if year:
        statement = statement.where(review.year == year)
    if result:
        statement = statement.where(review.result == result)
    if village_id:
        statement = statement.where(review.person.has(_PERSON.village_id == village_id))
    return _with_person(statement, review).order_by(review.year.desc(), review.id.desc())


def reviews_of_period(scope: Scope, period: Period) -> Select[LiterateReview]:
    """Reviews of the period's years, whenever they were made."""
    review = LiterateReview
    statement = select(review).where(
        scope.covers(review.office_id),
        review.year.between(period.first.year, period.last.year),
        review.voided_at.is_(None),
    )
    return _with_person(statement, review).order_by(review.year, review.id)


def _with_person(statement: Select[R], model: type[Any]) -> Select[R]:
    return statement.options(joinedload(model.person).joinedload(_PERSON.village))


def trainings_of_person(person: LegalLiteratePerson) -> Select[LegalLiterateTraining]:
    """The trainings that name a person, newest first."""
    training = LegalLiterateTraining
    return (
        select(training)
        .join(training.attendees)
        .where(
            training.office_id == person.office_id,
            training.voided_at.is_(None),
            LiterateTrainee.person_id == person.id,
        )
        .options(selectinload(training.attendees))
        .order_by(training.held_on.desc(), training.id.desc())
    )


def days_of_service(
    session: Session, person: LegalLiteratePerson
) -> tuple[date | None, date | None]:
    """The first and the last day on which a person's log has a service that is not voided."""
    first, last = session.execute(
        select(func.min(LiterateService.held_on), func.max(LiterateService.held_on)).where(
            LiterateService.office_id == person.office_id,
            LiterateService.person_id == person.id,
            LiterateService.voided_at.is_(None),
        )
    ).one()
    return first, last


def years_of_review(session: Session, person: LegalLiteratePerson) -> tuple[int | None, int | None]:
    """The first and the last year of which a person has a review that is not voided."""
    first, last = session.execute(
        select(func.min(LiterateReview.year), func.max(LiterateReview.year)).where(
            LiterateReview.office_id == person.office_id,
            LiterateReview.person_id == person.id,
            LiterateReview.voided_at.is_(None),
        )
    ).one()
    return first, last


def first_review_year(session: Session, scope: Scope) -> int | None:
    """The oldest year reviewed, for the choice of years."""
    return session.scalar(
        select(func.min(LiterateReview.year)).where(scope.covers(LiterateReview.office_id))
    )


def services_of_person(person: LegalLiteratePerson) -> Select[LiterateService]:
    """A person's services that are not voided, newest first."""
    return (
        select(LiterateService)
        .where(
            LiterateService.office_id == person.office_id,
            LiterateService.person_id == person.id,
            LiterateService.voided_at.is_(None),
        )
        .order_by(LiterateService.held_on.desc(), LiterateService.id.desc())
    )
