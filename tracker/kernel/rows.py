"""Row-level security on PostgreSQL: a second wall behind the scope of every query.

Each transaction tells the database which offices' rows it may touch; whoever forgets sees none.
SQLite has no such thing; there the scope and the composite keys stand alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection, Table, text

from .model import Model

EVERYTHING = "*"
NOTHING = ""

#: Signing in must find the person before it is known which offices they see.
_OPEN_TABLES = frozenset({"user", "user_session", "access_token"})

#: The key of the writers' queue, apart from other programs' advisory locks.
_QUEUE = 7426002

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


def state(connection: Connection) -> None:
    """Tell PostgreSQL what the transaction that begins may see."""
    # Local to the transaction, so that a pooled connection carries nothing over.
    connection.execute(
        text("SELECT set_config('app.offices', :offices, true)"), {"offices": _offices.get()}
    )


def queue(connection: Connection, patience_ms: int) -> None:
    """Wait until no other transaction writes for the same office, in whatever process.

    What an operation looks up before it writes (a free number, no overlapping assignment, another
    administrator) then still holds when it writes, and two transactions never wait for each other.
    Who sees several offices, the command line among them, waits for all and holds up all. Signing
    in writes no office's records and waits for nobody.
    """
    offices = _offices.get()
    if offices == NOTHING:
        return
    locks = "pg_advisory_xact_lock(:key)"
    values: dict[str, str | int] = {"key": _QUEUE, "patience": str(patience_ms)}
    if offices.isdigit():
        locks = "pg_advisory_xact_lock_shared(:key), pg_advisory_xact_lock(:key, :office)"
        values["office"] = int(offices)
    waiting = f"SELECT set_config('lock_timeout', :patience, true), {locks}"
    connection.execute(text(waiting), values)


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


def is_unbound(connection: Connection) -> bool:
    """Whether the role that connects passes by every policy of PostgreSQL."""
    free = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    return bool(connection.scalar(text(free)))


def unsecured_tables(connection: Connection) -> list[str]:
    """The owned tables of a PostgreSQL database on which the policy is not in force."""
    if connection.dialect.name != "postgresql":
        return []
    secured = set(
        connection.scalars(
            text(
                "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid"
                " WHERE relrowsecurity AND relforcerowsecurity AND polname = 'own_office'"
                " AND pg_table_is_visible(pg_class.oid)"
            )
        )
    )
    return [table.name for table in secured_tables() if table.name not in secured]
