"""What is missing or odd among exams and certificates, before the year is closed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, exists, not_, select
from sqlalchemy.orm import Session

from tracker.kernel.period import Period
from tracker.kernel.readiness import Finding
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import conditions
from .models import ExamRegistration, ExamResult, ExamSitting, Officer
from .queries import certificates, exams
from .terms import Outcome

_OPEN = Words("考试已过，成绩没有登记：{sitting}", "The exam is over, results are open: {sitting}")
_NO_SITTING = Words(
    "考试已作废，但仍登记着{name}的成绩：{sitting}",
    "The exam is voided, yet it holds results of {name}: {sitting}",
)
_ENDED = Words(
    "执法证已于 {day} 到期，仍登记为持有：{name}",
    "The certificate ended on {day} and is still listed: {name}",
)


def findings(session: Session, scope: Scope, period: Period, today: date) -> list[Finding]:
    """Exams of the year without results, results whose exam is voided, and certificates past their
    end, held by somebody in post who has no valid one."""
    return [
        *_open_results(session, scope, period, today),
        *_results_without_sitting(session, scope, period),
        *_ended(session, scope, period),
    ]


def _open_results(session: Session, scope: Scope, period: Period, today: date) -> list[Finding]:
    return [
        Finding(
            "certification.results_open",
            f"exam_sitting:{sitting.id}",
            _OPEN.fill(sitting=f"{sitting.number} {sitting.held_on} {sitting.title}"),
            f"/certification/sittings/{sitting.id}",
        )
        for sitting in session.scalars(exams.sittings_without_results(scope, today))
        if period.first <= sitting.held_on <= period.last
    ]


def _results_without_sitting(session: Session, scope: Scope, period: Period) -> list[Finding]:
    has_result = exists(
        select(ExamResult.id).where(
            ExamResult.office_id == ExamRegistration.office_id,
            ExamResult.registration_id == ExamRegistration.id,
            ExamResult.outcome != Outcome.PENDING,
        )
    )
    found = session.execute(
        select(ExamRegistration, ExamSitting, Officer)
        .join(
            ExamSitting,
            and_(
                ExamSitting.office_id == ExamRegistration.office_id,
                ExamSitting.id == ExamRegistration.sitting_id,
            ),
        )
        .join(
            Officer,
            and_(
                Officer.office_id == ExamRegistration.office_id,
                Officer.id == ExamRegistration.officer_id,
            ),
        )
        .where(
            scope.covers(ExamRegistration.office_id),
            ExamRegistration.voided_at.is_(None),
            ExamSitting.voided_at.is_not(None),
            ExamSitting.held_on.between(period.first, period.last),
            has_result,
        )
        .order_by(ExamRegistration.id)
    )
    return [
        Finding(
            "certification.result_without_sitting",
            f"exam_registration:{registration.id}",
            _NO_SITTING.fill(
                name=officer.full_name,
                sitting=f"{sitting.number} {sitting.held_on} {sitting.title}",
            ),
            f"/certification/sittings/{sitting.id}",
        )
        for registration, sitting, officer in found
    ]


def _ended(session: Session, scope: Scope, period: Period) -> list[Finding]:
    day = period.as_at
    found = session.execute(
        select(Officer, certificates.last_covered_day(day))
        .where(
            scope.covers(Officer.office_id),
            conditions.in_post_on(day),
            not_(conditions.holds_valid_on(day)),
            conditions.holds(conditions.ended_by(day)),
        )
        .order_by(Officer.office_id, Officer.pinyin, Officer.id)
    )
    return [
        Finding(
            "certification.certificate_ended",
            f"officer:{officer.id}:{last_day}",
            _ENDED.fill(name=officer.full_name, day=last_day or day),
            f"/certification/officers/{officer.id}",
        )
        for officer, last_day in found
    ]
