"""Pages of editions: making the text final, looking at what was, its file."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from sqlalchemy.orm import Session

from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.errors import RecordMissing
from tracker.kernel.forms import posted_version
from tracker.kernel.web import page
from tracker.kernel.words import Words
from tracker.offices.models import Office

from . import drafting, editions, finalising, pages, queries
from .models import Report, ReportEdition
from .shared_views import (
    acted,
    bp,
    office_arg,
    own_report,
    sent,
    year_report,
)


@bp.post("/<int(max=9999):year>/editions/new")
def make_edition(year: int) -> Any:
    """定稿文本: keep the text as it now reads, with its frozen numbers."""
    found = own_report(year)
    person = viewer()
    office = db.session().get_one(Office, person.office_id)
    read = year_report(year, office, person.scope, found)

    def write(session: Session) -> ReportEdition:
        return finalising.make_edition(session, person.scope, found.id, posted_version(), read)

    return acted(
        write,
        url_for(".report", year=year, _anchor="editions"),
        Words("文本已定稿。", "The text is final."),
    )


def _edition(year: int, record_id: int) -> ReportEdition:
    """An edition the viewer may see.

    :raises RecordMissing: when there is none, or it is of another year.
    """
    found = queries.edition(db.session(), viewer().scope, record_id)
    if found is None or found.year != year:
        raise RecordMissing
    return found


@bp.get("/<int(max=9999):year>/editions/<int(max=2147483647):record_id>")
def edition(year: int, record_id: int) -> Any:
    """One edition as it was made."""
    found = _edition(year, record_id)
    composed, annex = editions.composed_from(found.contents)
    return page(
        "reports/edition.html",
        year=year,
        edition=found,
        office_arg=office_arg(found.office_id),
        title=pages.shown(composed.title, year),
        addressee=pages.shown(composed.addressee, year),
        signed_by=composed.signed_by,
        signed_on=composed.signed_on,
        sections=pages.sections(composed, [], {}, year),
        annex=annex,
    )


@bp.get("/<int(max=9999):year>/editions/<int(max=2147483647):record_id>.docx")
def edition_file(year: int, record_id: int) -> Response:
    """The Word file of an edition: the final one."""
    found = _edition(year, record_id)
    session = db.session()
    office = session.get_one(Office, found.office_id)
    report = session.get_one(Report, found.report_id)
    content = drafting.edition_file(found, drafting.look_of(report))
    day = clock.in_china(found.made_at).date()
    return sent(content, drafting.file_name(office, year, day, final=True))
