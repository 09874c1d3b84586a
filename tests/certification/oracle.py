"""The figures of certification counted by hand from the rows, for the figures to agree with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.random_records import a_draft
from tracker.certification import drafts
from tracker.certification.models import (
    Certificate,
    CertificateTerm,
    ExamRegistration,
    ExamSitting,
    Officer,
    OfficerTraining,
)
from tracker.certification.operations import certificates, exams, officers, trainings
from tracker.certification.terms import CertificateStatus, Outcome, SittingPurpose
from tracker.kernel import clock, records
from tracker.kernel.errors import TrackerError
from tracker.kernel.model import Recorded
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope

#: Days around year ends and twelve months on, where mistakes are made.
_DAYS = tuple(
    date(year, month, 1) + timedelta(days=shift)
    for year in (2022, 2023, 2024, 2025)
    for month in (1, 7)
    for shift in (-1, 0, 1)
)


def write_at_random(session: Session, office_id: int, chance: Random) -> None:
    """A few officers with whatever the operations let happen to them."""
    today = clock.today()
    scope = Scope((office_id,), office_id, may_write=True)

    def some(values: Sequence[Any]) -> list[Any]:
        return [value for value in values if chance.random() < 0.5]

    def day() -> date:
        return chance.choice(_DAYS)

    def maybe(write: Callable[..., Any], *arguments: Any) -> Any:
        """What an operation makes of it; None where it refuses."""
        try:
            with session.begin_nested():
                record = write(*arguments)
                if isinstance(record, Recorded) and chance.random() < 0.04:
                    records.void(session, record, "登错")
                return record
        except TrackerError:
            return None

    for name in "甲乙丙丁戊":
        left = day() if chance.random() < 0.3 else None
        enforcing = chance.random() < 0.7
        officer = drafts.OfficerDraft(name, day(), enforcement_post=enforcing, post_until=left)
        maybe(officers.create_officer, session, office_id, officer)
    people = session.scalars(
        select(Officer.id).where(Officer.office_id == office_id, Officer.voided_at.is_(None))
    ).all()

    for _ in range(3):
        sitting = maybe(
            exams.create_sitting,
            session,
            office_id,
            a_draft(drafts.SittingDraft, session, office_id, chance),
        )
        if sitting is not None:
            nothing = drafts.RegistrationDraft(exception_reason="历年资料")
            maybe(exams.register_officers, session, scope, sitting.id, some(people), nothing)
    for registration in session.scalars(
        select(ExamRegistration).where(ExamRegistration.office_id == office_id)
    ).all():
        for attempt in (0, 1):
            if attempt:
                maybe(exams.add_retake, session, scope, registration.id)
            results = [
                drafts.ResultDraft(registration.id, r.part, attempt, chance.choice(list(Outcome)))
                for r in registration.results
                if r.attempt == attempt and chance.random() < 0.8
            ]
            maybe(
                exams.record_results,
                session,
                scope,
                registration.sitting_id,
                results,
                None,
                today,
            )

    for number in range(7 if people else 0):
        held = drafts.CertificateDraft(
            chance.choice(people), f"证{number}", exception_reason="补录"
        )
        first = drafts.TermDraft(day(), day(), day())
        certificate = maybe(certificates.create_certificate, session, office_id, held, first, today)
        if certificate is None:
            continue
        for _ in range(2):
            term = drafts.TermDraft(day(), day(), day())
            maybe(certificates.add_term, session, scope, certificate.id, term, None, today)
            if chance.random() < 0.4:
                status = chance.choice(list(CertificateStatus))
                change = drafts.StatusDraft(status, day(), "变动")
                maybe(certificates.add_status, session, scope, certificate.id, change, None, today)

    for number in range(4):
        training = drafts.TrainingDraft(
            f"培训{number}",
            day(),
            Decimal(chance.randint(1, 400)) / 10,
            officer_ids=tuple(some(people)),
        )
        maybe(trainings.create_training, session, office_id, training, today)
    session.flush()


def count(session: Session, office_id: int, period: Period) -> dict[str, Any]:
    """Every figure of the domain, by plain loops over the rows."""

    def rows(model: type[Any]) -> list[Any]:
        found = session.scalars(select(model).where(model.office_id == office_id))
        return [row for row in found if not row.is_voided]

    everybody = rows(Officer)
    of: dict[int, list[Certificate]] = {officer.id: [] for officer in everybody}
    for certificate in rows(Certificate):
        if certificate.officer_id in of:
            of[certificate.officer_id].append(certificate)
    entered: dict[int, list[ExamRegistration]] = {officer.id: [] for officer in everybody}
    for registration in rows(ExamRegistration):
        if _counts(registration.sitting, period) and registration.officer_id in entered:
            entered[registration.officer_id].append(registration)
    held = [t for t in rows(OfficerTraining) if period.first <= t.held_on <= period.last]

    registered = [o for o in everybody if entered[o.id]]
    sat = [o for o in registered if any(_was_there(r) for r in entered[o.id])]
    passed = [o for o in registered if _passed(entered[o.id])]
    working = [o for o in everybody if _enforces(o, period.as_at)]
    valid = [o for o in everybody if any(_valid(c, period.as_at) for c in of[o.id])]
    holders = [o for o in working if o in valid]
    issued = {o.id: [t.issued_on for c in of[o.id] for t in c.terms] for o in everybody}
    this_year = [
        o for o in everybody if any(period.first <= day <= period.last for day in issued[o.id])
    ]
    return {
        "registered": len(registered),
        "sat": len(sat),
        "passed": len(passed),
        "pass_rate": _share(len(passed), len(sat)),
        "certificates_issued": len(this_year),
        "certificates_new": len([o for o in this_year if min(issued[o.id]) >= period.first]),
        "certificates_valid": len(valid),
        "certificates_expiring": len([o for o in valid if _ends_soon(of[o.id], period)]),
        "officers": len(working),
        "holders": len(holders),
        "holding_rate": _share(len(holders), len(working)),
        "trainings": len(held),
        "training_attendances": sum(len(t.attendees) for t in held),
        "training_hours": sum((t.hours for t in held), Decimal(0)),
    }


def _counts(sitting: ExamSitting, period: Period) -> bool:
    return (
        not sitting.is_voided
        and sitting.purpose is SittingPurpose.QUALIFICATION
        and period.first <= sitting.held_on <= period.last
    )


def _was_there(registration: ExamRegistration) -> bool:
    return any(r.outcome in (Outcome.PASSED, Outcome.FAILED) for r in registration.results)


def _passed(registrations: Sequence[ExamRegistration]) -> bool:
    wanted = {part for r in registrations for part in r.sitting.parts}
    got = {
        result.part
        for r in registrations
        for result in r.results
        if result.outcome is Outcome.PASSED
    }
    return wanted <= got


def _enforces(officer: Officer, day: date) -> bool:
    left = officer.post_until is not None and officer.post_until <= day
    return officer.enforcement_post and officer.post_from <= day and not left


def _in_good_standing(certificate: Certificate, day: date) -> bool:
    changes = sorted(
        (change for change in certificate.status_changes if change.since <= day),
        key=lambda change: (change.since, change.id),
    )
    return not changes or changes[-1].status is CertificateStatus.VALID


def _valid(certificate: Certificate, day: date) -> bool:
    covered = any(term.valid_from <= day <= term.valid_to for term in certificate.terms)
    return covered and _in_good_standing(certificate, day)


def _ends_soon(held: Sequence[Certificate], period: Period) -> bool:
    def known(term: CertificateTerm) -> bool:
        return term.valid_from <= period.as_at or term.issued_on <= period.as_at

    last = max(
        term.valid_to
        for certificate in held
        if _in_good_standing(certificate, period.as_at)
        for term in certificate.terms
        if known(term)
    )
    return period.as_at < last <= period.twelve_months_on


def _share(above: int, below: int) -> Decimal | None:
    if not below:
        return None
    return (Decimal(above) / below).quantize(Decimal("0.0001"), ROUND_HALF_UP)
