"""Contracts that follow one another, renewing, and handing over to another adviser."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.advisers.support import an_adviser, an_assignment
from tests.support.page import Visitor
from tests.support.world import World
from tracker.advisers import operations, queries
from tracker.advisers.drafts import HandoverDraft
from tracker.advisers.models import AdviserAssignment
from tracker.kernel import records
from tracker.kernel.errors import RuleBroken, StaleEdit
from tracker.rulepacks import operations as rules_operations
from tracker.rulepacks.drafts import RuleDraft

#: The day on which tests run.
TODAY = date(2025, 1, 20)


def chains_of(world: World, adviser) -> list[queries.Chain]:
    with world.reading() as session:
        return queries.chains_of_adviser(session, world.scope(), adviser.id)


# ------------------------------------------------------------------------------------ chains


def test_a_contract_that_begins_the_day_after_goes_on_with_the_chain(world: World) -> None:
    village, adviser = world.a_village("甲村"), an_adviser(world)
    an_assignment(world, adviser, village, "2023-01-01", "2023-12-31")
    an_assignment(world, adviser, village, "2024-01-01", "2024-12-31")

    (chain,) = chains_of(world, adviser)

    assert (chain.first, chain.last) == (date(2023, 1, 1), date(2024, 12, 31))
    assert chain.days(TODAY) == 365 + 366


def test_one_day_without_a_contract_begins_a_new_chain(world: World) -> None:
    village, adviser = world.a_village("甲村"), an_adviser(world)
    an_assignment(world, adviser, village, "2023-01-01", "2023-12-30")
    an_assignment(world, adviser, village, "2024-01-01", "2024-12-31")

    assert [len(chain.links) for chain in chains_of(world, adviser)] == [1, 1]


def test_other_villages_and_the_township_are_chains_of_their_own(world: World) -> None:
    adviser = an_adviser(world)
    an_assignment(world, adviser, world.a_village("甲村"), "2023-01-01", "2023-12-31")
    an_assignment(world, adviser, world.a_village("乙村"), "2024-01-01", "2024-12-31")
    an_assignment(world, adviser, None, "2025-01-01")

    assert [len(chain.links) for chain in chains_of(world, adviser)] == [1, 1, 1]


def test_a_voided_contract_is_no_link(world: World) -> None:
    village, adviser = world.a_village("甲村"), an_adviser(world)
    an_assignment(world, adviser, village, "2022-01-01", "2022-12-31")
    between = an_assignment(world, adviser, village, "2023-01-01", "2023-12-31")
    an_assignment(world, adviser, village, "2024-01-01")
    world.void(between)

    assert [len(chain.links) for chain in chains_of(world, adviser)] == [1, 1]


def test_a_chain_without_an_end_is_counted_to_today(world: World) -> None:
    adviser = an_adviser(world)
    an_assignment(world, adviser, world.a_village("甲村"), "2025-01-01")

    (chain,) = chains_of(world, adviser)

    assert chain.last is None
    assert chain.days(TODAY) == 20


@given(
    spans=st.lists(
        st.tuples(st.integers(0, 120), st.integers(0, 40)), min_size=1, max_size=7, unique=True
    )
)
def test_chains_agree_with_a_walk_through_the_days(spans: list[tuple[int, int]]) -> None:
    """Links cover a run of days; between two chains at least one day has no contract."""
    start = date(2024, 1, 1)
    links = [
        AdviserAssignment(
            id=number,
            office_id=1,
            adviser_id=1,
            village_id=1,
            starts_on=start + timedelta(days=first),
            ends_on=start + timedelta(days=first + length),
        )
        for number, (first, length) in enumerate(spans, 1)
    ]
    served = {n for first, length in spans for n in range(first, first + length + 1)}
    runs = [n for n in sorted(served) if n - 1 not in served]

    found = queries.chains(links)

    assert [(chain.first - start).days for chain in found] == runs
    assert sum(chain.days(TODAY) for chain in found) == len(served)
    assert sorted(link.id for chain in found for link in chain.links) == [x.id for x in links]


def test_the_page_shows_every_link_with_its_days_and_the_whole_length(
    page: Visitor, world: World
) -> None:
    village, adviser = world.a_village("架桥村"), an_adviser(world, "张三")
    first = an_assignment(
        world, adviser, village, "2023-01-01", "2023-12-31", contract_signed_on="2022-12-20"
    )
    second = an_assignment(world, adviser, village, "2024-01-01", "2024-12-31", renewal=True)

    shown = page.get(f"/advisers/assignments/{second.id}")

    assert shown.rows == [
        [first.number, "2023-01-01", "2023-12-31", "365", "2022-12-20", "首次"],
        [f"{second.number} 本条", "2024-01-01", "2024-12-31", "366", "— 未填写", "续聘"],
    ]
    assert "连续 2 段，2023-01-01 至 2024-12-31，共 731 天。" in shown.text
    assert page.get(f"/advisers/{adviser.id}").rows[0][:5] == [
        "架桥村",
        "2023-01-01",
        "2024-12-31",
        "731",
        "2023-01-01 至 2023-12-31；2024-01-01 至 2024-12-31",
    ]


# ---------------------------------------------------------------------------------- renewing


def test_renewing_keeps_the_adviser_the_village_and_the_fee(page: Visitor, world: World) -> None:
    village, adviser = world.a_village("架桥村"), an_adviser(world, "张三")
    ends = an_assignment(world, adviser, village, "2024-01-01", "2025-02-28", fee=5000)
    shown = page.get(f"/advisers/assignments/{ends.id}")
    assert "还有 39 天" in shown.text

    renewed = page.fill(page.click(shown, "续聘"), {})

    assert renewed.facts["开始日期"] == "2025-03-01"
    assert renewed.facts["续聘"] == "是"
    assert renewed.facts["年度服务费（元）"] == "5,000"
    assert "连续 2 段" in renewed.text


def test_without_an_end_it_is_said_what_to_do_before_renewing(page: Visitor, world: World) -> None:
    open_one = an_assignment(world, an_adviser(world), world.a_village())
    shown = page.get(f"/advisers/assignments/{open_one.id}")
    assert "续聘" not in shown.links
    assert "先点「修改」填写结束日期" in shown.text

    sent_on = page.get(f"/advisers/assignments/new?renew={open_one.id}")

    assert sent_on.h1 == "修改聘任"
    assert "请先在这里填写结束日期" in sent_on.text


# -------------------------------------------------------------------------------- handing over


def hand_over(world: World, assignment, last_day: str, adviser, **more) -> AdviserAssignment:
    draft = HandoverDraft(date.fromisoformat(last_day), "调离", adviser.id, **more)
    with world.writing() as session:
        return operations.hand_over(session, world.scope(), assignment.id, draft, None)


def refusal(call) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        call()
    return caught.value


def test_one_form_ends_the_one_and_begins_the_other(page: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    before = an_assignment(world, an_adviser(world, "张三"), village, "2024-01-01", fee=3000)
    an_adviser(world, "李四")
    form = page.click(page.get(f"/advisers/assignments/{before.id}"), "交接给其他顾问")
    assert "张三" not in form.form().choices("adviser_id")

    after = page.fill(
        form, {"现任最后一天": "2024-06-30", "交接原因": "调离本县", "接任的法律顾问": "李四"}
    )

    assert after.h1 == "李四：架桥村"
    assert after.facts["开始日期"] == "2024-07-01"
    assert after.facts["年度服务费（元）"] == "3,000"
    ended = page.get(f"/advisers/assignments/{before.id}").facts
    assert (ended["结束日期"], ended["结束原因"]) == ("2024-06-30", "调离本县")


def test_no_day_of_a_handover_has_two_advisers_or_none(world: World) -> None:
    village = world.a_village("甲村")
    before = an_assignment(world, an_adviser(world, "张三"), village, "2024-01-01", "2024-12-31")
    hand_over(world, before, "2024-06-30", an_adviser(world, "李四"))

    with world.reading() as session:
        for day in (date(2024, 6, 30), date(2024, 7, 1)):
            statement = select(AdviserAssignment).where(queries.serving_on(day))
            assert len(session.scalars(statement).all()) == 1


def test_the_last_day_lies_within_the_assignment(world: World) -> None:
    before = an_assignment(world, an_adviser(world), world.a_village(), "2024-01-01", "2024-12-31")
    other = an_adviser(world, "李四")
    for day in ("2023-12-31", "2025-01-01"):
        broken = refusal(lambda day=day: hand_over(world, before, day, other))
        assert broken.field == "last_day"
        assert "2024-01-01 至 2024-12-31" in broken.message.zh


def test_nothing_is_written_where_somebody_follows_already(world: World) -> None:
    village = world.a_village("甲村")
    before = an_assignment(world, an_adviser(world, "张三"), village, "2024-01-01", "2024-12-31")
    an_assignment(world, an_adviser(world, "王五"), village, "2025-01-01")
    other = an_adviser(world, "李四")

    broken = refusal(lambda: hand_over(world, before, "2024-06-30", other))

    assert broken.field == "ends_on"
    assert "王五" in broken.message.zh
    assert "前一天" in broken.message.zh
    assert world.again(before).ends_on == date(2024, 12, 31)

    made = hand_over(world, before, "2024-06-30", other, ends_on=date(2024, 12, 31))
    assert made.starts_on == date(2024, 7, 1)


def test_nobody_follows_themselves(world: World) -> None:
    adviser = an_adviser(world, "张三")
    before = an_assignment(world, adviser, world.a_village(), "2024-01-01")

    broken = refusal(lambda: hand_over(world, before, "2024-06-30", adviser))

    assert broken.field == "adviser_id"
    assert "续聘" in broken.message.zh


def test_a_voided_assignment_is_not_handed_over(page: Visitor, world: World) -> None:
    before = an_assignment(world, an_adviser(world), world.a_village(), "2024-01-01")
    other = an_adviser(world, "李四")
    world.void(before)

    assert "已作废" in refusal(lambda: hand_over(world, before, "2024-06-30", other)).message.zh
    assert "交接给其他顾问" not in page.get(f"/advisers/assignments/{before.id}").links


def test_an_assignment_changed_meanwhile_is_not_handed_over(world: World) -> None:
    before = an_assignment(world, an_adviser(world), world.a_village(), "2024-01-01")
    other = an_adviser(world, "李四")
    with world.writing() as session:
        found = records.find_to_write(
            session, AdviserAssignment, before.id, world.scope(), before.version
        )
        found.note = "改了"
        records.sign(session, found)
    draft = HandoverDraft(date(2024, 6, 30), "调离", other.id)

    with pytest.raises(StaleEdit), world.writing() as session:
        operations.hand_over(session, world.scope(), before.id, draft, 1)


def test_government_counsel_is_handed_over_too(world: World) -> None:
    before = an_assignment(world, an_adviser(world, "彭立"), None, "2024-01-01")

    after = hand_over(world, before, "2024-12-31", an_adviser(world, "李四"))

    assert (after.target, after.village_id) == (before.target, None)


def test_what_ends_soon_leads_to_both_acts(page: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    an_assignment(world, an_adviser(world, "张三"), village, "2024-01-01", "2025-02-10")

    shown = page.click(page.get("/due/"), "张三的聘期将满（架桥村），请续聘或改聘")

    assert {"续聘", "交接给其他顾问"} <= set(shown.links)


# --------------------------------------------------------------------------------- the pool


def test_the_list_of_advisers_holds_their_villages_against_the_rule(
    page: Visitor, world: World
) -> None:
    busy, free = an_adviser(world, "张三"), an_adviser(world, "李四")
    for number in range(6):
        village = world.a_village(f"{number}号村")
        an_assignment(world, busy, village, "2024-01-01", f"2025-0{3 + number}-01")
    an_assignment(world, free, world.a_village("远村"), "2020-01-01", "2020-12-31")
    with world.writing() as session:
        rules_operations.set_rule(
            session, world.office_id, "villages_per_adviser", RuleDraft("5", "县里定的")
        )

    rows = {row[0]: row for row in page.get("/advisers/").rows}

    assert rows["张三"][-2:] == ["6／5 超出规则", "2025-03-01"]
    assert rows["李四"][-2:] == ["0／5", "— 未填写"]
