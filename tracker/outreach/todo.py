"""What is waiting in outreach."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.todo import TodoItem
from tracker.kernel.words import Words

from . import queries
from .calendar import todo as calendar
from .models import OutreachEvent
from .planning import todo as planning
from .signin import readiness as signin

#: No more than this many of a kind are listed on the home page.
MOST = 20

_FIRST = Words(
    "登记第一场普法活动，全年情况就会画在这一页",
    "Log the first outreach event; this page then shows how the year goes",
)


def waiting(session: Session, scope: Scope, today: date, most: int | None = None) -> list[TodoItem]:
    """The first event, where there is none yet; held events without a headcount this year, planned
    events whose day has gone by, rosters that nobody took over, and items of this year's plan that
    are late.

    ``most`` is how many of a kind are listed, where not as many as the home page does.
    """
    limit = most or MOST
    period = Period.of_year(today.year, today)
    if scope.may_write and not queries.has_events(session, scope):
        return [TodoItem(_FIRST, "/outreach/events/new", None, "info")]
    items = [
        TodoItem(
            Words("补登参加人次：{title}", "Enter the headcount: {title}").fill(title=event.title),
            _address(event, scope),
            event.ends_on,
            "warning",
        )
        for event in session.scalars(queries.events_without_headcount(scope, period).limit(limit))
    ]
    items += [
        TodoItem(
            Words(
                "计划日期已过，请改为已举办或已取消：{title}",
                "Its day has gone by; say whether it was held: {title}",
            ).fill(title=event.title),
            _address(event, scope),
            event.ends_on,
            "danger",
        )
        for event in session.scalars(queries.planned_events_past(scope, today).limit(limit))
    ]
    return [
        *items,
        *signin.waiting(session, scope, today, limit),
        *planning.waiting(session, scope, today, most),
    ]


def coming(session: Session, scope: Scope, today: date, until: date) -> list[TodoItem]:
    """What is due by a day and does not wait yet: items of the plan, and publicity days that come
    within two weeks for which no event is entered."""
    return [
        *planning.coming(session, scope, today, until),
        *calendar.coming(session, scope, today, until),
    ]


def _address(event: OutreachEvent, scope: Scope) -> str:
    """Where it is put right, or where somebody who only reads sees what is meant."""
    page = f"/outreach/events/{event.id}"
    return f"{page}/edit" if scope.writes(event.office_id) else page
