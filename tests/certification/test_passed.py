"""A first certificate needs the exam passed, where the office's ledger of exams can say so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.certification.support import (
    ABSENT,
    FAILED,
    a_certificate,
    a_sitting,
    a_term,
    an_officer,
    own_rule,
    registered,
    retaken,
    sat,
    scope_of,
    turned,
)
from tests.support.page import Visitor
from tests.support.world import World, day
from tracker.certification.drafts import TermDraft
from tracker.certification.exceptions import excepted
from tracker.certification.models import Certificate
from tracker.certification.operations import certificates
from tracker.certification.terms import CertificateCategory, CertificateStatus, SittingPurpose
from tracker.kernel import clock
from tracker.kernel.exceptions import ExceptionNeeded
from tracker.kernel.period import last_day_of, years_from

NEW = "/certification/certificates/new"
TERM = a_term("2024-07-10", "2029-07-09")


def refusal(world: World, *arguments: Any, **draft: Any) -> str:
    """What a refused certificate is told."""
    with pytest.raises(ExceptionNeeded) as refused:
        a_certificate(world, *arguments, **draft)
    assert refused.value.field == "officer_id"
    return refused.value.message.zh


def test_who_passed_every_part_gets_a_certificate(world: World):
    officer = an_officer(world)
    sat(world, a_sitting(world, "2024-05-25"), officer, 80, 70)
    assert a_certificate(world, officer, a_term("2024-05-25", "2029-05-24")).number


def test_an_open_part_is_named_with_its_exam_and_what_to_do(world: World):
    officer = an_officer(world, "李四")
    sat(world, a_sitting(world, "2024-05-18"), officer, general=80)
    assert refusal(world, officer, TERM) == (
        "李四没有通过 2024-05-18 的执法资格考试（专业法律知识待登）。请先登记成绩。"
        "确需这样登记的，请管理员填写例外理由"
    )


@pytest.mark.parametrize(
    ("general", "special", "said"),
    [(50, 80, "公共法律知识不合格"), (80, ABSENT, "专业法律知识缺考"),
     (FAILED, FAILED, "公共法律知识不合格、专业法律知识不合格")],
)  # fmt: skip
def test_a_failed_or_missed_part_is_named(world: World, general: Any, special: Any, said: str):
    officer = an_officer(world)
    sat(world, a_sitting(world), officer, general, special)
    assert f"（{said}）" in refusal(world, officer, TERM)


def test_a_pass_after_the_issue_does_not_serve(world: World):
    officer, sitting = an_officer(world), a_sitting(world, "2024-05-25")
    sat(world, sitting, officer, 80, 50)
    retaken(world, sitting, officer, special=70, on="2024-07-11")
    assert "专业法律知识发证以后才合格" in refusal(world, officer, TERM)
    assert a_certificate(world, officer, a_term("2024-07-11", "2029-07-10")).number


def test_a_part_passed_in_another_exam_counts(world: World):
    officer = an_officer(world)
    sat(world, a_sitting(world, "2023-05-20"), officer, 80, 50)
    sat(world, a_sitting(world, "2024-05-25", general=None), officer, special=70)
    assert a_certificate(world, officer, TERM).number


def test_who_never_registered_is_asked_once_the_ledger_of_exams_has_begun(world: World):
    a_sitting(world, "2024-05-25")
    said = refusal(world, an_officer(world, "李四"), TERM)
    assert "李四没有发证日 2024-07-10 之前的执法资格考试报名。请先登记考试和成绩" in said


def test_certificates_from_before_the_ledger_of_exams_are_not_asked(world: World):
    """Old ledgers of certificates come in without the exams of their time."""
    without_exams = an_officer(world)
    assert a_certificate(world, without_exams, TERM).number
    a_sitting(world, "2024-05-25")
    before = a_term("2024-05-24", "2029-05-23")
    assert a_certificate(world, an_officer(world, "前一天"), before).number
    refusal(world, an_officer(world, "当天"), a_term("2024-05-25", "2029-05-24"))


def test_renewal_exams_and_voided_ones_begin_no_ledger(world: World):
    a_sitting(world, "2023-05-20", purpose=SittingPurpose.RENEWAL)
    world.void(a_sitting(world, "2023-06-20"))
    assert a_certificate(world, an_officer(world), TERM).number


def test_a_voided_registration_is_none(world: World):
    officer = an_officer(world)
    sitting = a_sitting(world, "2024-05-25")
    sat(world, sitting, officer, 80, 80)
    world.void(registered(world, sitting, officer))
    assert "没有发证日" in refusal(world, officer, TERM)


def test_other_kinds_of_certificates_are_not_asked(world: World):
    a_sitting(world, "2024-05-25")
    officer = an_officer(world)
    card = a_certificate(world, officer, TERM, category=CertificateCategory.SUPERVISION)
    assert card.number


def test_a_renewal_is_not_asked_whatever_the_cards_number(world: World):
    a_sitting(world, "2024-05-25")
    officer = an_officer(world)
    old = a_term("2019-07-10", "2024-07-09")
    a_certificate(world, officer, old, TERM, number="旧证")
    a_certificate(world, officer, a_term("2024-08-01", "2029-07-31"), number="新证")


def test_who_lost_the_certificate_by_revocation_is_asked_again(world: World):
    a_sitting(world, "2023-05-20")
    officer = an_officer(world)
    old = a_certificate(world, officer, a_term("2021-01-01", "2025-12-31"), number="旧证")
    turned(world, old, CertificateStatus.REVOKED, "2024-01-05")
    assert "没有发证日" in refusal(world, officer, TERM, number="新证")


def test_no_rule_no_question(world: World):
    own_rule(world, "pass_before_certificate", "")
    a_sitting(world, "2024-05-25")
    assert a_certificate(world, an_officer(world), TERM).number


@pytest.mark.parametrize(("issued", "good"), [("2025-01-09", True), ("2025-01-10", False)])
def test_a_pass_is_good_for_the_years_of_the_rule(world: World, issued: str, good: bool):
    own_rule(world, "pass_years", "5")
    officer = an_officer(world, "李四")
    sat(world, a_sitting(world, "2020-01-10"), officer, 80, 70)
    term = a_term(issued, "2030-01-09")
    if good:
        assert a_certificate(world, officer, term).number
    else:
        said = refusal(world, officer, term)
        assert "李四的考试合格已超过 5 年（2020-01-10 合格，2025-01-10 发证）" in said


def test_what_makes_it_another_question_is_asked_again(world: World):
    """Moving the issue behind the ledger's beginning, or handing the card to somebody else."""
    a_sitting(world, "2024-05-25")
    card = a_certificate(world, an_officer(world), a_term("2024-01-10", "2029-01-09"))

    def moved(term: TermDraft) -> None:
        with world.writing() as session:
            now = session.get_one(Certificate, card.id)
            certificates.update_term(
                session, scope_of(world), card.id, now.terms[0].id, term, None, clock.today()
            )

    moved(a_term("2024-01-11", "2029-01-10"))
    with pytest.raises(ExceptionNeeded):
        moved(a_term("2024-06-01", "2029-05-31"))


def test_an_administrator_may_give_a_reason_and_it_stands_with_the_record(
    admin: Visitor, world: World
):
    sat(world, a_sitting(world, "2024-05-25"), an_officer(world, "李四"), general=80)
    typed = {
        "持证人": "李四 · 行政",
        "证件号": "18070001",
        "发证日期": "2024-07-10",
        "有效期止": "2029-07-09",
    }
    refused = admin.fill(NEW, typed, status=422)
    assert "专业法律知识待登" in refused.error_beside("持证人")
    saved = admin.fill(refused, {"例外理由": "成绩单遗失，县局已证明"})
    assert saved.facts["例外理由"] == "成绩单遗失，县局已证明"

    with world.reading() as session:
        (found,) = excepted(session, world.scope())
    assert (found.reason, found.title) == ("成绩单遗失，县局已证明", "李四 18070001")
    assert "专业法律知识待登" in found.broken[0].zh


def test_a_clerk_is_told_and_cannot(page: Visitor, world: World):
    sat(world, a_sitting(world, "2024-05-25"), an_officer(world, "李四"), general=80)
    typed = {
        "持证人": "李四 · 行政",
        "证件号": "18070001",
        "发证日期": "2024-07-10",
        "有效期止": "2029-07-09",
    }
    refused = page.fill(NEW, typed, status=422)
    assert "请管理员填写例外理由" in refused.error_beside("持证人")
    assert "exception_reason" not in refused.form().visible_names
    forced = {**refused.form().values(), "exception_reason": "我说了算"}
    page.post(NEW, forced, status=422)
    with world.reading() as session:
        assert session.query(Certificate).count() == 0


def test_a_part_passed_again_in_a_failed_exam_makes_no_new_pass(world: World):
    own_rule(world, "pass_years", "3")
    officer = an_officer(world)
    sat(world, a_sitting(world, "2021-05-20"), officer, 80, 70)
    sat(world, a_sitting(world, "2024-05-25"), officer, 80, 50)
    assert "2021-05-20 合格" in refusal(world, officer, TERM)


def test_the_years_of_a_pass_count_from_the_part_that_was_passed_last(world: World):
    own_rule(world, "pass_years", "3")
    officer, sitting = an_officer(world), a_sitting(world, "2021-05-20")
    sat(world, sitting, officer, 80, 50)
    retaken(world, sitting, officer, special=70, on="2021-07-20")
    assert a_certificate(world, officer, TERM).number


def test_years_that_end_in_february():
    assert years_from(day("2024-02-29"), -1) == day("2023-02-28")
    assert last_day_of(day("2024-02-29"), 5) == day("2029-02-28")
    assert last_day_of(day("2024-03-01"), 5) == day("2029-02-28")
