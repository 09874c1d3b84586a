"""Pages of advisers and of the firms they come from."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.advisers import operations, queries, register
from tracker.advisers.forms import AdviserForm, FirmForm
from tracker.advisers.models import Adviser, LawFirm
from tracker.advisers.terms import AdviserIdentity, Duty, FirmKind
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.forms import posted_version
from tracker.kernel.lists import listed
from tracker.kernel.register import Column, joined
from tracker.kernel.tables import facts, table
from tracker.kernel.web import (
    FilterBar,
    page,
    paged,
    search_field,
    term_arg,
    term_field,
    voided_field,
)
from tracker.kernel.words import Words
from tracker.rulepacks.queries import rules_by_office

from .chains import chain_table
from .shared import bp, id_arg, keep_offered, restored, wanted

#: So many of an adviser's visits stand on their page.
LATEST = 10


@bp.get("/")
def advisers() -> Any:
    """The list of advisers, with the villages each serves today."""
    filters = FilterBar(
        [
            search_field(),
            term_field("identity", gettext("身份"), AdviserIdentity),
            term_field("duty", gettext("在任情况"), Duty),
            voided_field(),
        ]
    )
    narrowed = wanted(identity=term_arg("identity", AdviserIdentity), duty=term_arg("duty", Duty))
    return listed(
        "advisers/advisers.html",
        register.ADVISERS,
        queries.find_advisers(viewer().scope, narrowed),
        filters,
        _adviser_table,
    )


def _adviser_table(found: Any) -> dict[str, Any]:
    """Advisers with what each has in hand today: villages against the rule, the next end."""
    session, scope = db.session(), viewer().scope
    rules = rules_by_office(session, scope.office_ids)
    loads = queries.load_of(session, list(found), clock.today(), rules)
    columns = (
        *register.ADVISERS.list_columns,
        Column(
            "villages",
            Words("现服务村（社区）", "Villages served now"),
            lambda adviser: joined(list(loads[adviser.id].villages)),
            "long",
        ),
        Column("load", Words("村数／上限", "Villages / most"), lambda _adviser: ""),
        Column(
            "next_end_date",
            Words("最近到期", "Next end"),
            lambda adviser: loads[adviser.id].ends_on,
            "date",
        ),
    )
    shown = table(columns, found, lambda adviser: url_for(".adviser", record_id=adviser.id))
    for row, adviser in zip(shown["rows"], found, strict=True):
        row["cells"][len(columns) - 2] = _against(loads[adviser.id])
    return shown


def _against(load: queries.Load) -> dict[str, str]:
    number = str(len(load.villages))
    text = number if load.most is None else f"{number}／{load.most}"
    beyond = load.is_beyond
    return {
        "text": gettext("%(load)s 超出规则", load=text) if beyond else text,
        "tone": "warning" if beyond else "",
    }


@bp.route("/new", methods=["GET", "POST"])
def new_adviser() -> Any:
    """Enter an adviser."""
    form = AdviserForm(data={"identity": AdviserIdentity.LAWYER, "firm_id": id_arg("firm")})
    form.offer(db.session(), viewer().scope)
    keep_offered(form, "firm_id")
    return form_page(
        form,
        lambda session, draft: operations.create_adviser(session, viewer().office_id, draft),
        lambda adviser: (
            url_for(".new_adviser", firm=adviser.firm_id)
            if "again" in request.form
            else url_for(".adviser", record_id=adviser.id)
        ),
        title=gettext("新增法律顾问"),
        back=url_for(".advisers"),
        again=True,
    )


@bp.get("/<int(max=2147483647):record_id>")
def adviser(record_id: int) -> Any:
    """One adviser, whom they served and when, and their latest visits."""
    found = seen(Adviser, record_id)
    session, scope = db.session(), viewer().scope
    narrowed = queries.Wanted(clock.today(), adviser_id=record_id)
    visits = session.scalars(queries.find_visits(scope, narrowed).limit(LATEST)).all()
    return page(
        "advisers/adviser.html",
        adviser=found,
        facts=facts(register.ADVISERS, found),
        chains=chain_table(queries.chains_of_adviser(session, scope, record_id)),
        visits=table(
            [column for column in register.VISITS.list_columns if column.key != "adviser"],
            visits,
            lambda visit: url_for(".visit", record_id=visit.id),
        ),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_adviser(record_id: int) -> Any:
    """Change an adviser."""
    return form_page(
        _adviser_form(record_id),
        lambda session, draft: operations.update_adviser(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        leading_to(".adviser"),
        title=gettext("修改法律顾问"),
        back=url_for(".adviser", record_id=record_id),
        current=lambda: _adviser_form(record_id, formdata=None),
    )


def _adviser_form(record_id: int, **options: Any) -> AdviserForm:
    found = own(Adviser, record_id)
    form = AdviserForm(data=AdviserForm.values_of(found), **options)
    form.offer(db.session(), viewer().scope, found)
    return form


@bp.route("/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_adviser(record_id: int) -> Any:
    """Void an adviser who was entered by mistake; their assignments no longer serve."""
    return void_page(
        Adviser,
        record_id,
        name=lambda adviser: adviser.name,
        endpoint="advisers.adviser",
        back=url_for(".advisers"),
    )


@bp.post("/<int(max=2147483647):record_id>/restore")
def restore_adviser(record_id: int) -> Any:
    """Take a void back."""
    back = url_for(".adviser", record_id=record_id)
    return restored(operations.restore_adviser, record_id, back)


@bp.get("/firms/")
def firms() -> Any:
    """The list of firms."""
    return listed(
        "advisers/firms.html",
        register.FIRMS,
        queries.find_firms(viewer().scope, wanted()),
        FilterBar([search_field(), voided_field()]),
        lambda rows: table(
            register.FIRMS.list_columns,
            rows,
            lambda firm: url_for(".firm", record_id=firm.id),
        ),
    )


@bp.route("/firms/new", methods=["GET", "POST"])
def new_firm() -> Any:
    """Enter a firm."""
    return form_page(
        FirmForm(data={"kind": FirmKind.LAW_FIRM}),
        lambda session, draft: operations.create_firm(session, viewer().office_id, draft),
        leading_to(".firm", ".new_firm"),
        title=gettext("新增执业机构"),
        back=url_for(".firms"),
        again=True,
    )


@bp.get("/firms/<int(max=2147483647):record_id>")
def firm(record_id: int) -> Any:
    """One firm and its advisers."""
    found = seen(LawFirm, record_id)
    narrowed = queries.Wanted(clock.today(), firm_id=record_id)
    under = paged(queries.find_advisers(viewer().scope, narrowed))
    return page(
        "advisers/firm.html",
        firm=found,
        facts=facts(register.FIRMS, found),
        found=under,
        table=_adviser_table(under.rows),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/firms/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_firm(record_id: int) -> Any:
    """Change a firm."""
    return form_page(
        _firm_form(record_id),
        lambda session, draft: operations.update_firm(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        leading_to(".firm"),
        title=gettext("修改执业机构"),
        back=url_for(".firm", record_id=record_id),
        current=lambda: _firm_form(record_id, formdata=None),
    )


def _firm_form(record_id: int, **options: Any) -> FirmForm:
    return FirmForm(data=FirmForm.values_of(own(LawFirm, record_id)), **options)


@bp.route("/firms/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_firm(record_id: int) -> Any:
    """Void a firm; its advisers stay as they are."""
    return void_page(
        LawFirm,
        record_id,
        name=lambda firm: firm.name,
        endpoint="advisers.firm",
        back=url_for(".firms"),
    )


@bp.post("/firms/<int(max=2147483647):record_id>/restore")
def restore_firm(record_id: int) -> Any:
    """Take a void back."""
    return restored(operations.restore_firm, record_id, url_for(".firm", record_id=record_id))
