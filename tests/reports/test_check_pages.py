"""The page that reads a report back, and what an office says of its own phrases."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.reports.making import docx, paragraph, report
from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.accounts.terms import Role

ADDRESS = "/reports/check/2024"
TEXT = "全年开展普法宣传活动2次，宣传普及人数达1600多人。"
OWN = "举办“法润万家”活动2次。"


def handed_in(page: Visitor, data: bytes, name: str = "report.docx", status: int = 200) -> Page:
    """The answer to a file that is uploaded."""
    return page.post(ADDRESS, {"file": (io.BytesIO(data), name), "text": ""}, status=status)


def pasted(page: Visitor, text: str) -> Page:
    """The answer to a text that is pasted."""
    return page.fill(ADDRESS, {"text": text}, press="核对")


def numbers(shown: Page) -> list[str]:
    """The list beside the text, one line a number."""
    return [row.text for row in shown.main.all("li") if row.has_class("check-row")]


def bound(page: Visitor, shown: Page, figure: str = "outreach.events") -> Page:
    """The answer to saying which figure the first number is."""
    form = shown.form("再核对一次")
    data: dict[str, Any] = form.filled({"number": "1", "figure": figure})
    return page.post(f"{ADDRESS}/bind", {k: v for k, v in data.items() if k != "csrf_token"})


def test_a_pasted_report_shows_each_number_with_its_figure(page: Visitor, world: World):
    world.an_event(headcount=823)
    world.an_event(headcount=820)
    shown = pasted(page, TEXT)
    assert "一致 2" in shown.text
    first, second = numbers(shown)
    assert "2次 一致" in first
    assert "普法宣传活动次数 台账：2次" in first
    assert "1600多人 一致" in second
    assert page.click(shown, "普法宣传参加人次").h1 == "普法宣传参加人次"


def test_a_wrong_number_is_marked_in_the_text_and_told_the_right_one(page: Visitor, world: World):
    world.an_event(headcount=1643)
    shown = pasted(page, TEXT)
    assert "有 1 个数和台账不一致" in shown.text
    mark = next(a for a in shown.main.all("a") if a.has_class("check-number"))
    assert mark.text == "2次 （不一致） 1"
    assert mark.has_class("is-danger")
    assert "请改为「1次」" in numbers(shown)[0]


def test_a_word_document_is_read(page: Visitor, world: World):
    world.an_event(headcount=20)
    shown = handed_in(page, report("（一）普法", "开展普法宣传活动1次。"))
    assert "一致 1" in shown.text


def test_markup_in_a_report_is_text(page: Visitor):
    shown = pasted(page, "<script>alert(1)</script>开展普法宣传活动1次")
    assert "<script>alert(1)</script>" in shown.text
    assert "<script>alert" not in shown.html


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7", "PDF 文档"),
        (docx(paragraph("8次"), **{"word/vbaProject.bin": b"x"}), "有宏"),
    ],
)
def test_what_is_no_report_is_refused_beside_its_field(page: Visitor, data: bytes, why: str):
    shown = handed_in(page, data, status=422)
    assert why in shown.error_beside("file")


def test_a_far_too_large_upload_gets_a_page_of_ours(page: Visitor):
    data = {"csrf_token": page.token, "text": "8次"}
    answer = page.client.post(
        ADDRESS, data=data, environ_overrides={"CONTENT_LENGTH": str(100 * 2**20)}
    )
    assert answer.status_code == 413
    shown = page.read(answer)
    assert shown.h1 == "文件太大"
    assert "20 MB" in shown.text
    assert "核对" in " ".join(shown.links)


def test_nothing_handed_in_is_told_so(page: Visitor):
    shown = page.fill(ADDRESS, {"text": ""}, press="核对", status=422)
    assert shown.error_beside("file").endswith("请选择报告文件，或者粘贴正文")


def test_a_reader_may_check_and_not_bind(world: World, visitor: Visitor):
    world.a_user(Role.READER, name="du")
    visitor.sign_in("du")
    shown = pasted(visitor, TEXT)
    assert "记住这个说法" not in shown.text
    assert len(numbers(shown)) == 2


def test_what_a_person_binds_is_known_from_then_on(page: Visitor, world: World):
    world.an_event()
    shown = pasted(page, OWN)
    assert "看不出" in numbers(shown)[0]
    again = bound(page, shown)
    assert "已记住" in again.text
    assert "本单位指定" in numbers(again)[0]
    assert "请改为「1次」" in numbers(again)[0]
    assert "本单位指定" in numbers(pasted(page, OWN.replace("2", "1")))[0]


def test_a_binding_is_listed_removed_and_restored(page: Visitor):
    bound(page, pasted(page, OWN))
    listed = page.get("/reports/check/bindings")
    assert "举办“法润万家”活动[次]" in listed.text
    removed = page.press(listed, "不再记住")
    assert "还没有指定过" in removed.text
    assert "看不出" in numbers(pasted(page, OWN))[0]
    assert "普法宣传活动次数" in page.press(removed, "撤销").text


def test_a_binding_can_be_taken_back_where_it_was_made(page: Visitor):
    made = bound(page, pasted(page, OWN))
    assert "还没有指定过" in page.press(made, "撤销").text


def test_a_phrase_that_is_bound_anew_has_the_new_figure(page: Visitor):
    bound(page, pasted(page, OWN))
    shown = bound(page, pasted(page, OWN), "outreach.sessions")
    assert "普法宣传场次" in numbers(shown)[0]
    listed = page.get("/reports/check/bindings")
    assert listed.text.count("举办“法润万家”活动[次]") == 1


def test_another_offices_bindings_are_not_used(page: Visitor, world: World, visitor: Visitor):
    bound(page, pasted(page, OWN))
    other = world.an_office()
    world.a_user(Role.CLERK, name="lin", office=other)
    visitor.sign_in("lin")
    assert "看不出" in numbers(pasted(visitor, OWN))[0]
    assert "法润万家" not in visitor.get("/reports/check/bindings").text
    visitor.post("/reports/check/bindings/1/remove", status=404)
    assert "本单位指定" in numbers(pasted(page, OWN))[0]


def test_a_binding_enters_the_change_log(page: Visitor, world: World, visitor: Visitor):
    bound(page, pasted(page, OWN))
    world.a_user(Role.ADMINISTRATOR, name="guan")
    visitor.sign_in("guan")
    assert "记住的说法" in visitor.get("/changes/").text


def test_a_number_that_is_not_in_the_text_cannot_be_bound(page: Visitor):
    sent = {"text": OWN, "number": "9", "figure": "outreach.events"}
    shown = page.post(f"{ADDRESS}/bind", sent, status=422)
    assert "请选择文中的数" in shown.error_beside("number")


def test_years_out_of_range_are_not_found(page: Visitor):
    page.get("/reports/check/1899", status=404)
    page.get("/reports/check/2099", status=404)
