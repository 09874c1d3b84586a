"""Writes of exams: sittings, registrations, results, retakes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.certification.drafts import RegistrationDraft, ResultDraft, SittingDraft
from tracker.certification.models import (
    ExamRegistration,
    ExamSitting,
    Officer,
)
from tracker.certification.terms import ExamPart, Outcome
from tracker.kernel import records
from tracker.kernel.errors import RecordMissing, RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .exam_rules import (
    is_late,
    judge_again,
    keep_parts,
    next_attempt,
    require_eligible,
    require_in_force,
    require_list_open,
    require_not_registered,
    require_part,
    require_registered_before,
    require_sound_hand_in,
    require_still_allowed,
    settled,
)


def create_sitting(
    session: Session, office_id: int, draft: SittingDraft, today: date | None = None
) -> ExamSitting:
    """Enter a sitting.

    :raises RuleBroken: when it has no part, or its list was handed in after the exam or, where
        ``today`` is given, on a day to come.
    """
    require_part(draft)
    require_sound_hand_in(draft, today)
    sitting = ExamSitting(office_id=office_id)
    _fill_sitting(sitting, draft)
    records.add_new(session, sitting, draft.held_on)
    return sitting


def update_sitting(
    session: Session,
    scope: Scope,
    sitting_id: int,
    draft: SittingDraft,
    version: int | None,
    today: date,
) -> ExamSitting:
    """Change a sitting. Scores that are entered are judged again by a changed pass mark.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: when it has no part, when a part with results would go, when a sitting with
        results would be moved into the future, or when its list was handed in after the exam or on
        a day to come.
    """
    require_part(draft)
    require_sound_hand_in(draft, today)
    sitting = records.find_to_write(session, ExamSitting, sitting_id, scope, version)
    registrations = _registrations_of(session, sitting)
    entered = [
        result
        for registration in registrations
        for result in registration.results
        if result.outcome is not Outcome.PENDING
    ]
    for part in ExamPart:
        if draft.mark(part) is None and any(result.part is part for result in entered):
            raise RuleBroken(
                f"{part.value}_mark",
                Words(
                    "「{part}」已有成绩，不能取消；确实登错的，请先把这些成绩改为「待登」",
                    "“{part}” already has results and cannot be dropped; set them back to “Not "
                    "entered yet” first",
                ).fill(part=part.label),
            )
    if entered and draft.held_on > today:
        raise RuleBroken(
            "held_on",
            Words(
                "已经登记了成绩，考试日期不能在今天之后",
                "Results are entered, so the exam cannot be on a day to come",
            ),
        )
    _fill_sitting(sitting, draft)
    for registration in registrations:
        keep_parts(registration, sitting.parts)
        if judge_again(registration, sitting):
            records.sign(session, registration)
    records.sign(session, sitting)
    return sitting


def _fill_sitting(sitting: ExamSitting, draft: SittingDraft) -> None:
    sitting.title = draft.title
    sitting.held_on = draft.held_on
    sitting.organiser = draft.organiser
    sitting.purpose = draft.purpose
    sitting.general_mark = draft.general_mark
    sitting.special_mark = draft.special_mark
    sitting.has_general = draft.general_mark is not None
    sitting.has_special = draft.special_mark is not None
    sitting.list_handed_in_on = draft.list_handed_in_on
    sitting.note = draft.note


def register_officers(
    session: Session,
    scope: Scope,
    sitting_id: int,
    officer_ids: Sequence[int],
    draft: RegistrationDraft,
) -> ExamSitting:
    """Register officers for a sitting, each with its open results.

    The reason for an exception is kept with those only who break a rule.

    :raises RecordMissing: when the sitting is not theirs to write.
    :raises RuleBroken: when nobody is named, somebody is not an officer of the office or already
        registered, or the sitting is voided.
    :raises ExceptionNeeded: when somebody may not sit, the registration comes after the exam, or
        the list was handed in.
    """
    sitting = records.find_to_write(session, ExamSitting, sitting_id, scope, None)
    require_in_force(sitting)
    require_list_open(sitting, draft)
    require_registered_before(draft, sitting)
    wanted = list(dict.fromkeys(officer_ids))
    if not wanted:
        raise RuleBroken("officer_ids", Words("请选择报名人员", "Choose who is registered"))
    officers = session.scalars(
        select(Officer).where(
            Officer.office_id == sitting.office_id,
            Officer.id.in_(wanted),
            Officer.voided_at.is_(None),
        )
    ).all()
    if len(officers) != len(wanted):
        raise RuleBroken(
            "officer_ids", Words("请从列表中选择报名人员", "Choose the officers from the list")
        )
    officers = sorted(officers, key=lambda officer: wanted.index(officer.id))
    may_not = require_eligible(session, sitting, officers, draft)
    late = is_late(draft.registered_on, sitting) or sitting.list_handed_in_on is not None
    for officer in officers:
        require_not_registered(session, sitting, officer, None)
        broken = late or officer.id in may_not
        registration = ExamRegistration(
            office_id=sitting.office_id,
            sitting_id=sitting.id,
            officer_id=officer.id,
            registered_on=draft.registered_on,
            eligibility_note=draft.eligibility_note,
            exception_reason=draft.exception_reason if broken else "",
        )
        keep_parts(registration, sitting.parts)
        records.add_new(session, registration, sitting.held_on)
    return sitting


def update_registration(
    session: Session,
    scope: Scope,
    registration_id: int,
    draft: RegistrationDraft,
    version: int | None,
) -> ExamRegistration:
    """Change what is noted of a registration.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises ExceptionNeeded: when the registration comes after the exam, or the reason of an
        exception is taken back of somebody who may not sit.
    """
    registration = records.find_to_write(session, ExamRegistration, registration_id, scope, version)
    require_registered_before(draft, registration.sitting)
    require_still_allowed(session, registration, draft)
    registration.registered_on = draft.registered_on
    registration.eligibility_note = draft.eligibility_note
    registration.exception_reason = draft.exception_reason
    records.sign(session, registration)
    return registration


def void_registration(
    session: Session, scope: Scope, registration_id: int, reason: str, exception_reason: str = ""
) -> ExamRegistration:
    """Take a registration with its results off the list, and out of every count.

    :raises RecordMissing: see `records.find_to_write`.
    :raises RuleBroken: when no reason is given.
    :raises ExceptionNeeded: when the list was handed in.
    """
    registration = records.find_to_write(session, ExamRegistration, registration_id, scope, None)
    if not registration.sitting.is_voided and not registration.is_voided:
        require_list_open(
            registration.sitting, RegistrationDraft(exception_reason=exception_reason)
        )
    if exception_reason:
        registration.exception_reason = exception_reason
    records.void(session, registration, reason)
    return registration


def restore_registration(session: Session, scope: Scope, registration_id: int) -> ExamRegistration:
    """Take a void back; the parts follow the sitting as it is now.

    :raises RecordMissing: see `records.find_to_write`.
    :raises RuleBroken: when the officer was registered anew meanwhile.
    :raises ExceptionNeeded: when the list was handed in.
    """
    registration = records.find_to_write(session, ExamRegistration, registration_id, scope, None)
    if registration.is_voided:
        require_list_open(registration.sitting, registration)
    require_not_registered(session, registration.sitting, registration.officer, registration.id)
    keep_parts(registration, registration.sitting.parts)
    judge_again(registration, registration.sitting)
    records.unvoid(session, registration)
    return registration


def record_results(
    session: Session,
    scope: Scope,
    sitting_id: int,
    drafts: Iterable[ResultDraft],
    version: int | None,
    today: date,
) -> ExamSitting:
    """Write results of a sitting. Attempts that are not named stay as they are.

    ``version`` is the sitting's, so that of two people with the same table the second one sees
    the first one's entries.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: beside the attempt's field; see `settled`.
    """
    sitting = records.find_to_write(session, ExamSitting, sitting_id, scope, version)
    require_in_force(sitting)
    attempts = {
        (result.registration_id, result.part, result.attempt): (registration, result)
        for registration in _registrations_of(session, sitting)
        if not registration.is_voided
        for result in registration.results
    }
    changed: dict[int, ExamRegistration] = {}
    for draft in drafts:
        found = attempts.get((draft.registration_id, draft.part, draft.attempt))
        if found is None:
            raise RecordMissing
        registration, result = found
        values = (settled(draft, sitting, today), draft.score, draft.sat_on)
        if values != (result.outcome, result.score, result.sat_on):
            result.outcome, result.score, result.sat_on = values
            changed[registration.id] = registration
    for registration in changed.values():
        records.sign(session, registration)
    records.sign(session, sitting)
    return sitting


def add_retake(session: Session, scope: Scope, registration_id: int) -> ExamRegistration:
    """补考: a further attempt at each part that was failed or missed.

    :raises RecordMissing: see `records.find_to_write`.
    :raises RuleBroken: when no part is failed or missed, or there are too many attempts.
    """
    registration = _registration_to_write(session, scope, registration_id)
    added = False
    for part in registration.sitting.parts:
        attempts = registration.attempts(part)
        if any(attempt.outcome is Outcome.PASSED for attempt in attempts):
            continue
        last = attempts[-1]
        if last.outcome is Outcome.PENDING:
            continue
        next_attempt(registration, part)
        added = True
    if not added:
        raise RuleBroken(
            "",
            Words(
                "没有需要补考的科目：不合格或缺考的才能补考",
                "Nothing to retake: only failed or missed parts can be retaken",
            ),
        )
    records.sign(session, registration)
    return registration


def cancel_retake(session: Session, scope: Scope, registration_id: int) -> ExamRegistration:
    """Take back the retakes of a registration that have no result yet.

    :raises RecordMissing: see `records.find_to_write`.
    """
    registration = _registration_to_write(session, scope, registration_id)
    for result in list(registration.results):
        if result.attempt > 0 and result.outcome is Outcome.PENDING:
            registration.results.remove(result)
    records.sign(session, registration)
    return registration


def _registration_to_write(
    session: Session, scope: Scope, registration_id: int
) -> ExamRegistration:
    registration = records.find_to_write(session, ExamRegistration, registration_id, scope, None)
    if registration.is_voided:
        raise RuleBroken(
            "",
            Words("这条报名已作废，请先撤销作废", "This registration is voided; restore it first"),
        )
    require_in_force(registration.sitting)
    return registration


def _registrations_of(session: Session, sitting: ExamSitting) -> Sequence[ExamRegistration]:
    """All registrations of a sitting, voided ones included, as they now are."""
    return session.scalars(
        select(ExamRegistration)
        .where(
            ExamRegistration.office_id == sitting.office_id,
            ExamRegistration.sitting_id == sitting.id,
        )
        .order_by(ExamRegistration.id)
        .execution_options(populate_existing=True)
    ).all()
