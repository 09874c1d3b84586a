"""Pages of assignments, with the villages that have no adviser."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.advisers import operations, queries, register
from tracker.advisers.forms import COUNSEL_FIELDS, AssignmentForm
from tracker.advisers.models import AdviserAssignment
from tracker.advisers.terms import AssignmentState, AssignmentTarget
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.forms import posted_version
from tracker.kernel.i18n import say
from tracker.kernel.lists import listed
from tracker.kernel.tables import facts
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
from tracker.kernel.words import Words
from tracker.rulepacks.queries import rules_by_office, rules_of

from .chains import chain_shown
from .shared import (
    adviser_filter,
    assignment_table,
    bp,
    id_arg,
    keep_offered,
    restored,
    served_name,
    village_filter,
    wanted,
    year_assessed,
)

NO_END_YET = Words(
    "这段聘任没有结束日期，一直有效，不用续聘。合同已到期的，请先在这里填写结束日期并保存，"
    "再点「续聘」",
    "This assignment has no end and goes on; nothing is to be renewed. If the contract has run "
    "out, enter its last day here and save, then renew",
)


@bp.get("/assignments/")
def assignments() -> Any:
    """The list of assignments, under what is still to be covered and visited."""
    session, scope = db.session(), viewer().scope
    first = queries.first_day(session, scope, AdviserAssignment.starts_on, AdviserAssignment)
    filters = FilterBar(
        [
            search_field(),
            term_field("state", gettext("状态"), AssignmentState),
            village_filter(),
            adviser_filter(),
            year_field(chosen_years(first, clock.today().year)),
            voided_field(),
        ]
    )
    narrowed = wanted(
        state=term_arg("state", AssignmentState),
        village_id=id_arg("village"),
        adviser_id=id_arg("adviser"),
    )
    return listed(
        "advisers/assignments.html",
        register.ASSIGNMENTS,
        queries.find_assignments(scope, narrowed),
        filters,
        assignment_table,
        coverage=_coverage(),
    )


def _coverage() -> dict[str, Any]:
    """How many villages have an adviser today, which have none, and which saw none this quarter."""
    session, scope, today = db.session(), viewer().scope, clock.today()
    without = session.scalars(queries.villages_without_adviser(scope, today)).all()
    rules = rules_by_office(session, scope.office_ids)
    villages = queries.count_villages(session, scope, today)
    return {
        "villages": villages,
        "covered": villages - len(without),
        "without": without,
        "unvisited": queries.villages_to_visit(session, scope, today, rules),
    }


@bp.route("/assignments/new", methods=["GET", "POST"])
def new_assignment() -> Any:
    """Assign an adviser; ``?renew=ID`` goes on from an assignment that ends."""
    if (open_one := _without_end()) is not None:
        flash(say(NO_END_YET), "info")
        return redirect(url_for(".edit_assignment", record_id=open_one.id), code=303)
    form = AssignmentForm(data=_first_values())
    form.offer(db.session(), viewer().scope)
    keep_offered(form, "adviser_id", "village_id")
    return form_page(
        form,
        lambda session, draft: operations.create_assignment(session, viewer().office_id, draft),
        lambda made: (
            url_for(".new_assignment", adviser=made.adviser_id)
            if "again" in request.form
            else url_for(".assignment", record_id=made.id)
        ),
        title=gettext("登记聘任"),
        back=url_for(".assignments"),
        again=True,
        **_of_page(form),
    )


def _without_end() -> AdviserAssignment | None:
    """The assignment that is to be renewed, while it has no last day to go on from."""
    ending = id_arg("renew") if request.method == "GET" else None
    found = own(AdviserAssignment, ending) if ending is not None else None
    return found if found is not None and found.ends_on is None else None


def _first_values() -> dict[str, Any]:
    ending = id_arg("renew")
    if ending is None:
        return {
            "target": AssignmentTarget.VILLAGE,
            "adviser_id": id_arg("adviser"),
            "village_id": id_arg("village"),
            "starts_on": clock.today(),
        }
    before = own(AdviserAssignment, ending)
    values = AssignmentForm.values_of(before)
    kept = ("adviser_id", "target", "village_id", "additional", "fee")
    day_after = before.ends_on + timedelta(days=1) if before.ends_on else clock.today()
    return {**{name: values[name] for name in kept}, "starts_on": day_after, "renewal": True}


def _of_page(form: AssignmentForm) -> dict[str, Any]:
    return {
        "template": "advisers/assignment_form.html",
        "counsel": COUNSEL_FIELDS,
        "is_counsel": form.target.data is AssignmentTarget.TOWNSHIP,
    }


@bp.get("/assignments/<int(max=2147483647):record_id>")
def assignment(record_id: int) -> Any:
    """One assignment."""
    found = seen(AdviserAssignment, record_id)
    return page(
        "advisers/assignment.html",
        assignment=found,
        beyond=_beyond_cap(found),
        chain=_chain(found),
        until=_ends_in(found),
        assess_year=_year_to_assess(found),
        served=served_name(found),
        facts=facts(register.ASSIGNMENTS, found),
        may_edit=viewer().may_edit(found.office_id),
    )


def _chain(found: AdviserAssignment) -> dict[str, Any] | None:
    chain = queries.chain_of(db.session(), found)
    return chain_shown(chain, found) if chain is not None else None


def _year_to_assess(found: AdviserAssignment) -> int | None:
    """The year being assessed, where the assignment has days in it."""
    year = year_assessed()
    last = found.ends_on.year if found.ends_on else year
    return year if found.starts_on.year <= year <= last else None


def _ends_in(found: AdviserAssignment) -> int | None:
    """In how many days it ends; None where it has no end, or ended."""
    days = (found.ends_on - clock.today()).days if found.ends_on else -1
    return days if days >= 0 else None


def _beyond_cap(found: AdviserAssignment) -> dict[str, int]:
    """How many villages the adviser serves today, where the office's rules allow fewer."""
    session = db.session()
    most = rules_of(session, found.office_id).villages_per_adviser
    if most is None or found.is_voided or found.village_id is None:
        return {}
    served = queries.villages_served(session, [found.adviser], clock.today())
    number = len(set(served.get(found.adviser_id, [])))
    return {"served": number, "most": most} if number > most else {}


@bp.route("/assignments/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_assignment(record_id: int) -> Any:
    """Change an assignment, its end included."""
    form = _assignment_form(record_id)
    return form_page(
        form,
        lambda session, draft: operations.update_assignment(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        leading_to(".assignment"),
        title=gettext("修改聘任"),
        back=url_for(".assignment", record_id=record_id),
        current=lambda: _assignment_form(record_id, formdata=None),
        **_of_page(form),
    )


def _assignment_form(record_id: int, **options: Any) -> AssignmentForm:
    found = own(AdviserAssignment, record_id)
    form = AssignmentForm(data=AssignmentForm.values_of(found), **options)
    form.offer(db.session(), viewer().scope, found)
    return form


@bp.route("/assignments/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_assignment(record_id: int) -> Any:
    """Void an assignment that never was; one that ended gets its last day instead."""
    return void_page(
        AdviserAssignment,
        record_id,
        name=lambda found: found.adviser.name,
        endpoint="advisers.assignment",
        back=url_for(".assignments"),
    )


@bp.post("/assignments/<int(max=2147483647):record_id>/restore")
def restore_assignment(record_id: int) -> Any:
    """Take a void back."""
    back = url_for(".assignment", record_id=record_id)
    return restored(operations.restore_assignment, record_id, back)
