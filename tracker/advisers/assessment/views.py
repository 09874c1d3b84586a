"""Pages of assessments: the year's list, the form item by item, the record, the sheet to sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.advisers.models import AdviserAssignment
from tracker.advisers.views.shared import (
    adviser_filter,
    bp,
    id_arg,
    restored,
    served_name,
    village_filter,
    year_assessed,
)
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.errors import RuleBroken
from tracker.kernel.forms import posted_version
from tracker.kernel.i18n import say
from tracker.kernel.lists import listed
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.tables import facts, shown, table
from tracker.kernel.web import (
    FilterBar,
    chosen_years,
    page,
    search_field,
    term_arg,
    term_field,
    text_arg,
    voided_field,
    whole_arg,
    year_arg,
    year_field,
)
from tracker.kernel.wording import plain
from tracker.rulepacks.queries import rules_of

from . import operations, queries
from .forms import MarksForm, TotalForm, mark_values, marks_form
from .models import AdviserAssessment, AssessmentScore, ScoreItem
from .queries import Served
from .register import ASSESSMENTS
from .suggestions import Suggestion, facts_of, suggestion
from .terms import Grade

TONES = {
    Grade.EXCELLENT: "success",
    Grade.GOOD: "info",
    Grade.PASSED: "muted",
    Grade.FAILED: "danger",
}


@bp.get("/assessments/")
def assessments() -> Any:
    """The list of assessments, under who served in the year and is not yet assessed."""
    year = year_arg() or year_assessed()
    first = queries.first_day(db.session(), viewer().scope)
    filters = FilterBar(
        [
            search_field(),
            year_field(chosen_years(first, clock.today().year)),
            term_field("grade", gettext("等次"), Grade),
            village_filter(),
            adviser_filter(),
            voided_field(),
        ]
    )
    wanted = queries.Wanted(
        search=text_arg("q"),
        year=year_arg(),
        grade=term_arg("grade", Grade),
        adviser_id=id_arg("adviser"),
        village_id=id_arg("village"),
        voided=whole_arg("voided", 0, 0, 1) == 1,
    )
    return listed(
        "advisers/assessments.html",
        ASSESSMENTS,
        queries.find_assessments(viewer().scope, wanted),
        filters,
        _graded,
        year=year,
        this_year=clock.today().year,
        waiting=_waiting(year),
    )


def _graded(rows: Any) -> dict[str, Any]:
    found = table(
        ASSESSMENTS.list_columns, rows, lambda each: url_for(".assessment", record_id=each.id)
    )
    place = [column["key"] for column in found["columns"]].index("grade")
    for row, each in zip(found["rows"], rows, strict=True):
        row["cells"][place] = {"text": say(each.grade.label), "tone": TONES[each.grade]}
    return found


def _waiting(year: int) -> list[dict[str, Any]]:
    """Who served in the year and has no assessment, with the way to one."""
    session, scope = db.session(), viewer().scope
    if not FIRST_YEAR < year <= clock.today().year:
        return []
    done = queries.assessed(session, scope, year)
    return [
        {
            "served": served_name(each),
            "adviser": each.adviser.name,
            "days": each.days,
            "url": (
                url_for(".assess", record_id=each.assignments[-1].id, year=year)
                if viewer().may_edit(each.office_id)
                else ""
            ),
        }
        for each in queries.served_in(session, scope, Period.of_year(year, clock.today()))
        if each.pair not in done
    ]


@bp.route(
    "/assignments/<int(max=2147483647):record_id>/assess/<int(max=9999):year>",
    methods=["GET", "POST"],
)
def assess(record_id: int, year: int) -> Any:
    """Assess the adviser of an assignment for a year, item by item.

    One who was assessed already leads to that assessment.
    """
    found = own(AdviserAssignment, record_id)
    if not FIRST_YEAR < year < 2100:
        abort(404)
    session, office_id = db.session(), viewer().office_id
    pair = (found.adviser_id, found.village_id)
    there = queries.assessment_of(session, office_id, *pair, year)
    if there is not None and request.method == "GET":
        return redirect(url_for(".assessment", record_id=there.id))
    try:
        served = _to_assess(found, year)
    except RuleBroken as error:
        flash(say(error.message), "danger")
        return redirect(url_for(".assessments"), code=303)
    sheet = queries.sheet_of_year(session, office_id, year)
    if sheet is None:
        flash(say(operations.NO_SHEET.fill(year=year)), "warning")
        return redirect(url_for(".score_sheets"), code=303)
    form = marks_form(sheet.items, year, *pair, _suggested(served, sheet.items, year))(
        data={"assessed_on": clock.today()}
    )
    return _marks_page(
        form,
        lambda session, draft: operations.create_assessment(
            session, office_id, draft, clock.today()
        ),
        served,
        back=url_for(".assessments", year=year),
        sheet_title=sheet.title,
    )


def _to_assess(assignment: AdviserAssignment, year: int) -> Served:
    """:raises RuleBroken: for a year to come, and where nobody was served in it."""
    if year > clock.today().year:
        raise RuleBroken("year", operations.YEAR_TO_COME.fill(year=year))
    return operations.require_service(
        db.session(), assignment.office_id, assignment.adviser_id, assignment.village_id, year
    )


def _suggested(
    served: Served | None, lines: Sequence[ScoreItem | AssessmentScore], year: int
) -> dict[int, Suggestion]:
    if served is None:
        return {}
    today = clock.today()
    rules = rules_of(db.session(), served.office_id)
    known = facts_of(db.session(), served, Period.of_year(year, today), rules, today)
    found = {line.id: suggestion(line.basis, line.most, known) for line in lines}
    return {key: each for key, each in found.items() if each is not None}


def _marks_page(form: MarksForm, write: Any, served: Any, **context: Any) -> Any:
    return form_page(
        form,
        write,
        leading_to(".assessment"),
        title=gettext(
            "%(year)s年考核：%(name)s（%(served)s）",
            year=form.year,
            name=served.adviser.name,
            served=served_name(served),
        ),
        template="advisers/assessment_form.html",
        enter_moves=True,
        **context,
    )


@bp.get("/assessments/<int(max=2147483647):record_id>")
def assessment(record_id: int) -> Any:
    """One assessment with its scores."""
    found = seen(AdviserAssessment, record_id)
    return page(
        "advisers/assessment.html",
        assessment=found,
        served=served_name(found),
        facts=facts(ASSESSMENTS, found),
        scores=_scores(found),
        may_edit=viewer().may_edit(found.office_id),
    )


def _scores(found: AdviserAssessment) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "heading": score.heading,
            "criterion": score.criterion,
            "most": plain(score.most),
            "points": plain(score.points),
            "remark": score.remark,
        }
        for place, score in enumerate(found.scores, 1)
    ]


@bp.get("/assessments/<int(max=2147483647):record_id>/sheet")
def assessment_sheet(record_id: int) -> Any:
    """The assessment on A4, to sign."""
    found = seen(AdviserAssessment, record_id)
    return page(
        "advisers/assessment_sheet.html",
        assessment=found,
        served=served_name(found),
        office=viewer().office_names.get(found.office_id, viewer().office_name),
        scores=_scores(found),
        total=shown(found.total),
        most=shown(found.most),
    )


@bp.route("/assessments/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_assessment(record_id: int) -> Any:
    """Change an assessment: its points, or its total where only that is known."""
    found = own(AdviserAssessment, record_id)

    def write(session: Any, draft: Any) -> AdviserAssessment:
        return operations.update_assessment(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        )

    back = url_for(".assessment", record_id=record_id)
    if not found.scores:
        return form_page(
            _total_form(found),
            write,
            leading_to(".assessment"),
            title=gettext("修改年度考核"),
            back=back,
            current=lambda: _total_form(own(AdviserAssessment, record_id), formdata=None),
        )
    return _marks_page(
        _marks_form(found),
        write,
        found,
        back=back,
        current=lambda: _marks_form(own(AdviserAssessment, record_id), formdata=None),
        sheet_title="",
    )


def _total_form(found: AdviserAssessment, **options: Any) -> TotalForm:
    form = TotalForm(data=TotalForm.values_of(found), **options)
    form.offer(db.session(), viewer().scope, found)
    return form


def _marks_form(found: AdviserAssessment, **options: Any) -> MarksForm:
    period = Period.of_year(found.year, clock.today())
    served = queries.service_of(
        db.session(), found.office_id, found.adviser_id, found.village_id, period
    )
    suggested = _suggested(served, found.scores, found.year)
    form = marks_form(found.scores, found.year, found.adviser_id, found.village_id, suggested)
    return form(data=mark_values(found), **options)


@bp.route("/assessments/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_assessment(record_id: int) -> Any:
    """Void an assessment, for instance to assess anew."""
    return void_page(
        AdviserAssessment,
        record_id,
        name=lambda found: f"{found.adviser.name} {found.year}",
        endpoint="advisers.assessment",
        back=url_for(".assessments"),
    )


@bp.post("/assessments/<int(max=2147483647):record_id>/restore")
def restore_assessment(record_id: int) -> Any:
    """Take a void back."""
    back = url_for(".assessment", record_id=record_id)
    return restored(operations.restore_assessment, record_id, back)
