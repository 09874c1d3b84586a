"""What is waiting in this year's plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.todo import TodoItem
from tracker.kernel.words import Words

from . import queries
from .models import PlanItem
from .terms import PlanState

#: No more than this many are listed on the home page.
MOST = 10

_LATE = Words("普法计划逾期未完成：{content}", "Overdue in the outreach plan: {content}")


_DUE = Words("普法计划到期：{content}", "Due in the outreach plan: {content}")


def waiting(session: Session, scope: Scope, today: date, most: int | None = None) -> list[TodoItem]:
    """The items of this year's plan whose last day has gone by before they were done."""
    items = _items(session, scope, today.year, today)
    late = queries.with_state(items, PlanState.LATE, today)[: most or MOST]
    return [_item(_LATE, each, "danger") for each in late]


def coming(session: Session, scope: Scope, today: date, until: date) -> list[TodoItem]:
    """The items that are to be done by a day, and are not done yet."""
    return [
        _item(_DUE, each, "info")
        for year in range(today.year, until.year + 1)
        for each in _items(session, scope, year, today)
        if today <= each.last_day <= until and each.state(today) is not PlanState.DONE
    ]


def _items(session: Session, scope: Scope, year: int, today: date) -> Sequence[PlanItem]:
    return session.scalars(queries.items_of_period(scope, Period.of_year(year, today))).all()


def _item(text: Words, item: PlanItem, tone: str) -> TodoItem:
    return TodoItem(
        text.fill(content=item.content),
        f"/outreach/plan/items/{item.id}",
        item.last_day,
        tone,
        person=item.responsible_person,
    )
