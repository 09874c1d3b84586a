"""The import over the web: confirming, giving up, taking back, and whose it is."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from tests.support.page import Visitor
from tests.support.world import World
from tests.workbooks.importing.pages import (
    MARKET,
    OWN_HEADS,
    SCHOOL,
    WRONG,
    counts,
    events,
    hand_in,
    how_many,
    ledger,
)
from tracker.accounts.terms import Role
from tracker.kernel import records
from tracker.kernel.db import db
from tracker.offices.terms import OfficeLevel
from tracker.workbooks.importing import preview_pages
from tracker.workbooks.importing.models import ImportBatch

# ------------------------------------------------------------------------- giving up, going on


def test_a_ledger_is_given_up(page: Visitor, world: World) -> None:
    shown = page.press(hand_in(page, ledger(MARKET)), "放弃")
    assert shown.message.endswith("已放弃，没有导入任何内容。")
    assert how_many(world, ImportBatch) == 0


def test_a_corrected_ledger_takes_the_place_of_the_first(page: Visitor, world: World) -> None:
    shown = hand_in(page, ledger(WRONG), {"重复的记录": "跳过", "year": "2023"})
    again = page.click(shown, "重新上传")
    assert again.form().values()["on_existing"] == ["skip"]
    assert again.form().values()["year"] == ["2023"]
    hand_in(page, ledger(MARKET), at=shown.links["重新上传"])
    assert how_many(world, ImportBatch) == 1


def test_pressing_twice_is_one_import(page: Visitor, world: World) -> None:
    shown = hand_in(page, ledger(MARKET))
    form = shown.form("确认导入 1 行")
    answers = [page.client.post(form.action, data=form.values()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(events(world)) == 1


def test_what_changed_since_it_was_shown_is_shown_again(page: Visitor, world: World) -> None:
    page.press(hand_in(page, ledger(MARKET)), "确认导入 1 行")
    (event,) = events(world)
    shown = hand_in(page, ledger((*MARKET[:4], 150)))
    page.fill(f"/outreach/events/{event.id}/edit", {"venue": "农贸市场"})
    refused = page.press(shown, "确认导入 1 行", status=409)
    assert "没有导入任何一行，请看过新的结果再确认" in refused.text
    assert world.again(event).headcount == 120
    page.press(refused, "确认导入 1 行")
    assert world.again(event).headcount == 150
    assert world.again(event).venue == "农贸市场"


def test_what_became_wrong_since_it_was_shown_is_not_written(page: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    shown = hand_in(page, ledger(MARKET, (*SCHOOL[:3], "架桥村", 5)))
    world.void(village)
    refused = page.press(shown, "确认导入 2 行", status=409)
    assert counts(refused)["有误"] == 1
    assert "有 1 行有误，没有导入任何一行" in refused.text
    assert events(world) == []


def test_somebody_elses_new_record_does_not_stop_an_import(page: Visitor, world: World) -> None:
    shown = hand_in(page, ledger(MARKET))
    world.an_event("别人登记的", on="2024-03-01", headcount=7)
    page.press(shown, "确认导入 1 行")
    assert len(events(world)) == 2


# ------------------------------------------------------------------------- taking back


def test_a_whole_import_is_taken_back(page: Visitor, world: World) -> None:
    page.press(hand_in(page, ledger(MARKET)), "确认导入 1 行")
    done = page.press(hand_in(page, ledger((*MARKET[:4], 150), SCHOOL)), "确认导入 2 行")
    asked = page.click(done, "撤销这次导入")
    assert "新增的 1 条记录将作废，更新的 1 条将恢复原样" in asked.text
    assert [event.headcount for event in events(world)] == [150, 200]
    undone = page.press(asked, "撤销这次导入")
    assert undone.message.endswith("已撤销这次导入。")
    assert [event.headcount for event in events(world)] == [120]
    assert "撤销这次导入" not in undone.links
    assert page.get("/import/").rows[0][1] == "已撤销"
    # Once more changes nothing.
    assert page.post(f"{undone.url}/undo").h1 == "导入结果"


def test_an_import_whose_records_were_edited_is_not_taken_back(page: Visitor, world: World) -> None:
    done = page.press(hand_in(page, ledger(MARKET, SCHOOL)), "确认导入 2 行")
    first = events(world)[0]
    page.fill(f"/outreach/events/{first.id}/edit", {"venue": "农贸市场"})
    assert page.get(done.url).rows[0][3] == "之后修改过"
    refused = page.press(page.click(done, "撤销这次导入"), "撤销这次导入", status=409)
    assert f"导入之后又有人改过这些记录，不能整批撤销：{first.number}" in refused.errors[0]
    assert len(events(world)) == 2


# ------------------------------------------------------------------------- long ledgers


@pytest.fixture
def _everything_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.workbooks.importing import confirm_views, views

    for module in (views, confirm_views, preview_pages):
        monkeypatch.setattr(module, "LONG", 0)


@pytest.mark.usefixtures("_everything_is_long")
def test_a_long_ledger_tells_its_progress(page: Visitor, world: World) -> None:
    rows = [(f"第{n}场", "2024-05-20", "集中宣传", "", n) for n in range(450)]
    shown = hand_in(page, ledger(*rows))
    steps = [each.text for each in shown.main.all("div") if each.has_class("import-step")]
    assert [step.partition(" 行数")[0] for step in steps] == [
        f"已处理 {done} / 450 行" for done in (0, 200, 400, 450)
    ]
    assert counts(shown)["新增"] == 450
    assert events(world) == []
    done = page.press(shown, "确认导入 450 行")
    (refresh,) = [m for m in done.tree.all("meta") if m.get("http-equiv") == "refresh"]
    assert refresh.get("content") == f"0; url={shown.url}"
    assert len(events(world)) == 450
    result = page.click(done, "查看结果")
    assert result.h1 == "导入结果"
    undone = page.press(page.click(result, "撤销这次导入"), "撤销这次导入")
    taken_back = [each for each in undone.main.all("div") if each.has_class("import-step")]
    assert len(taken_back) == 4
    assert events(world) == []
    assert page.click(undone, "查看结果").tree.all("span", class_="tag is-muted")


@pytest.mark.usefixtures("_everything_is_long")
def test_a_long_ledger_is_checked_like_a_short_one(page: Visitor, world: World) -> None:
    page.press(hand_in(page, ledger(MARKET)), "确认导入 1 行")
    (event,) = events(world)
    shown = hand_in(page, ledger((*MARKET[:4], 150)))
    page.fill(f"/outreach/events/{event.id}/edit", {"venue": "农贸市场"})
    refused = page.press(shown, "确认导入 1 行")
    assert "没有导入任何一行，请看过新的结果再确认" in refused.text
    assert world.again(event).headcount == 120
    page.press(refused, "确认导入 1 行")
    page.fill(f"/outreach/events/{event.id}/edit", {"venue": "文化站"})
    kept = page.press(page.get(f"{shown.url}/undo"), "撤销这次导入")
    assert "不能整批撤销" in kept.text
    assert world.again(event).headcount == 150
    assert counts(hand_in(page, ledger(WRONG)))["有误"] == 1
    page.read_in("en")
    page.strict = False
    assert "write it like 2024-03-15" in hand_in_english(page, ledger(WRONG))


def hand_in_english(visitor: Visitor, data: bytes) -> str:
    """What the preview of a ledger says to somebody who reads English."""
    sent = {
        "csrf_token": visitor.token,
        "register": "",
        "on_existing": "update",
        "file": (io.BytesIO(data), "ledger.xlsx"),
    }
    answer = visitor.client.post("/import/", data=sent, content_type="multipart/form-data")
    return visitor.client.get(answer.location).text


@pytest.mark.usefixtures("_everything_is_long")
def test_whoever_closes_the_window_has_written_nothing(page: Visitor, world: World) -> None:
    rows = [(f"第{n}场", "2024-05-20", "集中宣传", "", n) for n in range(650)]
    shown = hand_in(page, ledger(*rows))
    form = shown.form("确认导入 650 行")
    answer = page.client.post(form.action, data=form.values(), buffered=False)
    pieces = answer.iter_encoded()
    for _ in range(3):
        next(pieces)  # the beginning of the page, and that 200 rows are done
    answer.close()
    assert events(world) == []
    assert page.get(shown.url).h1 == "核对导入内容"
    # The writers' lock is free again.
    world.an_event("之后的活动", on="2024-03-01")


# ------------------------------------------------------------------------- whose it is


def test_a_reader_may_not(reader: Visitor, page: Visitor) -> None:
    url = hand_in(page, ledger(MARKET)).url
    for path in ("/import/", url, f"{url}/columns", f"{url}/options", f"{url}/marked.xlsx"):
        reader.get(path, status=403)
    for path in ("/import/", f"{url}/confirm", f"{url}/forget", f"{url}/undo"):
        reader.post(path, status=403)
    assert "导入（Excel）" not in reader.get("/villages/").links
    assert "/import/" not in reader.get("/villages/").html


def test_nobody_imports_without_signing_in(visitor: Visitor) -> None:
    assert visitor.client.get("/import/").status_code == 302
    assert visitor.client.get("/import/1").status_code == 302


@pytest.mark.parametrize("level", OfficeLevel)
def test_another_offices_import_is_not_there(
    app: Flask, page: Visitor, world: World, level: OfficeLevel
) -> None:
    shown = hand_in(page, ledger(MARKET), name="机密.xlsx")
    done = page.press(hand_in(page, ledger(SCHOOL)), "确认导入 1 行")
    other = world.an_office("别处", level=level)
    if level is OfficeLevel.COUNTY:
        with world.writing() as session:
            session.get_one(type(other), world.office_id).parent_id = other.id
    world.a_user(Role.ADMINISTRATOR, name="bieren", office=other)
    stranger = Visitor(app)
    stranger.sign_in("bieren")
    assert "机密" not in stranger.get("/import/").html
    for url in (shown.url, done.url):
        for path in (url, f"{url}/columns", f"{url}/options", f"{url}/undo", f"{url}/marked.xlsx"):
            stranger.get(path, status=404)
        for path in ("confirm", "columns", "options", "undo", "forget"):
            stranger.post(f"{url}/{path}", status=404)
    assert stranger.get("/import/?again=1").form().values()["register"] == [""]
    assert len(events(world)) == 1
    assert how_many(world, ImportBatch) == 2


def test_what_is_taught_stays_in_the_office(app: Flask, page: Visitor, world: World) -> None:
    shown = hand_in(page, ledger(MARKET, heads=OWN_HEADS), {"台账": "普法宣传活动"})
    page.fill(shown, {"做了什么": "活动名称"}, press="保存并继续")
    other = world.an_office("邻镇")
    world.a_user(Role.CLERK, name="lin", office=other)
    stranger = Visitor(app)
    stranger.sign_in("lin")
    shown = hand_in(stranger, ledger(MARKET, heads=OWN_HEADS), {"台账": "普法宣传活动"})
    assert shown.h1 == "核对列的对应"


def test_addresses_of_nothing(page: Visitor) -> None:
    for path in ("/import/999", "/import/99999999999", "/import/0", "/import/999/marked.xlsx"):
        page.get(path, status=404)
    done = page.press(hand_in(page, ledger(MARKET)), "确认导入 1 行")
    page.get(f"{done.url}/marked.xlsx", status=404)
    assert page.get(f"{done.url}/columns").h1 == "导入结果"
    assert page.get(f"{done.url}/options").h1 == "导入结果"
    page.post(f"{done.url}/forget", status=404)


def test_looking_writes_nothing(page: Visitor, world: World) -> None:
    world.an_event("已有的活动", on="2024-03-01")
    shown = hand_in(page, ledger(MARKET, WRONG))
    with world.reading():
        before = db.session.connection().exec_driver_sql("SELECT count(*) FROM change_log").scalar()
        db.session.rollback()
    page.get(shown.url)
    page.client.get(f"{shown.url}/marked.xlsx")
    with world.reading():
        after = db.session.connection().exec_driver_sql("SELECT count(*) FROM change_log").scalar()
    assert after == before
    assert records.LARGEST_ID
