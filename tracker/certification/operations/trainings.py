"""Writes of trainings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.certification.drafts import TrainingDraft
from tracker.certification.models import Officer, OfficerTraining, TrainingAttendee
from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

MOST_HOURS = Decimal(200)


def create_training(
    session: Session, office_id: int, draft: TrainingDraft, today: date
) -> OfficerTraining:
    """Enter a training.

    :raises RuleBroken: see `_require_sound`.
    """
    _require_sound(draft, today)
    training = OfficerTraining(office_id=office_id)
    _fill(session, training, draft)
    records.add_new(session, training, draft.held_on)
    return training


def update_training(
    session: Session,
    scope: Scope,
    training_id: int,
    draft: TrainingDraft,
    version: int | None,
    today: date,
) -> OfficerTraining:
    """Change a training.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound`.
    """
    _require_sound(draft, today)
    training = records.find_to_write(session, OfficerTraining, training_id, scope, version)
    _fill(session, training, draft)
    records.sign(session, training)
    return training


def _require_sound(draft: TrainingDraft, today: date) -> None:
    if draft.held_on > today:
        raise RuleBroken(
            "held_on",
            Words(
                "培训日期不能在今天之后，办完再登记",
                "Enter a training once it has taken place",
            ),
        )
    if not Decimal(0) < draft.hours <= MOST_HOURS:
        raise RuleBroken(
            "hours",
            Words("学时应大于 0，不超过 200", "Class hours must be above 0 and at most 200"),
        )


def _fill(session: Session, training: OfficerTraining, draft: TrainingDraft) -> None:
    """Put the draft into the record.

    :raises RuleBroken: when somebody new is not a live officer of the office.
    """
    training.title = draft.title
    training.held_on = draft.held_on
    training.organiser = draft.organiser
    training.kind = draft.kind
    training.hours = draft.hours
    training.note = draft.note
    have = {attendee.officer_id: attendee for attendee in training.attendees}
    new = [key for key in dict.fromkeys(draft.officer_ids) if key not in have]
    with session.no_autoflush:
        found = session.scalars(
            select(Officer.id).where(
                Officer.office_id == training.office_id,
                Officer.id.in_(new),
                Officer.voided_at.is_(None),
            )
        ).all()
    if len(found) != len(new):
        raise RuleBroken(
            "officer_ids", Words("请从列表中选择参训人员", "Choose the officers from the list")
        )
    for key, attendee in have.items():
        if key not in draft.officer_ids:
            training.attendees.remove(attendee)
    training.attendees.extend(
        TrainingAttendee(office_id=training.office_id, officer_id=key) for key in new
    )
