"""Row-level security on PostgreSQL: a second wall behind the scope of every query.

Each transaction tells the database which offices' rows it may touch; whoever forgets sees none.
SQLite has no such thing; there the scope and the composite keys stand alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection, Engine, Table, event, text

from .model import Model

EVERYTHING = "*"
NOTHING = ""

#: Signing in must find the person before it is known which offices they see.
_OPEN_TABLES = frozenset({"user", "user_session"})

_offices: ContextVar[str] = ContextVar("offices", default=NOTHING)


def see(offices: Iterable[int] | str) -> None:
    """From the next transaction on, the rows of these offices (or everything, or nothing)."""
    listed = offices if isinstance(offices, str) else ",".join(str(int(each)) for each in offices)
    _offices.set(listed)


@contextmanager
def seeing_everything() -> Iterator[None]:
    """For the command line, setting up and safekeeping, which serve all offices."""
    token = _offices.set(EVERYTHING)
    try:
        yield
    finally:
        _offices.reset(token)


def guard_engine(engine: Engine) -> None:
    """Make every transaction of a PostgreSQL engine state what it may see."""
    if engine.dialect.name != "postgresql":
        return

    @event.listens_for(engine, "begin")
    def state(connection: Connection) -> None:
        # Local to the transaction, so that a pooled connection carries nothing over.
        connection.execute(
            text("SELECT set_config('app.offices', :offices, true)"), {"offices": _offices.get()}
        )


def secured_tables() -> list[Table]:
    """The tables whose rows belong to one office each."""
    return [
        table
        for table in Model.metadata.sorted_tables
        if "office_id" in table.columns and table.name not in _OPEN_TABLES
    ]


def enable(connection: Connection) -> None:
    """Put the policy on every owned table; run after each migration, harmless when repeated.

    FORCE makes it hold for the tables' owner too; only superusers and roles with BYPASSRLS are
    exempt, which is why the deployment notes ask for an ordinary role.
    """
    if connection.dialect.name != "postgresql":
        return
    offices = "current_setting('app.offices', true)"
    rule = (
        f"CASE WHEN {offices} = '*' THEN true "
        f"WHEN COALESCE({offices}, '') = '' THEN false "
        f"ELSE office_id = ANY (string_to_array({offices}, ',')::int[]) END"
    )
    for table in secured_tables():
        name = connection.dialect.identifier_preparer.format_table(table)
        for statement in (
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
            f"DROP POLICY IF EXISTS own_office ON {name}",
            f"CREATE POLICY own_office ON {name} USING ({rule}) WITH CHECK ({rule})",
        ):
            connection.exec_driver_sql(statement)
