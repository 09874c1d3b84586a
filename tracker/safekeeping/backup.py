"""Backing up a whole instance into one file, and restoring it from there."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from tracker import __version__
from tracker.kernel import clock, migrating
from tracker.kernel.db import db, write_lock
from tracker.kernel.disk import sync_folder
from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words

from . import archive, database, schema, swap
from .archive import BadBackup, Manifest
from .files import (
    AUDIT_KEY,
    DATABASE,
    EVIDENCE,
    SECRET_KEY,
    SINGLE_FILES,
    database_file,
    evidence_files,
)
from .locks import hold_server_lock

_WORK = ".backup-"
_STAGING = ".restoring-"
_A_DAY = 86_400


@dataclass(frozen=True)
class Restored:
    """A finished restore."""

    manifest: Manifest
    #: Where the data that stood there before is kept; None on an empty machine.
    aside: Path | None
    migrated: bool


def backup(app: Flask, target: Path) -> tuple[Path, Manifest]:
    """Write the whole instance into one file while the server may go on working.

    A folder as target gets a file with the day and time in its name. The file appears under its
    name only once it was read back and found whole.

    :raises TrackerError: when the target exists, on PostgreSQL, or when the data is damaged.
    """
    source = database_file(app)
    if target.is_dir():
        target = target / f"tracker-{clock.in_china(clock.now()):%Y%m%d-%H%M%S}.zip"
    _require_new(target)
    part = target.with_name(target.name + ".part")
    folder = Path(app.instance_path)
    _sweep(folder)
    work = Path(tempfile.mkdtemp(prefix=_WORK, dir=folder))
    try:
        copied = work / DATABASE
        database.copy(source, copied)
        with database.opened(copied) as connection:
            if found := database.fault(connection):
                raise TrackerError(found)
            facts = {
                "created_at": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}",
                "program": __version__,
                "schema": database.revision(connection),
                "rows": database.row_counts(connection),
                "heads": database.chain_heads(connection),
            }
        manifest = archive.write(part, _members(folder, copied), **facts)
        archive.check(part)
        _require_new(target)
        os.replace(part, target)
        sync_folder(target.parent)
    except OSError as error:
        raise TrackerError(
            Words("备份没有完成：{why}", "The backup was not finished: {why}").fill(
                why=error.strerror or error
            )
        ) from error
    finally:
        part.unlink(missing_ok=True)
        shutil.rmtree(work, ignore_errors=True)
    return target, manifest


def _require_new(target: Path) -> None:
    if target.exists():
        raise TrackerError(
            Words(
                "文件 {path} 已存在，没有覆盖。请换一个文件名。",
                "{path} exists and was not overwritten. Choose another name.",
            ).fill(path=target)
        )
    if not target.parent.is_dir():
        raise TrackerError(
            Words("没有这个文件夹：{path}", "There is no folder {path}").fill(path=target.parent)
        )


def _members(folder: Path, copied: Path) -> Iterator[tuple[str, Path]]:
    # The database first: a file it refers to was written before the row and is there afterwards.
    yield DATABASE, copied
    for name in SINGLE_FILES:
        if (folder / name).is_file():
            yield name, folder / name
    yield from evidence_files(folder)


def _sweep(folder: Path) -> None:
    """Remove what a backup or restore left behind when the machine stopped in the middle."""
    for prefix in (_WORK, _STAGING):
        for left in folder.glob(f"{prefix}*"):
            if left.stat().st_mtime < time.time() - _A_DAY:
                shutil.rmtree(left, ignore_errors=True)


def restore(app: Flask, source: Path) -> Restored:
    """Replace the instance with what a backup holds; what stood there is kept beside it.

    Everything in the backup is checked before anything is touched. If a step fails, or the
    machine stops in the middle, the old data stands again at the next start.

    :raises TrackerError: for a damaged or foreign backup, and while a server runs.
    """
    folder, live = Path(app.instance_path), database_file(app)
    if live.parent.resolve() != folder.resolve():
        raise TrackerError(
            Words(
                "数据库不在数据文件夹 {folder} 中，不能自动恢复。"
                "请去掉 TRACKER_DATABASE_URL 再恢复。",
                "The database does not lie in {folder}; unset TRACKER_DATABASE_URL to restore.",
            ).fill(folder=folder)
        )
    staging = folder / f"{_STAGING}{secrets.token_hex(4)}"
    try:
        with hold_server_lock(folder):
            staging.mkdir(mode=0o700)
            manifest = archive.extract(source, staging)
            _require_usable(staging / DATABASE, manifest)
            outdated = manifest.schema != schema.head()
            aside = _replace(app, staging, outdated=outdated)
    except OSError as error:
        raise TrackerError(
            Words(
                "恢复没有完成，原来的数据没有改动：{why}",
                "The restore was not finished; the old data stands as it was: {why}",
            ).fill(why=error.strerror or error)
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Restored(manifest, aside, outdated)


def _require_usable(staged: Path, manifest: Manifest) -> None:
    with database.opened(staged) as connection:
        fault = database.fault(connection)
        if fault is None and database.row_counts(connection) != manifest.rows:
            fault = Words("记录数与清单不符", "Its rows are not those of its manifest")
        if fault is None and database.revision(connection) != manifest.schema:
            fault = Words("数据库版本与清单不符", "Its schema is not that of its manifest")
    if fault is not None:
        raise BadBackup(fault)
    known = schema.known_revisions()
    if (known or manifest.schema) and manifest.schema not in known:
        raise BadBackup(
            Words(
                "这个备份由程序 {version} 制作，当前程序（{own}）不认识它的数据库版本。"
                "请先升级程序，再恢复。没有改动任何数据。",
                "This backup was made by version {version}; this program ({own}) does not know its"
                " schema. Upgrade the program first. Nothing was changed.",
            ).fill(version=manifest.program, own=__version__)
        )


def _aside_name(folder: Path) -> str:
    name = f"replaced-{clock.in_china(clock.now()):%Y%m%d-%H%M%S}"
    while (folder / name).exists():
        name = f"{name}-{secrets.token_hex(2)}"
    return name


def _replace(app: Flask, staging: Path, *, outdated: bool) -> Path | None:
    """Exchange the files and bring the schema up to date; where the old data lies, if any."""
    folder, live = Path(app.instance_path), database_file(app).name
    _let_go(app)
    # Nothing that writes may be half-way through while the files change under it.
    with write_lock.held():
        old = [name for name in swap.managed(live) if (folder / name).exists()]
        plan = swap.Plan(live, staging.name, _aside_name(folder), old)
        move = swap.Move(folder, plan)
        move.begin()
    try:
        if outdated:
            migrating.migrate_to_head(app)
            _let_go(app)
    except BaseException:
        _let_go(app)
        move.undo()
        raise
    move.finish()
    _take_keys(app)
    return folder / plan.aside if {live, EVIDENCE} & set(old) else None


def _let_go(app: Flask) -> None:
    """Close this process's own connections to the database."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _take_keys(app: Flask) -> None:
    """Use the restored keys in this process too; it started with others."""
    folder = Path(app.instance_path)
    app.extensions["audit_key"] = (folder / AUDIT_KEY).read_text("ascii").strip().encode()
    if (folder / SECRET_KEY).is_file() and not os.environ.get("TRACKER_SECRET_KEY"):
        app.config["SECRET_KEY"] = (folder / SECRET_KEY).read_text("ascii").strip()
