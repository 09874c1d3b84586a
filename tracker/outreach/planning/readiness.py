"""What a year's plan still lacks before the year is closed."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tracker.kernel.period import Period
from tracker.kernel.readiness import Finding
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import queries
from .terms import PlanState

_LATE = Words(
    "普法计划到期没有完成：{number} {content}",
    "Not done by its day in the plan: {number} {content}",
)


def findings(session: Session, scope: Scope, period: Period, today: date) -> list[Finding]:
    """The year's items whose last day has gone by and whose targets are not reached."""
    items = session.scalars(queries.items_of_period(scope, period)).all()
    return [
        Finding(
            "outreach.plan_late",
            f"plan_item:{item.id}",
            _LATE.fill(number=item.number, content=item.content),
            f"/outreach/plan/items/{item.id}",
        )
        for item in queries.with_state(items, PlanState.LATE, today)
    ]
