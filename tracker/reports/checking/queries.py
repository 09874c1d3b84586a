"""The bindings an office has."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.kernel.errors import RecordMissing
from tracker.kernel.scope import Scope

from .models import ReportBinding


def live_bindings(scope: Scope) -> Select[ReportBinding]:
    """What the scope's offices bound and did not remove, by the phrase."""
    return (
        select(ReportBinding)
        .where(scope.covers(ReportBinding.office_id), ReportBinding.removed_at.is_(None))
        .order_by(ReportBinding.cue, ReportBinding.unit, ReportBinding.id)
    )


def bindings_of(session: Session, office_id: int) -> dict[tuple[str, str], str]:
    """(cue, unit) → figure, of one office."""
    found = session.scalars(
        select(ReportBinding).where(
            ReportBinding.office_id == office_id, ReportBinding.removed_at.is_(None)
        )
    )
    return {(each.cue, each.unit): each.figure_key for each in found}


def find_binding(session: Session, office_id: int, binding_id: int) -> ReportBinding:
    """An office's own binding, removed or not.

    :raises RecordMissing: where the office has none of this id.
    """
    found = session.scalar(
        select(ReportBinding).where(
            ReportBinding.id == binding_id, ReportBinding.office_id == office_id
        )
    )
    if found is None:
        raise RecordMissing
    return found


def live_binding(session: Session, office_id: int, cue: str, unit: str) -> ReportBinding | None:
    """The binding in force of a phrase."""
    return session.scalar(
        select(ReportBinding).where(
            ReportBinding.office_id == office_id,
            ReportBinding.cue == cue,
            ReportBinding.unit == unit,
            ReportBinding.removed_at.is_(None),
        )
    )
