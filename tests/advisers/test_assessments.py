"""The yearly assessment by the office's score sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.advisers.support import a_visit, an_adviser, an_assignment
from tests.support.page import Visitor
from tests.support.world import World
from tracker.advisers.assessment import operations, queries, sheet_operations
from tracker.advisers.assessment.drafts import (
    AssessmentDraft,
    ItemDraft,
    Marked,
    SheetDraft,
)
from tracker.advisers.assessment.example import items as shipped_items
from tracker.advisers.assessment.models import AdviserAssessment, ScoreSheet
from tracker.advisers.assessment.suggestions import Suggestion, facts_of, suggestion
from tracker.advisers.assessment.terms import Grade, ScoreBasis
from tracker.advisers.models import Adviser, AdviserAssignment
from tracker.advisers.terms import VisitKind
from tracker.kernel.errors import RuleBroken
from tracker.kernel.period import Period
from tracker.offices.models import Village
from tracker.rulepacks import operations as rules_operations
from tracker.rulepacks.drafts import RuleDraft
from tracker.rulepacks.queries import rules_of

#: The day on which tests run.
TODAY = date(2025, 1, 20)
TWO = (("合同签订", "5"), ("工作日志", "95"))


def a_sheet(world: World, items=TWO, *, from_year: int = 2024, good_from=None) -> ScoreSheet:
    scope = world.scope()
    with world.writing() as session:
        draft = SheetDraft("考核表", from_year, Decimal(90), Decimal(60), good_from)
        sheet = sheet_operations.create_sheet(session, world.office_id, draft)
        for heading, most in items:
            item = ItemDraft(heading, f"{heading}的标准", Decimal(most))
            sheet_operations.add_item(session, scope, sheet.id, item, None)
        return sheet


def marks(sheet: ScoreSheet, *points: str) -> dict[int, Marked]:
    return {
        item.id: Marked(Decimal(given)) for item, given in zip(sheet.items, points, strict=True)
    }


def assessed(world: World, assignment, given: dict[int, Marked], **more) -> AdviserAssessment:
    values = {"year": 2024, "assessed_on": date(2024, 12, 20), **more}
    draft = AssessmentDraft(
        adviser_id=assignment.adviser_id, village_id=assignment.village_id, marks=given, **values
    )
    with world.writing() as session:
        return operations.create_assessment(session, world.office_id, draft, TODAY)


def refusal(call) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        call()
    return caught.value


@pytest.fixture
def adviser(world: World) -> Adviser:
    return an_adviser(world, "张三")


@pytest.fixture
def village(world: World) -> Village:
    return world.a_village("架桥村")


@pytest.fixture
def served(world: World, adviser: Adviser, village: Village) -> AdviserAssignment:
    """张三 serves 架桥村 all of 2024."""
    return an_assignment(world, adviser, village, "2024-01-01", "2024-12-31")


# --------------------------------------------------------------------------- the score sheet


def test_an_administrator_loads_the_example_and_adapts_it(admin: Visitor) -> None:
    sheet = admin.press(admin.get("/advisers/assessments/score-sheets/"), "载入示例评分表")
    assert sheet.facts["满分"] == "100"
    assert sheet.rows[-1][0] == "合计"
    assert len(sheet.rows) == len(shipped_items()) + 1

    changed = admin.fill(
        admin.click(sheet, "添加评分项目"),
        {"项目": "协税护税", "评分标准": "按镇里要求", "分值": "2.5"},
        press="保存",
    )

    assert changed.facts["满分"] == "102.5"
    assert changed.rows[-2][:4] == ["协税护税", "14", "按镇里要求", "2.5"]


def test_the_shipped_sheet_adds_up_to_a_hundred() -> None:
    assert sum(item.most for item in shipped_items()) == 100


def test_clerks_read_score_sheets_and_do_not_write_them(page: Visitor, world: World) -> None:
    sheet = a_sheet(world)
    shown = page.get(f"/advisers/assessments/score-sheets/{sheet.id}")
    assert "添加评分项目" not in shown.links
    page.get("/advisers/assessments/score-sheets/new", status=403)
    page.get(f"/advisers/assessments/score-sheets/{sheet.id}/items/new", status=403)


def test_points_of_an_item_are_whole_or_half(world: World) -> None:
    sheet, scope = a_sheet(world), world.scope()

    def add(most: str) -> None:
        with world.writing() as session:
            item = ItemDraft("项目", "标准", Decimal(most))
            sheet_operations.add_item(session, scope, sheet.id, item, None)

    for most in ("0", "0.3", "200.5"):
        assert refusal(lambda most=most: add(most)).field == "most"
    add("0.5")


def test_grades_begin_one_below_the_other(world: World) -> None:
    def make(excellent: int, good: int | None, passed: int) -> None:
        middle = None if good is None else Decimal(good)
        with world.writing() as session:
            draft = SheetDraft("表", 2024, Decimal(excellent), Decimal(passed), middle)
            sheet_operations.create_sheet(session, world.office_id, draft)

    assert refusal(lambda: make(60, None, 60)).field == "passed_from"
    assert refusal(lambda: make(90, 95, 60)).field == "good_from"
    make(90, 75, 60)


def test_a_year_has_the_latest_sheet_that_began_by_then(world: World) -> None:
    old, new = a_sheet(world, from_year=2020), a_sheet(world, from_year=2024)
    newer = a_sheet(world, from_year=2024)
    a_sheet(world, items=(), from_year=2024)  # still being made
    with world.reading() as session:
        found = [queries.sheet_of_year(session, world.office_id, y) for y in (2019, 2023, 2024)]
    assert [sheet and sheet.id for sheet in found] == [None, old.id, newer.id]
    assert new.id != newer.id


# ---------------------------------------------------------------------------- assessing


def test_points_are_added_up_and_graded(page: Visitor, world: World, served) -> None:
    a_sheet(world)
    listed = page.get("/advisers/assessments/?year=2024")
    assert "2024年服务过、还没有考核的：1" in listed.text
    form = page.click(listed, "评分 ：张三 架桥村")

    done = page.fill(
        form,
        {
            "第1项「合同签订」得分": "4.5",
            "第1项「合同签订」说明": "晚三天",
            "第2项「工作日志」得分": "88",
            "考核日期": "2024-12-20",
            "考核人": "司法所",
            "村（社区）意见": "满意",
        },
    )

    assert done.facts["总分"] == "92.5"
    assert done.facts["等次"] == "优秀"
    assert done.facts["编号"].startswith("KH-2024-")
    assert done.rows[0] == ["合同签订", "1", "合同签订的标准", "5", "4.5", "晚三天"]
    assert done.rows[-1][3:5] == ["100", "92.5"]
    listed = page.get("/advisers/assessments/?year=2024")
    assert "还没有考核的" not in listed.text
    assert [row[0] for row in listed.rows] == ["张三"]
    sheet = page.click(done, "打印签字用考核表")
    assert "考核人：司法所" in sheet.text
    assert "总分 92.5（满分 100），等次：优秀。" in sheet.text


def test_a_bound_belongs_to_the_better_grade() -> None:
    bounds = (Decimal(90), Decimal(75), Decimal(60))
    for total, grade in (
        ("90", Grade.EXCELLENT),
        ("89.5", Grade.GOOD),
        ("75", Grade.GOOD),
        ("74.5", Grade.PASSED),
        ("60", Grade.PASSED),
        ("59.5", Grade.FAILED),
        ("0", Grade.FAILED),
    ):
        assert queries.grade_of(Decimal(total), *bounds) is grade
    assert queries.grade_of(Decimal(80), Decimal(90), None, Decimal(60)) is Grade.PASSED


def test_an_item_takes_no_more_than_its_most_nor_less_than_nothing(world: World, served) -> None:
    sheet = a_sheet(world)
    for points in ("5.5", "-0.5", "4.3"):
        broken = refusal(lambda points=points: assessed(world, served, marks(sheet, points, "80")))
        assert broken.field == f"points_{sheet.items[0].id}"
        assert "0 到 5" in broken.message.zh
    assert assessed(world, served, marks(sheet, "0", "95")).total == 95


def test_every_item_needs_its_points(page: Visitor, world: World, served) -> None:
    a_sheet(world)
    shown = page.fill(
        f"/advisers/assignments/{served.id}/assess/2024",
        {"第1项「合同签订」得分": "4", "考核日期": "2024-12-20"},
        status=422,
    )
    assert "工作日志" in shown.errors[0]


def test_only_who_served_in_the_year_is_assessed(world: World, served) -> None:
    sheet = a_sheet(world, from_year=2020)
    broken = refusal(
        lambda: assessed(
            world, served, marks(sheet, "5", "80"), year=2023, assessed_on=date(2023, 12, 20)
        )
    )
    assert "没有为这个村（社区）服务过一天" in broken.message.zh
    assert "聘任的起止日期" in broken.message.zh


def test_a_year_to_come_is_not_assessed(page: Visitor, world: World) -> None:
    sheet = a_sheet(world)
    open_one = an_assignment(world, an_adviser(world, "李四"), world.a_village("远村"))
    broken = refusal(
        lambda: assessed(world, open_one, marks(sheet, "5", "80"), year=2026, assessed_on=TODAY)
    )
    assert broken.field == "year"
    assert "还没有到" in page.get(f"/advisers/assignments/{open_one.id}/assess/2026").text


def test_it_is_assessed_after_the_service_began_and_not_tomorrow(world: World, served) -> None:
    given = marks(a_sheet(world), "5", "80")
    for day, said in ((date(2025, 1, 21), "今天之后"), (date(2023, 12, 31), "不能早于")):
        broken = refusal(lambda day=day: assessed(world, served, given, assessed_on=day))
        assert broken.field == "assessed_on"
        assert said in broken.message.zh


def test_an_adviser_is_assessed_once_for_a_village_and_a_year(
    page: Visitor, world: World, served
) -> None:
    sheet = a_sheet(world)
    first = assessed(world, served, marks(sheet, "5", "80"))
    assert (
        first.number in refusal(lambda: assessed(world, served, marks(sheet, "5", "80"))).message.zh
    )
    assert page.get(f"/advisers/assignments/{served.id}/assess/2024").h1.startswith("2024年考核")
    world.void(first)
    again = assessed(world, served, marks(sheet, "5", "81"))
    scope = world.scope()
    with pytest.raises(RuleBroken), world.writing() as session:
        operations.restore_assessment(session, scope, first.id)
    assert again.number != first.number


def test_without_a_sheet_it_is_said_who_makes_one(page: Visitor, served) -> None:
    shown = page.get(f"/advisers/assignments/{served.id}/assess/2024")
    assert shown.h1 == "考核评分表"
    assert "请管理员" in shown.text


def test_an_assessment_keeps_the_items_it_was_made_with(
    page: Visitor, world: World, served
) -> None:
    sheet, scope = a_sheet(world), world.scope()
    made = assessed(world, served, marks(sheet, "5", "80"))
    with world.writing() as session:
        first, second = sheet.items
        item = ItemDraft("签约", "改了的标准", Decimal(50))
        sheet_operations.update_item(session, scope, first.id, item, None)
        sheet_operations.remove_item(session, scope, second.id)
        bounds = SheetDraft("考核表", 2024, Decimal(40), Decimal(30))
        sheet_operations.update_sheet(session, scope, sheet.id, bounds, None)

    shown = page.get(f"/advisers/assessments/{made.id}")
    assert shown.rows[0][:4] == ["合同签订", "1", "合同签订的标准", "5"]

    changed = page.fill(page.click(shown, "修改"), {"第2项「工作日志」得分": "70"})

    assert changed.facts["总分"] == "75"
    assert changed.facts["等次"] == "合格", "the bounds are those it was made with"


def test_a_ledger_brings_totals_and_does_not_overwrite_items(world: World, served) -> None:
    sheet = a_sheet(world)
    made = assessed(world, served, marks(sheet, "5", "80"))
    total = AssessmentDraft(
        2024, made.adviser_id, made.village_id, made.assessed_on, total=Decimal(99)
    )
    scope = world.scope()
    with pytest.raises(RuleBroken) as caught, world.writing() as session:
        operations.update_assessment(session, scope, made.id, total, None, TODAY)
    assert caught.value.field == "total"
    assert "逐项得分" in caught.value.message.zh

    world.void(made)
    with world.writing() as session:
        taken = operations.create_assessment(session, world.office_id, total, TODAY)
        assert taken.scores == []
    assert (taken.total, taken.grade) == (Decimal(99), Grade.EXCELLENT)


def test_government_counsel_is_assessed_too(world: World) -> None:
    sheet = a_sheet(world)
    counsel = an_assignment(world, an_adviser(world, "彭立"), None, "2024-03-01")
    assert assessed(world, counsel, marks(sheet, "5", "85")).village_id is None
    assert refusal(lambda: assessed(world, counsel, marks(sheet, "5", "85")))


def test_a_reader_sees_assessments_and_writes_none(world: World, served, reader: Visitor) -> None:
    made = assessed(world, served, marks(a_sheet(world), "5", "80"))
    assert "修改" not in reader.get(f"/advisers/assessments/{made.id}").links
    reader.get(f"/advisers/assignments/{served.id}/assess/2024", status=404)


# ------------------------------------------------------------------------- suggestions


def suggested(world: World, assignment, basis: ScoreBasis, most: str = "12") -> Suggestion:
    period = Period.of_year(2024, TODAY)
    with world.reading() as session:
        service = queries.service_of(
            session, world.office_id, assignment.adviser_id, assignment.village_id, period
        )
        assert service is not None
        rules = rules_of(session, world.office_id)
        known = facts_of(session, service, period, rules, TODAY)
        found = suggestion(basis, Decimal(most), known)
    assert found is not None
    return found


def rule(world: World, key: str, value: str) -> None:
    with world.writing() as session:
        rules_operations.set_rule(session, world.office_id, key, RuleDraft(value, "县里定的"))


def test_a_missed_month_of_twelve_costs_one_of_twelve_points(
    world: World, served, adviser, village
) -> None:
    rule(world, "visit_quota", "1 visits")
    for month in range(1, 12):
        a_visit(world, adviser, village, f"2024-{month:02}-05")
    # A colleague's visit is not this adviser's.
    a_visit(world, an_adviser(world, "李四"), village, "2024-12-05")

    found = suggested(world, served, ScoreBasis.VISITS)

    assert found.points == 11
    assert "12 个月中，11 个月" in found.said.zh


def test_months_without_the_adviser_are_not_due(world: World) -> None:
    rule(world, "visit_quota", "1 visits")
    village, adviser = world.a_village("甲村"), an_adviser(world, "张三")
    half = an_assignment(world, adviser, village, "2024-06-15", "2024-12-31")
    for month in range(7, 10):
        a_visit(world, adviser, village, f"2024-{month:02}-05")

    found = suggested(world, half, ScoreBasis.VISITS)

    assert "6 个月中，3 个月" in found.said.zh
    assert found.points == 6


def test_without_a_rule_no_points_are_suggested(world: World, served) -> None:
    rule(world, "visit_quota", "")
    assert suggested(world, served, ScoreBasis.VISITS).points is None


def test_lectures_are_held_against_the_quarters(world: World, served, adviser, village) -> None:
    rule(world, "lecture_quota", "1")
    for day in ("2024-02-05", "2024-02-06", "2024-11-05"):
        a_visit(world, adviser, village, day, kind=VisitKind.LECTURE)
    found = suggested(world, served, ScoreBasis.LECTURES, "8")
    assert found.points == 4
    assert "4 个季度中，2 个" in found.said.zh


def test_contracts_plates_and_logs_speak_for_points(world: World) -> None:
    village, adviser = world.a_village("甲村"), an_adviser(world, "张三")
    first = an_assignment(
        world, adviser, village, "2023-01-01", "2024-06-30", contract_signed_on="2022-12-20",
        plate_put_up_on="2023-01-05",
    )  # fmt: skip
    an_assignment(
        world, adviser, village, "2024-07-01", "2024-12-31", contract_signed_on="2024-07-02"
    )
    a_visit(world, adviser, village, "2024-03-05", result="已答复")
    a_visit(world, adviser, village, "2024-04-05")
    a_visit(world, adviser, village, "2024-05-05", result="已答复")

    contract = suggested(world, first, ScoreBasis.CONTRACT, "5")
    assert contract.points == Decimal("2.5")
    assert contract.said.zh == "1 份合同按时签订，1 份晚于开始日期，0 份没有签订日期"
    assert suggested(world, first, ScoreBasis.PLATE, "5").points == Decimal("2.5")
    log = suggested(world, first, ScoreBasis.LOG, "20")
    assert log.points == 13, "two of three, rounded down to half a point"
    assert log.said.zh == "全年 3 条服务记录，2 条写明结果"
