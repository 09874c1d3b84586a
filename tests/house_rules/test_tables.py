"""Rules for the tables: whose a row is stands in its keys, and every index serves one office."""

from __future__ import annotations

import pytest
from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint

from tracker import collections
from tracker.kernel.model import Model

#: Unique over all offices, because they are looked up before the office is known.
GLOBALLY_UNIQUE = {
    ("user", "name"),
    ("user_session", "secret_hash"),
    ("access_token", "secret_hash"),
    ("event_roster", "code"),
}

TABLES = Model.metadata.sorted_tables
OWNED = [table for table in TABLES if "office_id" in table.columns]


def _columns(constraint: ForeignKeyConstraint | UniqueConstraint) -> tuple[str, ...]:
    return tuple(column.name for column in constraint.columns)


def test_the_tables_are_there():
    assert collections.REGISTERS  # importing it is what defines the tables
    assert len(OWNED) > 10


@pytest.mark.parametrize("table", OWNED, ids=str)
def test_every_row_belongs_to_an_office(table: Table):
    assert not table.columns["office_id"].nullable


@pytest.mark.parametrize("table", OWNED, ids=str)
def test_every_index_begins_with_the_office(table: Table):
    """170 times as fast on one township's year in a province's database."""
    for index in table.indexes:
        first = next(iter(index.columns)).name
        assert first == "office_id", f"{index.name} begins with {first}"
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            first = _columns(constraint)[0]
            free = (table.name, first) in GLOBALLY_UNIQUE
            assert first == "office_id" or free, f"{constraint.name} begins with {first}"


@pytest.mark.parametrize("table", OWNED, ids=str)
def test_no_reference_leaves_the_office(table: Table):
    """The office is part of every reference to an owned row: use `refers(...)`."""
    for constraint in table.foreign_key_constraints:
        if constraint.referred_table not in OWNED:
            continue
        columns = _columns(constraint)
        targets = tuple(element.column.name for element in constraint.elements)
        pairs = set(zip(columns, targets, strict=True))
        assert ("office_id", "office_id") in pairs, f"{constraint.name}: {columns}"


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_constraint_has_a_name(table: Table):
    """A later migration can change only what it can name."""
    for constraint in table.constraints:
        assert constraint.name, f"{table.name}: {constraint}"
