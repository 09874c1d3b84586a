"""Where, about what and when events were held: the tiles' numbers are the figure's."""

from __future__ import annotations

from flask import Flask

from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.offices.terms import OfficeLevel


def numbers(shown: Page, key: str) -> dict[str, str]:
    """The numbers of one picture, as the table under it says them."""
    figure = next(
        f
        for f in shown.tree.all("figure")
        if any(n.get("id") == f"{key}-title" for n in f.all("title"))
    )
    rows = [[cell.text for cell in row.all("th", "td")] for row in figure.all("tr")]
    return {name: value for name, value, *_ in rows[1:]}


def in_tiles(shown: Page, key: str) -> list[str]:
    svg = next(
        s
        for s in shown.tree.all("svg")
        if any(n.get("id") == f"{key}-title" for n in s.all("title"))
    )
    return [t.text for t in svg.all("text") if t.get("class") == "tile-value"]


def _year(world: World) -> None:
    one, two = world.a_village("石桥村"), world.a_village("新田村")
    world.a_village("竹园村")
    world.an_event("宪法", "2024-12-04", villages=[one, two], themes=["宪法宣传"])
    world.an_event("禁毒", "2024-06-26", villages=[one], themes=["禁毒", "宪法宣传"])
    world.an_event("全镇", "2024-06-01")
    world.an_event("作废的", "2024-06-02", villages=[one], voided="登错")
    world.an_event("去年的", "2023-06-02", villages=[one])


def test_tiles_print_the_number_of_each_village_theme_and_month(
    page: Visitor, world: World
) -> None:
    _year(world)
    shown = page.get("/outreach/spread/2024")
    assert numbers(shown, "by-village") == {"石桥村": "2", "新田村": "1", "竹园村": "0"}
    assert in_tiles(shown, "by-village") == ["2", "1", "0"]
    assert numbers(shown, "by-theme") == {"宪法宣传": "2", "禁毒": "1", "未填写": "1"}
    months = numbers(shown, "by-month")
    assert (months["6月"], months["12月"], months["1月"]) == ("2", "1", "0")
    assert sum(map(int, months.values())) == world.value("outreach.events", 2024) == 3
    assert "另有 1 次没有填写村（社区）" in shown.text


def test_one_month_and_one_theme_narrow_the_tiles(page: Visitor, world: World) -> None:
    _year(world)
    june = page.get("/outreach/spread/2024?month=6")
    assert numbers(june, "by-village") == {"石桥村": "1", "新田村": "0", "竹园村": "0"}
    theme = june.form("查询").choices("theme")["宪法宣传"]
    both = page.get(f"/outreach/spread/2024?month=12&theme={theme}")
    assert numbers(both, "by-village") == {"石桥村": "1", "新田村": "1", "竹园村": "0"}
    assert numbers(both, "by-month")["6月"] == "1"


def test_every_number_opens_into_its_events(page: Visitor, world: World) -> None:
    _year(world)
    shown = page.get("/outreach/spread/2024?month=6")
    links = {
        a.text: a.get("href") for a in shown.tree.all("a") if "/outreach/events/?" in a.get("href")
    }
    for name, number in {**numbers(shown, "by-village"), **numbers(shown, "by-month")}.items():
        rows = [row for row in page.get(links[name]).rows if row[0] != "没有记录"]
        assert len(rows) == int(number), name


def test_a_year_without_events_says_so(page: Visitor, world: World) -> None:
    assert "还没有村（社区）" in page.get("/outreach/spread/2020").text
    page.get("/outreach/spread/1066", status=404)


def test_a_county_sees_its_townships(app: Flask, world: World) -> None:
    county = world.an_office("石门县", level=OfficeLevel.COUNTY)
    for name, events in (("甲镇", 2), ("乙镇", 1)):
        township = world.an_office(name, under=county)
        for number in range(events):
            world.an_event(f"第{number}场", office=township)
    world.a_user(name="xianju", office=county)
    person = Visitor(app)
    person.sign_in("xianju")
    shown = person.get("/outreach/spread/2024")
    assert numbers(shown, "by-office") == {"甲镇": "2", "乙镇": "1"}
