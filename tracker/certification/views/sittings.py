"""Pages of exam sittings: who is registered, and the results of all on one page."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import (
    form_page,
    leading_to,
    own,
    restore,
    seen,
    void_page,
)
from tracker.accounts.viewer import viewer
from tracker.certification.drafts import USUAL_MARK
from tracker.certification.forms.exams import (
    RegisterForm,
    ResultsForm,
    SittingForm,
    result_values,
    results_form,
)
from tracker.certification.models import ExamSitting
from tracker.certification.operations import exams as operations
from tracker.certification.queries import exams as queries
from tracker.certification.queries.eligibility import objections, who_may_sit
from tracker.certification.queries.officers import officers_to_choose
from tracker.certification.register import RESULTS, SITTINGS
from tracker.certification.terms import SittingPurpose
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.forms import posted_version
from tracker.kernel.i18n import say
from tracker.kernel.lists import listed
from tracker.kernel.period import FIRST_YEAR
from tracker.kernel.tables import facts, table
from tracker.kernel.web import (
    FilterBar,
    chosen_years,
    page,
    search_field,
    term_arg,
    term_field,
    text_arg,
    voided_field,
    year_arg,
    year_field,
)

from .shared import bp
from .sitting_rows import sitting_rows


@bp.get("/sittings/")
def sittings() -> Any:
    """The list of exams."""
    session, scope = db.session(), viewer().scope
    years = chosen_years(queries.first_sitting_day(session, scope), clock.today().year)
    return listed(
        "certification/sittings.html",
        SITTINGS,
        queries.find_sittings(
            scope,
            text_arg("q"),
            year_arg(),
            term_arg("purpose", SittingPurpose),
            voided=request.args.get("voided") == "1",
        ),
        FilterBar(
            [
                search_field(),
                year_field(years),
                term_field("purpose", gettext("考试性质"), SittingPurpose),
                voided_field(),
            ]
        ),
        lambda rows: table(
            SITTINGS.list_columns, rows, lambda each: url_for(".sitting", record_id=each.id)
        ),
        more_exports=[_results_export()],
        cohort_year=_year_shown(),
    )


def _results_export() -> dict[str, str]:
    """The people's results have no list of their own: they are offered beside their exams."""
    year = _year_shown()
    return {
        "label": gettext("导出%(year)s年考试成绩台账（Excel）", year=year),
        "url": url_for("workbooks.register", key=RESULTS.key, year=year),
        "kind": "quiet",
    }


def _year_shown() -> int:
    """The year the list is narrowed to, or this one."""
    this_year = clock.today().year
    return min(max(year_arg() or this_year, FIRST_YEAR + 1), this_year + 1)


@bp.route("/sittings/new", methods=["GET", "POST"])
def new_sitting() -> Any:
    """Enter a sitting."""
    form = SittingForm(
        data={
            "purpose": SittingPurpose.QUALIFICATION,
            "general_mark": USUAL_MARK,
            "special_mark": USUAL_MARK,
        }
    )
    return form_page(
        form,
        lambda session, draft: operations.create_sitting(
            session, viewer().office_id, draft, clock.today()
        ),
        leading_to(".sitting"),
        title=gettext("登记考试"),
        back=url_for(".sittings"),
        template="certification/sitting_form.html",
    )


@bp.get("/sittings/<int(max=2147483647):record_id>")
def sitting(record_id: int) -> Any:
    """One sitting with everybody registered for it."""
    session = db.session()
    found = seen(ExamSitting, record_id)
    may_edit = viewer().may_edit(found.office_id) and not found.is_voided
    registrations = session.scalars(queries.registrations_of(found)).all()
    rows = sitting_rows(session, found, registrations, may_edit)
    return page(
        "certification/sitting.html",
        sitting=found,
        facts=facts(SITTINGS, found),
        parts=[say(part.label) for part in found.parts],
        rows=rows,
        voided_rows=table(
            [RESULTS.column("officer"), RESULTS.column("number")],
            session.scalars(queries.registrations_of(found, voided=True)).all(),
            lambda each: url_for(".registration", record_id=each.id),
        ),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/sittings/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_sitting(record_id: int) -> Any:
    """Change a sitting; a changed pass mark judges the scores again."""
    form = _form_of(record_id)
    return form_page(
        form,
        lambda session, draft: operations.update_sitting(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        leading_to(".sitting"),
        title=gettext("修改考试"),
        back=url_for(".sitting", record_id=record_id),
        current=lambda: _form_of(record_id, formdata=None),
        template="certification/sitting_form.html",
    )


def _form_of(record_id: int, **options: Any) -> SittingForm:
    return SittingForm(data=SittingForm.values_of(own(ExamSitting, record_id)), **options)


@bp.route("/sittings/<int(max=2147483647):record_id>/register", methods=["GET", "POST"])
def register_officers(record_id: int) -> Any:
    """Register several officers at once."""
    found = own(ExamSitting, record_id)
    session = db.session()
    registered = session.scalars(queries.registrations_of(found)).all()
    form, scope = RegisterForm(), viewer().scope
    against = objections(session, found, officers_to_choose(session, found.office_id))
    form.offer(session, scope, registered, against)
    rule = who_may_sit(session, found.office_id)
    return form_page(
        form,
        lambda session, draft: operations.register_officers(
            session, scope, record_id, form.officers, draft
        ),
        leading_to(".sitting"),
        title=gettext("添加报名人员"),
        back=url_for(".sitting", record_id=record_id),
        doubts=lambda _session, _draft: form.doubts_about(),
        template="certification/register_form.html",
        sitting=found,
        rule=rule,
        rule_asked=found.purpose is SittingPurpose.QUALIFICATION and bool(rule.value),
    )


@bp.route("/sittings/<int(max=2147483647):record_id>/results", methods=["GET", "POST"])
def sitting_results(record_id: int) -> Any:
    """Enter everybody's results on one page."""
    found = own(ExamSitting, record_id)
    registrations = db.session().scalars(queries.registrations_of(found)).all()
    make = results_form(found, registrations, clock.today())
    form = make(data=result_values(found, registrations))

    def current() -> ResultsForm:
        now = own(ExamSitting, record_id)
        saved = db.session().scalars(queries.registrations_of(now)).all()
        return make(formdata=None, data=result_values(now, saved))

    return form_page(
        form,
        lambda session, drafts: operations.record_results(
            session, viewer().scope, record_id, drafts, posted_version(), clock.today()
        ),
        leading_to(".sitting"),
        title=gettext("登记成绩"),
        back=url_for(".sitting", record_id=record_id),
        current=current,
        template="certification/results_form.html",
        sitting=found,
    )


@bp.route("/sittings/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_sitting(record_id: int) -> Any:
    """Void a sitting; its registrations no longer count."""
    return void_page(
        ExamSitting,
        record_id,
        name=lambda sitting: sitting.title,
        endpoint="certification.sitting",
        back=url_for(".sittings"),
    )


@bp.post("/sittings/<int(max=2147483647):record_id>/restore")
def restore_sitting(record_id: int) -> Any:
    """Take a void back."""
    return restore(ExamSitting, record_id, back=url_for(".sitting", record_id=record_id))
