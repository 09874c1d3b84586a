"""What is asked before an event is saved: entered before, or heads nobody would believe."""

from __future__ import annotations

from tests.support.page import Page, Visitor
from tests.support.world import World

NEW = "/outreach/events/new"
GOOD = {"活动名称": "宪法宣传进石桥村", "活动日期": "2024-12-04", "参加人次": "120"}


def doubts(shown: Page) -> list[str]:
    return [item.text for box in shown.tree.all("section") if box.get("class") == "doubts"
            for item in box.all("li")]  # fmt: skip


def test_the_same_event_entered_twice_is_asked_about_once(page: Visitor, world: World) -> None:
    world.a_village("石桥村")
    page.fill(NEW, {**GOOD, "村（社区）": ["石桥村"]})
    again = {**GOOD, "活动名称": "“宪法宣传”进石桥村 活动", "村（社区）": ["石桥村"]}
    asked = page.fill(NEW, again, status=422)
    assert len(doubts(asked)) == 1
    assert "同一天已登记过「宪法宣传进石桥村」" in doubts(asked)[0]
    assert asked.errors == []
    assert world.value("outreach.events", 2024) == 1
    form = asked.form("保存")
    assert form.values()["title"] == ["“宪法宣传”进石桥村 活动"]
    saved = page.fill(asked, {})
    assert saved.h1 == "“宪法宣传”进石桥村 活动"
    assert world.value("outreach.events", 2024) == 2


def test_another_village_another_day_or_another_title_is_no_double(
    page: Visitor, world: World
) -> None:
    world.a_village("石桥村")
    world.a_village("新田村")
    page.fill(NEW, {**GOOD, "村（社区）": ["石桥村"]})
    page.fill(NEW, {**GOOD, "村（社区）": ["新田村"]})
    page.fill(NEW, {**GOOD, "活动日期": "2024-12-05", "村（社区）": ["石桥村"]})
    page.fill(NEW, {**GOOD, "活动名称": "防溺水班会", "村（社区）": ["石桥村"]})
    assert world.value("outreach.events", 2024) == 4


def test_a_voided_entry_is_no_double(page: Visitor, world: World) -> None:
    shown = page.fill(NEW, GOOD)
    page.fill(f"{shown.url}/void", {"作废原因": "登错了"}, press="作废")
    assert page.fill(NEW, GOOD).h1 == GOOD["活动名称"]


def test_changing_an_event_does_not_compare_it_with_itself(page: Visitor, world: World) -> None:
    shown = page.fill(NEW, GOOD)
    assert page.fill(f"{shown.url}/edit", {"备注": "有照片"}).facts["备注"] == "有照片"


def test_a_nought_too_many_is_asked_about(page: Visitor, world: World) -> None:
    for number in range(5):
        world.an_event(f"第{number}场", headcount=150)
    asked = page.fill(NEW, {**GOOD, "参加人次": "1200"}, status=422)
    assert doubts(asked) == ["参加人次 1,200 远多于以往任何一场（最多 150），请核对是否多写了一位"]
    assert page.fill(NEW, {**GOOD, "参加人次": "400"}).facts["参加人次"] == "400"


def test_few_events_say_nothing_of_what_is_usual(page: Visitor, world: World) -> None:
    world.an_event("第一场", headcount=20)
    assert page.fill(NEW, {**GOOD, "参加人次": "1200"}).facts["参加人次"] == "1,200"


def test_more_heads_than_people_living_there_are_asked_about(page: Visitor, world: World) -> None:
    page.fill("/villages/new", {"name": "石桥村", "人口": "900"})
    entry = {**GOOD, "村（社区）": ["石桥村"]}
    asked = page.fill(NEW, {**entry, "参加人次": "1200"}, status=422)
    assert doubts(asked) == ["参加人次 1,200 多于所选村（社区）的总人口 900，请核对"]
    in_two = page.fill(NEW, {**entry, "参加人次": "1200", "场次": "2"})
    assert in_two.facts["参加人次"] == "1,200", "600 a session are no more than live there"


def test_a_headcount_of_nought_is_asked_about(page: Visitor) -> None:
    asked = page.fill(NEW, {**GOOD, "参加人次": "0"}, status=422)
    assert doubts(asked) == ["参加人次填的是 0：没有统计的请把计数方式改为「未登记」"]


def test_what_turns_up_after_the_question_is_asked_anew(page: Visitor, world: World) -> None:
    asked = page.fill(NEW, {**GOOD, "参加人次": "0"}, status=422)
    page.fill(NEW, {**GOOD, "活动名称": "宪法宣传进石桥"})
    anew = page.fill(asked, {}, status=422)
    assert len(doubts(anew)) == 2


def test_another_offices_events_are_never_shown_as_doubles(page: Visitor, world: World) -> None:
    other = world.an_office("邻镇", "430725116")
    world.an_event("宪法宣传进石桥村", on="2024-12-04", office=other)
    assert page.fill(NEW, GOOD).h1 == GOOD["活动名称"]


def test_about_makes_a_headcount_an_estimate(page: Visitor, world: World) -> None:
    for name, typed, number in (
        ("防溺水", "约200", "200"),
        ("禁毒", "230余人", "230"),
        ("民法典", "近三百", "300"),
        ("消费者权益", "1.2千左右", "1,200"),
    ):
        shown = page.fill(NEW, {**GOOD, "活动名称": f"{name}宣传", "参加人次": typed})
        assert (shown.facts["参加人次"], shown.facts["计数方式"]) == (number, "估计")
    exact = page.fill(NEW, {**GOOD, "活动名称": "国家安全", "参加人次": "200人"})
    assert exact.facts["计数方式"] == "清点"


def test_a_new_event_starts_where_the_last_one_was(page: Visitor, world: World) -> None:
    village = world.a_village("石桥村")
    world.a_village("新田村")
    world.an_event("在石桥村", villages=[village])
    form = page.get(NEW).form("保存")
    assert form.values()["village_ids"] == [str(village.id)]
    everywhere = [village, world.a_village("竹园村")]
    world.an_event("在两个村", villages=everywhere)
    assert "village_ids" not in page.get(NEW).form("保存").values()


def test_usual_partners_are_offered_while_typing(page: Visitor, world: World) -> None:
    page.fill(NEW, {**GOOD, "参与单位": "派出所、妇联"})
    shown = page.get(NEW)
    field = shown.form("保存").control("partner_organisations")
    offered = next(n for n in shown.tree.all("datalist") if n.get("id") == field.get("list"))
    assert [option.get("value") for option in offered.all("option")] == ["派出所、妇联"]
