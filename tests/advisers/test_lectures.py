"""A lecture that is an outreach event, too, is entered once and counted once in each figure."""

from __future__ import annotations

import pytest

from tests.advisers.support import a_visit, an_adviser, an_assignment
from tests.support.page import Visitor
from tests.support.world import World
from tracker.advisers.terms import VisitKind

LECTURE: dict[str, str] = {
    "法律顾问": "张三",
    "服务日期": "2024-05-20",
    "服务的村（社区）": "架桥村",
    "服务内容": "法治讲座",
    "事项": "民法典进农家",
    "讲座听讲人数": "46",
    "同时登记为普法活动": "y",
}


@pytest.fixture
def served(world: World) -> World:
    an_assignment(world, an_adviser(world, "张三"), world.a_village("架桥村"))
    return world


def test_one_entry_makes_both_and_neither_is_added_to_the_other(
    page: Visitor, served: World
) -> None:
    shown = page.fill("/advisers/visits/new", LECTURE)

    event = page.click(shown, "对应普法活动")
    assert event.h1 == "民法典进农家"
    assert event.facts["开展形式"] == "讲座／宣讲"
    assert event.facts["宣讲人"] == "张三"
    found = {key: served.value(key) for key in FIGURES}
    assert found == {
        "outreach.events": 1,
        "outreach.person_times": 46,
        "advisers.visits": 1,
        "advisers.lectures": 1,
    }


FIGURES = ("outreach.events", "outreach.person_times", "advisers.visits", "advisers.lectures")


def test_only_a_lecture_can_be_an_event(page: Visitor, served: World) -> None:
    refused = page.fill("/advisers/visits/new", {**LECTURE, "服务内容": "法律咨询"}, status=422)

    assert "只有法治讲座能同时登记为普法活动" in refused.error_beside("同时登记为普法活动")
    assert served.value("outreach.events") == 0


def test_a_refused_visit_leaves_no_event_behind(page: Visitor, served: World) -> None:
    page.fill("/advisers/visits/new", {**LECTURE, "服务日期": "2023-05-20"}, status=422)

    assert page.get("/outreach/events/").rows == []


def test_an_event_that_is_entered_already_is_asked_about(page: Visitor, served: World) -> None:
    served.an_event("民法典进农家", "2024-05-20", headcount=46)

    asked = page.fill("/advisers/visits/new", LECTURE, status=422)

    assert "同一天已登记过「民法典进农家」" in asked.text


def test_a_logged_lecture_becomes_an_event_later(page: Visitor, served: World) -> None:
    adviser, village = an_adviser(served, "李四"), served.a_village("新建村")
    an_assignment(served, adviser, village)
    visit = a_visit(
        served, adviser, village, "2024-06-03", "禁毒讲座", kind=VisitKind.LECTURE, attendees=30
    )

    form = page.click(page.get(f"/advisers/visits/{visit.id}"), "登记为普法活动")
    assert (form.value("活动名称"), form.value("参加人次")) == ("禁毒讲座", "30")
    page.fill(form, {})

    shown = page.get(f"/advisers/visits/{visit.id}")
    assert "对应普法活动" in shown.links
    assert "登记为普法活动" not in shown.links
    assert served.value("outreach.events") == 1
    assert page.get(f"/advisers/visits/{visit.id}/event").h1 == "禁毒讲座"  # on to the event
