"""Pages of subsidies: the year's list, deciding, paying, and the sheet to sign."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.accounts.record_pages import form_page, leading_to, own, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.advisers.assessment.operations import require_service
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
from tracker.kernel.db import db, write_tx
from tracker.kernel.errors import RuleBroken
from tracker.kernel.forms import PlainForm, posted_version
from tracker.kernel.i18n import say
from tracker.kernel.lists import listed
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.tables import facts, table
from tracker.kernel.web import (
    FilterBar,
    chosen_years,
    done,
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
from tracker.kernel.words import Words

from . import operations, queries
from .forms import DecisionForm, PaymentForm
from .models import AdviserSubsidy
from .queries import Row
from .register import SUBSIDIES
from .terms import Payment

_TAKEN_OVER = Words("已按测算金额核定 {count} 人。", "Decided as proposed: {count}.")
_PAID = Words("已登记 {count} 人的发放日期。", "Noted as paid: {count}.")


def _period(year: int) -> Period:
    today = clock.today()
    if not FIRST_YEAR < year <= today.year:
        abort(404)
    return Period.of_year(year, today)


@bp.get("/subsidies/")
def subsidy_records() -> Any:
    """All subsidies that were decided, whatever their year."""
    first = queries.first_day(db.session(), viewer().scope)
    filters = FilterBar(
        [
            search_field(),
            year_field(chosen_years(first, clock.today().year)),
            term_field("payment", gettext("发放情况"), Payment),
            village_filter(),
            adviser_filter(),
            voided_field(),
        ]
    )
    wanted = queries.Wanted(
        search=text_arg("q"),
        year=year_arg(),
        payment=term_arg("payment", Payment),
        adviser_id=id_arg("adviser"),
        village_id=id_arg("village"),
        voided=whole_arg("voided", 0, 0, 1) == 1,
    )
    return listed(
        "advisers/subsidy_records.html",
        SUBSIDIES,
        queries.find_subsidies(viewer().scope, wanted),
        filters,
        lambda rows: table(
            SUBSIDIES.list_columns, rows, lambda each: url_for(".subsidy", record_id=each.id)
        ),
        year=year_arg() or year_assessed(),
    )


@bp.get("/subsidies/<int(max=9999):year>")
def subsidies(year: int) -> Any:
    """The year's list: contract, days, assessment, what is proposed and what was decided."""
    period = _period(year)
    rows = queries.year_list(db.session(), viewer().scope, period)
    sums = queries.sums(rows)
    may_write = viewer().may_write
    return page(
        "advisers/subsidies.html",
        year=year,
        rows=[_row(row, year) for row in rows],
        sums=sums,
        to_take_over=sum(_may_take_over(row) for row in rows) if may_write else 0,
        to_pay=_to_pay(rows) if may_write else 0,
        previous_year=year - 1 if year - 1 > FIRST_YEAR else None,
        next_year=year + 1 if year < clock.today().year else None,
    )


def _may_take_over(row: Row) -> bool:
    return row.subsidy is None and row.proposed is not None and viewer().may_edit(row.office_id)


def _to_pay(rows: list[Row]) -> int:
    return sum(
        row.subsidy is not None and row.subsidy.paid_on is None and viewer().may_edit(row.office_id)
        for row in rows
    )


def _row(row: Row, year: int) -> dict[str, Any]:
    several = len(viewer().scope.office_ids) > 1
    return {
        "served": served_name(row),
        "office": viewer().office_names.get(row.office_id, "") if several else "",
        "adviser": row.adviser.name,
        "adviser_url": url_for(".adviser", record_id=row.adviser.id),
        "fees": _fees(row),
        "days": row.served.days if row.served else None,
        "spans": _spans(row, year),
        "grade": say(row.assessment.grade.label) if row.assessment else "",
        "grade_url": (
            url_for(".assessment", record_id=row.assessment.id) if row.assessment else ""
        ),
        "proposed": row.proposed,
        "subsidy": row.subsidy,
        "moved": row.moved,
        "gone": row.served is None,
        "url": _act(row, year),
    }


def _fees(row: Row) -> str:
    """The fee of each contract of the year, each once."""
    if row.served is None:
        return ""
    fees = [each.fee for each in row.served.assignments]
    said = [gettext("未填") if fee is None else f"{fee:,}" for fee in fees]
    return "／".join(dict.fromkeys(said))


def _spans(row: Row, year: int) -> str:
    """From when to when, where it is not the whole year."""
    if row.served is None or row.served.days == queries.days_in(year):
        return ""
    return gettext("；").join(
        f"{stretch.first:%m-%d}—{stretch.last:%m-%d}" for stretch, _ in row.served.stretches
    )


def _act(row: Row, year: int) -> str:
    """Where this row is decided, or what was decided."""
    if row.subsidy is not None:
        return url_for(".subsidy", record_id=row.subsidy.id)
    if row.served is None or not viewer().may_edit(row.office_id):
        return ""
    return url_for(".decide_subsidy", record_id=row.served.assignments[-1].id, year=year)


@bp.get("/subsidies/<int(max=9999):year>/sheet")
def subsidy_sheet(year: int) -> Any:
    """The list on A4, with a column for signatures."""
    rows = queries.year_list(db.session(), viewer().scope, _period(year))
    return page(
        "advisers/subsidy_sheet.html",
        year=year,
        office=viewer().office_name,
        rows=[_row(row, year) for row in rows],
        sums=queries.sums(rows),
    )


@bp.post("/subsidies/<int(max=9999):year>/take-over")
def take_over_subsidies(year: int) -> Response:
    """Decide on all who are left as the contracts propose."""
    _period(year)
    PlainForm().is_sent_well()
    with write_tx(viewer().actor) as session:
        count = operations.take_over(session, viewer().scope, year, clock.today())
    return done(url_for(".subsidies", year=year), _TAKEN_OVER.fill(count=count))


@bp.route("/subsidies/<int(max=9999):year>/pay", methods=["GET", "POST"])
def pay_subsidies(year: int) -> Any:
    """Note one day of payment on all that are decided and not paid."""
    _period(year)
    return form_page(
        PaymentForm(data={"paid_on": clock.today()}),
        lambda session, day: operations.pay_all(session, viewer().scope, year, day, clock.today()),
        lambda _count: url_for(".subsidies", year=year),
        title=gettext("登记%(year)s年补助的发放日期", year=year),
        back=url_for(".subsidies", year=year),
    )


@bp.route(
    "/assignments/<int(max=2147483647):record_id>/subsidy/<int(max=9999):year>",
    methods=["GET", "POST"],
)
def decide_subsidy(record_id: int, year: int) -> Any:
    """Decide what the adviser of an assignment is paid for a year.

    Decided already, it leads to that record.
    """
    found = own(AdviserAssignment, record_id)
    _period(year)
    session, office_id = db.session(), viewer().office_id
    pair = (found.adviser_id, found.village_id)
    try:
        served = require_service(session, office_id, *pair, year)
    except RuleBroken as error:
        flash(say(error.message), "danger")
        return redirect(url_for(".subsidies", year=year), code=303)
    proposed = queries.proposed(served, year)
    form = DecisionForm(data={"amount_decided": proposed}).of(year, *pair)
    there = queries.subsidy_of(session, office_id, *pair, year)
    if there is not None and not form.is_submitted():
        return redirect(url_for(".subsidy", record_id=there.id))
    return _decision_page(
        form,
        lambda session, draft: operations.create_subsidy(session, office_id, draft, clock.today()),
        found,
        served,
        proposed,
        year=year,
        back=url_for(".subsidies", year=year),
    )


def _decision_page(
    form: DecisionForm, write: Any, whom: Any, served: Any, proposed: int | None, **context: Any
) -> Any:
    return form_page(
        form,
        write,
        leading_to(".subsidy"),
        title=gettext(
            "%(year)s年补助：%(name)s（%(served)s）",
            year=context["year"],
            name=whom.adviser.name,
            served=served_name(whom),
        ),
        template="advisers/subsidy_form.html",
        served_days=served.days if served else None,
        year_days=queries.days_in(context["year"]),
        proposed=proposed,
        **context,
    )


@bp.get("/subsidies/items/<int(max=2147483647):record_id>")
def subsidy(record_id: int) -> Any:
    """One subsidy."""
    found = seen(AdviserSubsidy, record_id)
    return page(
        "advisers/subsidy.html",
        subsidy=found,
        served=served_name(found),
        facts=facts(SUBSIDIES, found),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/subsidies/items/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_subsidy(record_id: int) -> Any:
    """Change a subsidy, or note that it was paid."""
    found = own(AdviserSubsidy, record_id)
    try:
        served = require_service(
            db.session(), found.office_id, found.adviser_id, found.village_id, found.year
        )
    except RuleBroken:
        served = None
    return _decision_page(
        _form(found),
        lambda session, draft: operations.update_subsidy(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        found,
        served,
        queries.proposed(served, found.year) if served else None,
        year=found.year,
        back=url_for(".subsidy", record_id=record_id),
        current=lambda: _form(own(AdviserSubsidy, record_id), formdata=None),
    )


def _form(found: AdviserSubsidy, **options: Any) -> DecisionForm:
    form = DecisionForm(data=DecisionForm.values_of(found), **options)
    return form.of(found.year, found.adviser_id, found.village_id)


@bp.route("/subsidies/items/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_subsidy(record_id: int) -> Any:
    """Void a subsidy that was never paid."""
    return void_page(
        AdviserSubsidy,
        record_id,
        name=lambda found: f"{found.adviser.name} {found.year}",
        endpoint="advisers.subsidy",
        back=url_for(".subsidy_records"),
    )


@bp.post("/subsidies/items/<int(max=2147483647):record_id>/restore")
def restore_subsidy(record_id: int) -> Any:
    """Take a void back."""
    back = url_for(".subsidy", record_id=record_id)
    return restored(operations.restore_subsidy, record_id, back)
