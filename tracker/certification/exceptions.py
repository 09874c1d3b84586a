"""What was entered in this domain by an exception, with the rules it breaks today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy.orm import Session

from tracker.kernel import clock
from tracker.kernel.exceptions import Excepted
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import register
from .models import ExamRegistration
from .operations.exam_rules import is_late
from .operations.pass_rules import missing_pass
from .queries.certificates import excepted_certificates
from .queries.eligibility import Objection, objections
from .queries.exams import excepted_registrations
from .terms import Outcome

_LATE = Words("考试以后才报名", "Registered after the exam")
_ADDED = Words("名单上报以后才增加", "Added after the list was handed in")
_NO_DAY = Words("没有报名日期就有成绩", "Has results and no day of registration")


def excepted(session: Session, scope: Scope) -> Iterator[Excepted]:
    """Registrations and certificates entered by an exception; voided ones, and registrations of
    voided exams, are left out."""
    yield from _registrations(session, scope)
    for certificate in session.scalars(excepted_certificates(scope)).all():
        missing = missing_pass(session, certificate)
        yield Excepted(
            register.CERTIFICATES.label,
            certificate,
            f"{certificate.officer.name} {certificate.certificate_number}",
            register.CERTIFICATES.path.format(id=certificate.id),
            (missing,) if missing is not None else (),
        )


def _registrations(session: Session, scope: Scope) -> Iterator[Excepted]:
    found = session.scalars(excepted_registrations(scope)).all()
    for _sitting, those in groupby(found, key=lambda each: each.sitting_id):
        registrations = list(those)
        against = objections(
            session, registrations[0].sitting, [each.officer for each in registrations]
        )
        for each in registrations:
            yield Excepted(
                register.RESULTS.label,
                each,
                f"{each.officer.full_name} {each.sitting.title}",
                register.RESULTS.path.format(id=each.id),
                _broken(each, against.get(each.officer_id, ())),
            )


def _broken(registration: ExamRegistration, against: Sequence[Objection]) -> list[Words]:
    found = [each.message for each in against if not each.doubt]
    sitting, entered = registration.sitting, clock.in_china(registration.created_at).date()
    if is_late(registration.registered_on, sitting):
        found.append(_LATE)
    if sitting.list_handed_in_on is not None and entered > sitting.list_handed_in_on:
        found.append(_ADDED)
    has_results = any(each.outcome is not Outcome.PENDING for each in registration.results)
    if registration.registered_on is None and has_results:
        found.append(_NO_DAY)
    return found
