"""Migrations: they make what the models say, lose no row, and refuse what they do not know."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import text

from tests.support import application, databases
from tests.support.schema_text import schema_of
from tracker.app import create_app
from tracker.kernel import clock, migrating, rows
from tracker.kernel.db import Actor, db, schema_tx, write_tx
from tracker.kernel.errors import TrackerError
from tracker.kernel.migrating import Standing
from tracker.kernel.model import Model
from tracker.kernel.paths import PACKAGE
from tracker.onboarding.operations import found_office

NewApp = Callable[[str], Flask]


@pytest.fixture
def new_app(tmp_path: Path) -> Iterator[NewApp]:
    made = []

    def make(name: str) -> Flask:
        databases.prepare(tmp_path / name)
        app = create_app({"INSTANCE": tmp_path / name, "TESTING": True, "SECRET_KEY": "x" * 40})
        made.append(app)
        return app

    with rows.seeing_everything():
        yield make
        for app in made:
            application.discard(app)


@pytest.fixture
def migrated(new_app: NewApp) -> Flask:
    app = new_app("migrated")
    migrating.migrate_to_head(app)
    return app


def run(app: Flask, direction: Callable[..., None], target: str) -> None:
    with app.app_context(), schema_tx() as connection:
        direction(migrating.config(connection), target)


def test_there_is_one_newest_migration_and_it_starts_from_nothing():
    assert list((PACKAGE.parent / "migrations" / "versions").glob("*.py")), "no migration yet"
    assert len(migrating.scripts().get_heads()) == 1
    assert len(migrating.scripts().get_bases()) == 1


def test_migrations_make_exactly_the_tables_of_the_models(new_app: NewApp, migrated: Flask):
    """Columns, constraints with the text of every CHECK, indexes.

    Run ``tracker db migrate -m …`` for what is missing. A CHECK that went missing was dropped by
    a batch operation: see migrations/README.md.
    """
    created = new_app("created")
    with created.app_context():
        db.create_all()
        with schema_tx() as connection:
            rows.enable(connection)
    from_models, from_migrations = schema_of(created), schema_of(migrated)
    assert set(from_models) == set(from_migrations)
    for name, clauses in from_models.items():
        assert from_migrations[name] == clauses, f"{name} differs from its model"


def test_alembic_finds_nothing_left_to_do(migrated: Flask):
    with migrated.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Model.metadata) == []


def test_every_migration_goes_down_and_up_again_to_the_same_schema(migrated: Flask):
    before = schema_of(migrated)
    steps = [script.revision for script in migrating.scripts().walk_revisions()]
    for lower in [*steps[1:], "base"]:
        run(migrated, command.downgrade, lower)
    assert schema_of(migrated) == {}
    for upper in reversed(steps):
        run(migrated, command.upgrade, upper)
    assert schema_of(migrated) == before


def rows_in(app: Flask, table: str) -> int:
    with app.app_context(), db.engine.connect() as connection:
        statement = f"SELECT count(*) FROM {table}"  # noqa: S608  # a name of these tests
        return int(connection.exec_driver_sql(statement).scalar_one())


@pytest.mark.sqlite("it changes a table by copying and dropping it")
def test_rebuilding_a_parent_keeps_its_children(migrated: Flask):
    """With foreign keys on, SQLite's way of changing a table deletes the rows that refer to it."""
    with migrated.app_context():
        with write_tx(Actor("试")) as session:
            found_office(session, name="架桥镇", code="430725115")
        counts = {table: rows_in(migrated, table) for table in ("office", "theme", "change_log")}
        assert counts["theme"] > 0
        with schema_tx() as connection:
            definition = connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE name = 'office'"
            ).scalar_one()
            connection.exec_driver_sql(definition.replace("office", "office_new", 1))
            connection.exec_driver_sql("INSERT INTO office_new SELECT * FROM office")
            connection.exec_driver_sql("DROP TABLE office")
            connection.exec_driver_sql("ALTER TABLE office_new RENAME TO office")
        assert counts == {table: rows_in(migrated, table) for table in counts}
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_migration_that_fails_half_way_leaves_nothing(migrated: Flask):
    before = schema_of(migrated)

    def fail() -> None:
        with schema_tx() as connection:
            connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
            connection.exec_driver_sql("DROP TABLE user_session")
            raise ZeroDivisionError

    with migrated.app_context(), pytest.raises(ZeroDivisionError):
        fail()
    assert schema_of(migrated) == before


@pytest.mark.sqlite("elsewhere each statement is refused by itself")
def test_a_migration_that_breaks_a_reference_is_not_committed(migrated: Flask):
    with migrated.app_context():
        with write_tx(Actor("试")) as session:
            found_office(session, name="架桥镇", code="430725115")
        with pytest.raises(RuntimeError, match="lead nowhere"), schema_tx() as connection:
            connection.exec_driver_sql("DELETE FROM office")
    assert rows_in(migrated, "office") == 1


def test_a_new_database_is_created_once(new_app: NewApp):
    app = new_app("new")
    assert migrating.schema(app).standing is Standing.ABSENT
    assert migrating.pending(app)
    first = migrating.migrate_to_head(app)
    assert first.before is Standing.ABSENT
    assert first.done
    assert first.copy is None  # there was nothing to keep
    assert migrating.schema(app).standing is Standing.CURRENT
    assert migrating.pending(app) == ()
    assert migrating.migrate_to_head(app).done == ()
    assert not Path(app.instance_path, "backups").exists()


def mark(app: Flask, revision: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :n"), {"n": revision})


@pytest.mark.sqlite("a PostgreSQL server makes its own backups")
def test_an_upgrade_keeps_a_readable_copy_from_before(
    migrated: Flask, monkeypatch: pytest.MonkeyPatch
):
    head = migrating.scripts().get_current_head()
    with migrated.app_context(), write_tx(Actor("试")) as session:
        found_office(session, name="架桥镇", code="430725115")

    def one_step_is_pending(_scripts: object, revision: str | None) -> tuple[str, ...]:
        return ("next",) if revision == head else ()

    monkeypatch.setattr(migrating, "_steps", one_step_is_pending)
    copies = []
    for number in range(5):
        monkeypatch.setattr(
            clock,
            "now",
            lambda n=number: datetime(2026, 1, 1, n),  # it is UTC
        )
        found = migrating.migrate_to_head(migrated)
        assert found.before is Standing.BEHIND
        copies.append(found.copy)
    kept = sorted(Path(migrated.instance_path, "backups").iterdir())
    assert kept == copies[-migrating.COPIES_KEPT :]
    with closing(sqlite3.connect(kept[-1])) as connection:
        assert connection.execute("SELECT name FROM office").fetchall() == [("架桥镇",)]
    assert [path.name for path in kept[-1].parent.glob("*-wal")] == []


def test_a_database_of_a_newer_program_is_refused_and_left_alone(migrated: Flask):
    mark(migrated, "from_the_future")
    before = schema_of(migrated)
    assert migrating.schema(migrated).standing is Standing.NEWER
    with pytest.raises(TrackerError, match="更新版本的程序"):
        migrating.migrate_to_head(migrated)
    with pytest.raises(TrackerError, match="更新版本的程序"):
        migrating.require_current(migrated)
    assert schema_of(migrated) == before


def test_a_database_of_something_else_is_refused(new_app: NewApp):
    app = new_app("foreign")
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE someone_elses (id INTEGER)")
    before = schema_of(app)
    with pytest.raises(TrackerError, match="没有台账的版本标记"):
        migrating.migrate_to_head(app)
    assert list(before) == ["someone_elses"]
    assert schema_of(app) == before


def test_no_work_on_a_database_that_is_behind(migrated: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(migrating, "_steps", lambda *_: ("one", "two"))
    with pytest.raises(TrackerError, match="tracker upgrade"):
        migrating.require_current(migrated)
