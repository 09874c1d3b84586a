"""Writes of opinions on decisions."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tracker.advisers.operations.shared import fill
from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import queries
from .drafts import OpinionDraft
from .models import CounselOpinion


def create_opinion(
    session: Session, office_id: int, draft: OpinionDraft, today: date
) -> CounselOpinion:
    """Enter an opinion.

    :raises RuleBroken: see `_require_sound`, `_require_counsel` and `_require_visit`.
    """
    _require_sound(draft, today)
    _require_counsel(session, office_id, draft)
    _require_visit(session, office_id, draft)
    opinion = CounselOpinion(office_id=office_id)
    fill(opinion, draft)
    records.add_new(session, opinion, draft.given_on)
    return opinion


def update_opinion(
    session: Session,
    scope: Scope,
    opinion_id: int,
    draft: OpinionDraft,
    version: int | None,
    today: date,
) -> CounselOpinion:
    """Change an opinion.

    Whose it is, of which day and from which visit are asked about again where they are changed:
    an opinion stays what it was when its counsel's assignment is mended later.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound`, `_require_counsel` and `_require_visit`.
    """
    _require_sound(draft, today)
    opinion = records.find_to_write(session, CounselOpinion, opinion_id, scope, version)
    if (draft.adviser_id, draft.given_on) != (opinion.adviser_id, opinion.given_on):
        _require_counsel(session, opinion.office_id, draft)
    if (draft.adviser_id, draft.visit_id) != (opinion.adviser_id, opinion.visit_id):
        _require_visit(session, opinion.office_id, draft)
    fill(opinion, draft)
    records.sign(session, opinion)
    return opinion


def _require_sound(draft: OpinionDraft, today: date) -> None:
    if draft.given_on > today:
        raise RuleBroken(
            "given_on",
            Words(
                "出具日期不能在今天之后，请在意见出具后登记",
                "An opinion is entered once it has been given",
            ),
        )
    if draft.asked_on is not None and draft.asked_on > draft.given_on:
        raise RuleBroken(
            "given_on",
            Words(
                "出具日期不能早于征求意见日期，请核对两个日期",
                "An opinion is not given before it is asked for; please check both days",
            ),
        )


def _require_counsel(session: Session, office_id: int, draft: OpinionDraft) -> None:
    """Who gives an opinion as counsel serves the township on that day."""
    if draft.adviser_id is None:
        return
    if session.scalar(queries.counsel_on(office_id, draft.adviser_id, draft.given_on)) is None:
        raise RuleBroken(
            "adviser_id",
            Words(
                "该顾问 {day} 不在任政府法律顾问：请核对出具日期，或先登记其聘任；"
                "本单位自己出具的不选顾问",
                "This adviser was no counsel of the township on {day}: check the day, enter the "
                "assignment first, or choose nobody where the office gave it itself",
            ).fill(day=draft.given_on),
        )


def _require_visit(session: Session, office_id: int, draft: OpinionDraft) -> None:
    """The visit it came from is one of that counsel, made for the township."""
    if draft.visit_id is None:
        return
    visit = session.scalar(queries.visit_to_name(office_id, draft.visit_id))
    if visit is None:
        raise RuleBroken(
            "visit_id", Words("请从列表中选择服务记录", "Choose the visit from the list")
        )
    if visit.adviser_id != draft.adviser_id:
        raise RuleBroken(
            "visit_id",
            Words(
                "这条服务记录（{number}）是另一位顾问的，请改选，或把出具人改为该顾问",
                "This visit ({number}) is another adviser's; choose another one, or name that "
                "adviser as who gave the opinion",
            ).fill(number=visit.number),
        )
