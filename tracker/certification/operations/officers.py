"""Writes of officers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.certification.drafts import OfficerDraft
from tracker.certification.models import Officer
from tracker.kernel import pinyin, records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words


def create_officer(session: Session, office_id: int, draft: OfficerDraft) -> Officer:
    """Enter an officer.

    :raises RuleBroken: see `_require_sound`.
    """
    _require_sound(session, office_id, draft, None)
    officer = Officer(office_id=office_id)
    _fill(officer, draft)
    records.add_new(session, officer)
    return officer


def update_officer(
    session: Session, scope: Scope, officer_id: int, draft: OfficerDraft, version: int | None
) -> Officer:
    """Change an officer: a new post, the day they left.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound`.
    """
    officer = records.find_to_write(session, Officer, officer_id, scope, version)
    if not officer.is_voided:
        _require_sound(session, officer.office_id, draft, officer.id)
    else:
        _require_days(draft)
    _fill(officer, draft)
    records.sign(session, officer)
    return officer


def restore_officer(session: Session, scope: Scope, officer_id: int) -> Officer:
    """Take a void back.

    :raises RecordMissing: see `records.find_to_write`.
    :raises RuleBroken: when somebody of this name and station was entered meanwhile.
    """
    officer = records.find_to_write(session, Officer, officer_id, scope, None)
    _require_free_name(session, officer.office_id, officer.name, officer.station, officer.id)
    records.unvoid(session, officer)
    return officer


def _require_sound(
    session: Session, office_id: int, draft: OfficerDraft, own_id: int | None
) -> None:
    """What a form cannot see field by field.

    :raises RuleBroken: when they leave before they come, a reason for leaving stands without its
        day, or somebody of this name is already entered for the station.
    """
    _require_days(draft)
    _require_free_name(session, office_id, draft.name, draft.station, own_id)


def _require_days(draft: OfficerDraft) -> None:
    if draft.post_until is not None and draft.post_until < draft.post_from:
        raise RuleBroken(
            "post_until",
            Words(
                "离岗日期不能早于到岗日期，请核对",
                "The day of leaving cannot come before the first day in post",
            ),
        )
    if draft.leave_reason and draft.post_until is None:
        raise RuleBroken(
            "post_until",
            Words(
                "填写了离岗原因，请同时填写离岗日期",
                "A reason for leaving is given; enter the day of leaving too",
            ),
        )


def _require_free_name(
    session: Session, office_id: int, name: str, station: str, own_id: int | None
) -> None:
    taken = session.scalar(
        select(Officer.id).where(
            Officer.office_id == office_id,
            Officer.name == name,
            Officer.station == station,
            Officer.voided_at.is_(None),
        )
    )
    if taken is not None and taken != own_id:
        raise RuleBroken(
            "name",
            Words(
                "该站所已有同名人员，请核对；确是两个人的，请在姓名后加注区别，例如「张伟（女）」",
                "Somebody of this name is already entered for this station; if they are two "
                "people, add a mark to the name",
            ),
        )


def _fill(officer: Officer, draft: OfficerDraft) -> None:
    officer.name = draft.name
    officer.pinyin = draft.pinyin or pinyin.search_key(draft.name)
    officer.sex = draft.sex
    officer.station = draft.station
    officer.post = draft.post
    officer.establishment = draft.establishment
    officer.enforcement_post = draft.enforcement_post
    officer.post_from = draft.post_from
    officer.post_until = draft.post_until
    officer.leave_reason = draft.leave_reason
    officer.phone = draft.phone
    officer.law_qualified = draft.law_qualified
    officer.note = draft.note
