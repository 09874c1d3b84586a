"""Reading the change log."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, Select, Table, select
from sqlalchemy.orm import Session

from tracker.kernel.model import Model
from tracker.kernel.scope import Scope

from .models import ChangeLog


def changes_of(scope: Scope, subject: str, subject_id: int) -> Select[ChangeLog]:
    """Every write of one record, newest first."""
    return (
        select(ChangeLog)
        .where(
            scope.covers(ChangeLog.office_id),
            ChangeLog.subject == subject,
            ChangeLog.subject_id == subject_id,
        )
        .order_by(ChangeLog.office_id, ChangeLog.sequence.desc())
    )


def all_changes(scope: Scope) -> Select[ChangeLog]:
    """Every write of the offices a person sees, newest first."""
    return (
        select(ChangeLog)
        .where(scope.covers(ChangeLog.office_id))
        .order_by(ChangeLog.at.desc(), ChangeLog.id.desc())
    )


def last_writes_of(
    session: Session, scope: Scope, column: str, records: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], ChangeLog]:
    """The last write of one column, by table and id of each of these records."""
    wanted: dict[str, set[int]] = {}
    for subject, subject_id in records:
        wanted.setdefault(subject, set()).add(subject_id)
    found: dict[tuple[str, int], ChangeLog] = {}
    for subject, ids in wanted.items():
        statement = (
            select(ChangeLog)
            .where(
                scope.covers(ChangeLog.office_id),
                ChangeLog.subject == subject,
                ChangeLog.subject_id.in_(ids),
                ChangeLog.after.contains(f'"{column}"', autoescape=True),
            )
            .order_by(ChangeLog.office_id, ChangeLog.sequence)
        )
        found.update({(subject, entry.subject_id): entry for entry in session.scalars(statement)})
    return found


def table_referred_to(subject: str, column: str) -> Table | None:
    """The owned table a column of a logged table refers to, if it refers to one."""
    table = Model.metadata.tables.get(subject)
    if table is None or column not in table.columns:
        return None
    for key in table.columns[column].foreign_keys:
        if "office_id" in key.column.table.columns:
            return key.column.table
    return None


def names_of(session: Session, table: Table, scope: Scope, ids: Iterable[int]) -> dict[int, str]:
    """What rows of an owned table are called, among those the person may see."""
    called: Column[str] | None = next(
        (table.columns[name] for name in ("name", "title", "number") if name in table.columns), None
    )
    if called is None:
        return {}
    rows = session.execute(
        select(table.columns.id, called).where(
            table.columns.office_id.in_(scope.office_ids), table.columns.id.in_(set(ids))
        )
    )
    return {row[0]: row[1] for row in rows}
