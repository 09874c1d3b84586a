"""Until when a pass is good, and who hears of it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.certification.support import (
    PASSED,
    a_certificate,
    a_sitting,
    a_term,
    an_officer,
    registered,
    retaken,
    sat,
)
from tests.support.page import Visitor
from tests.support.world import World
from tracker.certification import todo
from tracker.certification.models import Officer
from tracker.certification.queries.passes import lapses
from tracker.kernel import clock
from tracker.kernel.period import last_day_of
from tracker.rulepacks.drafts import RuleDraft
from tracker.rulepacks.operations import set_rule
from tracker.rulepacks.rules import RULES


def rule(world: World, years: str) -> None:
    with world.writing() as session:
        set_rule(session, world.office_id, "pass_years", RuleDraft(years, "省条例"))


def who_passed(world: World, on: str, name: str = "张三", **officer: str) -> Officer:
    found = an_officer(world, name, since="2015-01-01", **officer)  # type: ignore[arg-type]
    sat(world, a_sitting(world, on, title=f"考试{name}"), found, general=80, special=75)
    return found


def lapsing(world: World) -> list[tuple[str, str]]:
    with world.reading() as session:
        found = lapses(session, world.scope(), clock.today())
        return [(each.officer.name, str(each.last_day)) for each in found]


def waiting(world: World) -> list[tuple[str, str, str]]:
    with world.reading() as session:
        items = todo.waiting(session, world.scope(), clock.today())
        return [(each.text.zh, each.url, each.tone) for each in items if "合格" in each.text.zh]


@pytest.mark.parametrize(
    ("passed_on", "years", "last"),
    [
        ("2024-05-25", 5, "2029-05-24"),
        ("2024-01-01", 1, "2024-12-31"),
        ("2024-02-29", 5, "2029-02-28"),
        ("2024-02-29", 4, "2028-02-28"),
        ("2023-02-28", 1, "2024-02-27"),
        ("2023-03-01", 1, "2024-02-29"),
    ],
)
def test_a_pass_is_good_until_the_day_before_the_same_day(passed_on: str, years: int, last: str):
    assert last_day_of(date.fromisoformat(passed_on), years) == date.fromisoformat(last)


# Today is 2025-01-20.


def test_a_pass_that_lapses_soon_is_to_be_used_and_one_that_lapsed_to_be_sat_again(world: World):
    rule(world, "2")
    soon = who_passed(world, "2023-03-01", "快失效的")
    who_passed(world, "2023-01-20", "刚失效的")
    who_passed(world, "2023-09-01", "还早的")

    assert waiting(world) == [
        (
            "考试合格已于 2025-01-19 失效，没有领证，须重新报名：刚失效的",
            "/certification/sittings/",
            "danger",
        ),
        (
            "考试合格将于 2025-02-28 失效，尚未领证：快失效的",
            f"/certification/certificates/new?officer={soon.id}",
            "warning",
        ),
    ]


@pytest.mark.parametrize(
    ("passed_on", "said"),
    [
        ("2022-01-20", False),
        ("2022-01-21", True),
        ("2022-07-19", True),
        ("2023-07-20", True),
        ("2023-07-21", False),
    ],
)
def test_the_bounds_of_what_is_told(world: World, passed_on: str, said: bool):
    """From half a year before a pass lapses until a year after."""
    rule(world, "2")
    who_passed(world, passed_on)

    assert bool(lapsing(world)) is said


@pytest.mark.parametrize("years", ["", "20"])
def test_a_pass_that_is_good_for_ever_or_long_does_not_lapse(world: World, years: str):
    rule(world, years)
    who_passed(world, "2024-05-25")

    assert lapsing(world) == []
    assert [text for text, _url, _tone in waiting(world)] == ["考试合格，尚未登记领证：张三"]


def test_who_is_told_of_a_lapse_is_not_told_twice(world: World):
    rule(world, "1")
    who_passed(world, "2024-05-25")

    assert len(waiting(world)) == 1


def test_who_left_drew_holds_or_sits_again_is_not_told(world: World):
    rule(world, "2")
    who_passed(world, "2023-02-01", "走了的", until="2024-01-01")
    drew = who_passed(world, "2023-02-01", "领了的")
    a_certificate(world, drew, a_term("2023-02-01", "2024-12-31"))
    holds = who_passed(world, "2023-02-01", "有证的")
    a_certificate(world, holds, a_term("2022-01-01", "2026-12-31"))
    again = who_passed(world, "2023-02-01", "再考的")
    registered(world, a_sitting(world, "2025-03-01", title="再考"), again)
    world.void(who_passed(world, "2023-02-01", "作废的"))

    assert lapsing(world) == []


def test_the_last_part_and_its_retake_make_the_day_of_the_pass(world: World):
    rule(world, "2")
    officer = an_officer(world)
    general = a_sitting(world, "2023-02-01", title="公共", special=None)
    special = a_sitting(world, "2023-03-01", title="专业", general=None)
    sat(world, general, officer, general=PASSED)
    sat(world, special, officer, special=40)
    retaken(world, special, officer, special=70, on="2023-04-10")

    assert lapsing(world) == [("张三", "2025-04-09")]


def test_another_office_has_its_own_rule(world: World):
    rule(world, "1")
    other = world.an_office()
    with world.reading() as session:
        assert lapses(session, world.scope(other), clock.today()) == []


def test_the_cohort_says_until_when_a_pass_is_good_and_that_it_lapsed(page: Visitor, world: World):
    rule(world, "1")
    who_passed(world, "2024-05-25", "还好的")
    who_passed(world, "2024-01-20", "失效的")

    rows = {row[0]: row[1:] for row in page.get("/certification/cohort/2024").rows}

    assert rows["还好的"][0] == "考试合格，还没有领证；合格有效至 2025-05-24"
    assert rows["还好的"][2] == "登记证件"
    assert rows["失效的"][0] == "考试合格已于 2025-01-19 失效，没有领证"
    assert rows["失效的"][2] == "重新报名"


def test_it_stands_in_what_is_due(page: Visitor, world: World):
    rule(world, "1")
    who_passed(world, "2024-05-25")

    assert "考试合格将于 2025-05-24 失效，尚未领证：张三" in page.get("/due/").text


@pytest.mark.parametrize("key", ["pass_years", "establishment_kinds"])
def test_the_rules_page_says_what_moves(admin: Visitor, key: str):
    assert RULES[key].moves
    assert "目前没有检查或提醒用到" not in admin.get(f"/settings/rules/{key}").text


# ---------------------------------------------------------------------- what the exam's page says


def test_the_exams_page_says_for_each_what_is_still_open(page: Visitor, world: World):
    sitting = a_sitting(world)
    people = {name: an_officer(world, name) for name in "甲乙丙丁戊己庚辛"}
    a_certificate(world, people["辛"])
    sat(world, sitting, people["辛"], general=80, special=75)
    sat(world, sitting, people["甲"], general=80, special=75)
    a_certificate(world, people["甲"], a_term("2024-07-01", "2029-06-30"))
    sat(world, sitting, people["乙"], general=80, special=75)
    sat(world, sitting, people["丙"], general=40, special=75)
    absent = sat(world, sitting, people["丁"], general=80)
    page.fill(
        f"/certification/sittings/{sitting.id}/results",
        {f"r{absent.id}_special_0_outcome": "absent"},
    )
    registered(world, sitting, people["戊"])
    sat(world, sitting, people["己"], general=80, special=40)
    retaken(world, sitting, people["己"])
    sat(world, sitting, people["庚"], general=80, special=40)
    sat(world, a_sitting(world, "2024-09-01", general=None), people["庚"], special=70)

    shown = page.get(f"/certification/sittings/{sitting.id}")

    assert shown.links["合格，待登记证件"].endswith(f"/certificates/new?officer={people['乙'].id}")
    assert {row[0]: row[-1] for row in shown.rows} == {
        "甲": "已领证",
        "乙": "合格，待登记证件",
        "辛": "合格，已持有效证件",
        "丙": "公共法律知识不合格，待安排补考 补考",
        "丁": "专业法律知识缺考，待安排补考 补考",
        "戊": "公共法律知识成绩待登 专业法律知识成绩待登",
        "己": "专业法律知识补考：日期和成绩待登",
        "庚": "专业法律知识：已在另一场考试合格 补考",
    }


def test_who_waits_for_the_exam_waits(page: Visitor, world: World):
    sitting = a_sitting(world, "2025-02-01", special=None)
    registered(world, sitting, an_officer(world))

    assert page.get(f"/certification/sittings/{sitting.id}").rows[0][-1] == "公共法律知识等待考试"
