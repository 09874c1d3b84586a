"""Going through the pages in a real browser, by the links that stand on them."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import axe_playwright_python
from flask import Flask
from sqlalchemy import LargeBinary, String, select

from tests.journeys import furnished
from tests.support.crawl import rule_of
from tests.support.example import FILES
from tracker.kernel import i18n, rows
from tracker.kernel.db import db
from tracker.kernel.model import Model

WIDTHS = (390, 768, 1280)
LANGUAGES = ("zh", "en")

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_UGLY = re.compile(
    "|".join(map(re.escape, ("W" * 20, furnished.SCRIPT, furnished.EMOJI, furnished.LONG)))
)

#: What a page is made of, read off it in one go. Text that is meant for screen readers alone and
#: regions that scroll by themselves do not count as cut off.
_LOOK = """() => {
  const wide = window.innerWidth, cut = new Set();
  const unseen = node => node.closest('.visually-hidden, .skip-link, .scroll-region, option, thead')
    || node.closest('details:not([open]) > :not(summary)');
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent || unseen(parent) || !parent.getClientRects().length) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!box.width) continue;
    let hidden = false;
    for (let up = parent; up; up = up.parentElement) {
      const style = getComputedStyle(up);
      hidden = style.textOverflow === 'ellipsis' || style.visibility === 'hidden';
      if (hidden) break;
      const frame = up.getBoundingClientRect();
      if (['hidden', 'clip'].includes(style.overflowX) && box.right > frame.right + 1) {
        cut.add(node.data.trim().slice(0, 40));
      }
    }
    if (!hidden && (box.right > wide + 1 || box.left < -1)) cut.add(node.data.trim().slice(0, 40));
  }
  return {
    wide,
    needs: document.documentElement.scrollWidth,
    cut: [...cut],
    heading: [...document.querySelectorAll('h1')].map(node => node.innerText.trim()),
  };
}"""

_LINKS = """() => [...document.querySelectorAll('a[href]')].map(
  link => ({address: link.href, text: (link.innerText || link.textContent).trim()}))"""

#: What somebody would ask of the page's filters: the voided records, and what is not there.
_SEARCHES = """() => [...document.querySelectorAll('form[method=get]')].flatMap(form => [
  ...(form.elements.voided ? ['?voided=1'] : []),
  ...(form.elements.q ? ['?q=nothing-of-the-kind'] : []),
].map(query => form.action.replace(/[?].*/, '') + query))"""

_UNFOLD = """() => {
  const folds = 'details:not([open]):not([data-menu]):not(.menu-switch)';
  for (const fold of document.querySelectorAll(folds)) {
    fold.open = true;
    fold.dataset.unfolded = '';
  }
}"""

_FOLD_AGAIN = """() => {
  for (const fold of document.querySelectorAll('details[data-unfolded]')) fold.open = false;
}"""

_TEXTS = """() => {
  const found = [document.title];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    if (!node.parentElement.closest('[lang^=zh]')) found.push(node.data);
  }
  for (const node of document.querySelectorAll('[aria-label], [placeholder], [alt], [title]')) {
    for (const name of ['aria-label', 'placeholder', 'alt', 'title']) {
      if (node.hasAttribute(name)) found.push(node.getAttribute(name));
    }
  }
  return found;
}"""

_AXE = """async ([standards, within]) => {
  const found = await axe.run(within, {
    runOnly: {type: 'tag', values: standards}, resultTypes: ['violations'],
  });
  return found.violations.map(each => each.id + ': ' + each.nodes.slice(0, 3).map(
    node => node.html.slice(0, 160) + ' (' + node.any.concat(node.all, node.none).map(
      check => check.message).join('; ').slice(0, 200) + ')').join(' | '));
}"""

_EMPTY = """form => {
  for (const control of form.elements) {
    if (control.type === 'hidden' || control.tagName === 'BUTTON') continue;
    if (control.type === 'checkbox' || control.type === 'radio') control.checked = false;
    else if (control.tagName !== 'SELECT') control.value = '';
    else if ([...control.options].some(option => option.value === '')) control.value = '';
  }
}"""


@dataclass(frozen=True)
class Measure:
    """How many pages of each kind a crawl opens."""

    #: Of records as there are many, of the ugly ones, and of voided ones.
    ordinary: int
    ugly: int
    voided: int
    #: Different sets of filters, of each kind of page.
    filters: int


THOROUGH = Measure(1, 1, 1, 1)
QUICK = Measure(1, 1, 0, 1)
EVERYTHING = Measure(4, 3, 2, 8)


class Window:
    """A browser window of one width and language, which writes down all that is wrong."""

    def __init__(
        self, browser: Any, app: Flask, address: str, language: str, width: int, script: bool = True
    ) -> None:
        self.app, self.address, self.language, self.width = app, address, language, width
        self.faults: list[str] = []
        #: Where a page with this status is being asked for on purpose.
        self.expected_status = 200
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        self.context.add_cookies([{"name": i18n.COOKIE, "value": language, "url": address}])
        self.context.on("request", self._watch)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.blame(f"script: {error}"))
        self._data = ""
        #: Chinese words that were found among the entries.
        self._entered: set[str] = set()

    def _watch(self, request: Any) -> None:
        # Watched, not intercepted: interception turns the browser's cache off.
        if not request.url.startswith((f"{self.address}/", "data:")):
            self.blame(f"asks another host: {request.url}")

    def _hear(self, message: Any) -> None:
        # Chromium reports the status of the page itself, which is checked where it is opened.
        if message.type in ("error", "warning") and not (
            "the server responded with a status" in message.text
            and message.location.get("url") == self.page.url
            and self.expected_status != 200
        ):
            self.blame(f"console: {message.text}")

    def blame(self, fault: str) -> None:
        path = self.page.url.removeprefix(self.address)
        self.faults.append(f"{path} [{self.language} {self.width}] {fault}")

    def resize(self, width: int) -> None:
        """Make the window this wide; the page that is shown is laid out anew."""
        self.width = width
        self.page.set_viewport_size({"width": width, "height": 900})

    def sign_in(self, name: str) -> None:
        self.page.goto(f"{self.address}/sign-in")
        self.page.fill("#name", name)
        self.page.fill("#password", furnished.PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("main form.form button[type=submit]").first.click()
        assert "/sign-in" not in self.page.url

    def open(self, path: str, status: int = 200) -> bool:
        """Open a page; whether it answered as expected."""
        self.expected_status = status
        answer = self.page.goto(f"{self.address}{path}", wait_until="load")
        got = answer.status if answer else 0
        if got != status:
            self.blame(f"{path} answered {got} instead of {status}")
        return bool(got == status)

    def examine(self, *, axe: bool, within: str = "html") -> None:
        """Look at the page as it stands, then with all its folds open, which are closed again.

        ``within`` is the part that axe looks at.
        """
        self._measure()
        self.page.evaluate(_UNFOLD)
        self._measure()
        if self.language == "en":
            self._find_chinese()
        if axe:
            if not self.page.evaluate("typeof axe !== 'undefined'"):
                self.page.evaluate(AXE)
            for violation in self.page.evaluate(_AXE, [STANDARDS, within]):
                self.blame(f"axe: {violation}")
        self.page.evaluate(_FOLD_AGAIN)

    def _measure(self) -> None:
        seen = self.page.evaluate(_LOOK)
        if seen["needs"] > seen["wide"]:
            self.blame(f"scrolls sideways: {seen['needs']} > {seen['wide']}")
        if seen["cut"]:
            self.blame(f"cut off: {seen['cut'][:5]}")
        if len(seen["heading"]) != 1 or not seen["heading"][0]:
            self.blame(f"headings: {seen['heading']}")

    def _find_chinese(self) -> None:
        """Chinese on an English page is somebody's entry, or it was forgotten."""
        self._data = self._data or entries_of(self.app)
        found = {run for text in self.page.evaluate(_TEXTS) for run in _HAN.findall(text)}
        forgotten = sorted(run for run in found - self._entered if run not in self._data)
        self._entered |= found - set(forgotten)
        if forgotten:
            self.blame(f"Chinese on an English page: {forgotten[:8]}")

    def links(self) -> list[tuple[str, str]]:
        """The addresses of this site on the page, with what their links say."""
        found = [
            (each["address"].partition("#")[0].removeprefix(self.address), each["text"])
            for each in self.page.evaluate(_LINKS)
            if each["address"].startswith(f"{self.address}/")
        ]
        found += [(each.removeprefix(self.address), "") for each in self.page.evaluate(_SEARCHES)]
        return found

    def close(self) -> None:
        self.context.close()


@contextmanager
def window(
    browser: Any, app: Flask, address: str, language: str, width: int, *, script: bool = True
) -> Iterator[Window]:
    """A window that is closed in the end."""
    opened = Window(browser, app, address, language, width, script)
    try:
        yield opened
    finally:
        opened.close()


def entries_of(app: Flask) -> str:
    """Everything people entered, of all offices, in one text; what stands in their files too."""
    found: set[str] = set()
    with app.app_context(), rows.seeing_everything():
        for table in Model.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, String):
                    found.update(map(str, db.session.scalars(select(column).distinct())))
                elif isinstance(column.type, LargeBinary):
                    kept = db.session.scalars(select(column).where(column.is_not(None)))
                    found.update(text for data in kept for text in _texts_of(data))
        db.session.rollback()
    return "\n".join(found)


def _texts_of(workbook: bytes) -> Iterator[str]:
    """The parts of an .xlsx as text, its cells among them."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        for name in parts.namelist():
            yield html.unescape(parts.read(name).decode("utf-8", "replace"))


class Crawl:
    """The pages reached by links from the start, a few of each kind."""

    def __init__(self, window: Window, measure: Measure) -> None:
        self.window = window
        self.measure = measure
        #: Opened addresses, by endpoint.
        self.opened: dict[str, list[str]] = defaultdict(list)
        self._ugly: set[str] = set()
        self._voided: set[str] = set()
        self._taken: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self._filters: dict[str, set[frozenset[str]]] = defaultdict(set)
        self._paths: set[str] = set()

    def go(self, look: Callable[[str, str], None], start: str = "/") -> None:
        """Follow every link, calling ``look(endpoint, address)`` on each opened page."""
        waiting, seen = [start], {start}
        while waiting:
            address = waiting.pop(0)
            rule = rule_of(self.window.app, address)
            if rule is None:
                self.window.blame(f"links to {address}, which is no page")
                continue
            if _is_file(rule.rule) or "export=" in address:
                continue
            if not self._is_wanted(rule.endpoint, address) and address != start:
                continue
            if not self.window.open(address):
                continue
            self.opened[rule.endpoint].append(address)
            links = self.window.links()
            look(rule.endpoint, address)
            for link, text in links:
                self._note_kind(address, link, text)
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)

    def _note_kind(self, page: str, link: str, text: str) -> None:
        path = urlsplit(link).path
        if _UGLY.search(text):
            self._ugly.add(path)
        if "voided=1" in page and re.fullmatch(r".*/\d+", path):
            self._voided.add(path)

    def _is_wanted(self, endpoint: str, address: str) -> bool:
        """Whether this page is one of those its kind is given."""
        parts = urlsplit(address)
        if parts.query and parts.path in self._paths:
            names = frozenset(name for name, _ in parse_qsl(parts.query))
            given = self._filters[endpoint]
            if names in given or len(given) >= self.measure.filters:
                return False
            given.add(names)
            return True
        if parts.path in self._paths:
            return False
        kind = self._kind_of(parts.path)
        if kind == "ordinary" and self._has_ugly_sibling(parts.path):
            return False
        most = getattr(self.measure, kind)
        group = (*_variant(parts.path), kind)
        if self._taken[endpoint, group] >= most:
            return False
        self._taken[endpoint, group] += 1
        self._paths.add(parts.path)
        return True

    def _has_ugly_sibling(self, path: str) -> bool:
        """Whether the same page of another record is harder to show: ``/villages/3/edit``."""
        found = re.fullmatch(r"(.*/)\d+/(?!undo)[^/]+", path)  # what is not done has none
        return found is not None and any(
            re.fullmatch(re.escape(found[1]) + r"\d+", each) for each in self._ugly
        )

    def _kind_of(self, path: str) -> str:
        steps = path.split("/")
        above = {"/".join(steps[: n + 1]) for n in range(1, len(steps))}
        if above & self._voided:
            return "voided"
        return "ugly" if above & self._ugly else "ordinary"


def _variant(path: str) -> tuple[str, ...]:
    """The pages of a figure differ by domain, and by year where there is much or little to show:
    ``/yearbook/2024/outreach.events``."""
    found = re.fullmatch(r"/yearbook/(\d+)(?:/(\w+)[.\w]*)?", path)
    if found is None:
        return ()
    year, domain = found.groups("")
    shown = {str(furnished.TODAY.year), str(furnished.TODAY.year - 1)}
    return (year if year in shown else "earlier", domain)


def _is_file(rule: str) -> bool:
    return rule.endswith(FILES) or rule.startswith(("/api/", "/static/"))


def page_endpoints(app: Flask) -> set[str]:
    """Every kind of page the application has: what answers GET and is no file and no data."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not _is_file(rule.rule) and rule.rule != "/healthz"
    }


def submit_empty(window: Window, address: str) -> int | None:
    """Empty the page's form and send it; the status of the answer, None where there is no form."""
    window.open(address)
    form = window.page.locator("main form.form")
    if not form.count():
        return None
    form.first.evaluate(_EMPTY)
    window.expected_status = 422
    with window.page.expect_navigation(wait_until="load") as going:
        form.first.locator("button[type=submit]").first.click()
    return int(going.value.status)
