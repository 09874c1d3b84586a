"""Bringing a database to the program's schema: in a safe order, with a copy kept from before.

The migrations themselves lie in ``migrations/versions``. Whatever runs them comes through
`run_environment`, so that no way of upgrading leaves foreign keys on or stops half-way.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, TypeDecorator, inspect

from . import clock, immutable, rows
from .db import db, schema_tx
from .errors import TrackerError
from .model import Model
from .paths import shipped
from .words import Words

#: How many copies from before an upgrade are kept.
COPIES_KEPT = 3


class Standing(Enum):
    """How a database stands to the program."""

    ABSENT = "absent"
    CURRENT = "current"
    BEHIND = "behind"
    NEWER = "newer"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class Schema:
    """What a database holds: its revision, and the migrations it still lacks, oldest first."""

    standing: Standing
    revision: str | None
    pending: tuple[str, ...] = ()


@dataclass(frozen=True)
class Upgrade:
    """What `migrate_to_head` did: the migrations run, and the copy kept from before them."""

    before: Standing
    done: tuple[str, ...]
    copy: Path | None


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, wherever the program is installed.

    Without ``alembic.ini``, which is for writing migrations: Alembic cannot read it in a folder
    whose name holds a %.
    """
    found = Config(cmd_opts=argparse.Namespace(x=[]))
    found.set_main_option("script_location", str(shipped("migrations")).replace("%", "%%"))
    if connection is not None:
        found.attributes["connection"] = connection
    return found


def scripts() -> ScriptDirectory:
    """The migrations that ship with the program."""
    return ScriptDirectory.from_config(config())


def schema(app: Flask) -> Schema:
    """How the application's database stands."""
    with app.app_context(), db.engine.connect() as connection:
        return _schema(connection)


def pending(app: Flask) -> tuple[str, ...]:
    """The migrations the database lacks, oldest first; all of them where there is no database."""
    return schema(app).pending


def require_current(app: Flask) -> None:
    """Refuse to work on a database that is not of this program's schema.

    :raises TrackerError: with what to do about it.
    """
    found = schema(app)
    if found.standing is Standing.ABSENT:
        raise TrackerError(
            Words(
                "还没有数据库。请先运行 tracker init 建立单位，或运行 tracker demo 载入示例数据。",
                "There is no database yet. Run tracker init to set up an office, or tracker demo "
                "for example data.",
            )
        )
    if found.standing is Standing.BEHIND:
        raise TrackerError(
            Words(
                "数据库需要升级（{n} 步）。请先运行 tracker upgrade，升级前会自动留一份备份。",
                "The database needs an upgrade ({n} steps). Run tracker upgrade first; it keeps a "
                "copy from before.",
            ).fill(n=len(found.pending))
        )
    _refuse_unknown(found)


def migrate_to_head(app: Flask) -> Upgrade:
    """Create the database, or bring it up to this program's schema; all of it or nothing.

    Before an upgrade that changes anything a copy of a SQLite database is kept in the instance.
    Row-level security that PostgreSQL's tables lack, perhaps after a restore, is put back as well.

    :raises TrackerError: when the database is of a newer program, or not the tracker's at all.
    """
    with app.app_context(), rows.seeing_everything():
        with db.engine.connect() as connection:
            found = _schema(connection)
            bare = found.standing is Standing.CURRENT and rows.unsecured_tables(connection)
        _refuse_unknown(found)
        if not found.pending and not bare:
            return Upgrade(found.standing, (), None)
        with schema_tx() as connection:
            # Another process may have upgraded while this one waited for the lock.
            found = _schema(connection)
            _refuse_unknown(found)
            copy = None
            if found.revision is not None and found.pending:
                copy = _keep_copy(connection, Path(app.instance_path), found.revision)
            command.upgrade(config(connection), "head")
            return Upgrade(found.standing, found.pending, copy)


def _schema(connection: Connection) -> Schema:
    shipped_scripts = scripts()
    heads = shipped_scripts.get_heads()
    if len(heads) != 1:
        raise RuntimeError(f"the program ships {len(heads)} newest migrations instead of one")
    revisions = MigrationContext.configure(connection).get_current_heads()
    if not revisions:
        there = set(inspect(connection).get_table_names()) - {"alembic_version"}
        standing = Standing.FOREIGN if there else Standing.ABSENT
        return Schema(standing, None, _steps(shipped_scripts, None))
    known = {script.revision for script in shipped_scripts.walk_revisions()}
    revision = revisions[0]
    if not set(revisions) <= known:
        return Schema(Standing.NEWER, revision)
    steps = _steps(shipped_scripts, revision)
    return Schema(Standing.BEHIND if steps else Standing.CURRENT, revision, steps)


def _steps(shipped_scripts: ScriptDirectory, revision: str | None) -> tuple[str, ...]:
    found = [s.revision for s in shipped_scripts.iterate_revisions("head", revision or "base")]
    return tuple(reversed(found))


def _refuse_unknown(found: Schema) -> None:
    if found.standing is Standing.NEWER:
        raise TrackerError(
            Words(
                "数据库由更新版本的程序写成（{revision}），本程序不认识它，没有改动。"
                "请换用新版程序，或恢复旧版程序时的备份。",
                "A newer version of the program wrote the database ({revision}); this one does not "
                "know it and changed nothing. Use the newer program, or restore an older backup.",
            ).fill(revision=found.revision)
        )
    if found.standing is Standing.FOREIGN:
        raise TrackerError(
            Words(
                "这个数据库里已有别的表，但没有台账的版本标记，没有改动。请检查数据库地址。",
                "This database holds other tables and no mark of the tracker; nothing was "
                "changed. Check the database's address.",
            )
        )


def _keep_copy(connection: Connection, instance: Path, revision: str) -> Path | None:
    """Copy a SQLite database while nobody else can write to it."""
    source = connection.engine.url.database
    if connection.dialect.name != "sqlite" or not source or source == ":memory:":
        return None
    folder = instance / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = clock.in_china(clock.now())
    copy = folder / f"before-migration-{moment:%Y%m%d-%H%M%S}-{revision}.sqlite3"
    part = copy.with_suffix(".part")
    # Made empty first, so that it is never readable by others, not even for a moment.
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
        old.backup(new)
        # One file that can be carried away, without a journal beside it.
        new.execute("PRAGMA journal_mode=DELETE")
        if new.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise RuntimeError("the copy from before the upgrade is damaged")
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(copy)
    _drop_old(folder.glob("before-migration-*.sqlite3"))
    return copy


def _drop_old(copies: Iterable[Path]) -> None:
    for old in sorted(copies, key=lambda path: path.name)[:-COPIES_KEPT]:
        old.unlink(missing_ok=True)


def run_environment(context: EnvironmentContext) -> None:
    """What ``migrations/env.py`` runs: every command of Alembic works in the safe order."""
    if context.is_offline_mode():
        raise RuntimeError("migrations run against a database, never as a script of SQL")
    given = context.config.attributes.get("connection")
    if given is not None:
        _run(context, given)
        return
    with rows.seeing_everything(), schema_tx() as connection:
        _run(context, connection)


def _run(context: EnvironmentContext, connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_render_item,
        process_revision_directives=_drop_empty,
    )
    context.run_migrations()
    if MigrationContext.configure(connection).get_current_heads() == tuple(scripts().get_heads()):
        rows.enable(connection)
        immutable.enable(connection)


def _render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write a type of our own as the plain one it is stored as: a migration outlives our code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def _drop_empty(_context: object, _revision: object, directives: list[Any]) -> None:
    """Where the models agree with the database there is nothing to write."""
    if directives and directives[0].upgrade_ops.is_empty():
        directives.clear()
