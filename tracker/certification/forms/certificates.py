"""The forms of certificates: what stands on them, their terms, their changes of status."""

from __future__ import annotations

from typing import Any, TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from tracker.certification.drafts import CertificateDraft, StatusDraft, TermDraft
from tracker.certification.models import Certificate, CertificateStatusChange, CertificateTerm
from tracker.certification.terms import CertificateCategory, CertificateStatus
from tracker.kernel.doubts import DoubtingForm
from tracker.kernel.errors import RuleBroken
from tracker.kernel.exception_field import ExceptionReasonField
from tracker.kernel.fields import DayField, LineField, NoteField, RecordField, TermField
from tracker.kernel.forms import RecordForm
from tracker.kernel.period import last_day_of
from tracker.kernel.words import Words
from tracker.rulepacks.rules import Rules

from .shared import CodeField, values_of

D = TypeVar("D")


class CertificateForm(DoubtingForm[CertificateDraft]):
    """What stands on a certificate, its terms apart."""

    officer_id = RecordField(_("持证人"), required=True)
    certificate_number = CodeField(_("证件号"), 60, tight=True, required=True)
    category = TermField(_("证件类别"), CertificateCategory)
    issuer = LineField(_("发证机关"), 100)
    area = LineField(_("执法区域"), 100)
    employer = LineField(_("工作单位"), 100, description=_("照证面填写，例如「某某镇人民政府」"))
    yearly_check = LineField(
        _("年度审验"), 60, description=_("证上已盖的审验年度，例如「2024、2025」")
    )
    exception_reason = ExceptionReasonField()
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
            employer=self.employer.data or "",
            yearly_check=self.yearly_check.data or "",
            exception_reason=self.exception_reason.data or "",
            note=self.note.data or "",
        )


class TermFields(DoubtingForm[D]):
    """The days of one term. The last one may be left to the rule `certificate_years`."""

    issued_on = DayField(_("发证日期"), required=True)
    valid_from = DayField(_("有效期起"), description=_("与发证日期相同的可以不填"))
    valid_to = DayField(_("有效期止"), description=_("证件上最后有效的一天"))

    #: How many years a term has by the office's rule; None without one.
    years: int | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.valid_to.flags.required = True

    def follow(self, rules: Rules) -> None:
        """Let the last day follow from the first where the office has a rule for it."""
        self.years = rules.certificate_years
        if self.years is None:
            return
        self.valid_to.flags.required = False
        self.valid_to.description = gettext(
            "证件上最后有效的一天；留空的按规则填：有效期起满 %(years)s 年的前一天",
            years=self.years,
        )

    def term(self) -> TermDraft:
        """The term as entered.

        :raises RuleBroken: without a last day where no rule says which.
        """
        valid_from = self.valid_from.data or self.issued_on.data
        valid_to = self.valid_to.data
        if valid_to is None and self.years:
            valid_to = last_day_of(valid_from, self.years)
        if valid_to is None:
            raise RuleBroken("valid_to", Words("请填写有效期止", "Enter the last day of validity"))
        return TermDraft(self.issued_on.data, valid_from, valid_to)


class TermForm(TermFields[TermDraft]):
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


class NewCertificateForm(CertificateForm, TermFields[CertificateDraft]):
    """A certificate with its first term."""

    def draft(self) -> CertificateDraft:
        """The certificate as entered.

        :raises RuleBroken: see `TermFields.term`.
        """
        self.term()
        return super().draft()


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
