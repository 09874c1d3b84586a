"""Every single SQL statement of a save fails once: the state is as before or as after."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from tests.reliability.harness import (
    Page,
    chain_faults,
    event_fields,
    faults,
    query,
)
from tracker.kernel.db import db

Say = Callable[[str], None]


class Fuse:
    """Fails the N-th thing asked of the database, and counts them."""

    def __init__(self, at: int) -> None:
        self.at, self.count = at, 0

    def burn(self, *_args: Any) -> None:
        """One more statement or commit."""
        self.count += 1
        if self.count == self.at:
            broken = sqlite3.OperationalError("disk I/O error")
            raise OperationalError("…", None, broken)

    @property
    def blown(self) -> bool:
        """Whether there were enough statements for the failure to happen."""
        return self.count >= self.at


@contextmanager
def _fused(app: Flask, at: int) -> Iterator[Fuse]:
    fuse = Fuse(at)

    def statement(
        connection: Connection, cursor: Any, text: str, values: Any, context: Any, many: bool
    ) -> None:
        fuse.burn()

    def commit(connection: Connection) -> None:
        fuse.burn()

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", commit)
    try:
        yield fuse
    finally:
        event.remove(engine, "before_cursor_execute", statement)
        event.remove(engine, "commit", commit)


def _digest(folder: Path) -> list[Any]:
    """Everything people wrote; sign-ins apart."""
    tables = ("outreach_event", "event_village", "event_theme", "change_log", "change_head")
    rows = [query(folder, f"SELECT * FROM {name} ORDER BY 1") for name in tables]  # noqa: S608
    return [
        *rows,
        query(folder, "SELECT * FROM once_token"),
        query(folder, "SELECT * FROM record_counter"),
    ]


def _fail_each(
    app: Flask, folder: Path, page: Page, path: str, fields: Callable[[], dict[str, Any]]
) -> int:
    """Send the form with the 1st, 2nd, … statement failing, until none is left to fail.

    Each time it is sent again afterwards and must then succeed. Returns how many could fail.
    """
    for at in range(1, 500):
        form, before = fields(), _digest(folder)
        with _fused(app, at) as fuse:
            status, _location, text = page.post(path, form)
        if not fuse.blown:
            assert status == 303
            return at - 1
        after = _digest(folder)
        assert status in (303, 500), (at, status)
        if status == 500:
            assert text.count("<h1>") == 1, at
            assert "系统出错了" in text, at
            assert "Traceback" not in text, at
            assert "SELECT" not in text, at
        if status == 303:
            assert after != before, at
        assert faults(folder) == [], at
        changed = after != before
        log = query(folder, "SELECT count(*) FROM change_log")
        again, _location, _text = page.post(path, form)
        assert again == 303, (at, again)
        assert faults(folder) == [], at
        if changed:
            assert query(folder, "SELECT count(*) FROM change_log") == log, "written twice"
    raise AssertionError("a save with 500 statements")


def test_entering_an_event_survives_every_failing_statement(
    instance: Flask, folder: Path, page: Page, say: Say
):
    count = iter(range(10_000))

    def fields() -> dict[str, Any]:
        return event_fields(f"第 {next(count)} 次", theme_ids=["1", "2"], material_leaflet="500")

    points = _fail_each(instance, folder, page, "/outreach/events/new", fields)
    # One record per form, whichever statement failed and however often it was sent.
    sent = next(count)
    assert query(folder, "SELECT count(*), count(DISTINCT title) FROM outreach_event") == [
        (sent, sent)
    ]
    assert points > 10
    assert chain_faults(instance) == []
    say(f"entering an event with each of its {points} statements failing once: before or after")


def test_changing_an_event_survives_every_failing_statement(
    instance: Flask, folder: Path, page: Page, say: Say
):
    _status, address, _text = page.post("/outreach/events/new", event_fields("原来"))
    count = iter(range(1, 10_000))

    def fields() -> dict[str, Any]:
        version = query(folder, "SELECT version FROM outreach_event")[0][0]
        return event_fields(
            "改过", headcount=str(next(count)), version=str(version), material_gift="3"
        )

    points = _fail_each(instance, folder, page, f"{address}/edit", fields)
    assert query(folder, "SELECT headcount FROM outreach_event") == [(next(count) - 1,)]
    assert points > 10
    assert chain_faults(instance) == []
    say(f"changing an event with each of its {points} statements failing once: before or after")


def test_voiding_an_event_survives_every_failing_statement(
    instance: Flask, folder: Path, page: Page, say: Say
):
    addresses: list[str] = []

    def fields() -> dict[str, Any]:
        return {"reason": "重复登记"}

    points = 0
    for at in range(1, 500):
        _status, address, _text = page.post("/outreach/events/new", event_fields(f"第 {at} 次"))
        addresses.append(address)
        before = _digest(folder)
        with _fused(instance, at) as fuse:
            status, _location, text = page.post(f"{address}/void", fields())
        if not fuse.blown:
            assert status == 303
            points = at - 1
            break
        assert status in (303, 500)
        assert status == 303 or "系统出错了" in text
        asked = f"SELECT void_reason FROM outreach_event WHERE title = '第 {at} 次'"  # noqa: S608
        voided = query(folder, asked)
        assert voided == [("重复登记",)] or _digest(folder) == before
        assert faults(folder) == []
        assert page.post(f"{address}/void", fields())[0] == 303
    assert points > 5
    everyone = query(folder, "SELECT count(*), count(void_reason) FROM outreach_event")
    assert everyone == [(len(addresses), len(addresses))]
    assert faults(folder) == []
    assert chain_faults(instance) == []
    say(f"voiding an event with each of its {points} statements failing once: before or after")
