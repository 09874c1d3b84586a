"""Records of the advisers' domain for tests, written by its own operations."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.world import World, day
from tracker.advisers import operations
from tracker.advisers.counsel import operations as counsel
from tracker.advisers.counsel.drafts import OpinionDraft
from tracker.advisers.counsel.models import CounselOpinion
from tracker.advisers.drafts import (
    AdviserDraft,
    AssignmentDraft,
    FirmDraft,
    PersonDraft,
    TrainingDraft,
    VisitDraft,
)
from tracker.advisers.literate import operations as literate
from tracker.advisers.literate.drafts import ReviewDraft, ServiceDraft
from tracker.advisers.literate.models import LiterateReview, LiterateService
from tracker.advisers.models import (
    Adviser,
    AdviserAssignment,
    AdviserVisit,
    LawFirm,
    LegalLiteratePerson,
    LegalLiterateTraining,
)
from tracker.advisers.terms import AssignmentTarget
from tracker.kernel import clock
from tracker.kernel.headcount import CountBasis
from tracker.offices.models import Office, Village


def _days(draft: dict[str, Any]) -> dict[str, Any]:
    """Days may be written as text."""
    return {
        name: day(value) if name.endswith("_on") and value is not None else value
        for name, value in draft.items()
    }


def a_firm(world: World, name: str = "湘正律师事务所", **draft: Any) -> LawFirm:
    """A firm of the office."""
    with world.writing() as session:
        return operations.create_firm(session, world.office_id, FirmDraft(name, **draft))


def an_adviser(
    world: World, name: str = "张律师", *, office: Office | None = None, **draft: Any
) -> Adviser:
    """An adviser of the office."""
    with world.writing() as session:
        office_id = office.id if office else world.office_id
        return operations.create_adviser(session, office_id, AdviserDraft(name, **draft))


def an_assignment(
    world: World,
    adviser: Adviser,
    village: Village | None,
    starts_on: str | date = "2024-01-01",
    ends_on: str | date | None = None,
    **draft: Any,
) -> AdviserAssignment:
    """An adviser serves a village, or the township where none is named."""
    with world.writing() as session:
        return operations.create_assignment(
            session,
            adviser.office_id,
            AssignmentDraft(
                adviser_id=adviser.id,
                starts_on=day(starts_on),
                ends_on=day(ends_on) if ends_on else None,
                target=AssignmentTarget.VILLAGE if village else AssignmentTarget.TOWNSHIP,
                village_id=village.id if village else None,
                **_days(draft),
            ),
        )


def draft_of(assignment: AdviserAssignment, **changed: Any) -> AssignmentDraft:
    """An assignment as its form would send it, with some of it changed."""
    names = AssignmentDraft.__dataclass_fields__
    values = {name: getattr(assignment, name) for name in names}
    return AssignmentDraft(**{**values, **_days(changed)})


def a_visit(
    world: World,
    adviser: Adviser,
    village: Village | None = None,
    held_on: str | date = "2024-05-06",
    matter: str = "解答土地流转纠纷",
    **draft: Any,
) -> AdviserVisit:
    """An adviser did something, for a village or for the township."""
    with world.writing() as session:
        return operations.create_visit(
            session,
            adviser.office_id,
            VisitDraft(
                adviser_id=adviser.id,
                held_on=day(held_on),
                matter=matter,
                village_id=village.id if village else None,
                **draft,
            ),
            clock.today(),
        )


def a_person(
    world: World,
    village: Village,
    name: str = "王明白",
    appointed_on: str | date = "2023-06-01",
    **draft: Any,
) -> LegalLiteratePerson:
    """A legal-literate person of a village."""
    with world.writing() as session:
        return operations.create_person(
            session,
            village.office_id,
            PersonDraft(name, village.id, day(appointed_on), **_days(draft)),
        )


def a_training(
    world: World,
    title: str = "法律明白人培训班",
    held_on: str | date = "2024-09-10",
    *,
    headcount: int | None = None,
    **draft: Any,
) -> LegalLiterateTraining:
    """A training; its heads count as signed in unless another basis is given."""
    basis = CountBasis.NOT_RECORDED if headcount is None else CountBasis.SIGNED_IN
    with world.writing() as session:
        return operations.create_training(
            session,
            world.office_id,
            TrainingDraft(
                title,
                day(held_on),
                headcount=headcount,
                count_basis=draft.pop("count_basis", basis),
                **draft,
            ),
            clock.today(),
        )


def a_service(
    world: World,
    person: LegalLiteratePerson,
    held_on: str | date = "2024-05-06",
    matter: str = "调解邻里排水纠纷",
    **draft: Any,
) -> LiterateService:
    """A legal-literate person served the neighbours."""
    with world.writing() as session:
        return literate.create_service(
            session,
            person.office_id,
            ServiceDraft(person.id, day(held_on), matter, **draft),
            clock.today(),
        )


def a_review(
    world: World,
    person: LegalLiteratePerson,
    year: int = 2024,
    reviewed_on: str | date = "",
    **draft: Any,
) -> LiterateReview:
    """A legal-literate person's review of a year, made on its last day unless that is said."""
    with world.writing() as session:
        return literate.create_review(
            session,
            person.office_id,
            ReviewDraft(person.id, year, day(reviewed_on or f"{year}-12-31"), **draft),
            clock.today(),
        )


def an_opinion(
    world: World,
    adviser: Adviser | None = None,
    given_on: str | date = "2024-05-06",
    matter: str = "集镇停车管理规定",
    **draft: Any,
) -> CounselOpinion:
    """An opinion of the township's counsel, or of the office itself."""
    with world.writing() as session:
        return counsel.create_opinion(
            session,
            world.office_id,
            OpinionDraft(
                matter, day(given_on), adviser_id=adviser.id if adviser else None, **_days(draft)
            ),
            clock.today(),
        )
