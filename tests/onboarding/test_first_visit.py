"""The first visit: an office and its first administrator."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.page import Visitor

GOOD = {
    "单位名称": "桥头镇人民政府",
    "单位代码": "430725116",
    "管理员姓名": "李明",
    "用户名": "liming",
    "密码": "qiao-tou-fan-dian",
    "再输一次密码": "qiao-tou-fan-dian",
}


@pytest.fixture
def first(bare_app: Flask) -> Visitor:
    """The first visitor of an empty tracker."""
    return Visitor(bare_app)


def test_everything_wrong_is_said_at_once_and_all_but_passwords_is_kept(first: Visitor) -> None:
    wrong = {"单位代码": "桥", "用户名": "li ming", "密码": "12345678", "再输一次密码": "1234567"}
    shown = first.fill("/set-up", {**GOOD, **wrong}, press="开始使用", status=422)
    for field, message in {
        "单位代码": "2 到 20 位字母或数字",
        "用户名": "不含空格",
        "密码": "太容易被猜到",
        "再输一次密码": "两次输入的密码不一致",
    }.items():
        assert message in shown.error_beside(field)
    assert shown.value("单位名称") == GOOD["单位名称"]
    assert shown.value("用户名") == "li ming"


def test_a_missing_second_password_is_asked_for_in_plain_words(first: Visitor) -> None:
    shown = first.fill("/set-up", {**GOOD, "再输一次密码": ""}, press="开始使用", status=422)
    assert shown.errors == ["请再输一次密码"]


def test_full_width_letters_and_digits_are_plain_ones(first: Visitor) -> None:
    typed = {"单位代码": "４３０７２５１１６", "用户名": "ｌｉｍｉｎｇ"}
    assert first.fill("/set-up", {**GOOD, **typed}, press="开始使用").h1.endswith("年工作")
    first.sign_out()
    assert first.sign_in("ｌｉｍｉｎｇ", GOOD["密码"]).h1.endswith("年工作")


def test_a_new_office_is_told_what_to_do_first(first: Visitor) -> None:
    shown = first.fill("/set-up", GOOD, press="开始使用")
    assert shown.links["录入本镇的村（社区）：逐个登记，或从 Excel 导入"] == "/villages/"
    assert "/outreach/events/new" in shown.links.values()
    assert "没有待办事项" not in shown.text
    first.fill("/villages/new", {"村（社区）名称": "桥头村"})
    assert "录入本镇的村（社区）" not in first.get("/").text
