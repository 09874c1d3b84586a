"""Tables whose rows are written once: the database itself refuses to change or delete them.

What an office has frozen must stand even against a mistake in this program, or a hand with SQL. The
triggers are put in place when the tables are made and after every migration, which may copy a
table and lose them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, event

from .model import Model

_MARK = "written_once"
_FUNCTION = "refuse_change_of_what_is_written_once"


def written_once(model: type[Model]) -> None:
    """Have the database refuse every UPDATE and DELETE of this model's rows."""
    model.__table__.info[_MARK] = True  # type: ignore[attr-defined]


def tables() -> list[Table]:
    """The tables whose rows are written once."""
    return [table for table in Model.metadata.sorted_tables if table.info.get(_MARK)]


def enable(connection: Connection) -> None:
    """Put the triggers on the tables that are there; harmless when repeated."""
    there = set(connection.dialect.get_table_names(connection))
    for table in tables():
        if table.name in there:
            for statement in _statements(table, connection.dialect.name):
                connection.exec_driver_sql(statement)


def _statements(table: Table, dialect: str) -> Iterator[str]:
    if dialect == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is written once'; END $$"
        )
        name = f"{table.name}_is_written_once"
        yield f"DROP TRIGGER IF EXISTS {name} ON {table.name}"
        yield (
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table.name} "
            f"FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}()"
        )
        return
    for verb in ("update", "delete"):
        name = f"{table.name}_no_{verb}"
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield (
            f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table.name} "
            f"BEGIN SELECT RAISE(ABORT, '{table.name} is written once'); END"
        )


@event.listens_for(Model.metadata, "after_create")
def _guard_new_tables(_target: object, connection: Connection, **_options: Any) -> None:
    enable(connection)
