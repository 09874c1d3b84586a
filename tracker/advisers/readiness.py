"""What is said before a year is closed of villages without an adviser, or with too few persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel.period import Period
from tracker.kernel.readiness import Finding
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.models import Village
from tracker.offices.queries import villages_of_period
from tracker.rulepacks.queries import rules_by_office

from . import queries
from .models import AdviserAssignment

Days = tuple[date, date]

_DAY = timedelta(days=1)
_WHOLE = Words(
    "{village}全年没有在任的法律顾问", "{village} had no legal adviser in the whole year"
)
_GAP = Words(
    "{village}在 {first} 至 {last} 没有在任的法律顾问",
    "{village} had no legal adviser from {first} to {last}",
)

_OUTSIDE = Words(
    "{name} {day} 的服务（{number}）不在登记的聘期内",
    "The visit of {name} on {day} ({number}) lies outside every contract that is entered",
)
_SHORT = Words(
    "{day}有 {count} 个村（社区）的法律明白人不足 {least} 名：{villages}",
    "Villages with fewer than {least} legal-literate persons on {day}: {count} ({villages})",
)
#: So many of them are named.
_NAMED = 5


def findings(session: Session, scope: Scope, period: Period, today: date) -> list[Finding]:
    """What is odd about the year's villages."""
    return [
        *_without_adviser(session, scope, period, today),
        *_short_of_persons(session, scope, period, today),
        *_outside_contract(session, scope, period),
    ]


def _outside_contract(session: Session, scope: Scope, period: Period) -> list[Finding]:
    """Visits that no contract of their adviser covers, and nobody made an exception for."""
    return [
        Finding(
            "advisers.outside_contract",
            f"adviser_visit:{visit.id}",
            _OUTSIDE.fill(name=visit.adviser.name, day=visit.held_on, number=visit.number),
            f"/advisers/visits/{visit.id}",
        )
        for visit in session.scalars(queries.visits_outside(scope, period))
    ]


def _short_of_persons(session: Session, scope: Scope, period: Period, today: date) -> list[Finding]:
    """Where villages have fewer persons on the register than the office's rules ask for, on the day
    states are read: one finding for an office, which stands anew when their number changes."""
    if period.first > today:
        return []
    found = []
    for office_id, rules in sorted(rules_by_office(session, scope.office_ids).items()):
        least = rules.persons_per_village
        if least is None:
            continue
        own = Scope((office_id,), scope.home_office_id)
        short = queries.villages_short_of_persons(session, own, period.as_at, least)
        if short:
            said = _SHORT.fill(
                day=period.as_at, count=len(short), least=least, villages=_named(short)
            )
            subject = f"office:{office_id}:{period.year}:{least}:{len(short)}"
            found.append(
                Finding("advisers.too_few_persons", subject, said, "/advisers/legal-literate/")
            )
    return found


def _named(short: Sequence[tuple[Village, int]]) -> Words:
    parts = [f"{village.name} {have}" for village, have in short[:_NAMED]]
    more = len(short) > _NAMED
    return Words(
        "、".join(parts) + ("等" if more else ""), ", ".join(parts) + (" …" if more else "")
    )


def _without_adviser(session: Session, scope: Scope, period: Period, today: date) -> list[Finding]:
    """Every span of days on which a village that was there had no serving adviser, up to today."""
    last = min(period.last, today)
    if last < period.first:
        return []
    served: dict[int, list[Days]] = defaultdict(list)
    for village_id, starts_on, ends_on in session.execute(
        select(
            AdviserAssignment.village_id, AdviserAssignment.starts_on, AdviserAssignment.ends_on
        ).where(
            scope.covers(AdviserAssignment.office_id),
            AdviserAssignment.village_id.is_not(None),
            queries.serving_between(period.first, last),
        )
    ):
        if village_id is not None:
            served[village_id].append((starts_on, ends_on or last))
    found = []
    for village in session.scalars(villages_of_period(scope, period)):
        until = last if village.closed_on is None else min(last, village.closed_on - _DAY)
        for first_day, last_day in gaps(served[village.id], (period.first, until)):
            whole = (first_day, last_day) == (period.first, period.last)
            found.append(
                Finding(
                    "advisers.gap",
                    f"village:{village.id}:{first_day}:{last_day}",
                    (_WHOLE if whole else _GAP).fill(
                        village=village.name, first=first_day, last=last_day
                    ),
                    f"/villages/{village.id}",
                )
            )
    return found


def gaps(served: Iterable[Days], within: Days) -> Iterator[Days]:
    """The spans of days that none of these covers; both ends of a span are included."""
    free_from, last = within
    for starts_on, ends_on in sorted(served):
        if starts_on > free_from:
            yield free_from, min(starts_on - _DAY, last)
        free_from = max(free_from, ends_on + _DAY)
        if free_from > last:
            return
    if free_from <= last:
        yield free_from, last
