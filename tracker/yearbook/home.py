"""The home page: what needs doing, and how the year goes."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tracker.figures import catalogue, reading
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.todo import TodoItem
from tracker.outreach import todo as outreach

from . import pages

#: Each domain says what is waiting in it.
_WAITING = (outreach.waiting,)


def contents(session: Session, scope: Scope, today: date) -> dict[str, Any]:
    """What the template of the home page prints."""
    period = Period.of_year(today.year, today)
    figures = catalogue.figures_for(session, scope, period.year)
    found = reading.read(session, figures, scope, period)
    items: list[TodoItem] = []
    for waiting in _WAITING:
        items.extend(waiting(session, scope, today))
    return {
        "period": period,
        "todo": sorted(items, key=lambda item: (item.due or date.max, item.url)),
        "cards": [pages.card(found[key]) for key in catalogue.LEADING if key in found],
    }
