"""What is missing or odd before a year is closed."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.advisers import support as advisers
from tests.support.world import World
from tracker.advisers.readiness import gaps
from tracker.figures.closing import operations, readiness
from tracker.kernel import clock
from tracker.kernel.readiness import Finding
from tracker.outreach.terms import EventState


def found(world: World, code: str, year: int = 2024) -> list[str]:
    """What one rule says of a year."""
    return [each.text.zh for each in findings(world, year) if each.code == code]


def findings(world: World, year: int = 2024) -> list[Finding]:
    with world.reading() as session:
        return readiness.findings(session, world.scope(), year, clock.today())


@pytest.fixture
def entered_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records are entered on the tests' day, not on the machine's."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 1, 20, 8))


def test_a_held_event_without_a_headcount_is_named(world: World):
    world.an_event("普法赶集", "2024-06-26")
    assert found(world, "outreach.no_headcount") == [
        "已举办但没有登记参加人次：PF-2024-001 2024-06-26 普法赶集"
    ]


def test_a_plan_past_its_day_is_named_in_its_own_year(world: World):
    world.an_event("法治讲座", "2024-11-01", state=EventState.PLANNED)
    assert len(found(world, "outreach.planned_past")) == 1
    assert found(world, "outreach.planned_past", 2023) == []


def test_two_events_on_one_day_in_one_village_are_named_once(world: World):
    village, other = world.a_village("龙潭村"), world.a_village("翰林村")
    world.an_event("上午场", "2024-06-26", headcount=30, villages=[village, other])
    world.an_event("下午场", "2024-06-26", headcount=30, villages=[village, other])
    world.an_event("别处", "2024-06-26", headcount=30)
    world.an_event("次日", "2024-06-27", headcount=30, villages=[village])
    [said] = found(world, "outreach.same_day_and_place")
    assert "上午场" in said
    assert "下午场" in said


def test_two_events_on_one_day_at_one_venue_are_named(world: World):
    world.an_event("禁毒宣传", "2024-06-26", headcount=30, venue="镇文化广场")
    world.an_event("反诈宣传", "2024-06-26", headcount=30, venue="镇文化广场")
    assert len(found(world, "outreach.same_day_and_place")) == 1


def test_a_headcount_above_the_population_is_named(world: World):
    small = world.a_village("小村", population=300)
    unknown = world.a_village("人口不详")
    world.an_event("正好", "2024-03-01", headcount=300, villages=[small])
    world.an_event("太多", "2024-03-02", headcount=301, villages=[small])
    world.an_event("说不准", "2024-03-03", headcount=9000, villages=[small, unknown])
    [said] = found(world, "outreach.above_population")
    assert "参加人次 301 超过所在村（社区）人口 300" in said


def test_ten_times_the_usual_headcount_is_named_once_the_usual_is_known(world: World):
    world.an_event("一万人", "2024-01-05", headcount=10_000)
    assert found(world, "outreach.unusual_headcount") == []
    for day in range(1, 6):
        world.an_event(f"平常{day}", f"2024-02-0{day}", headcount=100)
    [said] = found(world, "outreach.unusual_headcount")
    assert "参加人次 10000 是平常（100）的 10 倍以上" in said


def test_a_village_without_an_adviser_for_a_month_is_named(world: World):
    village, never = world.a_village("龙潭村"), world.a_village("无顾问村")
    adviser = advisers.an_adviser(world)
    advisers.an_assignment(world, adviser, village, "2024-01-01", "2024-07-31")
    advisers.an_assignment(world, adviser, village, "2024-09-01")
    assert found(world, "advisers.gap") == [
        "龙潭村在 2024-08-01 至 2024-08-31 没有在任的法律顾问",
        "无顾问村全年没有在任的法律顾问",
    ]
    assert never


def test_an_entry_made_a_month_late_is_named(world: World, entered_at_once):
    world.an_event("及时", "2024-12-21", headcount=30)
    world.an_event("太晚", "2024-12-20", headcount=30)
    [said] = found(world, "late_entry")
    assert said == "31天后才登记：PF-2024-002 2024-12-20 太晚"


def test_many_late_entries_are_said_in_one_line(world: World, entered_at_once):
    for day in range(1, 10):
        world.an_event(f"活动{day}", f"2024-03-0{day}", headcount=30)
    assert found(world, "late_entry") == []
    assert found(world, "late_entries") == ["「普法宣传活动」有 9 条是事后30天以上才登记的"]


def test_figures_that_changed_since_last_year_was_frozen_are_named(world: World):
    world.an_event(on="2023-05-01", headcount=30)
    with world.writing() as session:
        operations.freeze_at_once(session, world.scope(), 2023, clock.today(), [])
    assert found(world, "figures.changed_since_frozen") == []
    world.an_event("补登", "2023-11-12", headcount=30)
    said = found(world, "figures.changed_since_frozen")
    assert "2023年定稿后又有变化：普法宣传活动次数：定稿 1次，现为 2次。" in said


def test_an_acceptance_stays_with_its_finding_and_no_other(world: World):
    world.an_event("没清点", "2024-06-26")
    world.an_event("也没清点", "2024-06-27")
    [first, second] = [e for e in findings(world) if e.code == "outreach.no_headcount"]
    with world.writing() as session:
        operations.accept(session, world.scope(), 2024, first.code, first.subject, "现场没有清点")
    again = {(each.code, each.subject): each.accepted for each in findings(world)}
    assert again.pop((first.code, first.subject)) == "现场没有清点"
    assert again[second.code, second.subject] == ""
    assert not any(again.values()), "an acceptance spread to another finding"


def test_an_empty_year_has_no_findings(world: World):
    assert findings(world, 2019) == []


SPANS = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 25)), max_size=6)


@given(spans=SPANS, length=st.integers(1, 60))
def test_gaps_are_the_days_that_nobody_serves(spans: list[tuple[int, int]], length: int):
    first = date(2024, 1, 1).toordinal()
    served = [
        (date.fromordinal(first + start), date.fromordinal(first + start + days))
        for start, days in spans
    ]
    last = date.fromordinal(first + length)
    free = {
        day
        for day in range(first, first + length + 1)
        if not any(a.toordinal() <= day <= b.toordinal() for a, b in served)
    }
    said = list(gaps(served, (date.fromordinal(first), last)))
    days = [d for a, b in said for d in range(a.toordinal(), b.toordinal() + 1)]
    assert set(days) == free
    assert len(days) == len(set(days))
    for (_, before), (after, _) in pairwise(said):
        assert after.toordinal() > before.toordinal() + 1
