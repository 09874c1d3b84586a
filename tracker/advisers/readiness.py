"""Where a year's villages were without an adviser, before the year is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel.period import Period
from tracker.kernel.readiness import Finding
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.queries import villages_of_period

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


def findings(session: Session, scope: Scope, period: Period, today: date) -> list[Finding]:
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
