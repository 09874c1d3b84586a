"""What is missing or odd among a year's outreach events, before the year is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from statistics import median

from sqlalchemy.orm import Session

from tracker.kernel.period import Period
from tracker.kernel.readiness import Finding
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import queries
from .models import OutreachEvent
from .planning import readiness as planning
from .signin import readiness as signin

#: A headcount this many times the usual one is asked about (design choice, domain.md 2).
UNUSUAL = 10
#: The usual headcount is known from so many events on.
KNOWN_FROM = 5

_NO_HEADCOUNT = Words("已举办但没有登记参加人次：{event}", "Held, but without a headcount: {event}")
_PAST = Words("计划日期已过，未登记是否举办：{event}", "Its day has gone by; was it held? {event}")
_TWICE = Words(
    "同一天同一地点登记了两次，是否重复：{event}；{other}",
    "Two events on the same day at the same place, perhaps one: {event}; {other}",
)
_ABOVE_POPULATION = Words(
    "参加人次 {heads} 超过所在村（社区）人口 {people}：{event}",
    "The headcount {heads} is above the villages' population {people}: {event}",
)
_UNUSUAL = Words(
    "参加人次 {heads} 是平常（{usual}）的 10 倍以上：{event}",
    "The headcount {heads} is more than ten times the usual one ({usual}): {event}",
)


def findings(session: Session, scope: Scope, period: Period, today: date) -> list[Finding]:
    """Held events without a headcount, planned ones past their day, rosters that nobody took over,
    likely duplicates, headcounts above the village's population or ten times the usual, and late
    items of the plan."""
    held = session.scalars(queries.held_events(scope, period)).all()
    return [
        *(
            _finding("outreach.no_headcount", event, _NO_HEADCOUNT)
            for event in session.scalars(queries.events_without_headcount(scope, period))
        ),
        *(
            _finding("outreach.planned_past", event, _PAST)
            for event in session.scalars(queries.planned_events_past(scope, today))
            if period.first <= event.starts_on <= period.last
        ),
        *signin.findings(session, scope, period, today),
        *_duplicates(held),
        *_unusual(held),
        *planning.findings(session, scope, period, today),
    ]


def _finding(code: str, event: OutreachEvent, text: Words, **more: object) -> Finding:
    return Finding(
        code,
        f"outreach_event:{event.id}",
        text.fill(event=_called(event), **more),
        f"/outreach/events/{event.id}",
    )


def _called(event: OutreachEvent) -> str:
    return f"{event.number} {event.starts_on} {event.title}"


def _duplicates(held: Sequence[OutreachEvent]) -> Iterator[Finding]:
    """Events that begin on the same day in the same village, or at the same venue."""
    by_place: dict[tuple[int, date, str], list[OutreachEvent]] = defaultdict(list)
    for event in held:
        places = {f"village {each.village_id}" for each in event.villages}
        if event.venue:
            places.add(f"venue {event.venue.casefold()}")
        for place in places:
            by_place[event.office_id, event.starts_on, place].append(event)
    said = set()
    for events in by_place.values():
        for event, other in combinations(events, 2):
            pair = (event.id, other.id)
            if pair not in said:
                said.add(pair)
                yield Finding(
                    "outreach.same_day_and_place",
                    f"outreach_event:{event.id}+{other.id}",
                    _TWICE.fill(event=_called(event), other=_called(other)),
                    f"/outreach/events/{other.id}",
                )


def _unusual(held: Sequence[OutreachEvent]) -> Iterator[Finding]:
    heads_of: dict[int, list[int]] = defaultdict(list)
    for event in held:
        if event.headcount:
            heads_of[event.office_id].append(event.headcount)
    for event in held:
        heads = event.headcount
        if not heads:
            continue
        people = [each.village.population for each in event.villages]
        if people and all(people) and heads > (total := sum(filter(None, people))):
            yield _finding(
                "outreach.above_population", event, _ABOVE_POPULATION, heads=heads, people=total
            )
        counts = heads_of[event.office_id]
        usual = median(counts)
        if len(counts) >= KNOWN_FROM and heads > UNUSUAL * usual:
            yield _finding(
                "outreach.unusual_headcount", event, _UNUSUAL, heads=heads, usual=int(usual)
            )
