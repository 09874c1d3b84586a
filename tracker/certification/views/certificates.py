"""Pages of certificates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.certification import doubts
from tracker.certification.forms.certificates import CertificateForm, NewCertificateForm
from tracker.certification.forms.shared import offer_officers
from tracker.certification.models import Certificate, CertificateTerm
from tracker.certification.operations import certificates as operations
from tracker.certification.queries import certificates as queries
from tracker.certification.register import CERTIFICATES
from tracker.certification.terms import ENDING_DAYS, CertificateCategory, Standing
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.forms import posted_version
from tracker.kernel.i18n import say
from tracker.kernel.lists import listed
from tracker.kernel.tables import facts, shown
from tracker.kernel.web import (
    FilterBar,
    FilterField,
    day_arg,
    page,
    search_field,
    term_arg,
    term_field,
    text_arg,
    voided_field,
    whole_arg,
)
from tracker.rulepacks.queries import rules_of

from .faces import add_photo_url, photos_of
from .shared import (
    LARGEST,
    RESTORED,
    TONES,
    bp,
    carried_out,
    certificate_table,
    standing_label,
    standings_of,
)


@bp.get("/certificates/")
def certificates() -> Any:
    """The list of certificates, those that end first on top."""
    today = clock.today()
    wanted = queries.CertificateFilter(
        today,
        search=text_arg("q"),
        category=term_arg("category", CertificateCategory),
        standing=term_arg("standing", Standing),
        ends=(ends := day_arg("ends")),
        voided=request.args.get("voided") == "1",
    )
    soon = today + timedelta(days=ENDING_DAYS)
    return listed(
        "certification/certificates.html",
        CERTIFICATES,
        queries.find_certificates(viewer().scope, wanted, soon),
        FilterBar(
            [
                search_field(),
                term_field("standing", gettext("状况"), Standing),
                term_field("category", gettext("证件类别"), CertificateCategory),
                FilterField("ends", gettext("有效期止"), "text", ends.isoformat() if ends else ""),
                voided_field(),
            ]
        ),
        certificate_table,
        ending_days=ENDING_DAYS,
    )


@bp.route("/certificates/new", methods=["GET", "POST"])
def new_certificate() -> Any:
    """Enter a certificate with its first term; ``?officer=ID`` names the holder."""
    form = NewCertificateForm(
        data={
            "category": CertificateCategory.ENFORCEMENT,
            "officer_id": whole_arg("officer", 0, 1, LARGEST) or None,
        }
    )
    rules = rules_of(db.session(), viewer().office_id)
    form.follow(rules)
    form.exception_reason.open_to(viewer().scope)
    offer_officers(form.officer_id, db.session(), viewer().office_id)
    if not form.is_submitted() and str(form.officer_id.data) not in dict(form.officer_id.offered):
        form.officer_id.data = None
    return form_page(
        form,
        lambda session, draft: operations.create_certificate(
            session, viewer().office_id, draft, form.term(), clock.today()
        ),
        leading_to(".certificate", ".new_certificate"),
        doubts=lambda _session, _draft: doubts.of_term(rules, form.term()),
        title=gettext("登记证件"),
        back=url_for(".certificates"),
        template="certification/certificate_form.html",
        again=True,
    )


@bp.get("/certificates/<int(max=2147483647):record_id>")
def certificate(record_id: int) -> Any:
    """One certificate with its terms and changes of status."""
    found = seen(Certificate, record_id)
    may_edit = viewer().may_edit(found.office_id)
    standing = standings_of([found]).get(found.id)
    label = standing_label(found, standing)
    return page(
        "certification/certificate.html",
        certificate=found,
        facts=facts(CERTIFICATES, found),
        standing={"text": say(label), "tone": TONES[standing]} if standing and label else None,
        terms=_terms(found, may_edit and not found.is_voided),
        changes=_changes(found, may_edit and not found.is_voided),
        photo=photos_of(db.session(), [found]).get(found.id, ""),
        photo_url=add_photo_url(found) if may_edit and not found.is_voided else "",
        may_edit=may_edit,
    )


def _terms(certificate: Certificate, may_edit: bool) -> dict[str, Any]:
    """The terms, the latest first, with the days between them that none covers."""
    return _parts(
        [
            {"key": "issued_on", "label": gettext("发证日期")},
            {"key": "valid_from_on", "label": gettext("有效期起")},
            {"key": "valid_to_on", "label": gettext("有效期止")},
            {"key": "how", "label": gettext("衔接")},
        ],
        [
            (
                [
                    term.issued_on.isoformat(),
                    term.valid_from.isoformat(),
                    term.valid_to.isoformat(),
                    _how(before, term),
                ],
                url_for(".edit_term", record_id=certificate.id, part_id=term.id),
            )
            for before, term in reversed(_spans(certificate))
        ],
        may_edit,
    )


def _how(before: CertificateTerm | None, term: CertificateTerm) -> dict[str, str]:
    """How a term follows the one before: at once, or after days without cover."""
    if before is None:
        return {"text": gettext("首次发证")}
    gap = (term.valid_from - before.valid_to).days - 1
    if not gap:
        return {"text": gettext("换发，前后相接")}
    first, last = before.valid_to + timedelta(days=1), term.valid_from - timedelta(days=1)
    return {
        "text": gettext("换发，间断 %(days)s 天", days=gap),
        "note": gettext("%(from)s 至 %(to)s", **{"from": first, "to": last}),
        "tone": "warning",
    }


def _spans(certificate: Certificate) -> list[tuple[CertificateTerm | None, CertificateTerm]]:
    """The terms in order, each with the one before it."""
    ordered = sorted(certificate.terms, key=lambda term: term.valid_from)
    return list(zip((None, *ordered), ordered, strict=False))


def _changes(certificate: Certificate, may_edit: bool) -> dict[str, Any]:
    """The changes of status, the latest first."""
    return _parts(
        [
            {"key": "since_on", "label": gettext("起始日期")},
            {"key": "status", "label": gettext("变动")},
            {"key": "reason", "label": gettext("原因"), "wide": True},
        ],
        [
            (
                [shown(change.since), say(change.status.label), change.reason],
                url_for(".edit_status", record_id=certificate.id, part_id=change.id),
            )
            for change in reversed(certificate.status_changes)
        ],
        may_edit,
    )


def _parts(
    columns: list[dict[str, Any]], rows: list[tuple[list[Any], str]], may_edit: bool
) -> dict[str, Any]:
    """A table whose rows lead to their own form where they may be changed."""
    if not may_edit:
        return {"columns": columns, "rows": [{"cells": cells} for cells, _ in rows]}
    change = gettext("修改")
    return {
        "columns": [*columns, {"key": "action", "label": gettext("操作")}],
        "rows": [{"cells": [*cells, {"text": change, "url": url}]} for cells, url in rows],
    }


@bp.route("/certificates/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_certificate(record_id: int) -> Any:
    """Change what stands on a certificate, its terms apart."""
    return form_page(
        _form_of(record_id),
        lambda session, draft: operations.update_certificate(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        leading_to(".certificate"),
        title=gettext("修改证件"),
        back=url_for(".certificate", record_id=record_id),
        current=lambda: _form_of(record_id, formdata=None),
        template="certification/certificate_form.html",
        again=False,
    )


def _form_of(record_id: int, **options: Any) -> CertificateForm:
    found = own(Certificate, record_id)
    form = CertificateForm(data=CertificateForm.values_of(found), **options)
    form.exception_reason.open_to(viewer().scope)
    offer_officers(form.officer_id, db.session(), found.office_id, also=[found.officer])
    return form


@bp.route("/certificates/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_certificate(record_id: int) -> Any:
    """Void a certificate entered by mistake; one taken back gets a change of status instead."""
    return void_page(
        Certificate,
        record_id,
        name=lambda each: f"{each.officer.name} · {each.certificate_number}",
        endpoint="certification.certificate",
        back=url_for(".certificates"),
    )


@bp.post("/certificates/<int(max=2147483647):record_id>/restore")
def restore_certificate(record_id: int) -> Any:
    """Take a void back."""
    return carried_out(
        lambda session, scope: operations.restore_certificate(session, scope, record_id),
        url_for(".certificate", record_id=record_id),
        RESTORED,
    )
