"""What prints a frozen year: the frozen figures, wherever a whole year is asked for."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from tests.support.page import Visitor
from tests.support.statements import counting
from tests.support.world import World
from tests.workbooks.support import rows_of, summary_of, tally
from tracker.figures import published
from tracker.figures.closing import operations
from tracker.figures.freezing.models import FrozenFigure, FrozenMember, FrozenSet
from tracker.kernel import clock
from tracker.kernel.period import Period
from tracker.outreach.figures import EVENTS_HELD


@pytest.fixture
def frozen(world: World) -> World:
    """A year of two events that was frozen, and a third one after it."""
    world.an_event("一月的", "2024-01-12", headcount=30)
    world.an_event("三月的", "2024-03-12", headcount=40)
    freeze(world)
    world.an_event("补登的", "2024-02-20", headcount=50)
    return world


def freeze(world: World, year: int = 2024) -> None:
    with world.writing() as session:
        operations.freeze_at_once(session, world.scope(), year, clock.today(), [])


def test_a_quarter_of_a_frozen_year_is_read_from_the_records(frozen: World):
    today = clock.today()
    with frozen.reading() as session:

        def events(period: Period) -> object:
            found = published.readings_of(session, [EVENTS_HELD], frozen.scope(), period)
            return found["outreach.events"].value

        assert events(Period.of_year(2024, today)) == 2
        assert events(Period.of_months(2024, 1, 3, today)) == 3


def test_the_tally_of_a_frozen_year_holds_the_frozen_figures_and_names_the_changes(frozen: World):
    book = tally(frozen)
    assert summary_of(book)["outreach.events"]["本年"] == 2
    assert summary_of(book)["outreach.person_times"]["本年"] == 70
    rows = [" ".join(map(str, row.values())) for row in rows_of(book["定稿后变化"])]
    assert any("普法宣传参加人次" in row and "70" in row and "120" in row for row in rows)
    assert any("补登的" in row and "定稿后登记" in row for row in rows)


def test_the_tally_of_a_year_that_is_not_frozen_has_no_sheet_of_changes(world: World):
    assert "定稿后变化" not in tally(world).sheetnames


def test_a_frozen_year_costs_a_fixed_number_of_statements(frozen: World, app: Flask, page: Visitor):
    page.get("/yearbook/2024")
    with counting(app) as few:
        page.get("/yearbook/2024")
    for day in range(1, 20):
        frozen.an_event(f"又一场{day}", f"2024-05-{day:02}", headcount=day)
    with counting(app) as many:
        page.get("/yearbook/2024")
    assert many.count == few.count, "\n".join(many.statements)


@pytest.mark.parametrize("model", [FrozenSet, FrozenFigure, FrozenMember])
def test_the_database_refuses_to_change_or_delete_what_is_frozen(frozen: World, model):
    table = model.__table__
    for statement in (update(table).values(office_id=table.c.office_id), delete(table)):
        with pytest.raises(DatabaseError, match="written once"), frozen.writing() as session:
            session.execute(statement)


def test_a_set_frozen_in_december_says_its_own_day(world: World, on_day):
    village = world.a_village("龙潭村")
    on_day(date(2024, 12, 22))
    freeze(world)
    on_day(date(2025, 1, 20))
    with world.reading() as session:
        read = published.year_readings(session, world.scope(), Period.of_year(2024, clock.today()))
    assert read.frozen is not None
    assert read.period.as_at == date(2024, 12, 22)
    assert village
