"""Writes of legal-literate persons and of their trainings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.advisers.drafts import PersonDraft, TrainingDraft
from tracker.advisers.literate.models import LiterateTrainee
from tracker.advisers.literate.queries import days_of_service, years_of_review
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
    _fill_person(person, draft)
    records.add_new(session, person, draft.appointed_on)
    return person


def update_person(
    session: Session, scope: Scope, person_id: int, draft: PersonDraft, version: int | None
) -> LegalLiteratePerson:
    """Change a legal-literate person.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound_person`, `_require_new_person` and
        `_require_room_for_records`.
    """
    _require_sound_person(draft)
    person = records.find_to_write(session, LegalLiteratePerson, person_id, scope, version)
    if not person.is_voided:
        _require_new_person(session, person.office_id, draft, person.id)
    _require_room_for_records(session, person, draft)
    _fill_person(person, draft)
    person.pinyin = pinyin.search_key(draft.name)
    records.sign(session, person)
    return person


def _fill_person(person: LegalLiteratePerson, draft: PersonDraft) -> None:
    fill(person, draft)
    person.villagers_group = draft.villagers_group or None


def restore_person(session: Session, scope: Scope, person_id: int) -> LegalLiteratePerson:
    """Take a void back.

    :raises RuleBroken: when the person was entered anew meanwhile.
    """
    person = records.find_to_write(session, LegalLiteratePerson, person_id, scope, None)
    if person.is_voided:
        _require_new_person(session, person.office_id, person, person.id)
        records.unvoid(session, person)
    return person


def _require_room_for_records(
    session: Session, person: LegalLiteratePerson, draft: PersonDraft
) -> None:
    """Whoever served or was reviewed was on the register then.

    :raises RuleBroken: when the days as drafted leave a service or a review outside.
    """
    if (draft.appointed_on, draft.left_on) == (person.appointed_on, person.left_on):
        return
    first_day, last_day = days_of_service(session, person)
    first_year, last_year = years_of_review(session, person)
    begun = [day for day in (first_day, first_year and date(first_year, 12, 31)) if day]
    if begun and draft.appointed_on > min(begun):
        raise RuleBroken(
            "appointed_on",
            Words(
                "{day} 以前已有服务记录或年度考评，聘任日期不能晚于它们，请核对，或先更正那些记录",
                "There are services or reviews before {day}; check the day of appointment, or "
                "correct them first",
            ).fill(day=draft.appointed_on),
        )
    ended = [day for day in (last_day, last_year and date(last_year, 1, 1)) if day]
    if draft.left_on is None or not ended:
        return
    if draft.left_on <= (last_day or date.min) or draft.left_on < max(ended):
        raise RuleBroken(
            "left_on",
            Words(
                "{day} 当日或以后还有服务记录或年度考评，退出日期应在它们之后，请核对，"
                "或先更正那些记录",
                "There are services or reviews on or after {day}; check the day of leaving, or "
                "correct them first",
            ).fill(day=draft.left_on),
        )


def _require_sound_person(draft: PersonDraft) -> None:
    if draft.assessed_on is not None and draft.assessed_on > draft.appointed_on:
        raise RuleBroken(
            "assessed_on",
            Words(
                "先考核、后聘任：考核日期不能晚于聘任日期，请核对",
                "Persons are assessed before they are appointed; please check both days",
            ),
        )
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

    :raises RuleBroken: see `_require_sound_training` and `_fill_training`.
    """
    _require_sound_training(draft, today)
    training = LegalLiterateTraining(office_id=office_id)
    _fill_training(session, training, draft)
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
    :raises RuleBroken: see `_require_sound_training` and `_fill_training`.
    """
    _require_sound_training(draft, today)
    training = records.find_to_write(session, LegalLiterateTraining, training_id, scope, version)
    _fill_training(session, training, draft)
    records.sign(session, training)
    return training


def _fill_training(session: Session, training: LegalLiterateTraining, draft: TrainingDraft) -> None:
    """Put the draft into the record.

    :raises RuleBroken: when somebody new is not a live person of the office's register.
    """
    for name in draft.__dataclass_fields__:
        if name != "person_ids":
            setattr(training, name, getattr(draft, name))
    have = {trainee.person_id: trainee for trainee in training.attendees}
    new = [key for key in dict.fromkeys(draft.person_ids) if key not in have]
    person = LegalLiteratePerson
    with session.no_autoflush:
        found = session.scalars(
            select(person.id).where(
                person.office_id == training.office_id,
                person.id.in_(new),
                person.voided_at.is_(None),
            )
        ).all()
    if len(found) != len(new):
        raise RuleBroken(
            "person_ids", Words("请从列表中选择参训人员", "Choose who took part from the list")
        )
    for key, trainee in have.items():
        if key not in draft.person_ids:
            training.attendees.remove(trainee)
    training.attendees.extend(
        LiterateTrainee(office_id=training.office_id, person_id=key) for key in new
    )


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
    named = len(set(draft.person_ids))
    if draft.headcount is not None and named > draft.headcount:
        raise RuleBroken(
            "headcount",
            Words(
                "参训人次为 {heads}，却点名了 {named} 人；点名的人都在人次之内，请更正其中一项",
                "{heads} heads, but {named} persons are named; those who are named are among the "
                "heads, so correct one of the two",
            ).fill(heads=draft.headcount, named=named),
        )
    require_hours(draft.hours, LONGEST_TRAINING)
