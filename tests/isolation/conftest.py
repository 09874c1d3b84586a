"""Two townships under a county, each with records of every kind, marked AA~~ and BB~~."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import application, databases
from tests.support.furnishing import Marked, furnish, ids_from, note_ids
from tests.support.page import Visitor
from tests.support.reports import write_reports
from tests.support.world import World
from tracker.accounts.terms import Role
from tracker.kernel.scope import Scope
from tracker.offices.terms import OfficeLevel
from tracker.outreach.calendar import operations as calendar
from tracker.outreach.intake import EVENTS
from tracker.reports.checking import operations as bindings
from tracker.workbooks.grid import Cell, Grid, Sheet
from tracker.workbooks.importing import batches
from tracker.workbooks.importing.importer import Options
from tracker.workbooks.importing.sheets import find_tables


@dataclass
class Two:
    """The two townships, and what was read of the first before the second had any record."""

    app: Flask
    a: Marked
    b: Marked
    county_id: int
    figures_of_a_alone: Any

    def somebody(self, name: str) -> Visitor:
        """A person of these offices, signed in."""
        visitor = Visitor(self.app)
        visitor.sign_in(name)
        return visitor


#: Who looks at A's pages, by the name they sign in with.
PEOPLE_OF_A = ("a.administrator", "a.clerk", "a.reader")


def take_in_a_ledger(world: World, mark: Marked) -> None:
    """An import that was carried out, and a head that the office taught."""
    head: list[Cell] = ["活动名称", "开始日期"]
    grid = Grid("xlsx", [Sheet(mark.name, [head, [f"{mark.name}赶集", "2023-06-26"]])])
    scope = Scope((mark.office_id,), mark.office_id, may_write=True)
    with world.writing() as session:
        batches.take_in(
            session,
            scope,
            find_tables(grid, EVENTS),
            Options(),
            application.TODAY,
            name=f"{mark.name}台账.xlsx",
        )
        batches.teach(session, mark.office_id, EVENTS, {f"{mark.name}名目": "title"})


def close_a_year(world: World, mark: Marked) -> None:
    """A frozen year, its final text, and the next year's text copied from the one before."""
    with world.writing() as session:
        write_reports(session, mark.office_id, mark.name)


def bind_a_phrase(world: World, mark: Marked) -> None:
    """What the office said of a phrase of its reports."""
    with world.writing() as session:
        bindings.bind(session, mark.office_id, f"{mark.name}开展[次]", "次", "outreach.events")


def leave_out_a_day(world: World, mark: Marked) -> None:
    """A publicity day that the office does not keep."""
    with world.writing() as session:
        calendar.keep_day(session, mark.office_id, "wetlands_day", kept=False)


@pytest.fixture(scope="package")
def two(
    template_folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Two]:
    folder = tmp_path_factory.mktemp("two") / "instance"
    databases.copy(template_folders[1], folder)
    app = application.make_app(folder)
    world = World(app)
    county = world.an_office("甲县", "COUNTY", level=OfficeLevel.COUNTY)
    offices = [world.an_office(f"{name}{name}~~镇", f"{name}TOWN", under=county) for name in "AB"]
    a, b = (
        Marked(f"{name}{name}~~", office.id, first)
        for name, office, first in zip("AB", offices, (5_500_000, 7_700_000), strict=True)
    )
    with ids_from([a, b]):
        for mark, office in zip("ab", offices, strict=True):
            for role in Role:
                world.a_user(
                    role,
                    name=f"{mark}.{role.value}",
                    display_name=f"{mark.upper() * 2}~~{role.value}",
                    office=office,
                )
        world.a_user(Role.ADMINISTRATOR, name="county.administrator", office=county)
        found = Two(app, a, b, county.id, None)
        furnish(found.somebody("a.administrator"), a)
        take_in_a_ledger(world, a)
        close_a_year(world, a)
        bind_a_phrase(world, a)
        leave_out_a_day(world, a)
        alone = found.somebody("a.administrator").get("/api/figures/2024").json
        found.figures_of_a_alone = alone
        furnish(found.somebody("b.administrator"), b)
        take_in_a_ledger(world, b)
        close_a_year(world, b)
        bind_a_phrase(world, b)
        leave_out_a_day(world, b)
    note_ids(app, a)
    note_ids(app, b)
    yield found
    application.discard(app)
