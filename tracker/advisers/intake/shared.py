"""What the ways in of this domain have in common."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from tracker.kernel.scope import Scope


def live(model: Any, scope: Scope) -> Select[Any]:
    """Every record of the writer's own office that is not voided."""
    return select(model).where(scope.for_writing.covers(model.office_id), model.voided_at.is_(None))
