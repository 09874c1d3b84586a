"""The page of a year, the page of a figure, and the same as JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from tests.support.page import Page, Visitor
from tests.support.statements import counting
from tests.support.world import World
from tracker.figures import catalogue, reading
from tracker.kernel.headcount import CountBasis
from tracker.offices.terms import OfficeLevel
from tracker.outreach.terms import EventState


def _row(shown: Page, label: str) -> list[str]:
    return next(row for row in shown.rows if row[0] == label)


def test_the_year_shows_this_year_last_year_and_the_change(page: Visitor, world: World) -> None:
    world.an_event(on="2023-06-26", headcount=1204)
    world.an_event(on="2024-06-26", headcount=823)
    world.an_event(on="2024-12-04", headcount=817)
    shown = page.get("/yearbook/2024")
    assert _row(shown, "普法宣传参加人次")[1:4] == ["1,640 人次", "1,204", "+436"]
    assert _row(shown, "普法宣传活动次数")[1:4] == ["2 次", "1", "+1"]
    assert "1600多人" in shown.text
    assert _row(page.get("/yearbook/2023"), "普法宣传参加人次")[1] == "1,204 人次"


def test_the_year_says_how_the_heads_were_counted(page: Visitor, world: World) -> None:
    world.an_event(headcount=1120, count_basis=CountBasis.SIGNED_IN)
    world.an_event(headcount=520, count_basis=CountBasis.ESTIMATED)
    world.an_event()
    note = _row(page.get("/yearbook/2024"), "普法宣传参加人次")[4]
    assert note == "签到 1,120，估计 520；1 条未登记人次"


def test_a_figure_opens_into_its_records_and_those_left_out(page: Visitor, world: World) -> None:
    world.an_event("集市", headcount=823)
    world.an_event("讲座", headcount=800)
    world.an_event("取消的", state=EventState.CANCELLED)
    world.an_event("登重的", voided="重复")
    world.an_event("没数人")
    world.an_event("去年的", "2023-05-01", headcount=9)
    shown = page.get("/yearbook/2024/outreach.person_times")
    assert "计入的记录（2 条）" in shown.text
    assert "合计：1,623" in shown.text
    assert ["集市", "PF-2024-001", "2024-06-26", "823"] in shown.rows
    boxes = {box.the("summary").text: box.text for box in shown.main.all("details")}
    assert "取消的" in boxes["已取消（1 条）"]
    assert "登重的" in boxes["已作废（1 条）"]
    assert "没数人" in boxes["未登记参加人次（1 条）"]
    assert "去年的" in boxes["不在本年度（1 条）"]
    assert page.click(shown, "集市").h1 == "集市"


def test_the_definition_stands_on_the_page(page: Visitor) -> None:
    shown = page.get("/yearbook/2024/outreach.person_times")
    assert "未登记人次的活动不计入" in shown.facts["口径"]


def test_a_figure_is_broken_down(page: Visitor, world: World) -> None:
    first, second = world.a_village("甲村"), world.a_village("乙村")
    world.an_event(on="2024-03-01", headcount=10, villages=[first, second], themes=["禁毒"])
    world.an_event(on="2024-03-09", headcount=5, villages=[first], themes=["宪法"])
    by = page.get("/api/figures/2024/outreach.person_times").json["by"]
    parts = {key: {p["label"]: p["value"] for p in each["parts"]} for key, each in by.items()}
    assert parts["month"]["3月"] == 15
    assert parts["month"]["4月"] == 0
    assert parts["village"] == {"甲村": 15, "乙村": 10}
    assert parts["theme"] == {"禁毒": 10, "宪法": 5}
    assert by["village"]["overlapping"]
    shown = page.get("/yearbook/2024/outreach.person_times")
    assert "各项之和可能大于总数" in shown.text
    assert ["甲村", "15"] in [row[:2] for row in shown.rows]


def test_a_year_without_records_is_nought_and_not_nothing(page: Visitor) -> None:
    shown = page.get("/yearbook/2024")
    assert _row(shown, "普法宣传活动次数")[1] == "0 次"
    assert page.get("/api/figures/2024/outreach.events").json["figure"]["value"] == 0


def test_a_share_of_nothing_is_empty(page: Visitor) -> None:
    found = page.get("/api/figures/2024/outreach.village_coverage").json["figure"]
    assert found["value"] is None
    assert found["phrase"] == "无法统计"


@pytest.mark.parametrize(
    "path",
    [
        "/yearbook/1900",
        "/yearbook/1990",
        "/yearbook/2027",
        "/yearbook/0",
        "/yearbook/99999",
        "/yearbook/2024/outreach.nothing",
        "/yearbook/2024/" + "x" * 101,
        "/yearbook/2024/../../etc",
        "/yearbook/-1",
    ],
)
def test_years_and_keys_that_are_none_are_not_found(page: Visitor, path: str) -> None:
    page.get(path, status=404)


def test_the_json_of_a_wrong_key_is_json(page: Visitor) -> None:
    answer = page.client.get("/api/figures/2024/outreach.nothing")
    assert answer.status_code == 404
    assert answer.get_json()["error"]["code"] == 404


def test_states_of_the_running_year_are_read_today(
    page: Visitor, world: World, on_day: Callable[[date], None]
) -> None:
    world.a_village("老村", closed_on=date(2025, 7, 1))
    world.a_village("新村")
    on_day(date(2025, 6, 30))
    assert page.get("/api/figures/2025").json["as_at"] == "2025-06-30"
    assert world.value("offices.villages", 2025) == 2
    on_day(date(2025, 7, 1))
    assert world.value("offices.villages", 2025) == 1
    assert page.get("/api/figures/2024").json["as_at"] == "2024-12-31"
    assert world.value("offices.villages", 2024) == 2


def test_a_county_reads_its_townships_together(world: World, app: Flask) -> None:
    county = world.an_office("石门县", level=OfficeLevel.COUNTY)
    for number, name in enumerate(("维新镇", "磨市镇"), start=1):
        township = world.an_office(name, under=county)
        world.an_event(f"{name}普法", office=township, headcount=100 * number)
    world.an_event("别县的", headcount=7000)
    world.a_user(name="xianju", office=county)
    person = Visitor(app)
    person.sign_in("xianju")
    shown = person.get("/api/figures/2024/outreach.person_times").json
    assert shown["figure"]["value"] == 300
    assert {record["title"] for record in shown["records"]} == {"维新镇普法", "磨市镇普法"}
    by_office = {p["label"]: p["value"] for p in shown["by"]["office"]["parts"]}
    assert by_office == {"维新镇": 100, "磨市镇": 200}
    person.get("/yearbook/2024")
    person.get("/yearbook/2024/outreach.person_times")


def test_the_pages_read_in_english(page: Visitor, world: World) -> None:
    world.an_event("集市", headcount=1623)
    page.read_in("en")
    shown = page.get("/yearbook/2024/outreach.person_times")
    assert shown.h1 == "Person-times at outreach events"
    assert "more than 1,600 people" in shown.text


# ----------------------------------------------------------------- what it costs to read


def _sources(world: World) -> int:
    return len(reading.measures_by_source(reading.simple_figures(world.figures(2024))))


def test_reading_all_figures_takes_one_pass_per_source(app: Flask, world: World) -> None:
    for number in range(5):
        world.an_event(headcount=number)
    scope, figures = world.scope(), world.figures(2024)
    with world.reading() as session:
        session.connection()
        with counting(app) as asked:
            found = reading.read(session, figures, scope, world.period(2024))
    assert len(found) == len(figures) > _sources(world)
    assert asked.count == _sources(world), "\n\n".join(asked.statements)


def test_the_year_page_costs_the_same_however_much_is_recorded(
    app: Flask, page: Visitor, world: World
) -> None:
    world.an_event(headcount=1)
    page.get("/yearbook/2024")
    with counting(app) as few:
        page.get("/yearbook/2024")
    villages = [world.a_village() for _ in range(20)]
    for number in range(60):
        world.an_event(headcount=number, villages=villages[:3], themes=["禁毒"])
    with counting(app) as many:
        page.get("/yearbook/2024")
    assert many.count == few.count
    assert many.count <= _sources(world) + 8, "\n".join(many.statements)


def test_the_page_of_a_figure_costs_the_same_however_much_is_recorded(
    app: Flask, page: Visitor, world: World
) -> None:
    world.an_event(headcount=1)
    with counting(app) as few:
        page.get("/yearbook/2024/outreach.person_times")
    for number in range(40):
        world.an_event(headcount=number, villages=[world.a_village()])
    with counting(app) as many:
        page.get("/yearbook/2024/outreach.person_times")
    assert many.count == few.count


def test_a_key_from_the_catalogue_of_another_year_is_still_found(world: World) -> None:
    scope = world.scope()
    with world.reading() as session:
        for year in (1991, 2024, 2026):
            keys = {figure.key for figure in catalogue.figures_for(session, scope, year)}
            assert "outreach.events" in keys
