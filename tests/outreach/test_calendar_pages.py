"""The calendar of a year: its days, what was held for them, and what an office sets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask

from tests.support.page import Page, Visitor
from tests.support.statements import counting
from tests.support.world import World
from tracker.outreach.calendar import queries
from tracker.outreach.calendar.queries import DayEvents
from tracker.outreach.terms import EventState

LIST = "/outreach/calendar/2024?view=list"


def row(page: Page, name: str) -> list[str]:
    """The row of a day in the list view."""
    found = [each for each in page.rows if each and each[0].startswith(name)]
    assert len(found) == 1, (name, [each[0] for each in page.rows])
    return found[0]


def events_for(world: World, key: str, year: int = 2024) -> DayEvents:
    with world.reading() as session:
        found = queries.occurrences(session, world.office_id, year)
        return queries.events_for(session, world.scope(), found)[key]


# ------------------------------------------------------------------------------ what stands in it


def test_the_year_shows_twelve_months_with_their_days(page: Visitor) -> None:
    shown = page.get("/outreach/calendar/2024")
    assert shown.h1 == "2024年普法宣传日历"
    for text in ("1月", "12月", "国际禁毒日", "6月26日", "老年节", "10月11日"):
        assert text in shown.text
    one_month = page.get("/outreach/calendar/2024?month=6")
    assert "国际禁毒日" in one_month.text
    assert "国家宪法日" not in one_month.text
    assert page.client.get("/outreach/calendar/").location == "/outreach/calendar/2025"
    page.get("/outreach/calendar/1989", status=404)
    page.get("/outreach/calendar/2100", status=404)


def test_a_year_without_data_says_so_instead_of_guessing(page: Visitor) -> None:
    shown = page.get("/outreach/calendar/2031?view=list")
    for name in ("老年节", "中国农民丰收节", "宪法宣传周", "国家网络安全宣传周"):
        assert "2031年的日期尚未公布，请按通知确认" in row(shown, name)[1]
    assert "月" not in row(shown, "老年节")[1].split("日期")[0], "no date is made up"
    assert row(shown, "全国助残日")[1].startswith("5月18日"), "a rule needs no data"
    assert "森林法 art.10" in row(shown, "植树节")[3], "every day names its source"


def test_days_that_began_later_are_not_in_earlier_years(page: Visitor) -> None:
    assert "全民阅读活动周" not in page.get("/outreach/calendar/2025").text
    assert "全民阅读活动周" in page.get("/outreach/calendar/2026").text
    assert "全国生态日" not in page.get("/outreach/calendar/2022").text


# ------------------------------------------------------------------------------- events for a day


def test_events_that_name_the_day_or_are_about_it_on_its_dates_are_for_it(world: World) -> None:
    ways: tuple[dict[str, Any], ...] = (
        {"on": "2024-07-02", "publicity_day": "anti_drug_day"},
        {"on": "2024-06-26", "laws": "禁毒法、民法典"},
        {"on": "2024-06-26", "themes": ["禁毒"]},
        {"on": "2024-06-20", "to": "2024-06-26", "laws": "禁毒法"},
    )
    for count, event in enumerate(ways, 1):
        world.an_event("赶集普法", **event)
        assert events_for(world, "anti_drug_day") == DayEvents(held=count), event


def test_other_events_are_not_for_the_day(world: World) -> None:
    others: tuple[dict[str, Any], ...] = (
        {"on": "2024-06-26", "laws": "民法典"},
        {"on": "2024-06-25", "laws": "禁毒法"},
        {"on": "2023-06-26", "laws": "禁毒法"},
        {"on": "2023-07-02", "publicity_day": "anti_drug_day"},
        {"on": "2024-06-26", "laws": "禁毒法", "state": EventState.CANCELLED},
        {"on": "2024-06-26", "laws": "禁毒法", "voided": "重复登记"},
        {"on": "2024-06-26", "publicity_day": "fire_day"},
        {"on": "2024-06-26", "laws": "禁毒法", "office": world.an_office()},
    )
    for event in others:
        world.an_event("赶集普法", **event)
        assert events_for(world, "anti_drug_day") == DayEvents(), event


def test_the_number_of_a_day_opens_exactly_its_events(page: Visitor, world: World) -> None:
    world.an_event("当天禁毒宣传", "2024-06-26", laws="禁毒法")
    world.an_event("后来补办", "2024-07-09", publicity_day="anti_drug_day")
    world.an_event("禁毒报告会（计划）", "2024-06-26", laws="禁毒法", state=EventState.PLANNED)
    world.an_event("别的活动", "2024-06-26", laws="民法典")
    shown = page.get(LIST)
    assert "已举办 2 次" in row(shown, "国际禁毒日")[4]
    opened = page.get("/outreach/events/?day=anti_drug_day&year=2024&state=held")
    assert sorted(each[0] for each in opened.rows) == ["后来补办", "当天禁毒宣传"]
    assert "宣传日：国际禁毒日" in opened.text


def test_a_day_gone_by_without_an_event_says_so_and_one_to_come_does_not(
    page: Visitor, world: World
) -> None:
    world.an_event("宪法宣传", "2025-12-04", laws="宪法", state=EventState.PLANNED)
    shown = page.get("/outreach/calendar/2025?view=list")
    assert "未到日期" in row(shown, "国际禁毒日")[4]
    assert "计划中 1 次" in row(shown, "国家宪法日")[4]
    assert "没有登记活动" in row(page.get(LIST), "国际禁毒日")[4]


def test_all_events_of_all_days_are_found_in_one_statement(app: Flask, world: World) -> None:
    scope = world.scope()
    with world.reading() as session:
        found = queries.occurrences(session, world.office_id, 2024)
        with counting(app) as asked:
            queries.events_for(session, scope, found)
    assert asked.count == 2, "one for the themes, one for the events"


# ------------------------------------------------------------------------- starting from a day


def test_one_click_starts_an_event_with_title_theme_and_laws(page: Visitor, world: World) -> None:
    shown = page.get("/outreach/events/new?day=anti_drug_day&year=2024")
    form = shown.form("保存")
    assert shown.value("活动名称") == "国际禁毒日宣传活动"
    assert shown.value("活动日期") == "2024-06-26"
    assert shown.value("宣传的法律法规") == "禁毒法"
    assert form.values()["publicity_day"] == ["anti_drug_day"]
    saved = page.fill("/outreach/events/new?day=anti_drug_day&year=2024", {"参加人次": "30"})
    assert saved.facts["主题"] == "禁毒"
    assert saved.facts["宣传日"] == "国际禁毒日"
    assert events_for(world, "anti_drug_day") == DayEvents(held=1)


def test_a_day_to_come_is_planned_and_a_running_week_begins_today(
    page: Visitor, on_day: Callable[[date], None]
) -> None:
    shown = page.get("/outreach/events/new?day=constitution_day&year=2025")
    assert shown.form("保存").values()["state"] == ["planned"]
    on_day(date(2023, 12, 5))
    shown = page.get("/outreach/events/new?day=constitution_week&year=2023")
    assert shown.value("活动日期") == "2023-12-05"
    assert shown.form("保存").values()["state"] == ["held"]


def test_a_day_there_is_not_starts_an_empty_event(page: Visitor) -> None:
    for query in ("day=no_such_day&year=2024", "day=reading_week&year=2024", "day=own_9_x&year=1"):
        assert page.get(f"/outreach/events/new?{query}").value("活动名称") == ""


# ------------------------------------------------------------------ what an office sets


def test_confirmed_dates_hold_with_the_notice_and_can_be_taken_back(
    page: Visitor, admin: Visitor, world: World
) -> None:
    page.fill(
        "/outreach/calendar/2026/constitution_week/confirm",
        {
            "开始日期": "2026-11-30",
            "结束日期": "2026-12-06",
            "依据的通知": "县普法办2026年宪法宣传周通知",
        },
    )
    shown = row(page.get("/outreach/calendar/2026?view=list"), "宪法宣传周")
    assert shown[1].startswith("11月30日至12月6日")
    assert "本单位已确认" in shown[1]
    assert "尚未公布" not in shown[1]
    assert "县普法办2026年宪法宣传周通知" in shown[3]
    assert "宣传日的日期" in admin.get("/changes/").text
    confirm = page.get("/outreach/calendar/2026/constitution_week/confirm")
    page.press(confirm, "撤销确认")
    assert "尚未公布" in row(page.get("/outreach/calendar/2026?view=list"), "宪法宣传周")[1]


def test_dates_that_cannot_be_are_refused(page: Visitor) -> None:
    good = {"开始日期": "2026-11-30", "结束日期": "2026-12-06", "依据的通知": "通知"}
    shown = page.get("/outreach/calendar/2026/constitution_week/confirm")
    for entries, message in (
        ({"开始日期": "2025-12-01"}, "请填2026年的日期"),
        ({"结束日期": "2026-11-01"}, "结束日期不能早于开始日期，请核对"),
        ({"结束日期": "2027-11-01"}, "宣传日（周、月）不超过四个月，请核对"),
        ({"依据的通知": ""}, "请填写依据的通知"),
        ({"开始日期": ""}, "请填写开始日期"),
    ):
        assert page.fill(shown, {**good, **entries}, status=422).errors == [message]


def test_a_confirmed_day_without_data_stands_on_its_dates(page: Visitor, world: World) -> None:
    page.fill(
        "/outreach/calendar/2031/elder_day/confirm",
        {"开始日期": "2031-10-24", "依据的通知": "2031年通知"},
    )
    shown = row(page.get("/outreach/calendar/2031?view=list"), "老年节")
    assert shown[1].startswith("10月24日")


def test_a_day_the_office_does_not_keep_is_gone_until_it_is_put_back(page: Visitor) -> None:
    page.post("/outreach/calendar/days/wetlands_day/keep", {"kept": "0"})
    assert "世界湿地日" not in page.get("/outreach/calendar/2024").text
    page.post("/outreach/calendar/days/wetlands_day/keep", {"kept": "1"})
    assert "世界湿地日" in page.get("/outreach/calendar/2024").text
    page.post("/outreach/calendar/days/no_such_day/keep", {"kept": "1"}, status=404)


def test_an_own_day_stands_in_the_calendar_and_can_be_named_by_events(
    page: Visitor, world: World
) -> None:
    page.fill(
        "/outreach/calendar/days/new",
        {
            "名称": "架桥赶集普法日",
            "开始的月份": "10",
            "开始的日子": "18",
            "宣传的法律法规": "民法典",
        },
    )
    shown = page.get(LIST)
    assert row(shown, "架桥赶集普法日")[1].startswith("10月18日")
    with world.reading() as session:
        key = queries.local_days_of(session, world.office_id)[0].key
    world.an_event("赶集普法", "2024-10-18", laws="民法典")
    world.an_event("赶集普法二", "2024-10-20", publicity_day=key)
    assert events_for(world, key) == DayEvents(held=2)


def test_an_own_day_that_cannot_be_is_refused(page: Visitor) -> None:
    good = {"名称": "赶集日", "开始的月份": "10", "开始的日子": "18"}
    shown = page.get("/outreach/calendar/days/new")
    for entries, message in (
        ({"开始的日子": "30", "开始的月份": "2"}, "2月没有每年都有的30日，请核对"),
        ({"结束的月份": "3", "结束的日子": "1"}, "结束日期不能早于开始日期，跨年的请分成两个"),
        ({"名称": "国际禁毒日"}, "日历中已有这一名称"),
        ({"开始的月份": "13"}, "开始的月份不能大于 12，请核对"),
    ):
        assert page.fill(shown, {**good, **entries}, status=422).errors == [message]


def test_an_event_cannot_name_a_day_of_nobodys_calendar(page: Visitor) -> None:
    name = page.get("/outreach/events/new").form("保存").named("宣传日")
    shown = page.fill(
        "/outreach/events/new",
        {"活动名称": "普法", "活动日期": "2024-06-26", "参加人次": "3", name: "own_1_nobody"},
        status=422,
    )
    assert shown.errors == ["请从列表中选择宣传日"]


def test_a_reader_sees_the_calendar_and_changes_nothing(reader: Visitor) -> None:
    shown = reader.get("/outreach/calendar/2024")
    assert "登记活动" not in shown.links
    reader.get("/outreach/calendar/2026/constitution_week/confirm", status=403)
    reader.get("/outreach/calendar/days/")


# ------------------------------------------------------------------------------------ the file


def test_the_file_holds_the_days_whose_dates_are_known(page: Visitor) -> None:
    def lines(year: int) -> list[str]:
        answer = page.client.get(f"/outreach/calendar/{year}/days.ics")
        assert answer.mimetype == "text/calendar"
        return answer.data.decode().replace("\r\n ", "").split("\r\n")

    before = lines(2026)
    assert "UID:elder_day-2026@430725115.publicity-days" in before
    assert "SUMMARY:老年节" in before
    assert not [line for line in before if "constitution_week" in line], "no notice yet"
    page.fill(
        "/outreach/calendar/2026/constitution_week/confirm",
        {"开始日期": "2026-11-30", "结束日期": "2026-12-06", "依据的通知": "通知"},
    )
    after = lines(2026)
    assert "UID:constitution_week-2026@430725115.publicity-days" in after
    assert "DTSTART;VALUE=DATE:20261130" in after
    assert "DTEND;VALUE=DATE:20261207" in after
    assert [u for u in before if u.startswith("UID:")] == [
        u for u in after if u.startswith("UID:") and "constitution_week" not in u
    ], "what is known keeps its name"


def test_the_file_needs_a_session(visitor: Visitor) -> None:
    assert visitor.client.get("/outreach/calendar/2024/days.ics").status_code == 302
