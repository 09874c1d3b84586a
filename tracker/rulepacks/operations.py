"""Every write of an office's rules."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel.errors import RuleBroken
from tracker.kernel.words import Words

from .drafts import RuleDraft
from .models import PACK, OfficeRule
from .rules import RULES
from .terms import Pack


def choose_pack(session: Session, office_id: int, pack: Pack) -> None:
    """Let an office start from another pack; its own values stay as they are."""
    _put(session, office_id, PACK, pack.value, "")


def set_rule(session: Session, office_id: int, key: str, draft: RuleDraft) -> None:
    """Give a rule the office's own value; an empty one is no rule.

    :raises RuleBroken: for a value the rule cannot have, or without what it rests on.
    """
    try:
        RULES[key].read(draft.value)
    except ValueError:
        raise RuleBroken(
            key, Words("这个值不能用，请核对", "This rule cannot have this value; please check")
        ) from None
    if not draft.basis:
        raise RuleBroken(
            "basis",
            Words("请写明依据的文件或者决定", "Say by which document or decision it is so"),
        )
    _put(session, office_id, key, draft.value, draft.basis)


def drop_own_rule(session: Session, office_id: int, key: str) -> None:
    """Let the pack's value be in force again; doing it twice does nothing."""
    row = _row(session, office_id, key)
    if row is not None:
        session.delete(row)
        session.flush()


def _put(session: Session, office_id: int, key: str, value: str, basis: str) -> None:
    row = _row(session, office_id, key)
    if row is None:
        row = OfficeRule(office_id=office_id, key=key)
        session.add(row)
    row.value, row.basis = value, basis
    session.flush()


def _row(session: Session, office_id: int, key: str) -> OfficeRule | None:
    return session.scalar(
        select(OfficeRule)
        .where(OfficeRule.office_id == office_id, OfficeRule.key == key)
        .with_for_update()
    )
