"""Backups taken while people write restore whole on an empty machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.reliability.harness import (
    Answer,
    Browser,
    Server,
    event_fields,
    faults,
    let_go,
    query,
)
from tracker.app import create_app
from tracker.safekeeping.backup import backup, restore
from tracker.safekeeping.checks import State
from tracker.safekeeping.doctor import doctor
from tracker.safekeeping.locks import InstanceInUse

pytestmark = pytest.mark.sqlite("a PostgreSQL server makes its own backups")

Say = Callable[[str], None]


class Writers:
    """Three people who enter events until told to stop."""

    def __init__(self, browser: Browser, port: int) -> None:
        self.acknowledged: list[str] = []
        self.refused: list[Answer] = []
        self._stop = threading.Event()
        self._windows = [browser.fellow(port) for _ in range(3)]
        self._threads = [
            threading.Thread(target=self._write, args=(window, n))
            for n, window in enumerate(self._windows)
        ]

    def _write(self, window: Browser, writer: int) -> None:
        n = 0
        while not self._stop.is_set():
            n += 1
            answer = window.post("/outreach/events/new", event_fields(f"{writer}-{n}"))
            if answer.status == 303:
                self.acknowledged.append(f"{writer}-{n}")
            else:
                self.refused.append(answer)

    def __enter__(self) -> Writers:
        for thread in self._threads:
            thread.start()
        while not self.acknowledged:
            time.sleep(0.01)
        return self

    def __exit__(self, *_args: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        for window in self._windows:
            window.close()


def _restored(source: Path, folder: Path) -> Flask:
    """An empty machine after restoring this backup."""
    app = create_app({"INSTANCE": str(folder)})
    restore(app, source)
    return app


def _failures(app: Flask, source: Path) -> list[str]:
    return [
        f"{found.key}: {found.message.en}"
        for found in doctor(app, against=source)
        if found.state is State.FAILED
    ]


def _titles(folder: Path) -> set[str]:
    return {row[0] for row in query(folder, "SELECT title FROM outreach_event")}


def test_backups_under_writes_restore_whole(
    instance: Flask,
    server: Server,
    browser: Browser,
    tmp_path: Path,
    full: bool,
    say: Say,
):
    rounds, seconds = (20 if full else 5), []
    with Writers(browser, server.port) as writers:
        for n in range(rounds):
            time.sleep(0.1)
            before = set(writers.acknowledged)
            began = time.perf_counter()
            path, manifest = backup(instance, tmp_path / f"{n}.zip")
            seconds.append(time.perf_counter() - began)

            elsewhere = tmp_path / f"machine-{n}"
            app = _restored(path, elsewhere)
            assert before <= _titles(elsewhere)
            assert faults(elsewhere) == []
            assert _failures(app, path) == []
            assert manifest.rows["outreach_event"] >= len(before)
            let_go(app)
    assert writers.refused == []
    say(
        f"{rounds} backups under 3 people writing ({len(writers.acknowledged)} records): all "
        f"restore on an empty machine, 0 acknowledged records missing, doctor content, "
        f"{sum(seconds) / rounds * 1000:.0f} ms each"
    )


def test_a_backup_downloaded_under_writes_restores_whole(
    server: Server, browser: Browser, folder: Path, tmp_path: Path
):
    with Writers(browser, server.port) as writers:
        before = set(writers.acknowledged)
        answer = browser.post("/safekeeping/backup", {})
    assert answer.status == 200
    path = tmp_path / "download.zip"
    path.write_bytes(answer.data)
    app = _restored(path, tmp_path / "machine")
    assert before <= _titles(tmp_path / "machine")
    assert _failures(app, path) == []
    let_go(app)
    assert not list(folder.glob(".backup*")), "the server keeps no copy"


def test_a_running_server_is_not_restored_over(
    instance: Flask, server: Server, browser: Browser, tmp_path: Path
):
    path, _manifest = backup(instance, tmp_path / "b.zip")
    with pytest.raises(InstanceInUse):
        restore(instance, path)
    assert browser.get("/").status == 200
    server.stop()
    assert restore(instance, path).aside is not None
    server.start()
    browser.connect(server.port)
    assert browser.get("/").location.endswith("/sign-in"), "a backup opens no browser"
    assert browser.sign_in().get("/").status == 200
