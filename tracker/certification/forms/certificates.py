"""The forms of certificates: what stands on them, their terms, their changes of status."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from tracker.certification.drafts import CertificateDraft, StatusDraft, TermDraft
from tracker.certification.models import Certificate, CertificateStatusChange, CertificateTerm
from tracker.certification.terms import CertificateCategory, CertificateStatus
from tracker.kernel.fields import DayField, LineField, NoteField, RecordField, TermField
from tracker.kernel.forms import RecordForm

from .shared import CodeField, values_of


class CertificateForm(RecordForm[CertificateDraft]):
    """What stands on a certificate, its terms apart."""

    officer_id = RecordField(_("持证人"), required=True)
    certificate_number = CodeField(_("证件号"), 60, tight=True, required=True)
    category = TermField(_("证件类别"), CertificateCategory)
    issuer = LineField(_("发证机关"), 100)
    area = LineField(_("执法区域"), 100)
    note = NoteField(_("备注"), 2000)

    @staticmethod
    def values_of(certificate: Certificate) -> dict[str, Any]:
        """A certificate as the form shows it."""
        return values_of(certificate, CertificateDraft)

    def draft(self) -> CertificateDraft:
        """The certificate as entered."""
        return CertificateDraft(
            officer_id=self.officer_id.data,
            certificate_number=self.certificate_number.data or "",
            category=self.category.data,
            issuer=self.issuer.data or "",
            area=self.area.data or "",
            note=self.note.data or "",
        )


class _TermFields(RecordForm[Any]):
    """The days of one term."""

    issued_on = DayField(_("发证日期"), required=True)
    valid_from = DayField(_("有效期起"), description=_("与发证日期相同的可以不填"))
    valid_to = DayField(_("有效期止"), required=True, description=_("证件上最后有效的一天"))

    def term(self) -> TermDraft:
        """The term as entered."""
        return TermDraft(
            issued_on=self.issued_on.data,
            valid_from=self.valid_from.data or self.issued_on.data,
            valid_to=self.valid_to.data,
        )


class TermForm(_TermFields):
    """One term of a certificate."""

    @staticmethod
    def values_of(certificate: Certificate, term: CertificateTerm | None) -> dict[str, Any]:
        """A term as the form shows it; a new one is empty."""
        names = TermDraft.__dataclass_fields__ if term is not None else ()
        return {
            "version": str(certificate.version),
            **{name: getattr(term, name) for name in names},
        }

    def draft(self) -> TermDraft:
        return self.term()


class NewCertificateForm(CertificateForm, _TermFields):
    """A certificate with its first term."""


class StatusForm(RecordForm[StatusDraft]):
    """A change of a certificate's status."""

    # Not «status», which is the page's.
    change = TermField(_("变动"), CertificateStatus)
    since = DayField(_("起始日期"), required=True, description=_("从这一天起按新状态计"))
    reason = LineField(_("原因"), 200, required=True)

    @staticmethod
    def values_of(
        certificate: Certificate, change: CertificateStatusChange | None
    ) -> dict[str, Any]:
        """A change as the form shows it; a new one is empty."""
        values: dict[str, Any] = {"version": str(certificate.version)}
        if change is not None:
            values |= {"change": change.status, "since": change.since, "reason": change.reason}
        return values

    def draft(self) -> StatusDraft:
        """The change as entered."""
        return StatusDraft(
            status=self.change.data, since=self.since.data, reason=self.reason.data or ""
        )
