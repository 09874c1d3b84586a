"""What is waiting in this year's plan."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.todo import TodoItem
from tracker.kernel.words import Words

from . import queries
from .terms import PlanState

#: No more than this many are listed on the home page.
MOST = 10

_LATE = Words("普法计划逾期未完成：{content}", "Overdue in the outreach plan: {content}")


def waiting(session: Session, scope: Scope, today: date) -> list[TodoItem]:
    """The items of this year's plan whose last day has gone by before they were done."""
    items = session.scalars(queries.items_of_period(scope, Period.of_year(today.year, today))).all()
    return [
        TodoItem(
            _LATE.fill(content=item.content),
            f"/outreach/plan/items/{item.id}",
            item.last_day,
            "danger",
        )
        for item in queries.with_state(items, PlanState.LATE, today)[:MOST]
    ]
