"""What is due: the to-dos of all domains, collected in one place; computed when opened.

The home page shows what waits (`waiting`), the page of what is due, its calendar file and
``tracker remind`` show all of it with what comes up (`everything`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import chain

from sqlalchemy.orm import Session

from tracker.advisers import todo as advisers
from tracker.certification import todo as certification
from tracker.kernel.ical import AllDay, calendar_file
from tracker.kernel.scope import Scope
from tracker.kernel.todo import TodoItem
from tracker.kernel.words import Words
from tracker.offices import todo as offices
from tracker.outreach import todo as outreach

#: How far ahead the page looks by default, and may look, in days.
DAYS, MOST_DAYS = 180, 366
#: How far ahead ``tracker remind`` looks by default.
REMIND_DAYS = 30
#: More of a kind than this no person works through.
_EVERYTHING = 1000

_NAME = Words("{office} 待办事项", "{office}: what is due")

Waiting = Callable[[Session, Scope, date, int | None], list[TodoItem]]
Coming = Callable[[Session, Scope, date, date], list[TodoItem]]


def _offices(session: Session, scope: Scope, today: date, _most: int | None) -> list[TodoItem]:
    return offices.waiting(session, scope, today)


#: Each domain says what is waiting in it; what has no day stands in this order.
_WAITING: tuple[Waiting, ...] = (
    _offices,
    outreach.waiting,
    advisers.waiting,
    certification.waiting,
)
#: Each domain says what comes up by a day and is not waiting yet.
_COMING: tuple[Coming, ...] = (outreach.coming, advisers.coming, certification.coming)


def waiting(session: Session, scope: Scope, today: date) -> list[TodoItem]:
    """What the home page lists, by day; what has no day comes last."""
    return _by_day(chain.from_iterable(each(session, scope, today, None) for each in _WAITING))


def everything(session: Session, scope: Scope, today: date, days: int) -> list[TodoItem]:
    """Everything that waits, and what is due in so many days, by day: late things first, what has
    no day last. Nothing stands in it twice."""
    until = today + timedelta(days=days)
    waits = chain.from_iterable(each(session, scope, today, _EVERYTHING) for each in _WAITING)
    comes = chain.from_iterable(each(session, scope, today, until) for each in _COMING)
    return _by_day(item for item in chain(waits, comes) if item.due is None or item.due <= until)


def _by_day(items: Iterable[TodoItem]) -> list[TodoItem]:
    return sorted(items, key=lambda item: item.due or date.max)


def persons(items: Sequence[TodoItem]) -> list[str]:
    """Whom the items are about, each once, in the order of the items."""
    return list(dict.fromkeys(item.person for item in items if item.person))


def due_file(
    items: Sequence[TodoItem],
    *,
    office_name: str,
    office_code: str,
    root: str,
    at: datetime,
    language: str,
) -> bytes:
    """The dated items as a calendar; what has no day is left out.

    ``root`` is where the pages are found: ``https://tracker.example``. An item keeps its identity
    as long as its words, its address and its day stay.
    """
    entries = [
        AllDay(
            uid=f"{_identity(item)}@{office_code}.due",
            title=item.text.say(language),
            first=item.due,
            last=item.due,
            changed=at,
            description=item.person,
            url=f"{root}{item.url}",
        )
        for item in items
        if item.due is not None
    ]
    return calendar_file(_NAME.fill(office=office_name).say(language), entries)


def _identity(item: TodoItem) -> str:
    told = f"{item.url}|{item.text.zh}|{item.due}"
    return hashlib.sha256(told.encode()).hexdigest()[:24]
