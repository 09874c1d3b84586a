"""Every page a link leads to, in a real browser: nothing scrolls sideways or is cut off, axe finds
nothing, the console stays silent, no other host is asked, and all of it works without script.

The pages show the example county with records no layout was drawn for (`furnished`), in both
languages on a phone and on a desk, in English without script. ``TRACKER_FULL=1`` opens more of each
kind, adds the width between them, both languages with and without script, and has axe look at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, template_rendered

from tests.journeys import furnished
from tests.journeys.crawling import (
    EVERYTHING,
    LANGUAGES,
    QUICK,
    THOROUGH,
    WIDTHS,
    Crawl,
    Window,
    page_endpoints,
    submit_empty,
    window,
)
from tests.support.addresses import ASKED_WITH_MORE
from tests.support.crawl import crawl
from tests.support.example import example_visitor
from tests.support.page import Visitor
from tracker.onboarding import demo

pytestmark = pytest.mark.browser

Served = tuple[Flask, str]

FULL = bool(os.environ.get("TRACKER_FULL"))
#: The door and the errors are looked at in these.
SIZES = (
    [(language, width) for language in LANGUAGES for width in WIDTHS]
    if FULL
    else [("zh", 390), ("en", 1280)]
)

#: Pages that no link leads to, and why.
UNLINKED = {
    "onboarding.set_up": "shown while the tracker is empty; looked at below",
    "accounts.sign_in": "shown to people who are not signed in; looked at below",
    "yearbook.this_year": "no page: leads to the running year",
    "reports.start": "only for years that nobody has begun; among `tests.support.example.MORE`",
    "reports.this_year": "no page: leads to the year being written",
    "reports.section": "no page: leads to the section on the page of its report",
    "phone_sign_in.sign_in": "opened by its code on a telephone: tests/outreach/signin",
    "signin.counts": "no page: the numbers that the roster's page renews by itself",
    "worklog.entry_of_any_kind": "no page: leads to the entry among those of its kind",
}


@pytest.fixture(scope="module")
def furnished_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("furnished") / "instance"
    furnished.make(folder)
    return folder


@pytest.fixture
def served(furnished_folder: Path, tmp_path: Path) -> Iterator[Served]:
    """The furnished tracker on a server of its own; what a test changes is seen by no other."""
    with furnished.served(furnished_folder, tmp_path / "instance") as found:
        yield found


@pytest.fixture
def empty_address(tmp_path: Path) -> Iterator[str]:
    """A tracker as it is on its first start."""
    with furnished.served(None, tmp_path / "empty") as (_, address):
        yield address


#: How many pages of each kind are read, by language.
MEASURES = dict.fromkeys(LANGUAGES, EVERYTHING) if FULL else {"zh": THOROUGH, "en": QUICK}
#: The widths they are read at, by language: what breaks, breaks on the narrowest first.
READ_AT = (
    dict.fromkeys(LANGUAGES, WIDTHS)
    if FULL
    else {"zh": (WIDTHS[0], WIDTHS[-1]), "en": (WIDTHS[0],)}
)


def closely(looking: Window, template: str, known: set[str]) -> bool:
    """Whether axe looks: at every page in the full run, else once at each template, in Chinese."""
    return FULL or (looking.language == "zh" and template not in known)


def read(looking: Window) -> Crawl:
    """Examine the pages a crawl finds, each at every width."""
    crawl = Crawl(looking, MEASURES[looking.language])
    shown: list[str] = []
    known: set[str] = set()

    def note(_app: Flask, template: Any, **_context: Any) -> None:
        shown.append(str(template.name))

    def look(_endpoint: str, _address: str) -> None:
        for width in READ_AT[looking.language]:
            looking.resize(width)
            looking.examine(axe=closely(looking, shown[-1], known))
        known.add(shown[-1])

    with template_rendered.connected_to(note, looking.app):
        crawl.go(look)
        for endpoint, start in furnished.rarely_reached(looking.app).items():
            if endpoint not in crawl.opened:
                crawl.go(look, start=start)
    return crawl


#: The languages, and whether scripts run: what a page says and how it is laid out needs none.
WAYS = [("zh", True), ("en", False), *([("zh", False), ("en", True)] if FULL else [])]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "script"), WAYS)
def test_every_page_reads_well(
    browser: Any, served: Served, language: str, *, script: bool
) -> None:
    app, address = served
    with window(browser, app, address, language, WIDTHS[0], script=script) as looking:
        looking.sign_in(demo.SIGN_IN.name)
        crawl = read(looking)
    assert not looking.faults, "\n".join(looking.faults)
    unreached = page_endpoints(app) - set(crawl.opened) - set(UNLINKED)
    assert not unreached, f"no link leads to {sorted(unreached)}"


@pytest.mark.slow
@pytest.mark.parametrize("name", [demo.COUNTY_SIGN_IN.name, "demo-reader"])
def test_no_link_leads_readers_to_a_closed_door(served: Served, name: str) -> None:
    """A county reads its townships' pages and changes none; a reader changes nothing."""
    app, _address = served
    visitor = Visitor(app)
    visitor.strict = False
    visitor.sign_in(name, furnished.PASSWORD)
    found = crawl(visitor, of_each=2 if FULL else 1, queries_of_each=2 if FULL else 1)
    assert not found.broken, found.broken
    opened = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule in found.pages}
    assert "outreach.event" in opened
    assert "outreach.edit_event" not in opened


#: Pages that only ask whether one is sure.
ASKS_NOTHING = {"imports.cancel"}


def forms_of(app: Flask) -> dict[str, str]:
    """The pages with a form to fill in, one address by endpoint, found by following links."""
    visitor = example_visitor(app)
    visitor.strict = False
    found = crawl(visitor, of_each=1, queries_of_each=1)
    rules = {rule.rule: rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return {
        rules[rule].endpoint: addresses[0]
        for rule, addresses in found.pages.items()
        if "POST" in (rules[rule].methods or ())
        and rules[rule].endpoint not in ASKS_NOTHING | ASKED_WITH_MORE.keys()
    }


@pytest.mark.slow
def test_every_form_says_what_is_missing(browser: Any, served: Served) -> None:
    """Each form is sent empty and looked at closely: in Chinese on a phone, and in English."""
    app, address = served
    refused = []
    ways = [("zh", 390), *([("en", 1280)] if FULL else [])]
    with ExitStack() as stack:
        windows = [
            stack.enter_context(window(browser, app, address, language, width))
            for language, width in ways
        ]
        for each in windows:
            each.sign_in(demo.SIGN_IN.name)
        forms = forms_of(app)
        assert len(forms) > 30, sorted(forms)
        for endpoint, address_of_form in sorted(forms.items()):
            for looking in windows:
                status = submit_empty(looking, address_of_form)
                if status == 422:
                    refused.append(endpoint)
                    looking.examine(axe=True)
                    if not looking.page.locator("#error-summary li").count():
                        looking.blame(f"{endpoint} refuses without saying why")
                elif status != 200:
                    looking.blame(f"{endpoint}, sent empty, answered {status}")
    faults = [fault for each in windows for fault in each.faults]
    assert not faults, "\n".join(faults)
    assert len(set(refused)) > 30, refused


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_pages_without_an_account_and_errors(
    browser: Any, served: Served, empty_address: str, language: str, width: int
) -> None:
    app, address = served
    with window(browser, app, address, language, width) as looking:
        looking.open("/")
        looking.examine(axe=True)
        assert looking.page.locator("#password").count() == 1
        assert submit_empty(looking, "/sign-in") == 422
        looking.examine(axe=True)
        looking.sign_in(furnished.LONG_NAMED)
        looking.page.locator("details.account summary").click()
        # What lies under the open menu is covered for as long as it is open.
        looking.examine(axe=True, within="header")
        for path, status in (("/users/", 403), ("/no-such-page", 404), ("/villages/999999", 404)):
            looking.open(path, status)
            looking.examine(axe=True)
    with window(browser, app, empty_address, language, width) as starting:
        starting.open("/")
        starting.examine(axe=True)
        assert starting.page.url.endswith("/set-up")
        assert submit_empty(starting, "/set-up") == 422
        starting.examine(axe=True)
    faults = looking.faults + starting.faults
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [390, 768])
def test_the_menu_opens(browser: Any, served: Served, width: int) -> None:
    app, address = served
    with window(browser, app, address, "zh", width) as looking:
        looking.sign_in(demo.SIGN_IN.name)
        looking.page.locator("details.menu-switch summary").click()
        looking.page.get_by_role("link", name="村（社区）", exact=True).first.wait_for()
        looking.examine(axe=True)
    assert not looking.faults, "\n".join(looking.faults)


def test_an_event_is_logged_changed_and_voided_without_script(browser: Any, served: Served) -> None:
    app, address = served
    with window(browser, app, address, "zh", 390, script=False) as looking:
        page = looking.page

        def press(label: str) -> None:
            with page.expect_navigation():
                page.get_by_role("button", name=label, exact=True).first.click()

        def follow(label: str) -> None:
            with page.expect_navigation():
                page.get_by_role("main").get_by_role("link", name=label, exact=True).first.click()

        looking.sign_in("demo-clerk")
        looking.open("/outreach/events/")
        follow("登记活动")
        page.fill("#title", "集市法律咨询")
        page.fill("#starts_on", "2025.1.15")
        page.fill("#headcount", "38")
        press("保存")
        assert page.locator("h1").inner_text() == "集市法律咨询"
        record = page.url
        follow("修改")
        page.fill("#title", "赶集日法律咨询")
        press("保存")
        assert page.url == record
        assert page.locator("h1").inner_text() == "赶集日法律咨询"
        follow("作废")
        page.fill("#reason", "登记了两次")
        press("作废")
        page.goto(record)
        assert "登记了两次" in page.locator("main").inner_text()
        press("撤销作废")
        page.goto(record)
        assert "登记了两次" not in page.locator("main").inner_text()
        follow("修改")
        assert page.input_value("#title") == "赶集日法律咨询"
    assert not looking.faults, "\n".join(looking.faults)
