"""The example township, made once: it has records in every register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support import application, databases
from tests.support.world import World
from tracker.offices.models import Office
from tracker.onboarding import demo


@pytest.fixture(scope="session")
def _example_folder(
    template_folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("workbooks") / "example"
    databases.copy(template_folders[0], folder)
    app = application.make_app(folder)
    with app.app_context():
        demo.load(county=True)
    application.close(app)
    return folder


@pytest.fixture
def example(_example_folder: Path, tmp_path: Path) -> Iterator[World]:
    """The example county; the world's own office is the example township."""
    folder = tmp_path / "example"
    databases.copy(_example_folder, folder)
    app = application.make_app(folder)
    world = World(app)
    with world.reading() as session:
        world.office_id = session.scalars(select(Office.id).where(Office.code == demo.CODE)).one()
    yield world
    application.discard(app)


@pytest.fixture
def county(example: World) -> Office:
    """The office above the example townships."""
    with example.reading() as session:
        return session.scalars(select(Office).where(Office.code == demo.COUNTY_CODE)).one()
