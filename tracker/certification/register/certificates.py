"""The ledger of certificates."""

from __future__ import annotations

from collections.abc import Callable

from tracker.certification import heads
from tracker.certification.models import Certificate
from tracker.certification.queries.certificates import certificates_of_period
from tracker.certification.terms import CertificateCategory, CertificateStatus
from tracker.kernel.register import EXCEPTION, Column, Register, Value, known_as
from tracker.kernel.words import Words


def _latest(field: str) -> Callable[[Certificate], Value]:
    """Reads one day of the term that runs the longest."""

    def read(certificate: Certificate) -> Value:
        term = certificate.latest_term
        day: Value = getattr(term, field) if term else None
        return day

    return read


def _change(field: str) -> Callable[[Certificate], Value]:
    """Reads one part of the latest change of status."""

    def read(certificate: Certificate) -> Value:
        change = certificate.latest_change
        value: Value = getattr(change, field) if change else None
        return value

    return read


CERTIFICATES = Register(
    key="certificates",
    label=Words("执法证件", "Certificates"),
    title=Words("行政执法证件台账", "ledger of certificates"),
    model=Certificate,
    of_period=certificates_of_period,
    path="/certification/certificates/{id}",
    columns=known_as(
        heads.CERTIFICATES,
        Column(
            "officer",
            Words("持证人", "Holder"),
            lambda c: c.officer.name,
            in_list=True,
            width=12,
            required=True,
        ),
        Column(
            "certificate_number",
            Words("证件号", "Certificate number"),
            lambda c: c.certificate_number,
            in_list=True,
            width=20,
            as_text=True,
            required=True,
        ),
        Column("number", Words("编号", "Number"), lambda c: c.number, width=14),
        Column(
            "category",
            Words("证件类别", "Category"),
            lambda c: c.category,
            "term",
            in_list=True,
            width=14,
            term=CertificateCategory,
        ),
        Column("issuer", Words("发证机关", "Issuer"), lambda c: c.issuer, width=18),
        Column("area", Words("执法区域", "Area"), lambda c: c.area, width=14),
        Column("employer", Words("工作单位", "Unit"), lambda c: c.employer, width=18),
        Column(
            "issued_on",
            Words("发证日期", "Issued on"),
            _latest("issued_on"),
            "date",
            in_list=True,
            width=14,
            required=True,
        ),
        Column(
            "valid_from", Words("有效期起", "Valid from"), _latest("valid_from"), "date", width=14
        ),
        Column(
            "valid_to",
            Words("有效期止", "Valid to"),
            _latest("valid_to"),
            "date",
            in_list=True,
            width=14,
            required=True,
        ),
        Column(
            "status",
            Words("最近状态变动", "Latest change of status"),
            _change("status"),
            "term",
            width=12,
            term=CertificateStatus,
        ),
        Column("since", Words("变动日期", "Changed on"), _change("since"), "date", width=14),
        Column("reason", Words("变动原因", "Reason"), _change("reason"), width=18),
        Column(
            "yearly_check", Words("年度审验", "Yearly checks"), lambda c: c.yearly_check, width=14
        ),
        EXCEPTION,
        Column("note", Words("备注", "Note"), lambda c: c.note, "long", width=24),
    ),
)
