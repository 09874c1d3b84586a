"""A campaign's page to print: totals of its events against what its document asks for."""

from __future__ import annotations

from tests.support.page import Visitor
from tests.support.world import World
from tracker.kernel.headcount import CountBasis


def test_totals_are_of_the_campaigns_held_events_of_any_year(page: Visitor, world: World) -> None:
    village, other = world.a_village("石桥村"), world.a_village("新田村")
    campaign = world.a_campaign("利剑护蕾", "2024-11-01")
    world.an_event("进校园", "2024-11-20", headcount=300, villages=[village], campaign=campaign)
    world.an_event(
        "进村", "2025-01-05", headcount=100, villages=[village, other], campaign=campaign,
        count_basis=CountBasis.ESTIMATED,
    )  # fmt: skip
    world.an_event("别的活动", "2024-11-21", headcount=999)
    world.an_event("登错的", "2024-11-22", headcount=50, campaign=campaign, voided="登错")
    page.fill(f"/outreach/campaigns/{campaign.id}/edit", {"目标场次": "4", "目标人次": "300"})
    shown = page.get(f"/outreach/campaigns/{campaign.id}/summary")
    assert shown.h1 == "利剑护蕾"
    assert "2 / 4 50%" in shown.text
    assert "400 / 300 133%" in shown.text
    assert "估计 100" in shown.text.replace("人次", "")
    assert [row[0] for row in shown.rows] == ["进校园", "进村"]
    assert "999" not in shown.text
    cards = {card.all("p")[0].text: card.text for card in _cards(shown)}
    assert "2" in cards["普法覆盖村（社区）"]
    assert "横幅" not in shown.text


def test_a_campaign_without_events_or_targets_says_so(page: Visitor, world: World) -> None:
    campaign = world.a_campaign("新专项", "2025-01-01")
    shown = page.get(f"/outreach/campaigns/{campaign.id}/summary")
    assert [row[0] for row in shown.rows] == ["没有记录"]
    assert "目标完成情况" not in shown.text


def test_another_offices_campaign_is_not_found(page: Visitor, world: World) -> None:
    other = world.an_office("邻镇", "430725116")
    campaign = world.a_campaign("邻镇的专项", office=other)
    page.get(f"/outreach/campaigns/{campaign.id}/summary", status=404)


def _cards(shown):
    return [div for div in shown.tree.all("div") if div.get("class") == "figure-card"]
