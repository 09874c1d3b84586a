"""Contracts that follow one another: worked out from the assignments each time, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.advisers.models import AdviserAssignment
from tracker.kernel.scope import Scope

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Chain:
    """续聘链: assignments of one adviser to one village (or to the township) without a gap.

    Each link begins on or before the day after the last day of those before it; one day between
    begins a new chain. Voided assignments are no links. A link without a last day goes on, so that
    whatever begins later belongs to its chain.
    """

    links: Sequence[AdviserAssignment]

    @property
    def first(self) -> date:
        return self.links[0].starts_on

    @property
    def last(self) -> date | None:
        """The last day of all links; None while one of them has none."""
        ends = [link.ends_on for link in self.links]
        return None if None in ends else max(day for day in ends if day is not None)

    @property
    def newest(self) -> AdviserAssignment:
        """The link that began last."""
        return self.links[-1]

    def days(self, today: date) -> int:
        """Days from the first day to the last, both included; to today while it has no end.

        Days that two links share count once. A chain without an end that is to come has none yet.
        """
        return _days(self.first, self.last or today)


def days_of(link: AdviserAssignment, today: date) -> int:
    """Days of one assignment, counted like those of a chain."""
    return _days(link.starts_on, link.ends_on or today)


def _days(first: date, last: date) -> int:
    return max(0, (last - first).days + 1)


def chains(assignments: Iterable[AdviserAssignment]) -> list[Chain]:
    """The chains that these assignments form, by their first day. Voided ones are left out."""
    served: dict[tuple[int, int, int | None], list[AdviserAssignment]] = defaultdict(list)
    for each in sorted(assignments, key=lambda each: (each.starts_on, each.id)):
        if not each.is_voided:
            served[each.office_id, each.adviser_id, each.village_id].append(each)
    found = [chain for links in served.values() for chain in _without_gap(links)]
    return sorted(found, key=lambda chain: (chain.first, chain.links[0].id))


def _without_gap(assignments: Sequence[AdviserAssignment]) -> list[Chain]:
    parts: list[list[AdviserAssignment]] = []
    reach: date | None = None
    for each in assignments:
        if parts and (reach is None or each.starts_on <= reach + _DAY):
            parts[-1].append(each)
            reach = None if reach is None or each.ends_on is None else max(reach, each.ends_on)
        else:
            parts.append([each])
            reach = each.ends_on
    return [Chain(links) for links in parts]


def chain_of(session: Session, assignment: AdviserAssignment) -> Chain | None:
    """The chain an assignment is a link of; None for a voided one."""
    statement = select(AdviserAssignment).where(
        AdviserAssignment.office_id == assignment.office_id,
        AdviserAssignment.adviser_id == assignment.adviser_id,
        AdviserAssignment.target == assignment.target,
        AdviserAssignment.village_id == assignment.village_id
        if assignment.village_id is not None
        else AdviserAssignment.village_id.is_(None),
        AdviserAssignment.voided_at.is_(None),
    )
    for chain in chains(session.scalars(statement)):
        if any(link.id == assignment.id for link in chain.links):
            return chain
    return None


def chains_of_adviser(session: Session, scope: Scope, adviser_id: int) -> list[Chain]:
    """Every chain of one adviser, those that began last first."""
    statement = (
        select(AdviserAssignment)
        .where(
            scope.covers(AdviserAssignment.office_id),
            AdviserAssignment.adviser_id == adviser_id,
            AdviserAssignment.voided_at.is_(None),
        )
        .options(joinedload(AdviserAssignment.village))
    )
    return list(reversed(chains(session.scalars(statement))))
