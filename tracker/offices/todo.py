"""What an office does first."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tracker.kernel.scope import Scope
from tracker.kernel.todo import TodoItem
from tracker.kernel.words import Words

from .models import Office
from .queries import has_villages
from .terms import OfficeLevel

_VILLAGES = Words(
    "录入本镇的村（社区）：逐个登记，或从 Excel 导入",
    "Enter the township's villages one by one, or import them from Excel",
)


def waiting(session: Session, scope: Scope, today: date) -> list[TodoItem]:
    """A township without a village: no coverage can be said, and no event placed."""
    office = session.get(Office, scope.home_office_id) if scope.may_write else None
    if office is None or office.level is not OfficeLevel.TOWNSHIP:
        return []
    if has_villages(session, scope.for_writing):
        return []
    return [TodoItem(_VILLAGES, "/villages/", None, "warning")]
