"""The printed sheet: on as many A4 pages as its rows need, with the head on each."""

from __future__ import annotations

import re
import zlib
from html import unescape
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.outreach.signin.support import a_class, open_event
from tests.support.browser import serving
from tests.support.page import Visitor
from tests.support.world import World
from tracker.outreach.signin import sheet
from tracker.outreach.signin.terms import EntryKind

ADDRESS = "http://192.168.1.20:8000"


def test_without_a_reachable_address_there_is_no_picture_and_the_reason_is_said(
    world: World, page: Visitor
):
    event, _code = open_event(world)
    shown = page.get(f"/outreach/events/{event.id}/sign-in/sheet")
    assert not shown.tree.all("svg")
    assert "没有设置手机能访问的地址（TRACKER_PUBLIC_URL）" in shown.tree.the("body").text
    shown = page.get(f"/outreach/events/{event.id}/sign-in")
    assert not shown.main.all("svg")
    assert "还没有设置手机能访问的地址" in shown.text
    assert "http://192.168.1.20:8000" in shown.text, "how it is set"


@pytest.mark.parametrize("base", [ADDRESS, ADDRESS + "/", "https://sign.example.gov.cn"])
def test_with_one_the_picture_leads_to_the_event(
    app: Flask, world: World, page: Visitor, base: str
):
    app.config["PUBLIC_URL"] = base
    event, code = open_event(world)
    shown = page.get(f"/outreach/events/{event.id}/sign-in")
    address = f"{base.rstrip('/')}/s/{code}"
    assert address in shown.text
    drawn = sheet.picture(address)
    for where in (shown, page.get(f"/outreach/events/{event.id}/sign-in/sheet")):
        [path] = where.tree.all("path")
        assert path.get("d") == drawn.path


@pytest.mark.parametrize("base", ["", "  ", "192.168.1.20:8000", "ftp://a", "javascript:alert(1)"])
def test_what_is_no_address_counts_as_none(app: Flask, world: World, page: Visitor, base: str):
    app.config["PUBLIC_URL"] = base
    event, _code = open_event(world)
    assert not page.get(f"/outreach/events/{event.id}/sign-in").main.all("svg")


def test_a_closed_sign_in_prints_no_picture(app: Flask, world: World, page: Visitor):
    app.config["PUBLIC_URL"] = ADDRESS
    event = world.an_event()
    shown = page.get(f"/outreach/events/{event.id}/sign-in/sheet")
    assert not shown.tree.all("svg")
    assert "签到没有对手机开放" in shown.tree.the("body").text


def test_the_picture_is_the_code_that_the_library_draws():
    """Module by module: what is dark there is dark here."""
    import segno

    code = segno.make_qr(ADDRESS, error="m")
    drawn = sheet.picture(ADDRESS)
    dark = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawn.path):
        dark |= {(int(x) + n - 4, int(y) - 4) for n in range(int(width))}
    size = len(code.matrix)
    assert drawn.size == size + 8
    assert dark == {(x, y) for y in range(size) for x in range(size) if code.matrix[y][x]}


def pages_of(pdf: bytes) -> list[str]:
    """The texts that Chromium put on each page; it writes every page as one stream."""
    texts = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            data = zlib.decompress(stream)
        except zlib.error:
            continue
        if b" Tf" in data:
            texts.append(data.decode("latin-1"))
    return texts


@pytest.mark.browser
@pytest.mark.parametrize(("rows", "least", "most"), [(20, 1, 1), (40, 2, 2), (100, 4, 5)])
def test_it_prints_on_a4_with_its_head_on_every_page(
    app: Flask, world: World, browser: Browser, rows: int, least: int, most: int
):
    app.config["PUBLIC_URL"] = ADDRESS
    event, _code = open_event(world)
    pdf, html, blocked = printed(app, browser, event.id, f"rows={rows}")
    count = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert least <= count <= most
    boxes = set(re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf))
    [box] = [tuple(float(n) for n in each.split()) for each in boxes]
    assert (round(box[2]), round(box[3])) == (595, 842), "A4 portrait"
    assert blocked == []
    assert html.count('<td class="is-number">') == rows
    # The head is drawn anew on each page: the picture's path and the title are in every stream.
    drawn = [text for text in pages_of(pdf) if " re" in text or " l" in text]
    heads = [text for text in drawn if text.count(" h\n") > 100 or text.count(" re\n") > 100]
    assert len(heads) == count, "the picture stands on every page"


@pytest.mark.browser
def test_schools_get_columns_for_classes(app: Flask, world: World, browser: Browser):
    event, _code = open_event(world, kind=EntryKind.CLASS)
    a_class(world, event, "三年级", 40)
    _pdf, html, _blocked = printed(app, browser, event.id, "")
    heads = [unescape(text) for text in re.findall(r"<th[^>]*>([^<]*)</th>", html)]
    assert heads == ["序号", "班级", "学生人数", "带班老师签名"]
    assert "不登记学生姓名" in html
    assert "个人信息说明" not in html


def printed(
    app: Flask, browser: Browser, event_id: int, query: str
) -> tuple[bytes, str, list[str]]:
    """The sheet as Chromium prints it, its markup, and what the policy blocked."""
    officer = Visitor(app)
    officer.sign_in("jingban")
    cookie: Any = officer.client.get_cookie("tracker_sid")
    blocked: list[str] = []
    with serving(app) as base:
        context = browser.new_context(locale="zh-CN")
        context.add_cookies([{"name": "tracker_sid", "value": cookie.value, "url": base}])
        opened = context.new_page()
        opened.on("console", lambda message: blocked.append(message.text))
        opened.goto(f"{base}/outreach/events/{event_id}/sign-in/sheet?{query}")
        pdf, html = opened.pdf(prefer_css_page_size=True), opened.content()
        context.close()
    return pdf, html, blocked
