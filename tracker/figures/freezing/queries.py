"""Which frozen sets there are, and what they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, undefer

from tracker.kernel.errors import RecordMissing
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from ..readings import Member, Reading
from .content import MEMBER_COLUMNS, digest
from .models import FrozenFigure, FrozenMember, FrozenSet


def sets_of(scope: Scope, year: int | None = None) -> Select[FrozenSet]:
    """The frozen sets of the person's own office, the newest first.

    A county's sets are its own, over all of its townships; theirs are read on their pages only.
    """
    statement = select(FrozenSet).where(FrozenSet.office_id == scope.home_office_id)
    if year is not None:
        statement = statement.where(FrozenSet.year == year)
    return statement.order_by(FrozenSet.year.desc(), FrozenSet.sequence.desc())


def set_in_force(session: Session, scope: Scope, year: int) -> FrozenSet | None:
    """The newest frozen set of a year, which is what the office published; None while there is
    none, or where the person sees only a part of what their office's sets cover."""
    return session.scalar(sets_of(scope, year).limit(1))


def frozen_set(session: Session, scope: Scope, year: int, sequence: int) -> FrozenSet:
    """One frozen set.

    :raises RecordMissing: when the person's office has none of this number.
    """
    found = session.scalar(sets_of(scope, year).where(FrozenSet.sequence == sequence))
    if found is None:
        raise RecordMissing
    return found


def figures_of(session: Session, frozen: FrozenSet) -> list[FrozenFigure]:
    """Every figure of a set, the parts of ratios included, in the catalogue's order."""
    return list(
        session.scalars(
            select(FrozenFigure)
            .where(
                FrozenFigure.office_id == frozen.office_id,
                FrozenFigure.set_id == frozen.id,
            )
            .order_by(FrozenFigure.position)
        )
    )


def readings_of(session: Session, frozen: FrozenSet) -> dict[str, Reading]:
    """The readings of a set as they were published, by key: what the year's page shows, and the
    parts of ratios after them."""
    found = figures_of(session, frozen)
    ordered = [f for f in found if f.shown] + [f for f in found if not f.shown]
    return {figure.key: reading_of(figure, frozen) for figure in ordered}


def reading_of(figure: FrozenFigure, frozen: FrozenSet) -> Reading:
    """One frozen figure as a reading."""
    return Reading(
        figure,
        frozen.period,
        figure.value,
        figure.previous,
        figure.records,
        figure.count_basis,
        frozen_phrase=figure.phrase,
    )


def members_of(session: Session, figure: FrozenFigure) -> list[Member]:
    """The records that counted when the set was frozen, by day."""
    key = figure.members_key
    rows = session.scalars(
        select(FrozenMember)
        .join(
            FrozenFigure,
            (FrozenFigure.office_id == FrozenMember.office_id)
            & (FrozenFigure.id == FrozenMember.figure_id),
        )
        .where(
            FrozenMember.office_id == figure.office_id,
            FrozenMember.set_id == figure.set_id,
            FrozenFigure.key == key,
        )
    )
    found = [
        Member(
            id=row.record_id,
            office_id=row.record_office_id,
            number=row.number,
            title=row.title,
            date=row.day,
            weight=row.weight,
            url=row.url,
            version=row.record_version,
        )
        for row in rows
    ]
    return sorted(found, key=lambda m: (m.date is not None, m.date or m.number, m.id))


def rows_by_figure(session: Session, frozen: FrozenSet) -> dict[str, list[dict[str, Any]]]:
    """The stored columns of every record of a set, by the figure's key."""
    keys = {figure.id: figure.key for figure in figures_of(session, frozen)}
    table = FrozenMember.__table__
    columns = [table.columns[name] for name in MEMBER_COLUMNS]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    statement = select(table.columns.figure_id, *columns).where(
        table.columns.office_id == frozen.office_id, table.columns.set_id == frozen.id
    )
    for figure_id, *cells in session.execute(statement):
        found[keys[figure_id]].append(dict(zip(MEMBER_COLUMNS, cells, strict=True)))
    return found


def broken_sets(session: Session) -> Iterator[Words]:
    """Every frozen set, of whatever office, that no longer holds what its checksum says."""
    everything = select(FrozenSet).options(undefer(FrozenSet.findings)).order_by(FrozenSet.id)
    for frozen in session.scalars(everything):
        held = digest(frozen, figures_of(session, frozen), rows_by_figure(session, frozen))
        if held != frozen.digest:
            yield Words(
                "定稿 {number} 的内容与校验值不符", "Frozen set {number} differs from its checksum"
            ).fill(number=frozen.number)
