"""What exams, registrations and results must be, and how a score becomes an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.certification.drafts import RegistrationDraft, ResultDraft, SittingDraft
from tracker.certification.models import (
    MOST_ATTEMPTS,
    ExamRegistration,
    ExamResult,
    ExamSitting,
    Officer,
)
from tracker.certification.queries.eligibility import refusals
from tracker.certification.terms import SAT, ExamPart, Outcome
from tracker.kernel.errors import RecordMissing, RuleBroken
from tracker.kernel.exceptions import HasReason, refuse
from tracker.kernel.wording import plain
from tracker.kernel.words import Words

LIST_CLOSED = Words(
    "报名名单已于 {day} 上报，不能再增减人员。请先在「修改考试」中清空上报日期，改好再报",
    "The list of candidates was handed in on {day}; nobody can be added or taken off. Empty that "
    "day on the exam’s form first, and hand the list in again",
)


def settled(draft: ResultDraft, sitting: ExamSitting, today: date) -> Outcome:
    """The outcome of an attempt: as entered, or by the pass mark where only a score is.

    :raises RuleBroken: when score and outcome contradict each other, when a 补考 comes before the
        exam, or when there is a result of a day to come.
    """
    outcome = draft.outcome
    if draft.score is not None:
        outcome = _judged(draft, sitting)
    day = draft.sat_on or sitting.held_on
    if draft.sat_on is not None and draft.sat_on < sitting.held_on:
        raise RuleBroken(
            draft.field("sat_on"),
            Words(
                "补考日期不能早于考试日期 {day}",
                "A retake cannot come before the exam of {day}",
            ).fill(day=sitting.held_on),
        )
    if outcome is not Outcome.PENDING and day > today:
        name = "sat_on" if draft.sat_on is not None else "outcome"
        raise RuleBroken(
            draft.field(name),
            Words(
                "{day} 还没有到，考完再登记结果",
                "{day} is still to come; enter the result after the exam",
            ).fill(day=day),
        )
    return outcome


def _judged(draft: ResultDraft, sitting: ExamSitting) -> Outcome:
    score, mark = draft.score, sitting.mark(draft.part)
    if score is None or mark is None:
        raise RecordMissing
    if draft.outcome is Outcome.ABSENT:
        raise RuleBroken(
            draft.field("outcome"),
            Words(
                "有分数就不是缺考：请删去分数，或改选合格、不合格",
                "A score means the person was there: delete it or choose another outcome",
            ),
        )
    due = by_mark(score, mark)
    if draft.outcome in SAT and draft.outcome is not due:
        raise RuleBroken(
            draft.field("outcome"),
            Words(
                "{score} 分按合格线 {mark} 分应为「{outcome}」，请核对分数和结果",
                "{score} points against a pass mark of {mark} is “{outcome}”; please check both",
            ).fill(score=plain(score), mark=plain(mark), outcome=due.label),
        )
    return due


def by_mark(score: Decimal, mark: Decimal) -> Outcome:
    """What a score makes against a pass mark."""
    return Outcome.PASSED if score >= mark else Outcome.FAILED


def keep_parts(registration: ExamRegistration, parts: Sequence[ExamPart]) -> None:
    """Give every part of the sitting its first attempt; take away what the sitting has not."""
    for result in list(registration.results):
        if result.part not in parts:
            registration.results.remove(result)
    have = {result.part for result in registration.results}
    for part in parts:
        if part not in have:
            registration.results.append(
                ExamResult(
                    office_id=registration.office_id,
                    part=part,
                    attempt=0,
                    outcome=Outcome.PENDING,
                )
            )


def next_attempt(registration: ExamRegistration, part: ExamPart) -> ExamResult:
    """A further attempt at a part, still open.

    :raises RuleBroken: when there are too many.
    """
    attempt = registration.attempts(part)[-1].attempt + 1
    if attempt >= MOST_ATTEMPTS:
        raise RuleBroken("", Words("补考次数已满，不能再加", "There are too many retakes already"))
    result = ExamResult(
        office_id=registration.office_id, part=part, attempt=attempt, outcome=Outcome.PENDING
    )
    registration.results.append(result)
    return result


def judge_again(registration: ExamRegistration, sitting: ExamSitting) -> bool:
    """Let the pass mark decide again over every score; whether anything changed."""
    changed = False
    for result in registration.results:
        mark = sitting.mark(result.part)
        if result.score is None or mark is None:
            continue
        outcome = by_mark(result.score, mark)
        if outcome is not result.outcome:
            result.outcome, changed = outcome, True
    return changed


def require_in_force(sitting: ExamSitting) -> None:
    """A voided sitting takes nothing.

    :raises RuleBroken: when it is voided.
    """
    if sitting.is_voided:
        raise RuleBroken(
            "", Words("这场考试已作废，请先撤销作废", "This exam is voided; restore it first")
        )


def is_late(registered_on: date | None, sitting: ExamSitting) -> bool:
    """Whether a registration comes after the exam. Without its day nobody can say so."""
    return registered_on is not None and registered_on > sitting.held_on


def require_registered_before(draft: RegistrationDraft, sitting: ExamSitting) -> None:
    """Nobody registers after the exam.

    :raises ExceptionNeeded: when the day says so.
    """
    if is_late(draft.registered_on, sitting):
        message = Words(
            "报名日期不能晚于考试日期 {day}，请核对日期",
            "The registration cannot come after the exam of {day}; check the day",
        )
        refuse("registered_on", message.fill(day=sitting.held_on), draft)


def require_list_open(sitting: ExamSitting, entry: HasReason, field: str = "") -> None:
    """Nobody is added to a list of candidates or taken off it once it was handed in.

    :raises ExceptionNeeded: when it was.
    """
    if sitting.list_handed_in_on is not None:
        refuse(field, LIST_CLOSED.fill(day=sitting.list_handed_in_on), entry)


def require_eligible(
    session: Session,
    sitting: ExamSitting,
    officers: Sequence[Officer],
    entry: HasReason,
    field: str = "officer_ids",
) -> set[int]:
    """Everybody may sit this exam; see `eligibility.objections`. Returns who may not, where the
    entry carries the reason for an exception.

    :raises ExceptionNeeded: with everybody who may not, and why.
    """
    found = refusals(session, sitting, officers)
    if found:
        messages = [each.message for each in found]
        joined = Words(
            "；".join(each.zh for each in messages), "; ".join(each.en for each in messages)
        )
        refuse(field, joined, entry)
    return {each.officer.id for each in found}


def require_still_allowed(
    session: Session, registration: ExamRegistration, draft: RegistrationDraft
) -> None:
    """What was entered by an exception keeps its reason as long as it breaks the rule.

    :raises ExceptionNeeded: when the reason is taken back all the same.
    """
    if registration.exception_reason and not draft.exception_reason:
        who = [registration.officer]
        require_eligible(session, registration.sitting, who, draft, "exception_reason")


def require_not_registered(
    session: Session, sitting: ExamSitting, officer: Officer, own_id: int | None
) -> None:
    """One live registration for each officer and sitting.

    :raises RuleBroken: when there is another one.
    """
    taken = session.scalar(
        select(ExamRegistration.id).where(
            ExamRegistration.office_id == sitting.office_id,
            ExamRegistration.sitting_id == sitting.id,
            ExamRegistration.officer_id == officer.id,
            ExamRegistration.voided_at.is_(None),
        )
    )
    if taken is not None and taken != own_id:
        raise RuleBroken(
            "officer_ids",
            Words("{name}已报名这场考试", "{name} is already registered for this exam").fill(
                name=officer.name
            ),
        )


def require_part(draft: SittingDraft) -> None:
    """A sitting has a part.

    :raises RuleBroken: when neither part has a pass mark.
    """
    if draft.general_mark is None and draft.special_mark is None:
        raise RuleBroken(
            "general_mark",
            Words(
                "请至少填写一科的合格线；没有的科目留空",
                "Enter the pass mark of at least one part; leave the other empty",
            ),
        )


def require_sound_hand_in(draft: SittingDraft, today: date | None) -> None:
    """The list of candidates goes up by the day of the exam, and is not said to have gone before.

    :raises RuleBroken: when it is handed in after the exam, or on a day to come.
    """
    day = draft.list_handed_in_on
    if day is None:
        return
    if day > draft.held_on:
        raise RuleBroken(
            "list_handed_in_on",
            Words(
                "名单上报日期不能晚于考试日期 {day}，请核对",
                "The list cannot be handed in after the exam of {day}; check the day",
            ).fill(day=draft.held_on),
        )
    if today is not None and day > today:
        raise RuleBroken(
            "list_handed_in_on",
            Words(
                "{day} 还没有到，名单上报以后再填写日期",
                "{day} is still to come; enter the day once the list was handed in",
            ).fill(day=day),
        )
