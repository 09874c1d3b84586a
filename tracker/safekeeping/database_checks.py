"""The doctor's looks at the database itself."""

from __future__ import annotations

import ctypes
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import String, column, inspect, literal, select, table

from tracker.kernel import rows
from tracker.kernel.db import BUSY_MS, db
from tracker.kernel.words import Words

from . import database, schema
from .checks import Check, State
from .files import database_file, is_sqlite

#: SQLite up to this version can damage a WAL database when two connections checkpoint at once.
WAL_RESET_MENDED = (3, 51, 3)
#: What `kernel.db` sets on every connection; 2 is FULL.
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": BUSY_MS,
    "trusted_schema": 0,
}
_REMOTE = frozenset(
    {
        "9p",
        "afs",
        "ceph",
        "cifs",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.sshfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
        "virtiofs",
    }
)
_WINDOWS_REMOTE = 4

INTEGRITY = Words("数据库完整性", "Database integrity")
SETTINGS = Words("数据库设置", "Database settings")
ROWS = Words("行级安全", "Row-level security")
MIGRATIONS = Words("数据库版本", "Schema version")
SHARE = Words("存放位置", "Where the data lies")
VERSION = Words("SQLite 版本", "SQLite version")
RESTORE = Words(
    "停止使用，把数据文件夹整个复制一份留存，然后用最近的备份执行 tracker restore。",
    "Stop using it, keep a copy of the whole data folder, then restore the latest backup.",
)


def integrity(app: Flask) -> Iterator[Check]:
    """Damaged pages, and references that lead nowhere."""
    if not is_sqlite(app):
        db.session.execute(select(literal(1)))
        yield Check(
            "database",
            INTEGRITY,
            State.OK,
            Words(
                "PostgreSQL 有应答；文件完整性由数据库服务器负责",
                "PostgreSQL answers; its own server looks after its files",
            ),
        )
        return
    path = database_file(app)
    if not path.is_file():
        yield Check(
            "database",
            INTEGRITY,
            State.FAILED,
            Words("没有数据库文件", "There is no database file"),
            Words(
                "新装的请先启动一次；原来有数据的请用备份恢复。",
                "On a new machine start the tracker once; otherwise restore a backup.",
            ),
        )
        return
    with database.opened(path) as connection:
        fault = database.fault(connection, thorough=True)
    if fault is not None:
        yield Check("database", INTEGRITY, State.FAILED, fault, RESTORE)
    else:
        yield Check(
            "database",
            INTEGRITY,
            State.OK,
            Words("结构和引用都完整", "Its pages and its references are whole"),
        )


def settings(app: Flask) -> Iterator[Check]:
    """Whether the application's own connections work as they promise."""
    if not is_sqlite(app):
        return
    connection = db.session.connection()
    wrong = [
        f"{name}={value}"
        for name, wanted in PRAGMAS.items()
        if (value := connection.exec_driver_sql(f"PRAGMA {name}").scalar()) != wanted
    ]
    if wrong:
        yield Check(
            "settings",
            SETTINGS,
            State.FAILED,
            Words("安全设置没有生效：{what}", "Safe settings are not in force: {what}").fill(
                what="、".join(wrong)
            ),
            Words(
                "请检查数据文件夹是否可写，重新启动后再看。",
                "See whether the data folder can be written to, and start again.",
            ),
        )
    else:
        yield Check(
            "settings",
            SETTINGS,
            State.OK,
            Words("写入即落盘，引用检查已打开", "Writes reach the disk; references are checked"),
        )


def row_security(app: Flask) -> Iterator[Check]:
    """Whether PostgreSQL itself keeps the offices apart: the policies, and a role they bind."""
    if is_sqlite(app):
        return
    connection = db.session.connection()
    if rows.is_unbound(connection):
        yield Check(
            "rows",
            ROWS,
            State.FAILED,
            Words(
                "连接数据库的角色是超级用户或有 BYPASSRLS，行级安全对它无效",
                "The role that connects is a superuser or has BYPASSRLS: row-level security does "
                "not bind it",
            ),
            Words(
                "请另建一个普通角色作为数据库的所有者，改用它连接：见 docs/deploy.md。",
                "Make an ordinary role the database's owner and connect as it: see docs/deploy.md.",
            ),
        )
        return
    if bare := rows.unsecured_tables(connection):
        yield Check(
            "rows",
            ROWS,
            State.FAILED,
            Words("没有行级安全的表：{names}", "Tables without row-level security: {names}").fill(
                names="、".join(bare)
            ),
            Words("请执行 tracker upgrade。", "Run tracker upgrade."),
        )
        return
    yield Check(
        "rows",
        ROWS,
        State.OK,
        Words("各单位的行由数据库隔开", "The database keeps the offices' rows apart"),
    )


def migrations(_app: Flask) -> Iterator[Check]:
    """Whether the tables are those of this program."""
    newest = schema.head()
    if newest is None:
        return
    stands = None
    if inspect(db.session.connection()).has_table(database.REVISIONS):
        revisions = table(database.REVISIONS, column("version_num", String()))
        stands = db.session.scalar(select(revisions.c.version_num))
    if stands == newest:
        yield Check("migrations", MIGRATIONS, State.OK, Words("已是最新", "Up to date"))
    elif stands in schema.known_revisions():
        yield Check(
            "migrations",
            MIGRATIONS,
            State.FAILED,
            Words("数据库还没有升级", "The database was not upgraded yet"),
            Words(
                "请执行 tracker upgrade，升级前会自动留一份副本。",
                "Restart the tracker; it upgrades by itself.",
            ),
        )
    else:
        yield Check(
            "migrations",
            MIGRATIONS,
            State.FAILED,
            Words("数据库版本不是本程序的版本", "The database is not of this program's version"),
            Words("请升级程序，或恢复旧程序的备份。", "Upgrade the program or restore a backup."),
        )


def share(app: Flask) -> Iterator[Check]:
    """SQLite's locks do not hold on network shares."""
    if not is_sqlite(app):
        return
    kind = remote_kind(database_file(app).parent)
    if kind:
        yield Check(
            "share",
            SHARE,
            State.WARNING,
            Words(
                "数据库在网络共享盘上（{kind}），多人写入时可能损坏",
                "The database lies on a network share ({kind}) and may be damaged there",
            ).fill(kind=kind),
            Words(
                "请把数据文件夹移到本机硬盘，其他电脑用浏览器访问。",
                "Move the data folder to this machine's own disk; others use the browser.",
            ),
        )
    else:
        yield Check("share", SHARE, State.OK, Words("在本机硬盘上", "On this machine's own disk"))


def remote_kind(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of network share a folder lies on; empty for a disk of this machine."""
    if sys.platform == "win32":
        drive = folder.resolve().drive
        if drive.startswith("\\\\"):
            return "SMB"
        return (
            "SMB" if ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _WINDOWS_REMOTE else ""
        )
    if not mounts.is_file():
        return ""
    found, longest = "", -1
    resolved = folder.resolve()
    for line in mounts.read_text("utf-8", "replace").splitlines():
        _device, point, kind, *_ = line.split(" ")
        mounted = Path(point.replace("\\040", " "))
        if resolved.is_relative_to(mounted) and len(str(mounted)) >= longest:
            found, longest = kind, len(str(mounted))
    return found if found in _REMOTE else ""


def version(app: Flask) -> Iterator[Check]:
    """Which SQLite works underneath. An old one is safe here as long as writers queue."""
    if not is_sqlite(app):
        return
    if sqlite3.sqlite_version_info < WAL_RESET_MENDED:
        note = Words(
            "{v}，低于 3.51.3：写入排队锁不能取消，也不要让别的程序直接写数据库",
            "{v}, older than 3.51.3: the writers' lock must stay, and no other program may write",
        )
    else:
        note = Words("{v}", "{v}")
    yield Check("sqlite", VERSION, State.OK, note.fill(v=sqlite3.sqlite_version))
