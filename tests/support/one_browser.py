"""One Chromium for all tests of a process: its driver cannot be started twice at a time."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import chromium, launch

#: A browser that closes its window leaves the server's answer half read; Python then closes it.
_HALF_READ = (
    "ignore::pytest.PytestUnraisableExceptionWarning",
    "ignore:unclosed file:ResourceWarning",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a closed window leaves behind is no fault of the pages; elsewhere it would be."""
    for item in items:
        if item.get_closest_marker("browser"):
            for each in _HALF_READ:
                item.add_marker(pytest.mark.filterwarnings(each))


@pytest.fixture(autouse=True)
def _swept(request: pytest.FixtureRequest) -> Iterator[None]:
    """Half-read answers are closed here, not in somebody else's test."""
    yield
    if request.node.get_closest_marker("browser"):
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
