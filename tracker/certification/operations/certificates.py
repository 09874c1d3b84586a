"""Writes of certificates: terms and changes of status included."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.certification.drafts import CertificateDraft, StatusDraft, TermDraft
from tracker.certification.models import (
    Certificate,
    CertificateStatusChange,
    CertificateTerm,
    Officer,
)
from tracker.certification.terms import CertificateCategory
from tracker.kernel import records
from tracker.kernel.errors import RecordMissing, RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .pass_rules import require_passed


def create_certificate(
    session: Session,
    office_id: int,
    draft: CertificateDraft,
    term: TermDraft,
    today: date,
    change: StatusDraft | None = None,
) -> Certificate:
    """Enter a certificate with its first term, and with a change of status where one is known.

    :raises RuleBroken: when the number is taken, the officer is not the office's, has not passed
        the exams (see `require_passed`), or the term or the change is unsound (see
        `_require_term`, `_require_status`).
    """
    _require_free_number(session, office_id, draft.certificate_number, None)
    _require_officer(session, office_id, draft.officer_id)
    certificate = Certificate(office_id=office_id)
    _require_term(certificate, term, None, today)
    _fill(certificate, draft)
    certificate.terms.append(_new_term(office_id, term))
    if change is not None:
        _require_status(certificate, change, today)
        certificate.status_changes.append(_new_change(office_id, change))
    require_passed(session, certificate)
    records.add_new(session, certificate, term.issued_on)
    return certificate


def update_certificate(
    session: Session,
    scope: Scope,
    certificate_id: int,
    draft: CertificateDraft,
    version: int | None,
) -> Certificate:
    """Change what stands on a certificate, its terms apart.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: when the number is taken, the officer is not the office's, or another
        officer or category needs passes that are not there (see `require_passed`).
    """
    certificate = records.find_to_write(session, Certificate, certificate_id, scope, version)
    before = _about_passes(certificate)
    if not certificate.is_voided:
        _require_free_number(
            session, certificate.office_id, draft.certificate_number, certificate.id
        )
    if draft.officer_id != certificate.officer_id:
        _require_officer(session, certificate.office_id, draft.officer_id)
    _fill(certificate, draft)
    _ask_again(session, certificate, before)
    records.sign(session, certificate)
    return certificate


def restore_certificate(session: Session, scope: Scope, certificate_id: int) -> Certificate:
    """Take a void back.

    :raises RecordMissing: see `records.find_to_write`.
    :raises RuleBroken: when the number was given to another certificate meanwhile.
    """
    certificate = records.find_to_write(session, Certificate, certificate_id, scope, None)
    _require_free_number(
        session, certificate.office_id, certificate.certificate_number, certificate.id
    )
    records.unvoid(session, certificate)
    return certificate


def add_term(
    session: Session,
    scope: Scope,
    certificate_id: int,
    draft: TermDraft,
    version: int | None,
    today: date,
) -> Certificate:
    """换发: give a certificate a further term.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_term`; of a term before the first, `require_passed` too.
    """
    certificate = records.find_to_write(session, Certificate, certificate_id, scope, version)
    before = _about_passes(certificate)
    _require_term(certificate, draft, None, today)
    certificate.terms.append(_new_term(certificate.office_id, draft))
    _ask_again(session, certificate, before)
    records.sign(session, certificate)
    return certificate


def update_term(
    session: Session,
    scope: Scope,
    certificate_id: int,
    term_id: int,
    draft: TermDraft,
    version: int | None,
    today: date,
) -> Certificate:
    """Correct a term.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_term`; where the first issue moves, `require_passed` too.
    """
    certificate = records.find_to_write(session, Certificate, certificate_id, scope, version)
    before = _about_passes(certificate)
    term = term_of(certificate, term_id)
    _require_term(certificate, draft, term, today)
    term.issued_on, term.valid_from, term.valid_to = (
        draft.issued_on,
        draft.valid_from,
        draft.valid_to,
    )
    _ask_again(session, certificate, before)
    records.sign(session, certificate)
    return certificate


def remove_term(session: Session, scope: Scope, certificate_id: int, term_id: int) -> Certificate:
    """Take away a term that was entered by mistake; the change log keeps it.

    :raises RecordMissing: when there is none.
    :raises RuleBroken: for the only one: a certificate without a term is voided instead; where the
        first issue moves, `require_passed` too.
    """
    certificate = records.find_to_write(session, Certificate, certificate_id, scope, None)
    before = _about_passes(certificate)
    term = term_of(certificate, term_id)
    if len(certificate.terms) == 1:
        raise RuleBroken(
            "",
            Words(
                "证件至少要有一期有效期；整本登错的请作废这本证件",
                "A certificate needs a term; void the certificate if all of it is wrong",
            ),
        )
    certificate.terms.remove(term)
    _ask_again(session, certificate, before)
    records.sign(session, certificate)
    return certificate


def add_status(
    session: Session,
    scope: Scope,
    certificate_id: int,
    draft: StatusDraft,
    version: int | None,
    today: date,
) -> Certificate:
    """Note that a certificate was held, returned, … or is valid again.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_status`.
    """
    certificate = records.find_to_write(session, Certificate, certificate_id, scope, version)
    _require_status(certificate, draft, today)
    certificate.status_changes.append(_new_change(certificate.office_id, draft))
    records.sign(session, certificate)
    return certificate


def update_status(
    session: Session,
    scope: Scope,
    certificate_id: int,
    change_id: int,
    draft: StatusDraft,
    version: int | None,
    today: date,
) -> Certificate:
    """Correct a change of status.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_status`.
    """
    certificate = records.find_to_write(session, Certificate, certificate_id, scope, version)
    change = change_of(certificate, change_id)
    _require_status(certificate, draft, today)
    change.status, change.since, change.reason = draft.status, draft.since, draft.reason
    records.sign(session, certificate)
    return certificate


def remove_status(
    session: Session, scope: Scope, certificate_id: int, change_id: int
) -> Certificate:
    """Take away a change of status that was entered by mistake; the change log keeps it.

    :raises RecordMissing: when there is none.
    """
    certificate = records.find_to_write(session, Certificate, certificate_id, scope, None)
    certificate.status_changes.remove(change_of(certificate, change_id))
    records.sign(session, certificate)
    return certificate


def term_of(certificate: Certificate, term_id: int) -> CertificateTerm:
    """One of a certificate's terms.

    :raises RecordMissing: when it has none of this id.
    """
    for term in certificate.terms:
        if term.id == term_id:
            return term
    raise RecordMissing


def change_of(certificate: Certificate, change_id: int) -> CertificateStatusChange:
    """One of a certificate's changes of status.

    :raises RecordMissing: when it has none of this id.
    """
    for change in certificate.status_changes:
        if change.id == change_id:
            return change
    raise RecordMissing


def _new_term(office_id: int, draft: TermDraft) -> CertificateTerm:
    return CertificateTerm(
        office_id=office_id,
        issued_on=draft.issued_on,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
    )


def _new_change(office_id: int, draft: StatusDraft) -> CertificateStatusChange:
    return CertificateStatusChange(
        office_id=office_id, status=draft.status, since=draft.since, reason=draft.reason
    )


def _fill(certificate: Certificate, draft: CertificateDraft) -> None:
    certificate.officer_id = draft.officer_id
    certificate.certificate_number = draft.certificate_number
    certificate.category = draft.category
    certificate.issuer = draft.issuer
    certificate.area = draft.area
    certificate.employer = draft.employer
    certificate.yearly_check = draft.yearly_check
    certificate.note = draft.note
    certificate.exception_reason = draft.exception_reason


def _about_passes(certificate: Certificate) -> tuple[int, CertificateCategory, date | None, str]:
    """What `require_passed` looks at."""
    reason = certificate.exception_reason
    return (certificate.officer_id, certificate.category, certificate.first_issue, reason)


def _ask_again(
    session: Session,
    certificate: Certificate,
    before: tuple[int, CertificateCategory, date | None, str],
) -> None:
    """Ask for the passes where the change made it another question: a card that was entered under
    an earlier rule can still be corrected."""
    if not certificate.is_voided and _about_passes(certificate) != before:
        require_passed(session, certificate)


def _require_term(
    certificate: Certificate, draft: TermDraft, own: CertificateTerm | None, today: date
) -> None:
    """What a term must be.

    :raises RuleBroken: see `require_days`; or when it shares a day with another term of the
        certificate.
    """
    require_days(draft, today)
    for other in certificate.terms:
        if other is own:
            continue
        if draft.valid_from <= other.valid_to and other.valid_from <= draft.valid_to:
            raise RuleBroken(
                "valid_from",
                Words(
                    "与已有的有效期 {start} 至 {end} 重叠，请核对",
                    "This overlaps the term from {start} to {end}; please check",
                ).fill(start=other.valid_from, end=other.valid_to),
            )


def require_days(draft: TermDraft, today: date) -> None:
    """What the days of any term must be.

    :raises RuleBroken: when it ends before it begins, or was issued after its end or on a day to
        come.
    """
    if draft.valid_to <= draft.valid_from:
        raise RuleBroken(
            "valid_to",
            Words(
                "有效期止必须晚于有效期起，请核对",
                "The last day of validity must come after the first",
            ),
        )
    if draft.issued_on > today:
        raise RuleBroken(
            "issued_on",
            Words("发证日期不能在今天之后", "The day of issue cannot be still to come"),
        )
    if draft.issued_on > draft.valid_to:
        raise RuleBroken(
            "issued_on",
            Words(
                "发证日期不能晚于有效期止，请核对",
                "The day of issue cannot come after the last day of validity",
            ),
        )


def _require_status(certificate: Certificate, draft: StatusDraft, today: date) -> None:
    """What a change of status must be.

    :raises RuleBroken: when its day is still to come or lies before the certificate.
    """
    if draft.since > today:
        raise RuleBroken(
            "since", Words("起始日期不能在今天之后", "The day cannot be still to come")
        )
    begin = min(min(term.issued_on, term.valid_from) for term in certificate.terms)
    if draft.since < begin:
        raise RuleBroken(
            "since",
            Words(
                "起始日期不能早于证件发放日 {day}", "The day cannot come before the issue on {day}"
            ).fill(day=begin),
        )


def _require_officer(session: Session, office_id: int, officer_id: int) -> None:
    found = session.scalar(
        select(Officer.id).where(
            Officer.office_id == office_id,
            Officer.id == officer_id,
            Officer.voided_at.is_(None),
        )
    )
    if found is None:
        raise RuleBroken(
            "officer_id", Words("请从列表中选择持证人", "Choose the holder from the list")
        )


def _require_free_number(session: Session, office_id: int, number: str, own_id: int | None) -> None:
    taken = session.scalar(
        select(Certificate.id).where(
            Certificate.office_id == office_id,
            Certificate.certificate_number == number,
            Certificate.voided_at.is_(None),
        )
    )
    if taken is not None and taken != own_id:
        raise RuleBroken(
            "certificate_number",
            Words(
                "证件号 {number} 已登记；同一本证换发新有效期的，请在该证页面点「换发」",
                "Certificate {number} is already entered; to renew it, add a term on its page",
            ).fill(number=number),
        )
