"""An office that goes on working: records edited, voided, restored and added at random."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.advisers import drafts as adviser_drafts
from tracker.advisers.counsel import drafts as counsel_drafts
from tracker.advisers.counsel import operations as counsel
from tracker.advisers.counsel.models import CounselOpinion
from tracker.advisers.literate import drafts as literate_drafts
from tracker.advisers.literate import operations as literate
from tracker.advisers.literate.models import LiterateReview, LiterateService
from tracker.advisers.models import (
    Adviser,
    AdviserAssignment,
    AdviserVisit,
    LegalLiteratePerson,
    LegalLiterateTraining,
)
from tracker.advisers.operations import advisers, assignments, persons, visits
from tracker.certification import drafts as certification_drafts
from tracker.certification.models import (
    Certificate,
    ExamRegistration,
    ExamSitting,
    Officer,
    OfficerTraining,
)
from tracker.certification.operations import exams, officers, trainings
from tracker.kernel import clock, records
from tracker.kernel.errors import RecordMissing, RuleBroken, StaleEdit
from tracker.kernel.model import Recorded
from tracker.kernel.scope import Scope
from tracker.offices import operations as offices
from tracker.offices.drafts import VillageDraft
from tracker.offices.models import Village
from tracker.outreach import operations as outreach
from tracker.outreach.drafts import EventDraft
from tracker.outreach.models import OutreachEvent
from tracker.worklog import operations as worklog
from tracker.worklog.drafts import EntryDraft
from tracker.worklog.models import WorklogEntry

from .random_records import NothingThere, a_draft, write_at_random

Update = Callable[[Session, Scope, int, Any], object]

#: How a record of each kind is edited: the draft, and the operation that takes it.
EDITS: dict[type[Recorded], tuple[type[Any], Update]] = {
    OutreachEvent: (
        EventDraft,
        lambda s, o, i, d: outreach.update_event(s, o, i, d, None, clock.today()),
    ),
    WorklogEntry: (
        EntryDraft,
        lambda s, o, i, d: worklog.update_entry(s, o, i, d, None, clock.today()),
    ),
    Village: (VillageDraft, lambda s, o, i, d: offices.update_village(s, o, i, d, None)),
    Adviser: (
        adviser_drafts.AdviserDraft,
        lambda s, o, i, d: advisers.update_adviser(s, o, i, d, None),
    ),
    AdviserAssignment: (
        adviser_drafts.AssignmentDraft,
        lambda s, o, i, d: assignments.update_assignment(s, o, i, d, None),
    ),
    AdviserVisit: (
        adviser_drafts.VisitDraft,
        lambda s, o, i, d: visits.update_visit(s, o, i, d, None, clock.today()),
    ),
    LegalLiteratePerson: (
        adviser_drafts.PersonDraft,
        lambda s, o, i, d: persons.update_person(s, o, i, d, None),
    ),
    LegalLiterateTraining: (
        adviser_drafts.TrainingDraft,
        lambda s, o, i, d: persons.update_training(s, o, i, d, None, clock.today()),
    ),
    LiterateService: (
        literate_drafts.ServiceDraft,
        lambda s, o, i, d: literate.update_service(s, o, i, d, None, clock.today()),
    ),
    LiterateReview: (
        literate_drafts.ReviewDraft,
        lambda s, o, i, d: literate.update_review(s, o, i, d, None, clock.today()),
    ),
    CounselOpinion: (
        counsel_drafts.OpinionDraft,
        lambda s, o, i, d: counsel.update_opinion(s, o, i, d, None, clock.today()),
    ),
    Officer: (
        certification_drafts.OfficerDraft,
        lambda s, o, i, d: officers.update_officer(s, o, i, d, None),
    ),
    ExamSitting: (
        certification_drafts.SittingDraft,
        lambda s, o, i, d: exams.update_sitting(s, o, i, d, None, clock.today()),
    ),
    OfficerTraining: (
        certification_drafts.TrainingDraft,
        lambda s, o, i, d: trainings.update_training(s, o, i, d, None, clock.today()),
    ),
}
VOIDED: tuple[type[Recorded], ...] = (*EDITS, Certificate, ExamRegistration)


def go_on(session: Session, office_id: int, chance: Random, acts: int) -> int:
    """Do up to ``acts`` random things to an office; returns how many were taken."""
    taken = 0
    for _ in range(acts):
        act = chance.choice((_edit, _edit, _void_or_restore, _add))
        try:
            with session.begin_nested():
                taken += act(session, office_id, chance)
        except (RuleBroken, RecordMissing, StaleEdit, IntegrityError, NothingThere):
            continue
    session.flush()
    return taken


def _add(session: Session, office_id: int, chance: Random) -> int:
    return write_at_random(session, office_id, chance, 1)


def _one_of(session: Session, office_id: int, model: type[Recorded], chance: Random) -> Recorded:
    ids = session.scalars(select(model.id).where(model.office_id == office_id)).all()
    if not ids:
        raise NothingThere
    return session.get_one(model, chance.choice(ids))


def _edit(session: Session, office_id: int, chance: Random) -> int:
    model = chance.choice(list(EDITS))
    record = _one_of(session, office_id, model, chance)
    draft_type, update = EDITS[model]
    draft = a_draft(draft_type, session, office_id, chance)
    update(session, Scope((office_id,), office_id, may_write=True), record.id, draft)
    return 1


def _void_or_restore(session: Session, office_id: int, chance: Random) -> int:
    record = _one_of(session, office_id, chance.choice(VOIDED), chance)
    if record.is_voided:
        records.unvoid(session, record)
    else:
        records.void(session, record, "重复登记")
    return 1
