"""Sittings, registrations, results and retakes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.certification.support import (
    ABSENT,
    FAILED,
    GENERAL,
    PASSED,
    SPECIAL,
    a_result,
    a_sitting,
    an_officer,
    registered,
    retaken,
    sat,
    scope_of,
)
from tests.support.world import World
from tracker.certification.drafts import RegistrationDraft, SittingDraft
from tracker.certification.models import ExamRegistration, ExamSitting
from tracker.certification.operations import exams
from tracker.certification.terms import ExamPart, Outcome
from tracker.kernel import clock
from tracker.kernel.errors import RuleBroken, StaleEdit


def outcome_of(world: World, registration: ExamRegistration, part: ExamPart) -> Outcome:
    with world.reading() as session:
        found = session.get_one(ExamRegistration, registration.id, populate_existing=True)
        result = found.result(part)
        assert result is not None
        return result.outcome


def overall(world: World, registration: ExamRegistration) -> Outcome:
    with world.reading() as session:
        found = session.get_one(ExamRegistration, registration.id, populate_existing=True)
        return found.overall


def change(world: World, sitting: ExamSitting, **draft: object) -> None:
    values = {
        "title": "资格考试",
        "held_on": sitting.held_on,
        "general_mark": sitting.general_mark,
        "special_mark": sitting.special_mark,
        **draft,
    }
    with world.writing() as session:
        exams.update_sitting(
            session,
            scope_of(world),
            sitting.id,
            SittingDraft(**values),  # type: ignore[arg-type]
            None,
            clock.today(),
        )


@pytest.mark.parametrize(
    ("score", "outcome"), [(59, FAILED), (60, PASSED), (100, PASSED), (0, FAILED)]
)
def test_a_score_alone_is_judged_by_the_pass_mark(world: World, score: int, outcome: Outcome):
    registration = sat(world, a_sitting(world), an_officer(world), general=score)

    assert outcome_of(world, registration, GENERAL) is outcome
    assert outcome_of(world, registration, SPECIAL) is Outcome.PENDING


def test_each_sitting_keeps_its_own_pass_mark(world: World):
    sitting = a_sitting(world, general=75, special=None)

    registration = sat(world, sitting, an_officer(world), general=74)

    assert outcome_of(world, registration, GENERAL) is FAILED


@pytest.mark.parametrize(
    ("score", "outcome", "said"),
    [
        (59, PASSED, "59 分按合格线 60 分应为「不合格」"),
        (60, FAILED, "60 分按合格线 60 分应为「合格」"),
        (60, ABSENT, "有分数就不是缺考"),
    ],
)
def test_a_score_that_contradicts_the_outcome_is_refused(
    world: World, score: int, outcome: Outcome, said: str
):
    sitting = a_sitting(world)
    registration = registered(world, sitting, an_officer(world))
    entered = a_result(registration, GENERAL, score)
    contradicting = type(entered)(registration.id, GENERAL, 0, outcome, Decimal(score))

    with pytest.raises(RuleBroken, match=said) as refused, world.writing() as session:
        exams.record_results(
            session, scope_of(world), sitting.id, [contradicting], None, clock.today()
        )

    assert refused.value.field == f"r{registration.id}_general_0_outcome"
    assert outcome_of(world, registration, GENERAL) is Outcome.PENDING


def test_outcomes_need_no_score(world: World):
    registration = sat(world, a_sitting(world), an_officer(world), general=PASSED, special=ABSENT)

    assert outcome_of(world, registration, GENERAL) is PASSED
    assert overall(world, registration) is ABSENT


def test_a_retake_is_offered_for_what_was_failed_or_missed_only(world: World):
    sitting, officer = a_sitting(world), an_officer(world)
    sat(world, sitting, officer, general=80, special=40)

    registration = retaken(world, sitting, officer, special=66, on="2024-08-01")

    with world.reading() as session:
        found = session.get_one(ExamRegistration, registration.id, populate_existing=True)
        assert [r.attempt for r in found.attempts(GENERAL)] == [0]
        assert [(r.attempt, r.outcome) for r in found.attempts(SPECIAL)] == [
            (0, FAILED),
            (1, PASSED),
        ]
    assert overall(world, registration) is PASSED


def test_there_may_be_several_retakes(world: World):
    sitting, officer = a_sitting(world, special=None), an_officer(world)
    sat(world, sitting, officer, general=40)
    retaken(world, sitting, officer, general=ABSENT)

    registration = retaken(world, sitting, officer, general=61, attempt=2)

    assert overall(world, registration) is PASSED


@pytest.mark.parametrize("general", [80, None])
def test_nothing_is_retaken_that_is_passed_or_still_open(world: World, general: int | None):
    sitting, officer = a_sitting(world, special=None), an_officer(world)
    registration = sat(world, sitting, officer, general=general)

    with pytest.raises(RuleBroken, match="没有需要补考的科目"), world.writing() as session:
        exams.add_retake(session, scope_of(world), registration.id)


def test_a_retake_that_was_added_by_mistake_can_be_cancelled(world: World):
    sitting, officer = a_sitting(world, special=None), an_officer(world)
    registration = sat(world, sitting, officer, general=40)

    with world.writing() as session:
        exams.add_retake(session, scope_of(world), registration.id)
    assert overall(world, registration) is Outcome.PENDING
    with world.writing() as session:
        exams.cancel_retake(session, scope_of(world), registration.id)

    assert overall(world, registration) is FAILED


def test_a_retake_comes_neither_before_the_exam_nor_in_the_future(world: World):
    sitting, officer = a_sitting(world, "2024-05-25", special=None), an_officer(world)
    sat(world, sitting, officer, general=40)

    with pytest.raises(RuleBroken, match="补考日期不能早于考试日期 2024-05-25"):
        retaken(world, sitting, officer, general=70, on="2024-05-24")
    with pytest.raises(RuleBroken, match="2025-01-21 还没有到"):
        sat(world, sitting, officer, general=70, attempt=1, on="2025-01-21")


def test_the_day_of_a_retake_to_come_can_be_noted(world: World):
    sitting, officer = a_sitting(world, special=None), an_officer(world)
    sat(world, sitting, officer, general=40)

    registration = retaken(world, sitting, officer, general=Outcome.PENDING, on="2025-03-01")

    assert outcome_of(world, registration, GENERAL) is Outcome.PENDING


def test_no_result_before_the_exam(world: World):
    sitting = a_sitting(world, on="2025-05-01")

    with pytest.raises(RuleBroken, match="2025-05-01 还没有到"):
        sat(world, sitting, an_officer(world), general=80)


def test_an_officer_is_registered_once_for_a_sitting(world: World):
    sitting, officer = a_sitting(world), an_officer(world)
    registered(world, sitting, officer)

    with pytest.raises(RuleBroken, match="张三已报名这场考试"), world.writing() as session:
        exams.register_officers(
            session, scope_of(world), sitting.id, [officer.id], RegistrationDraft()
        )


def test_a_voided_registration_can_be_made_anew_but_not_restored_beside_it(world: World):
    sitting, officer = a_sitting(world), an_officer(world)
    first = registered(world, sitting, officer)
    world.void(first)

    second = registered(world, sitting, officer)

    assert second.id != first.id
    with pytest.raises(RuleBroken, match="已报名"), world.writing() as session:
        exams.restore_registration(session, scope_of(world), first.id)


def test_several_are_registered_at_once_or_nobody(world: World):
    sitting, officer = a_sitting(world), an_officer(world)
    other = an_officer(world, "外人", office=world.an_office())

    with pytest.raises(RuleBroken, match="请从列表中选择"), world.writing() as session:
        exams.register_officers(
            session, scope_of(world), sitting.id, [officer.id, other.id], RegistrationDraft()
        )

    assert world.value("certification.registered") == 0


def test_nobody_registers_after_the_exam(world: World):
    sitting, officer = a_sitting(world, "2024-05-25"), an_officer(world)

    draft = RegistrationDraft(registered_on=date(2024, 5, 26))
    with pytest.raises(RuleBroken, match="不能晚于考试日期"), world.writing() as session:
        exams.register_officers(session, scope_of(world), sitting.id, [officer.id], draft)


def test_a_sitting_needs_a_part(world: World):
    with pytest.raises(RuleBroken, match="请至少填写一科的合格线"):
        a_sitting(world, general=None, special=None)


def test_a_changed_pass_mark_judges_the_scores_again(world: World):
    sitting = a_sitting(world, special=None)
    scored = sat(world, sitting, an_officer(world, "有分"), general=65)
    stated = sat(world, sitting, an_officer(world, "无分"), general=PASSED)

    change(world, sitting, general_mark=Decimal(70))

    assert outcome_of(world, scored, GENERAL) is FAILED
    assert outcome_of(world, stated, GENERAL) is PASSED, "no score, nothing to judge"


def test_a_part_that_comes_later_is_open_for_those_registered(world: World):
    sitting = a_sitting(world, special=None)
    registration = sat(world, sitting, an_officer(world), general=80)

    change(world, sitting, special_mark=Decimal(60))

    assert outcome_of(world, registration, SPECIAL) is Outcome.PENDING
    assert overall(world, registration) is Outcome.PENDING


def test_a_part_with_results_cannot_be_dropped(world: World):
    sitting = a_sitting(world)
    registration = sat(world, sitting, an_officer(world), general=80)

    with pytest.raises(RuleBroken, match="「公共法律知识」已有成绩"):
        change(world, sitting, general_mark=None)
    change(world, sitting, special_mark=None)

    assert overall(world, registration) is PASSED


def test_a_sitting_with_results_cannot_move_into_the_future(world: World):
    sitting = a_sitting(world)
    sat(world, sitting, an_officer(world), general=80)

    with pytest.raises(RuleBroken, match="考试日期不能在今天之后"):
        change(world, sitting, held_on=date(2025, 6, 1))


def test_the_second_of_two_with_the_same_table_sees_the_first_ones_entries(world: World):
    sitting, officer = a_sitting(world), an_officer(world)
    registration = registered(world, sitting, officer)
    opened = world.again(sitting).version
    sat(world, sitting, officer, general=80)

    entered = [a_result(registration, GENERAL, 30)]
    with pytest.raises(StaleEdit), world.writing() as session:
        exams.record_results(session, scope_of(world), sitting.id, entered, opened, clock.today())

    assert outcome_of(world, registration, GENERAL) is PASSED


def test_a_voided_sitting_takes_nothing(world: World):
    sitting, officer = a_sitting(world), an_officer(world)
    world.void(sitting)

    with pytest.raises(RuleBroken, match="这场考试已作废"):
        registered(world, sitting, officer)
