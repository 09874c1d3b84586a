"""A register's columns and records as the columns and rows of a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Select, UnaryExpression, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.operators import desc_op

from tracker.kernel.period import Period
from tracker.kernel.register import Column, Register
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import cells
from .cells import Content
from .columns import SheetColumn

#: Records fetched at a time, so that memory does not grow with the ledger.
BATCH = 500
_OFFICE = Words("单位", "Office")


def sheet_columns(
    register: Register, language: str, *, with_office: bool = False
) -> list[SheetColumn]:
    """The register's columns; a county's ledger says in front whose each record is."""
    columns = [_sheet_column(column, language) for column in register.columns]
    if with_office:
        columns.insert(0, SheetColumn(_OFFICE.say(language), 14))
    return columns


def _sheet_column(column: Column, language: str) -> SheetColumn:
    reads_along = column.kind in ("text", "long") and not column.as_text
    look = cells.TEXT if reads_along else cells.CENTRED
    # Text breaks into lines; numbers, days, short terms and the records' own numbers do not.
    breaks = reads_along and column.key != "number"
    return SheetColumn(
        column.label.say(language), column.width, look, column.total, column.as_text, breaks
    )


def values_of(
    register: Register, record: Any, office_names: Mapping[int, str] | None = None
) -> list[Content]:
    """What a record's row holds."""
    values: list[Content] = [column.read(record) for column in register.columns]
    if office_names is not None:
        values.insert(0, office_names.get(record.office_id, ""))
    return values


def fetched(session: Session, statement: Select[Any]) -> Iterator[Any]:
    """The records of a statement, in its order, fetched in batches."""
    yield from session.scalars(statement.execution_options(yield_per=BATCH))


def records_of(session: Session, register: Register, scope: Scope, period: Period) -> Iterator[Any]:
    """The records of the period's ledger, in its order."""
    return fetched(session, register.of_period(scope, period))


def oldest_first(statement: Select[Any]) -> Select[Any]:
    """The same records in the order of a ledger: where a list shows the newest first, a ledger
    begins with the oldest. Lists in order of names keep it."""
    order = [
        clause.element
        if isinstance(clause, UnaryExpression) and clause.modifier is desc_op
        else clause
        for clause in statement._order_by_clauses
    ]
    return statement.order_by(None).order_by(*order)


def records_beside(
    session: Session, register: Register, scope: Scope, period: Period, ids: Iterable[int]
) -> Iterator[Any]:
    """Records that are not of the period's ledger but count for one of its figures."""
    wanted = sorted(ids)
    model = register.model
    # What the ledger loads along with its records is loaded here too: it is what its columns read.
    options = register.of_period(scope, period)._with_options
    for start in range(0, len(wanted), BATCH):
        statement = (
            select(model)
            .where(scope.covers(model.office_id), model.id.in_(wanted[start : start + BATCH]))
            .order_by(model.id)
            .options(*options)
        )
        yield from session.scalars(statement)
