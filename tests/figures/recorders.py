"""What a real report's figures rest on, recorded by the product's operations, register by register.

Each recorder writes one year's worth into the world's office and returns what the figures of that
register must then say of 2024.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from tests.advisers import support as advisers
from tests.support.world import World
from tests.worklog.support import an_entry
from tracker.advisers.terms import AdviserIdentity, VisitKind
from tracker.certification.drafts import (
    CertificateDraft,
    OfficerDraft,
    RegistrationDraft,
    ResultDraft,
    SittingDraft,
    TermDraft,
    TrainingDraft,
)
from tracker.certification.models import ExamRegistration, Officer
from tracker.certification.operations import certificates, exams, officers, trainings
from tracker.certification.terms import ExamPart, Outcome
from tracker.kernel import clock
from tracker.outreach.terms import MaterialKind
from tracker.worklog.kinds import WorkKind, shipped_kinds

#: What the figures must say, by key.
Expected = Mapping[str, int | Decimal]

#: A sound value for every number of a kind, each different.
_NUMBERS = {"times": 2, "people": 30, "items": 20, "due": 40, "succeeded": 10}


@dataclass(frozen=True)
class Row:
    """One line of docs/figure_kinds.csv."""

    kind: str
    register: str
    worklog_kind: str
    figure: str


def record(world: World, row: Row) -> Expected:
    """Record what a line's figure rests on."""
    if row.register == "worklog":
        return _worklog(world, shipped_kinds()[row.worklog_kind])
    return RECORDERS[row.register](world)


def _worklog(world: World, kind: WorkKind) -> Expected:
    numbers = {number: _NUMBERS[number] for number in kind.numbers}
    an_entry(world, kind.key, "2024-05-10", **numbers)  # type: ignore[arg-type]
    said: dict[str, int | Decimal] = {
        f"worklog.{kind.key}.{number}": value for number, value in numbers.items()
    }
    if kind.rate_base is not None:
        base = Decimal(numbers[kind.rate_base])
        if "due" in numbers:
            said[f"worklog.{kind.key}.coverage_rate"] = _share(base, numbers["due"])
        if "succeeded" in numbers:
            said[f"worklog.{kind.key}.success_rate"] = _share(numbers["succeeded"], base)
    return said


def _share(part: int | Decimal, whole: int | Decimal) -> Decimal:
    return (Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001"))


def _events(world: World) -> Expected:
    reached, _ = world.a_village("架桥村"), world.a_village("太平村")
    world.an_event(
        on="2024-06-26",
        sessions=3,
        headcount=823,
        villages=[reached],
        materials={MaterialKind.LEAFLET: 500, MaterialKind.BOOKLET: 60, MaterialKind.GIFT: 40},
        consultations=12,
        households=13,
        banners=4,
        boards=5,
        broadcasts=6,
        online_posts=7,
        online_reads=8000,
    )
    return {
        "outreach.events": 1,
        "outreach.sessions": 3,
        "outreach.person_times": 823,
        "outreach.materials": 560,
        "outreach.gifts": 40,
        "outreach.consultations": 12,
        "outreach.households": 13,
        "outreach.banners": 4,
        "outreach.boards": 5,
        "outreach.broadcasts": 6,
        "outreach.online_posts": 7,
        "outreach.online_reads": 8000,
        "outreach.villages_reached": 1,
        "outreach.village_coverage": Decimal("0.5"),
    }


def _adviser_assignments(world: World) -> Expected:
    first, second, _ = (world.a_village(name) for name in ("架桥村", "太平村", "三角村"))
    lawyer = advisers.an_adviser(world, "张律师")
    worker = advisers.an_adviser(world, "李法工", identity=AdviserIdentity.LEGAL_SERVICE_WORKER)
    advisers.an_assignment(world, lawyer, first, fee=5000)
    advisers.an_assignment(world, worker, second)
    advisers.an_assignment(world, lawyer, None)
    return {
        "advisers.serving": 2,
        "advisers.villages_covered": 2,
        "advisers.village_coverage": Decimal("0.6667"),
        "advisers.government_counsel": 1,
        "advisers.lawyer_share": Decimal("0.5"),
        "advisers.fees": 5000,
    }


def _adviser_visits(world: World) -> Expected:
    village = world.a_village("架桥村")
    adviser = advisers.an_adviser(world)
    advisers.a_visit(
        world,
        adviser,
        village,
        kind=VisitKind.LECTURE,
        people_consulted=8,
        opinions=2,
        contracts_reviewed=3,
        documents=4,
        mediations=5,
        legal_aid_cases=6,
        enterprises=7,
    )
    return {
        "advisers.visits": 1,
        "advisers.village_visits": 1,
        "advisers.lectures": 1,
        "advisers.consultations": 8,
        "advisers.opinions": 2,
        "advisers.contracts_reviewed": 3,
        "advisers.documents": 4,
        "advisers.mediations": 5,
        "advisers.legal_aid": 6,
        "advisers.enterprises": 7,
    }


def _legal_literate_persons(world: World) -> Expected:
    village, _ = world.a_village("架桥村"), world.a_village("太平村")
    advisers.a_person(world, village, "王明白", appointed_on="2023-05-01")
    advisers.a_person(world, village, "赵明白", appointed_on="2024-05-01")
    return {"advisers.legal_literate_persons": 2, "advisers.legal_literate_villages": 1}


def _legal_literate_trainings(world: World) -> Expected:
    advisers.a_training(world, headcount=25)
    return {"advisers.legal_literate_trained": 25, "advisers.legal_literate_trainings": 1}


def _two_officers(world: World) -> list[Officer]:
    with world.writing() as session:
        return [
            officers.create_officer(
                session,
                world.office_id,
                OfficerDraft(name, post_from=date(2020, 1, 1), enforcement_post=True),
            )
            for name in ("陈执法", "周执法")
        ]


def _exam_results(world: World) -> Expected:
    people = _two_officers(world)
    scope, today = world.scope(), clock.today()
    with world.writing() as session:
        sitting = exams.create_sitting(
            session,
            world.office_id,
            SittingDraft("行政执法资格考试", date(2024, 6, 15), special_mark=None),
        )
        ids = [officer.id for officer in people]
        exams.register_officers(session, scope, sitting.id, ids, RegistrationDraft())
        registered = session.scalars(
            select(ExamRegistration).where(ExamRegistration.sitting_id == sitting.id)
        ).all()
        drafts = [
            ResultDraft(each.id, ExamPart.GENERAL, outcome=outcome)
            for each, outcome in zip(registered, (Outcome.PASSED, Outcome.FAILED), strict=True)
        ]
        exams.record_results(session, scope, sitting.id, drafts, None, today)
    return {"certification.passed": 1, "certification.pass_rate": Decimal("0.5")}


def _certificates(world: World) -> Expected:
    holder, _ = _two_officers(world)
    term = TermDraft(date(2024, 3, 1), date(2024, 3, 1), date(2029, 2, 28))
    with world.writing() as session:
        certificates.create_certificate(
            session,
            world.office_id,
            CertificateDraft(holder.id, "18070001"),
            term,
            clock.today(),
        )
    return {
        "certification.certificates_issued": 1,
        "certification.certificates_new": 1,
        "certification.certificates_valid": 1,
        "certification.holders": 1,
        "certification.holding_rate": Decimal("0.5"),
    }


def _officer_trainings(world: World) -> Expected:
    ids = tuple(officer.id for officer in _two_officers(world))
    with world.writing() as session:
        trainings.create_training(
            session,
            world.office_id,
            TrainingDraft("执法培训", date(2024, 4, 1), Decimal("4.5"), officer_ids=ids),
            clock.today(),
        )
    return {
        "certification.trainings": 1,
        "certification.training_attendances": 2,
        "certification.training_hours": Decimal("4.5"),
    }


RECORDERS: Mapping[str, Callable[[World], Expected]] = {
    "events": _events,
    "adviser_assignments": _adviser_assignments,
    "adviser_visits": _adviser_visits,
    "legal_literate_persons": _legal_literate_persons,
    "legal_literate_trainings": _legal_literate_trainings,
    "exam_results": _exam_results,
    "certificates": _certificates,
    "officers": _certificates,
    "officer_trainings": _officer_trainings,
}
