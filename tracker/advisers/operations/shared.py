"""What the operations of this domain have in common."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from tracker.kernel.errors import RuleBroken
from tracker.kernel.words import Words


def fill(record: Any, draft: Any) -> None:
    """Columns carry the names of the draft's fields."""
    for name in draft.__dataclass_fields__:
        setattr(record, name, getattr(draft, name))


def another(
    session: Session,
    model: Any,
    office_id: int,
    own_id: int | None,
    *conditions: ColumnElement[bool],
) -> Any:
    """Another record of the office that meets the conditions, or None."""
    statement = select(model).where(model.office_id == office_id, *conditions)
    if own_id is not None:
        statement = statement.where(model.id != own_id)
    return session.scalars(statement.limit(1)).first()


def require_hours(hours: Decimal | None, most: Decimal) -> None:
    if hours is not None and not 0 < hours <= most:
        raise RuleBroken(
            "hours",
            Words(
                "时长应大于 0 且不超过 {most} 小时；没有记录的请留空",
                "Between 0 and {most} hours; leave it empty where it was not noted",
            ).fill(most=most),
        )
