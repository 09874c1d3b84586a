"""Pages of opinions on decisions and of the township's own counsel."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own, restore, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.advisers.models import AdviserAssignment
from tracker.advisers.queries import first_day
from tracker.advisers.views.shared import bp, id_arg, keep_offered
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.forms import posted_version
from tracker.kernel.lists import listed
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.tables import facts, table
from tracker.kernel.web import (
    FilterBar,
    chosen_years,
    page,
    record_field,
    search_field,
    term_arg,
    term_field,
    text_arg,
    voided_field,
    year_arg,
    year_field,
)
from tracker.kernel.words import Words

from . import operations, queries, register
from .forms import FURTHER_FIELDS, OpinionForm
from .models import CounselOpinion
from .terms import Adoption, DecisionKind

_FORM = "advisers/opinion_form.html"

#: The steps of choosing a counsel, in their order, each with the column that holds its day.
STEPS = (
    ("qualification_checked_on", Words("资格审核", "Qualification check")),
    ("screened_on", Words("初步筛选", "Screening")),
    ("appointed_on", Words("聘任", "Appointment")),
)


@bp.get("/opinions/")
def opinions() -> Any:
    """The list of opinions."""
    session, scope = db.session(), viewer().scope
    first = first_day(session, scope, CounselOpinion.given_on, CounselOpinion)
    counsel = [(each.id, each.name) for each in queries.counsel_to_filter(session, scope)]
    return listed(
        "advisers/opinions.html",
        register.OPINIONS,
        queries.find_opinions(
            scope,
            text_arg("q"),
            year_arg(),
            term_arg("kind", DecisionKind),
            term_arg("adopted", Adoption),
            id_arg("adviser"),
            voided=request.args.get("voided") == "1",
        ),
        FilterBar(
            [
                search_field(),
                year_field(chosen_years(first, clock.today().year)),
                record_field("adviser", gettext("出具人"), counsel),
                term_field("kind", gettext("事项类别"), DecisionKind),
                term_field("adopted", gettext("采纳情况"), Adoption),
                voided_field(),
            ]
        ),
        lambda rows: table(
            register.OPINIONS.list_columns,
            rows,
            lambda each: url_for(".opinion", record_id=each.id),
        ),
    )


@bp.route("/opinions/new", methods=["GET", "POST"])
def new_opinion() -> Any:
    """Enter an opinion."""
    form = OpinionForm(
        data={
            "adviser_id": id_arg("adviser"),
            "given_on": clock.today(),
            "adopted": Adoption.UNDECIDED,
        }
    )
    form.offer(db.session(), viewer().scope)
    keep_offered(form, "adviser_id")
    return form_page(
        form,
        lambda session, draft: operations.create_opinion(
            session, viewer().office_id, draft, clock.today()
        ),
        leading_to(".opinion", ".new_opinion"),
        title=gettext("登记法律意见"),
        back=url_for(".opinions"),
        template=_FORM,
        more=FURTHER_FIELDS,
        again=True,
    )


@bp.get("/opinions/<int(max=2147483647):record_id>")
def opinion(record_id: int) -> Any:
    """One opinion."""
    found = seen(CounselOpinion, record_id)
    return page(
        "advisers/opinion.html",
        opinion=found,
        facts=facts(register.OPINIONS, found),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/opinions/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_opinion(record_id: int) -> Any:
    """Change an opinion, such as what became of it."""
    return form_page(
        _opinion_form(record_id),
        lambda session, draft: operations.update_opinion(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        leading_to(".opinion"),
        title=gettext("修改法律意见"),
        back=url_for(".opinion", record_id=record_id),
        current=lambda: _opinion_form(record_id, formdata=None),
        template=_FORM,
        more=FURTHER_FIELDS,
    )


def _opinion_form(record_id: int, **options: Any) -> OpinionForm:
    found = own(CounselOpinion, record_id)
    form = OpinionForm(data=OpinionForm.values_of(found), **options)
    form.offer(db.session(), viewer().scope, found)
    return form


@bp.route("/opinions/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_opinion(record_id: int) -> Any:
    """Take an opinion out of the counts, with the reason."""
    return void_page(
        CounselOpinion,
        record_id,
        name=lambda opinion: opinion.matter,
        endpoint="advisers.opinion",
        back=url_for(".opinions"),
    )


@bp.post("/opinions/<int(max=2147483647):record_id>/restore")
def restore_opinion(record_id: int) -> Any:
    """Take a void back."""
    return restore(CounselOpinion, record_id, back=url_for(".opinion", record_id=record_id))


@bp.get("/counsel/")
def counsel_now() -> Any:
    """The township's counsel today, with the opinions of the running year."""
    return _counsel(clock.today().year)


@bp.get("/counsel/<int(max=9999):year>")
def counsel(year: int) -> Any:
    """The township's counsel on a year's last day, with its opinions."""
    return _counsel(year)


def _counsel(year: int) -> Any:
    today, scope, session = clock.today(), viewer().scope, db.session()
    if not FIRST_YEAR < year <= today.year:
        abort(404)
    period = Period.of_year(year, today)
    serving = session.scalars(queries.serving_counsel(scope, period.as_at)).unique().all()
    counts = queries.opinions_by_kind(session, scope, period)
    by_counsel = {
        each.adviser_id: sum(n for (who, _, _), n in counts.items() if who == each.adviser_id)
        for each in serving
    }
    return page(
        "advisers/counsel.html",
        year=year,
        day=period.as_at,
        counsel=[_standing(each, by_counsel[each.adviser_id], year) for each in serving],
        kinds=[_of_kind(kind, counts, year) for kind in DecisionKind],
        adoptions=list(Adoption),
        total=sum(counts.values()),
        adopted_sums=[
            sum(n for (_, _, became), n in counts.items() if became is adopted)
            for adopted in Adoption
        ],
        own=sum(n for (who, _, _), n in counts.items() if who is None),
        previous_year=year - 1 if year - 1 > FIRST_YEAR else None,
        next_year=year + 1 if year < today.year else None,
    )


def _standing(assignment: AdviserAssignment, given: int, year: int) -> dict[str, Any]:
    """One counsel: who, the steps of the selection with their days, the term, opinions given."""
    days = [getattr(assignment, column) for column, _ in STEPS]
    known = [day for day in days if day is not None]
    several = len(viewer().scope.office_ids) > 1
    return {
        "name": assignment.adviser.name,
        "identity": assignment.adviser.identity.label,
        "firm": assignment.adviser.firm.name if assignment.adviser.firm else "",
        "office": viewer().office_names.get(assignment.office_id, "") if several else "",
        "url": url_for(".assignment", record_id=assignment.id),
        "edit_url": (
            url_for(".edit_assignment", record_id=assignment.id)
            if viewer().may_edit(assignment.office_id)
            else ""
        ),
        "steps": [(label, day) for (_, label), day in zip(STEPS, days, strict=True)],
        "missing": [label for (_, label), day in zip(STEPS, days, strict=True) if day is None],
        "in_order": known == sorted(known),
        "starts_on": assignment.starts_on,
        "ends_on": assignment.ends_on,
        "renewal": assignment.renewal,
        "given": given,
        "given_url": url_for(".opinions", adviser=assignment.adviser_id, year=year),
    }


def _of_kind(
    kind: DecisionKind,
    counts: dict[tuple[int | None, DecisionKind, Adoption], int],
    year: int,
) -> dict[str, Any]:
    numbers = [
        sum(n for (_, of, became), n in counts.items() if of is kind and became is adopted)
        for adopted in Adoption
    ]
    return {
        "label": kind.label,
        "numbers": numbers,
        "sum": sum(numbers),
        "url": url_for(".opinions", kind=kind.value, year=year),
    }
