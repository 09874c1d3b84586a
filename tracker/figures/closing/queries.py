"""How far a year is, what was accepted, which notes there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.kernel.errors import RecordMissing
from tracker.kernel.scope import Scope

from ..freezing.models import FrozenSet
from .models import Acceptance, ClosingStep, CorrectionNote, YearClosing
from .terms import ClosingState


def closing_of(
    session: Session, scope: Scope, year: int, *, lock: bool = False
) -> YearClosing | None:
    """How far the year of the person's own office is; None where no step was taken."""
    statement = select(YearClosing).where(
        YearClosing.office_id == scope.home_office_id, YearClosing.year == year
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.scalar(statement)


def state_of(session: Session, scope: Scope, year: int) -> ClosingState:
    """The state of the year of the person's own office."""
    closing = closing_of(session, scope, year)
    return ClosingState.OPEN if closing is None else closing.state


def steps_of(session: Session, scope: Scope, year: int) -> Sequence[ClosingStep]:
    """Every step taken, oldest first."""
    return session.scalars(
        select(ClosingStep)
        .where(ClosingStep.office_id == scope.home_office_id, ClosingStep.year == year)
        .order_by(ClosingStep.id)
    ).all()


def accepted(session: Session, scope: Scope, year: int) -> Mapping[tuple[str, str], Acceptance]:
    """What was accepted of a year, by rule and subject."""
    found = session.scalars(
        select(Acceptance).where(
            Acceptance.office_id == scope.home_office_id, Acceptance.year == year
        )
    )
    return {(each.code, each.subject): each for each in found}


def note_of(
    session: Session, scope: Scope, year: int, note_id: int
) -> tuple[CorrectionNote, FrozenSet]:
    """A correction note of the person's own office, with the set it corrects.

    :raises RecordMissing: when the year has none of this id.
    """
    row = session.execute(
        select(CorrectionNote, FrozenSet)
        .join(
            FrozenSet,
            and_(
                FrozenSet.office_id == CorrectionNote.office_id,
                FrozenSet.id == CorrectionNote.set_id,
            ),
        )
        .where(
            CorrectionNote.office_id == scope.home_office_id,
            CorrectionNote.id == note_id,
            FrozenSet.year == year,
        )
    ).one_or_none()
    if row is None:
        raise RecordMissing
    return row[0], row[1]


def notes_of(session: Session, frozen: FrozenSet) -> Sequence[CorrectionNote]:
    """The correction notes of a frozen set, oldest first."""
    return session.scalars(
        select(CorrectionNote)
        .where(CorrectionNote.office_id == frozen.office_id, CorrectionNote.set_id == frozen.id)
        .order_by(CorrectionNote.id)
    ).all()
