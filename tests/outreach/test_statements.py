"""Lists fetch the rows they show and ask the database a fixed number of times."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.event import listen, remove

from tests.support.page import Visitor
from tests.support.statements import counting
from tests.support.world import World
from tracker.outreach.models import OutreachEvent


def _many(world: World, number: int) -> None:
    villages = [world.a_village() for _ in range(2)]
    campaign = world.a_campaign()
    with world.writing() as session:
        world.session = session
        try:
            for each in range(number):
                world.an_event(
                    f"活动{each}",
                    headcount=each,
                    villages=villages,
                    themes=["禁毒", "宪法"],
                    place="进校园",
                    campaign=campaign,
                )
        finally:
            world.session = None


def test_a_list_of_fifty_rows_fetches_fifty_rows(page: Visitor, world: World) -> None:
    _many(world, 120)
    loaded = []

    def note(event: OutreachEvent, _context: object) -> None:
        loaded.append(event.id)

    listen(OutreachEvent, "load", note)
    try:
        shown = page.get("/outreach/events/")
    finally:
        remove(OutreachEvent, "load", note)
    assert len(shown.rows) == 50
    assert len(loaded) == 50
    assert len(page.get("/outreach/events/?page=3").rows) == 20
    assert len(page.get("/outreach/events/?page=99").rows) == 20


def test_a_list_asks_as_often_for_many_rows_as_for_few(
    app: Flask, page: Visitor, world: World
) -> None:
    _many(world, 3)
    page.get("/outreach/events/")
    with counting(app) as few:
        page.get("/outreach/events/")
    _many(world, 45)
    with counting(app) as many:
        page.get("/outreach/events/")
    assert few.count == many.count
    assert many.count <= 20, "\n".join(many.statements)
