"""Two townships under a county, each with records of every kind, marked AA~~ and BB~~."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import application
from tests.support.furnishing import Marked, furnish, ids_from, note_ids
from tests.support.page import Visitor
from tests.support.world import World
from tracker.accounts.terms import Role
from tracker.offices.terms import OfficeLevel


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


@pytest.fixture(scope="package")
def two(
    template_folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Two]:
    folder = tmp_path_factory.mktemp("two") / "instance"
    shutil.copytree(template_folders[1], folder)
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
        alone = found.somebody("a.administrator").get("/api/figures/2024").json
        found.figures_of_a_alone = alone
        furnish(found.somebody("b.administrator"), b)
    note_ids(app, a)
    note_ids(app, b)
    yield found
    application.close(app)
