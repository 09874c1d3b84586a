"""A real server and a real browser."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from waitress import create_server

from tracker.app import create_app
from tracker.kernel import migrating

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def serve(app: Flask) -> tuple[Any, str]:
    """A server on a free port of this machine; close it with ``close()``."""
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    return server, f"http://127.0.0.1:{server.effective_port}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium. Missing where CI runs, it is a failure; elsewhere the test is skipped."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: .ci/run installs it")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def browser_page(browser: Any) -> Iterator[Any]:
    """A fresh window of 1280 pixels."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[str]:
    """A tracker as it is on its first start."""
    app = create_app({"INSTANCE": str(tmp_path / "instance"), "SECRET_KEY": "test" * 12})
    migrating.migrate_to_head(app)
    server, address = serve(app)
    yield address
    server.close()
