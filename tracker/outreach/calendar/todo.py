"""Which publicity days come up without an event."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from tracker.kernel.scope import Scope
from tracker.kernel.todo import TodoItem
from tracker.kernel.words import Words

from . import queries
from .terms import DayStanding

#: Publicity days are reminded of so many days before they begin.
DAYS_BEFORE = 14

_TO_PREPARE = Words(
    "宣传日将到，还没有登记活动：{name}", "A publicity day comes, no event entered: {name}"
)


def coming(session: Session, scope: Scope, today: date, until: date) -> list[TodoItem]:
    """The days of the home office's calendar that begin by a day, at most two weeks ahead, and are
    not over, for which no event was held or is planned (see `queries.for_day`).

    Due is their first day; of those that have begun, their last.
    """
    limit = min(until, today + timedelta(days=DAYS_BEFORE))
    items: list[TodoItem] = []
    for year in range(today.year, limit.year + 1):
        near = [
            each
            for each in queries.occurrences(session, scope.home_office_id, year)
            if each.span is not None and each.span.first <= limit and not each.is_over(today)
        ]
        events = queries.events_for(session, scope, near)
        for each in near:
            if (
                each.span is None
                or events[each.key].standing(each, today) is not DayStanding.TO_COME
            ):
                continue
            new = f"/outreach/events/new?day={each.key}&year={year}"
            there = f"/outreach/calendar/{year}#day-{each.key}"
            begins, ends = each.span.first, each.span.last
            items.append(
                TodoItem(
                    _TO_PREPARE.fill(name=each.day.name),
                    new if scope.writes(scope.home_office_id) else there,
                    begins if begins >= today else ends,
                    "info",
                )
            )
    return items
