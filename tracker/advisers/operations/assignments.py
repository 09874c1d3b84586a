"""Writes of assignments, and the rule that a village has one adviser at a time."""

from __future__ import annotations

from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.advisers import queries
from tracker.advisers.drafts import AssignmentDraft
from tracker.advisers.models import AdviserAssignment
from tracker.advisers.terms import AssignmentTarget
from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.exceptions import refuse
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.models import Village

from .shared import fill

END_BEFORE_START = Words(
    "结束日期不能早于开始日期，请核对",
    "The end cannot come before the beginning; please check both days",
)

OVERLAPS = Words(
    "这个村（社区）在此期间已有法律顾问{name}（{start}起，{end}）。请调整起止日期；"
    "确属增配的，请勾选「增配」",
    "{name} serves this village then (from {start}, {end}). Change the days, or tick "
    "“additional” if both are meant to serve",
)
OVERLAPS_LATER = Words(
    "与后登记的{name}的聘期重叠（{number}，{start}起，{end}）。请调整起止日期，"
    "或先把那一条标为「增配」",
    "It overlaps the later entry of {name} ({number}, from {start}, {end}). Change the days, or "
    "mark that entry as additional first",
)
OPEN_END = Words("未填结束日期", "with no end")
ENDS = Words("至{day}", "until {day}")


def create_assignment(
    session: Session, office_id: int, draft: AssignmentDraft
) -> AdviserAssignment:
    """Assign an adviser to a village or to the township.

    :raises RuleBroken: see `_require_sound_assignment` and `require_alone`.
    """
    _require_sound_assignment(draft)
    require_alone(session, office_id, draft, None)
    assignment = AdviserAssignment(office_id=office_id)
    fill(assignment, draft)
    records.add_new(session, assignment, draft.starts_on)
    return assignment


def update_assignment(
    session: Session,
    scope: Scope,
    assignment_id: int,
    draft: AssignmentDraft,
    version: int | None,
) -> AdviserAssignment:
    """Change an assignment.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound_assignment` and `require_alone`.
    """
    _require_sound_assignment(draft)
    assignment = records.find_to_write(session, AdviserAssignment, assignment_id, scope, version)
    if not assignment.is_voided:
        require_alone(session, assignment.office_id, draft, assignment.id)
    fill(assignment, draft)
    records.sign(session, assignment)
    return assignment


def restore_assignment(session: Session, scope: Scope, assignment_id: int) -> AdviserAssignment:
    """Take a void back.

    :raises RuleBroken: when the village was given to somebody else meanwhile.
    """
    assignment = records.find_to_write(session, AdviserAssignment, assignment_id, scope, None)
    if assignment.is_voided:
        require_alone(session, assignment.office_id, assignment, assignment.id)
        records.unvoid(session, assignment)
    return assignment


def _require_sound_assignment(draft: AssignmentDraft) -> None:
    """What a form cannot see field by field.

    :raises RuleBroken: when it ends before it begins, when the village is missing or too much,
        when a reason is given without an end, or when the steps of choosing a counsel are given
        for a village or out of their order.
    """
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise RuleBroken("ends_on", END_BEFORE_START)
    if draft.end_reason and draft.ends_on is None:
        raise RuleBroken(
            "ends_on",
            Words("填了结束原因，请一并填写结束日期", "Give the day it ended, or drop the reason"),
        )
    if draft.target is AssignmentTarget.VILLAGE and draft.village_id is None:
        raise RuleBroken("village_id", Words("请选择村（社区）", "Choose the village"))
    if draft.target is AssignmentTarget.TOWNSHIP and draft.village_id is not None:
        raise RuleBroken(
            "village_id",
            Words(
                "担任政府法律顾问的，请不要选择村（社区）；两者都担任的请分两条登记",
                "A government counsel has no village here; enter a village as a second assignment",
            ),
        )
    _require_steps(draft)


def _require_steps(draft: AssignmentDraft) -> None:
    names = ("qualification_checked_on", "screened_on", "appointed_on")
    given = [(name, day) for name in names if (day := getattr(draft, name)) is not None]
    if given and draft.target is AssignmentTarget.VILLAGE:
        raise RuleBroken(
            given[0][0],
            Words(
                "选聘环节只在登记政府法律顾问时填写",
                "The steps of selection are for a government counsel only",
            ),
        )
    for (_, before), (name, day) in pairwise(given):
        if day < before:
            raise RuleBroken(
                name,
                Words(
                    "选聘依次为资格审核、初步筛选、聘任，请核对日期先后",
                    "Checked, then screened, then appointed: please check the order of the days",
                ),
            )


def require_alone(
    session: Session,
    office_id: int,
    span: AssignmentDraft | AdviserAssignment,
    own_id: int | None,
) -> None:
    """No two assignments of one village serve on the same day, unless the one entered later says
    that it is an additional one, or was entered by an exception. A handover may begin the day
    after.

    :raises ExceptionNeeded: with whose assignment it is and since when.
    """
    if span.village_id is None:
        return
    # Whoever assigns an adviser to the same village at the same moment waits here.
    session.execute(
        select(Village.id)
        .where(Village.office_id == office_id, Village.id == span.village_id)
        .with_for_update()
    )
    others = queries.overlapping(office_id, span.village_id, span.starts_on, span.ends_on, own_id)
    for other in session.scalars(others):
        entered_after = own_id is not None and other.id > own_id
        if entered_after and not (other.additional or other.exception_reason):
            refuse("starts_on", _said_of(OVERLAPS_LATER, other), span)
        if not entered_after and not span.additional:
            refuse("starts_on", _said_of(OVERLAPS, other), span)


def _said_of(message: Words, other: AdviserAssignment) -> Words:
    end = OPEN_END if other.ends_on is None else ENDS.fill(day=other.ends_on)
    return message.fill(
        name=other.adviser.name, number=other.number, start=other.starts_on, end=end
    )
