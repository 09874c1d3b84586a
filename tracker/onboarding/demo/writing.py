"""Writes the example's records through the same operations as the pages."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.advisers import drafts as advising
from tracker.advisers import operations as advisers
from tracker.advisers.literate.terms import NominationWay
from tracker.advisers.terms import AssignmentTarget
from tracker.certification import drafts as certifying
from tracker.certification.models import ExamRegistration, Officer
from tracker.certification.operations import certificates, exams, officers, trainings
from tracker.certification.terms import CertificateStatus, ExamPart, Outcome
from tracker.kernel.headcount import CountBasis
from tracker.kernel.scope import Scope
from tracker.offices import operations as offices
from tracker.worklog import drafts as working
from tracker.worklog import operations as worklog

from . import (
    advisers_years,
    certification_years,
    literate_years,
    places,
    work_years,
)
from .assessing import write_assessments
from .outreach_writing import WHOLE, Ids, Size, write_outreach


def write_township(session: Session, office_id: int, today: date, size: Size = WHOLE) -> None:
    """Everything an example township knows."""
    villages = {
        draft.name: offices.create_village(session, office_id, draft).id
        for draft in places.VILLAGES[: size.villages]
    }
    write_outreach(session, office_id, villages, today, size)
    write_advisers(session, office_id, villages, today)
    write_assessments(session, office_id, villages, today)
    write_certification(session, office_id, today)
    write_work(session, office_id, villages, today)


def write_advisers(session: Session, office_id: int, villages: Ids, today: date) -> None:
    """Firms, advisers, who served where, their visits, and the legal-literate persons."""
    firms = {
        name: advisers.create_firm(
            session, office_id, advising.FirmDraft(name=name, kind=kind, address=address)
        ).id
        for name, kind, address in advisers_years.FIRMS
    }
    people = {
        each.name: advisers.create_adviser(
            session,
            office_id,
            advising.AdviserDraft(
                name=each.name,
                identity=each.identity,
                firm_id=firms.get(each.firm),
                licence_number=each.licence,
            ),
        ).id
        for each in advisers_years.ADVISERS
    }
    for serving in advisers_years.assignments():
        if serving.village and serving.village not in villages:
            continue
        _write_assignment(session, office_id, serving, people, villages)
    for visit in advisers_years.visits(today):
        adviser = advisers_years.adviser_on(visit.village, visit.day)
        if adviser is None or visit.village not in villages:
            continue
        draft = advising.VisitDraft(
            adviser_id=people[adviser],
            held_on=visit.day,
            matter=visit.matter,
            kind=visit.kind,
            village_id=villages[visit.village],
            result=visit.result,
            hours=visit.hours,
            people_consulted=visit.people,
            attendees=visit.attendees,
            opinions=visit.opinions,
            contracts_reviewed=visit.contracts,
            mediations=visit.mediations,
        )
        advisers.create_visit(session, office_id, draft, today)
    literate_years.write_opinions(session, office_id, people[advisers_years.COUNSEL], today)
    write_persons(session, office_id, villages, people, today)


def write_persons(
    session: Session, office_id: int, villages: Ids, advisers_ids: Ids, today: date
) -> None:
    """The legal-literate persons, their trainings, what they did and how they were reviewed."""
    persons: Ids = {}
    for person in advisers_years.literate_persons():
        if person.village not in villages:
            continue
        paired = advisers_years.paired_with(person)
        persons[person.name] = advisers.create_person(
            session,
            office_id,
            advising.PersonDraft(
                name=person.name,
                village_id=villages[person.village],
                appointed_on=person.appointed_on,
                identity=person.group,
                sex=person.sex,
                adviser_id=advisers_ids[paired] if paired else None,
                left_on=person.left_on,
                leave_reason="外出务工" if person.left_on else "",
                nominated=NominationWay.COMMITTEES,
                assessed_on=person.appointed_on - timedelta(days=12),
                certificate_issued_on=person.appointed_on,
            ),
        ).id
    for day, title, heads in advisers_years.LITERATE_TRAININGS:
        named = literate_years.NAMED.get(day, ())
        advisers.create_training(
            session,
            office_id,
            advising.TrainingDraft(
                title=title,
                held_on=day,
                organiser="示例镇司法所",
                headcount=heads,
                count_basis=CountBasis.SIGNED_IN,
                hours=Decimal(6),
                person_ids=tuple(persons[name] for name in named if name in persons),
            ),
            today,
        )
    literate_years.write_literate(session, office_id, persons, today)


def _write_assignment(
    session: Session,
    office_id: int,
    serving: advisers_years.Serving,
    people: Ids,
    villages: Ids,
) -> None:
    counsel = not serving.village
    day = serving.starts_on
    draft = advising.AssignmentDraft(
        adviser_id=people[serving.adviser],
        starts_on=day,
        target=AssignmentTarget.TOWNSHIP if counsel else AssignmentTarget.VILLAGE,
        village_id=None if counsel else villages[serving.village],
        ends_on=serving.ends_on,
        renewal=serving.renewal,
        contract_signed_on=day - timedelta(days=5),
        plate_put_up_on=None if counsel else day + timedelta(days=14),
        qualification_checked_on=day - timedelta(days=25) if counsel else None,
        screened_on=day - timedelta(days=18) if counsel else None,
        appointed_on=day if counsel else None,
        end_reason=serving.end_reason,
        fee=serving.fee,
    )
    advisers.create_assignment(session, office_id, draft)


def write_certification(session: Session, office_id: int, today: date) -> None:
    """Officers, their exams, certificates and trainings."""
    scope = Scope((office_id,), office_id, may_write=True)
    staff = certification_years.staff(today)
    people: Ids = {}
    for each in staff:
        people[each.name] = officers.create_officer(
            session,
            office_id,
            certifying.OfficerDraft(
                name=each.name,
                post_from=each.post_from,
                establishment=each.establishment,
                enforcement_post=each.enforcement,
                station=each.station,
                post=each.post,
                post_until=each.post_until,
                leave_reason="退休" if each.post_until else "",
            ),
        ).id
    for sitting in certification_years.SITTINGS:
        _write_sitting(session, scope, sitting, people, today)
    for each in staff:
        if each.certificate:
            _write_certificate(session, scope, each, people[each.name], today)
    for trained in certification_years.TRAININGS:
        trainings.create_training(
            session,
            office_id,
            certifying.TrainingDraft(
                title=trained.title,
                held_on=trained.day,
                hours=trained.hours,
                kind=trained.kind,
                organiser="示例县司法局",
                officer_ids=tuple(people[name] for name in trained.officers),
            ),
            today,
        )


def _write_sitting(
    session: Session,
    scope: Scope,
    each: certification_years.Sitting,
    people: Ids,
    today: date,
) -> None:
    office_id = scope.home_office_id
    sitting = exams.create_sitting(
        session,
        office_id,
        certifying.SittingDraft(title=each.title, held_on=each.day, organiser="示例省司法厅"),
    )
    exams.register_officers(
        session,
        scope,
        sitting.id,
        [people[sat.officer] for sat in each.results],
        certifying.RegistrationDraft(registered_on=each.day - timedelta(days=40)),
    )
    rows = session.execute(
        select(Officer.name, ExamRegistration.id)
        .join(Officer, ExamRegistration.officer_id == Officer.id)
        .where(ExamRegistration.office_id == office_id, ExamRegistration.sitting_id == sitting.id)
    )
    registrations = {row[0]: row[1] for row in rows}
    first = [
        certifying.ResultDraft(
            registrations[sat.officer],
            part,
            outcome=Outcome.ABSENT if score is None else Outcome.PENDING,
            score=None if score is None else Decimal(score),
        )
        for sat in each.results
        for part, score in ((ExamPart.GENERAL, sat.general), (ExamPart.SPECIAL, sat.special))
    ]
    exams.record_results(session, scope, sitting.id, first, None, today)
    for sat in each.results:
        if sat.make_up is not None:
            key = registrations[sat.officer]
            exams.add_retake(session, scope, key)
            make_up = certifying.ResultDraft(
                key,
                ExamPart.SPECIAL,
                attempt=1,
                score=Decimal(sat.make_up),
                sat_on=each.day + timedelta(days=60),
            )
            exams.record_results(session, scope, sitting.id, [make_up], None, today)


def _write_certificate(
    session: Session,
    scope: Scope,
    each: certification_years.Staff,
    officer_id: int,
    today: date,
) -> None:
    drafts = [
        certifying.TermDraft(start, start, end) for start, end in each.terms if start <= today
    ]
    certificate = certificates.create_certificate(
        session,
        scope.home_office_id,
        certifying.CertificateDraft(
            officer_id=officer_id,
            certificate_number=each.certificate,
            issuer="示例省人民政府",
            area="示例县示例镇",
        ),
        drafts[0],
        today,
    )
    for draft in drafts[1:]:
        certificates.add_term(session, scope, certificate.id, draft, None, today)
    if each.returned_on is not None:
        certificates.add_status(
            session,
            scope,
            certificate.id,
            certifying.StatusDraft(CertificateStatus.RETURNED, each.returned_on, "退休离岗"),
            None,
            today,
        )


def write_work(session: Session, office_id: int, villages: Ids, today: date) -> None:
    """The other registers."""
    for done in work_years.work():
        if done.village and done.village not in villages:
            continue
        worklog.create_entry(
            session,
            office_id,
            working.EntryDraft(
                kind=done.kind,
                title=done.title,
                held_on=done.day,
                people=done.people,
                items=done.items,
                due=done.due,
                succeeded=done.succeeded,
                village_id=villages.get(done.village),
                organiser="镇人民政府",
            ),
            today,
        )
