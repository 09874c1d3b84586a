"""The home page: what needs doing, and how the year goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.support.page import Visitor
from tests.support.world import World
from tracker.outreach.terms import EventState


def test_an_event_without_a_headcount_waits_to_be_completed(page: Visitor, world: World) -> None:
    event = world.an_event("没数人", "2025-01-10")
    shown = page.get("/")
    assert shown.links["补登参加人次：没数人"] == f"/outreach/events/{event.id}/edit"
    page.fill(f"/outreach/events/{event.id}/edit", {"参加人次": 12, "计数方式": "清点"})
    assert "补登参加人次：没数人" not in page.get("/").text


def test_a_planned_event_waits_once_its_day_has_gone_by(
    page: Visitor, world: World, on_day: Callable[[date], None]
) -> None:
    world.an_event("植树节普法", "2025-03-12", state=EventState.PLANNED)
    assert "植树节普法" not in page.get("/").text
    on_day(date(2025, 3, 13))
    assert "植树节普法" in page.get("/").text


def test_the_year_goes_by_month_and_village(page: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    world.a_village("维新村")
    world.an_event(on="2025-01-10", headcount=30, villages=[village])
    shown = page.get("/")
    assert ["1月", "1"] in [row[:2] for row in shown.rows]
    assert ["架桥村", "1"] in [row[:2] for row in shown.rows]
    assert ["维新村", "0"] in [row[:2] for row in shown.rows]


def test_somebody_who_may_only_read_is_not_asked_to_write(reader: Visitor) -> None:
    assert "登记活动" not in reader.get("/").links


def test_a_missing_page_says_what_to_do_next(page: Visitor) -> None:
    shown = page.get("/meiyou-zhe-yi-ye", status=404)
    assert shown.h1 == "没有找到"
    assert "回到首页" in shown.links


def test_a_village_without_adviser_leads_readers_to_the_village(
    page: Visitor, reader: Visitor, world: World
) -> None:
    village = world.a_village("架桥村")
    wanting = "架桥村没有在任的法律顾问"
    assert page.get("/").links[wanting] == f"/advisers/assignments/new?village={village.id}"
    assert reader.get("/").links[wanting] == f"/villages/{village.id}"


def test_the_years_before_are_one_click_away(page: Visitor, world: World) -> None:
    world.an_event(on="2023-05-10", headcount=30)
    shown = page.get("/")
    assert shown.links["2024年顾问覆盖"] == "/advisers/coverage/2024"
    assert shown.links["2023年从报名到领证"] == "/certification/cohort/2023"
    assert "2022年的数字" not in shown.links


def test_a_new_office_has_no_years_before(page: Visitor) -> None:
    assert "往年" not in page.get("/").text
