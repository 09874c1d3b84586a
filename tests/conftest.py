"""What all tests start from: an application with one office, and people at browsers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session

pytest.register_assert_rewrite("tests.support")
pytest_plugins = [
    "tests.reliability.reporting",
    "tests.support.on_postgresql",
    "tests.support.one_browser",
]

from tests.support import application, databases  # noqa: E402  # their assertions readable
from tests.support.command_line import Line, line_of  # noqa: E402
from tests.support.page import Visitor  # noqa: E402
from tests.support.world import ACTOR, World  # noqa: E402
from tracker.accounts import passwords  # noqa: E402
from tracker.accounts.terms import Role  # noqa: E402
from tracker.kernel import clock, migrating, rows  # noqa: E402
from tracker.kernel.db import schema_tx, write_tx  # noqa: E402
from tracker.offices.models import Office  # noqa: E402

settings.register_profile(
    "tracker",
    max_examples=int(os.environ.get("TRACKER_EXAMPLES", "30")),
    deadline=None,
    derandomize=not os.environ.get("TRACKER_FULL"),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("tracker")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest go first: begun last, one of them would keep a single core busy for minutes."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session", autouse=True)
def _surroundings() -> Iterator[None]:
    """The tests' own day, and passwords that are hashed at once, from the first test to the last.

    Set here only: fixtures of different scopes that each set the day and put it back would leave
    it set, since they do not end in the reverse order.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda: application.TODAY)
        patch.setattr(passwords, "METHOD", application.QUICK)
        yield


@pytest.fixture(scope="session")
def template_folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Instance folders to copy: with the schema alone, and with one office and its people."""
    return application.make_templates(tmp_path_factory.mktemp("templates"))


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Makes it another day."""

    def change(day: date) -> None:
        monkeypatch.setattr(clock, "today", lambda: day)

    return change


def _application(template: Path, folder: Path) -> Iterator[Flask]:
    databases.copy(template, folder)
    app = application.make_app(folder)
    yield app
    application.discard(app)


@pytest.fixture
def bare_app(template_folders: tuple[Path, Path], tmp_path: Path) -> Iterator[Flask]:
    """An application nobody has set up yet."""
    yield from _application(template_folders[0], tmp_path / "instance")


@pytest.fixture
def app(template_folders: tuple[Path, Path], tmp_path: Path) -> Iterator[Flask]:
    """An application with one office, 架桥镇, and a person of each role. It is 20 January 2025."""
    yield from _application(template_folders[1], tmp_path / "instance")


@pytest.fixture
def world(app: Flask) -> World:
    """Writes and reads records by the product's own operations."""
    return World(app)


@pytest.fixture
def office(world: World) -> Office:
    """The first office."""
    with world.reading() as session:
        found = session.get(Office, world.office_id)
        assert found is not None
        return found


@pytest.fixture
def session(app: Flask, world: World) -> Iterator[Session]:
    """A write transaction around the whole test, for operations and queries; no pages with it."""
    with app.app_context(), rows.seeing_everything(), write_tx(ACTOR) as opened:
        world.session = opened
        yield opened
        world.session = None


@pytest.fixture
def line(app: Flask) -> Line:
    """The command line on the office's data."""
    with app.app_context(), schema_tx() as connection:
        command.stamp(migrating.config(connection), "head")
    return line_of(app)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody at a browser who has not signed in."""
    return Visitor(app)


def _signed_in(app: Flask, role: Role) -> Visitor:
    person = Visitor(app)
    person.sign_in(application.PEOPLE[role])
    return person


@pytest.fixture
def page(app: Flask) -> Visitor:
    """A clerk of the office, signed in; every page asked for is checked."""
    return _signed_in(app, Role.CLERK)


@pytest.fixture
def admin(app: Flask) -> Visitor:
    """An administrator of the office, signed in."""
    return _signed_in(app, Role.ADMINISTRATOR)


@pytest.fixture
def reader(app: Flask) -> Visitor:
    """A person of the office who may only read, signed in."""
    return _signed_in(app, Role.READER)


@pytest.fixture
def client(page: Visitor) -> FlaskClient:
    """Flask's own client, with the clerk's cookies and no checks."""
    return page.client
