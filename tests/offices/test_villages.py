"""Villages: the list that coverage is measured against."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.page import Visitor
from tests.support.world import World
from tracker.kernel.errors import RuleBroken


def test_a_village_is_entered_and_found_by_characters_and_pinyin(page: Visitor) -> None:
    shown = page.fill(
        "/villages/new", {"村（社区）名称": "架桥村", "类别": "行政村", "人口": "1,234"}
    )
    assert shown.h1 == "架桥村"
    assert shown.facts["人口"] == "1,234"
    page.fill("/villages/new", {"村（社区）名称": "维新社区", "类别": "社区"})
    for search in ("架桥", "jiaqiao", "JIAQ", "jqc"):
        rows = page.get(f"/villages/?q={search}").rows
        assert [row[0] for row in rows] == ["架桥村"], search


def test_save_and_enter_another(page: Visitor, world: World) -> None:
    shown = page.fill("/villages/new", {"村（社区）名称": "甲村"}, press="保存并再登一条")
    assert shown.h1 == "新增村（社区）"
    assert shown.value("村（社区）名称") == ""
    page.fill(shown, {"村（社区）名称": "乙村"})
    assert world.value("offices.villages") == 2


def test_a_name_is_entered_once(page: Visitor, world: World) -> None:
    world.a_village("架桥村")
    shown = page.fill("/villages/new", {"村（社区）名称": " 架桥村 ", "人口": "1200"}, status=422)
    assert shown.error_beside("村（社区）名称") == "已有同名的村（社区），请核对"
    assert shown.value("人口") == "1200"


def test_the_name_of_a_voided_village_is_free_again(page: Visitor, world: World) -> None:
    world.a_village("架桥村", voided="录错了")
    page.fill("/villages/new", {"村（社区）名称": "架桥村"})
    assert world.value("offices.villages") == 1


def test_a_voided_village_whose_name_was_taken_does_not_come_back_silently(
    page: Visitor, world: World
) -> None:
    voided = world.a_village("架桥村", voided="录错了")
    world.a_village("架桥村")
    shown = page.press(page.get(f"/villages/{voided.id}"), "撤销作废")
    assert "已有同名的记录在用" in shown.message
    assert world.again(voided).is_voided


@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_a_village_needs_a_name(page: Visitor, name: str) -> None:
    shown = page.fill("/villages/new", {"村（社区）名称": name}, status=422)
    assert shown.errors == ["请填写村（社区）名称"]


def test_two_offices_may_have_a_village_of_the_same_name(session, world: World) -> None:
    world.a_village("城关村")
    world.a_village("城关村", office=world.an_office("邻镇"))
    with pytest.raises(RuleBroken):
        world.a_village("城关村")


def test_a_village_merged_away_counts_until_then(session, world: World) -> None:
    world.a_village("老村", closed_on=date(2024, 7, 1))
    world.a_village("新村")
    assert world.value("offices.villages", 2023) == 2
    assert world.value("offices.villages", 2024) == 1
    assert world.reasons("offices.villages", 2024) == {"老村": "期末前已撤并"}


def test_a_voided_village_never_counted(session, world: World) -> None:
    world.a_village("错村", voided="不是本镇的")
    assert world.value("offices.villages", 2024) == 0
    assert world.reasons("offices.villages", 2024) == {"错村": "已作废"}


def test_a_reader_sees_no_buttons_to_write(reader: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    shown = reader.get(f"/villages/{village.id}")
    assert "修改" not in shown.links
    assert [form.action for form in shown.forms] == []
    assert "新增村（社区）" not in reader.get("/villages/").links


def test_villages_stand_in_the_order_of_their_pinyin(page: Visitor, world: World) -> None:
    for name in ("上湾村", "桥头村", "大坪村", "塘冲社区"):
        world.a_village(name)
    order = ["大坪村", "桥头村", "上湾村", "塘冲社区"]
    assert [row[0] for row in page.get("/villages/").rows] == order
    choices = page.get("/outreach/events/new").form("保存").choices("village_ids")
    assert list(choices) == order
