"""Which offices and villages there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.text import like

from .models import Office, Village


def office_by_code(session: Session, code: str) -> Office | None:
    """The office with this code."""
    return session.scalar(select(Office).where(Office.code == code))


def offices_below(session: Session, office_id: int) -> Sequence[Office]:
    """The townships of a county, by code."""
    return session.scalars(
        select(Office).where(Office.parent_id == office_id).order_by(Office.code)
    ).all()


def offices_of(session: Session, scope: Scope) -> Sequence[Office]:
    """The offices a person sees, their own first."""
    found = session.scalars(
        select(Office).where(Office.id.in_(scope.office_ids)).order_by(Office.code)
    ).all()
    return sorted(found, key=lambda office: office.id != scope.home_office_id)


def by_name() -> tuple[InstrumentedAttribute[Any], ...]:
    """The order of villages everywhere: by pinyin, as in a dictionary; 大 before 上."""
    return Village.office_id, Village.pinyin, Village.name, Village.id


def exists_on_last_day(period: Period) -> ColumnElement[bool]:
    """Villages that exist on the day states are read: not voided, not merged away by then.

    A village still counts for the whole of the past it has records in.
    """
    return Village.voided_at.is_(None) & or_(
        Village.closed_on.is_(None), Village.closed_on > period.as_at
    )


def existed_during(period: Period) -> ColumnElement[bool]:
    """Villages that existed on at least one day of the period."""
    return Village.voided_at.is_(None) & or_(
        Village.closed_on.is_(None), Village.closed_on > period.first
    )


def villages_of_period(scope: Scope, period: Period) -> Select[Village]:
    """The ledger of villages: those that existed during the period, by name."""
    return (
        select(Village)
        .where(scope.covers(Village.office_id), existed_during(period))
        .order_by(*by_name())
    )


def open_villages(session: Session, scope: Scope) -> Sequence[Village]:
    """Villages a form offers: neither voided nor merged away."""
    return session.scalars(
        select(Village)
        .where(
            scope.covers(Village.office_id),
            Village.voided_at.is_(None),
            Village.closed_on.is_(None),
        )
        .order_by(*by_name())
    ).all()


def has_villages(session: Session, scope: Scope) -> bool:
    """Whether any village is entered, merged ones included."""
    found = select(func.count()).where(scope.covers(Village.office_id), Village.voided_at.is_(None))
    return bool(session.scalar(found))


def find_villages(scope: Scope, search: str = "", *, voided: bool = False) -> Select[Village]:
    """Villages for the list page, by name; the search looks into names and pinyin."""
    statement = select(Village).where(
        scope.covers(Village.office_id),
        Village.voided_at.is_not(None) if voided else Village.voided_at.is_(None),
    )
    if search:
        pattern = f"%{like(search)}%"
        statement = statement.where(
            or_(
                Village.name.ilike(pattern, escape="\\"),
                Village.pinyin.ilike(pattern, escape="\\"),
            )
        )
    return statement.order_by(*by_name())
