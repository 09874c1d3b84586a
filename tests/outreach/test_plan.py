"""The year's plan: what is to be done, what the events say was done, and what is late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.kernel.period import Period
from tracker.outreach.models import OutreachEvent
from tracker.outreach.planning import operations, queries
from tracker.outreach.planning.drafts import PlanItemDraft
from tracker.outreach.planning.models import PlanItem
from tracker.outreach.planning.periods import period_of_year
from tracker.outreach.planning.terms import PlanState
from tracker.outreach.terms import EventState

NEW = "/outreach/plan/2024/new"


def an_item(world: World, content: str = "宪法宣传", year: int = 2024, **draft: Any) -> PlanItem:
    with world.writing() as session:
        return operations.create_item(
            session, world.office_id, PlanItemDraft(year=year, content=content, **draft)
        )


def now(world: World, item: PlanItem) -> PlanItem:
    """The item with what was held for it."""
    with world.reading() as session:
        found = session.get(PlanItem, item.id)
        assert found is not None
        period = Period.of_year(found.year, date(2025, 1, 20))
        return queries.item_with_progress(session, found, period)


def held(world: World, item: PlanItem, on: str = "2024-06-26", **event: Any) -> OutreachEvent:
    return world.an_event("宪法进校园", on, plan_item_id=item.id, **event)


def row(page: Page, content: str) -> list[str]:
    """Content, office, due, events, person-times, state."""
    return next(each for each in page.rows if each and each[0] == content)


# ------------------------------------------------------------------------------------- progress


def test_progress_is_counted_from_the_events_that_name_the_item(
    page: Visitor, world: World
) -> None:
    item = an_item(world, target_events=2, target_person_times=500, due_on=date(2025, 6, 30))
    held(world, item, headcount=300)
    held(world, item, "2024-12-04", headcount=220)
    world.an_event("别的活动", headcount=99)
    shown = row(page.get("/outreach/plan/2024"), "宪法宣传")
    assert shown[3:] == ["2／2", "520／500", "已完成"]


def test_what_no_figure_counts_does_not_count_for_the_plan(world: World) -> None:
    item = an_item(world, target_events=1)
    others: tuple[dict[str, Any], ...] = (
        {"state": EventState.PLANNED},
        {"state": EventState.CANCELLED},
        {"voided": "重复登记"},
        {"on": "2023-12-31"},
        {"on": "2025-01-01"},
    )
    for event in others:
        held(world, item, **event)
        assert now(world, item).held_events == 0, event


def test_the_plan_and_the_figures_count_the_same(world: World) -> None:
    item = an_item(world)
    held(world, item, headcount=40)
    held(world, item, "2024-12-31", to="2025-01-02", headcount=2)
    held(world, item, state=EventState.CANCELLED)
    found = now(world, item)
    assert found.held_events == world.value("outreach.events") == 2
    assert found.held_person_times == world.value("outreach.person_times") == 42


def test_heads_nobody_wrote_down_are_not_zero(page: Visitor, world: World) -> None:
    item = an_item(world, target_person_times=100)
    held(world, item)
    assert row(page.get("/outreach/plan/2024"), "宪法宣传")[4].startswith("未登记／100")
    held(world, item, headcount=120)
    shown = row(page.get("/outreach/plan/2024"), "宪法宣传")
    assert shown[4].startswith("120／100")
    assert "1次未登记人次" in shown[4]


def test_each_number_opens_the_events_behind_it(page: Visitor, world: World) -> None:
    item = an_item(world, target_events=3)
    held(world, item, headcount=30)
    held(world, item, "2025-01-03")
    held(world, item, state=EventState.CANCELLED)
    listed = page.get("/outreach/plan/2024")
    assert row(listed, "宪法宣传")[3] == "1／3"
    opened = page.click(listed, "1／3")
    assert [each[0] for each in opened.rows] == ["宪法进校园"]
    assert opened.rows[0][2] == "2024-06-26"
    assert "普法计划事项：" in opened.text


def test_the_items_page_lists_what_names_it_and_says_what_does_not_count(
    page: Visitor, world: World
) -> None:
    item = an_item(world, target_events=3)
    held(world, item, headcount=30)
    held(world, item, "2025-01-03")
    shown = page.get(f"/outreach/plan/items/{item.id}")
    assert "有 1 次活动不在2024年，不计入这一年的计划。" in shown.text
    assert len([r for r in shown.rows if r and r[0] == "宪法进校园"]) == 2


@pytest.mark.parametrize(
    ("draft", "events", "today", "state"),
    [
        ({"target_events": 1}, 1, "2024-07-01", PlanState.DONE),
        ({"target_events": 2}, 1, "2024-07-01", PlanState.UNDER_WAY),
        ({"target_events": 2}, 0, "2024-07-01", PlanState.NOT_BEGUN),
        ({"target_events": 2, "due_on": date(2024, 7, 1)}, 1, "2024-07-01", PlanState.UNDER_WAY),
        ({"target_events": 2, "due_on": date(2024, 7, 1)}, 1, "2024-07-02", PlanState.LATE),
        ({"target_events": 1, "due_on": date(2024, 7, 1)}, 1, "2024-07-02", PlanState.DONE),
        ({"target_events": 2}, 1, "2024-12-31", PlanState.UNDER_WAY),
        ({"target_events": 2}, 1, "2025-01-01", PlanState.LATE),
        ({}, 1, "2025-01-01", PlanState.DONE),
        ({}, 0, "2025-01-01", PlanState.LATE),
        ({"target_person_times": 50}, 1, "2024-07-01", PlanState.UNDER_WAY),
        ({"target_events": 1, "target_person_times": 30}, 1, "2024-07-01", PlanState.DONE),
        ({"target_events": 0}, 0, "2024-07-01", PlanState.DONE),
    ],
)
def test_the_state_of_an_item(
    draft: dict[str, Any], events: int, today: str, state: PlanState
) -> None:
    item = PlanItem(year=2024, content="宪法", **draft)
    item.held_events, item.held_person_times = events, 30 * events or None
    assert item.state(date.fromisoformat(today)) is state


def test_late_items_stand_out_in_words_and_can_be_asked_for(page: Visitor, world: World) -> None:
    an_item(world, "逾期的", due_on=date(2024, 3, 1))
    item = an_item(world, "做完的", due_on=date(2024, 12, 31))
    held(world, item)
    shown = page.get("/outreach/plan/2024")
    assert row(shown, "逾期的")[5] == "逾期未完成"
    assert [each[0] for each in page.get("/outreach/plan/2024?state=late").rows] == ["逾期的"]
    assert [each[0] for each in page.get("/outreach/plan/2024?state=done").rows] == ["做完的"]


def test_a_late_item_of_this_year_waits_on_the_home_page_until_it_is_done(
    page: Visitor, world: World, on_day: Callable[[date], None]
) -> None:
    item = an_item(world, "国家安全教育", due_on=date(2024, 4, 30))
    world.an_event("别的活动", "2024-01-09", headcount=3)
    on_day(date(2024, 5, 1))
    assert "普法计划逾期未完成：国家安全教育" in page.get("/").text
    held(world, item, "2024-04-15", headcount=3)
    assert "普法计划逾期未完成" not in page.get("/").text


def test_a_late_item_is_a_finding_before_the_year_is_closed(page: Visitor, world: World) -> None:
    an_item(world, "国家安全教育", due_on=date(2024, 4, 30))
    assert "普法计划到期没有完成：JH-2024-001 国家安全教育" in (
        page.get("/yearbook/2024/closing").text
    )


# -------------------------------------------------------------------------------- the list itself


def test_a_clerk_enters_an_item_with_everything_the_list_asks_for(page: Visitor) -> None:
    shown = page.fill(
        NEW,
        {
            "普法内容": "宪法学习宣传",
            "计划年度": "２０２４年度",
            "完成时限": "2024年12月10日",
            "宣传的法律法规": "宪法",
            "责任领导": "分管副镇长",
            "责任人": "张三",
            "责任处室": "司法所",
            "普法对象": "干部群众",
            "学习宣传载体": "宪法宣传周",
            "方式措施": "集中宣传",
            "标准": "每村一场",
            "目标活动次数": "２",
            "目标人次": "300",
        },
    )
    assert shown.h1 == "宪法学习宣传"
    assert shown.facts["编号"] == "JH-2024-001"
    assert shown.facts["完成时限"] == "2024-12-10"
    assert shown.facts["目标活动次数"] == "2"
    assert shown.facts["年度"] == "2024"
    sheet = page.get("/outreach/plan/2024/sheet")
    assert [c for c in sheet.rows[0] if c][:3] == ["1", "宪法学习宣传", "宪法"]
    assert "每村一场" in sheet.text


def test_new_items_go_to_the_end_of_their_year(world: World) -> None:
    assert [an_item(world, f"第{n}项").position for n in (1, 2, 3)] == [1, 2, 3]
    assert an_item(world, "别的年度", 2025).position == 1


def test_an_item_that_cannot_be_is_refused(page: Visitor) -> None:
    shown = page.get(NEW)
    for entries, message in (
        ({"普法内容": ""}, "请填写普法内容"),
        ({"完成时限": "2023-12-31"}, "完成时限应在计划年度（2024年）之内，请核对年度和日期"),
        ({"完成时限": "年底"}, "完成时限请写成 2024-06-26 的样子"),
        ({"计划年度": "", "完成时限": ""}, "请填写计划年度或完成时限"),
        ({"目标人次": "-1"}, "目标人次不能小于 0"),
        ({"计划年度": "明年"}, "计划年度请写成 2024 的样子"),
        ({"计划年度": "1024"}, "计划年度请写成 2024 的样子"),
    ):
        refused = page.fill(shown, {"普法内容": "宪法", **entries}, status=422)
        assert refused.errors == [message]


def test_a_voided_item_is_out_of_the_list_and_comes_back(page: Visitor, world: World) -> None:
    item = an_item(world)
    page.fill(f"/outreach/plan/items/{item.id}/void", {"作废原因": "重复"}, press="作废")
    assert "宪法宣传" not in str(page.get("/outreach/plan/2024").rows)
    assert "宪法宣传" in str(page.get("/outreach/plan/2024?voided=1").rows)
    page.press(page.get(f"/outreach/plan/items/{item.id}"), "撤销作废")
    assert row(page.get("/outreach/plan/2024"), "宪法宣传")


def test_a_stale_save_is_shown_both_versions(page: Visitor, world: World) -> None:
    item = an_item(world)
    address = f"/outreach/plan/items/{item.id}/edit"
    before = page.get(address)
    page.fill(address, {"责任人": "张三"})
    shown = page.fill(before, {"责任人": "李四"}, status=409)
    assert "张三" in shown.text


def test_the_plan_of_another_office_is_neither_shown_nor_copied(
    page: Visitor, world: World
) -> None:
    other = world.an_office()
    with world.writing() as session:
        theirs = operations.create_item(
            session, other.id, PlanItemDraft(year=2023, content="邻镇的计划")
        )
    page.get(f"/outreach/plan/items/{theirs.id}", status=404)
    assert "邻镇" not in page.get("/outreach/plan/2023").text
    shown = page.post("/outreach/plan/2024/copy", {})
    assert "2023年没有可沿用的计划" in shown.text


def test_an_event_form_offers_the_plan_and_keeps_what_it_had(page: Visitor, world: World) -> None:
    item = an_item(world, laws="宪法")
    shown = page.get(f"/outreach/events/new?plan_item={item.id}")
    assert shown.value("活动名称") == "宪法宣传"
    assert shown.value("宣传的法律法规") == "宪法"
    saved = page.fill(shown, {"活动日期": "2024-12-04", "参加人次": "30"})
    assert saved.facts["普法计划事项"] == "JH-2024-001 宪法宣传"
    world.void(item, "并入别的事项")
    again = page.get(f"{saved.url}/edit")
    assert again.form("保存").values()["plan_item_id"] == [str(item.id)]


# ------------------------------------------------------------------------------- last year's plan


def contents(items: Sequence[PlanItem]) -> list[str]:
    return [item.content for item in items if not item.is_voided]


def test_last_years_plan_is_copied_once_with_its_days_a_year_on(
    page: Visitor, world: World
) -> None:
    an_item(world, "宪法", 2023, due_on=date(2023, 12, 10), target_events=2, leader="张三")
    an_item(world, "民法典", 2023, target_person_times=90)
    shown = page.press(page.get("/outreach/plan/2024"), "沿用2023年计划")
    assert "已沿用2023年计划 2 项" in shown.text
    assert row(shown, "宪法")[2:4] == ["2024-12-10", "0／2"]
    again = page.press(page.get("/outreach/plan/2024"), "沿用2023年计划")
    assert "已有的 2 项没有重复沿用" in again.text
    assert len(again.rows) == 2
    with world.reading() as session:
        first, second = queries.items_of_year(session, world.office_id, 2024)
        assert (first.leader, first.target_events, first.position) == ("张三", 2, 1)
        assert (second.due_on, second.target_person_times) == (None, 90)


def test_copying_is_taken_back_and_done_again_without_doubling(page: Visitor, world: World) -> None:
    an_item(world, "宪法", 2023)
    an_item(world, "民法典", 2023)
    shown = page.press(page.get("/outreach/plan/2024"), "沿用2023年计划")
    with world.reading() as session:
        kept = queries.items_of_year(session, world.office_id, 2024)[0]
    held(world, kept)
    taken_back = page.press(shown, "撤销")
    assert "1 项作废，已有活动的事项保留" in taken_back.text
    assert [each[0] for each in taken_back.rows] == ["宪法"]
    page.press(page.get("/outreach/plan/2024"), "沿用2023年计划")
    with world.reading() as session:
        items = queries.items_of_year(session, world.office_id, 2024)
        assert contents(items) == ["宪法", "民法典"]
        assert len(items) == 2


def test_what_somebody_voided_or_entered_is_not_copied_over(page: Visitor, world: World) -> None:
    an_item(world, "宪法", 2023)
    an_item(world, "民法典", 2023)
    page.press(page.get("/outreach/plan/2024"), "沿用2023年计划")
    with world.reading() as session:
        unwanted = queries.items_of_year(session, world.office_id, 2024)[1]
    world.void(unwanted, "今年不做")
    an_item(world, "禁毒", 2023)
    an_item(world, "禁毒", 2024)
    page.press(page.get("/outreach/plan/2024"), "沿用2023年计划")
    with world.reading() as session:
        items = queries.items_of_year(session, world.office_id, 2024)
        assert contents(items) == ["宪法", "禁毒"]


def test_a_leap_day_moves_to_the_28th() -> None:
    assert operations.a_year_on(date(2024, 2, 29)) == date(2025, 2, 28)
    assert operations.a_year_on(date(2024, 3, 1)) == date(2025, 3, 1)


# ------------------------------------------------------------------------------------- the periods


def test_the_plan_names_its_five_year_period(page: Visitor) -> None:
    assert "八五普法（2021—2025年）" in page.get("/outreach/plan/2025").text
    assert "九五普法（2026—2030年）" in page.get("/outreach/plan/2026").text
    assert period_of_year(2031) is None
    assert "五普法" not in page.get("/outreach/plan/2031").text
    assert page.client.get("/outreach/plan/").location == "/outreach/plan/2025"
    page.get("/outreach/plan/1989", status=404)
