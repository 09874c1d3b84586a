"""Logging an event by form."""

from __future__ import annotations

from tests.support.page import Visitor
from tests.support.world import World


def test_a_clerk_logs_an_event_and_the_year_counts_it(page: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    shown = page.fill(
        "/outreach/events/new",
        {
            "活动名称": "禁毒宣传进集市",
            "活动日期": "2024.6.26",
            "参加人次": "８２３",
            "村（社区）": ["架桥村"],
            "宣传单（折页）": 500,
        },
    )
    assert shown.h1 == "禁毒宣传进集市"
    assert shown.facts["参加人次"] == "823"
    assert village.name in shown.facts["村（社区）"]
    assert world.value("outreach.person_times", 2024) == 823
    assert world.value("outreach.materials", 2024) == 500
