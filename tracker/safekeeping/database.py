"""Copying and examining a SQLite file, apart from the application's own connections."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tracker.kernel.db import BUSY_MS, write_lock
from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words

REVISIONS = "alembic_version"


def copy(source: Path, target: Path) -> None:
    """Copy a database that may be in use: one consistent state, while others read and write.

    :raises TrackerError: when there is no database there.
    """
    if not source.is_file():
        raise TrackerError(
            Words(
                "没有找到数据库 {path}，请先启动一次台账。",
                "There is no database at {path}; start the tracker once first.",
            ).fill(path=source)
        )
    live = sqlite3.connect(source, timeout=BUSY_MS / 1000, isolation_level=None)
    try:
        live.execute("PRAGMA query_only=ON")
        with closing(sqlite3.connect(target, isolation_level=None)) as copied:
            live.backup(copied)
            # One self-contained file; the application turns the journal on again when it opens it.
            copied.execute("PRAGMA journal_mode=DELETE")
            _sign_everybody_out(copied)
    finally:
        # The last connection to close checkpoints, and two checkpoints must never meet.
        with write_lock.held():
            live.close()


def _sign_everybody_out(connection: sqlite3.Connection) -> None:
    """A backup opens no browser and admits no script: both are let in anew on the new machine,
    so that no token revoked since comes back to life."""
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    for table in ("user_session", "access_token"):
        if connection.execute(known, (table,)).fetchone():
            connection.execute(f"DELETE FROM {table}")  # noqa: S608  # one of the two above


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads."""
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)
    try:
        connection.execute("PRAGMA query_only=ON")
        yield connection
    finally:
        connection.close()


def fault(connection: sqlite3.Connection, *, thorough: bool = False) -> Words | None:
    """What is wrong inside a database: damaged pages, or a reference that leads nowhere."""
    try:
        test = "PRAGMA integrity_check" if thorough else "PRAGMA quick_check"
        found = [str(row[0]) for row in connection.execute(test)]
        if found != ["ok"]:
            return Words("数据库文件已损坏：{what}", "The database file is damaged: {what}").fill(
                what=found[0][:200]
            )
        lost = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return Words("数据库文件无法读取：{what}", "The database file cannot be read: {what}").fill(
            what=error
        )
    if lost:
        return Words(
            "有 {n} 处引用指向不存在的记录（{table}）",
            "{n} references lead to records that do not exist ({table})",
        ).fill(n=len(lost), table=lost[0][0])
    return None


def tables(connection: sqlite3.Connection) -> list[str]:
    """The names of the tables."""
    found = connection.execute(
        "SELECT name FROM sqlite_master"
        " WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name"
    )
    return [str(row[0]) for row in found]


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table holds."""
    counts = {}
    for name in tables(connection):
        quoted = name.replace('"', '""')
        counts[name] = int(connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608
    return counts


def revision(connection: sqlite3.Connection) -> str | None:
    """The migration the database stands at; None where it was never migrated."""
    if REVISIONS not in tables(connection):
        return None
    row = connection.execute(f"SELECT version_num FROM {REVISIONS}").fetchone()  # noqa: S608
    return str(row[0]) if row else None


def chain_heads(connection: sqlite3.Connection) -> list[dict[str, str | int]]:
    """The end of each office's change log: office, number of entries, hash of the last."""
    rows = connection.execute(
        "SELECT office.code, change_head.sequence, change_head.hash FROM change_head"
        " JOIN office ON office.id = change_head.office_id ORDER BY change_head.office_id"
    )
    return [{"office": str(code), "sequence": int(n), "hash": str(mark)} for code, n, mark in rows]
