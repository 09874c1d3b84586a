"""The checks that every page of every test passes through find what they are there to find."""

from __future__ import annotations

import pytest

from tests.support import hygiene
from tests.support.dom import parse

GOOD = """<!DOCTYPE html><html lang="zh-CN"><head><title>登录 · 法治台账</title></head><body><main>
<h1>登录</h1><form method="post"><input type="hidden" name="csrf_token"
value="0123456789012345678901234567890"><label for="a">姓名</label><input id="a" name="a">
<button type="submit">保存</button></form><p>你好，世界。</p></main></body></html>"""


def _faults(page: str, data: str = "") -> list[str]:
    tree, markup = parse(page)
    return hygiene.faults(tree, markup, "zh", lambda text: bool(data) and text in data)


def test_a_sound_page_has_no_faults() -> None:
    assert _faults(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<h1>登录</h1>", "", "0 h1"),
        ("<h1>登录</h1>", "<h1>登录</h1><h1>登录</h1>", "2 h1"),
        ("登录 · 法治台账", "", "the title is empty"),
        ("<title>登录", "<title>别的", "does not name the page"),
        ("zh-CN", "en", "lang is not"),
        ('id="a"', 'id="b"', "points to nothing"),
        ("<p>", '<p id="a">', "stands 2 times"),
        ("<label for", "<label data-for", "has no label"),
        ('name="csrf_token"', 'name="token"', "carries no token"),
        ('type="submit"', "", "has no type"),
        ("<p>", '<p style="color:red">', "style of its own"),
        ("<p>", '<p onclick="x()">', "carries onclick="),
        ("<p>", "<script>x()</script><p>", "script of its own"),
        ("<p>", "<style>p{}</style><p>", "carries a <style>"),
        ("<p>", '<a href="https://example.org">去</a><p>', "leads elsewhere"),
        ("<p>", '<a href="//example.org">去</a><p>', "leads elsewhere"),
        ("<p>", '<a href="javascript:x()">去</a><p>', "leads elsewhere"),
        ("<p>", '<img src="/a.png"><p>', "has no alt"),
        ("<p>", '<a href="/a"></a><p>', "says nothing"),
        ("<p>", "<h3>深</h3><p>", "h3 follows h1"),
        ("<p>", "<fieldset><p>", "no legend"),
        ("你好，世界", "你好,世界", "half-width punctuation"),
        ("你好，世界", "共 None 条", "shows through"),
        ("你好，世界", "{{ name }}", "shows through"),
        ("你好，世界", "共 %(n)s 条", "shows through"),
        ("</p>", "", "closes"),
        ("<main>", "<div>", "no <main>"),
    ],
)
def test_a_fault_is_found(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    found = _faults(GOOD.replace(old, new, 1))
    assert any(fault in each for each in found), found


def test_what_a_person_typed_is_not_the_pages_fault() -> None:
    assert _faults(GOOD.replace("你好，世界", "你好,世界"), data="上次说你好,世界的人") == []
