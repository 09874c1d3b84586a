"""A real server and a real browser."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import chromium, launch, serving
from tests.support.example import example_office
from tracker.app import create_app
from tracker.kernel import migrating

#: A browser that closes its window leaves the server's answer half read; Python then closes it.
_HALF_READ = (
    "ignore::pytest.PytestUnraisableExceptionWarning",
    "ignore:unclosed file:ResourceWarning",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a closed window leaves behind is no fault of the pages; elsewhere it would be."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            for each in _HALF_READ:
                item.add_marker(pytest.mark.filterwarnings(each))


@pytest.fixture(autouse=True)
def _swept() -> Iterator[None]:
    """Half-read answers are closed here, not in somebody else's test."""
    yield
    gc.collect()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. Missing where CI runs, it is a failure; elsewhere the test is skipped."""
    if chromium() is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: .ci/run installs it")
        pytest.skip("no Chromium here; name one in CHROMIUM")
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Any]:
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
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def site(
    template_folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the example township."""
    folder = tmp_path_factory.mktemp("example") / "instance"
    with (
        example_office(template_folders[0], folder, ugly=False) as app,
        serving(app) as base,
    ):
        yield base
