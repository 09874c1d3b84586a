"""The one place for transactions.

Reads open with ``BEGIN``. Writes happen only inside `write_tx`: the writers' lock first, then
``BEGIN IMMEDIATE``, so that a write never fails for a lock taken half-way and no update is lost.
On PostgreSQL an office's writers queue by `rows.queue`, whatever process they work in.
A read transaction is never upgraded to a write.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError
from sqlalchemy.orm import ORMExecuteState, Session

from . import rows
from .model import Model

db = SQLAlchemy(
    model_class=Model, disable_autonaming=True, session_options={"expire_on_commit": False}
)

_writing: ContextVar[bool] = ContextVar("writing", default=False)

#: The longest a connection waits for another process's write, in milliseconds.
BUSY_MS = 30_000

#: What a database answers to a value it does not take; PostgreSQL tells of some by their type.
REFUSALS = (IntegrityError, DataError)

#: What SQLite and PostgreSQL call a value that a CHECK or NOT NULL refuses.
_NOT_ALLOWED = ("SQLITE_CONSTRAINT_CHECK", "SQLITE_CONSTRAINT_NOTNULL", "23514", "23502")


@dataclass(frozen=True)
class Actor:
    """Who writes, for the change log: a signed-in person or the command line."""

    name: str
    user_id: int | None = None


COMMAND_LINE = Actor("命令行")


class WriteLock:
    """One writer at a time: fair inside a process, and shared between processes by a file lock.

    Auto-checkpoints run inside COMMIT, so holding it over the commit also keeps two connections
    from checkpointing at once, the trigger of SQLite's WAL-reset bug (3.7.0 to 3.51.2).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._path: Path | None = None
        self._file: IO[bytes] | None = None

    def guard(self, path: Path) -> None:
        """Name the lock file that all processes on this database share."""
        self._path = path
        if self._file is not None:
            self._file.close()
            self._file = None

    @contextmanager
    def held(self) -> Iterator[None]:
        with self._lock:
            self._lock_file()
            try:
                yield
            finally:
                self._unlock_file()

    def _lock_file(self) -> None:
        if self._path is None:
            return
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("a+b")
        if sys.platform == "win32":
            import msvcrt

            self._file.seek(0)
            msvcrt.locking(self._file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(self._file, fcntl.LOCK_EX)

    def _unlock_file(self) -> None:
        if self._file is None:
            return
        if sys.platform == "win32":
            import msvcrt

            self._file.seek(0)
            msvcrt.locking(self._file.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(self._file, fcntl.LOCK_UN)


write_lock = WriteLock()


def engine_options(url: str) -> dict[str, Any]:
    """Options of the engine for this database."""
    if not url.startswith("sqlite"):
        return {"pool_pre_ping": True}
    # As many connections as the server has threads, so that nobody waits for the pool.
    return {"pool_size": 16, "max_overflow": 16, "connect_args": {"timeout": BUSY_MS / 1000}}


def install(app: Flask) -> None:
    """Bind the database to the application and guard its transactions."""
    db.init_app(app)
    with app.app_context():
        guard_engine(db.engine)


def guard_engine(engine: Engine) -> None:
    """Make an engine open its transactions the way this module promises."""
    if engine.dialect.name != "sqlite":

        @event.listens_for(engine, "begin")
        def queue(connection: Connection) -> None:
            rows.state(connection)
            if _writing.get():
                rows.queue(connection, BUSY_MS)

        return

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the begin event below opens transactions
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MS}",
            "trusted_schema=OFF",
            "secure_delete=FAST",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@contextmanager
def write_tx(actor: Actor) -> Iterator[Session]:
    """A write transaction: commits when the block ends, rolls back when it raises.

    Whatever was read before is read again inside, so that no decision rests on an old value.
    Keep slow work (hashing, parsing, files) outside: other writers wait meanwhile.

    :raises RuntimeError: when entered twice, or with changes made outside of it.
    """
    session = db.session()
    if _writing.get():
        raise RuntimeError("write_tx is already open")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("records were changed outside write_tx")
    session.rollback()
    with _locked():
        token = _writing.set(True)
        session.info["actor"] = actor
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop("actor", None)
            _writing.reset(token)


@contextmanager
def _locked() -> Iterator[None]:
    if db.engine.dialect.name == "sqlite":
        with write_lock.held():
            yield
    else:
        yield


@contextmanager
def schema_tx() -> Iterator[Connection]:
    """The transaction of migrations: all of an upgrade happens or nothing of it.

    SQLite changes a table by copying and dropping it, and dropping a parent deletes its children
    while foreign keys are on. They cannot be turned off inside a transaction, hence before it;
    every reference is checked before the commit.

    :raises RuntimeError: when a reference leads nowhere afterwards; then nothing was changed.
    """
    if _writing.get():
        raise RuntimeError("write_tx is already open")
    db.session.rollback()
    with _locked(), db.engine.connect() as connection:
        embedded = connection.dialect.name == "sqlite"
        raw: Any = connection.connection.dbapi_connection
        if embedded:
            raw.execute("PRAGMA foreign_keys=OFF")
        token = _writing.set(True)
        try:
            with connection.begin():
                if not embedded:  # two processes that start together upgrade one after the other
                    connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
                    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7426001)")
                yield connection
                if embedded and (broken := raw.execute("PRAGMA foreign_key_check").fetchall()):
                    raise RuntimeError(f"references lead nowhere: {broken[:3]}")
        finally:
            _writing.reset(token)
            if embedded:
                raw.execute("PRAGMA foreign_keys=ON")


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, _context: object, _instances: object) -> None:
    if session.info.get("unguarded") or _writing.get():
        return
    raise RuntimeError("a record is written outside write_tx")


@event.listens_for(Session, "do_orm_execute")
def _refuse_stray_statements(state: ORMExecuteState) -> None:
    if not state.is_select and not _writing.get() and not state.session.info.get("unguarded"):
        raise RuntimeError("a statement writes outside write_tx")


class _TakenBackError(Exception):
    """Ends a trial: all it wrote goes."""


@contextmanager
def trial_tx(actor: Actor) -> Iterator[Session]:
    """A write transaction of which nothing stays, with every check that a real one meets."""
    try:
        with write_tx(actor) as session:
            yield session
            raise _TakenBackError
    except _TakenBackError:
        pass


def is_clash(error: DatabaseError) -> bool:
    """Whether another writer caused it: a key that is taken, or a record that has gone.

    False for a value the database does not allow, which no second try makes right.
    """
    if not isinstance(error, IntegrityError):
        return False
    name = getattr(error.orig, "sqlite_errorname", None)
    state = getattr(error.orig, "sqlstate", None)
    return name not in _NOT_ALLOWED and state not in _NOT_ALLOWED
