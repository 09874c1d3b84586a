"""What belongs to an office in its data folder, and writing files that are there whole or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy.engine import make_url

from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words

CHUNK = 1 << 20

#: The database's name inside a backup, whatever it is called in the data folder.
DATABASE = "database.sqlite3"
AUDIT_KEY = "audit.key"
SECRET_KEY = "secret.key"  # noqa: S105  # a file's name
SETTINGS = "config.py"
EVIDENCE = "evidence"
#: Files that go into a backup beside the database. Logs, locks and older backups do not.
SINGLE_FILES = (SETTINGS, AUDIT_KEY, SECRET_KEY)

_SAFE_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")


def database_file(app: Flask) -> Path:
    """The file of the SQLite database.

    :raises TrackerError: for PostgreSQL, and for a database that lives in memory only.
    """
    url = make_url(str(app.config["SQLALCHEMY_DATABASE_URI"]))
    if url.get_backend_name() != "sqlite":
        raise TrackerError(
            Words(
                "数据库是 PostgreSQL：一致的备份只有数据库服务器自己能做，请用 pg_dump 备份、"
                "用 pg_restore 恢复，并另外保存数据文件夹中的密钥和附件。",
                "The database is PostgreSQL: only its own server can copy it consistently. Use "
                "pg_dump and pg_restore, and keep the keys and files of the data folder as well.",
            )
        )
    if not url.database or url.database == ":memory:":
        raise TrackerError(
            Words(
                "数据库只在内存中，没有可备份的文件。",
                "The database is in memory only; there is no file.",
            )
        )
    return Path(url.database).absolute()


def is_sqlite(app: Flask) -> bool:
    """Whether the office's database is the embedded one."""
    url = make_url(str(app.config["SQLALCHEMY_DATABASE_URI"]))
    return url.get_backend_name() == "sqlite"


def is_backup_name(name: str) -> bool:
    """Whether a backup may hold a file of this name; nothing that could lead out of the folder."""
    if name == DATABASE or name in SINGLE_FILES:
        return True
    first, *rest = name.split("/")
    return first == EVIDENCE and 1 <= len(rest) <= 8 and all(map(_SAFE_PART.fullmatch, rest))


def evidence_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file attached to records: its name in a backup and where it lies."""
    root = folder / EVIDENCE
    for path in sorted(root.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and is_backup_name(name):
            yield name, path
