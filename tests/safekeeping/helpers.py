"""What the tests of safekeeping share."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from flask import Flask

from tests.support.application import close
from tracker.app import create_app

DATABASE = "tracker.sqlite3"


def folder_of(app: Flask) -> Path:
    """The data folder of an application."""
    return Path(app.instance_path)


def machine(folder: Path) -> Flask:
    """The program on a machine with this data folder, as a start of it finds or makes it."""
    return create_app({"INSTANCE": str(folder)})


def run(app: Flask, statement: str) -> None:
    """Write into the database behind the program."""
    close(app)
    with closing(sqlite3.connect(folder_of(app) / DATABASE)) as connection, connection:
        connection.execute(statement)


def count(folder: Path, table: str) -> int:
    """How many rows a table has."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608


def everything_in(folder: Path) -> dict[str, str]:
    """Each file of a data folder with its checksum; locks and the journal's side files apart."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock" and not path.name.endswith(("-wal", "-shm"))
    }


def rewritten(
    source: Path,
    target: Path,
    *,
    manifest: Callable[[dict[str, Any]], Any] | None = None,
    rename: Callable[[str], str] = lambda name: name,
    drop: str = "",
    add: dict[str, bytes] | None = None,
    replace: dict[str, bytes] | None = None,
) -> Path:
    """A copy of a backup with something about it changed; the manifest's checksums follow
    ``replace``, as a forger's would."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        body = json.loads(old.read("manifest.json"))
        for name, content in (replace or {}).items():
            digest = hashlib.sha256(content).hexdigest()
            body["files"][name] = {"size": len(content), "sha256": digest}
        if manifest is not None:
            manifest(body)
        for name in old.namelist():
            if name in (drop, "manifest.json"):
                continue
            new.writestr(rename(name), (replace or {}).get(name, old.read(name)))
        for name, content in (add or {}).items():
            new.writestr(name, content)
        new.writestr("manifest.json", json.dumps(body))
    return target
