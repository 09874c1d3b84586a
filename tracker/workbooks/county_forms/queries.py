"""Which forms an office keeps."""

from __future__ import annotations

from sqlalchemy import Select, or_, select

from tracker.kernel.scope import Scope
from tracker.kernel.text import like

from .models import CountyForm


def find_forms(scope: Scope, search: str = "", *, voided: bool = False) -> Select[CountyForm]:
    """Forms for the list page, by name."""
    statement = select(CountyForm).where(
        scope.covers(CountyForm.office_id),
        CountyForm.voided_at.is_not(None) if voided else CountyForm.voided_at.is_(None),
    )
    if search:
        pattern = f"%{like(search)}%"
        statement = statement.where(
            or_(
                CountyForm.name.ilike(pattern, escape="\\"),
                CountyForm.file_name.ilike(pattern, escape="\\"),
                CountyForm.number.ilike(pattern, escape="\\"),
            )
        )
    return statement.order_by(CountyForm.office_id, CountyForm.name, CountyForm.id)
