"""What an entry may say."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.world import World
from tests.worklog.support import an_entry, an_own_kind, change
from tracker.kernel.errors import RecordMissing, RuleBroken, StaleEdit
from tracker.worklog import operations
from tracker.worklog.drafts import EntryDraft


def refused(world: World, kind: str, on: str = "2024-05-10", **draft: Any) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        an_entry(world, kind, on, **draft)
    return caught.value


def test_an_entry_is_numbered_and_one_time(world: World) -> None:
    entry = an_entry(world, "rule_of_law_meeting", people=12)
    assert (entry.number, entry.times, entry.people) == ("TZ-2024-001", 1, 12)


def test_zero_is_a_number(world: World) -> None:
    entry = an_entry(world, "court_appearance", items=0, due=1)
    assert (entry.items, entry.due) == (0, 1)


def test_an_unknown_kind_is_refused(world: World) -> None:
    assert refused(world, "no_such_kind").field == "kind"
    assert refused(world, "kinds").field == "kind"


def test_a_number_the_kind_does_not_ask_for_is_refused(world: World) -> None:
    broken = refused(world, "rule_of_law_meeting", items=3)
    assert broken.field == "items"
    assert "法治专题会议" in broken.message.zh
    assert refused(world, "mediator", times=1, items=3).field == "times"


def test_an_entry_cannot_end_before_it_begins(world: World) -> None:
    assert refused(world, "mediator", to="2024-05-09", items=3).field == "ended_on"
    assert an_entry(world, "mediator", to="2024-05-10", items=3).ended_on is not None


def test_work_still_to_come_is_not_entered(world: World) -> None:
    assert refused(world, "rule_of_law_meeting", "2025-01-21").field == "held_on"
    an_entry(world, "rule_of_law_meeting", "2025-01-20")


def test_no_more_succeed_than_there_are(world: World) -> None:
    broken = refused(world, "dispute_mediation", items=5, succeeded=6)
    assert broken.field == "succeeded"
    assert broken.message.zh == "调解成功件数不能多于调解件数，请核对"
    assert refused(world, "law_exam", people=50, succeeded=51).field == "succeeded"
    an_entry(world, "dispute_mediation", items=5, succeeded=5)


def test_no_more_are_done_than_are_due(world: World) -> None:
    assert refused(world, "law_exam", people=51, due=50).field == "people"
    assert refused(world, "legality_review", items=3, due=2).field == "items"
    an_entry(world, "law_exam", people=50, due=50)


def test_a_rate_half_given_is_accepted(world: World) -> None:
    entry = an_entry(world, "law_exam", due=50, succeeded=40)
    assert entry.people is None


def test_a_kind_out_of_use_takes_no_new_entries_but_changes(world: World) -> None:
    kind = an_own_kind(world, counts_people=True)
    entry = an_entry(world, kind.key, people=3)
    with world.writing() as session:
        row = session.merge(kind)
        row.in_use = False
    assert "已停用" in refused(world, kind.key, people=3).message.zh
    assert change(world, entry, people=4).people == 4


def test_another_offices_kind_is_unknown(world: World) -> None:
    kind = an_own_kind(world, office=world.an_office())
    assert refused(world, kind.key).field == "kind"


def test_a_change_is_checked_like_a_new_entry(world: World) -> None:
    entry = an_entry(world, "law_exam", people=50)
    with pytest.raises(RuleBroken):
        change(world, entry, succeeded=51)
    with pytest.raises(RuleBroken):
        change(world, entry, items=1)
    assert change(world, entry, title="第二季度学法考试", succeeded=50).version == 2


def test_an_older_version_and_another_office_cannot_write(world: World) -> None:
    entry = an_entry(world, "law_exam", people=50)
    change(world, entry, people=49)
    draft = EntryDraft("law_exam", "覆盖", entry.held_on)
    with world.writing() as session, pytest.raises(StaleEdit):
        operations.update_entry(session, world.scope(), entry.id, draft, 1, entry.held_on)
    other = world.scope(world.an_office())
    with world.writing() as session, pytest.raises(RecordMissing):
        operations.update_entry(session, other, entry.id, draft, None, entry.held_on)


def test_a_village_of_another_office_cannot_be_referred_to(world: World) -> None:
    village = world.a_village("外村", office=world.an_office())
    with pytest.raises(IntegrityError):
        an_entry(world, "rule_of_law_meeting", village_id=village.id)


def test_a_village_goes_along(world: World) -> None:
    village = world.a_village("架桥村")
    entry = an_entry(world, "village_rules", items=1, village_id=village.id)
    assert world.again(entry).village_id == village.id
