"""A real server and a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.browser import serving
from tests.support.example import example_office
from tracker.app import create_app
from tracker.kernel import migrating


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
