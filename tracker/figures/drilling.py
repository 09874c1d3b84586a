"""One figure opened: the records that count and those that do not, frozen where the year is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.kernel.figure import AnyFigure
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.units import Unit
from tracker.kernel.words import Words

from . import catalogue, published
from .freezing import queries
from .freezing.changes import FigureChange
from .freezing.comparing import compare
from .freezing.models import FrozenFigure, FrozenSet
from .members import left_out, members, plain_figure
from .readings import Member, Omitted, Reading

_NOT_COUNTED_THEN = Words("定稿时未计入", "Not counted when the year was frozen")


@dataclass(frozen=True)
class DrillDown:
    """A figure with every record of its source, each in one of the two lists.

    ``declared`` is the figure as the catalogue states it; None where a frozen one has left it.
    ``unit`` is what a record adds: of a ratio, the numerator's. ``change`` says what a frozen
    figure reads now, None where nothing changed or nothing is frozen.
    """

    reading: Reading
    sides: Sequence[Reading]
    declared: AnyFigure | None
    unit: Unit
    members: Sequence[Member]
    omitted: Sequence[Omitted]
    frozen: FrozenSet | None = None
    change: FigureChange | None = None


def drill_down(
    session: Session, scope: Scope, period: Period, key: str, today: date, *, present: bool = False
) -> DrillDown | None:
    """The figure with this key, or a side of a ratio; None where the year has none of it.

    ``present`` opens it as the records now stand, even where the year is frozen.
    """
    declared = catalogue.figure_named(session, scope, period.year, key)
    frozen = None if present else queries.set_in_force(session, scope, period.year)
    if frozen is not None:
        stored = {figure.key: figure for figure in queries.figures_of(session, frozen)}
        if key in stored:
            return _of_frozen(session, scope, frozen, stored, declared, key, today)
    return _of_present(session, scope, period, declared) if declared is not None else None


def _of_present(session: Session, scope: Scope, period: Period, declared: AnyFigure) -> DrillDown:
    found = published.read(session, [declared], scope, period)
    return DrillDown(
        found[declared.key],
        [each for key, each in found.items() if key != declared.key],
        declared,
        plain_figure(declared).unit,
        members(session, declared, scope, period),
        left_out(session, declared, scope, period),
    )


def _of_frozen(
    session: Session,
    scope: Scope,
    frozen: FrozenSet,
    stored: dict[str, FrozenFigure],
    declared: AnyFigure | None,
    key: str,
    today: date,
) -> DrillDown:
    figure = stored[key]
    counted = queries.members_of(session, figure)
    changes = compare(session, scope, frozen, today, only=key)
    sides = [stored[k] for k in (figure.numerator_key, figure.denominator_key) if k in stored]
    return DrillDown(
        queries.reading_of(figure, frozen),
        [queries.reading_of(side, frozen) for side in sides],
        declared,
        stored.get(figure.members_key, figure).unit,
        counted,
        _left_out_then(session, scope, frozen, declared, counted) if declared is not None else [],
        frozen,
        changes[0] if changes else None,
    )


def _left_out_then(
    session: Session,
    scope: Scope,
    frozen: FrozenSet,
    declared: AnyFigure,
    counted: Sequence[Member],
) -> list[Omitted]:
    """The records of the source that did not count when the year was frozen.

    Their reasons are today's; one that counts now is named as not counted then.
    """
    then = {member.id for member in counted}
    late = [
        Omitted(m.id, m.office_id, m.number, m.title, m.date, _NOT_COUNTED_THEN, m.url)
        for m in members(session, declared, scope, frozen.period)
        if m.id not in then
    ]
    others = left_out(session, declared, scope, frozen.period)
    return [*late, *(each for each in others if each.id not in then)]
