"""What advisers are paid for a year."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from tests.advisers.support import an_adviser, an_assignment
from tests.support.page import Visitor
from tests.support.world import World
from tracker.advisers.subsidies import operations, queries
from tracker.advisers.subsidies.drafts import SubsidyDraft
from tracker.kernel.errors import RuleBroken
from tracker.kernel.period import Period

#: The day on which tests run.
TODAY = date(2025, 1, 20)


def rows_of(world: World, year: int = 2024) -> list[queries.Row]:
    with world.reading() as session:
        return queries.year_list(session, world.scope(), Period.of_year(year, TODAY))


def decided(world: World, assignment, amount: int, *, year: int = 2024, **more):
    draft = SubsidyDraft(year, assignment.adviser_id, assignment.village_id, amount, **more)
    with world.writing() as session:
        return operations.create_subsidy(session, world.office_id, draft, TODAY)


def refusal(call) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        call()
    return caught.value


# -------------------------------------------------------------------------------- proposing


def test_the_fee_is_proposed_by_the_days_of_the_year(world: World) -> None:
    cases = (
        ("甲村", "2024-01-01", "2024-12-31", 1500, 1500),
        ("乙村", "2020-01-01", None, 1500, 1500),
        ("丙村", "2024-07-01", "2024-12-31", 1500, 754),  # 184 of 366 days: 754.09
        ("丁村", "2023-06-01", "2024-01-01", 1500, 4),  # one day: 4.09
        ("戊村", "2024-01-01", "2024-12-31", 0, 0),
        ("己村", "2024-01-01", "2024-12-31", None, None),
    )
    adviser = an_adviser(world)
    for name, first, last, fee, _ in cases:
        an_assignment(world, adviser, world.a_village(name), first, last, fee=fee)

    found = {row.village.name: row.proposed for row in rows_of(world) if row.village}

    assert found == {name: proposed for name, _, _, _, proposed in cases}


def test_two_contracts_of_a_year_are_rounded_once(world: World) -> None:
    village, adviser = world.a_village("甲村"), an_adviser(world)
    an_assignment(world, adviser, village, "2023-01-01", "2024-05-10", fee=1000)
    an_assignment(world, adviser, village, "2024-05-11", "2024-12-31", fee=1000)
    (row,) = rows_of(world)
    assert (row.proposed, row.served and row.served.days) == (1000, 366)


def test_a_day_of_two_contracts_is_paid_once(world: World) -> None:
    village, adviser = world.a_village("甲村"), an_adviser(world)
    an_assignment(world, adviser, village, "2024-01-01", "2024-12-31", fee=366)
    an_assignment(world, adviser, village, "2024-06-01", "2024-12-31", fee=36600, additional=True)
    (row,) = rows_of(world)
    assert row.proposed == 366


def test_proposals_agree_with_a_walk_through_the_days(world: World) -> None:
    """Spans at random, each day looked at by itself."""
    chance = Random(7)
    village, expected = world.a_village("甲村"), {}
    day = date(2023, 11, 1)
    while day < date(2025, 2, 1):
        adviser = an_adviser(world, f"顾问{day}")
        last = date.fromordinal(day.toordinal() + chance.randrange(1, 90))
        fee = chance.randrange(0, 20_000)
        an_assignment(world, adviser, village, day, last, fee=fee)
        days = sum(
            date.fromordinal(n).year == 2024 for n in range(day.toordinal(), last.toordinal() + 1)
        )
        if days:
            expected[adviser.id] = int(fee * days / 366 + 1e-9)
        day = date.fromordinal(last.toordinal() + chance.randrange(1, 20))

    assert {row.adviser.id: row.proposed for row in rows_of(world)} == expected


# --------------------------------------------------------------------------------- deciding


@pytest.fixture
def served(world: World):
    """张三 serves 架桥村 all of 2024 for 1,500 yuan."""
    village = world.a_village("架桥村")
    adviser = an_adviser(world, "张三")
    return an_assignment(world, adviser, village, "2024-01-01", "2024-12-31", fee=1500)


def test_the_list_adds_up_to_its_rows(page: Visitor, world: World, served) -> None:
    half = an_assignment(
        world, an_adviser(world, "李四"), world.a_village("乙村"), "2024-07-01", fee=1500
    )
    an_assignment(world, an_adviser(world, "王五"), world.a_village("丙村"), "2024-01-01")
    decided(world, served, 1500, paid_on=date(2024, 12, 30))
    decided(world, half, 700, reason="考核合格，按比例扣减")

    shown = page.get("/advisers/subsidies/2024")

    *rows, total = shown.rows
    assert sorted(row[1] for row in rows) == ["张三", "李四", "王五"]
    assert total[5:7] == ["2,254", "2,200"]
    assert sum(int(row[5].replace(",", "")) for row in rows if row[5][0].isdigit()) == 2254
    assert sum(int(row[6].replace(",", "")) for row in rows if row[6][0].isdigit()) == 2200
    assert "已发放 1,500" in total[8]
    assert "1 行没有填年度服务费" in shown.text
    assert "1 行还没有核定" in shown.text
    sheet = page.click(shown, "打印（签字用）")
    assert "领款人签名" in sheet.text
    assert sheet.rows[-1][5:7] == ["2,254", "2,200"]


def test_another_amount_needs_its_reason(page: Visitor, world: World, served) -> None:
    form = page.click(page.get("/advisers/subsidies/2024"), "核定 ：张三 架桥村")
    assert "测算金额 1,500 元" in form.text
    assert form.value("核定金额（元）") == "1500"

    refused = page.fill(form, {"核定金额（元）": "1200"}, status=422)
    assert "请填写原因" in refused.error_beside("与测算不同的原因")

    done = page.fill(refused, {"核定金额（元）": "1200", "与测算不同的原因": "考核合格"})
    assert done.facts["核定金额（元）"] == "1,200"
    assert done.facts["测算金额（元）"] == "1,500"


def test_one_button_decides_the_rest_as_proposed_and_one_day_pays_them(
    page: Visitor, world: World, served
) -> None:
    an_assignment(world, an_adviser(world, "李四"), world.a_village("乙村"), "2024-07-01")
    shown = page.press(page.get("/advisers/subsidies/2024"), "其余 1 行按测算金额核定")
    assert "已按测算金额核定 1 人" in shown.text
    assert "行按测算金额核定" not in shown.text

    form = page.click(shown, "登记发放日期（1 行）")
    refused = page.fill(form, {"发放日期": "2025-01-21"}, status=422)
    assert "今天之后" in refused.error_beside("发放日期")
    refused = page.fill(form, {"发放日期": "2023-12-31"}, status=422)
    assert "2024-01-01" in refused.error_beside("发放日期")
    paid = page.fill(form, {"发放日期": "2024-12-30"})

    assert "已发放 1,500" in paid.rows[-1][8]


def test_nobody_is_paid_before_the_service_or_tomorrow(world: World, served) -> None:
    for day, said in ((date(2025, 1, 21), "今天之后"), (date(2023, 12, 31), "开始服务的日期")):
        broken = refusal(lambda day=day: decided(world, served, 1500, paid_on=day))
        assert broken.field == "paid_on"
        assert said in broken.message.zh


def test_nobody_is_paid_for_a_year_without_service_or_to_come(world: World, served) -> None:
    assert (
        "没有为这个村（社区）服务过"
        in refusal(lambda: decided(world, served, 1500, year=2023)).message.zh
    )
    assert refusal(lambda: decided(world, served, 1500, year=2026)).field == "year"


def test_a_year_is_decided_once(page: Visitor, world: World, served) -> None:
    first = decided(world, served, 1500)
    assert first.number in refusal(lambda: decided(world, served, 1500)).message.zh
    shown = page.get(f"/advisers/assignments/{served.id}/subsidy/2024")
    assert shown.facts["编号"] == first.number
    world.void(first)
    decided(world, served, 1500)
    scope = world.scope()
    with pytest.raises(RuleBroken), world.writing() as session:
        operations.restore_subsidy(session, scope, first.id)


def test_what_was_decided_stays_on_the_list_when_its_service_goes(
    page: Visitor, world: World, served
) -> None:
    decided(world, served, 1500)
    world.void(served)
    row, total = page.get("/advisers/subsidies/2024").rows
    assert row[0] == "架桥村"
    assert "没有服务记录" in row[3]
    assert total[6] == "1,500"


def test_a_contract_changed_later_is_told_of(page: Visitor, world: World, served) -> None:
    decided(world, served, 1500)
    page.fill(f"/advisers/assignments/{served.id}/edit", {"年度服务费（元）": "1800"})
    row = page.get("/advisers/subsidies/2024").rows[0]
    assert row[5] == "1,800 核定后有变化"
    assert row[6] == "1,500"
