"""What a database's schema says, as texts that can be compared."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

from tracker.kernel.db import db

from . import databases

Schema = dict[str, list[str]]

#: Of each table: columns, constraints, indexes and the policies of row-level security.
_ON_POSTGRESQL = """
    SELECT c.relname, 'column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
        || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE conrelid <> 0 AND connamespace = 'public'::regnamespace
    UNION ALL SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT tablename, policyname || ' ' || qual || ' ' || with_check FROM pg_policies
    UNION ALL SELECT relname, 'secured ' || relforcerowsecurity FROM pg_class
    WHERE relrowsecurity
"""


def schema_of(app: Flask) -> Schema:
    """Every table's columns, constraints and indexes, as their text, in no order."""
    found: Schema = {}
    if databases.on_postgresql():
        for name, clause in databases.rows_of(Path(app.instance_path), _ON_POSTGRESQL):
            found.setdefault(name.strip('"'), []).append(clause)
    else:
        with app.app_context(), db.engine.connect() as connection:
            statements = connection.exec_driver_sql(
                "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL"
            ).all()
        for name, kind, sql in statements:
            found[name] = _clauses(sql) if kind == "table" else [_plain(sql)]
    found.pop("alembic_version", None)
    return {name: sorted(clauses) for name, clauses in found.items()}


def _clauses(sql: str) -> list[str]:
    """What stands between the commas of CREATE TABLE, whatever those in brackets and texts."""
    body = sql[sql.index("(") + 1 : sql.rindex(")")]
    clauses, depth, quoted, start = [], 0, False, 0
    for at, character in enumerate(body):
        if character == "'":
            quoted = not quoted
        elif not quoted:
            depth += {"(": 1, ")": -1}.get(character, 0)
            if character == "," and depth == 0:
                clauses.append(body[start:at])
                start = at + 1
    return [part for clause in (*clauses, body[start:]) for part in _parted(_plain(clause))]


def _parted(clause: str) -> list[str]:
    """A column that was added later bears its constraints; a table that was made has them apart."""
    column, *constraints = clause.split(" CONSTRAINT ")
    return [column, *(f"CONSTRAINT {constraint}" for constraint in constraints)]


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql.replace('"', "")).strip()
