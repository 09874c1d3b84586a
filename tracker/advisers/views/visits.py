"""Pages of visits."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.advisers import doubts, operations, queries, register
from tracker.advisers.forms import RESULT_FIELDS, VisitForm
from tracker.advisers.models import AdviserVisit
from tracker.advisers.terms import VisitKind, VisitMode
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.errors import RecordMissing
from tracker.kernel.forms import posted_version
from tracker.kernel.lists import listed
from tracker.kernel.tables import facts, table
from tracker.kernel.web import (
    FilterBar,
    chosen_years,
    page,
    search_field,
    term_arg,
    term_field,
    voided_field,
    year_field,
)
from tracker.outreach import doubts as event_doubts
from tracker.outreach import remembered, starting
from tracker.outreach.forms import MORE_FIELDS, EventForm

from .shared import (
    adviser_filter,
    bp,
    id_arg,
    keep_offered,
    month_filter,
    months_arg,
    restored,
    village_filter,
    wanted,
)

_FORM = "advisers/visit_form.html"


@bp.get("/visits/")
def visits() -> Any:
    """The log of visits."""
    session, scope = db.session(), viewer().scope
    first = queries.first_day(session, scope, AdviserVisit.held_on, AdviserVisit)
    filters = FilterBar(
        [
            search_field(),
            year_field(chosen_years(first, clock.today().year)),
            month_filter(),
            term_field("kind", gettext("服务内容"), VisitKind),
            village_filter(),
            adviser_filter(),
            voided_field(),
        ]
    )
    narrowed = wanted(
        kind=term_arg("kind", VisitKind),
        months=months_arg(),
        village_id=id_arg("village"),
        adviser_id=id_arg("adviser"),
    )
    return listed(
        "advisers/visits.html",
        register.VISITS,
        queries.find_visits(scope, narrowed),
        filters,
        lambda rows: table(
            register.VISITS.list_columns,
            rows,
            lambda visit: url_for(".visit", record_id=visit.id),
        ),
    )


@bp.route("/visits/new", methods=["GET", "POST"])
def new_visit() -> Any:
    """Log a visit."""
    form = VisitForm(
        data={
            "adviser_id": id_arg("adviser"),
            "village_id": id_arg("village"),
            "held_on": clock.today(),
            "kind": VisitKind.CONSULTATION,
            "mode": VisitMode.ON_SITE,
        }
    )
    form.offer(db.session(), viewer().scope)
    keep_offered(form, "adviser_id", "village_id")
    return form_page(
        form,
        lambda session, draft: (
            operations.log_lecture_and_event if form.also_event.data else operations.create_visit
        )(session, viewer().office_id, draft, clock.today()),
        lambda visit: (
            url_for(".new_visit", adviser=visit.adviser_id)
            if "again" in request.form
            else url_for(".visit", record_id=visit.id)
        ),
        doubts=lambda session, draft: doubts.of_visit(
            session, viewer().scope.for_writing, draft, also_event=form.also_event.data
        ),
        title=gettext("登记服务"),
        back=url_for(".visits"),
        template=_FORM,
        more=RESULT_FIELDS,
        again=True,
    )


@bp.route("/visits/<int(max=2147483647):record_id>/event", methods=["GET", "POST"])
def event_of_visit(record_id: int) -> Any:
    """Enter the outreach event that a logged lecture is, too."""
    found = own(AdviserVisit, record_id)
    if found.kind is not VisitKind.LECTURE:
        raise RecordMissing
    if found.event_id is not None:
        return redirect(url_for("outreach.event", record_id=found.event_id), code=303)
    session, scope = db.session(), viewer().scope
    event = queries.event_of(session, found)
    said = {name: value for name in _OF_LECTURE if (value := getattr(event, name))}
    form = EventForm(data=starting.blank(None, viewer().office_name) | said)
    form.offer(session, scope)
    return form_page(
        form,
        lambda writing, draft: operations.make_event(
            writing, scope, record_id, draft, clock.today()
        ),
        lambda event: url_for("outreach.event", record_id=event.id),
        doubts=lambda reading, draft: event_doubts.of_event(reading, scope.for_writing, draft),
        title=gettext("登记为普法活动"),
        back=url_for(".visit", record_id=record_id),
        template="outreach/event_form.html",
        more=MORE_FIELDS,
        usual=remembered.usual_texts(
            session, viewer().office_id, clock.today() - starting.USUAL_DAYS
        ),
    )


#: What a lecture says of the event that it is; the rest is as on any empty form.
_OF_LECTURE = ("title", "starts_on", "delivery", "village_ids", "speakers", "headcount")


@bp.get("/visits/<int(max=2147483647):record_id>")
def visit(record_id: int) -> Any:
    """One visit."""
    found = seen(AdviserVisit, record_id)
    return page(
        "advisers/visit.html",
        visit=found,
        facts=facts(register.VISITS, found),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/visits/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_visit(record_id: int) -> Any:
    """Change a visit."""
    return form_page(
        _visit_form(record_id),
        lambda session, draft: operations.update_visit(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        leading_to(".visit"),
        title=gettext("修改服务记录"),
        back=url_for(".visit", record_id=record_id),
        current=lambda: _visit_form(record_id, formdata=None),
        template=_FORM,
        more=RESULT_FIELDS,
    )


def _visit_form(record_id: int, **options: Any) -> VisitForm:
    found = own(AdviserVisit, record_id)
    form = VisitForm(data=VisitForm.values_of(found), **options)
    form.offer(db.session(), viewer().scope, found)
    return form


@bp.route("/visits/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_visit(record_id: int) -> Any:
    """Take a visit out of the counts, with the reason."""
    return void_page(
        AdviserVisit,
        record_id,
        name=lambda visit: visit.matter,
        endpoint="advisers.visit",
        back=url_for(".visits"),
    )


@bp.post("/visits/<int(max=2147483647):record_id>/restore")
def restore_visit(record_id: int) -> Any:
    """Take a void back."""
    return restored(operations.restore_visit, record_id, url_for(".visit", record_id=record_id))
