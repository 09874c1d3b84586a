"""An office to look at: the example township, and beside it records that are hard to show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from tracker.kernel import rows
from tracker.offices.queries import office_by_code
from tracker.onboarding import demo

from . import application, databases
from .crawl import Crawl, crawl
from .furnishing import Marked, furnish
from .page import Visitor
from .world import World

#: Text that no page can break: one word without end, and one of Han characters.
UGLY = "WWWWWWWWWW" * 8 + "长" * 60 + "🎉"


@contextmanager
def example_office(bare: Path, folder: Path, *, ugly: bool = True) -> Iterator[Flask]:
    """The application with the example township on the tests' own day."""
    databases.copy(bare, folder)
    app = application.make_app(folder)
    with app.app_context(), rows.seeing_everything():
        demo.load()
    if ugly:
        visitor = example_visitor(app)
        furnish(visitor, Marked(UGLY, _office_id(app), 1))
    yield app
    application.discard(app)


def _office_id(app: Flask) -> int:
    with World(app).reading() as session:
        office = office_by_code(session, demo.CODE)
        assert office is not None
        return office.id


def example_visitor(app: Flask) -> Visitor:
    """The administrator of the example township."""
    visitor = Visitor(app)
    visitor.sign_in(demo.SIGN_IN.name, demo.SIGN_IN.password)
    return visitor


#: How the addresses of files end, which are no pages.
FILES = (".xlsx", ".docx", ".zip", ".ics", "/content", "/thumbnail")

#: What no link leads to: the door, what is missing, what one may not do, and other views of lists.
MORE = (
    "/sign-in?next=/villages/",
    "/keine-seite",
    "/outreach/events/?voided=1",
    "/outreach/events/?q=%E6%9F%A5%E6%97%A0",
    "/outreach/events/?year=2024&state=held",
    "/yearbook/2023",
    "/yearbook/1995",
    "/reports/2020/start",
    "/_style/",
    "/_style/errors",
    "/_style/sign-in",
)


def pages_of(app: Flask) -> list[str]:
    """Every page to look at: one of each kind that links lead to, and those no link leads to."""
    found: Crawl = crawl(example_visitor(app), of_each=1, queries_of_each=1)
    assert not found.broken, found.broken
    pages = [
        address
        for addresses in found.pages.values()
        for address in addresses
        if not urlsplit(address).path.endswith(FILES) and not address.startswith("/api/")
    ]
    return [*pages, *MORE]
