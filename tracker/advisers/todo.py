"""What is waiting in the advisers' domain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from tracker.kernel.scope import Scope
from tracker.kernel.todo import TodoItem
from tracker.kernel.words import Words
from tracker.rulepacks.queries import rules_by_office
from tracker.rulepacks.rules import Rules

from . import queries
from .models import AdviserAssignment

#: Up to this many villages are named one by one; more are said in one line.
NAMED = 5
#: No more than this many assignments are listed.
MOST = 20

_ASSIGNMENTS = "/advisers/assignments/"


def waiting(session: Session, scope: Scope, today: date, most: int | None = None) -> list[TodoItem]:
    """Villages without an adviser; and, where the office's rules say anything of it, villages not
    yet visited this quarter, assignments that end soon with nobody to follow, and villages with too
    few legal-literate persons.

    ``most`` is how many of a kind are listed, where not as many as the home page does.
    """
    rules = rules_by_office(session, scope.office_ids)
    return [
        *_without_adviser(session, scope, today),
        *_not_visited(session, scope, today, rules),
        *_ending(session, scope, today, rules, most or MOST),
        *_short_of_persons(session, scope, today, rules),
    ]


def coming(session: Session, scope: Scope, today: date, until: date) -> list[TodoItem]:
    """What is due by a day and does not wait yet: assignments that end later than the office's
    rules announce, with nobody to follow."""
    rules = rules_by_office(session, scope.office_ids)
    announced = {each.id for each in queries.assignments_to_renew(session, scope, today, rules)}
    ending = session.scalars(queries.assignments_ending(scope, today, until))
    return [_ends(each, "info") for each in ending if each.id not in announced]


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


def _not_visited(
    session: Session, scope: Scope, today: date, rules: Mapping[int, Rules]
) -> list[TodoItem]:
    _, last = queries.quarter_of(today)
    villages = queries.villages_to_visit(session, scope, today, rules)
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


def _ending(
    session: Session, scope: Scope, today: date, rules: Mapping[int, Rules], most: int
) -> list[TodoItem]:
    found = queries.assignments_to_renew(session, scope, today, rules)
    return [_ends(each, "warning") for each in found[:most]]


def _ends(assignment: AdviserAssignment, tone: str) -> TodoItem:
    """Leads to the assignment's page, where both acts that settle it are offered."""
    name = assignment.adviser.name
    served = assignment.village.name if assignment.village else _COUNSEL
    return TodoItem(
        _ENDS.fill(name=name, served=served),
        f"{_ASSIGNMENTS}{assignment.id}",
        assignment.ends_on,
        tone,
        person=name,
    )


def _short_of_persons(
    session: Session, scope: Scope, today: date, rules: Mapping[int, Rules]
) -> list[TodoItem]:
    text = Words(
        "有 {count} 个村（社区）的法律明白人不足 {least} 名",
        "Villages with fewer than {least} legal-literate persons: {count}",
    )
    return [
        TodoItem(
            text.fill(count=len(short), least=least), "/advisers/legal-literate/", None, "info"
        )
        for least, short in queries.short_of_persons(session, scope, today, rules)
    ]
