"""Instances, servers and the length of the run.

CI runs the short form; ``TRACKER_FULL=1`` or ``--full`` the whole one. Either prints its figures
at the end.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.reliability.harness import Browser, Page, Server, let_go, make_instance
from tests.reliability.reporting import FIGURES
from tests.support import application, databases
from tracker.app import create_app


@pytest.fixture(scope="session")
def full(pytestconfig: pytest.Config) -> bool:
    """Whether this is the whole run."""
    asked = pytestconfig.getoption("--full", default=False)
    return bool(asked) or os.environ.get("TRACKER_FULL") == "1"


@pytest.fixture
def say(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Print a line of figures at the end of the run."""
    return lambda line: request.node.user_properties.append((FIGURES, line))


@pytest.fixture(scope="session")
def model_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A township's data folder, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("model") / "instance"
    let_go(make_instance(folder))
    return folder


@pytest.fixture
def instance(model_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    """A township on an instance of its own."""
    databases.copy(model_instance, tmp_path / "instance")
    app = create_app({"INSTANCE": str(tmp_path / "instance")})
    yield app
    application.discard(app)


@pytest.fixture
def folder(instance: Flask) -> Path:
    """The township's data folder."""
    return Path(instance.instance_path)


@pytest.fixture
def server(folder: Path, tmp_path: Path) -> Iterator[Server]:
    """A real server on the township, started."""
    if sys.platform == "win32":
        pytest.skip("the killable server forks")
    running = Server(folder, tmp_path / "server.log")
    try:
        running.start()
        yield running
    finally:
        running.close()


@pytest.fixture
def browser(server: Server) -> Iterator[Browser]:
    """A signed-in browser."""
    opened = Browser(server.port).sign_in()
    yield opened
    opened.close()


@pytest.fixture
def page(instance: Flask) -> Page:
    """A signed-in browser inside this process."""
    return Page(instance)
