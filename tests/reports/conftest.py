"""The example township, made once, and its people."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support import application
from tests.support.page import Visitor
from tests.support.world import World
from tracker.offices.models import Office
from tracker.onboarding import demo


@pytest.fixture(scope="session")
def _example_township(
    template_folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("reports") / "example"
    shutil.copytree(template_folders[0], folder)
    app = application.make_app(folder)
    with app.app_context():
        demo.load()
    application.close(app)
    return folder


@pytest.fixture
def example(_example_township: Path, tmp_path: Path) -> Iterator[World]:
    """The example township, whose 2024 is that of a real one. It is 20 January 2025."""
    folder = tmp_path / "example"
    shutil.copytree(_example_township, folder)
    app = application.make_app(folder)
    world = World(app)
    with world.reading() as session:
        world.office_id = session.scalars(select(Office.id).where(Office.code == demo.CODE)).one()
    yield world
    application.close(app)


@pytest.fixture
def writer(example: World) -> Visitor:
    """Somebody of the example township at a browser, signed in."""
    visitor = Visitor(example.app)
    visitor.sign_in(demo.SIGN_IN.name, demo.SIGN_IN.password)
    return visitor
