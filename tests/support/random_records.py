"""Offices full of records nobody would think of, made from the drafts' own types.

Every domain's drafts are filled at random and handed to its operations; what they refuse is left
out. A new domain is one more line in `RECORDERS`.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.advisers import drafts as adviser_drafts
from tracker.advisers.counsel import drafts as counsel_drafts
from tracker.advisers.counsel import operations as counsel
from tracker.advisers.literate import drafts as literate_drafts
from tracker.advisers.literate import operations as literate
from tracker.advisers.models import Adviser, AdviserVisit, LawFirm, LegalLiteratePerson
from tracker.advisers.operations import advisers, assignments, persons, visits
from tracker.certification import drafts as certification_drafts
from tracker.certification.models import Certificate, ExamRegistration, ExamSitting, Officer
from tracker.certification.operations import certificates, exams, officers, trainings
from tracker.kernel import clock, records
from tracker.kernel.errors import RecordMissing, RuleBroken, StaleEdit
from tracker.kernel.exceptions import REASON
from tracker.kernel.model import Model, Recorded
from tracker.kernel.scope import Scope
from tracker.kernel.terms import Term
from tracker.offices import operations as offices
from tracker.offices.drafts import VillageDraft
from tracker.offices.models import Village
from tracker.outreach import operations as outreach
from tracker.outreach.drafts import CampaignDraft, EventDraft
from tracker.outreach.models import Campaign, OutreachEvent, PlaceKind, Theme
from tracker.outreach.planning import operations as planning
from tracker.outreach.planning.drafts import PlanItemDraft
from tracker.outreach.planning.models import PlanItem
from tracker.outreach.terms import MaterialKind
from tracker.worklog import operations as worklog
from tracker.worklog.drafts import EntryDraft
from tracker.worklog.kinds import shipped_kinds

#: Spans around two year ends, where mistakes are made, and some of the future.
_SPANS = (
    (date(2022, 12, 25), date(2023, 1, 5)),
    (date(2023, 12, 20), date(2024, 1, 10)),
    (date(2024, 1, 1), date(2024, 12, 31)),
    (date(2024, 1, 1), date(2024, 12, 31)),
    (date(2024, 12, 20), date(2025, 1, 25)),
)
_NUMBERS = (0, 1, 2, 3, 5, 30, 823)
_HOURS = (Decimal("0.5"), Decimal(2), Decimal("59.5"), Decimal(60), Decimal(88))
_NAMES = "甲乙丙丁戊己庚辛"

#: Of the many kinds of other work, some; they are all counted alike.
SOME_KINDS = tuple(shipped_kinds())[::7]

#: What a draft's field that names a record may name.
REFERENCES: Mapping[str, type[Any]] = {
    "village_id": Village,
    "village_ids": Village,
    "theme_ids": Theme,
    "place_kind_id": PlaceKind,
    "campaign_id": Campaign,
    "plan_item_id": PlanItem,
    "event_id": OutreachEvent,
    "firm_id": LawFirm,
    "adviser_id": Adviser,
    "person_id": LegalLiteratePerson,
    "person_ids": LegalLiteratePerson,
    "visit_id": AdviserVisit,
    "officer_id": Officer,
    "officer_ids": Officer,
    "registration_id": ExamRegistration,
}


@dataclass(frozen=True)
class Recorder:
    """One way to write a record: the draft and the operation that takes it."""

    draft: type[Any]
    write: Callable[[Session, int, Any, Random], object]


def _scope(office_id: int) -> Scope:
    return Scope((office_id,), office_id, may_write=True)


def _certificate(session: Session, office_id: int, draft: Any, chance: Random) -> object:
    term = a_draft(certification_drafts.TermDraft, session, office_id, chance)
    return certificates.create_certificate(session, office_id, draft, term, clock.today())


def _status(session: Session, office_id: int, draft: Any, chance: Random) -> object:
    held = chance.choice(_ids(session, office_id, Certificate))
    return certificates.add_status(session, _scope(office_id), held, draft, None, clock.today())


def _term(session: Session, office_id: int, draft: Any, chance: Random) -> object:
    held = chance.choice(_ids(session, office_id, Certificate))
    return certificates.add_term(session, _scope(office_id), held, draft, None, clock.today())


def _registration(session: Session, office_id: int, draft: Any, chance: Random) -> object:
    sitting = chance.choice(_ids(session, office_id, ExamSitting))
    who = _some(_ids(session, office_id, Officer), chance)
    return exams.register_officers(session, _scope(office_id), sitting, who, draft)


def _result(session: Session, office_id: int, draft: Any, chance: Random) -> object:
    registration = session.get_one(ExamRegistration, draft.registration_id)
    return exams.record_results(
        session, _scope(office_id), registration.sitting_id, [draft], None, clock.today()
    )


def _retake(session: Session, office_id: int, draft: Any, chance: Random) -> object:
    return exams.add_retake(session, _scope(office_id), draft.registration_id)


RECORDERS: tuple[Recorder, ...] = (
    Recorder(VillageDraft, lambda s, o, d, _: offices.create_village(s, o, d)),
    Recorder(CampaignDraft, lambda s, o, d, _: outreach.create_campaign(s, o, d)),
    Recorder(PlanItemDraft, lambda s, o, d, _: planning.create_item(s, o, d)),
    Recorder(EventDraft, lambda s, o, d, _: outreach.create_event(s, o, d, clock.today())),
    Recorder(EventDraft, lambda s, o, d, _: outreach.create_event(s, o, d, clock.today())),
    Recorder(adviser_drafts.FirmDraft, lambda s, o, d, _: advisers.create_firm(s, o, d)),
    Recorder(adviser_drafts.AdviserDraft, lambda s, o, d, _: advisers.create_adviser(s, o, d)),
    Recorder(
        adviser_drafts.AssignmentDraft, lambda s, o, d, _: assignments.create_assignment(s, o, d)
    ),
    Recorder(
        adviser_drafts.VisitDraft, lambda s, o, d, _: visits.create_visit(s, o, d, clock.today())
    ),
    Recorder(adviser_drafts.PersonDraft, lambda s, o, d, _: persons.create_person(s, o, d)),
    Recorder(
        adviser_drafts.TrainingDraft,
        lambda s, o, d, _: persons.create_training(s, o, d, clock.today()),
    ),
    Recorder(
        literate_drafts.ServiceDraft,
        lambda s, o, d, _: literate.create_service(s, o, d, clock.today()),
    ),
    Recorder(
        literate_drafts.ReviewDraft,
        lambda s, o, d, _: literate.create_review(s, o, d, clock.today()),
    ),
    Recorder(
        counsel_drafts.OpinionDraft,
        lambda s, o, d, _: counsel.create_opinion(s, o, d, clock.today()),
    ),
    Recorder(EntryDraft, lambda s, o, d, _: worklog.create_entry(s, o, d, clock.today())),
    Recorder(EntryDraft, lambda s, o, d, _: worklog.create_entry(s, o, d, clock.today())),
    Recorder(
        certification_drafts.OfficerDraft, lambda s, o, d, _: officers.create_officer(s, o, d)
    ),
    Recorder(certification_drafts.SittingDraft, lambda s, o, d, _: exams.create_sitting(s, o, d)),
    Recorder(certification_drafts.RegistrationDraft, _registration),
    Recorder(certification_drafts.ResultDraft, _result),
    Recorder(certification_drafts.ResultDraft, _result),
    Recorder(certification_drafts.ResultDraft, _retake),
    Recorder(certification_drafts.CertificateDraft, _certificate),
    Recorder(certification_drafts.TermDraft, _term),
    Recorder(certification_drafts.StatusDraft, _status),
    Recorder(
        certification_drafts.TrainingDraft,
        lambda s, o, d, _: trainings.create_training(s, o, d, clock.today()),
    ),
)


class NothingThere(Exception):
    """There is no record yet that this draft could name."""


def _ids(session: Session, office_id: int, model: type[Any]) -> list[int]:
    found = list(session.scalars(select(model.id).where(model.office_id == office_id)).all())
    if not found:
        raise NothingThere
    return found


def _some(values: Sequence[Any], chance: Random) -> tuple[Any, ...]:
    """Up to three of the values, none twice."""
    return tuple(dict.fromkeys(chance.choice(values) for _ in range(chance.randint(0, 3))))


def a_draft(kind: type[Any], session: Session, office_id: int, chance: Random) -> Any:
    """A draft of this kind whose fields are each of their type."""
    hints = typing.get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in fields(kind):
        required = field.default is MISSING and field.default_factory is MISSING
        hint = hints[field.name]
        if isinstance(hint, types.UnionType):
            if chance.random() < 0.4:
                values[field.name] = None
                continue
            hint = next(each for each in typing.get_args(hint) if each is not type(None))
        values[field.name] = _value(field.name, hint, session, office_id, chance, required)
    return kind(**values)


def _value(
    name: str, hint: Any, session: Session, office_id: int, chance: Random, required: bool
) -> Any:
    is_many = typing.get_origin(hint) is tuple
    if name in REFERENCES:
        try:
            ids = _ids(session, office_id, REFERENCES[name])
        except NothingThere:
            if required:
                raise
            return () if is_many else None
        return _some(ids, chance) if is_many else chance.choice(ids)
    if name == "kind" and hint is str:
        return chance.choice(SOME_KINDS)
    if name == "year":
        return chance.choice([first.year for first, _ in _SPANS])
    if name == REASON:
        return chance.choice(("", "镇长办公会同意"))
    if name == "materials":
        return {kind: chance.randint(0, 900) for kind in _some(list(MaterialKind), chance)}
    if is_many:
        return _some(list(typing.get_args(hint)[0]), chance)
    if isinstance(hint, type) and issubclass(hint, Term):
        return chance.choice(list(hint))
    if hint is date:
        first, last = chance.choice(_SPANS)
        return first + timedelta(days=chance.randint(0, (last - first).days))
    simple: Mapping[Any, Callable[[], Any]] = {
        bool: lambda: chance.random() < 0.5,
        int: lambda: chance.choice(_NUMBERS),
        Decimal: lambda: chance.choice(_HOURS),
        str: lambda: chance.choice(_NAMES) if required else "",
    }
    if hint not in simple:
        raise TypeError(f"teach tests/support/random_records.py to fill {name}: {hint}")
    return simple[hint]()


def write_at_random(session: Session, office_id: int, chance: Random, tries: int) -> int:
    """Write up to ``tries`` random records, some of them voided; returns how many were taken."""
    taken = 0
    for _ in range(tries):
        recorder = chance.choice(RECORDERS)
        try:
            draft = a_draft(recorder.draft, session, office_id, chance)
            with session.begin_nested():
                record = recorder.write(session, office_id, draft, chance)
                if isinstance(record, Recorded) and chance.random() < 0.1:
                    records.void(session, record, "录错了")
        except (RuleBroken, RecordMissing, StaleEdit, IntegrityError, NothingThere):
            continue
        taken += 1
    session.flush()
    return taken


def all_ids(session: Session, model: type[Model], office_ids: tuple[int, ...]) -> set[int]:
    """Every record of a table that belongs to these offices."""
    table: Any = model
    return set(session.scalars(select(table.id).where(table.office_id.in_(office_ids))).all())
