"""How each village stands with its legal-literate persons on a day, and what they did in the year.

Persons are those on the register on the day. Trained are those of them whom a training of the year
names: a headcount says of no village whose heads it counted. Services are those of the year, by
whoever of the village, those who left since included.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.advisers.models import (
    Adviser,
    AdviserAssignment,
    LegalLiteratePerson,
    LegalLiterateTraining,
)
from tracker.advisers.queries import (
    has_person_on,
    on_register,
    serving_on,
    trained_in,
    village_exists_on,
)
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.offices.models import Village
from tracker.offices.queries import by_name
from tracker.rulepacks.rules import Rules

from .models import LiterateService, LiterateTrainee
from .terms import PairingState


@dataclass(frozen=True)
class Pairing:
    """An adviser with whom persons of a village are paired, and how many."""

    adviser: Adviser
    persons: int
    state: PairingState


@dataclass(frozen=True)
class VillageStanding:
    """One village on a day. ``least`` is None where the office has no rule."""

    village: Village
    is_there: bool
    persons: int
    least: int | None
    trained: int
    services: int
    active: int
    pairings: tuple[Pairing, ...]
    unpaired: int

    @property
    def is_short(self) -> bool:
        """Whether it has fewer persons than the office's rule asks for; merged ones need none."""
        return self.is_there and self.least is not None and self.persons < self.least


def village_standings(
    session: Session, scope: Scope, period: Period, rules: Mapping[int, Rules]
) -> list[VillageStanding]:
    """Villages that are there on the day states are read, or still have somebody on the register,
    by name."""
    day = period.as_at
    there = set(
        session.scalars(
            select(Village.id).where(scope.covers(Village.office_id), village_exists_on(day))
        )
    )
    villages = session.scalars(
        select(Village)
        .where(scope.covers(Village.office_id), or_(village_exists_on(day), has_person_on(day)))
        .order_by(*by_name())
    ).all()
    persons = _persons_by_village(session, scope, day)
    trained = _trained(session, scope, period)
    served, by_village = _services(session, scope, period)
    serving = _served_by_adviser(session, scope, day)
    found = []
    for village in villages:
        own = persons[village.id]
        found.append(
            VillageStanding(
                village=village,
                is_there=village.id in there,
                persons=len(own),
                least=rules[village.office_id].persons_per_village,
                trained=sum(each.id in trained for each in own),
                services=by_village[village.id],
                active=sum(each.id in served for each in own),
                pairings=_pairings(own, village, serving),
                unpaired=sum(each.adviser_id is None for each in own),
            )
        )
    return found


def trainings_without_names(session: Session, scope: Scope, period: Period) -> int:
    """How many of the period's trainings name nobody."""
    training = LegalLiterateTraining
    statement = select(func.count(training.id)).where(
        scope.covers(training.office_id), trained_in(period), ~training.attendees.any()
    )
    return session.scalar(statement) or 0


def _persons_by_village(
    session: Session, scope: Scope, day: date
) -> dict[int, list[LegalLiteratePerson]]:
    person = LegalLiteratePerson
    found: dict[int, list[LegalLiteratePerson]] = defaultdict(list)
    statement = (
        select(person)
        .where(scope.covers(person.office_id), on_register(day))
        .options(joinedload(person.adviser))
        .order_by(person.pinyin, person.id)
    )
    for each in session.scalars(statement):
        found[each.village_id].append(each)
    return found


def _trained(session: Session, scope: Scope, period: Period) -> set[int]:
    statement = (
        select(LiterateTrainee.person_id)
        .join(LegalLiterateTraining.attendees)
        .where(scope.covers(LegalLiterateTraining.office_id), trained_in(period))
    )
    return set(session.scalars(statement))


def _services(session: Session, scope: Scope, period: Period) -> tuple[set[int], Counter[int]]:
    """Who served in the period, and how often each village's people did."""
    service, person = LiterateService, LegalLiteratePerson
    statement = (
        select(person.id, person.village_id, func.count(service.id))
        .join(service.person)
        .where(
            scope.covers(service.office_id),
            service.held_on.between(period.first, period.last),
            service.voided_at.is_(None),
        )
        .group_by(person.id, person.village_id)
    )
    who: set[int] = set()
    by_village: Counter[int] = Counter()
    for person_id, village_id, count in session.execute(statement):
        who.add(person_id)
        by_village[village_id] += count
    return who, by_village


def _served_by_adviser(session: Session, scope: Scope, day: date) -> dict[int, set[int | None]]:
    """The villages that each adviser serves on this day; None stands for the township itself."""
    found: dict[int, set[int | None]] = defaultdict(set)
    statement = select(AdviserAssignment.adviser_id, AdviserAssignment.village_id).where(
        scope.covers(AdviserAssignment.office_id), serving_on(day)
    )
    for adviser_id, village_id in session.execute(statement):
        found[adviser_id].add(village_id)
    return found


def _pairings(
    persons: list[LegalLiteratePerson],
    village: Village,
    serving: Mapping[int, set[int | None]],
) -> tuple[Pairing, ...]:
    paired = {each.adviser.id: each.adviser for each in persons if each.adviser is not None}
    counts = Counter(each.adviser_id for each in persons)
    return tuple(
        Pairing(adviser, counts[key], _state(serving.get(key), village.id))
        for key, adviser in paired.items()
    )


def _state(served: set[int | None] | None, village_id: int) -> PairingState:
    if not served:
        return PairingState.LEFT
    return PairingState.SERVING if village_id in served else PairingState.ELSEWHERE
