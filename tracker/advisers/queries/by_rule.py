"""What is short of an office's rules today. Where an office has no rule, nothing is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.advisers.models import Adviser, AdviserAssignment
from tracker.kernel.scope import Scope
from tracker.offices.models import Village
from tracker.rulepacks.queries import offices_by
from tracker.rulepacks.rules import Rules

from .looking_up import (
    assignments_ending,
    villages_not_visited,
    villages_served,
    villages_short_of_persons,
)
from .standing import serving_on

#: Rules by office.
RulesOf = Mapping[int, Rules]


def quarter_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's quarter."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    after = date(day.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def villages_to_visit(session: Session, scope: Scope, today: date, rules: RulesOf) -> list[Village]:
    """Villages with an adviser and no visit this quarter, of offices with a quota of visits."""
    first, _ = quarter_of(today)
    return [
        village
        for village in session.scalars(villages_not_visited(scope, today, first))
        if rules[village.office_id].visit_quota is not None
    ]


def assignments_to_renew(
    session: Session, scope: Scope, today: date, rules: RulesOf
) -> list[AdviserAssignment]:
    """Assignments with nobody to follow that end within the days their office is reminded in."""
    days = {key: each.days_before_end for key, each in rules.items() if each.days_before_end}
    if not days:
        return []
    until = today + timedelta(days=max(days.values()))
    return [
        each
        for each in session.scalars(assignments_ending(scope, today, until))
        if each.ends_on is not None
        and each.office_id in days
        and (each.ends_on - today).days <= days[each.office_id]
    ]


def short_of_persons(
    session: Session, scope: Scope, day: date, rules: RulesOf
) -> list[tuple[int, list[tuple[Village, int]]]]:
    """Villages with fewer legal-literate persons than their office asks for, with how many they
    have; for each number that is asked for."""
    found = []
    for least, offices in sorted(offices_by(rules, lambda each: each.persons_per_village).items()):
        part = Scope(tuple(offices), scope.home_office_id)
        if short := villages_short_of_persons(session, part, day, least):
            found.append((least, short))
    return found


@dataclass(frozen=True)
class Load:
    """What an adviser has in hand on a day."""

    #: The villages served, each once, by name.
    villages: Sequence[str]
    #: How many the office's rule allows; None without a rule.
    most: int | None
    #: The earliest last day of an assignment that serves, to a village or to the township.
    ends_on: date | None

    @property
    def is_beyond(self) -> bool:
        return self.most is not None and len(self.villages) > self.most


def load_of(
    session: Session, advisers: Sequence[Adviser], day: date, rules: RulesOf
) -> dict[int, Load]:
    """What each of these advisers has in hand on a day, by adviser. Two statements."""
    villages = villages_served(session, advisers, day)
    statement = (
        select(AdviserAssignment.adviser_id, func.min(AdviserAssignment.ends_on))
        .where(AdviserAssignment.adviser_id.in_([each.id for each in advisers]), serving_on(day))
        .group_by(AdviserAssignment.adviser_id)
    )
    ends = dict(session.execute(statement).all()) if advisers else {}
    return {
        each.id: Load(
            list(dict.fromkeys(villages.get(each.id, []))),
            rules[each.office_id].villages_per_adviser,
            ends.get(each.id),
        )
        for each in advisers
    }
