"""Writes of firms and advisers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.advisers.drafts import AdviserDraft, FirmDraft
from tracker.advisers.models import Adviser, AdviserAssignment, LawFirm
from tracker.kernel import pinyin, records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from .assignments import require_alone
from .shared import another, fill


def create_firm(session: Session, office_id: int, draft: FirmDraft) -> LawFirm:
    """Enter a firm.

    :raises RuleBroken: when the office has a firm of this name.
    """
    _require_new_firm(session, office_id, draft.name, None)
    firm = LawFirm(office_id=office_id, pinyin=pinyin.search_key(draft.name))
    fill(firm, draft)
    records.add_new(session, firm)
    return firm


def update_firm(
    session: Session, scope: Scope, firm_id: int, draft: FirmDraft, version: int | None
) -> LawFirm:
    """Change a firm.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: when the office has another firm of this name.
    """
    firm = records.find_to_write(session, LawFirm, firm_id, scope, version)
    if not firm.is_voided:
        _require_new_firm(session, firm.office_id, draft.name, firm.id)
    fill(firm, draft)
    firm.pinyin = pinyin.search_key(draft.name)
    records.sign(session, firm)
    return firm


def restore_firm(session: Session, scope: Scope, firm_id: int) -> LawFirm:
    """Take a void back.

    :raises RuleBroken: when the firm was entered anew meanwhile.
    """
    firm = records.find_to_write(session, LawFirm, firm_id, scope, None)
    _require_new_firm(session, firm.office_id, firm.name, firm.id)
    records.unvoid(session, firm)
    return firm


def _require_new_firm(session: Session, office_id: int, name: str, own_id: int | None) -> None:
    live = (LawFirm.voided_at.is_(None), LawFirm.name == name)
    if another(session, LawFirm, office_id, own_id, *live) is not None:
        raise RuleBroken("name", Words("名册中已有这家机构", "This firm is already on the list"))


def create_adviser(session: Session, office_id: int, draft: AdviserDraft) -> Adviser:
    """Enter an adviser.

    :raises RuleBroken: when somebody else has this licence number.
    """
    _require_own_licence(session, office_id, draft.licence_number, None)
    adviser = Adviser(office_id=office_id, pinyin=pinyin.search_key(draft.name))
    fill(adviser, draft)
    records.add_new(session, adviser)
    return adviser


def update_adviser(
    session: Session, scope: Scope, adviser_id: int, draft: AdviserDraft, version: int | None
) -> Adviser:
    """Change an adviser.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: when somebody else has this licence number.
    """
    adviser = records.find_to_write(session, Adviser, adviser_id, scope, version)
    if not adviser.is_voided:
        _require_own_licence(session, adviser.office_id, draft.licence_number, adviser.id)
    fill(adviser, draft)
    adviser.pinyin = pinyin.search_key(draft.name)
    records.sign(session, adviser)
    return adviser


def restore_adviser(session: Session, scope: Scope, adviser_id: int) -> Adviser:
    """Take a void back; the adviser's assignments serve again.

    :raises RuleBroken: when one of them overlaps what was assigned meanwhile, or somebody else has
        the licence number.
    """
    adviser = records.find_to_write(session, Adviser, adviser_id, scope, None)
    if not adviser.is_voided:
        return adviser
    _require_own_licence(session, adviser.office_id, adviser.licence_number, adviser.id)
    records.unvoid(session, adviser)
    assignments = session.scalars(
        select(AdviserAssignment)
        .where(
            AdviserAssignment.office_id == adviser.office_id,
            AdviserAssignment.adviser_id == adviser.id,
            AdviserAssignment.voided_at.is_(None),
        )
        .order_by(AdviserAssignment.village_id, AdviserAssignment.id)
    ).all()
    for assignment in assignments:
        require_alone(session, assignment.office_id, assignment, assignment.id)
    return adviser


def _require_own_licence(
    session: Session, office_id: int, licence_number: str, own_id: int | None
) -> None:
    if not licence_number:
        return
    live = (Adviser.voided_at.is_(None), Adviser.licence_number == licence_number)
    other = another(session, Adviser, office_id, own_id, *live)
    if other is not None:
        raise RuleBroken(
            "licence_number",
            Words(
                "这个执业证号已登记在{name}（{number}）名下，请核对",
                "This licence number belongs to {name} ({number}); please check",
            ).fill(name=other.name, number=other.number),
        )
