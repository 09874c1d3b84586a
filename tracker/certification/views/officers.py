"""Pages of officers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.certification.forms.officers import MORE_FIELDS, OfficerForm
from tracker.certification.models import Officer
from tracker.certification.operations import officers as operations
from tracker.certification.queries import certificates as certificate_queries
from tracker.certification.queries import exams, trainings
from tracker.certification.queries import officers as queries
from tracker.certification.register import OFFICERS, RESULTS, TRAININGS
from tracker.certification.terms import EstablishmentKind
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.forms import posted_version
from tracker.kernel.lists import listed
from tracker.kernel.tables import facts, shown, table
from tracker.kernel.web import (
    FilterBar,
    FilterField,
    page,
    paged,
    search_field,
    term_arg,
    term_field,
    text_arg,
    voided_field,
)

from .shared import RESTORED, bp, carried_out, certificate_table

_EXAM_COLUMNS = ("sitting", "held_on", "purpose", "general_result", "special_result", "overall")
_TRAINING_COLUMNS = ("title", "held_on", "kind", "hours")


@bp.get("/officers/")
def officers() -> Any:
    """The list of officers, with who holds a valid certificate today."""
    wanted = queries.OfficerFilter(
        clock.today(),
        search=text_arg("q"),
        establishment=term_arg("establishment", EstablishmentKind),
        post=text_arg("post"),
        certificate=text_arg("certificate"),
        voided=request.args.get("voided") == "1",
    )
    return listed(
        "certification/officers.html",
        OFFICERS,
        queries.find_officers(viewer().scope, wanted),
        FilterBar(
            [
                search_field(),
                _choice("post", gettext("岗位"), _posts()),
                term_field("establishment", gettext("编制类别"), EstablishmentKind),
                _choice("certificate", gettext("有效证件"), _holdings()),
                voided_field(),
            ]
        ),
        _officer_table,
        this_year=clock.today().year,
    )


def _officer_table(found: Sequence[Officer]) -> dict[str, Any]:
    """Officers with whether each holds a valid certificate today."""
    holders = queries.holders_among(db.session(), [o.id for o in found], clock.today())
    shown_table = table(
        OFFICERS.list_columns, found, lambda each: url_for(".officer", record_id=each.id)
    )
    shown_table["columns"].append({"key": "certificate", "label": gettext("有效证件")})
    for row, officer in zip(shown_table["rows"], found, strict=True):
        row["cells"].append(_certificate_cell(officer, officer.id in holders))
        if officer.post_until is not None:
            left = gettext("%(day)s 离岗", day=officer.post_until)
            row["cells"][0] = {"text": row["cells"][0], "note": left}
    return shown_table


def _certificate_cell(officer: Officer, holds: bool) -> dict[str, str]:
    if holds:
        return {"text": gettext("有"), "tone": "success"}
    needed = officer.enforcement_post and (
        officer.post_until is None or officer.post_until > clock.today()
    )
    return {"text": gettext("无"), "tone": "warning" if needed else "muted"}


def _posts() -> list[tuple[str, str]]:
    return [
        ("enforcement", gettext("在执法岗位")),
        ("other", gettext("在其他岗位")),
        ("left", gettext("已离岗")),
    ]


def _holdings() -> list[tuple[str, str]]:
    return [("valid", gettext("有")), ("none", gettext("无"))]


def _choice(name: str, label: str, choices: list[tuple[str, str]]) -> FilterField:
    chosen = text_arg(name)
    value = chosen if chosen in dict(choices) else ""
    return FilterField(name, label, "select", value, [("", gettext("全部")), *choices])


@bp.route("/officers/new", methods=["GET", "POST"])
def new_officer() -> Any:
    """Enter an officer."""
    form = OfficerForm(data={"establishment": EstablishmentKind.ADMINISTRATIVE})
    return form_page(
        form,
        lambda session, draft: operations.create_officer(session, viewer().office_id, draft),
        leading_to(".officer", ".new_officer"),
        title=gettext("新增干部职工"),
        back=url_for(".officers"),
        template="certification/officer_form.html",
        more=MORE_FIELDS,
        again=True,
    )


@bp.get("/officers/<int(max=2147483647):record_id>")
def officer(record_id: int) -> Any:
    """One officer with their exams, certificates and trainings.

    Who has left with a certificate that is still valid is asked for its return, first of all after
    the day of leaving was saved, which leads here.
    """
    session = db.session()
    found = seen(Officer, record_id)
    registrations = session.scalars(exams.registrations_of_officer(found)).all()
    wanted = certificate_queries.CertificateFilter(clock.today(), officer_id=found.id)
    held = session.scalars(
        certificate_queries.find_certificates(viewer().scope, wanted, clock.today())
    ).all()
    attended = paged(trainings.trainings_of_officer(found))
    return page(
        "certification/officer.html",
        officer=found,
        facts=facts(OFFICERS, found),
        exams=table(
            [RESULTS.column(key) for key in _EXAM_COLUMNS],
            registrations,
            lambda each: url_for(".registration", record_id=each.id),
        ),
        certificates=certificate_table(held, left_out=("officer",)),
        years=[
            (str(each.year), str(each.trainings), shown(each.hours))
            for each in trainings.training_years(session, found)
        ],
        found=attended,
        trainings=table(
            [TRAININGS.column(key) for key in _TRAINING_COLUMNS],
            attended.rows,
            lambda each: url_for(".training", record_id=each.id),
        ),
        to_return=session.scalars(certificate_queries.to_return_of(found, clock.today())).all(),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/officers/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_officer(record_id: int) -> Any:
    """Change an officer: another post, the day they left."""
    form = _form_of(record_id)
    return form_page(
        form,
        lambda session, draft: operations.update_officer(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        leading_to(".officer"),
        title=gettext("修改干部职工"),
        back=url_for(".officer", record_id=record_id),
        current=lambda: _form_of(record_id, formdata=None),
        template="certification/officer_form.html",
        more=MORE_FIELDS,
        again=False,
    )


def _form_of(record_id: int, **options: Any) -> OfficerForm:
    return OfficerForm(data=OfficerForm.values_of(own(Officer, record_id)), **options)


@bp.route("/officers/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_officer(record_id: int) -> Any:
    """Void an officer entered by mistake; one who left gets the day instead."""
    return void_page(
        Officer,
        record_id,
        name=lambda officer: officer.name,
        endpoint="certification.officer",
        back=url_for(".officers"),
    )


@bp.post("/officers/<int(max=2147483647):record_id>/restore")
def restore_officer(record_id: int) -> Any:
    """Take a void back."""
    return carried_out(
        lambda session, scope: operations.restore_officer(session, scope, record_id),
        url_for(".officer", record_id=record_id),
        RESTORED,
    )
