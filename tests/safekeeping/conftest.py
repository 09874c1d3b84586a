"""An instance with records, files and settings, and a backup of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from flask import Flask

from tests.safekeeping.helpers import folder_of, run
from tests.support.world import World
from tracker.safekeeping import schema
from tracker.safekeeping.backup import backup

PHOTO = b"\xff\xd8\xff a photo" * 2000
PHOTO_NAME = f"evidence/{hashlib.sha256(PHOTO).hexdigest()}.jpg"


@pytest.fixture
def full_app(app: Flask, world: World) -> Flask:
    """An office with records, an attached photo, settings and both keys; and things that are
    nobody's record: a log, locks, an older backup."""
    if newest := schema.head():
        # The tests' tables are made from the models; mark them as the migrations would.
        run(app, "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)")
        run(app, "DELETE FROM alembic_version")
        run(app, f"INSERT INTO alembic_version VALUES ('{newest}')")  # noqa: S608
    world.a_village()
    for _ in range(3):
        world.an_event()
    folder = folder_of(app)
    (folder / "secret.key").write_text("s" * 64)
    (folder / "secret.key").chmod(0o600)
    (folder / "config.py").write_text("PUBLIC_URL = 'http://192.0.2.10:8000'\n")
    photo = folder / PHOTO_NAME
    photo.parent.mkdir()
    photo.write_bytes(PHOTO)
    (folder / "tracker.log").write_text("a log\n")
    (folder / "backups").mkdir()
    (folder / "backups" / "before-migration.sqlite3").write_bytes(b"old")
    return app


@pytest.fixture
def kept(full_app: Flask, tmp_path: Path) -> Path:
    """A backup of that instance, kept somewhere else."""
    path, _manifest = backup(full_app, tmp_path / "kept.zip")
    return path
