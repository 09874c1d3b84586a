"""The telephones' page and the roster in a real browser."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.outreach.signin.support import open_event, sign_on_paper, signed
from tests.support.application import PASSWORD
from tests.support.browser import Window, serving, window
from tests.support.world import World

pytestmark = pytest.mark.browser

#: What an elderly person's page needs (适老化): text of 18 pixels, targets of 60.
_SMALL = """() => {
  const text = [...document.querySelectorAll("main *")].filter((e) =>
    [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) &&
    parseFloat(getComputedStyle(e).fontSize) < 18);
  const targets = [...document.querySelectorAll("a, button, input:not([type=hidden]), select")]
    .filter((e) => e.getBoundingClientRect().height < 60);
  return [...text, ...targets].map((e) => e.outerHTML.slice(0, 80));
}"""


def sound(opened: Window) -> None:
    """The page keeps what elderly people and axe ask for, and nothing is blocked."""
    opened.page.wait_for_load_state("load")
    assert opened.page.evaluate(_SMALL) == []
    assert opened.violations() == []
    assert opened.too_wide() == []
    assert opened.complaints == []
    assert opened.elsewhere == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_elderly_people_can_read_and_press_everything(
    app: Flask, world: World, browser: Browser, language: str
):
    world.a_village("架桥村")
    _event, code = open_event(world, with_phone=True)
    with serving(app) as base, window(browser, base, width=390) as phone:
        path = f"/s/{code}?lang={language}"
        assert phone.go(path) == 200
        sound(phone)
        phone.page.click("button")
        sound(phone)
        assert phone.page.locator("#name-error").is_visible()
        phone.page.fill("#name", "赵大山")
        phone.page.select_option("#village_id", "0")
        phone.page.click("button")
        assert phone.page.locator(".answer.is-signed").is_visible()
        sound(phone)
        phone.go(path)
        assert phone.page.locator(".answer.is-already").is_visible()
        sound(phone)
        assert phone.go("/s/NOTHING") == 404
        sound(phone)


def test_a_telephone_without_script_signs_in(app: Flask, world: World, browser: Browser):
    event, code = open_event(world)
    with serving(app) as base, window(browser, base, width=390, script=False) as phone:
        phone.go(f"/s/{code}")
        phone.page.fill("#name", "赵大山")
        phone.page.select_option("#village_id", "0")
        phone.page.press("#name", "Enter")
        phone.page.wait_for_selector(".answer.is-signed")
    assert signed(world, event) == ["赵大山"]


def test_the_roster_counts_while_people_sign_in(app: Flask, world: World, browser: Browser):
    app.config["PUBLIC_URL"] = "http://192.168.1.20:8000"
    event, _code = open_event(world)
    with serving(app) as base, window(browser, base, width=390) as officer:
        officer.sign_in("jingban", PASSWORD)
        officer.go(f"/outreach/events/{event.id}/sign-in")
        total = officer.page.locator("[data-count=total]")
        assert total.text_content() == "0"
        assert officer.violations() == []
        assert officer.too_wide() == []
        sign_on_paper(world, event, "张三", "李四")
        total.filter(has_text="2").wait_for(timeout=30_000)
        assert officer.complaints == []
        officer.go(f"/outreach/events/{event.id}/sign-in/sheet")
        assert officer.violations() == []
        assert officer.complaints == []
