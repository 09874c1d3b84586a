"""``pytest --postgresql``: the same tests on PostgreSQL (see `databases`).

A test that is SQLite's own says so with ``@pytest.mark.sqlite("why")`` and is skipped there; one
that is PostgreSQL's own with ``@pytest.mark.postgresql`` and is skipped on SQLite.
"""

from __future__ import annotations

import pytest

from . import databases

#: What pytest ends with where no PostgreSQL is to be had: not run, and not failed either.
NO_SERVER = 69


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgresql", action="store_true", help="run on PostgreSQL, not on SQLite")


def pytest_configure(config: pytest.Config) -> None:
    # Worker processes use the server of the process that started them.
    if not config.getoption("--postgresql") or hasattr(config, "workerinput"):
        return
    try:
        config.add_cleanup(databases.begin())
    except databases.NoServerError as error:
        pytest.exit(f"没有 PostgreSQL，未运行 · No PostgreSQL, nothing was run: {error}", NO_SERVER)


def pytest_report_header() -> str:
    return f"database: {databases.described()}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        own = item.get_closest_marker("sqlite")
        if own is not None and databases.on_postgresql():
            item.add_marker(pytest.mark.skip(f"SQLite's own: {own.args[0]}"))
        if item.get_closest_marker("postgresql") and not databases.on_postgresql():
            item.add_marker(pytest.mark.skip("PostgreSQL's own: run with --postgresql"))
