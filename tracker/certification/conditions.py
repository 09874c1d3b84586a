"""What counts: the conditions behind figures, lists and reminders, each stated once.

Conditions on officers are answered with EXISTS, so that a person counts once however many
sittings or certificates there are.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, not_, or_, select

from tracker.kernel.period import Period

from .models import (
    Certificate,
    CertificateStatusChange,
    CertificateTerm,
    ExamRegistration,
    ExamResult,
    ExamSitting,
    Officer,
    OfficerTraining,
    TrainingAttendee,
)
from .terms import SAT, CertificateStatus, ExamPart, Outcome, SittingPurpose

_HAS_PART = {ExamPart.GENERAL: ExamSitting.has_general, ExamPart.SPECIAL: ExamSitting.has_special}


# Posts


def in_post_on(day: date) -> ColumnElement[bool]:
    """Officers who have come and not yet left on a day, in whatever post."""
    return and_(
        Officer.voided_at.is_(None),
        Officer.post_from <= day,
        or_(Officer.post_until.is_(None), Officer.post_until > day),
    )


def in_enforcement_post_on(day: date) -> ColumnElement[bool]:
    """Officers in an enforcement post on a day."""
    return and_(Officer.enforcement_post, in_post_on(day))


# Exams


def sitting_counts(period: Period) -> ColumnElement[bool]:
    """Qualification exams of the period that are not voided. Renewal exams do not count."""
    return and_(
        ExamSitting.purpose == SittingPurpose.QUALIFICATION,
        ExamSitting.voided_at.is_(None),
        ExamSitting.held_on.between(period.first, period.last),
    )


def _registrations(period: Period) -> Select[Any]:
    """An officer's live registrations in the period's qualification exams."""
    return (
        select(ExamRegistration.id)
        .join(
            ExamSitting,
            and_(
                ExamSitting.office_id == ExamRegistration.office_id,
                ExamSitting.id == ExamRegistration.sitting_id,
            ),
        )
        .where(
            ExamRegistration.office_id == Officer.office_id,
            ExamRegistration.officer_id == Officer.id,
            ExamRegistration.voided_at.is_(None),
            sitting_counts(period),
        )
    )


def _results(period: Period) -> Select[Any]:
    return _registrations(period).join(
        ExamResult,
        and_(
            ExamResult.office_id == ExamRegistration.office_id,
            ExamResult.registration_id == ExamRegistration.id,
        ),
    )


def registered_in(period: Period) -> ColumnElement[bool]:
    """Officers registered for a qualification exam of the period."""
    return exists(_registrations(period))


def sat_in(period: Period) -> ColumnElement[bool]:
    """Officers who were there: at least one part passed or failed, not absent or still open."""
    return exists(_results(period).where(ExamResult.outcome.in_(SAT)))


def passed_in(period: Period) -> ColumnElement[bool]:
    """Officers who passed every part that their qualification exams of the period had.

    A part counts as passed at any attempt and in any of these sittings, so somebody who failed in
    spring and passed the 补考 or a later sitting of the year has passed.
    """
    parts = (
        or_(
            not_(exists(_registrations(period).where(has_part))),
            exists(
                _results(period).where(
                    ExamResult.part == part, ExamResult.outcome == Outcome.PASSED
                )
            ),
        )
        for part, has_part in _HAS_PART.items()
    )
    return and_(registered_in(period), *parts)


def drawn_in(period: Period, day: date) -> ColumnElement[bool]:
    """Officers who passed in the period and drew a certificate for it by a day.

    Drawn is a certificate, not voided, with a term issued by that day and on or after the day on
    which the officer had passed every part that their qualification exams of the period had: the
    day a part was sat, or that of the exam where none is entered. What became of the certificate
    later does not matter. A certificate from before the pass is none that was drawn for it.
    """
    parts = (
        or_(
            not_(exists(_registrations(period).where(has_part).correlate(Officer))),
            exists(
                _results(period)
                .where(
                    ExamResult.part == part,
                    ExamResult.outcome == Outcome.PASSED,
                    func.coalesce(ExamResult.sat_on, ExamSitting.held_on)
                    <= CertificateTerm.issued_on,
                )
                .correlate(Officer, CertificateTerm)
            ),
        )
        for part, has_part in _HAS_PART.items()
    )
    issued = (
        select(CertificateTerm.id)
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
            Certificate.voided_at.is_(None),
            CertificateTerm.issued_on <= day,
            *parts,
        )
        .correlate(Officer)
    )
    return and_(passed_in(period), exists(issued))


# Certificates


def in_good_standing_on(day: date) -> ColumnElement[bool]:
    """Certificates that are not voided and that nothing up to this day has put out of force.

    The latest change of status decides (by its day, then by order of entry): none, or 恢复有效.
    """
    latest = (
        select(CertificateStatusChange.status)
        .where(
            CertificateStatusChange.office_id == Certificate.office_id,
            CertificateStatusChange.certificate_id == Certificate.id,
            CertificateStatusChange.since <= day,
        )
        .order_by(CertificateStatusChange.since.desc(), CertificateStatusChange.id.desc())
        .limit(1)
        .correlate(Certificate)
        .scalar_subquery()
    )
    valid = literal(CertificateStatus.VALID, CertificateStatusChange.status.type)
    return and_(Certificate.voided_at.is_(None), func.coalesce(latest, valid) == valid)


def _term(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Certificates with a term that meets the conditions."""
    return exists(
        select(CertificateTerm.id)
        .where(
            CertificateTerm.office_id == Certificate.office_id,
            CertificateTerm.certificate_id == Certificate.id,
            *conditions,
        )
        .correlate(Certificate)
    )


def valid_on(day: date) -> ColumnElement[bool]:
    """Certificates valid on a day: in good standing, and one of their terms covers the day."""
    covered = _term(CertificateTerm.valid_from <= day, CertificateTerm.valid_to >= day)
    return and_(in_good_standing_on(day), covered)


def runs_beyond(day: date, limit: date) -> ColumnElement[bool]:
    """Certificates in good standing on a day with a term, known by that day, that ends after
    ``limit``.

    A term is known once it has begun or was issued: a renewal of next year does not change what
    was about to end at the end of this one.
    """
    known = or_(CertificateTerm.valid_from <= day, CertificateTerm.issued_on <= day)
    return and_(in_good_standing_on(day), _term(known, CertificateTerm.valid_to > limit))


def ended_by(day: date) -> ColumnElement[bool]:
    """Certificates in good standing all of whose terms lie before a day."""
    return and_(in_good_standing_on(day), not_(_term(CertificateTerm.valid_to >= day)))


def ends_between(day: date, after: date | None, until: date) -> ColumnElement[bool]:
    """Certificates valid on a day whose cover, as known on it, ends after ``after`` (None: on
    whatever day) and by ``until``. Those that nobody renewed in time are `ended_by`."""
    later = [runs_beyond(day, after)] if after is not None else []
    return and_(valid_on(day), *later, not_(runs_beyond(day, until)))


def held_by(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Certificates whose officer, not voided, meets the conditions."""
    return exists(
        select(Officer.id)
        .where(
            Officer.office_id == Certificate.office_id,
            Officer.id == Certificate.officer_id,
            Officer.voided_at.is_(None),
            *conditions,
        )
        .correlate(Certificate)
    )


def to_be_returned_on(day: date) -> ColumnElement[bool]:
    """应收回: certificates valid on a day whose holder has left by it, retired or moved."""
    return and_(valid_on(day), held_by(Officer.post_until <= day))


def to_be_renewed(day: date, after: date | None, until: date) -> ColumnElement[bool]:
    """A band of expiry: `ends_between`, of holders who have not left. The certificates of those
    who have are `to_be_returned_on`, and so in no band."""
    stays = or_(Officer.post_until.is_(None), Officer.post_until > day)
    return and_(ends_between(day, after, until), held_by(stays))


def overdue_on(day: date) -> ColumnElement[bool]:
    """过期未处理: certificates all of whose terms lie before a day and that nobody renewed, took
    back or cancelled, whether or not their holder, not voided, is still in post."""
    return and_(ended_by(day), held_by())


def holds(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Officers with at least one certificate that meets a condition."""
    return exists(
        select(Certificate.id)
        .where(
            Certificate.office_id == Officer.office_id,
            Certificate.officer_id == Officer.id,
            condition,
        )
        .correlate(Officer)
    )


def holds_valid_on(day: date) -> ColumnElement[bool]:
    """Officers with a certificate valid on a day."""
    return holds(valid_on(day))


def covered_beyond(day: date, limit: date) -> ColumnElement[bool]:
    """Officers one of whose certificates runs beyond ``limit``, as known on ``day``."""
    return holds(runs_beyond(day, limit))


def ends_within(day: date, limit: date) -> ColumnElement[bool]:
    """Officers with a valid certificate on a day whose cover ends after it, by ``limit``."""
    return and_(holds_valid_on(day), covered_beyond(day, day), not_(covered_beyond(day, limit)))


def issued_between(first: date, last: date) -> ColumnElement[bool]:
    """Officers with a term of a certificate, not voided, issued in these days."""
    return holds(was_issued(first, last))


def was_issued(first: date, last: date) -> ColumnElement[bool]:
    """Certificates, not voided, with a term issued in these days."""
    return and_(
        Certificate.voided_at.is_(None), _term(CertificateTerm.issued_on.between(first, last))
    )


def issued_before(day: date) -> ColumnElement[bool]:
    """Officers to whom a certificate, not voided, was issued before a day."""
    return holds(and_(Certificate.voided_at.is_(None), _term(CertificateTerm.issued_on < day)))


def in_force_during(period: Period) -> ColumnElement[bool]:
    """Certificates, not voided, with a term that touches the period or was issued in it."""
    return and_(
        Certificate.voided_at.is_(None),
        _term(
            or_(
                and_(
                    CertificateTerm.valid_from <= period.last,
                    CertificateTerm.valid_to >= period.first,
                ),
                CertificateTerm.issued_on.between(period.first, period.last),
            )
        ),
    )


# Trainings


def training_counts(period: Period) -> ColumnElement[bool]:
    """Trainings held in the period that are not voided."""
    return and_(
        OfficerTraining.held_on.between(period.first, period.last),
        OfficerTraining.voided_at.is_(None),
    )


def attended_in(period: Period) -> ColumnElement[bool]:
    """Officers who took part in a training of the period."""
    return exists(
        select(TrainingAttendee.id)
        .join(
            OfficerTraining,
            and_(
                OfficerTraining.office_id == TrainingAttendee.office_id,
                OfficerTraining.id == TrainingAttendee.training_id,
            ),
        )
        .where(
            TrainingAttendee.office_id == Officer.office_id,
            TrainingAttendee.officer_id == Officer.id,
            training_counts(period),
        )
    )


def belongs_to(period: Period) -> ColumnElement[bool]:
    """Officers of a year's roster: in post at some time of it, or with an exam, a certificate or a
    training of that year though not (or no longer) in post."""
    registered = exists(
        select(ExamRegistration.id)
        .join(
            ExamSitting,
            and_(
                ExamSitting.office_id == ExamRegistration.office_id,
                ExamSitting.id == ExamRegistration.sitting_id,
            ),
        )
        .where(
            ExamRegistration.office_id == Officer.office_id,
            ExamRegistration.officer_id == Officer.id,
            ExamRegistration.voided_at.is_(None),
            ExamSitting.voided_at.is_(None),
            ExamSitting.held_on.between(period.first, period.last),
        )
    )
    in_post = and_(
        Officer.post_from <= period.last,
        or_(Officer.post_until.is_(None), Officer.post_until > period.first),
    )
    return and_(
        Officer.voided_at.is_(None),
        or_(in_post, registered, holds(in_force_during(period)), attended_in(period)),
    )
