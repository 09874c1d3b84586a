"""What a form must do under a person's hands: in a real browser, with script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.support import pictures
from tests.support.browser import Window, window
from tracker.onboarding import demo

pytestmark = [pytest.mark.browser]

NEW = "/outreach/events/new"


@pytest.fixture
def opened(browser: Browser, site: str) -> Iterator[Window]:
    """A window in which the example township's administrator has signed in."""
    with window(browser, site) as found:
        found.sign_in(demo.SIGN_IN.name, demo.SIGN_IN.password)
        yield found
        assert found.elsewhere == [], "the pages ask other hosts"
        assert found.complaints == []


def test_a_double_click_on_save_is_one_record(opened: Window) -> None:
    page = opened.page
    opened.go(NEW)
    page.fill("#title", "只登一次的活动")
    page.fill("#starts_on", "2024-11-11")
    page.fill("#headcount", "12")
    page.get_by_role("button", name="保存", exact=True).dblclick(no_wait_after=True)
    page.wait_for_selector("h1:has-text('只登一次的活动')")
    page.wait_for_load_state("networkidle")
    opened.go("/outreach/events/?q=%E5%8F%AA%E7%99%BB%E4%B8%80%E6%AC%A1")
    assert page.locator("tbody tr").count() == 1


def test_the_keyboard_alone_logs_an_event(opened: Window) -> None:
    page = opened.page
    opened.go(NEW)
    page.focus("#title")
    page.keyboard.type("键盘登记的活动")
    page.focus("#headcount")
    page.keyboard.type("15")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("h1:has-text('键盘登记的活动')")


def test_what_was_typed_is_kept_and_the_messages_lead_to_their_fields(opened: Window) -> None:
    page = opened.page
    opened.go(NEW)
    page.fill("#title", "填错的活动")
    page.fill("#starts_on", "明天")
    page.fill("#headcount", "很多")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_selector(".error-summary")
    assert page.input_value("#title") == "填错的活动"
    assert page.input_value("#headcount") == "很多"
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "starts_on"


def test_photos_are_made_smaller_before_they_are_sent(opened: Window, tmp_path: Path) -> None:
    """A picture that was redrawn in the browser is called .jpg and keeps its day; the good ones are
    stored, the other is named with its reason."""
    page = opened.page
    photo, text = tmp_path / "赶集现场.jpeg", tmp_path / "说明.txt"
    drawn = Image.effect_noise((2400, 1800), 90).convert("RGB")
    drawn.save(photo, quality=90, exif=pictures.exif())
    text.write_text("不是照片", "utf-8")
    opened.go("/outreach/events/?year=2024")
    page.locator("main table a").first.click()
    page.get_by_role("link", name="添加佐证").click()
    page.set_input_files("#files", [photo, text])
    page.get_by_role("button", name="上传").click()
    page.wait_for_selector(".error-summary:has-text('说明.txt：认不出这是什么文件')")
    assert "已添加 1 个文件" in page.inner_text("main")
    page.get_by_role("link", name="返回").click()
    page.wait_for_selector(".evidence-files a:has-text('赶集现场.jpg')")
    shown = page.locator(".evidence-files img").last
    shown.scroll_into_view_if_needed()
    assert shown.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 480
    page.locator(".evidence-files a").last.click()
    page.wait_for_selector(".summary-list:has-text('2024-06-26')")


def test_the_language_is_switched_where_one_stands(opened: Window) -> None:
    page = opened.page
    opened.go("/yearbook/2024/outreach.events")
    page.click("button:has-text('English')")
    page.wait_for_selector("h1:has-text('Outreach events held')")
    assert page.url.endswith("/yearbook/2024/outreach.events")
    page.click("button:has-text('中文')")
    page.wait_for_selector("h1:has-text('普法宣传活动次数')")


def test_the_checks_of_pages_find_what_is_wrong(browser: Browser, site: str) -> None:
    """Were they blind, every page would pass."""
    with window(browser, site, width=390) as found:
        found.go("/sign-in")
        assert found.violations() == []
        assert found.too_wide() == []
        found.page.evaluate(
            """() => {
              document.querySelector("main").innerHTML = "<img src='/static/x.png'><input>"
                + "<p id='pale'>几乎看不见的一行字</p><div id='wide'>太宽</div>";
              document.querySelector("#pale").style.color = "#e8e8e8";
              document.querySelector("#wide").style.width = "900px";
            }"""
        )
        named = {each.partition(":")[0] for each in found.violations()}
        assert {"image-alt", "label", "color-contrast"} <= named
        assert found.too_wide()
        found.page.evaluate("fetch('http://192.0.2.1/x').catch(() => 0)")
        assert found.complaints or found.elsewhere
