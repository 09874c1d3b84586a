"""Every write of bindings."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.kernel import clock, records

from .models import ReportBinding
from .queries import find_binding, live_binding


def bind(session: Session, office_id: int, cue: str, unit: str, figure_key: str) -> ReportBinding:
    """Remember which figure a phrase speaks of, in place of what was remembered before."""
    before = live_binding(session, office_id, cue, unit)
    if before is not None:
        if before.figure_key == figure_key:
            return before
        _remove(session, before)
        session.flush()
    binding = ReportBinding(
        office_id=office_id,
        cue=cue,
        unit=unit,
        figure_key=figure_key,
        bound_at=clock.now(),
        bound_by=records.writer_name(session),
    )
    session.add(binding)
    session.flush()
    return binding


def remove(session: Session, office_id: int, binding_id: int) -> ReportBinding:
    """Remember it no longer. A second removal changes nothing.

    :raises RecordMissing: where the office has none of this id.
    """
    binding = find_binding(session, office_id, binding_id)
    if binding.removed_at is None:
        _remove(session, binding)
        session.flush()
    return binding


def restore(session: Session, office_id: int, binding_id: int) -> ReportBinding:
    """Remember it again, in place of what was said of the phrase since.

    :raises RecordMissing: where the office has none of this id.
    """
    binding = find_binding(session, office_id, binding_id)
    if binding.removed_at is not None:
        since = live_binding(session, office_id, binding.cue, binding.unit)
        if since is not None:
            _remove(session, since)
            session.flush()
        binding.removed_at = binding.removed_by = None
        session.flush()
    return binding


def _remove(session: Session, binding: ReportBinding) -> None:
    binding.removed_at = clock.now()
    binding.removed_by = records.writer_name(session)
