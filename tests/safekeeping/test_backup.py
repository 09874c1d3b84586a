"""Backing up: one file, whole or not there at all."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.safekeeping.conftest import PHOTO_NAME
from tests.safekeeping.helpers import count, everything_in, folder_of, run
from tracker.kernel.errors import TrackerError
from tracker.safekeeping import archive
from tracker.safekeeping.backup import backup

pytestmark = pytest.mark.sqlite("a PostgreSQL server makes its own backups")


def test_a_backup_holds_what_is_the_offices_and_nothing_else(kept: Path):
    with zipfile.ZipFile(kept) as file:
        assert sorted(file.namelist()) == sorted(
            [
                "audit.key",
                "config.py",
                "database.sqlite3",
                "manifest.json",
                "secret.key",
                PHOTO_NAME,
            ]
        )


def test_the_manifest_says_what_is_in_it(kept: Path, full_app: Flask):
    manifest = archive.read_manifest(kept)
    folder = folder_of(full_app)
    assert manifest.rows["outreach_event"] == count(folder, "outreach_event") == 3
    assert manifest.files["config.py"].size == (folder / "config.py").stat().st_size
    (head,) = manifest.heads
    assert head["office"] == "430725115"
    assert head["sequence"] == count(folder, "change_log")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_can_read_a_backup(kept: Path):
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_backing_up_changes_nothing_and_leaves_nothing_behind(full_app: Flask, tmp_path: Path):
    before = everything_in(folder_of(full_app))
    backup(full_app, tmp_path / "b.zip")
    assert everything_in(folder_of(full_app)) == before
    assert not list(tmp_path.glob("*.part"))


def test_an_existing_file_is_never_overwritten(full_app: Flask, tmp_path: Path):
    target = tmp_path / "b.zip"
    target.write_bytes(b"something dear")
    with pytest.raises(TrackerError, match="已存在"):
        backup(full_app, target)
    assert target.read_bytes() == b"something dear"


def test_a_folder_as_target_gets_a_file_with_the_time_in_its_name(full_app: Flask, tmp_path: Path):
    stick = tmp_path / "stick"
    stick.mkdir()
    path, _manifest = backup(full_app, stick)
    assert path.parent == stick
    assert re.fullmatch(r"tracker-[0-9]{8}-[0-9]{6}\.zip", path.name)


def test_a_folder_that_is_not_there_is_said(full_app: Flask, tmp_path: Path):
    with pytest.raises(TrackerError, match="没有这个文件夹"):
        backup(full_app, tmp_path / "nowhere" / "b.zip")


def test_a_damaged_database_is_not_kept_as_if_it_were_sound(full_app: Flask, tmp_path: Path):
    run(full_app, "UPDATE village SET office_id = 99")
    with pytest.raises(TrackerError, match="不存在的记录"):
        backup(full_app, tmp_path / "b.zip")
    assert list(tmp_path.glob("b.zip*")) == []


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_no_file_under_the_name(
    full_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
):
    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(TrackerError, match="No space left"):
        backup(full_app, tmp_path / "b.zip")
    assert list(tmp_path.glob("b.zip*")) == []
    assert not list(folder_of(full_app).glob(".backup*"))


def test_a_backup_that_does_not_read_back_is_not_kept(
    full_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def torn(write: Callable[..., archive.Manifest]) -> Callable[..., archive.Manifest]:
        def write_torn(part: Path, *args: object, **facts: object) -> archive.Manifest:
            manifest = write(part, *args, **facts)
            content = bytearray(part.read_bytes())
            content[200] ^= 0xFF
            part.write_bytes(content)
            return manifest

        return write_torn

    monkeypatch.setattr(archive, "write", torn(archive.write))
    with pytest.raises(TrackerError):
        backup(full_app, tmp_path / "b.zip")
    assert list(tmp_path.glob("b.zip*")) == []


def test_postgresql_is_refused_with_what_to_use_instead(full_app: Flask, tmp_path: Path):
    full_app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql+psycopg://tracker@db/tracker"
    with pytest.raises(TrackerError, match="pg_dump"):
        backup(full_app, tmp_path / "b.zip")
