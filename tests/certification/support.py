"""Records of certification for tests, written by its own operations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from tests.support.world import World, day
from tracker.certification.drafts import (
    CertificateDraft,
    OfficerDraft,
    RegistrationDraft,
    ResultDraft,
    SittingDraft,
    StatusDraft,
    TermDraft,
    TrainingDraft,
)
from tracker.certification.models import (
    Certificate,
    ExamRegistration,
    ExamSitting,
    Officer,
    OfficerTraining,
)
from tracker.certification.operations import certificates, exams, officers, trainings
from tracker.certification.terms import CertificateStatus, ExamPart, Outcome, SittingPurpose
from tracker.kernel import clock
from tracker.kernel.scope import Scope
from tracker.offices.models import Office
from tracker.rulepacks import operations as rules
from tracker.rulepacks.drafts import RuleDraft

GENERAL, SPECIAL = ExamPart.GENERAL, ExamPart.SPECIAL
PASSED, FAILED, ABSENT = Outcome.PASSED, Outcome.FAILED, Outcome.ABSENT


def scope_of(world: World, office: Office | None = None) -> Scope:
    """What a clerk of the office sees; asks nothing of the database, so that it serves inside
    a transaction."""
    office_id = office.id if office else world.office_id
    return Scope((office_id,), office_id, may_write=True)


def own_rule(world: World, key: str, value: str, *, office: Office | None = None) -> None:
    """A rule's value of the office's own; an empty one is no rule."""
    with world.writing() as session:
        rules.set_rule(
            session,
            office.id if office else world.office_id,
            key,
            RuleDraft(value, "镇政府办公会议定"),
        )


def an_officer(
    world: World,
    name: str = "张三",
    *,
    since: str = "2020-01-01",
    until: str = "",
    enforcement: bool = True,
    office: Office | None = None,
    **draft: Any,
) -> Officer:
    """An officer, in an enforcement post unless said otherwise."""
    with world.writing() as session:
        return officers.create_officer(
            session,
            office.id if office else world.office_id,
            OfficerDraft(
                name,
                post_from=day(since),
                post_until=day(until) if until else None,
                enforcement_post=enforcement,
                **draft,
            ),
        )


def a_sitting(
    world: World,
    on: str = "2024-05-25",
    title: str = "资格考试",
    *,
    general: int | None = 60,
    special: int | None = 60,
    office: Office | None = None,
    **draft: Any,
) -> ExamSitting:
    """A qualification exam of two parts unless said otherwise."""
    with world.writing() as session:
        return exams.create_sitting(
            session,
            office.id if office else world.office_id,
            SittingDraft(
                title,
                day(on),
                general_mark=None if general is None else Decimal(general),
                special_mark=None if special is None else Decimal(special),
                **draft,
            ),
        )


def registered(world: World, sitting: ExamSitting, officer: Officer) -> ExamRegistration:
    """The officer's registration for the sitting, made where there is none."""
    with world.writing() as session:
        wanted = select(ExamRegistration).where(
            ExamRegistration.sitting_id == sitting.id,
            ExamRegistration.officer_id == officer.id,
            ExamRegistration.voided_at.is_(None),
        )
        found = session.scalar(wanted)
        if found is None:
            # Tests of renewal exams seldom care whose certificate is renewed.
            reason = "试卷已收" if sitting.purpose is SittingPurpose.RENEWAL else ""
            draft = RegistrationDraft(exception_reason=reason)
            exams.register_officers(session, scope_of(world), sitting.id, [officer.id], draft)
            found = session.scalars(wanted).one()
        return found


def sat(
    world: World,
    sitting: ExamSitting,
    officer: Officer,
    general: int | Outcome | None = None,
    special: int | Outcome | None = None,
    *,
    attempt: int = 0,
    on: str = "",
) -> ExamRegistration:
    """What somebody scored (or how it ended) in the parts; None leaves a part open."""
    registration = registered(world, sitting, officer)
    drafts = [
        a_result(registration, part, result, attempt=attempt, on=on)
        for part, result in ((GENERAL, general), (SPECIAL, special))
        if result is not None
    ]
    with world.writing() as session:
        exams.record_results(session, scope_of(world), sitting.id, drafts, None, clock.today())
    return registration


def a_result(
    registration: ExamRegistration,
    part: ExamPart,
    result: int | Outcome,
    *,
    attempt: int = 0,
    on: str = "",
) -> ResultDraft:
    """One attempt as entered: a score, or an outcome without one."""
    outcome = result if isinstance(result, Outcome) else Outcome.PENDING
    score = None if isinstance(result, Outcome) else Decimal(result)
    return ResultDraft(registration.id, part, attempt, outcome, score, day(on) if on else None)


def retaken(
    world: World,
    sitting: ExamSitting,
    officer: Officer,
    general: int | Outcome | None = None,
    special: int | Outcome | None = None,
    *,
    attempt: int = 1,
    on: str = "",
) -> ExamRegistration:
    """A retake of what was failed or missed, with its results."""
    registration = registered(world, sitting, officer)
    with world.writing() as session:
        exams.add_retake(session, scope_of(world), registration.id)
    return sat(world, sitting, officer, general, special, attempt=attempt, on=on)


def a_term(issued: str, until: str, since: str = "") -> TermDraft:
    """A span of validity that begins on the day of issue unless said otherwise."""
    return TermDraft(day(issued), day(since or issued), day(until))


def a_certificate(
    world: World,
    officer: Officer,
    *terms: TermDraft,
    number: str = "",
    office: Office | None = None,
    **draft: Any,
) -> Certificate:
    """A certificate with its terms."""
    first, *renewals = terms or (a_term("2022-01-01", "2026-12-31"),)
    with world.writing() as session:
        certificate = certificates.create_certificate(
            session,
            office.id if office else world.office_id,
            CertificateDraft(officer.id, number or f"湘{officer.id:08d}", **draft),
            first,
            clock.today(),
        )
        for renewal in renewals:
            certificates.add_term(
                session, scope_of(world, office), certificate.id, renewal, None, clock.today()
            )
        return certificate


def turned(
    world: World, certificate: Certificate, status: CertificateStatus, since: str
) -> Certificate:
    """A change of a certificate's status."""
    with world.writing() as session:
        return certificates.add_status(
            session,
            scope_of(world),
            certificate.id,
            StatusDraft(status, day(since), "按规定办理"),
            None,
            clock.today(),
        )


def a_training(
    world: World,
    on: str | date = "2024-06-13",
    hours: str = "8",
    attendees: Sequence[Officer] = (),
    title: str = "行政处罚法培训",
    **draft: Any,
) -> OfficerTraining:
    """A training with who took part."""
    with world.writing() as session:
        return trainings.create_training(
            session,
            world.office_id,
            TrainingDraft(
                title,
                day(on),
                Decimal(hours),
                officer_ids=tuple(officer.id for officer in attendees),
                **draft,
            ),
            clock.today(),
        )
