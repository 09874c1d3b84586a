"""Writes of legal-literate persons and of their trainings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.advisers.drafts import PersonDraft, TrainingDraft
from tracker.advisers.models import LegalLiteratePerson, LegalLiterateTraining
from tracker.kernel import pinyin, records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.headcount import CountBasis
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .shared import another, fill, require_hours

LONGEST_TRAINING = Decimal(200)


def create_person(session: Session, office_id: int, draft: PersonDraft) -> LegalLiteratePerson:
    """Enter a legal-literate person.

    :raises RuleBroken: see `_require_sound_person` and `_require_new_person`.
    """
    _require_sound_person(draft)
    _require_new_person(session, office_id, draft, None)
    person = LegalLiteratePerson(office_id=office_id, pinyin=pinyin.search_key(draft.name))
    fill(person, draft)
    records.add_new(session, person, draft.appointed_on)
    return person


def update_person(
    session: Session, scope: Scope, person_id: int, draft: PersonDraft, version: int | None
) -> LegalLiteratePerson:
    """Change a legal-literate person.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound_person` and `_require_new_person`.
    """
    _require_sound_person(draft)
    person = records.find_to_write(session, LegalLiteratePerson, person_id, scope, version)
    if not person.is_voided:
        _require_new_person(session, person.office_id, draft, person.id)
    fill(person, draft)
    person.pinyin = pinyin.search_key(draft.name)
    records.sign(session, person)
    return person


def restore_person(session: Session, scope: Scope, person_id: int) -> LegalLiteratePerson:
    """Take a void back.

    :raises RuleBroken: when the person was entered anew meanwhile.
    """
    person = records.find_to_write(session, LegalLiteratePerson, person_id, scope, None)
    if person.is_voided:
        _require_new_person(session, person.office_id, person, person.id)
        records.unvoid(session, person)
    return person


def _require_sound_person(draft: PersonDraft) -> None:
    if draft.left_on is not None and draft.left_on < draft.appointed_on:
        raise RuleBroken(
            "left_on",
            Words(
                "退出日期不能早于聘任日期，请核对",
                "Nobody leaves before being appointed; please check both days",
            ),
        )
    if draft.left_on is not None and not draft.leave_reason:
        raise RuleBroken("leave_reason", Words("请填写退出原因", "Say why the person left"))
    if draft.left_on is None and draft.leave_reason:
        raise RuleBroken(
            "left_on",
            Words(
                "填了退出原因，请一并填写退出日期", "Give the day of leaving, or drop the reason"
            ),
        )


def _require_new_person(
    session: Session,
    office_id: int,
    person: PersonDraft | LegalLiteratePerson,
    own_id: int | None,
) -> None:
    """One person stands on a village's register once, as long as they have not left."""
    if person.left_on is not None:
        return
    model = LegalLiteratePerson
    other = another(
        session,
        model,
        office_id,
        own_id,
        model.voided_at.is_(None),
        model.left_on.is_(None),
        model.village_id == person.village_id,
        model.name == person.name,
        model.phone == person.phone,
    )
    if other is not None:
        raise RuleBroken(
            "name",
            Words(
                "该村（社区）名册中已有同名同电话的法律明白人（{number}）；确是另一人的，"
                "请填写电话以便区分",
                "This village's register has the same name and phone ({number}); if it is somebody "
                "else, give the phone to tell them apart",
            ).fill(number=other.number),
        )


def create_training(
    session: Session, office_id: int, draft: TrainingDraft, today: date
) -> LegalLiterateTraining:
    """Log a training.

    :raises RuleBroken: see `_require_sound_training`.
    """
    _require_sound_training(draft, today)
    training = LegalLiterateTraining(office_id=office_id)
    fill(training, draft)
    records.add_new(session, training, draft.held_on)
    return training


def update_training(
    session: Session,
    scope: Scope,
    training_id: int,
    draft: TrainingDraft,
    version: int | None,
    today: date,
) -> LegalLiterateTraining:
    """Change a training.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound_training`.
    """
    _require_sound_training(draft, today)
    training = records.find_to_write(session, LegalLiterateTraining, training_id, scope, version)
    fill(training, draft)
    records.sign(session, training)
    return training


def _require_sound_training(draft: TrainingDraft, today: date) -> None:
    if draft.held_on > today:
        raise RuleBroken(
            "held_on",
            Words(
                "培训日期不能在今天之后，请在培训完成后登记",
                "A training is logged once it has taken place",
            ),
        )
    if draft.headcount is None and draft.count_basis is not CountBasis.NOT_RECORDED:
        raise RuleBroken(
            "headcount",
            Words(
                "请填写参训人次；没有统计的，计数方式请选「未登记」",
                "Enter the headcount, or choose “Not recorded” as its basis",
            ),
        )
    if draft.headcount is not None and draft.count_basis is CountBasis.NOT_RECORDED:
        raise RuleBroken(
            "count_basis",
            Words(
                "请选择人次是签到、清点还是估计得来",
                "Say whether the heads were signed in, counted or estimated",
            ),
        )
    require_hours(draft.hours, LONGEST_TRAINING)
