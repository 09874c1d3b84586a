"""Reading the change log."""

from __future__ import annotations

from sqlalchemy import Select, select

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
