"""Which certificates there are, and how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, not_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from tracker.certification import conditions
from tracker.certification.models import Certificate, CertificateTerm, Officer
from tracker.certification.terms import CertificateCategory, Standing
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope

from .narrowing import mentions, voided_is


@dataclass(frozen=True)
class CertificateFilter:
    """What a list of certificates is narrowed to; ``today`` is the day the standing is asked of."""

    today: date
    search: str = ""
    category: CertificateCategory | None = None
    standing: Standing | None = None
    officer_id: int | None = None
    #: The day on which certificates valid today end, as known today.
    ends: date | None = None
    voided: bool = False


def standing_is(standing: Standing, today: date, soon: date) -> ColumnElement[bool]:
    """Certificates of one standing; each live certificate has exactly one."""
    valid = conditions.valid_on(today)
    beyond = conditions.runs_beyond(today, soon)
    good = conditions.in_good_standing_on(today)
    ended = conditions.ended_by(today)
    return {
        Standing.VALID: and_(valid, beyond),
        Standing.ENDING: and_(valid, not_(beyond)),
        Standing.OVERDUE: ended,
        Standing.SUSPENDED: and_(Certificate.voided_at.is_(None), not_(good)),
        Standing.UPCOMING: and_(good, not_(valid), not_(ended)),
    }[standing]


def find_certificates(scope: Scope, wanted: CertificateFilter, soon: date) -> Select[Certificate]:
    """Certificates for the list page, those that end first on top."""
    last_day = (
        select(func.max(CertificateTerm.valid_to))
        .where(
            CertificateTerm.office_id == Certificate.office_id,
            CertificateTerm.certificate_id == Certificate.id,
        )
        .correlate(Certificate)
        .scalar_subquery()
    )
    statement = (
        select(Certificate)
        .join(Certificate.officer)
        .where(scope.covers(Certificate.office_id), voided_is(Certificate, wanted.voided))
        .options(
            contains_eager(Certificate.officer),
            selectinload(Certificate.terms),
            selectinload(Certificate.status_changes),
        )
    )
    if wanted.search:
        statement = statement.where(
            or_(
                mentions(
                    wanted.search,
                    Officer.name,
                    Certificate.certificate_number,
                    Certificate.number,
                    Certificate.issuer,
                ),
                mentions(wanted.search.lower(), Officer.pinyin),
            )
        )
    if wanted.category:
        statement = statement.where(Certificate.category == wanted.category)
    if wanted.officer_id:
        statement = statement.where(Certificate.officer_id == wanted.officer_id)
    if wanted.standing:
        statement = statement.where(standing_is(wanted.standing, wanted.today, soon))
    if wanted.ends:
        before = wanted.ends - timedelta(days=1)
        statement = statement.where(conditions.ends_between(wanted.today, before, wanted.ends))
    return statement.order_by(last_day, Certificate.id)


def certificates_of_period(scope: Scope, period: Period) -> Select[Certificate]:
    """The year's ledger of certificates; see `conditions.in_force_during`."""
    return (
        select(Certificate)
        .where(scope.covers(Certificate.office_id), conditions.in_force_during(period))
        .order_by(Certificate.officer_id, Certificate.id)
        .options(
            joinedload(Certificate.officer),
            selectinload(Certificate.terms),
            selectinload(Certificate.status_changes),
        )
    )


def certificates_behind_figures(scope: Scope, period: Period) -> Select[Certificate]:
    """The certificates that officers are counted by: issued in the period, or valid on its last
    day. The figures count the officers."""
    return certificates_of_period(scope, period).where(
        or_(
            conditions.was_issued(period.first, period.last),
            conditions.valid_on(period.as_at),
        )
    )


def faces_of(scope: Scope) -> Select[Certificate]:
    """Every certificate that is not voided, by holder, with all that stands on it."""
    return (
        select(Certificate)
        .join(Certificate.officer)
        .where(scope.covers(Certificate.office_id), Certificate.voided_at.is_(None))
        .order_by(Certificate.office_id, Officer.pinyin, Officer.name, Certificate.id)
        .options(
            contains_eager(Certificate.officer),
            selectinload(Certificate.terms),
            selectinload(Certificate.status_changes),
        )
    )


def to_return_of(officer: Officer, today: date) -> Select[Certificate]:
    """An officer's certificates to be taken back: see `conditions.to_be_returned_on`."""
    return (
        select(Certificate)
        .where(
            Certificate.office_id == officer.office_id,
            Certificate.officer_id == officer.id,
            conditions.to_be_returned_on(today),
        )
        .order_by(Certificate.id)
        .options(joinedload(Certificate.officer), selectinload(Certificate.terms))
    )


def excepted_certificates(scope: Scope) -> Select[Certificate]:
    """Certificates in force that carry the reason for an exception, the newest first."""
    return (
        select(Certificate)
        .where(
            scope.covers(Certificate.office_id),
            Certificate.voided_at.is_(None),
            Certificate.exception_reason != "",
        )
        .order_by(Certificate.id.desc())
        .options(joinedload(Certificate.officer), selectinload(Certificate.terms))
    )


def standings(
    session: Session, certificates: Sequence[Certificate], today: date, soon: date
) -> dict[int, Standing]:
    """How these certificates stand today, by id; voided ones have no standing."""
    found: dict[int, Standing] = {}
    ids = [certificate.id for certificate in certificates]
    if not ids:
        return found
    flags = [standing_is(standing, today, soon).label(standing.name) for standing in Standing]
    for row in session.execute(select(Certificate.id, *flags).where(Certificate.id.in_(ids))):
        for standing in Standing:
            if getattr(row, standing.name):
                found[row.id] = standing
    return found


def last_covered_day(day: date) -> ScalarSelect[date]:
    """The day up to which an officer's certificates in good standing run, as known on a day."""
    return (
        select(func.max(CertificateTerm.valid_to))
        .join(
            Certificate,
            and_(
                Certificate.office_id == CertificateTerm.office_id,
                Certificate.id == CertificateTerm.certificate_id,
            ),
        )
        .where(
            Certificate.office_id == Officer.office_id,
            Certificate.officer_id == Officer.id,
            conditions.in_good_standing_on(day),
        )
        .correlate(Officer)
        .scalar_subquery()
    )
