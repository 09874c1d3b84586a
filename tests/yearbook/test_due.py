"""What is due: one page, its calendar file and ``tracker remind`` say the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from tests.advisers.support import an_adviser, an_assignment
from tests.certification.support import a_certificate, a_sitting, a_term, an_officer, sat
from tests.support.command_line import Line
from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.outreach.terms import EventState


def groups(shown: Page) -> dict[str, list[str]]:
    """The items under each heading."""
    found: dict[str, list[str]] = {}
    for node in shown.main.all("h2", "table"):
        if node.tag == "h2":
            heading = node.text.partition("（")[0]
            found[heading] = []
        else:
            found[heading] += [head.text for head in node.all("th", scope="row")]
    return found


def a_card(world: World, name: str, until: str, *, left: str = "", enforcement: bool = True) -> int:
    officer = an_officer(world, name, until=left, enforcement=enforcement)
    return a_certificate(world, officer, a_term("2020-01-01", until), number=f"湘{name}").id


def test_by_day_late_things_first_and_what_has_no_day_last(page: Visitor, world: World):
    """It is 20 January 2025."""
    a_card(world, "过期", "2025-01-19")
    a_card(world, "今天", "2025-01-20")
    a_card(world, "一周", "2025-01-27")
    a_card(world, "一月", "2025-02-19")
    a_card(world, "以后", "2025-04-20")
    a_card(world, "已调走", "2027-12-31", left="2024-12-01")
    world.an_event("没数人", "2025-01-10")

    found = groups(page.get("/due/"))

    assert list(found) == ["已过日期", "今天", "7 天内", "30 天内", "30 天以后", "没有日期"]
    assert found["已过日期"] == ["补登参加人次：没数人", "执法证已过期，仍在执法岗位：过期"]
    assert found["今天"] == ["执法证即将到期：今天"]
    assert "执法证即将到期：一周" in found["7 天内"]
    assert "执法证即将到期：一月" in found["30 天内"]
    assert "执法证即将到期：以后" in found["30 天以后"]
    assert "已离岗，执法证尚未收回：已调走" in found["没有日期"]


def test_everything_on_the_home_page_is_on_this_one(page: Visitor, world: World):
    for n in range(25):
        a_card(world, f"人{n:02}", "2025-02-01")
    home = [row[0] for row in page.get("/").rows if row[0].startswith("执法证即将到期")]

    here = [row[0] for row in page.get("/due/").rows if row[0].startswith("执法证即将到期")]

    assert len(home) == 20
    assert len(here) == 25
    assert set(home) < set(here)
    assert page.get("/").links["全部待办：按日期、按人员，连同将到期的"] == "/due/"


def test_certificates_stand_in_it_once_and_with_their_band(page: Visitor, world: World):
    a_card(world, "甲", "2025-03-01")
    a_card(world, "乙", "2025-06-01")
    a_card(world, "丙", "2025-07-20")
    both = an_officer(world, "两本")
    a_certificate(world, both, a_term("2020-01-01", "2025-02-01"), number="旧")
    a_certificate(world, both, a_term("2024-01-01", "2028-12-31"), number="新")
    past = an_officer(world, "旧证没交")
    a_certificate(world, past, a_term("2019-01-01", "2024-01-31"), number="过期的")
    a_certificate(world, past, a_term("2024-01-01", "2028-12-31"), number="有效的")

    items = [row[0] for row in page.get("/due/").rows if "执法证" in row[0]]

    assert items == [
        "执法证已过期，仍在册：旧证没交（过期的）",
        "执法证 30 天内到期：两本（旧）",
        "执法证即将到期：甲",
        "执法证 180 天内到期：乙（湘乙）",
    ]


def test_each_item_leads_to_the_act_that_settles_it(page: Visitor, reader: Visitor, world: World):
    ending = a_card(world, "将到期", "2025-02-01")
    gone = a_card(world, "已调走", "2027-12-31", left="2024-12-01")
    without = an_officer(world, "没有证")
    passed = an_officer(world, "已合格", enforcement=False)
    sat(world, a_sitting(world), passed, general=80, special=80)

    links = page.get("/due/").links

    assert links["执法证即将到期：将到期"] == f"/certification/certificates/{ending}/terms/new"
    assert links["已离岗，执法证尚未收回：已调走"] == (
        f"/certification/certificates/{gone}/status/new?change=returned"
    )
    new = "/certification/certificates/new?officer="
    assert links["执法岗位人员没有有效证件：没有证"] == f"{new}{without.id}"
    assert links["考试合格，尚未登记领证：已合格"] == f"{new}{passed.id}"
    for item in ("执法证即将到期：将到期", "已离岗，执法证尚未收回：已调走"):
        page.get(links[item])
        assert reader.get("/due/").links[item].startswith("/certification/officers/")


def test_doing_it_takes_it_off_the_list(page: Visitor, world: World):
    a_card(world, "将到期", "2025-02-01")
    renewal = page.get("/due/").links["执法证即将到期：将到期"]

    page.fill(
        renewal, {"发证日期": "2025-01-20", "有效期起": "2025-02-02", "有效期止": "2030-02-01"}
    )

    assert "将到期" not in " ".join(row[0] for row in page.get("/due/").rows)


def test_by_person_and_for_one_person(page: Visitor, world: World):
    a_card(world, "甲", "2025-02-01")
    an_assignment(world, an_adviser(world, "张律师"), world.a_village(), "2024-01-01", "2025-03-01")
    a_card(world, "乙", "2025-01-01")

    found = groups(page.get("/due/?by=person"))

    assert list(found)[:2] == ["乙", "甲"]
    assert [text for text in found["张律师"] if "聘期将满" in text]
    assert found["没有写明人员"]
    assert [row[2] for row in page.get("/due/?person=甲").rows] == ["甲"]


def test_assignments_that_end_later_stand_in_it_as_far_as_one_looks(page: Visitor, world: World):
    village = world.a_village("架桥村")
    an_assignment(world, an_adviser(world, "张三"), village, "2024-01-01", "2025-04-30")
    item = "张三的聘期将满（架桥村），请续聘或改聘"

    assert item in page.get("/due/?days=100").links
    assert item not in page.get("/due/?days=99").links
    assert item not in page.get("/").links


def test_publicity_days_of_two_weeks_without_an_event(
    page: Visitor, world: World, on_day: Callable[[date], None]
):
    on_day(date(2025, 11, 20))
    constitution = [t for t in page.get("/due/").links if "国家宪法日" in t]
    on_day(date(2025, 11, 19))
    too_early = [t for t in page.get("/due/").links if "国家宪法日" in t]
    assert (len(constitution), too_early) == (1, [])
    on_day(date(2025, 11, 20))
    address = page.get("/due/").links[constitution[0]]
    assert address.startswith("/outreach/events/new?day=")
    page.get(address)

    key = address.partition("day=")[2].partition("&")[0]
    world.an_event("宪法日普法", "2025-12-04", state=EventState.PLANNED, publicity_day=key)

    assert constitution[0] not in page.get("/due/").links


@pytest.mark.parametrize("days", ["0", "367", "-1", "abc", "９"])
def test_a_span_that_is_none_is_the_usual_one(page: Visitor, days: str):
    assert "180 天内到期的" in page.get(f"/due/?days={days}").text


def test_the_calendar_file_has_the_dated_ones(page: Visitor, world: World):
    a_card(world, "甲", "2025-02-01")
    a_card(world, "已调走", "2027-12-31", left="2024-12-01")

    answer = page.client.get("/due/due.ics")
    text = answer.data.decode().replace("\r\n ", "")

    assert answer.mimetype == "text/calendar"
    assert "SUMMARY:执法证即将到期：甲\r\n" in text
    assert "DTSTART;VALUE=DATE:20250201" in text
    assert "/certification/certificates/" in text.partition("URL:")[2]
    assert "已调走" not in text
    again = page.client.get("/due/due.ics").data.decode()
    assert _uids(again) == _uids(answer.data.decode())
    assert len(set(_uids(again))) == len(_uids(again))


def _uids(text: str) -> list[str]:
    return [line for line in text.replace("\r\n ", "").split("\r\n") if line.startswith("UID:")]


def test_nobody_reads_it_without_signing_in(visitor: Visitor):
    for address in ("/due/", "/due/due.ics"):
        answer = visitor.client.get(address)
        assert answer.status_code in (302, 303)
        assert "/sign-in" in answer.headers["Location"]


def test_another_offices_things_are_not_in_it(page: Visitor, world: World):
    other = world.an_office("邻镇")
    officer = an_officer(world, "邻居", office=other)
    a_certificate(world, officer, a_term("2020-01-01", "2025-02-01"), office=other)

    assert "邻居" not in page.get("/due/").text
    assert "邻居".encode() not in page.client.get("/due/due.ics").data


def test_the_command_line_says_the_same(line: Line, page: Visitor, world: World):
    a_card(world, "甲", "2025-02-01")
    a_card(world, "乙", "2025-06-01")
    a_card(world, "已调走", "2027-12-31", left="2024-12-01")

    told = json.loads(line("remind", "--json").stdout)
    far = json.loads(line("remind", "--json", "--days", "180").stdout)

    assert told["days"] == 30
    assert {"due": "2025-02-01", "text": "执法证即将到期：甲", "person": "甲"}.items() <= next(
        item for item in told["items"] if item["person"] == "甲"
    ).items()
    assert "乙" not in [item["person"] for item in told["items"]]
    assert [i["due"] for i in told["items"] if i["person"] == "已调走"] == [None]
    assert [item["text"] for item in far["items"]] == [row[0] for row in page.get("/due/").rows]
    assert "执法证即将到期：甲" in line("remind").stdout
