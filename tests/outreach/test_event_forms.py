"""The form of an event: what may be typed, what is said to it, and that nothing typed is lost."""

from __future__ import annotations

import pytest

from tests.support.page import Visitor
from tests.support.world import World
from tracker.outreach.terms import EventState

NEW = "/outreach/events/new"
GOOD = {"活动名称": "禁毒宣传", "活动日期": "2024-06-26", "参加人次": "30"}


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("活动名称", "", "请填写活动名称"),
        ("活动名称", "长" * 300, "活动名称请勿超过 200 字，现有 300 字"),
        ("活动日期", "", "请填写活动日期"),
        ("活动日期", "昨天", "活动日期请写成 2024-06-26 的样子"),
        ("活动日期", "2024-02-30", "活动日期填的这一天不存在，请核对"),
        ("活动日期", "1024-06-26", "活动日期的年份应在 1990 到 2100 之间"),
        ("结束日期", "2024-06-25", "结束日期不能早于开始日期，请核对"),
        ("结束日期", "2026-06-26", "一场活动不超过一年；更长的请建为专项活动"),
        ("参加人次", "-1", "参加人次不能小于 0"),
        ("参加人次", "9999999999", "参加人次不能大于 9999999，请核对"),
        ("参加人次", "很多", "参加人次请填整数，例如 120；没有清点的写「约200」"),
        ("参加人次", "12.5", "参加人次请填整数，例如 120；没有清点的写「约200」"),
        ("参加人次", "", "请填写参加人次；没有统计的，计数方式请选「未登记」"),
        ("计数方式", "未登记", "请选择人次是签到、清点还是估计得来"),
        ("场次", "0", "场次不能小于 1"),
        ("状态", "maybe", "请从列表中选择状态"),
        ("开展形式", "", "请选择开展形式"),
        ("备注", "长" * 2001, "备注请勿超过 2000 字，现有 2001 字"),
        ("主题", "99999", "请从列表中选择主题"),
        ("村（社区）", "abc", "请从列表中选择村（社区）"),
        ("所属专项活动", "77", "请从列表中选择所属专项活动"),
        ("普法对象", "martians", "请从列表中选择普法对象"),
        ("宣传单（折页）", "１０００００００", "宣传单（折页）不能大于 9999999，请核对"),
    ],
)
def test_bad_input_gets_a_message_beside_its_field_and_all_else_is_kept(
    page: Visitor, world: World, field: str, typed: str, message: str
) -> None:
    world.a_village("架桥村")
    name = page.get(NEW).form("保存").named(field)
    shown = page.fill(NEW, {**GOOD, "地点": "集市", name: typed}, status=422)
    assert shown.errors == [message]
    assert message in shown.error_beside(field)
    assert shown.title.startswith("错误：")
    for other, value in {**GOOD, "地点": "集市"}.items():
        if other != field:
            assert shown.value(other) == value
    if field in ("活动名称", "活动日期", "参加人次", "备注", "结束日期", "场次"):
        assert shown.value(field) == typed
    assert world.value("outreach.events") == 0


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert('x')</script>",
        "=SUM(A1:A9)",
        "👮‍♀️禁毒🎉",
        "{{ 7*7 }}",
        "'; DROP TABLE outreach_event; --",
        "None",
        "&amp;&lt;",
        "𠮷野家",
        "مرحبا",
        "«кавычки»",
        "a" * 200,
    ],
)
def test_odd_titles_are_kept_and_shown_as_they_are(page: Visitor, world: World, title: str) -> None:
    shown = page.fill(NEW, {**GOOD, "活动名称": title})
    kept = title.replace("\u200d", "")
    assert shown.h1 == kept
    assert [row[0] for row in page.get("/outreach/events/").rows] == [kept]
    page.get("/yearbook/2024/outreach.events")
    assert world.members_of("outreach.events")[0].title == kept


@pytest.mark.parametrize("typed", ["2024.6.26", "2024年6月26日", "２０２４／６／２６", "20240626"])
def test_days_may_be_typed_in_any_usual_way(page: Visitor, typed: str) -> None:
    assert page.fill(NEW, {**GOOD, "活动日期": typed}).facts["开始日期"] == "2024-06-26"


def test_numbers_may_be_typed_full_width_or_with_commas(page: Visitor) -> None:
    shown = page.fill(NEW, {**GOOD, "参加人次": "１，６２３", "宣传单（折页）": "2,000"})
    assert shown.facts["参加人次"] == "1,623"


def test_an_event_to_come_cannot_have_been_held(page: Visitor, world: World) -> None:
    shown = page.fill(NEW, {**GOOD, "活动日期": "2025-03-01"}, status=422)
    assert "计划中" in shown.error_beside("状态")
    page.fill(shown, {"状态": "计划中"})
    assert world.value("outreach.events", 2025) == 0


def test_an_event_that_is_only_planned_needs_no_headcount(page: Visitor, world: World) -> None:
    shown = page.fill(NEW, {"活动名称": "宪法宣传周", "活动日期": "2025-12-04", "状态": "计划中"})
    assert shown.facts["计数方式"] == "未登记"
    edited = page.click(shown, "修改")
    held = {"活动日期": "2025-01-10", "状态": "已举办", "参加人次": "30"}
    assert page.fill(edited, held).facts["计数方式"] == "清点"
    assert world.value("outreach.events", 2025) == 1


def test_no_browser_cuts_a_text_that_is_too_long(page: Visitor) -> None:
    """What a browser cuts off a pasted title is lost without a word."""
    form = page.get(NEW).form("保存")
    for name in form.visible_names:
        assert "maxlength" not in form.control(name).attrs, name
    assert form.control("title").get("data-longest") == "200"


def test_a_list_names_the_first_of_many_villages(page: Visitor, world: World) -> None:
    villages = [world.a_village(f"第{number:02}号大山村") for number in range(40)]
    event = world.an_event("全镇普法", villages=villages)
    (row,) = page.get("/outreach/events/").rows
    listed = next(cell for cell in row if "大山村" in cell)
    assert listed.endswith("…")
    assert len(listed) <= 80
    assert "第39号大山村" in page.get(f"/outreach/events/{event.id}").facts["村（社区）"]


def test_an_english_filter_is_said_with_an_english_colon(page: Visitor, world: World) -> None:
    world.an_event()
    page.read_in("en")
    shown = page.get("/outreach/events/?state=held")
    assert "State: Held" in shown.text
    assert "：" not in shown.text


def test_a_wrong_entry_in_the_fold_opens_the_fold(page: Visitor) -> None:
    shown = page.fill(NEW, {**GOOD, "展板（块）": "三块"}, status=422)
    fold = next(n for n in shown.main.all("details") if n.has_class("fold"))
    assert "open" in fold.attrs


def test_the_form_starts_with_today_and_the_office(page: Visitor) -> None:
    shown = page.get(NEW)
    assert shown.value("活动日期") == "2025-01-20"
    assert shown.value("主办单位") == "架桥镇"


def test_save_and_log_another(page: Visitor, world: World) -> None:
    shown = page.fill(NEW, GOOD, press="保存并再登一条")
    assert shown.h1 == "登记普法活动"
    assert "已保存" in shown.message
    page.fill(shown, {**GOOD, "活动名称": "第二场"})
    assert world.value("outreach.events") == 2


def test_a_copy_takes_what_it_was_and_not_when_and_how_many(page: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    event = world.an_event(
        "禁毒宣传", headcount=823, villages=[village], themes=["禁毒"], venue="集市", note="下雨"
    )
    shown = page.click(page.get(f"/outreach/events/{event.id}"), "复制为新活动")
    form = shown.form("保存")
    assert shown.value("活动名称") == "禁毒宣传"
    assert shown.value("地点") == "集市"
    assert shown.value("参加人次") == ""
    assert shown.value("备注") == ""
    assert shown.value("活动日期") == "2025-01-20"
    assert form.values()["village_ids"] == [str(village.id)]
    copy = page.fill(shown, {"参加人次": 12})
    assert copy.facts["编号"] == "PF-2025-001"
    assert world.again(event).headcount == 823


def test_an_edit_keeps_everything_that_was_not_touched(page: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    event = world.an_event(
        headcount=823, villages=[village], themes=["禁毒", "宪法"], venue="集市", sessions=2
    )
    before = page.get(f"/outreach/events/{event.id}").facts
    page.fill(f"/outreach/events/{event.id}/edit", {"活动名称": "改名"})
    after = page.get(f"/outreach/events/{event.id}").facts
    changed = {key for key in before | after if before.get(key) != after.get(key)}
    assert changed <= {"活动名称"}
    assert after["活动名称"] == "改名"


def test_a_theme_out_of_use_stays_with_the_events_that_have_it(
    page: Visitor, admin: Visitor, world: World
) -> None:
    event = world.an_event(themes=["禁毒"], headcount=1)
    lists = admin.get("/outreach/lists/")
    theme = next(url for text, url in lists.links.items() if text == "禁毒")
    admin.fill(theme, {"继续使用": None})
    assert "禁毒" not in page.get(NEW).form("保存").choices("主题")
    page.fill(f"/outreach/events/{event.id}/edit", {"活动名称": "改名"})
    assert "禁毒" in page.get(f"/outreach/events/{event.id}").facts["主题"]


# --------------------------------------------------------------------------- void and undo


def test_a_void_asks_for_a_reason_and_can_be_undone_at_once(page: Visitor, world: World) -> None:
    event = world.an_event("登重了", headcount=5)
    path = f"/outreach/events/{event.id}/void"
    assert page.fill(path, {}, press="作废", status=422).errors == ["请填写作废原因"]
    listed = page.fill(path, {"作废原因": "重复登记"}, press="作废")
    assert "已作废：登重了" in listed.message
    assert world.value("outreach.events") == 0
    shown = page.press(listed, "撤销")
    assert "已撤销作废" in shown.message
    assert world.value("outreach.events") == 1


def test_a_voided_record_says_so_on_its_page_and_stays_findable(
    page: Visitor, world: World
) -> None:
    event = world.an_event("登重了", voided="重复登记")
    assert "登重了" not in page.get("/outreach/events/").text
    assert "登重了" in page.get("/outreach/events/?voided=1").text
    shown = page.get(f"/outreach/events/{event.id}")
    assert "这条记录已作废" in shown.text
    assert "重复登记" in shown.text
    page.press(shown, "撤销作废")
    assert world.value("outreach.events") == 1


# --------------------------------------------------------------------------- two at once


def test_the_second_of_two_editors_sees_the_firsts_change(
    page: Visitor, admin: Visitor, world: World
) -> None:
    event = world.an_event("禁毒宣传", headcount=100)
    path = f"/outreach/events/{event.id}/edit"
    opened = page.get(path)
    admin.fill(path, {"参加人次": 120, "地点": "集市"})
    shown = page.fill(opened, {"参加人次": 130}, status=409)
    assert "这条记录刚被别人修改过" in shown.text
    assert ["参加人次", "120", "130"] in shown.rows
    assert ["地点", "集市", "— 未填写"] in shown.rows
    assert shown.value("参加人次") == "130"
    assert world.again(event).headcount == 120
    page.fill(shown, {"地点": "集市"})
    assert world.again(event).headcount == 130
    assert world.again(event).venue == "集市"


def test_a_third_save_meanwhile_is_noticed_again(
    page: Visitor, admin: Visitor, world: World
) -> None:
    event = world.an_event(headcount=1)
    path = f"/outreach/events/{event.id}/edit"
    opened = page.get(path)
    admin.fill(path, {"参加人次": 2})
    shown = page.fill(opened, {"参加人次": 9}, status=409)
    admin.fill(path, {"参加人次": 3})
    page.fill(shown, {}, status=409)
    assert world.again(event).headcount == 3


@pytest.mark.parametrize("version", ["0", "99", "-1"])
def test_a_version_that_never_was_is_stale(page: Visitor, world: World, version: str) -> None:
    event = world.an_event(headcount=1)
    form = page.get(f"/outreach/events/{event.id}/edit").form("保存")
    data = form.filled({"参加人次": 2}) | {"version": [version]}
    answer = page.client.post(form.action, data=data)
    assert answer.status_code in (409, 422, 303)
    if version != "-1":
        assert answer.status_code == 409
        assert world.again(event).headcount == 1


def test_an_event_that_was_voided_meanwhile_is_noticed(
    page: Visitor, admin: Visitor, world: World
) -> None:
    event = world.an_event(headcount=1)
    opened = page.get(f"/outreach/events/{event.id}/edit")
    admin.fill(f"/outreach/events/{event.id}/void", {"作废原因": "重复"}, press="作废")
    page.fill(opened, {"参加人次": 2}, status=409)


# --------------------------------------------------------------------------- campaigns


def test_events_stand_under_their_campaign(page: Visitor, world: World) -> None:
    made = page.fill(
        "/outreach/campaigns/new",
        {"专项活动名称": "「宪法宣传周」", "开始日期": "2024-12-01", "结束日期": "2024-12-07"},
    )
    page.fill(NEW, {**GOOD, "活动名称": "宪法进校园", "所属专项活动": "「宪法宣传周」"})
    assert "宪法进校园" in page.get(made.url).text


def test_a_voided_campaign_leaves_its_events_counted(page: Visitor, world: World) -> None:
    campaign = world.a_campaign()
    world.an_event(campaign=campaign)
    page.fill(f"/outreach/campaigns/{campaign.id}/void", {"作废原因": "建错"}, press="作废")
    assert world.value("outreach.events") == 1


def test_a_campaign_cannot_end_before_it_begins(page: Visitor) -> None:
    shown = page.fill(
        "/outreach/campaigns/new",
        {"专项活动名称": "甲", "开始日期": "2024-12-07", "结束日期": "2024-12-01"},
        status=422,
    )
    assert shown.error_beside("结束日期") == "结束日期不能早于开始日期，请核对"


def test_an_event_of_a_voided_campaign_can_still_be_edited(page: Visitor, world: World) -> None:
    campaign = world.a_campaign()
    event = world.an_event(campaign=campaign, headcount=2)
    world.void(campaign)
    page.fill(f"/outreach/events/{event.id}/edit", {"参加人次": 3})
    assert world.again(event).headcount == 3
    assert world.again(event).campaign_id == campaign.id


# --------------------------------------------------------------------------- the list


def test_filters_live_in_the_address_and_can_be_dropped(page: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    world.an_event("禁毒", "2024-06-26", villages=[village], themes=["禁毒"], headcount=1)
    world.an_event("宪法", "2023-12-04", headcount=1)
    world.an_event("计划", "2024-08-01", state=EventState.PLANNED)

    def listed(query: str) -> set[str]:
        return {row[0] for row in page.get(f"/outreach/events/?{query}").rows}

    assert listed("") == {"禁毒", "宪法", "计划"}
    assert listed("year=2024") == {"禁毒", "计划"}
    assert listed("year=2024&state=held") == {"禁毒"}
    assert listed(f"village={village.id}") == {"禁毒"}
    assert listed("q=宪") == {"宪法"}
    assert listed("q=PF-2024") == {"禁毒", "计划"}
    assert listed("year=2024&headcount=none&state=held") == set()
    shown = page.get("/outreach/events/?year=2024&state=held")
    chips = {text: url for text, url in shown.links.items() if "2024年" in text or "已举办" in text}
    dropped = next(url for text, url in chips.items() if "已举办" in text and "state" not in url)
    assert {row[0] for row in page.get(dropped).rows} == {"禁毒", "计划"}


@pytest.mark.parametrize("search", ["%", "_", "\\", "100%", "'", '"', "%%%%%", "（", "[a-z]"])
def test_search_marks_are_searched_for_and_mean_nothing(
    page: Visitor, world: World, search: str
) -> None:
    world.an_event("普通的名称", headcount=1)
    world.an_event(f"含{search}的名称", headcount=1)
    rows = page.get("outreach.events", q=search).rows
    assert [row[0] for row in rows] == [f"含{search}的名称"]


def test_an_empty_list_says_what_to_do(page: Visitor) -> None:
    shown = page.get("/outreach/events/")
    assert shown.rows == []
    assert "登记活动" in shown.links
    assert "没有符合条件的记录" in page.get("/outreach/events/?q=查无").text
