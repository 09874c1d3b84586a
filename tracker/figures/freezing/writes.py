"""What was written to records since a year was frozen, from the change log."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audit.models import ChangeKind, ChangeLog
from tracker.kernel.scope import Scope

#: A record: its table and id.
Subject = tuple[str, int]

#: How many records one statement asks for.
_AT_ONCE = 500


@dataclass
class Writes:
    """The writes of one record: which kinds there were, and the last of them."""

    kinds: set[str] = field(default_factory=set)
    at: datetime | None = None
    by: str = ""

    def was(self, kind: ChangeKind) -> bool:
        return kind.value in self.kinds


def writes_since(
    session: Session, scope: Scope, moment: datetime, subjects: Collection[Subject]
) -> Mapping[Subject, Writes]:
    """The writes of these records after a moment; a record that nobody wrote to is not in it."""
    found: dict[Subject, Writes] = {}
    by_table: dict[str, list[int]] = {}
    for table, record_id in subjects:
        by_table.setdefault(table, []).append(record_id)
    for table, ids in by_table.items():
        remaining = iter(sorted(ids))
        while some := list(islice(remaining, _AT_ONCE)):
            statement = (
                select(ChangeLog.subject_id, ChangeLog.kind, ChangeLog.at, ChangeLog.actor)
                .where(
                    scope.covers(ChangeLog.office_id),
                    ChangeLog.subject == table,
                    ChangeLog.subject_id.in_(some),
                    ChangeLog.at > moment,
                )
                .order_by(ChangeLog.office_id, ChangeLog.sequence)
            )
            for record_id, kind, at, actor in session.execute(statement):
                writes = found.setdefault((table, record_id), Writes())
                writes.kinds.add(kind)
                writes.at, writes.by = at, actor
    return found
