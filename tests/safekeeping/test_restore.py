"""Restoring: everything is looked at first, and the old or the new stands, whatever happens."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.safekeeping.conftest import PHOTO, PHOTO_NAME
from tests.safekeeping.helpers import (
    DATABASE,
    count,
    everything_in,
    folder_of,
    machine,
    rewritten,
    run,
)
from tests.support.application import close
from tests.support.page import Visitor
from tests.support.world import World
from tracker.kernel import migrating
from tracker.kernel.errors import TrackerError
from tracker.safekeeping import archive, schema, swap
from tracker.safekeeping.backup import backup, restore
from tracker.safekeeping.doctor import doctor, is_well
from tracker.safekeeping.locks import InstanceInUse, hold_server_lock

pytestmark = pytest.mark.sqlite("a PostgreSQL server makes its own backups")


class Cut(BaseException):
    """The machine stops here."""


def test_an_empty_machine_has_everything_again(kept: Path, tmp_path: Path):
    app = machine(tmp_path / "new")
    done = restore(app, kept)
    folder = tmp_path / "new"
    assert done.aside is None
    assert count(folder, "outreach_event") == 3
    assert (folder / PHOTO_NAME).read_bytes() == PHOTO
    assert "192.0.2.10" in (folder / "config.py").read_text()
    assert (folder / "secret.key").read_text() == "s" * 64
    assert is_well(doctor(app, against=kept))
    for name in ("audit.key", "secret.key", DATABASE):
        assert os.name == "nt" or stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    close(app)


def test_people_sign_in_on_the_new_machine_as_before(kept: Path, tmp_path: Path):
    close_me = machine(tmp_path / "new")
    restore(close_me, kept)
    app = machine(tmp_path / "new")
    person = Visitor(app)
    person.sign_in("jingban")
    assert len(person.get("/outreach/events/").rows) == 3
    close(app)
    close(close_me)


def test_a_backup_of_the_restored_is_the_backup(kept: Path, tmp_path: Path):
    app = machine(tmp_path / "new")
    first = restore(app, kept).manifest
    _path, second = backup(app, tmp_path / "again.zip")
    assert (second.rows, second.heads, second.schema) == (first.rows, first.heads, first.schema)
    assert second.files[PHOTO_NAME] == first.files[PHOTO_NAME]
    close(app)


def test_the_old_data_is_kept_aside(full_app: Flask, kept: Path, world: World):
    world.an_event()
    before = count(folder_of(full_app), "outreach_event")
    done = restore(full_app, kept)
    assert done.aside is not None
    assert done.aside.name.startswith("replaced-")
    assert count(done.aside, "outreach_event") == before == 4
    assert count(folder_of(full_app), "outreach_event") == 3
    assert (done.aside / PHOTO_NAME).read_bytes() == PHOTO
    assert not (folder_of(full_app) / swap.JOURNAL).exists()
    assert not list(folder_of(full_app).glob(".restoring*"))


def test_nothing_is_restored_under_a_running_server(full_app: Flask, kept: Path):
    close(full_app)
    before = everything_in(folder_of(full_app))
    with hold_server_lock(folder_of(full_app)), pytest.raises(InstanceInUse):
        restore(full_app, kept)
    assert everything_in(folder_of(full_app)) == before


def _unknown_schema(body: dict[str, Any]) -> None:
    body["schema"] = "ffffffffffff"


def _other_rows(body: dict[str, Any]) -> None:
    body["rows"]["outreach_event"] += 1


@pytest.mark.parametrize("change", [_unknown_schema, _other_rows])
def test_a_backup_that_contradicts_itself_changes_nothing(
    full_app: Flask, kept: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None]
):
    close(full_app)
    before = everything_in(folder_of(full_app))
    with pytest.raises(TrackerError):
        restore(full_app, rewritten(kept, tmp_path / "b.zip", manifest=change))
    assert everything_in(folder_of(full_app)) == before


def test_a_damaged_database_inside_good_checksums_changes_nothing(
    full_app: Flask, kept: Path, tmp_path: Path
):
    close(full_app)
    before = everything_in(folder_of(full_app))
    broken = (folder_of(full_app) / DATABASE).read_bytes()[:-5000] + b"\0" * 5000
    for content in (broken, b"no database at all", b""):
        source = rewritten(
            kept, tmp_path / f"{len(content)}.zip", replace={"database.sqlite3": content}
        )
        with pytest.raises(TrackerError):
            restore(full_app, source)
        assert everything_in(folder_of(full_app)) == before


def test_a_backup_of_a_newer_program_is_refused(
    full_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    run(full_app, "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)")
    run(full_app, "DELETE FROM alembic_version")
    run(full_app, "INSERT INTO alembic_version VALUES ('fffffffffff1')")
    newer, _manifest = backup(full_app, tmp_path / "newer.zip")
    before = everything_in(folder_of(full_app))
    with pytest.raises(TrackerError, match="请先升级程序"):
        restore(full_app, newer)
    assert everything_in(folder_of(full_app)) == before
    monkeypatch.setattr(schema, "known_revisions", lambda: frozenset({"fffffffffff1"}))
    monkeypatch.setattr(schema, "head", lambda: "fffffffffff1")
    assert restore(full_app, newer).migrated is False


def test_an_older_backup_is_brought_up_to_date(
    full_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    run(full_app, "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)")
    run(full_app, "DELETE FROM alembic_version")
    run(full_app, "INSERT INTO alembic_version VALUES ('000000000001')")
    older, _manifest = backup(full_app, tmp_path / "older.zip")
    upgraded: list[Flask] = []
    monkeypatch.setattr(schema, "known_revisions", lambda: frozenset({"000000000001", "2"}))
    monkeypatch.setattr(schema, "head", lambda: "2")
    monkeypatch.setattr(migrating, "migrate_to_head", upgraded.append)
    assert restore(full_app, older).migrated is True
    assert upgraded == [full_app]


def test_an_upgrade_that_fails_puts_the_old_data_back(
    full_app: Flask, kept: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(_app: Flask) -> None:
        raise RuntimeError("migration failed")

    close(full_app)
    before = everything_in(folder_of(full_app))
    monkeypatch.setattr(schema, "head", lambda: "2")
    monkeypatch.setattr(migrating, "migrate_to_head", fail)
    known = frozenset({"2"})
    monkeypatch.setattr(schema, "known_revisions", lambda: known)
    monkeypatch.setattr("tracker.safekeeping.backup._require_usable", lambda *_args: None)
    with pytest.raises(RuntimeError, match="migration failed"):
        restore(full_app, kept)
    assert everything_in(folder_of(full_app)) == before


def _stop_at(monkeypatch: pytest.MonkeyPatch, call: int, error: BaseException) -> list[int]:
    """Let the N-th rename fail; returns a list whose length is how many were tried."""
    tried: list[int] = []
    rename = os.rename

    def counted(source: Any, target: Any) -> None:
        tried.append(1)
        if len(tried) == call:
            raise error
        rename(source, target)

    monkeypatch.setattr(os, "rename", counted)
    return tried


def test_a_move_that_fails_puts_the_old_data_back(
    full_app: Flask, kept: Path, monkeypatch: pytest.MonkeyPatch
):
    close(full_app)
    before = everything_in(folder_of(full_app))
    for call in range(1, 50):
        with monkeypatch.context() as patch:
            tried = _stop_at(patch, call, PermissionError(13, "in use"))
            try:
                restore(full_app, kept)
            except TrackerError:
                assert len(tried) >= call
            else:
                assert len(tried) < call
                assert call > 8, "five files went away and five came"
                return
        assert everything_in(folder_of(full_app)) == before, call
    raise AssertionError("it never succeeded")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_machine_that_stops_between_two_moves_starts_with_the_old_data(
    full_app: Flask, kept: Path, monkeypatch: pytest.MonkeyPatch
):
    """Nothing cleans up after a power cut: the next start must."""
    close(full_app)
    folder = folder_of(full_app)
    before = everything_in(folder)
    for call in range(1, 50):
        with monkeypatch.context() as patch:
            tried = _stop_at(patch, call, Cut())
            patch.setattr(swap.Move, "undo", lambda _self: None)
            patch.setattr("shutil.rmtree", lambda *_args, **_options: None)
            try:
                restore(full_app, kept)
            except Cut:
                pass
            else:
                assert len(tried) < call
                return
        close(machine(folder))
        assert everything_in(folder) == before, call
    raise AssertionError("it never succeeded")


def test_a_machine_that_stops_again_while_recovering_loses_nothing(
    full_app: Flask, kept: Path, monkeypatch: pytest.MonkeyPatch
):
    close(full_app)
    folder = folder_of(full_app)
    before = everything_in(folder)
    with monkeypatch.context() as patch:
        _stop_at(patch, 9, Cut())
        patch.setattr(swap.Move, "undo", lambda _self: None)
        patch.setattr("shutil.rmtree", lambda *_args, **_options: None)
        with pytest.raises(Cut):
            restore(full_app, kept)
    assert (folder / swap.JOURNAL).exists()
    for call in range(1, 50):
        with monkeypatch.context() as patch:
            _stop_at(patch, 2, Cut())  # one move, then the power goes again
            try:
                swap.recover(folder)
            except Cut:
                continue
        assert call > 4, "several moves were to undo"
        break
    assert everything_in(folder) == before
    assert not (folder / swap.JOURNAL).exists()


def test_a_start_during_a_restore_does_not_meddle(full_app: Flask):
    folder = folder_of(full_app)
    (folder / swap.JOURNAL).write_text("{}")
    with hold_server_lock(folder), pytest.raises(InstanceInUse):
        machine(folder)
    assert (folder / swap.JOURNAL).exists()
    (folder / swap.JOURNAL).unlink()


def test_a_database_elsewhere_is_not_replaced(full_app: Flask, kept: Path, tmp_path: Path):
    full_app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}"
    with pytest.raises(TrackerError, match="TRACKER_DATABASE_URL"):
        restore(full_app, kept)


@pytest.mark.skipif(schema.head() is None, reason="the program ships no migrations yet")
def test_the_real_server_holds_its_data_and_a_migrated_backup_comes_back(tmp_path: Path):
    folder = tmp_path / "instance"
    given = {**os.environ, "TRACKER_INSTANCE": str(folder), "PYTHONUTF8": "1"}

    def command(*words: str | Path) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "tracker", *map(str, words)]
        return subprocess.run(line, env=given, capture_output=True, text=True, timeout=60)

    password = tmp_path / "password"
    password.write_text("qiao-shang-liu-shui\n")
    names = ("--office", "架桥镇", "--office-code", "430725115", "--admin", "guanli")
    assert command("init", *names, "--password-file", password).returncode == 0
    kept = tmp_path / "kept.zip"
    assert command("backup", kept).returncode == 0
    assert archive.read_manifest(kept).schema == schema.head()

    serving = [sys.executable, "-m", "tracker", "serve", "--port", "0"]
    with subprocess.Popen(serving, env=given, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert "http://127.0.0.1:" in server.stdout.readline()
        refused = command("restore", kept)
        second = command("serve", "--port", "0")
        server.terminate()
    assert (refused.returncode, second.returncode) == (1, 1)
    assert "请先停止" in refused.stderr
    assert "请先停止" in second.stderr

    done = command("restore", kept)
    assert done.returncode == 0, done.stderr
    assert command("doctor").returncode == 0
