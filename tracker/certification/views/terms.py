"""Pages of a certificate's parts: its terms and its changes of status."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own
from tracker.accounts.viewer import viewer
from tracker.certification import doubts
from tracker.certification.forms.certificates import StatusForm, TermForm
from tracker.certification.models import Certificate
from tracker.certification.operations import certificates as operations
from tracker.certification.terms import CertificateStatus
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.forms import posted_version
from tracker.kernel.web import term_arg
from tracker.kernel.words import Words
from tracker.rulepacks.queries import rules_of

from .shared import bp, carried_out

_REMOVED = Words("已删除，修改记录里仍可查到。", "Removed; the change log still shows it.")
_CERTIFICATE = "/certificates/<int(max=2147483647):record_id>"
_PART = "<int(max=2147483647):part_id>"


def _lead(certificate: Certificate) -> str:
    return f"{certificate.officer.name} · {certificate.certificate_number}"


def _next_term(certificate: Certificate) -> dict[str, Any]:
    """What a renewal most likely begins with: issued today, valid from the day after the last one
    where that still runs."""
    today, latest = clock.today(), certificate.latest_term
    if latest is None or latest.valid_to < today:
        return {"issued_on": today}
    return {"issued_on": today, "valid_from": latest.valid_to + timedelta(days=1)}


@bp.route(f"{_CERTIFICATE}/terms/new", methods=["GET", "POST"])
def new_term(record_id: int) -> Any:
    """换发: a further term."""
    found = own(Certificate, record_id)
    rules = rules_of(db.session(), found.office_id)
    form = TermForm(data=TermForm.values_of(found, None) | _next_term(found))
    form.follow(rules)
    return form_page(
        form,
        lambda session, draft: operations.add_term(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        leading_to(".certificate"),
        doubts=lambda _session, draft: doubts.of_term(rules, draft),
        title=gettext("换发证件"),
        back=url_for(".certificate", record_id=record_id),
        current=lambda: TermForm(
            formdata=None, data=TermForm.values_of(own(Certificate, record_id), None)
        ),
        template="certification/part_form.html",
        lead=_lead(found),
        remove_url="",
    )


@bp.route(f"{_CERTIFICATE}/terms/{_PART}/edit", methods=["GET", "POST"])
def edit_term(record_id: int, part_id: int) -> Any:
    """Correct a term."""
    found = own(Certificate, record_id)
    term = operations.term_of(found, part_id)

    def current() -> TermForm:
        now = own(Certificate, record_id)
        values = TermForm.values_of(now, operations.term_of(now, part_id))
        return TermForm(formdata=None, data=values)

    rules = rules_of(db.session(), found.office_id)
    form = TermForm(data=TermForm.values_of(found, term))
    form.follow(rules)
    return form_page(
        form,
        lambda session, draft: operations.update_term(
            session, viewer().scope, record_id, part_id, draft, posted_version(), clock.today()
        ),
        leading_to(".certificate"),
        doubts=lambda _session, draft: doubts.of_term(rules, draft),
        title=gettext("修改有效期"),
        back=url_for(".certificate", record_id=record_id),
        current=current,
        template="certification/part_form.html",
        lead=_lead(found),
        remove_url=(
            url_for(".remove_term", record_id=record_id, part_id=part_id)
            if len(found.terms) > 1
            else ""
        ),
    )


@bp.post(f"{_CERTIFICATE}/terms/{_PART}/remove")
def remove_term(record_id: int, part_id: int) -> Any:
    """Take away a term entered by mistake."""
    return carried_out(
        lambda session, scope: operations.remove_term(session, scope, record_id, part_id),
        url_for(".certificate", record_id=record_id),
        _REMOVED,
    )


def _left(certificate: Certificate) -> dict[str, Any]:
    """The day and the reason of a return, where the holder has left since the issue."""
    officer, issued = certificate.officer, certificate.first_issue
    until = officer.post_until
    if until is None or issued is None or not issued <= until <= clock.today():
        return {}
    return {"since": until, "reason": officer.leave_reason}


@bp.route(f"{_CERTIFICATE}/status/new", methods=["GET", "POST"])
def new_status(record_id: int) -> Any:
    """Note that a certificate was held, returned, … or is valid again; ``?change=`` names which."""
    found = own(Certificate, record_id)
    change = term_arg("change", CertificateStatus)
    values = StatusForm.values_of(found, None) | {"change": change, "since": clock.today()}
    if change is CertificateStatus.RETURNED:
        values |= _left(found)
    return form_page(
        StatusForm(data=values),
        lambda session, draft: operations.add_status(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        leading_to(".certificate"),
        title=gettext("登记状态变动"),
        back=url_for(".certificate", record_id=record_id),
        current=lambda: StatusForm(
            formdata=None, data=StatusForm.values_of(own(Certificate, record_id), None)
        ),
        template="certification/part_form.html",
        lead=_lead(found),
        remove_url="",
    )


@bp.route(f"{_CERTIFICATE}/status/{_PART}/edit", methods=["GET", "POST"])
def edit_status(record_id: int, part_id: int) -> Any:
    """Correct a change of status."""
    found = own(Certificate, record_id)
    change = operations.change_of(found, part_id)

    def current() -> StatusForm:
        now = own(Certificate, record_id)
        values = StatusForm.values_of(now, operations.change_of(now, part_id))
        return StatusForm(formdata=None, data=values)

    return form_page(
        StatusForm(data=StatusForm.values_of(found, change)),
        lambda session, draft: operations.update_status(
            session, viewer().scope, record_id, part_id, draft, posted_version(), clock.today()
        ),
        leading_to(".certificate"),
        title=gettext("修改状态变动"),
        back=url_for(".certificate", record_id=record_id),
        current=current,
        template="certification/part_form.html",
        lead=_lead(found),
        remove_url=url_for(".remove_status", record_id=record_id, part_id=part_id),
    )


@bp.post(f"{_CERTIFICATE}/status/{_PART}/remove")
def remove_status(record_id: int, part_id: int) -> Any:
    """Take away a change of status entered by mistake."""
    return carried_out(
        lambda session, scope: operations.remove_status(session, scope, record_id, part_id),
        url_for(".certificate", record_id=record_id),
        _REMOVED,
    )
