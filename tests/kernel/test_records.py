"""What is the same for every record: numbers, versions, voiding, whose it is."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.support.world import World
from tracker.kernel import records
from tracker.kernel.errors import RecordMissing, RuleBroken, StaleEdit
from tracker.kernel.scope import Scope
from tracker.offices.terms import OfficeLevel
from tracker.outreach.models import OutreachEvent


def test_numbers_run_on_within_office_kind_and_year(session: Session, world: World) -> None:
    neighbour = world.an_office("邻镇")
    numbers = [
        world.an_event(on="2024-03-01").number,
        world.an_event(on="2024-12-01").number,
        world.an_event(on="2023-05-01").number,
        world.an_event(on="2024-05-01", office=neighbour).number,
        world.a_campaign(on="2024-05-01").number,
    ]
    assert numbers == ["PF-2024-001", "PF-2024-002", "PF-2023-001", "PF-2024-001", "ZX-2024-001"]


def test_a_number_is_not_given_again_after_a_void(session: Session, world: World) -> None:
    world.an_event(voided="登错了")
    assert world.an_event().number == "PF-2024-002"


def test_a_void_needs_a_reason_of_bearable_length(session: Session, world: World) -> None:
    event = world.an_event()
    for reason in ("", "  ", "\u200b", "长" * 201):
        with pytest.raises(RuleBroken) as refusal:
            records.void(session, event, reason)
        assert refusal.value.field == "reason"
    assert not event.is_voided


def test_voiding_and_taking_it_back_leave_the_record_as_it_was(
    session: Session, world: World
) -> None:
    event = world.an_event(headcount=12)
    records.void(session, event, "重复登记")
    assert (event.is_voided, event.voided_by, event.version) == (True, "测试员", 2)
    records.void(session, event, "再次")
    assert event.void_reason == "重复登记"
    records.unvoid(session, event)
    records.unvoid(session, event)
    assert not event.is_voided
    assert not event.void_reason
    assert event.headcount == 12


def test_an_older_version_is_not_written_over_a_newer_one(session: Session, world: World) -> None:
    event = world.an_event()
    records.sign(session, event)
    event.title = "改过"
    records.sign(session, event)
    with pytest.raises(StaleEdit) as refusal:
        records.find_to_write(session, OutreachEvent, event.id, world.scope(), 1)
    assert refusal.value.current_version == event.version


@pytest.mark.parametrize("record_id", [0, -1, 2**31, 2**63, 999])
def test_an_id_that_is_none_is_missing(session: Session, world: World, record_id: int) -> None:
    with pytest.raises(RecordMissing):
        records.find(session, OutreachEvent, record_id, world.scope())


def test_another_offices_record_is_missing_too(session: Session, world: World) -> None:
    neighbour = world.an_office("邻镇")
    event = world.an_event(office=neighbour)
    with pytest.raises(RecordMissing):
        records.find(session, OutreachEvent, event.id, world.scope())
    with pytest.raises(RecordMissing):
        records.find_to_write(session, OutreachEvent, event.id, world.scope(), None)


def test_a_county_reads_its_townships_and_writes_none(session: Session, world: World) -> None:
    county = world.an_office("石门县", level=OfficeLevel.COUNTY)
    township = world.an_office("维新镇", under=county)
    event = world.an_event(office=township)
    scope = world.scope(county)
    assert records.find(session, OutreachEvent, event.id, scope).id == event.id
    with pytest.raises(RecordMissing):
        records.find_to_write(session, OutreachEvent, event.id, scope, None)


def test_who_sees_no_office_sees_nothing(session: Session, world: World) -> None:
    event = world.an_event()
    with pytest.raises(RecordMissing):
        records.find(session, OutreachEvent, event.id, Scope((), world.office_id))


def test_a_reader_finds_nothing_to_write(session: Session, world: World) -> None:
    event = world.an_event()
    with pytest.raises(RecordMissing):
        records.find_to_write(session, OutreachEvent, event.id, world.scope(may_write=False), None)
