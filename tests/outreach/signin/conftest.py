"""A real browser, for the sheet and the telephones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import chromium, launch


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A window that closes leaves the server's answer half read; that is no fault of the pages."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and item.get_closest_marker("browser"):
            item.add_marker(
                pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
            )
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"))


@pytest.fixture(scope="module")
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
