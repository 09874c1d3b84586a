"""The rule «no certificate without the exam passed» (`pass_before_certificate`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from tracker.certification import conditions
from tracker.certification.models import Certificate, ExamResult, Officer
from tracker.certification.queries.passed import Parts, parts_on, records_begin
from tracker.certification.terms import CertificateCategory, Outcome
from tracker.kernel.exceptions import refuse
from tracker.kernel.words import Words
from tracker.rulepacks.queries import rules_of

_NEVER = Words(
    "{name}没有发证日 {day} 之前的执法资格考试报名。请先登记考试和成绩",
    "{name} was not registered for a qualification exam by the issue on {day}. Enter the exam and"
    " its results first",
)
_OPEN = Words(
    "{name}没有通过 {held_on} 的执法资格考试（{parts}）。请先登记成绩",
    "{name} has not passed the qualification exam of {held_on} ({parts}). Enter the results first",
)
_LAPSED = Words(
    "{name}的考试合格已超过 {years} 年（{passed_on} 合格，{day} 发证）。请先登记新的考试和成绩",
    "The pass of {name} is more than {years} years old (passed on {passed_on}, issued on {day})."
    " Enter a newer exam and its results first",
)
_HOW = Words("{part}{how}", "{part}: {how}")
_LATER = Words("发证以后才合格", "passed after the issue")


def require_passed(session: Session, certificate: Certificate) -> None:
    """The holder of a certificate has passed the exam for its first term: see `missing_pass`.

    :raises ExceptionNeeded: unless it is passed, or an administrator gave a reason.
    """
    if certificate.exception_reason:
        return
    missing = missing_pass(session, certificate)
    if missing is not None:
        refuse("officer_id", missing, certificate)


def missing_pass(session: Session, certificate: Certificate) -> Words | None:
    """What the holder of an enforcement certificate has not passed for its first term, and what to
    do instead; None where nothing is missing or nothing is asked.

    Asked where the office's rule says so, of 行政执法证 alone (no source asks the exam for a
    supervision card), on the day of the first issue: every part of the holder's qualification
    exams is passed by then, and where ``pass_years`` is set within so many years
    (`queries.passed.Parts.is_good`). Not asked

    - before the office's own ledger of exams begins: before its earliest live qualification exam,
      and at all where it has none. Who was registered for an exam by that day is always asked,
      since then the ledger has begun;
    - of somebody who then already held another enforcement certificate in good standing: a card
      with a new number is a renewal, and renewals have an exam of their own.

    Why so: docs/decisions/0022-certificates-and-passes.md.
    """
    issued, office_id = certificate.first_issue, certificate.office_id
    if certificate.category is not CertificateCategory.ENFORCEMENT or issued is None:
        return None
    # The certificate is half changed: nothing of it is written before it is found right.
    with session.no_autoflush:
        rules = rules_of(session, office_id)
        if not rules.pass_before_certificate:
            return None
        begin = records_begin(session, office_id)
        if begin is None or issued < begin:
            return None
        holder = session.execute(
            select(Officer.name, _held_another(certificate, issued).label("held")).where(
                Officer.office_id == office_id, Officer.id == certificate.officer_id
            )
        ).one()
        parts = parts_on(session, [certificate.officer_id], issued)[certificate.officer_id]
        if holder.held or parts.is_good(rules.pass_years):
            return None
    return _why(holder.name, parts, issued, rules.pass_years)


def _held_another(certificate: Certificate, issued: date) -> ColumnElement[bool]:
    """Officers with another enforcement certificate, issued before the day and in good standing."""
    others = [Certificate.id != certificate.id] if certificate.id is not None else []
    return conditions.holds(
        and_(
            Certificate.category == CertificateCategory.ENFORCEMENT,
            conditions.in_good_standing_on(issued),
            conditions.was_issued(date.min, issued - timedelta(days=1)),
            *others,
        )
    )


def _why(name: str, parts: Parts, issued: date, pass_years: int | None) -> Words:
    """What is missing, by name."""
    if not parts.registrations:
        return _NEVER.fill(name=name, day=issued)
    if parts.is_passed:
        return _LAPSED.fill(name=name, years=pass_years, passed_on=parts.completed_on, day=issued)
    latest = [parts.latest_with(part) for part in parts.open_parts]
    said = [
        _HOW.fill(part=part.label, how=_how(registration.result(part)))
        for part, registration in zip(parts.open_parts, latest, strict=True)
    ]
    held_on = max(registration.sitting.held_on for registration in latest)
    return _OPEN.fill(name=name, held_on=held_on, parts=_listed(said))


def _how(result: ExamResult | None) -> Words:
    if result is None:
        return Outcome.PENDING.label
    return _LATER if result.outcome is Outcome.PASSED else result.outcome.label


def _listed(several: Sequence[Words]) -> Words:
    return Words("、".join(each.zh for each in several), ", ".join(each.en for each in several))
