"""Handing a village (or the township) over from one adviser to another, in one step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from tracker.advisers.drafts import AssignmentDraft, HandoverDraft
from tracker.advisers.models import AdviserAssignment
from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .assignments import create_assignment, update_assignment

VOIDED = Words(
    "这条聘任已作废，不能交接；请先撤销作废，或者直接登记新的聘任",
    "This assignment is voided and cannot be handed over; take the void back, or enter a new one",
)
OUTSIDE = Words(
    "交接日期应在这段聘期之内（{first} 至 {last}），请核对；聘期本身填错的，请先修改聘期",
    "The last day must lie within this assignment ({first} to {last}); if the assignment's own "
    "days are wrong, correct them first",
)
SAME_ADVISER = Words(
    "接任的还是{name}本人；继续聘任同一位顾问的，请用「续聘」",
    "{name} cannot follow themselves; to keep the same adviser, use “Renew”",
)
NO_REASON = Words("请填写交接原因，例如调离、辞任、期满改聘", "Say why: moved away, resigned …")
NO_END = Words("未定", "open")
#: What stands in the way of the follower, said so that it can be mended.
IN_THE_WAY = Words(
    "不能交接，两段聘期都没有改动：{why}。可以把接任者的结束日期填到那一段开始的前一天，"
    "或者先修改那一段，再来交接",
    "Nothing was handed over and both assignments are as they were: {why}. Let the follower end "
    "the day before that one begins, or change that one first",
)


def hand_over(
    session: Session,
    scope: Scope,
    assignment_id: int,
    draft: HandoverDraft,
    version: int | None,
) -> AdviserAssignment:
    """End an assignment on a day and begin another adviser's the day after; returns the new one.

    Both are written or neither is. Whom they serve, and whether beside somebody else, the new one
    has from the old. An assignment that ended already on that day keeps its end.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: when the day is outside the assignment, nobody or the same adviser is to
        follow, no reason is given, or somebody serves the village already after that day.
    """
    before = records.find_to_write(session, AdviserAssignment, assignment_id, scope, version)
    _require_sound(before, draft)
    ended = replace(_as_it_is(before), ends_on=draft.last_day, end_reason=draft.end_reason)
    update_assignment(session, scope, assignment_id, ended, version)
    follower = AssignmentDraft(
        adviser_id=draft.adviser_id,
        starts_on=draft.last_day + timedelta(days=1),
        target=before.target,
        village_id=before.village_id,
        ends_on=draft.ends_on,
        additional=before.additional,
        contract_signed_on=draft.contract_signed_on,
        fee=draft.fee,
        note=draft.note,
    )
    try:
        return create_assignment(session, before.office_id, follower)
    except RuleBroken as error:
        if error.field != "starts_on":
            raise
        why = Words(error.message.zh.split("。")[0], error.message.en.split(". ")[0])
        raise RuleBroken("ends_on", IN_THE_WAY.fill(why=why)) from None


def _require_sound(before: AdviserAssignment, draft: HandoverDraft) -> None:
    if before.is_voided:
        raise RuleBroken("", VOIDED)
    last = before.ends_on or date.max
    if not before.starts_on <= draft.last_day <= last:
        said = before.ends_on.isoformat() if before.ends_on else NO_END
        raise RuleBroken("last_day", OUTSIDE.fill(first=before.starts_on, last=said))
    if not draft.end_reason:
        raise RuleBroken("end_reason", NO_REASON)
    if draft.adviser_id == before.adviser_id:
        raise RuleBroken("adviser_id", SAME_ADVISER.fill(name=before.adviser.name))


def _as_it_is(assignment: AdviserAssignment) -> AssignmentDraft:
    names = AssignmentDraft.__dataclass_fields__
    return AssignmentDraft(**{name: getattr(assignment, name) for name in names})
