"""What is waiting in the advisers' domain."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from tracker.kernel.scope import Scope
from tracker.kernel.todo import TodoItem
from tracker.kernel.words import Words
from tracker.offices.models import Village

from . import queries
from .models import AdviserAssignment

#: Up to this many villages are named one by one; more are said in one line.
NAMED = 5
#: No more than this many assignments are listed.
MOST = 20
#: An assignment's end is announced so many days before.
DAYS_BEFORE_END = 60
#: Legal-literate persons a village should have (national norm of 2021).
LEAST_PERSONS = 3

_ASSIGNMENTS = "/advisers/assignments/"


def quarter_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's quarter."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    after = date(day.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def waiting(session: Session, scope: Scope, today: date, most: int | None = None) -> list[TodoItem]:
    """Villages without an adviser or not yet visited this quarter, assignments that end within 60
    days with nobody to follow, and villages with too few legal-literate persons.

    ``most`` is how many of a kind are listed, where not as many as the home page does.
    """
    return [
        *_without_adviser(session, scope, today),
        *_not_visited(session, scope, today),
        *_ending(session, scope, today, most or MOST),
        *_short_of_persons(session, scope, today),
    ]


def coming(session: Session, scope: Scope, today: date, until: date) -> list[TodoItem]:
    """What is due by a day and does not wait yet: assignments that end later than in 60 days with
    nobody to follow."""
    announced = today + timedelta(days=DAYS_BEFORE_END)
    ending = session.scalars(queries.assignments_ending(scope, today, until))
    return [
        _ends(each, "info")
        for each in ending
        if each.ends_on is not None and each.ends_on > announced
    ]


def _without_adviser(session: Session, scope: Scope, today: date) -> list[TodoItem]:
    villages = session.scalars(queries.villages_without_adviser(scope, today)).all()
    if len(villages) > NAMED:
        text = Words(
            "有 {count} 个村（社区）没有在任的法律顾问", "{count} villages have no legal adviser"
        )
        return [TodoItem(text.fill(count=len(villages)), _ASSIGNMENTS, None, "warning")]
    text = Words("{village}没有在任的法律顾问", "{village} has no legal adviser")
    return [
        TodoItem(
            text.fill(village=village.name),
            (
                f"{_ASSIGNMENTS}new?village={village.id}"
                if scope.writes(village.office_id)
                else f"/villages/{village.id}"
            ),
            None,
            "warning",
        )
        for village in villages
    ]


def _not_visited(session: Session, scope: Scope, today: date) -> list[TodoItem]:
    first, last = quarter_of(today)
    villages: list[Village] = list(
        session.scalars(queries.villages_not_visited(scope, today, first))
    )
    tone = "warning" if (last - today).days < 31 else "info"
    if len(villages) > NAMED:
        text = Words(
            "本季度还有 {count} 个村（社区）没有法律顾问服务记录",
            "{count} villages have not been visited by their adviser this quarter",
        )
        return [TodoItem(text.fill(count=len(villages)), _ASSIGNMENTS, last, tone)]
    text = Words(
        "{village}本季度还没有法律顾问服务记录",
        "{village} has not been visited by its adviser this quarter",
    )
    return [
        TodoItem(
            text.fill(village=village.name),
            (
                f"/advisers/visits/new?village={village.id}"
                if scope.writes(village.office_id)
                else f"/villages/{village.id}"
            ),
            last,
            tone,
        )
        for village in villages
    ]


_ENDS = Words(
    "{name}的聘期将满（{served}），请续聘或改聘",
    "The assignment of {name} ends soon ({served}); renew it or choose another",
)
_COUNSEL = Words("政府法律顾问", "government counsel")


def _ending(session: Session, scope: Scope, today: date, most: int) -> list[TodoItem]:
    until = today + timedelta(days=DAYS_BEFORE_END)
    found = session.scalars(queries.assignments_ending(scope, today, until).limit(most))
    return [_ends(each, "warning") for each in found]


def _ends(assignment: AdviserAssignment, tone: str) -> TodoItem:
    name = assignment.adviser.name
    served = assignment.village.name if assignment.village else _COUNSEL
    return TodoItem(
        _ENDS.fill(name=name, served=served),
        f"{_ASSIGNMENTS}{assignment.id}",
        assignment.ends_on,
        tone,
        person=name,
    )


def _short_of_persons(session: Session, scope: Scope, today: date) -> list[TodoItem]:
    short = queries.villages_short_of_persons(session, scope, today, LEAST_PERSONS)
    if not short:
        return []
    text = Words(
        "有 {count} 个村（社区）的法律明白人不足 {least} 名",
        "Villages with fewer than {least} legal-literate persons: {count}",
    )
    filled = text.fill(count=len(short), least=LEAST_PERSONS)
    return [TodoItem(filled, "/advisers/legal-literate/", None, "info")]
