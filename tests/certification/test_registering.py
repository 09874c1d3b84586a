"""Who may be registered for an exam, and what happens once the list was handed in."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.certification.support import (
    PASSED,
    a_certificate,
    a_sitting,
    a_term,
    an_officer,
    registered,
    sat,
    scope_of,
)
from tests.support.page import Page, Visitor
from tests.support.world import World, day
from tracker.certification.drafts import RegistrationDraft
from tracker.certification.models import ExamRegistration, ExamSitting, Officer
from tracker.certification.operations import exams
from tracker.certification.terms import EstablishmentKind, SittingPurpose
from tracker.kernel.errors import RuleBroken
from tracker.kernel.exceptions import ExceptionNeeded
from tracker.rulepacks.drafts import RuleDraft
from tracker.rulepacks.operations import choose_pack, set_rule
from tracker.rulepacks.terms import Pack

CONTRACT, SECONDED = EstablishmentKind.CONTRACT, EstablishmentKind.SECONDED
HUNAN = "湖南省行政执法人员和行政执法辅助人员管理办法"


def in_hunan(world: World) -> None:
    with world.writing() as session:
        choose_pack(session, world.office_id, Pack.HUNAN)


def register(
    world: World, sitting: ExamSitting, *officers: Officer, **draft: object
) -> list[ExamRegistration]:
    with world.writing() as session:
        exams.register_officers(
            session,
            scope_of(world),
            sitting.id,
            [officer.id for officer in officers],
            RegistrationDraft(**draft),  # type: ignore[arg-type]
        )
        found = session.scalars(
            select(ExamRegistration).where(ExamRegistration.sitting_id == sitting.id)
        )
        return list(found)


def opened(visitor: Visitor, sitting: ExamSitting) -> Page:
    return visitor.get(f"/certification/sittings/{sitting.id}/register")


# ---------------------------------------------------------------------------- who may not sit


@pytest.mark.parametrize("kind", [CONTRACT, SECONDED, EstablishmentKind.WORKER])
def test_who_is_of_a_kind_that_may_not_sit_is_refused_with_the_rule_and_what_to_do(
    world: World, kind: EstablishmentKind
):
    in_hunan(world)
    sitting, officer = a_sitting(world), an_officer(world, "李四", establishment=kind)

    with pytest.raises(ExceptionNeeded) as refused:
        register(world, sitting, officer)

    said = refused.value.message
    assert f"李四是{kind.label.zh}人员，不能报名" in said.zh
    assert HUNAN in said.zh
    assert "确需这样登记的，请管理员填写例外理由" in said.zh
    assert "李四 (" in said.en
    assert "may not be registered" in said.en
    assert world.value("certification.registered") == 0


@pytest.mark.parametrize(
    "kind",
    [
        EstablishmentKind.ADMINISTRATIVE,
        EstablishmentKind.INSTITUTION,
        EstablishmentKind.CIVIL_SERVICE_LIKE,
    ],
)
def test_who_is_on_the_establishment_may_sit(world: World, kind: EstablishmentKind):
    in_hunan(world)

    register(world, a_sitting(world), an_officer(world, establishment=kind))

    assert world.value("certification.registered") == 1


def test_without_the_rule_everybody_may_sit(world: World):
    register(world, a_sitting(world), an_officer(world, establishment=CONTRACT))

    assert world.value("certification.registered") == 1


def test_the_offices_own_rule_and_its_basis_decide(world: World):
    with world.writing() as session:
        set_rule(
            session,
            world.office_id,
            "establishment_kinds",
            RuleDraft("contract", "县司法局2024年通知"),
        )
    sitting = a_sitting(world)
    register(world, sitting, an_officer(world, "合同的", establishment=CONTRACT))

    with pytest.raises(ExceptionNeeded, match="行政人员，不能报名（县司法局2024年通知）"):
        register(world, sitting, an_officer(world, "公务员"))


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2024-05-26", "", "2024-05-26 才到岗"),
        ("2020-01-01", "2024-05-25", "已于 2024-05-25 离岗"),
        ("2020-01-01", "2023-01-01", "已于 2023-01-01 离岗"),
    ],
)
def test_who_is_not_in_post_on_the_day_of_the_exam_is_refused(
    world: World, since: str, until: str, said: str
):
    sitting = a_sitting(world, "2024-05-25")

    with pytest.raises(ExceptionNeeded, match=said):
        register(world, sitting, an_officer(world, since=since, until=until))


@pytest.mark.parametrize(
    ("since", "until"), [("2024-05-25", ""), ("2020-01-01", "2024-05-26"), ("2020-01-01", "")]
)
def test_who_is_in_post_on_that_day_is_not(world: World, since: str, until: str):
    register(world, a_sitting(world, "2024-05-25"), an_officer(world, since=since, until=until))

    assert world.value("certification.registered") == 1


def test_everybody_who_may_not_sit_is_named_and_nobody_is_registered(world: World):
    in_hunan(world)
    sitting = a_sitting(world)
    people = [
        an_officer(world, "能报的"),
        an_officer(world, "合同的", establishment=CONTRACT),
        an_officer(world, "走了的", until="2024-01-01"),
    ]

    with pytest.raises(ExceptionNeeded) as refused:
        register(world, sitting, *people)

    assert "合同的是合同人员" in refused.value.message.zh
    assert "走了的已于 2024-01-01 离岗" in refused.value.message.zh
    assert "能报的" not in refused.value.message.zh
    assert world.value("certification.registered") == 0


def test_a_voided_officer_is_not_registered(world: World):
    officer = an_officer(world)
    world.void(officer)

    with pytest.raises(RuleBroken, match="请从列表中选择"):
        register(world, a_sitting(world), officer)


def test_a_renewal_exam_asks_for_a_certificate_and_not_for_the_kind(world: World):
    in_hunan(world)
    renewal = a_sitting(world, purpose=SittingPurpose.RENEWAL)
    without = an_officer(world, "没证的")
    ended = an_officer(world, "过期的", establishment=CONTRACT)
    a_certificate(world, ended, a_term("2019-01-01", "2023-12-31"))

    with pytest.raises(ExceptionNeeded, match="没证的没有登记过执法证，不能报名换证考试"):
        register(world, renewal, without)

    assert [each.officer_id for each in register(world, renewal, ended)] == [ended.id]


def test_the_reason_of_an_exception_is_kept_with_those_only_who_break_the_rule(world: World):
    in_hunan(world)
    people = [an_officer(world, "甲"), an_officer(world, "乙", establishment=CONTRACT)]

    entered = register(world, a_sitting(world), *people, exception_reason="省厅批复同意")

    assert [each.exception_reason for each in entered] == ["", "省厅批复同意"]


def test_the_reason_cannot_be_taken_back_while_the_rule_is_broken(world: World):
    in_hunan(world)
    officer = an_officer(world, establishment=CONTRACT)
    (entered,) = register(world, a_sitting(world), officer, exception_reason="省厅批复同意")

    with pytest.raises(ExceptionNeeded) as refused, world.writing() as session:
        exams.update_registration(
            session, scope_of(world), entered.id, RegistrationDraft(), entered.version
        )

    assert refused.value.field == "exception_reason"


# ---------------------------------------------------------------------------------- the page


def test_the_page_says_who_may_not_sit_and_why_before_anybody_is_ticked(
    page: Visitor, world: World
):
    in_hunan(world)
    sitting = a_sitting(world)
    may = an_officer(world, "能报的")
    may_not = an_officer(world, "合同的", establishment=CONTRACT)

    shown = opened(page, sitting)

    boxes = {
        node.get("value"): node
        for node in shown.main.all("input")
        if node.get("name") == "officer_ids"
    }
    assert "disabled" in boxes[str(may_not.id)].attrs
    assert "disabled" not in boxes[str(may.id)].attrs
    described = boxes[str(may_not.id)].get("aria-describedby")
    (note,) = (node for node in shown.main.all("p") if node.get("id") == described)
    assert "合同的是合同人员，不能报名" in note.text
    assert HUNAN in note.text
    assert "可以报名：行政、事业、参公" in shown.text
    assert "/settings/rules/establishment_kinds" not in shown.links.values()


def test_a_forged_tick_is_answered_with_the_reason(page: Visitor, world: World):
    in_hunan(world)
    sitting = a_sitting(world)
    may_not = an_officer(world, "合同的", establishment=CONTRACT)

    address = f"/certification/sittings/{sitting.id}/register"
    refused = page.post(address, {"officer_ids": str(may_not.id)}, status=422)

    (error,) = refused.errors
    assert "合同的是合同人员，不能报名" in error
    assert "请管理员填写例外理由" in error
    assert "例外理由" not in refused.form("保存").visible_names
    forged = {"officer_ids": str(may_not.id), "exception_reason": "自己写的"}
    again = page.post(address, forged, status=422)
    assert any("例外理由由管理员填写" in error for error in again.errors)
    assert world.value("certification.registered") == 0


def test_an_administrator_registers_by_an_exception_and_finds_the_rule(
    admin: Visitor, world: World
):
    in_hunan(world)
    sitting = a_sitting(world)
    officer = an_officer(world, "合同的", establishment=CONTRACT)

    shown = opened(admin, sitting)
    assert "/settings/rules/establishment_kinds" in shown.links.values()
    refused = admin.fill(shown, {"officer_ids": [str(officer.id)]}, status=422)
    assert refused.form("保存").control("exception_reason") is not None
    admin.fill(refused, {"exception_reason": "省厅批复同意"})

    with world.reading() as session:
        entered = session.scalars(select(ExamRegistration)).one()
        assert entered.exception_reason == "省厅批复同意"
    shown = admin.get(f"/certification/sittings/registrations/{entered.id}")
    assert shown.facts["例外理由"] == "省厅批复同意"


def test_who_holds_a_certificate_or_a_good_pass_is_asked_about_once(page: Visitor, world: World):
    with world.writing() as session:
        set_rule(session, world.office_id, "pass_years", RuleDraft("5", "省条例"))
    holder, passer = an_officer(world, "有证的"), an_officer(world, "合格的")
    a_certificate(world, holder)
    sat(world, a_sitting(world, "2023-05-25"), passer, general=80, special=80)
    sitting = a_sitting(world)
    people = {"officer_ids": [str(holder.id), str(passer.id)]}

    asked = page.fill(opened(page, sitting), people, status=422)

    assert "有证的在考试日仍持有效执法证" in asked.text
    assert "合格的已于 2023-05-25 考试合格，合格有效至 2028-05-24" in asked.text
    assert world.value("certification.registered") == 0
    page.fill(asked, {})
    assert world.value("certification.registered") == 2


@pytest.mark.parametrize(
    ("years", "exam", "doubted"),
    [
        ("1", "2024-05-24", True),
        ("1", "2024-05-25", False),
        ("", "2025-01-10", True),
    ],
)
def test_a_pass_is_doubted_as_long_as_it_is_good(
    page: Visitor, world: World, years: str, exam: str, doubted: bool
):
    with world.writing() as session:
        set_rule(session, world.office_id, "pass_years", RuleDraft(years, "省条例"))
    officer = an_officer(world)
    sat(world, a_sitting(world, "2023-05-25"), officer, general=80, special=80)

    note = opened(page, a_sitting(world, exam)).text

    assert ("已于 2023-05-25 考试合格" in note) is doubted


def test_a_pass_of_fewer_parts_or_one_used_up_is_no_doubt(page: Visitor, world: World):
    part, drew = an_officer(world, "一科的"), an_officer(world, "领证的")
    sat(world, a_sitting(world, "2023-05-25", special=None), part, general=80)
    sat(world, a_sitting(world, "2023-06-25"), drew, general=80, special=PASSED)
    a_certificate(world, drew, a_term("2023-07-01", "2023-12-31"))

    assert "考试合格" not in opened(page, a_sitting(world)).text


# ------------------------------------------------------------------- once the list is handed in


def handed_in(world: World, on: str = "2024-05-06") -> ExamSitting:
    return a_sitting(world, list_handed_in_on=day(on))


def test_nobody_is_added_once_the_list_was_handed_in(world: World):
    sitting, officer = handed_in(world), an_officer(world)

    with pytest.raises(ExceptionNeeded, match="报名名单已于 2024-05-06 上报，不能再增减人员"):
        register(world, sitting, officer)

    (entered,) = register(world, sitting, officer, exception_reason="县局同意补报")
    assert entered.exception_reason == "县局同意补报"


def test_nobody_is_taken_off_the_list_or_put_back_once_it_was_handed_in(
    page: Visitor, admin: Visitor, world: World
):
    sitting = a_sitting(world)
    kept, gone = (registered(world, sitting, an_officer(world, name)) for name in "甲乙")
    world.void(gone)
    page.fill(f"/certification/sittings/{sitting.id}/edit", {"名单上报日期": "2024-05-06"})
    here = f"/certification/sittings/registrations/{kept.id}"

    refused = page.fill(f"{here}/void", {"作废原因": "不考了"}, press="作废", status=422)
    assert any("名单已于 2024-05-06 上报" in error for error in refused.errors)
    restored = page.press(page.get(f"/certification/sittings/registrations/{gone.id}"), "撤销作废")
    assert "名单已于 2024-05-06 上报" in restored.text
    assert world.value("certification.registered") == 1

    asked = admin.fill(f"{here}/void", {"作废原因": "不考了"}, press="作废", status=422)
    admin.fill(asked, {"exception_reason": "县局同意撤下"}, press="作废")
    assert world.value("certification.registered") == 0


def test_the_day_is_withdrawn_and_the_list_is_open_again(page: Visitor, world: World):
    sitting, officer = handed_in(world), an_officer(world)
    assert "报名名单已于 2024-05-06 上报" in opened(page, sitting).text

    page.fill(f"/certification/sittings/{sitting.id}/edit", {"名单上报日期": ""})
    page.fill(opened(page, sitting), {"officer_ids": [str(officer.id)]})

    assert world.value("certification.registered") == 1


@pytest.mark.parametrize("on", ["2024-05-26", "2025-01-21"])
def test_a_list_is_handed_in_by_the_exam_and_not_on_a_day_to_come(
    page: Visitor, world: World, on: str
):
    sitting = a_sitting(world, "2024-05-25" if on < "2025" else "2025-06-01")

    refused = page.fill(
        f"/certification/sittings/{sitting.id}/edit", {"名单上报日期": on}, status=422
    )

    assert refused.error_beside("list_handed_in_on")


def test_results_are_entered_after_the_list_was_handed_in(world: World):
    sitting, officer = a_sitting(world), an_officer(world)
    registered(world, sitting, officer)
    with world.writing() as session:
        session.get_one(ExamSitting, sitting.id).list_handed_in_on = date(2024, 5, 6)

    sat(world, sitting, officer, general=80, special=80)

    assert world.value("certification.passed") == 1


# ------------------------------------------------------------- results of who is not registered


@pytest.mark.parametrize("gone", [True, False])
def test_a_result_of_somebody_who_is_not_registered_is_refused(
    page: Visitor, world: World, gone: bool
):
    sitting = a_sitting(world)
    registered(world, sitting, an_officer(world, "甲"))
    other = registered(
        world, sitting if gone else a_sitting(world, title="另一场"), an_officer(world)
    )
    shown = page.get(f"/certification/sittings/{sitting.id}/results")
    if gone:
        world.void(other)
    values = {**shown.form("保存").values(), f"r{other.id}_general_0_score": ["88"]}

    refused = page.post(f"/certification/sittings/{sitting.id}/results", values, status=422)

    assert any("不属于这场考试的报名人员" in error for error in refused.errors)
    assert any("请先「添加报名人员」" in error for error in refused.errors)
    assert world.value("certification.sat") == 0


# --------------------------------------------------------------------------------- exceptions


def test_exceptions_are_listed_with_the_rules_they_break_today(admin: Visitor, world: World):
    in_hunan(world)
    sitting = a_sitting(world)
    officer = an_officer(world, "合同的", establishment=CONTRACT)
    register(world, sitting, officer, exception_reason="省厅批复同意")
    late = an_officer(world, "晚报的")
    register(world, sitting, late, exception_reason="县局同意", registered_on=date(2024, 5, 27))
    gone = an_officer(world, "作废的", establishment=CONTRACT)
    *_others, voided = register(world, sitting, gone, exception_reason="省厅批复同意")
    world.void(voided)

    rows = {row[0].split()[1]: row[1:4] for row in admin.get("/exceptions/").rows}

    assert set(rows) == {"合同的", "晚报的"}
    kind, broken, reason = rows["合同的"]
    assert kind == "考试报名与成绩"
    assert HUNAN in broken
    assert reason == "省厅批复同意"
    assert rows["晚报的"][1:] == ["考试以后才报名", "县局同意"]

    with world.writing() as session:
        choose_pack(session, world.office_id, Pack.NATIONAL)
    now = {row[0].split()[1]: row[2] for row in admin.get("/exceptions/").rows}
    assert now["合同的"] == "现已不违反规则"
