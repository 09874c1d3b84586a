"""A real browser in front of a real server, for the journeys and the screenshots."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route
from waitress import create_server, wasyncore

WIDTHS = (390, 768, 1280)
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")

_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_RUN = """async (rules) => {
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: rules}, resultTypes: ["violations"],
  });
  return found.violations.map((v) =>
    v.id + ": " + v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | "));
}"""
_TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > room + 1)
    .slice(0, 4).map((e) => e.tagName + "." + e.className);
}"""


def chromium() -> str | None:
    """Where the browser is, if there is one."""
    named = os.environ.get("CHROMIUM")
    known = (named, "/usr/bin/chromium", shutil.which("chromium"), shutil.which("google-chrome"))
    return next((path for path in known if path and Path(path).exists()), None)


def launch(playwright: Playwright) -> Browser:
    """The browser. The one of the machine where there is one, else Playwright's own."""
    return playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve the application as an office does while the block runs; gives its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # In the server's own thread: a socket closed under its hands is an error there.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join()
        server.task_dispatcher.shutdown()


@dataclass
class Window:
    """One browser window that reaches this site only and notes what goes wrong in it."""

    page: Page
    base: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> int:
        """Open an address; returns the status."""
        answer = self.page.goto(self.base + path, wait_until="load")
        assert answer is not None
        return answer.status

    def sign_in(self, name: str, password: str) -> None:
        self.go("/sign-in")
        self.page.fill("#name", name)
        self.page.fill("#password", password)
        self.page.click("main button[type=submit]")
        self.page.wait_for_load_state()

    def violations(self) -> list[str]:
        """What axe finds wrong with the page, by WCAG 2.2 AA."""
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.evaluate(_AXE.read_text(encoding="utf-8"))
        found: list[str] = self.page.evaluate(_RUN, list(_RULES))
        return found

    def too_wide(self) -> list[str]:
        """What makes the page scroll sideways."""
        found: list[str] = self.page.evaluate(_TOO_WIDE)
        return found

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})


@contextmanager
def window(
    browser: Browser, base: str, *, language: str = "zh", width: int = 1280, script: bool = True
) -> Iterator[Window]:
    """A fresh window, without anybody signed in."""
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": 900},
        java_script_enabled=script,
        reduced_motion="reduce",
        timezone_id="Asia/Shanghai",
    )
    context.add_cookies([{"name": "tracker_language", "value": language, "url": base}])
    opened = Window(context.new_page(), base)

    def pass_on(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(base).netloc:
            route.continue_()
        else:
            opened.elsewhere.append(route.request.url)
            route.abort()

    context.route("**/*", pass_on)
    opened.page.on(
        "console",
        lambda message: (
            opened.complaints.append(f"{opened.page.url}: {message.text}")
            if message.type == "error"
            and "the server responded with a status of" not in message.text
            else None
        ),
    )
    opened.page.on(
        "pageerror", lambda error: opened.complaints.append(f"{opened.page.url}: {error}")
    )
    try:
        yield opened
    finally:
        context.close()
