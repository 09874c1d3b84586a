"""Records of an adviser, whom they serve, and a year: of each such pair and year there is one."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.kernel.scope import Scope

R = TypeVar("R")


def of_pair_and_year(
    session: Session,
    model: type[R],
    office_id: int,
    adviser_id: int,
    village_id: int | None,
    year: int,
    own_id: int | None = None,
) -> R | None:
    """The live record of a pair (None: the township itself) and a year, other than ``own_id``."""
    found: Any = model
    statement = select(model).where(
        found.office_id == office_id,
        found.voided_at.is_(None),
        found.adviser_id == adviser_id,
        found.village_id.is_(None) if village_id is None else found.village_id == village_id,
        found.year == year,
    )
    if own_id is not None:
        statement = statement.where(found.id != own_id)
    return session.scalars(statement.limit(1)).first()


def first_day_of_years(session: Session, scope: Scope, model: type[Any]) -> date | None:
    """The first day of the oldest year there is one of, for the choice of years."""
    year = session.scalar(select(func.min(model.year)).where(scope.covers(model.office_id)))
    return date(year, 1, 1) if year else None
