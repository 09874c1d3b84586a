"""Logging an event costs less than the ledger's row: key presses counted in a real browser.

No mouse: from the home page to the saved record, on a desk and on a phone's width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.browser import Window, window
from tracker.onboarding import demo

pytestmark = [pytest.mark.browser]

COPY_LAST = 25
BLANK = 60


class Keyboard:
    """Hands that only press keys, and count them; a chord counts each of its keys."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += len(key.split("+"))

    def type(self, text: str) -> None:
        """Letters and digits; Han characters are put in by an input method, two keys for each."""
        for character in text:
            if character.isascii():
                self.press(character)
            else:
                self.page.keyboard.insert_text(character)
                self.pressed += 2

    def leads_on(self, act: Callable[[], None]) -> None:
        """Press what opens another page, and wait for it as a person does."""
        with self.page.expect_navigation(wait_until="load"):
            act()

    @property
    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.id"))


@pytest.fixture(params=[1280, 390])
def hands(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Keyboard]:
    with window(browser, site, width=request.param) as opened:
        opened.sign_in(demo.SIGN_IN.name, demo.SIGN_IN.password)
        opened.go("/")
        yield Keyboard(opened.page)
        _is_quiet(opened)


def _is_quiet(opened: Window) -> None:
    assert opened.complaints == []
    assert opened.elsewhere == []


def to_a_new_event(hands: Keyboard) -> None:
    """Past the header by its skip link, then the page's first button."""
    hands.press("Tab", "Enter", "Tab")
    assert hands.page.evaluate("document.activeElement.textContent") == "登记活动"
    hands.leads_on(lambda: hands.press("Enter"))
    assert hands.focused == "title"


def save(hands: Keyboard) -> None:
    hands.leads_on(lambda: hands.press("Control+Enter"))
    if hands.page.locator(".doubts").count():  # another run of this test logged the same today
        hands.leads_on(lambda: hands.press("Control+Enter"))
    assert "已保存" in hands.page.locator("main").inner_text()


def facts(hands: Keyboard) -> dict[str, str]:
    names = hands.page.locator("dl dt").all_inner_texts()
    values = hands.page.locator("dl dd").all_inner_texts()
    return {name.strip(): value.strip() for name, value in zip(names, values, strict=True)}


def test_the_last_event_is_logged_again_in_a_few_presses(hands: Keyboard) -> None:
    to_a_new_event(hands)
    hands.press("Shift+Tab")
    offered = hands.page.evaluate("document.activeElement.textContent")
    assert offered.startswith("沿用上一场：")
    hands.leads_on(lambda: hands.press("Enter"))
    assert hands.focused == "headcount"
    hands.type("126")
    save(hands)
    assert facts(hands)["参加人次"] == "126"
    assert hands.page.locator("h1").inner_text() in offered
    assert hands.pressed <= COPY_LAST, f"{hands.pressed} presses"


def test_a_blank_event_is_logged_by_enter_alone(hands: Keyboard) -> None:
    to_a_new_event(hands)
    hands.type("宪法进新村")
    hands.press("Enter", "Enter")  # the day is today
    assert hands.focused == "village_ids-filter"
    hands.type("sqc")
    hands.press("Enter", "Enter")
    assert hands.focused == "theme_ids-filter"
    hands.type("jtaq")
    hands.press("Enter", "Enter")
    hands.press("ArrowDown", "Enter")  # 讲座
    hands.type("86")
    hands.press("Enter", "Enter")  # 清点
    hands.type("90")
    save(hands)
    shown = facts(hands)
    assert hands.page.locator("h1").inner_text() == "宪法进新村"
    assert shown["村（社区）"] == "石桥村", "the village suggested gives way to the one chosen"
    assert shown["参加人次"] == "86"
    assert shown["主题"] == "道路交通安全"
    assert shown["宣传单（折页）"] == "90"
    assert hands.pressed <= BLANK, f"{hands.pressed} presses"
