"""Which kinds of work there are, which entries, and which of them count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.sql.base import ExecutableOption

from tracker.kernel.figure import Basis
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.text import like
from tracker.offices.models import Office

from .kinds import OWN_PREFIX, WorkKind, shipped_inventories, shipped_kinds
from .models import OwnKind, WorklogEntry


def kinds_of(session: Session, scope: Scope) -> Mapping[str, WorkKind]:
    """Every kind the offices of a scope have: the shipped ones, then their own, out of use or not.

    Where the scope covers several offices, an own kind's label names its office.
    """
    return {**shipped_kinds(), **{kind.key: kind for kind in own_kinds_of(session, scope)}}


def own_kinds_of(session: Session, scope: Scope) -> list[WorkKind]:
    """The kinds the offices of a scope added themselves, in one statement."""
    several = len(scope.office_ids) > 1
    rows = session.execute(
        select(OwnKind, Office.name)
        .join(Office, Office.id == OwnKind.office_id)
        .where(scope.covers(OwnKind.office_id))
        .order_by(OwnKind.office_id, OwnKind.id)
    )
    return [own.as_kind(office if several else "") for own, office in rows]


def kind_named(session: Session, scope: Scope, key: str) -> WorkKind | None:
    """The kind with this key, if the offices of the scope have it."""
    shipped = shipped_kinds().get(key)
    if shipped is not None or not key.startswith(OWN_PREFIX):
        return shipped
    return next((kind for kind in own_kinds_of(session, scope) if kind.key == key), None)


def own_rows(session: Session, office_id: int) -> Sequence[OwnKind]:
    """The office's own kinds for their list, those out of use last."""
    return session.scalars(
        select(OwnKind)
        .where(OwnKind.office_id == office_id)
        .order_by(OwnKind.in_use.desc(), OwnKind.id)
    ).all()


def own_row(session: Session, office_id: int, kind_id: int) -> OwnKind | None:
    """One of the office's own kinds."""
    return session.scalar(
        select(OwnKind).where(OwnKind.office_id == office_id, OwnKind.id == kind_id)
    )


def has_entries(session: Session, office_id: int, key: str) -> bool:
    """Whether the office ever entered anything under a kind, voided entries included."""
    found = session.scalar(
        select(exists().where(WorklogEntry.office_id == office_id, WorklogEntry.kind == key))
    )
    return bool(found)


def dated_in(period: Period) -> ColumnElement[bool]:
    """Entries whose day lies in the period."""
    return WorklogEntry.held_on.between(period.first, period.last)


def held_in(period: Period) -> ColumnElement[bool]:
    """The entries that count for what happened: dated in the period, not voided.

    One that runs over New Year counts once, in the year it begins.
    """
    return and_(dated_in(period), WorklogEntry.voided_at.is_(None))


def stood_on(day: date) -> ColumnElement[bool]:
    """Entries of inventories that stood on a day: set up by then, and not over before it."""
    return and_(
        WorklogEntry.held_on <= day,
        or_(WorklogEntry.ended_on.is_(None), WorklogEntry.ended_on >= day),
    )


def in_force_at(period: Period) -> ColumnElement[bool]:
    """The entries that count for how things stand: standing on the last day, not voided."""
    return and_(stood_on(period.as_at), WorklogEntry.voided_at.is_(None))


def maybe_inventory() -> ColumnElement[bool]:
    """Entries of the shipped inventories and of all own kinds, which may be inventories."""
    return or_(
        WorklogEntry.kind.in_(shipped_inventories()),
        WorklogEntry.kind.startswith(OWN_PREFIX, autoescape=True),
    )


def touches(period: Period) -> ColumnElement[bool]:
    """The entries a period's figures can rest on: all of `held_in`, and all of `in_force_at`
    whose kind may be an inventory. Old entries of dated kinds are passed over."""
    return and_(
        WorklogEntry.voided_at.is_(None),
        or_(dated_in(period), and_(maybe_inventory(), stood_on(period.as_at))),
    )


def _is_inventory() -> ColumnElement[bool]:
    """Entries whose kind is an inventory, the office's own kinds included."""
    own = exists().where(
        OwnKind.office_id == WorklogEntry.office_id,
        OwnKind.key == WorklogEntry.kind,
        OwnKind.basis == Basis.AS_AT,
    )
    return or_(WorklogEntry.kind.in_(shipped_inventories()), own)


@dataclass(frozen=True)
class EntryFilter:
    """What the list of a kind's entries is narrowed to."""

    search: str = ""
    year: int | None = None
    village_id: int | None = None
    #: Only those of an inventory that stand on this day.
    standing_on: date | None = None
    voided: bool = False


def find_entries(scope: Scope, kind: str, wanted: EntryFilter) -> Select[WorklogEntry]:
    """Entries of one kind for its list, newest first; voided ones only where asked for."""
    entry = WorklogEntry
    statement = select(entry).where(
        scope.covers(entry.office_id),
        entry.kind == kind,
        entry.voided_at.is_not(None) if wanted.voided else entry.voided_at.is_(None),
    )
    if wanted.year:
        statement = statement.where(
            entry.held_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31))
        )
    if wanted.village_id:
        statement = statement.where(entry.village_id == wanted.village_id)
    if wanted.standing_on:
        statement = statement.where(stood_on(wanted.standing_on))
    if wanted.search:
        pattern = f"%{like(wanted.search)}%"
        columns = (
            entry.title,
            entry.number,
            entry.venue,
            entry.organiser,
            entry.participants,
            entry.note,
        )
        statement = statement.where(or_(*(c.ilike(pattern, escape="\\") for c in columns)))
    return statement.order_by(entry.held_on.desc(), entry.id.desc()).options(*_parts())


def entries_of_period(scope: Scope, period: Period) -> Select[WorklogEntry]:
    """The year's ledger of all kinds: what is dated in it, and the inventories that stood in it.

    Voided entries are not part of it.
    """
    stood = and_(
        WorklogEntry.held_on <= period.last,
        or_(WorklogEntry.ended_on.is_(None), WorklogEntry.ended_on >= period.first),
        _is_inventory(),
    )
    return (
        select(WorklogEntry)
        .where(
            scope.covers(WorklogEntry.office_id),
            WorklogEntry.voided_at.is_(None),
            or_(dated_in(period), stood),
        )
        .order_by(WorklogEntry.kind, WorklogEntry.held_on, WorklogEntry.id)
        .options(*_parts())
    )


def _parts() -> tuple[ExecutableOption, ...]:
    return (selectinload(WorklogEntry.village), selectinload(WorklogEntry.own_kind))


def first_entry_day(session: Session, scope: Scope, kind: str) -> date | None:
    """The day of a kind's oldest entry, for the choice of years."""
    return session.scalar(
        select(func.min(WorklogEntry.held_on)).where(
            scope.covers(WorklogEntry.office_id), WorklogEntry.kind == kind
        )
    )


@dataclass(frozen=True)
class Tally:
    """How many entries of a kind there are: dated in a period, and standing on its last day."""

    dated: int = 0
    standing: int = 0


def entries_by_kind(session: Session, scope: Scope, period: Period) -> dict[str, Tally]:
    """How many entries each kind has, in one statement."""
    rows = session.execute(
        select(
            WorklogEntry.kind,
            func.count().filter(held_in(period)),
            func.count().filter(in_force_at(period)),
        )
        .where(scope.covers(WorklogEntry.office_id), touches(period))
        .group_by(WorklogEntry.kind)
    )
    return {kind: Tally(dated, standing) for kind, dated, standing in rows}
