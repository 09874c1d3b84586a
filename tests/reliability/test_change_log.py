"""The change log's chain shows every kind of tampering."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from tests.reliability.harness import Page, chain_faults, event_fields, let_go, query
from tracker.safekeeping.backup import backup
from tracker.safekeeping.checks import State
from tracker.safekeeping.doctor import doctor

pytestmark = pytest.mark.sqlite("tampers with its file")

#: Columns of an entry that somebody might want to read otherwise.
ALTERED = {
    "at": "'2025-01-01 00:00:00.000000'",
    "actor": "'别人'",
    "kind": "'deleted'",
    "subject": "'campaign'",
    "subject_id": "subject_id + 1",
    "subject_number": "'PF-2025-999'",
    "before": "'{\"headcount\": 1}'",
    "after": "'{\"headcount\": 1}'",
    "hash": "lower(hex(randomblob(32)))",
}


@pytest.fixture
def entries(instance: Flask, page: Page, folder: Path) -> int:
    """How many entries the log has after some work, none of them tampered with."""
    for n in range(5):
        _status, address, _text = page.post("/outreach/events/new", event_fields(f"活动 {n}"))
        page.post(f"{address}/void", {"reason": "重复登记"})
    assert chain_faults(instance) == []
    return int(query(folder, "SELECT count(*) FROM change_log")[0][0])


def _tamper(app: Flask, folder: Path, *statements: str) -> None:
    """Write into the database behind the program."""
    let_go(app)
    with closing(sqlite3.connect(folder / "tracker.sqlite3")) as connection, connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement


def _restoring(folder: Path) -> Callable[[], None]:
    """Put the log back as it was."""
    log = query(folder, "SELECT * FROM change_log")
    heads = query(folder, "SELECT * FROM change_head")

    def restore() -> None:
        with closing(sqlite3.connect(folder / "tracker.sqlite3")) as connection, connection:
            for name, rows in (("change_log", log), ("change_head", heads)):
                connection.execute(f"DELETE FROM {name}")  # noqa: S608
                marks = ", ".join("?" * len(rows[0]))
                connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608

    return restore


def test_an_altered_entry_is_found_wherever_it_stands(instance: Flask, folder: Path, entries: int):
    restore, dice = _restoring(folder), random.Random(7)
    for column, value in ALTERED.items():
        for sequence in {1, entries, dice.randint(2, entries - 1)}:
            changed = f"UPDATE change_log SET {column} = {value} WHERE sequence = {sequence}"  # noqa: S608
            _tamper(instance, folder, changed)
            assert chain_faults(instance), (column, sequence)
            restore()
            assert chain_faults(instance) == []


def test_a_deleted_entry_is_found_wherever_it_stood(instance: Flask, folder: Path, entries: int):
    restore = _restoring(folder)
    for sequence in range(1, entries + 1):
        _tamper(instance, folder, f"DELETE FROM change_log WHERE sequence = {sequence}")  # noqa: S608
        assert chain_faults(instance), sequence
        restore()


def test_a_deleted_entry_is_found_even_if_the_rest_is_renumbered(
    instance: Flask, folder: Path, entries: int
):
    gap = entries // 2
    _tamper(
        instance,
        folder,
        f"DELETE FROM change_log WHERE sequence = {gap}",  # noqa: S608
        *(
            f"UPDATE change_log SET sequence = {n - 1} WHERE sequence = {n}"  # noqa: S608
            for n in range(gap + 1, entries + 1)
        ),
        f"UPDATE change_head SET sequence = {entries - 1}",  # noqa: S608
    )
    assert chain_faults(instance)


def test_two_swapped_entries_are_found(instance: Flask, folder: Path, entries: int):
    one, other = entries - 3, entries - 1
    covered = "at, actor, kind, subject, subject_id, subject_number, before, after, hash"
    with closing(sqlite3.connect(folder / "tracker.sqlite3")) as connection:
        rows = {
            row[0]: row[1:]
            for row in connection.execute(
                f"SELECT sequence, {covered} FROM change_log WHERE sequence IN (?, ?)",  # noqa: S608
                (one, other),
            )
        }
        marks = ", ".join(f"{name} = ?" for name in covered.split(", "))
        for here, there in ((one, other), (other, one)):
            connection.execute(
                f"UPDATE change_log SET {marks} WHERE sequence = ?",  # noqa: S608
                (*rows[there], here),
            )
        connection.commit()
    assert chain_faults(instance)


def test_a_cut_tail_is_found(instance: Flask, folder: Path, entries: int):
    restore = _restoring(folder)
    for kept in range(entries):
        _tamper(instance, folder, f"DELETE FROM change_log WHERE sequence > {kept}")  # noqa: S608
        assert chain_faults(instance), kept
        restore()


def test_a_log_whose_head_was_taken_away_is_found(instance: Flask, folder: Path, entries: int):
    _tamper(instance, folder, "DELETE FROM change_head")
    assert chain_faults(instance)


def test_a_log_taken_away_whole_is_found(instance: Flask, folder: Path, entries: int):
    _tamper(instance, folder, "DELETE FROM change_log", "DELETE FROM change_head")
    states = {found.key: found.state for found in doctor(instance)}
    assert states["chain"] is State.FAILED


def test_a_tail_cut_together_with_its_head_is_found_by_an_older_backup(
    instance: Flask, folder: Path, entries: int, tmp_path: Path
):
    """The chain alone cannot know what was at its end; a backup kept elsewhere can."""
    kept, _manifest = backup(instance, tmp_path / "kept.zip")
    cut = entries - 2
    _tamper(
        instance,
        folder,
        f"DELETE FROM change_log WHERE sequence > {cut}",  # noqa: S608
        f"UPDATE change_head SET sequence = {cut}, hash ="  # noqa: S608
        f" (SELECT hash FROM change_log WHERE sequence = {cut})",
    )
    assert chain_faults(instance) == []
    states = {found.key: found.state for found in doctor(instance, against=kept)}
    assert (states["chain"], states["anchor"]) == (State.OK, State.FAILED)
