"""What the lists of certification narrow by alike."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_

from tracker.kernel.text import like


def voided_is(model: Any, voided: bool) -> ColumnElement[bool]:
    """Records that are not voided, or only those that are."""
    condition: ColumnElement[bool] = (
        model.voided_at.is_not(None) if voided else model.voided_at.is_(None)
    )
    return condition


def mentions(search: str, *columns: Any) -> ColumnElement[bool]:
    """Records that have the text in one of these columns."""
    pattern = f"%{like(search)}%"
    return or_(*(column.ilike(pattern, escape="\\") for column in columns))


def in_year(column: Any, year: int) -> ColumnElement[bool]:
    """Records of one calendar year."""
    condition: ColumnElement[bool] = column.between(date(year, 1, 1), date(year, 12, 31))
    return condition
