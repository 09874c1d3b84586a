"""Closing a year in the browser: what is missing, the steps, the frozen year, later changes."""

from __future__ import annotations

import pytest

from tests.support.page import Visitor
from tests.support.world import World
from tracker.outreach.models import OutreachEvent

CLOSING = "/yearbook/2024/closing"


@pytest.fixture
def eight(world: World) -> list[OutreachEvent]:
    """Eight events with 1,640 people."""
    return [
        world.an_event(f"普法赶集{number}", f"2024-0{number}-12", headcount=205)
        for number in range(1, 9)
    ]


def close(clerk: Visitor, admin: Visitor) -> None:
    """Submit, approve and freeze 2024."""
    clerk.fill(f"{CLOSING}/submit", {}, press="送审")
    admin.fill(f"{CLOSING}/approve", {}, press="批准")
    admin.fill(f"{CLOSING}/freeze", {}, press="定稿")


def late_event(world: World) -> OutreachEvent:
    """The event that was forgotten."""
    return world.an_event("秋收普法", "2024-11-12", headcount=60)


# ------------------------------------------------------------------------------------ the steps


def test_a_year_is_submitted_approved_and_frozen(eight, page: Visitor, admin: Visitor):
    assert "登记中" in page.get(CLOSING).text
    close(page, admin)
    shown = page.get(CLOSING)
    assert "已定稿" in shown.text
    assert [row[0] for row in shown.rows if row[0] in ("送审", "批准", "定稿")] == [
        "送审",
        "批准",
        "定稿",
    ]
    assert "本年度数字已定稿（DG-2024-001）" in page.get("/yearbook/2024").text


def test_only_an_administrator_returns_approves_and_freezes(eight, page: Visitor, admin: Visitor):
    page.fill(f"{CLOSING}/submit", {}, press="送审")
    assert "批准" not in page.get(CLOSING).links
    for act in ("approve", "return", "freeze"):
        page.get(f"{CLOSING}/{act}", status=403)
        page.post(f"{CLOSING}/{act}", {"note": "好"}, status=403)
    assert "批准" in admin.get(CLOSING).links


def test_a_reader_closes_nothing(eight, reader: Visitor):
    shown = reader.get(CLOSING)
    assert "送审" not in shown.links
    reader.get(f"{CLOSING}/submit", status=403)
    reader.post(f"{CLOSING}/submit", {}, status=403)


def test_returning_asks_for_the_reason(eight, page: Visitor, admin: Visitor):
    page.fill(f"{CLOSING}/submit", {}, press="送审")
    admin.fill(f"{CLOSING}/return", {"原因": ""}, press="退回", status=422)
    admin.fill(f"{CLOSING}/return", {"原因": "缺 11 月的活动"}, press="退回")
    shown = page.get(CLOSING)
    assert "已退回" in shown.text
    assert "缺 11 月的活动" in shown.text


def test_a_step_out_of_turn_is_refused(eight, page: Visitor, admin: Visitor):
    shown = admin.fill(f"{CLOSING}/freeze", {}, press="定稿", status=422)
    assert "这一年现在是「登记中」，不能定稿" in shown.text


def test_figures_that_changed_after_approval_must_be_approved_again(
    eight, world: World, page: Visitor, admin: Visitor
):
    page.fill(f"{CLOSING}/submit", {}, press="送审")
    admin.fill(f"{CLOSING}/approve", {}, press="批准")
    late_event(world)
    shown = admin.fill(f"{CLOSING}/freeze", {}, press="定稿", status=422)
    assert "批准以后数字有变化" in shown.text
    admin.fill(f"{CLOSING}/approve", {}, press="批准")
    admin.fill(f"{CLOSING}/freeze", {}, press="定稿")
    assert page.get("/api/figures/2024").json["frozen"] is True


def test_a_year_that_has_not_begun_is_not_closed(page: Visitor):
    assert "送审" not in page.get("/yearbook/2026/closing").links
    page.get("/yearbook/2099/closing", status=404)


# ------------------------------------------------------------------------- the frozen year


def test_a_frozen_year_stays_and_the_change_is_named_by_record(
    eight, world: World, page: Visitor, admin: Visitor
):
    close(page, admin)
    late_event(world)
    year = page.get("/yearbook/2024")
    assert "定稿后有" in year.text
    figures = {each["key"]: each for each in page.get("/api/figures/2024").json["figures"]}
    assert figures["outreach.events"]["value"] == 8
    assert figures["outreach.person_times"]["phrase"] == "1600多人"

    shown = page.get("/yearbook/2024/changes")
    assert "秋收普法" in shown.text
    assert "定稿后登记" in shown.text

    opened = page.get("/yearbook/2024/outreach.events")
    assert "计入的记录（8 条）" in opened.text
    assert "定稿时未计入（1 条）" in opened.text
    one = page.get("/api/figures/2024/outreach.events").json
    assert one["change"]["frozen"] == 8
    assert one["change"]["present"] == 9
    assert [record["title"] for record in one["change"]["records"]] == ["秋收普法"]
    assert len(one["records"]) == 8


def test_a_voided_event_leaves_the_present_figure_and_not_the_frozen_one(
    eight, world: World, page: Visitor, admin: Visitor
):
    close(page, admin)
    world.void(eight[2], "与上一条重复")
    shown = page.get("/yearbook/2024/changes")
    assert "现在已作废：与上一条重复" in shown.text
    assert eight[2].title in shown.text
    assert page.get("/api/figures/2024/outreach.events").json["figure"]["value"] == 8


def test_the_year_is_frozen_again_with_a_reason_and_the_first_set_stays(
    eight, world: World, page: Visitor, admin: Visitor
):
    close(page, admin)
    late_event(world)
    page.fill(f"{CLOSING}/submit", {}, press="送审")
    admin.fill(f"{CLOSING}/approve", {}, press="批准")
    admin.fill(f"{CLOSING}/freeze", {"原因": ""}, press="定稿", status=422)
    admin.fill(f"{CLOSING}/freeze", {"原因": "补登 11 月的活动"}, press="定稿")
    assert page.get("/api/figures/2024").json["frozen_set"]["number"] == "DG-2024-002"
    assert page.get("/api/figures/2024/outreach.events").json["figure"]["value"] == 9
    first = page.get("/yearbook/2024/frozen/1/outreach.events")
    assert "计入的记录（8 条）" in first.text
    assert "没有变化" in page.get("/yearbook/2024/changes").text


def test_a_year_without_changes_is_not_frozen_twice(eight, page: Visitor, admin: Visitor):
    close(page, admin)
    assert "送审" not in page.get(CLOSING).links
    page.fill(f"{CLOSING}/submit", {}, press="送审")
    admin.fill(f"{CLOSING}/approve", {}, press="批准")
    shown = admin.fill(f"{CLOSING}/freeze", {"原因": "再来一次"}, press="定稿", status=422)
    assert "没有变化，不需要重新定稿" in shown.text


def test_the_next_year_is_compared_with_what_was_published(
    eight, world: World, page: Visitor, admin: Visitor
):
    close(page, admin)
    late_event(world)
    next_year = {each["key"]: each for each in page.get("/api/figures/2025").json["figures"]}
    assert next_year["outreach.events"]["previous"] == 8


def test_changes_become_a_correction_note(eight, world: World, page: Visitor, admin: Visitor):
    close(page, admin)
    late_event(world)
    shown = admin.fill("/yearbook/2024/changes/note", {"备注": "年后补报"}, press="生成")
    assert "GZ-2024-001" in shown.text
    assert "普法宣传活动次数：定稿 8次，现为 9次。" in shown.text
    assert "秋收普法：+1次（定稿后登记）" in shown.text
    assert "GZ-2024-001" in page.get("/yearbook/2024/changes").text
    page.get("/yearbook/2024/changes/note", status=403)


def test_without_changes_there_is_no_correction_note(eight, page: Visitor, admin: Visitor):
    close(page, admin)
    shown = admin.fill("/yearbook/2024/changes/note", {}, press="生成", status=422)
    assert "定稿以后数字没有变化" in shown.text


def test_another_office_sees_no_frozen_year(eight, world: World, page: Visitor, admin: Visitor):
    close(page, admin)
    world.a_user(name="linzhen", office=world.an_office("邻镇"))
    neighbour = Visitor(world.app)
    neighbour.sign_in("linzhen")
    assert "DG-2024-001" not in neighbour.get(CLOSING).text
    for address in ("frozen/1", "frozen/1/outreach.events", "changes", "changes/1"):
        neighbour.get(f"/yearbook/2024/{address}", status=404)
    assert neighbour.get("/api/figures/2024").json["frozen"] is False


# ---------------------------------------------------------------------------- what is missing


def test_a_finding_is_accepted_with_a_reason_and_opened_again(world: World, page: Visitor):
    world.an_event("没有清点的活动", "2024-06-26")
    shown = page.get(CLOSING)
    wanted = "已举办但没有登记参加人次：PF-2024-001 2024-06-26 没有清点的活动"
    assert wanted in shown.text
    accept = page.get(shown.links[f"按现状接受 ：{wanted}"])
    page.fill(accept, {"接受的原因": " "}, press="接受", status=422)
    shown = page.fill(accept, {"接受的原因": "现场没有清点"}, press="接受")
    assert "已接受：现场没有清点" in shown.text
    shown = page.press(shown, f"重新列为待处理 ：{wanted}")
    assert "已接受" not in shown.text


def test_a_finding_that_was_put_right_cannot_be_accepted(world: World, page: Visitor):
    page.get(
        "/yearbook/2024/findings/accept?code=outreach.no_headcount&subject=outreach_event:1",
        status=404,
    )
