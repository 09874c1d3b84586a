"""The doctor: looks whether the instance is sound, changes nothing, says what to do."""

from __future__ import annotations

import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from tracker.audit.models import ChangeLog
from tracker.kernel import clock, rows
from tracker.kernel.db import db
from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words

from . import archive, chain_checks, database_checks, evidence_checks, frozen_checks
from .checks import Check, State
from .files import (
    AUDIT_KEY,
    SECRET_KEY,
    database_file,
    is_sqlite,
)

MIB = 2**20
LITTLE_ROOM, NO_ROOM = 1024 * MIB, 100 * MIB
#: No machine that runs this program has a right clock that shows an earlier day.
WRITTEN_ON = datetime.fromisoformat("2026-01-01")
#: Clocks of machines that share one database may differ by this much.
TOLERATED = timedelta(minutes=5)

ROOM = Words("磁盘空间", "Disk room")
CLOCK = Words("系统时间", "Clock")
KEYS = Words("密钥文件", "Key files")

Look = Callable[[Flask], Iterator[Check]]


def doctor(app: Flask, *, against: Path | None = None) -> list[Check]:
    """Every check of the instance. ``against`` names a backup kept elsewhere: the change log must
    still contain what it contained then.

    A check that cannot be made is a failed one; the others go on.
    """
    looks: list[tuple[str, Words, Look]] = [
        ("database", database_checks.INTEGRITY, database_checks.integrity),
    ]
    if not is_sqlite(app) or database_file(app).is_file():
        # Asked of a database that is not there, these would make an empty one.
        looks += [
            ("settings", database_checks.SETTINGS, database_checks.settings),
            ("rows", database_checks.ROWS, database_checks.row_security),
            ("migrations", database_checks.MIGRATIONS, database_checks.migrations),
            ("chain", chain_checks.CHAIN, chain_checks.chain),
            ("frozen", frozen_checks.FROZEN, frozen_checks.frozen),
            ("evidence_rows", evidence_checks.ROWS, evidence_checks.rows),
            ("clock", CLOCK, _clock),
        ]
        if against is not None:
            anchor = archive.read_manifest(against).heads
            looks.append(("anchor", chain_checks.CHAIN, lambda _app: chain_checks.anchored(anchor)))
    looks += [
        ("evidence", evidence_checks.EVIDENCE, evidence_checks.content),
        ("room", ROOM, _room),
        ("keys", KEYS, _keys),
        ("share", database_checks.SHARE, database_checks.share),
        ("sqlite", database_checks.VERSION, database_checks.version),
    ]
    findings: list[Check] = []
    with app.app_context(), rows.seeing_everything():
        for key, label, look in looks:
            try:
                findings.extend(look(app))
            except (SQLAlchemyError, OSError, TrackerError, ValueError) as error:
                findings.append(_not_made(key, label, error))
            finally:
                db.session.rollback()
    return findings


def is_well(findings: list[Check]) -> bool:
    """Whether nothing failed; warnings do not count."""
    return all(found.state is not State.FAILED for found in findings)


def report(app: Flask, findings: list[Check]) -> dict[str, Any]:
    """The findings as one JSON document."""
    try:
        ends = chain_checks.heads(app)
    except SQLAlchemyError:
        ends = []
    return {
        "ok": is_well(findings),
        "checks": [found.as_json() for found in findings],
        "heads": ends,
    }


def _not_made(key: str, label: Words, error: Exception) -> Check:
    why = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
    return Check(
        key,
        label,
        State.FAILED,
        Words("无法检查：{why}", "Could not be checked: {why}").fill(why=why),
        Words(
            "请先处理上面的问题再检查一次；数据库读不出来的，用最近的备份恢复。",
            "Mend what stands above and look again; restore a backup if the database is lost.",
        ),
    )


def _room(app: Flask) -> Iterator[Check]:
    free = shutil.disk_usage(app.instance_path).free
    left = Words("剩余 {mib} MB", "{mib} MB left").fill(mib=f"{free // MIB:,}")
    advice = Words(
        "请清理磁盘，或把旧备份移到别处。", "Clear the disk, or move old backups elsewhere."
    )
    state = State.FAILED if free < NO_ROOM else State.WARNING if free < LITTLE_ROOM else State.OK
    yield Check("room", ROOM, state, left, None if state is State.OK else advice)


def _clock(_app: Flask) -> Iterator[Check]:
    now, advice = (
        clock.now(),
        Words(
            "请校准电脑的日期和时间，否则登记时间会出错。",
            "Set the machine's date and time, or records will carry wrong times.",
        ),
    )
    shown = Words("{t}", "{t}").fill(t=f"{clock.in_china(now):%Y-%m-%d %H:%M}")
    if now < WRITTEN_ON:
        early = Words("{t}，早于程序发布", "{t}, before the program was written").fill(t=shown)
        yield Check("clock", CLOCK, State.WARNING, early, advice)
        return
    newest = db.session.scalar(select(func.max(ChangeLog.at)))
    if newest is not None and newest > now + TOLERATED:
        behind = Words(
            "{t}，比最近一条修改记录（{n}）还早", "{t}, before the newest change-log entry ({n})"
        ).fill(t=shown, n=f"{clock.in_china(newest):%Y-%m-%d %H:%M}")
        yield Check("clock", CLOCK, State.WARNING, behind, advice)
        return
    yield Check("clock", CLOCK, State.OK, shown)


def _keys(app: Flask) -> Iterator[Check]:
    folder = Path(app.instance_path)
    present = [folder / name for name in (AUDIT_KEY, SECRET_KEY) if (folder / name).exists()]
    if folder / AUDIT_KEY not in present:
        yield Check(
            "keys",
            KEYS,
            State.FAILED,
            Words(
                "缺少 audit.key，修改记录无法核对",
                "audit.key is missing; the log cannot be checked",
            ),
            Words("请从备份中取回 audit.key。", "Take audit.key back from a backup."),
        )
        return
    if sys.platform == "win32":
        yield Check("keys", KEYS, State.OK, Words("齐全", "All there"))
        return
    open_to = [path.name for path in present if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_to:
        names = "、".join(open_to)
        yield Check(
            "keys",
            KEYS,
            State.FAILED,
            Words("其他用户也能读：{names}", "Others can read: {names}").fill(names=names),
            Words("请执行：chmod 600 {names}", "Run: chmod 600 {names}").fill(
                names=" ".join(open_to)
            ),
        )
    else:
        yield Check("keys", KEYS, State.OK, Words("只有本人可读", "Only their owner can read them"))
