"""An office with records of every kind, whose forms are then mistreated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from tests.support import application, databases
from tests.support.addresses import ASKED_WITH_MORE
from tests.support.crawl import Crawl, crawl
from tests.support.furnishing import Marked, furnish
from tests.support.page import Visitor
from tests.support.reports import write_reports
from tests.support.world import World
from tracker.accounts.queries import user_by_name
from tracker.accounts.terms import Role

MARK = "甲~"


@dataclass
class Target:
    """The office, somebody in it, and every address they are led to."""

    app: Flask
    admin: Visitor
    found: Crawl
    own_id: int

    @property
    def form_pages(self) -> list[str]:
        """One page of each kind that carries a form; never that of one's own account."""
        both = sorted(
            self.found.pages.keys() & self.found.posts.keys() - {*ASKED_WITH_MORE.values()}
        )
        own = f"/users/{self.own_id}"
        return [
            next(page for page in self.found.pages[rule] if page.rpartition("/p")[0] != own != page)
            for rule in both
        ]


@pytest.fixture
def target(tmp_path: Path, _furnished: tuple[Path, Crawl, int]) -> Iterator[Target]:
    """A fresh copy of the furnished office for each test."""
    template, found, own_id = _furnished
    folder = tmp_path / "instance"
    databases.copy(template, folder)
    app = application.make_app(folder)
    admin = Visitor(app)
    admin.sign_in(application.PEOPLE[Role.ADMINISTRATOR])
    yield Target(app, admin, found, own_id)
    application.discard(app)


def confirm_an_import(admin: Visitor) -> None:
    """Take in one of the ledgers that were handed in, so that there is one to take back."""
    listed = admin.get("/import/")
    for address in (url for url in listed.links.values() if url.startswith("/import/")):
        page = admin.get(address)
        form = next((each for each in page.forms if "seen" in each.names), None)
        if form is not None:
            admin.press(page, form.buttons[0].text)
            return
    raise AssertionError("no ledger waits that could be taken in")


@pytest.fixture(scope="package")
def _furnished(
    template_folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Crawl, int]:
    folder = tmp_path_factory.mktemp("furnished") / "instance"
    databases.copy(template_folders[1], folder)
    app = application.make_app(folder)
    admin = Visitor(app)
    admin.sign_in(application.PEOPLE[Role.ADMINISTRATOR])
    world = World(app)
    furnish(admin, Marked(MARK, world.office_id, 1))
    confirm_an_import(admin)
    with world.writing() as session:
        write_reports(session, world.office_id, MARK)
    found = crawl(admin, of_each=3)
    with world.reading() as session:
        own = user_by_name(session, application.PEOPLE[Role.ADMINISTRATOR])
        assert own is not None
    application.close(app)
    return folder, found, own.id
