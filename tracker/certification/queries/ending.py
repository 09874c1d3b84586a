"""How many certificates end on which day, and who of their holders has sat the renewal exam.

A province's certificates end together (in Hunan most of them on one day, domain.md section 0), so
an office looks at its days of expiry, the busiest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from tracker.certification import conditions
from tracker.certification.models import (
    Certificate,
    CertificateTerm,
    ExamRegistration,
    ExamSitting,
)
from tracker.certification.terms import Outcome, SittingPurpose
from tracker.kernel.period import years_from
from tracker.kernel.scope import Scope

from .certificates import CertificateFilter, find_certificates


@dataclass(frozen=True)
class DayOfEnding:
    """How many certificates, valid today, end on a day, as known today."""

    last_day: date
    count: int


def days_of_ending(session: Session, scope: Scope, today: date) -> list[DayOfEnding]:
    """The days on which the certificates valid today end, the day of most of them first."""
    last_day = (
        select(func.max(CertificateTerm.valid_to))
        .where(
            CertificateTerm.office_id == Certificate.office_id,
            CertificateTerm.certificate_id == Certificate.id,
            _known(today),
        )
        .correlate(Certificate)
        .scalar_subquery()
    )
    ends = (
        select(last_day.label("last_day"))
        .where(scope.covers(Certificate.office_id), conditions.valid_on(today))
        .subquery()
    )
    counted = (
        select(ends.c.last_day, func.count())
        .group_by(ends.c.last_day)
        .order_by(func.count().desc(), ends.c.last_day)
    )
    return [DayOfEnding(day, count) for day, count in session.execute(counted)]


def _known(today: date) -> ColumnElement[bool]:
    """The terms known on a day: see `conditions.runs_beyond`."""
    return or_(CertificateTerm.valid_from <= today, CertificateTerm.issued_on <= today)


def ending_on(session: Session, scope: Scope, last_day: date, today: date) -> list[Certificate]:
    """The certificates valid today that end on a day, by holder: what the list filtered to that
    day shows."""
    wanted = CertificateFilter(today, ends=last_day)
    found = session.scalars(find_certificates(scope, wanted, today)).all()
    return sorted(found, key=lambda each: (each.office_id, each.officer.pinyin, each.id))


def certificates_to_renew(
    session: Session, scope: Scope, ids: Iterable[int]
) -> Sequence[Certificate]:
    """These certificates of the writer's own office, as far as they are not voided."""
    return session.scalars(
        select(Certificate)
        .where(
            scope.for_writing.covers(Certificate.office_id),
            Certificate.id.in_(list(ids)),
            Certificate.voided_at.is_(None),
        )
        .options(joinedload(Certificate.officer), selectinload(Certificate.terms))
    ).all()


def renewal_exams(
    session: Session, officer_ids: Iterable[int], last_day: date
) -> dict[int, ExamRegistration]:
    """Each officer's renewal exam for certificates that end on a day: the passed one, else the
    latest, among live registrations in live renewal exams held in the year before that day or
    after it. Officers without one are left out."""
    found: dict[int, ExamRegistration] = {}
    registrations = session.scalars(
        select(ExamRegistration)
        .join(
            ExamSitting,
            and_(
                ExamSitting.office_id == ExamRegistration.office_id,
                ExamSitting.id == ExamRegistration.sitting_id,
            ),
        )
        .where(
            ExamRegistration.officer_id.in_(list(officer_ids)),
            ExamRegistration.voided_at.is_(None),
            ExamSitting.voided_at.is_(None),
            ExamSitting.purpose == SittingPurpose.RENEWAL,
            ExamSitting.held_on > years_from(last_day, -1),
        )
        .order_by(ExamSitting.held_on, ExamRegistration.id)
        .options(contains_eager(ExamRegistration.sitting), selectinload(ExamRegistration.results))
    )
    for registration in registrations:
        known = found.get(registration.officer_id)
        if known is None or known.overall is not Outcome.PASSED:
            found[registration.officer_id] = registration
    return found
