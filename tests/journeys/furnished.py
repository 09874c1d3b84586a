"""A tracker to look at: the example county, and records no layout was drawn for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.journeys.furnished_files import hand_in_files
from tests.support import application, databases
from tests.support.browser import serving
from tests.support.reports import write_reports
from tracker.accounts import operations as accounts
from tracker.accounts import passwords
from tracker.accounts.terms import Role
from tracker.advisers import drafts as advising
from tracker.advisers import operations as advisers
from tracker.advisers.models import AdviserVisit
from tracker.advisers.terms import PersonGroup, VisitKind
from tracker.certification import drafts as certifying
from tracker.certification.models import ExamRegistration
from tracker.certification.operations import certificates, exams, officers, trainings
from tracker.certification.terms import CertificateStatus, ExamPart
from tracker.evidence.models import EvidenceFile
from tracker.kernel import migrating, records, rows
from tracker.kernel.db import Actor, db, write_tx
from tracker.kernel.headcount import CountBasis
from tracker.kernel.scope import Scope
from tracker.kernel.units import Unit
from tracker.offices import operations as offices
from tracker.offices.drafts import VillageDraft
from tracker.offices.models import Office
from tracker.offices.terms import VillageKind
from tracker.onboarding import demo
from tracker.outreach import operations as outreach
from tracker.outreach.calendar import operations as calendar
from tracker.outreach.calendar.drafts import ConfirmationDraft, LocalDayDraft
from tracker.outreach.drafts import CampaignDraft, EventDraft
from tracker.outreach.models import PlaceKind, Theme
from tracker.outreach.planning import operations as planning
from tracker.outreach.planning.drafts import PlanItemDraft
from tracker.outreach.terms import Audience, MaterialKind
from tracker.worklog import operations as worklog
from tracker.worklog.drafts import EntryDraft, KindDraft

#: The day on which the pages are looked at: when the report on 2024 is being written.
TODAY = date(2025, 1, 20)
DAY = date(2024, 12, 31)

#: A reader whose own name is long, beside the example's people.
LONG_NAMED = "jia-qiao-zhen-chayue"
PASSWORD = demo.SIGN_IN.password

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://127.0.0.1:9","x")'
EMOJI = "👨\u200d👩\u200d👧🎉⚖️"
UNBROKEN = "W" * 190
LONG = "习近平法治思想进乡村暨宪法民法典反电信诈骗集中宣传月活动"


def han(length: int) -> str:
    """Chinese text of this length without a single mark to break at."""
    return (LONG * (length // len(LONG) + 1))[:length]


def w(length: int) -> str:
    """Letters of this length without a break."""
    return "W" * length


def make(folder: Path) -> None:
    """Fill an instance folder with the example county and the ugly records."""
    app = make_app(folder)
    migrating.migrate_to_head(app)
    with app.app_context(), rows.seeing_everything():
        demo.load(county=True)
        with write_tx(Actor("测试员" + han(30))) as session:
            found = session.scalar(select(Office.id).where(Office.code == demo.CODE))
            assert found is not None
            write_ugly(session, found)
    hand_in_files(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def make_app(folder: Path) -> Flask:
    """The application as an office runs it."""
    return application.make_app(folder, TESTING=False)


@contextmanager
def served(template: Path | None, folder: Path) -> Iterator[tuple[Flask, str]]:
    """A server on a copy of the template, or on an empty instance."""
    if template is not None:
        databases.copy(template, folder)
    app = make_app(folder)
    if template is None:
        migrating.migrate_to_head(app)
    with serving(app) as address:
        yield app, address
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def a_file(app: Flask) -> int:
    """A file that the example township has on one of its records."""
    with app.app_context(), rows.seeing_everything():
        code = Office.code == demo.CODE
        wanted = select(EvidenceFile.id).join(Office, Office.id == EvidenceFile.office_id)
        return db.session.scalars(wanted.where(code, EvidenceFile.voided_at.is_(None))).first() or 0


def rarely_reached(app: Flask) -> dict[str, str]:
    """Pages that stand only on some records, which need not be those that are opened: an address
    of each, among the example township's records, by endpoint."""
    lecture = select(AdviserVisit.id).where(
        AdviserVisit.kind == VisitKind.LECTURE, AdviserVisit.event_id.is_(None)
    )
    registered = select(ExamRegistration.sitting_id)
    found = {"evidence.file": f"/evidence/{a_file(app)}"}
    with app.app_context(), rows.seeing_everything():
        office_id = db.session.scalars(select(Office.id).where(Office.code == demo.CODE)).one()
        for endpoint, address, wanted in (
            (
                "advisers.event_of_visit",
                "/advisers/visits/{}/event",
                lecture.where(
                    AdviserVisit.office_id == office_id, AdviserVisit.voided_at.is_(None)
                ),
            ),
            (
                "certification.candidates",
                "/certification/sittings/{}/candidates",
                registered.where(
                    ExamRegistration.office_id == office_id, ExamRegistration.voided_at.is_(None)
                ),
            ),
        ):
            found[endpoint] = address.format(db.session.scalars(wanted.limit(1)).one())
    return found


def write_ugly(session: Session, office_id: int) -> None:
    """Records of every kind with entries as long, as strange and as big as the forms take."""
    villages = _villages(session, office_id)
    _outreach(session, office_id, villages)
    _advisers(session, office_id, villages)
    _certification(session, office_id)
    _worklog(session, office_id, villages)
    write_reports(session, office_id, LONG, "\n".join((han(600), w(190), SCRIPT, EMOJI)))
    accounts.create_user(
        session,
        office_id,
        name=LONG_NAMED,
        display_name=han(40),
        role=Role.READER,
        password_hash=passwords.hash_password(PASSWORD),
    )
    accounts.create_user(
        session,
        office_id,
        name=w(40),
        display_name=w(40),
        role=Role.CLERK,
        password_hash=passwords.hash_password(PASSWORD),
    )


def _villages(session: Session, office_id: int) -> tuple[int, ...]:
    made = [
        offices.create_village(session, office_id, draft)
        for draft in (
            VillageDraft(han(40), VillageKind.VILLAGE, 1_000_000, 1_000_000, note=han(500)),
            VillageDraft(w(40), VillageKind.COMMUNITY, 0, 0),
            VillageDraft(SCRIPT + EMOJI, VillageKind.VILLAGE, note=UNBROKEN),
            VillageDraft(FORMULA[:40], VillageKind.VILLAGE, closed_on=date(2024, 6, 30)),
        )
    ]
    voided = offices.create_village(
        session, office_id, VillageDraft("误录" + w(38), VillageKind.VILLAGE)
    )
    records.void(session, voided, han(200))
    return tuple(village.id for village in made)


def _plan_and_calendar(session: Session, office_id: int) -> int:
    """Items of the plan, an own publicity day and confirmed dates; returns an item's id."""
    items = [
        planning.create_item(
            session,
            office_id,
            PlanItemDraft(
                year=DAY.year,
                content=content,
                position=9999,
                laws=content,
                leader=content[:100],
                responsible_person=content[:100],
                responsible_office=content[:200],
                audience=content[:200],
                carrier=content,
                measure=content + content[:200],
                standard=content + content[:200],
                due_on=DAY,
                target_events=9999,
                target_person_times=9_999_999,
                note=SCRIPT + FORMULA + EMOJI,
            ),
        )
        for content in (han(300), w(300))
    ]
    records.void(
        session,
        planning.create_item(session, office_id, PlanItemDraft(year=DAY.year, content=SCRIPT)),
        han(200),
    )
    for name in (han(60), w(60)):
        day = LocalDayDraft(name, 12, 20, 12, 31, by_notice=True, laws=han(300), basis=w(200))
        calendar.save_local_day(session, office_id, None, day)
    for year in (DAY.year, TODAY.year):
        confirmed = ConfirmationDraft(date(year, 12, 1), date(year, 12, 7), w(200))
        calendar.confirm_dates(session, office_id, year, "constitution_week", confirmed)
    calendar.keep_day(session, office_id, "statistics_law_day", kept=False)
    return items[0].id


def _outreach(session: Session, office_id: int, villages: tuple[int, ...]) -> None:
    outreach.save_theme(session, office_id, None, name=han(40), laws=han(300), in_use=True)
    outreach.save_theme(session, office_id, None, name=w(40), laws=w(300), in_use=True)
    outreach.save_place_kind(session, office_id, None, name=han(40), in_use=True)
    outreach.save_place_kind(session, office_id, None, name=w(40), in_use=False)
    themes = tuple(session.scalars(select(Theme.id).where(Theme.office_id == office_id)))
    place = session.scalars(
        select(PlaceKind.id).where(PlaceKind.office_id == office_id, PlaceKind.name == han(40))
    ).one()
    campaign = outreach.create_campaign(
        session, office_id, CampaignDraft(han(100), DAY, DAY, han(200), 40, 90_000, han(2000))
    )
    void = outreach.create_campaign(session, office_id, CampaignDraft(w(100), DAY))
    records.void(session, void, w(200))
    item = _plan_and_calendar(session, office_id)
    for title in (han(200), UNBROKEN, SCRIPT, FORMULA, EMOJI, "“引号”'\"«»『』&lt;&amp;"):
        draft = EventDraft(
            title=title,
            starts_on=DAY,
            ends_on=DAY + timedelta(days=20),
            sessions=999,
            place_kind_id=place,
            campaign_id=campaign.id,
            plan_item_id=item,
            publicity_day="constitution_day",
            theme_ids=themes,
            laws=han(300),
            village_ids=villages,
            venue=w(200),
            lead_organisation=han(100),
            partner_organisations=w(500),
            speakers=han(300),
            audiences=tuple(Audience),
            headcount=9_999_999,
            count_basis=CountBasis.ESTIMATED,
            consultations=9_999_999,
            materials=dict.fromkeys(MaterialKind, 9_999_999),
            banners=9_999_999,
            boards=9_999_999,
            broadcasts=9_999_999,
            online_posts=9_999_999,
            online_reads=999_999_999,
            households=9_999_999,
            note=f"{han(900)}\n\n{SCRIPT}\n{w(900)}",
        )
        outreach.create_event(session, office_id, draft, TODAY)
    voided = outreach.create_event(
        session, office_id, EventDraft(title="重复" + w(198), starts_on=DAY, ends_on=DAY), TODAY
    )
    records.void(session, voided, han(200))
    for number in range(1, 66):
        day = date(2024, 1, 1) + timedelta(days=5 * number)
        title = f"第{number}次村村响广播"
        outreach.create_event(
            session, office_id, EventDraft(title=title, starts_on=day, ends_on=day), TODAY
        )


def _advisers(session: Session, office_id: int, villages: tuple[int, ...]) -> None:
    for name in (han(100), w(100)):
        firm = advisers.create_firm(
            session,
            office_id,
            advising.FirmDraft(name=name, address=han(200), phone=w(60), note=w(2000)),
        )
    for name, licence in ((han(40), w(40)), (w(40), han(40)), (SCRIPT, SCRIPT), (EMOJI, "")):
        adviser = advisers.create_adviser(
            session,
            office_id,
            advising.AdviserDraft(
                name=name, firm_id=firm.id, licence_number=licence, phone=w(60), note=w(2000)
            ),
        )
    for village_id, starts_on in zip(villages, (date(2024, 1, 1), DAY), strict=False):
        advisers.create_assignment(
            session,
            office_id,
            advising.AssignmentDraft(
                adviser_id=adviser.id,
                starts_on=starts_on,
                village_id=village_id,
                fee=9_999_999,
                end_reason="",
                note=han(2000),
            ),
        )
    for matter in (han(200), UNBROKEN, SCRIPT):
        advisers.create_visit(
            session,
            office_id,
            advising.VisitDraft(
                adviser_id=adviser.id,
                held_on=DAY,
                matter=matter,
                village_id=villages[0],
                hours=Decimal(12),
                people_consulted=9_999_999,
                attendees=9_999_999,
                opinions=99_999,
                contracts_reviewed=99_999,
                documents=99_999,
                mediations=99_999,
                legal_aid_cases=99_999,
                enterprises=99_999,
                result=w(500),
                note=han(2000),
            ),
            TODAY,
        )
    for name in (han(40), w(40)):
        advisers.create_person(
            session,
            office_id,
            advising.PersonDraft(
                name=name,
                village_id=villages[0],
                appointed_on=date(2024, 1, 1),
                identity=PersonGroup.VILLAGE_CADRE,
                phone=w(60),
                certificate_number=w(40),
                star_level=5,
                adviser_id=adviser.id,
                left_on=DAY,
                leave_reason=han(200),
                note=w(2000),
            ),
        )
    for title in (han(200), UNBROKEN):
        advisers.create_training(
            session,
            office_id,
            advising.TrainingDraft(
                title=title,
                held_on=DAY,
                organiser=w(100),
                headcount=9_999_999,
                count_basis=CountBasis.SIGNED_IN,
                hours=Decimal(200),
                note=han(2000),
            ),
            TODAY,
        )


def _certification(session: Session, office_id: int) -> None:
    scope = Scope((office_id,), office_id, may_write=True)
    people = [
        officers.create_officer(
            session,
            office_id,
            certifying.OfficerDraft(
                name=name,
                post_from=date(2023, 1, 8),
                enforcement_post=True,
                station=han(60),
                post=w(60),
                phone=w(40),
                note=han(2000),
            ),
        )
        for name in (han(40), w(40), SCRIPT)
    ]
    sittings = [
        exams.create_sitting(
            session,
            office_id,
            certifying.SittingDraft(
                title=title, held_on=date(2024, 11, 30), organiser=han(100), note=w(2000)
            ),
        )
        for title in (han(100), w(100))
    ]
    exams.register_officers(
        session,
        scope,
        sittings[0].id,
        [person.id for person in people],
        certifying.RegistrationDraft(date(2024, 11, 1), han(200)),
    )
    registered = session.scalars(
        select(ExamRegistration.id).where(ExamRegistration.sitting_id == sittings[0].id)
    )
    drafts = [
        certifying.ResultDraft(each, part, score=Decimal(score))
        for each, score in zip(registered, ("99.5", "12", "60"), strict=True)
        for part in ExamPart
    ]
    exams.record_results(session, scope, sittings[0].id, drafts, None, TODAY)
    term = certifying.TermDraft(date(2024, 12, 20), date(2024, 12, 20), date(2025, 2, 15))
    for person, number in zip(people, (han(60), w(60)), strict=False):
        held = certificates.create_certificate(
            session,
            office_id,
            certifying.CertificateDraft(
                officer_id=person.id,
                certificate_number=number,
                issuer=han(100),
                area=w(100),
                employer=han(100),
                yearly_check=w(60),
                exception_reason=han(200),
                note=han(2000),
            ),
            term,
            TODAY,
        )
        certificates.add_status(
            session,
            scope,
            held.id,
            certifying.StatusDraft(CertificateStatus.HELD, DAY, w(200)),
            None,
            TODAY,
        )
    for title in (han(200), UNBROKEN):
        trainings.create_training(
            session,
            office_id,
            certifying.TrainingDraft(
                title=title,
                held_on=DAY,
                hours=Decimal(200),
                organiser=w(100),
                officer_ids=tuple(person.id for person in people),
                note=han(2000),
            ),
            TODAY,
        )


def _worklog(session: Session, office_id: int, villages: tuple[int, ...]) -> None:
    for label, english in ((han(40), "W" * 80), (w(40), "")):
        kind = worklog.save_kind(
            session,
            office_id,
            None,
            KindDraft(
                label_zh=label,
                label_en=english,
                definition=han(499),
                counts_times=True,
                counts_people=True,
                counts_items=True,
                items_unit=Unit.COPIES,
                items_label=w(40),
            ),
        )
        for title in (han(200), UNBROKEN):
            most: dict[str, Any] = {"times": 9_999_999, "people": 9_999_999, "items": 9_999_999}
            worklog.create_entry(
                session,
                office_id,
                EntryDraft(
                    kind=kind.key,
                    title=title,
                    held_on=DAY,
                    ended_on=DAY,
                    village_id=villages[0],
                    venue=w(200),
                    organiser=han(100),
                    participants=w(300),
                    note=han(2000),
                    **most,
                ),
                TODAY,
            )
