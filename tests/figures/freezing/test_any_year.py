"""Whatever happens to the records after a year is frozen, the frozen figures stay as they were, and
the changes explain the difference to the present ones exactly, record by record."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.support.random_edits import go_on
from tests.support.random_records import write_at_random
from tests.support.world import World
from tracker.figures import published
from tracker.figures.closing import operations
from tracker.figures.freezing import queries
from tracker.figures.freezing.changes import Difference, FigureChange
from tracker.figures.freezing.comparing import compare, count_changes
from tracker.figures.freezing.models import FrozenSet
from tracker.figures.reading import quotient
from tracker.figures.readings import Reading
from tracker.kernel import clock
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.units import Unit

YEAR = 2024
FULL = bool(os.environ.get("TRACKER_FULL"))


@settings(max_examples=20 if FULL else 4, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    seed=st.integers(0, 2**32),
    acts=st.lists(st.integers(1, 400 if FULL else 60), min_size=1, max_size=3),
    running=st.booleans(),
)
def test_a_frozen_year_stays_and_its_changes_add_up(
    session: Session, world: World, seed: int, acts: list[int], running: bool
) -> None:
    savepoint = session.begin_nested()
    try:
        chance, scope, today = Random(seed), world.scope(), clock.today()
        write_at_random(session, world.office_id, chance, 150)
        frozen_on = date(YEAR, 12, 22) if running else today
        frozen = operations.freeze_at_once(session, scope, YEAR, frozen_on, [])
        before = dict(queries.readings_of(session, frozen))
        for number in acts:
            go_on(session, world.office_id, chance, number)
            session.expire_all()
            assert not list(queries.broken_sets(session))
            check(session, scope, frozen, before, today)
    finally:
        savepoint.rollback()
        session.expire_all()


def test_a_thousand_edits_after_a_freeze(session: Session, world: World) -> None:
    chance, scope, today = Random(20241231), world.scope(), clock.today()
    write_at_random(session, world.office_id, chance, 500)
    frozen = operations.freeze_at_once(session, scope, YEAR, today, [])
    before = dict(queries.readings_of(session, frozen))
    taken = sum(go_on(session, world.office_id, chance, 250) for _ in range(8))
    assert taken > 900
    session.expire_all()
    changes = check(session, scope, frozen, before, today)
    assert len(changes) > 25, "so many edits should show in many figures"
    kinds = {record.difference for change in changes for record in change.records}
    assert kinds == set(Difference)


def check(
    session: Session,
    scope: Scope,
    frozen: FrozenSet,
    before: dict[str, Reading],
    today: date,
) -> list[FigureChange]:
    """The frozen readings are those of before, and the changes lead from them to the present."""
    read = published.year_readings(session, scope, world_year(today))
    assert read.frozen is not None
    assert read.frozen.id == frozen.id
    after = {**read.readings, **read.parts}
    assert list(after) == list(before)
    for key, said in before.items():
        now = after[key]
        for name in ("value", "previous", "records", "count_basis", "phrase"):
            assert getattr(now, name) == getattr(said, name), f"{key}: {name} is not frozen"
        assert now.figure.definition == said.figure.definition

    present = published.present_readings(session, scope, world_year(today))
    changes = compare(session, scope, frozen, today)
    changed = {change.key: change for change in changes}
    assert len(changed) == len(changes) == count_changes(session, scope, frozen, today)
    for key, said in read.readings.items():
        now = present.readings[key]
        if key not in changed:
            assert now.value == said.value, f"{key} changed without a word"
            assert now.count_basis == said.count_basis, key
            continue
        change = changed[key]
        assert change.frozen.value == said.value
        assert change.present is not None
        assert change.present.value == now.value
        explains(change)
        one = compare(session, scope, frozen, today, only=key)
        assert [(c.key, list(c.records)) for c in one] == [(key, list(change.records))]
    return changes


def explains(change: FigureChange) -> None:
    """The records of a change add up to the difference, and each is named."""
    assert change.present is not None
    if change.unit is Unit.PERCENT:
        for part in change.parts:
            explains(part)
        return
    if change.frozen.value is not None and change.present.value is not None:
        assert change.amount == sum((record.amount for record in change.records), 0), change.key
    for record in change.records:
        assert record.amount or record.difference is not Difference.CHANGED
        assert record.number
        assert record.reason.zh
        assert record.reason.zh != "现在不符合本项口径", change.key


def test_a_ratio_is_explained_by_its_two_sides(session: Session, world: World) -> None:
    village, other = world.a_village("龙潭村"), world.a_village("翰林村")
    world.an_event(villages=[village])
    scope, today = world.scope(), clock.today()
    frozen = operations.freeze_at_once(session, scope, YEAR, today, [])
    world.an_event("补登的活动", "2024-11-12", villages=[other])
    [change] = compare(session, scope, frozen, today, only="outreach.village_coverage")
    assert change.frozen.value == Decimal("0.5")
    assert change.present is not None
    assert change.present.value == 1
    assert [(p.frozen.value, p.present.value) for p in change.parts if p.present] == [(1, 2)]
    assert quotient(2, 2) == change.present.value
    assert [record.title for record in change.parts[0].records] == ["翰林村"]


def world_year(today: date) -> Period:
    return Period.of_year(YEAR, today)
