"""Pages of single rows of a roster."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, own, seen
from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.db import db, write_tx
from tracker.kernel.forms import PlainForm, VoidForm, posted_version
from tracker.kernel.lists import listed
from tracker.kernel.tables import facts
from tracker.kernel.web import (
    FilterBar,
    chosen_years,
    done,
    page,
    search_field,
    text_arg,
    voided_field,
    year_arg,
    year_field,
)
from tracker.kernel.words import Words
from tracker.outreach.models import OutreachEvent
from tracker.outreach.queries import first_event_day

from . import queries, register
from .forms import AttendanceForm
from .models import Attendance
from .operations import roster as rosters
from .shown import ledger_table
from .terms import EntryKind
from .views import bp


@bp.get("/attendance/")
def attendances() -> Any:
    """The rows of all rosters."""
    scope = viewer().scope
    years = chosen_years(first_event_day(db.session(), scope), clock.today().year)
    voided = request.args.get("voided") == "1"
    return listed(
        "outreach/signin/attendances.html",
        register.ATTENDANCE,
        queries.find_attendance(scope, text_arg("q"), year=year_arg(), voided=voided),
        FilterBar([search_field(), year_field(years), voided_field()]),
        ledger_table,
    )


@bp.route("/events/<int(max=2147483647):record_id>/sign-in/new", methods=["GET", "POST"])
def new_attendance(record_id: int) -> Any:
    """Enter somebody from the paper sheet."""
    event = own(OutreachEvent, record_id)
    found = queries.roster_of(db.session(), event)
    form = AttendanceForm(data={"kind": found.kind if found else EntryKind.PERSON})
    form.offer(db.session(), viewer().scope)
    form.event_id = event.id

    def address(_row: Attendance) -> str:
        again = "again" in request.form
        return url_for(".new_attendance" if again else ".roster", record_id=record_id)

    return form_page(
        form,
        lambda session, draft: rosters.enter(session, viewer().office_id, draft, clock.today()),
        address,
        title=gettext("补录签到"),
        back=url_for(".roster", record_id=record_id),
        again=True,
    )


@bp.get("/attendance/<int(max=2147483647):record_id>")
def attendance(record_id: int) -> Any:
    """One row."""
    found = seen(Attendance, record_id)
    return page(
        "outreach/signin/attendance.html",
        row=found,
        facts=facts(register.ATTENDANCE, found),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/attendance/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_attendance(record_id: int) -> Any:
    """Correct a row."""
    return form_page(
        _form(record_id),
        lambda session, draft: rosters.change(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        lambda _row: url_for(".attendance", record_id=record_id),
        title=gettext("修改签到记录"),
        back=url_for(".attendance", record_id=record_id),
        current=lambda: _form(record_id, formdata=None),
    )


def _form(record_id: int, **options: Any) -> AttendanceForm:
    """The form of a row as it is saved, or as it was sent."""
    found = own(Attendance, record_id)
    form = AttendanceForm(data=AttendanceForm.values_of(found), **options)
    form.offer(db.session(), viewer().scope, found)
    return form


@bp.route("/attendance/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_attendance(record_id: int) -> Any:
    """Strike a wrong row out, with the reason; the next page offers to put it back."""
    row = own(Attendance, record_id)
    event_id, name = row.event_id, row.name or row.number
    form = VoidForm()
    if (reason := form.sent_draft()) is not None:
        with write_tx(viewer().actor) as session:
            rosters.strike_out(session, viewer().scope, record_id, reason)
        return done(
            url_for(".roster", record_id=event_id),
            Words("已划掉：{name}", "Struck out: {name}").fill(name=name),
            undo_url=url_for(".restore_attendance", record_id=record_id),
        )
    return page(
        "records/void.html",
        form,
        name=name,
        number=row.number,
        back=url_for(".attendance", record_id=record_id),
    )


@bp.post("/attendance/<int(max=2147483647):record_id>/restore")
def restore_attendance(record_id: int) -> Any:
    """Put a row that was struck out back."""
    PlainForm().is_sent_well()
    with write_tx(viewer().actor) as session:
        row = rosters.put_back(session, viewer().scope, record_id)
        event_id = row.event_id
    return done(
        url_for(".roster", record_id=event_id),
        Words("已放回名单。", "It is back on the roster."),
    )
