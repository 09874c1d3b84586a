"""Who served which village on which day: against a simulation that looks at every day by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.advisers.support import an_adviser, an_assignment
from tests.support.page import Visitor
from tests.support.world import World
from tracker.advisers import queries
from tracker.advisers.figures import serving
from tracker.advisers.models import Adviser, AdviserAssignment
from tracker.advisers.queries import Stretch, gaps_in
from tracker.figures import reading
from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.period import Period
from tracker.offices.models import Village

FIRST, LAST = date(2023, 1, 1), date(2025, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]

days = st.integers(-400, 1200).map(lambda n: FIRST + timedelta(days=n))


# ------------------------------------------------------------------ gaps


stretches = st.tuples(st.integers(-20, 60), st.integers(0, 25)).map(
    lambda pair: Stretch(FIRST + timedelta(days=pair[0]), FIRST + timedelta(days=pair[0] + pair[1]))
)


@given(served=st.lists(stretches, max_size=6), length=st.integers(0, 45))
def test_gaps_are_the_days_that_nothing_covers(served: list[Stretch], length: int) -> None:
    there = Stretch(FIRST, FIRST + timedelta(days=length))
    gaps = gaps_in(there, served)
    missed = {day for gap in gaps for day in DAYS if day in gap}
    assert missed == {d for d in DAYS if d in there and not any(d in s for s in served)}
    assert gaps == sorted(gaps)
    assert all(b.first - a.last > timedelta(days=1) for a, b in pairwise(gaps))


# ------------------------------------------------------------------ random histories


@dataclass
class Simulated:
    """What was entered, without a database: on each day it is asked who served where."""

    closed: dict[int, date | None]
    #: adviser, village, first and last day, whether the entry and its adviser still stand
    served: list[tuple[int, int, date, date | None, bool]] = field(default_factory=list)
    voided_advisers: set[int] = field(default_factory=set)

    def is_there(self, village: int, day: date) -> bool:
        closed = self.closed[village]
        return closed is None or day < closed

    def advisers_of(self, village: int, day: date) -> set[int]:
        if not self.is_there(village, day):
            return set()
        return {
            adviser
            for adviser, place, first, last, stands in self.served
            if stands
            and place == village
            and adviser not in self.voided_advisers
            and first <= day <= (last or date.max)
        }


@contextmanager
def undone(world: World) -> Iterator[Session]:
    """A session in which an example's records are written; nothing of them stays."""
    with world.trying() as session:
        world.session = session
        try:
            yield session
        finally:
            world.session = None


@given(data=st.data())
def test_every_day_of_three_years_agrees_with_a_simulation(
    world: World, data: st.DataObject
) -> None:
    with undone(world) as session:
        simulated = _enter(world, session, data)
        scope = world.scope()
        for year in (2023, 2024, 2025):
            period = Period(date(year, 1, 1), date(year, 12, 31), date(year, 12, 31))
            found = queries.coverage(session, scope, period)
            for each in found:
                for day in (d for d in DAYS if d.year == year):
                    expected = simulated.advisers_of(each.village.id, day)
                    assert {s.adviser.id for s in each.serving_on(day)} == expected, day
                    in_gap = any(day in gap for gap in each.gaps)
                    there = simulated.is_there(each.village.id, day)
                    assert in_gap == (there and not expected), day
            listed = {each.village.id for each in found}
            assert listed == {
                v
                for v, closed in simulated.closed.items()
                if closed is None or closed > period.first
            }
        for day in _turning_points(simulated):
            _figures_agree(session, world, simulated, day)


def _enter(world: World, session: Session, data: st.DataObject) -> Simulated:
    villages = [world.a_village(f"{name}村") for name in "甲乙丙"]
    advisers = [an_adviser(world, name) for name in ("张三", "李四", "王五")]
    simulated = Simulated({village.id: None for village in villages})
    for _ in range(data.draw(st.integers(0, 8))):
        adviser: Adviser = data.draw(st.sampled_from(advisers))
        village: Village = data.draw(st.sampled_from(villages))
        first = data.draw(days)
        length = data.draw(st.none() | st.integers(0, 700))
        last = None if length is None else first + timedelta(days=length)
        with suppress(RuleBroken):  # it overlaps another one: nothing is entered
            made = an_assignment(
                world, adviser, village, first, last, additional=data.draw(st.booleans())
            )
            stands = not data.draw(st.sampled_from([False, False, False, True]))
            if not stands:
                records.void(session, session.merge(made), "登错")
            simulated.served.append((adviser.id, village.id, first, last, stands))
    if data.draw(st.booleans()):
        village = data.draw(st.sampled_from(villages))
        village.closed_on = simulated.closed[village.id] = data.draw(days)
    if data.draw(st.sampled_from([False, False, True])):
        gone = data.draw(st.sampled_from(advisers))
        records.void(session, gone, "重复登记")
        simulated.voided_advisers.add(gone.id)
    session.flush()
    return simulated


def _turning_points(simulated: Simulated) -> list[date]:
    """The days on which something may change, and their neighbours, within the three years."""
    turns = {FIRST, LAST, *(c for c in simulated.closed.values() if c)}
    for _, _, first, last, _ in simulated.served:
        turns |= {first, last or LAST}
    around = {turn + timedelta(days=step) for turn in turns for step in (-1, 0, 1)}
    return sorted(day for day in around if FIRST <= day <= LAST)


def _figures_agree(session: Session, world: World, simulated: Simulated, day: date) -> None:
    there = [v for v in simulated.closed if simulated.is_there(v, day)]
    covered = [v for v in there if simulated.advisers_of(v, day)]
    advisers = set().union(*(simulated.advisers_of(v, day) for v in there))
    found = reading.read(session, serving.ALL, world.scope(), Period(day, day, day))
    assert found["advisers.villages_covered"].value == len(covered), day
    assert found["advisers.serving"].value == len(advisers), day
    rate = found["advisers.village_coverage"].value
    assert rate == reading.quotient(len(covered), len(there)), day


# ------------------------------------------------------------------ the page


@pytest.fixture
def gap(world: World) -> AdviserAssignment:
    """石桥村 had nobody in August; 新田村 had somebody all year."""
    one, two = world.a_village("石桥村"), world.a_village("新田村")
    first = an_adviser(world, "唐志强")
    an_assignment(world, first, one, "2023-01-01", "2024-07-31")
    an_assignment(world, first, two, "2023-01-01")
    return an_assignment(world, an_adviser(world, "何静"), one, "2024-09-01")


def test_the_strip_of_a_year_names_the_days_without_an_adviser(
    page: Visitor, gap: AdviserAssignment
) -> None:
    shown = page.get("/advisers/coverage/2024")
    rows = {row[0]: row for row in shown.rows}
    assert "2024-08-01 至 2024-08-31（31 天）" in rows["石桥村"][3]
    assert rows["新田村"][3] == "没有空档"
    assert "2024-12-31：2 / 2 个村（社区）有在任的法律顾问；全年没有空档的 1 个。" in shown.text


def test_any_day_of_the_year_can_be_looked_at(page: Visitor, gap: AdviserAssignment) -> None:
    shown = page.get("/advisers/coverage/2024?day=2024.8.15")
    rows = {row[0]: row for row in shown.rows}
    assert (rows["石桥村"][1], rows["新田村"][1]) == ("没有", "唐志强")
    assert "2024-08-15：1 / 2 个村" in shown.text
    assert page.get("/advisers/coverage/2024?day=7月31日").text.count("唐志强") >= 2


@pytest.mark.parametrize("typed", ["昨天", "2023-08-15", "2024-02-30"])
def test_a_day_that_is_none_of_the_year_is_said_and_kept(
    page: Visitor, gap: AdviserAssignment, typed: str
) -> None:
    shown = page.get(f"/advisers/coverage/2024?day={typed}")
    assert "请填写 2024 年里的一天" in shown.text
    assert shown.tree.the("input", name="day").get("value") == typed


def test_a_village_that_was_merged_away_has_no_gap_after_it(page: Visitor, world: World) -> None:
    village = world.a_village("并入的村")
    an_assignment(world, an_adviser(world), village, "2024-01-01", "2024-04-30")
    page.fill(f"/villages/{village.id}/edit", {"closed_on": "2024-05-01"})
    rows = {row[0]: row for row in page.get("/advisers/coverage/2024").rows}
    assert rows["并入的村"][3] == "没有空档"
    assert rows["并入的村"][1] == "已撤并"


def test_an_office_without_villages_is_told_so(page: Visitor) -> None:
    assert "还没有村（社区）" in page.get("/advisers/coverage/2024").text
