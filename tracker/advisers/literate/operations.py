"""Writes of services and yearly reviews of legal-literate persons."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tracker.advisers.models import LegalLiteratePerson
from tracker.advisers.operations.shared import another, fill
from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import queries
from .drafts import ReviewDraft, ServiceDraft
from .models import LiterateReview, LiterateService


def create_service(
    session: Session, office_id: int, draft: ServiceDraft, today: date
) -> LiterateService:
    """Log a service.

    :raises RuleBroken: see `_require_sound_service`.
    """
    _require_sound_service(session, office_id, draft, today)
    service = LiterateService(office_id=office_id)
    fill(service, draft)
    records.add_new(session, service, draft.held_on)
    return service


def update_service(
    session: Session,
    scope: Scope,
    service_id: int,
    draft: ServiceDraft,
    version: int | None,
    today: date,
) -> LiterateService:
    """Change a service.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound_service`.
    """
    service = records.find_to_write(session, LiterateService, service_id, scope, version)
    _require_sound_service(session, service.office_id, draft, today, service.person_id)
    fill(service, draft)
    records.sign(session, service)
    return service


def restore_service(session: Session, scope: Scope, service_id: int) -> LiterateService:
    """Take a void back.

    :raises RuleBroken: when the person's days on the register no longer hold it.
    """
    service = records.find_to_write(session, LiterateService, service_id, scope, None)
    if service.is_voided:
        person_id = service.person_id
        person = _person(session, service.office_id, person_id, had=person_id)
        _require_on_register(person, service.held_on)
        records.unvoid(session, service)
    return service


def create_review(
    session: Session, office_id: int, draft: ReviewDraft, today: date
) -> LiterateReview:
    """Enter a year's review.

    :raises RuleBroken: see `_require_sound_review` and `_require_only_review`.
    """
    _require_sound_review(session, office_id, draft, today)
    _require_only_review(session, office_id, draft, None)
    review = LiterateReview(office_id=office_id)
    fill(review, draft)
    records.add_new(session, review, date(draft.year, 12, 31))
    return review


def update_review(
    session: Session,
    scope: Scope,
    review_id: int,
    draft: ReviewDraft,
    version: int | None,
    today: date,
) -> LiterateReview:
    """Change a year's review.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound_review` and `_require_only_review`.
    """
    review = records.find_to_write(session, LiterateReview, review_id, scope, version)
    _require_sound_review(session, review.office_id, draft, today, review.person_id)
    if not review.is_voided:
        _require_only_review(session, review.office_id, draft, review.id)
    fill(review, draft)
    records.sign(session, review)
    return review


def restore_review(session: Session, scope: Scope, review_id: int) -> LiterateReview:
    """Take a void back.

    :raises RuleBroken: when the year was reviewed anew meanwhile, or no longer lies within the
        person's time on the register.
    """
    review = records.find_to_write(session, LiterateReview, review_id, scope, None)
    if review.is_voided:
        person_id = review.person_id
        person = _person(session, review.office_id, person_id, had=person_id)
        _require_year_served(person, review.year)
        _require_only_review(session, review.office_id, review, review.id)
        records.unvoid(session, review)
    return review


def _person(
    session: Session, office_id: int, person_id: int, had: int | None = None
) -> LegalLiteratePerson:
    """The person a record names; of one it named before it is not asked whether they are voided.

    :raises RuleBroken: when there is none of this office.
    """
    found = session.scalar(
        queries.person_to_name(office_id, person_id, even_voided=person_id == had)
    )
    if found is None:
        raise RuleBroken(
            "person_id",
            Words("请从列表中选择法律明白人", "Choose the legal-literate person from the list"),
        )
    return found


def _require_sound_service(
    session: Session, office_id: int, draft: ServiceDraft, today: date, had: int | None = None
) -> None:
    """Services are logged once done, of days on which the person stood on the register."""
    if draft.held_on > today:
        raise RuleBroken(
            "held_on",
            Words(
                "服务日期不能在今天之后，请在服务完成后登记",
                "A service is logged once it has taken place",
            ),
        )
    _require_on_register(_person(session, office_id, draft.person_id, had), draft.held_on)


def _require_on_register(person: LegalLiteratePerson, day: date) -> None:
    if day < person.appointed_on:
        raise RuleBroken(
            "held_on",
            Words(
                "{name}于 {day} 聘任，之前的服务不登记；聘任日期有误的，先到名册中更正",
                "{name} was appointed on {day}; nothing earlier is logged. Correct the day of "
                "appointment first if it is wrong",
            ).fill(name=person.name, day=person.appointed_on),
        )
    if person.left_on is not None and day >= person.left_on:
        raise RuleBroken(
            "held_on",
            Words(
                "{name}于 {day} 退出，退出当日起不再登记服务；退出日期有误的，先到名册中更正",
                "{name} left on {day}; nothing is logged from that day on. Correct the day of "
                "leaving first if it is wrong",
            ).fill(name=person.name, day=person.left_on),
        )


def _require_sound_review(
    session: Session, office_id: int, draft: ReviewDraft, today: date, had: int | None = None
) -> None:
    """A review is of a year in which the person stood on the register, and made in it or later."""
    if draft.reviewed_on > today:
        raise RuleBroken(
            "reviewed_on",
            Words(
                "考评日期不能在今天之后，请在考评完成后登记",
                "A review is entered once it has been made",
            ),
        )
    if draft.reviewed_on.year < draft.year:
        raise RuleBroken(
            "reviewed_on",
            Words(
                "{year} 年度的考评不会早于当年，请核对年度和考评日期",
                "The review of {year} is not made before that year; check the year and the day",
            ).fill(year=draft.year),
        )
    _require_year_served(_person(session, office_id, draft.person_id, had), draft.year)


def _require_year_served(person: LegalLiteratePerson, year: int) -> None:
    if year < person.appointed_on.year:
        raise RuleBroken(
            "year",
            Words(
                "{name}于 {day} 聘任，之前的年度没有考评，请改填聘任以后的年度",
                "{name} was appointed on {day}; give a year of service instead",
            ).fill(name=person.name, day=person.appointed_on),
        )
    if person.left_on is not None and year > person.left_on.year:
        raise RuleBroken(
            "year",
            Words(
                "{name}已于 {day} 退出，之后的年度不再考评，请改填退出以前的年度",
                "{name} left on {day}; give a year of service instead",
            ).fill(name=person.name, day=person.left_on),
        )


def _require_only_review(
    session: Session, office_id: int, review: ReviewDraft | LiterateReview, own_id: int | None
) -> None:
    """A person is reviewed once for a year."""
    other = another(
        session,
        LiterateReview,
        office_id,
        own_id,
        LiterateReview.voided_at.is_(None),
        LiterateReview.person_id == review.person_id,
        LiterateReview.year == review.year,
    )
    if other is not None:
        raise RuleBroken(
            "person_id",
            Words(
                "该人 {year} 年度已有考评（{number}），请修改那一条，或另选人员",
                "This person has a review of {year} ({number}); change that one, or choose "
                "somebody else",
            ).fill(year=review.year, number=other.number),
        )
