"""Rows of the ledger of other work: which kind they name, and what that kind asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.support.intakes import drafted
from tests.support.world import World, day
from tests.worklog.support import an_entry, an_own_kind
from tracker.kernel.errors import RuleBroken
from tracker.worklog import operations
from tracker.worklog.drafts import EntryDraft, KindDraft
from tracker.worklog.forms import kinds_by_name
from tracker.worklog.intake import WORKLOG
from tracker.worklog.kinds import shipped_kinds

TODAY = day("2025-01-20")


def draft_of(world: World, kind: str, **changed: Any) -> EntryDraft:
    with world.reading() as session:
        draft: EntryDraft = drafted(
            WORKLOG,
            session,
            world.scope(),
            **{"kind": kind, "title": "一条记录", "held_on": day("2024-05-10"), **changed},
        )
    return draft


@pytest.mark.parametrize(
    "name", ["法治专题会议", "法 治 专题会议", "Meetings on the rule of law", "法治专题党委会议"]
)
def test_a_kind_is_named_as_the_list_does_or_as_reports_call_it(world: World, name: str):
    assert draft_of(world, name).kind == "rule_of_law_meeting"


def test_what_reports_call_two_kinds_names_neither():
    """Otherwise a row would be counted where nobody put it."""
    first, second = (
        replace(kind, examples="法治会议、专题会议" if n else "法治会议")
        for n, kind in enumerate(list(shipped_kinds().values())[:2])
    )
    assert kinds_by_name([first, second]).get("法治会议") is None
    assert kinds_by_name([first, second])["专题会议"] is second
    assert kinds_by_name([first])["法治会议"] is first


def test_the_offices_own_kinds_are_named_too(world: World):
    own = an_own_kind(world, "网格普法")
    assert draft_of(world, "网格普法").kind == own.key
    with world.reading() as session:
        names = WORKLOG.choices["kind"](WORKLOG.form(session, world.scope()))
    assert {"网格普法", "法治专题会议"} <= set(names)


def test_another_offices_kind_is_not_known(world: World):
    an_own_kind(world, "网格普法", office=world.an_office())
    with pytest.raises(RuleBroken) as refused:
        draft_of(world, "网格普法")
    assert refused.value.field == "kind"
    assert "网格普法" in refused.value.message.zh


def test_a_number_the_kind_does_not_ask_for_is_refused_and_not_dropped(world: World):
    draft = draft_of(world, "法治专题会议", times=1, due=7)
    with world.writing() as session, pytest.raises(RuleBroken) as refused:
        WORKLOG.create(session, world.office_id, draft, TODAY)
    assert refused.value.field == "due"


def test_a_kind_out_of_use_takes_nothing_new_and_lets_old_entries_change(world: World):
    own = an_own_kind(world, "网格普法")
    entry = an_entry(world, own.key)
    with world.writing() as session:
        operations.save_kind(
            session, world.office_id, own.id, KindDraft("网格普法", own.definition, in_use=False)
        )
    draft, scope = draft_of(world, "网格普法", title="另一条"), world.scope()
    with world.writing() as session:
        with pytest.raises(RuleBroken, match="已停用"):
            WORKLOG.create(session, world.office_id, draft, TODAY)
        WORKLOG.update(session, scope, entry.id, draft, entry.version, TODAY)
    assert world.again(entry).title == "另一条"
    with world.reading() as session:
        names = WORKLOG.choices["kind"](WORKLOG.form(session, world.scope()))
    assert "网格普法" not in names


def test_entries_of_two_villages_are_two(world: World):
    first, second = (
        an_entry(world, "rule_of_law_meeting", village_id=world.a_village().id) for _ in range(2)
    )
    assert WORKLOG.key_of(first) != WORKLOG.key_of(second)
