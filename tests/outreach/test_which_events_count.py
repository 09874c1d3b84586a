"""Which events count, and what they add."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.support.world import World
from tracker.kernel import clock, records
from tracker.kernel.headcount import CountBasis
from tracker.outreach.drafts import EventDraft
from tracker.outreach.operations import update_event
from tracker.outreach.terms import EventState, MaterialKind

pytestmark = pytest.mark.usefixtures("session")


def test_a_held_event_is_counted(world: World) -> None:
    world.an_event(headcount=823)
    assert world.value("outreach.events") == 1
    assert world.value("outreach.person_times") == 823


def test_a_cancelled_event_is_not_counted(world: World) -> None:
    world.an_event("取消了", state=EventState.CANCELLED, headcount=50)
    assert world.value("outreach.events") == 0
    assert world.value("outreach.person_times") == 0
    assert world.reasons("outreach.person_times") == {"取消了": "已取消"}


def test_a_planned_event_is_not_counted(world: World) -> None:
    world.an_event("还没办", state=EventState.PLANNED)
    assert world.value("outreach.events") == 0
    assert world.reasons("outreach.events") == {"还没办": "尚未举办（计划中）"}


def test_a_voided_event_is_not_counted_until_the_void_is_taken_back(
    world: World, session: Session
) -> None:
    event = world.an_event("登重了", headcount=20, voided="重复登记")
    assert world.value("outreach.person_times") == 0
    assert world.reasons("outreach.events") == {"登重了": "已作废"}
    records.unvoid(session, event)
    assert world.value("outreach.person_times") == 20


def test_an_event_over_new_year_counts_once_in_the_year_it_begins(world: World) -> None:
    world.an_event("跨年", "2023-12-30", to="2024-01-02", headcount=40)
    assert world.value("outreach.events", 2023) == 1
    assert world.value("outreach.events", 2024) == 0
    assert world.reasons("outreach.events", 2024) == {"跨年": "不在本年度"}


@pytest.mark.parametrize(
    ("day", "year"), [("2024-01-01", 2024), ("2024-12-31", 2024), ("2023-12-31", 2023)]
)
def test_the_first_and_the_last_day_belong_to_their_year(world: World, day: str, year: int) -> None:
    world.an_event(on=day)
    assert world.value("outreach.events", year) == 1


def test_an_event_in_several_villages_counts_once_and_reaches_them_all(world: World) -> None:
    villages = [world.a_village(name) for name in ("甲村", "乙村", "丙村")]
    world.a_village("丁村")
    world.an_event(villages=villages[:2], headcount=30)
    world.an_event(villages=villages[1:], headcount=20)
    assert world.value("outreach.events") == 2
    assert world.value("outreach.person_times") == 50
    assert world.value("outreach.villages_reached") == 3
    assert float(world.value("outreach.village_coverage")) == 0.75


def test_a_village_is_not_reached_by_an_event_that_does_not_count(world: World) -> None:
    village = world.a_village("甲村")
    world.an_event(villages=[village], state=EventState.PLANNED)
    world.an_event(villages=[village], voided="错")
    world.an_event(on="2023-05-01", villages=[village])
    assert world.value("outreach.villages_reached") == 0
    assert world.value("outreach.villages_reached", 2023) == 1
    assert world.reasons("outreach.villages_reached") == {"甲村": "本年度没有已举办的活动"}


def test_coverage_is_empty_where_no_villages_are_entered(world: World) -> None:
    assert world.value("outreach.village_coverage") is None
    assert world.phrase("outreach.village_coverage") == "无法统计"


def test_a_village_merged_away_during_the_year_keeps_coverage_at_most_one(world: World) -> None:
    old = world.a_village("老村", closed_on=date(2024, 6, 30))
    gone = world.a_village("早没了", closed_on=date(2023, 6, 30))
    world.an_event(on="2024-03-01", villages=[old, gone])
    assert float(world.value("outreach.village_coverage")) == 1.0


def test_moving_an_event_to_another_year_moves_its_villages_too(
    world: World, session: Session
) -> None:
    village = world.a_village("甲村")
    event = world.an_event(on="2024-03-01", villages=[village])
    draft = EventDraft("改到上年", date(2023, 3, 1), date(2023, 3, 1), village_ids=(village.id,))
    update_event(session, world.scope(), event.id, draft, 1, clock.today())
    session.expire_all()
    assert world.value("outreach.villages_reached", 2024) == 0
    assert world.value("outreach.villages_reached", 2023) == 1


def test_sessions_are_added_and_events_are_not(world: World) -> None:
    world.an_event(sessions=3)
    world.an_event(sessions=2)
    assert world.value("outreach.events") == 2
    assert world.value("outreach.sessions") == 5


def test_printed_matter_and_gifts_are_counted_apart(world: World) -> None:
    kinds = MaterialKind
    world.an_event(materials={kinds.LEAFLET: 500, kinds.BOOKLET: 120, kinds.GIFT: 80})
    world.an_event("没有发")
    assert world.value("outreach.materials") == 620
    assert world.value("outreach.gifts") == 80
    assert world.reasons("outreach.materials") == {"没有发": "未登记数量"}


def test_a_nought_that_was_written_down_counts_as_nought(world: World) -> None:
    world.an_event("没人来", headcount=0)
    reading = world.reading_of("outreach.person_times")
    assert (reading.value, reading.records) == (0, 1)
    assert world.phrase("outreach.person_times") == "0人"


def test_heads_that_nobody_counted_are_not_nought(world: World) -> None:
    world.an_event("没有统计")
    reading = world.reading_of("outreach.person_times")
    assert reading.value is None
    assert reading.count_basis == {
        "signed_in": 0,
        "counted": 0,
        "estimated": 0,
        "not_recorded": 1,
    }
    assert world.reasons("outreach.person_times") == {"没有统计": "未登记参加人次"}


def test_the_basis_of_each_count_goes_along_into_the_total(world: World) -> None:
    world.an_event(headcount=1120, count_basis=CountBasis.SIGNED_IN)
    world.an_event(headcount=500, count_basis=CountBasis.ESTIMATED)
    world.an_event(headcount=20, count_basis=CountBasis.COUNTED)
    world.an_event()
    world.an_event(headcount=7, state=EventState.CANCELLED)
    reading = world.reading_of("outreach.person_times")
    assert (reading.value, reading.records) == (1640, 3)
    assert reading.count_basis == {
        "signed_in": 1120,
        "counted": 20,
        "estimated": 500,
        "not_recorded": 1,
    }
    assert reading.phrase.zh == "1600多人"


def test_reads_on_line_never_join_the_heads(world: World) -> None:
    world.an_event(headcount=10, online_reads=99_000)
    assert world.value("outreach.person_times") == 10
    assert world.value("outreach.online_reads") == 99_000


def test_the_other_offices_events_are_not_counted(world: World) -> None:
    world.an_event(office=world.an_office("邻镇"), headcount=99)
    assert world.value("outreach.events") == 0
    assert world.left_out_of("outreach.events") == []
