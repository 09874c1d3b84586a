"""The doctor: each trouble is found, named, and answered with what to do."""

from __future__ import annotations

import json
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.safekeeping.conftest import PHOTO_NAME
from tests.safekeeping.helpers import DATABASE, everything_in, folder_of, machine, run
from tests.support.application import close
from tests.support.world import World
from tracker.kernel import clock
from tracker.safekeeping import database_checks, schema
from tracker.safekeeping.checks import Check, State
from tracker.safekeeping.doctor import MIB, doctor, is_well, report

pytestmark = pytest.mark.sqlite("its files and settings; test_on_postgresql.py looks at the other")


def _found(app: Flask, key: str, **options: Any) -> Check:
    return next(found for found in doctor(app, **options) if found.key == key)


def test_a_sound_instance_has_nothing_wrong(full_app: Flask, kept: Path):
    findings = doctor(full_app, against=kept)
    assert [found.key for found in findings if found.state is not State.OK] == []
    assert is_well(findings)


def test_looking_changes_nothing(full_app: Flask):
    before = everything_in(folder_of(full_app))
    doctor(full_app)
    assert everything_in(folder_of(full_app)) == before


def test_a_missing_database_is_said_and_none_is_made(tmp_path: Path):
    app = machine(tmp_path / "new")
    assert _found(app, "database").state is State.FAILED
    assert not (tmp_path / "new" / DATABASE).exists()
    close(app)


def test_a_reference_that_leads_nowhere_is_found(full_app: Flask):
    run(full_app, "UPDATE village SET office_id = 99")
    found = _found(full_app, "database")
    assert found.state is State.FAILED
    assert "不存在的记录" in found.message.zh
    assert found.advice is not None


def test_a_damaged_file_is_found_and_every_check_still_answers(full_app: Flask):
    close(full_app)
    file = folder_of(full_app) / DATABASE
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 30] = b"\xa5" * 4096 * 27
    file.write_bytes(content)
    findings = doctor(full_app)
    assert next(f for f in findings if f.key == "database").state is State.FAILED
    assert {"database", "chain", "evidence", "room", "keys"} <= {f.key for f in findings}
    assert json.dumps(report(full_app, findings))


def test_a_changed_entry_of_the_change_log_is_found(full_app: Flask):
    run(full_app, "UPDATE change_log SET actor = '别人' WHERE sequence = 3")
    found = _found(full_app, "chain")
    assert found.state is State.FAILED
    assert "第 3 条" in found.message.zh


def test_a_changed_attachment_is_found_by_its_name(full_app: Flask):
    (folder_of(full_app) / PHOTO_NAME).write_bytes(b"another photo")
    found = _found(full_app, "evidence")
    assert found.state is State.FAILED
    assert PHOTO_NAME in found.message.zh


@pytest.mark.parametrize(
    ("free", "state"),
    [
        (99 * MIB, State.FAILED),
        (101 * MIB, State.WARNING),
        (1023 * MIB, State.WARNING),
        (1025 * MIB, State.OK),
    ],
)
def test_a_full_disk_is_said_in_time(
    full_app: Flask, monkeypatch: pytest.MonkeyPatch, free: int, state: State
):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(1, 1, free))
    assert _found(full_app, "room").state is state


@pytest.mark.parametrize(
    "now",
    [datetime(2001, 1, 1), clock.now() - timedelta(days=1)],
)
def test_a_clock_that_lags_is_noticed(
    full_app: Flask, monkeypatch: pytest.MonkeyPatch, now: datetime
):
    monkeypatch.setattr(clock, "now", lambda: now)
    assert _found(full_app, "clock").state is State.WARNING


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("name", ["audit.key", "secret.key"])
def test_a_key_that_others_can_read_is_found(full_app: Flask, name: str):
    (folder_of(full_app) / name).chmod(0o644)
    found = _found(full_app, "keys")
    assert found.state is State.FAILED
    assert found.advice is not None
    assert found.advice.zh == f"请执行：chmod 600 {name}"


def test_a_missing_key_is_found(full_app: Flask):
    (folder_of(full_app) / "audit.key").unlink()
    assert _found(full_app, "keys").state is State.FAILED


@pytest.mark.parametrize(
    ("kind", "remote"), [("nfs4", True), ("cifs", True), ("ext4", False), ("xfs", False)]
)
def test_a_network_share_is_recognised(tmp_path: Path, kind: str, remote: bool):
    data = tmp_path / "my data" / "instance"
    data.mkdir(parents=True)
    mounts = tmp_path / "mounts"
    shown = str(tmp_path / "my data").replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {shown} {kind} rw 0 0\n")
    assert database_checks.remote_kind(data, mounts) == (kind if remote else "")
    assert database_checks.remote_kind(tmp_path, mounts) == ""


def test_a_database_that_lacks_a_migration_is_found(
    full_app: Flask, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(schema, "head", lambda: "2")
    monkeypatch.setattr(schema, "known_revisions", lambda: frozenset({"1", "2"}))
    run(full_app, "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)")
    run(full_app, "DELETE FROM alembic_version")
    assert _found(full_app, "migrations").state is State.FAILED
    for stands, state in (("1", State.FAILED), ("9", State.FAILED), ("2", State.OK)):
        run(full_app, "DELETE FROM alembic_version")
        run(full_app, f"INSERT INTO alembic_version VALUES ('{stands}')")  # noqa: S608
        assert _found(full_app, "migrations").state is state


def test_an_old_sqlite_is_noted_with_what_keeps_it_safe(
    full_app: Flask, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 40, 1))
    assert "写入排队锁不能取消" in _found(full_app, "sqlite").message.zh
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 51, 3))
    assert "排队锁" not in _found(full_app, "sqlite").message.zh


def test_a_chain_shorter_than_in_an_older_backup_is_found(
    full_app: Flask, kept: Path, world: World
):
    world.an_event()
    assert _found(full_app, "anchor", against=kept).state is State.OK
    run(full_app, "DELETE FROM change_log")
    run(full_app, "UPDATE change_head SET sequence = 0, hash = ''")
    assert _found(full_app, "chain").state is State.OK
    assert _found(full_app, "anchor", against=kept).state is State.FAILED
