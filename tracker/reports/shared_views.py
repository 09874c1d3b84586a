"""What the pages of reports share: whose report, which year, what it is said with."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, send_file
from sqlalchemy.orm import Session

from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.db import db, write_tx
from tracker.kernel.errors import RecordMissing, TrackerError
from tracker.kernel.forms import PlainForm
from tracker.kernel.i18n import say
from tracker.kernel.period import FIRST_YEAR
from tracker.kernel.scope import Scope
from tracker.kernel.web import done, whole_arg
from tracker.kernel.words import Words
from tracker.offices.models import Office

from . import drafting, queries
from .marks import Occasion
from .models import Report

bp = Blueprint("reports", __name__, url_prefix="/reports")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LARGEST = 2_147_483_647


def require_year(year: int) -> None:
    if not FIRST_YEAR < year <= clock.today().year + 1:
        abort(404)


def require_writer() -> None:
    if not viewer().may_write:
        abort(403)


def seen_office() -> tuple[Office, Scope]:
    """The office whose report is looked at: one's own, or one a county reads.

    :raises RecordMissing: for any other.
    """
    person = viewer()
    office_id = whole_arg("office", person.office_id, 1, LARGEST)
    if office_id not in person.scope.office_ids:
        raise RecordMissing
    scope = person.scope
    if office_id != person.office_id:
        scope = Scope((office_id,), office_id)
    return db.session().get_one(Office, office_id), scope


def office_arg(office_id: int) -> dict[str, Any]:
    """What the address needs for an office that is not the viewer's own."""
    return {} if office_id == viewer().office_id else {"office": office_id}


def year_report(
    year: int, office: Office, scope: Scope, report: Report | None
) -> drafting.YearReport:
    return drafting.year_report_of(db.session(), scope, office, year, clock.today(), report)


def own_report(year: int) -> Report:
    """The viewer's own report of a year, to be changed.

    :raises RecordMissing: when it was not begun, or is not theirs to write.
    """
    require_year(year)
    require_writer()
    found = queries.report_of(db.session(), viewer().office_id, year)
    if found is None:
        raise RecordMissing
    return found


def occasion_for(year: int, report: Report | None) -> Occasion:
    """The readings a text of the viewer's own office is said with; read before anything is
    written, so that nobody waits for it."""
    person, session = viewer(), db.session()
    office = session.get_one(Office, person.office_id)
    return drafting.occasion_of(session, person.scope, office, year, clock.today(), report)


def acted(write: Callable[[Session], Any], back: str, message: Words) -> Any:
    """Press a button: do it and go back, saying what was done or why not."""
    PlainForm().is_sent_well()
    try:
        with write_tx(viewer().actor) as session:
            write(session)
    except RecordMissing:
        raise
    except TrackerError as error:
        flash(say(error.message), "danger")
        return redirect(back, code=303)
    return done(back, message)


def sent(content: bytes, name: str) -> Response:
    return send_file(io.BytesIO(content), mimetype=DOCX, as_attachment=True, download_name=name)
