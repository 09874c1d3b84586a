"""PostgreSQL itself keeps the offices apart, behind the scope of every query (design.md, 5)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from tests.support.world import ACTOR, World
from tracker.kernel import rows
from tracker.kernel.db import db, write_tx
from tracker.offices.models import Office

pytestmark = pytest.mark.postgresql


@pytest.fixture
def neighbour(world: World) -> Office:
    """A second office; it and the first have one event each."""
    other: Office = world.an_office("邻镇")
    world.an_event("本镇的活动")
    world.an_event("邻镇的活动", office=other)
    return other


@contextmanager
def raw(app: Flask, offices: str) -> Iterator[Connection]:
    """The application's own role, past all of the application's code, with these offices set."""
    with app.app_context(), db.engine.connect() as pooled:
        cursor = pooled.connection.cursor()
        cursor.execute("SELECT set_config('app.offices', %s, false)", (offices,))
        pooled.connection.commit()
        cursor.close()
        yield pooled
        pooled.rollback()
        pooled.invalidate()


def titles(app: Flask, offices: str) -> list[str]:
    with raw(app, offices) as connection:
        cursor = connection.connection.cursor()
        cursor.execute("SELECT title FROM outreach_event ORDER BY id")
        found = [row[0] for row in cursor.fetchall()]
        cursor.close()
        return found


def test_the_application_connects_as_an_ordinary_role(app: Flask):
    """Else nothing below proves anything: a superuser passes by every policy."""
    with app.app_context(), db.engine.connect() as connection:
        assert not rows.is_unbound(connection)


def test_every_owned_table_is_secured(app: Flask):
    with app.app_context(), db.engine.connect() as connection:
        assert rows.unsecured_tables(connection) == []
    assert len(rows.secured_tables()) > 30


def test_a_raw_query_finds_the_rows_of_the_offices_that_are_set_and_no_others(
    app: Flask, world: World, neighbour: Office
):
    own, other = str(world.office_id), str(neighbour.id)
    assert titles(app, own) == ["本镇的活动"]
    assert titles(app, other) == ["邻镇的活动"]
    assert titles(app, f"{own},{other}") == ["本镇的活动", "邻镇的活动"]
    assert titles(app, "999") == []
    assert titles(app, "") == []
    assert titles(app, "*") == ["本镇的活动", "邻镇的活动"]


def test_who_states_no_office_sees_no_row_of_any_owned_table(
    app: Flask, world: World, neighbour: Office
):
    with app.app_context():
        for table in rows.secured_tables():
            assert db.session.execute(table.select()).all() == [], table.name


def test_another_offices_row_is_neither_changed_nor_made_nor_taken_away(
    app: Flask, world: World, neighbour: Office
):
    with raw(app, str(world.office_id)) as connection:
        cursor = connection.connection.cursor()
        cursor.execute(
            "UPDATE outreach_event SET headcount = 1 WHERE office_id = %s", (neighbour.id,)
        )
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM outreach_event WHERE office_id = %s", (neighbour.id,))
        assert cursor.rowcount == 0
        cursor.close()
    statements = (
        f"INSERT INTO theme (office_id, name, laws, position, in_use)"  # noqa: S608
        f" VALUES ({neighbour.id}, '塞进去', '', 1, true)",
        f"UPDATE outreach_event SET office_id = {neighbour.id}",  # noqa: S608
    )
    with app.app_context():
        rows.see([world.office_id])
        for statement in statements:
            with pytest.raises(ProgrammingError, match="row-level security"), write_tx(ACTOR) as s:
                s.execute(text(statement))
        rows.see(rows.NOTHING)
    assert titles(app, "*") == ["本镇的活动", "邻镇的活动"]


def _write(app: Flask, offices: list[int] | str, began: threading.Event, held: threading.Event):
    """A write transaction in a thread of its own, which ends when ``held`` is set."""

    def run() -> None:
        with app.app_context():
            rows.see(offices)
            with write_tx(ACTOR) as session:
                session.execute(text("SELECT 1"))
                began.set()
                assert held.wait(30)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.parametrize(("second", "waits"), [("own", True), ("other", False), ("all", True)])
def test_writers_of_one_office_queue_and_those_of_another_go_on(
    app: Flask, world: World, neighbour: Office, second: str, waits: bool
):
    offices: dict[str, list[int] | str] = {
        "own": [world.office_id],
        "other": [neighbour.id],
        "all": rows.EVERYTHING,
    }
    first_began, first_may_end = threading.Event(), threading.Event()
    then_began, then_may_end = threading.Event(), threading.Event()
    then_may_end.set()
    first = _write(app, [world.office_id], first_began, first_may_end)
    assert first_began.wait(30)
    then = _write(app, offices[second], then_began, then_may_end)
    try:
        assert then_began.wait(0.7 if waits else 30) is not waits
    finally:
        first_may_end.set()
        first.join()
        then.join()
    assert then_began.is_set()
