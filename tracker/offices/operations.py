"""Every write of offices and villages."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel import clock, pinyin, records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.text import clean_line
from tracker.kernel.words import Words

from .drafts import VillageDraft
from .models import Office, Village
from .queries import office_by_code
from .terms import OfficeLevel

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{1,19}")


def create_office(
    session: Session,
    *,
    name: str,
    code: str,
    level: OfficeLevel = OfficeLevel.TOWNSHIP,
    parent: Office | None = None,
    is_example: bool = False,
) -> Office:
    """Found an office.

    :raises RuleBroken: for a code that is taken or malformed, a missing name, or a parent that is
        not a county.
    """
    name, code = clean_line(name), clean_line(code)
    if not name:
        raise RuleBroken("name", Words("请填写单位名称", "Enter the office's name"))
    if len(name) > 60:
        raise RuleBroken(
            "name", Words("单位名称请勿超过 60 字", "Keep the name under 60 characters")
        )
    require_sound_code(code)
    if office_by_code(session, code):
        raise RuleBroken("code", Words("这个单位代码已被使用", "This code is already taken"))
    if parent is not None and parent.level is not OfficeLevel.COUNTY:
        raise RuleBroken(
            "parent", Words("上级单位必须是县（区）", "The office above must be a county")
        )
    office = Office(
        name=name,
        code=code,
        level=level,
        parent_id=parent.id if parent else None,
        is_example=is_example,
        created_at=clock.now(),
    )
    session.add(office)
    session.flush()
    return office


def require_sound_code(code: str) -> None:
    """Refuse what no office could be named by on the command line.

    :raises RuleBroken: for a malformed code.
    """
    if not _CODE.fullmatch(code):
        raise RuleBroken(
            "code",
            Words(
                "单位代码请用 2 到 20 位字母或数字，例如 430725115",
                "Use 2 to 20 letters or digits for the code, such as 430725115",
            ),
        )


def create_village(session: Session, office_id: int, draft: VillageDraft) -> Village:
    """Enter a village.

    :raises RuleBroken: when the office already has one of this name.
    """
    _require_free_name(session, office_id, draft.name, None)
    village = Village(office_id=office_id)
    _fill(village, draft)
    records.add_new(session, village)
    return village


def update_village(
    session: Session, scope: Scope, village_id: int, draft: VillageDraft, version: int | None
) -> Village:
    """Change a village.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: when the new name is taken.
    """
    village = records.find_to_write(session, Village, village_id, scope, version)
    _require_free_name(session, village.office_id, draft.name, village.id)
    _fill(village, draft)
    records.sign(session, village)
    return village


def _fill(village: Village, draft: VillageDraft) -> None:
    village.name = draft.name
    village.kind = draft.kind
    village.population = draft.population
    village.households = draft.households
    village.pinyin = draft.pinyin or pinyin.search_key(draft.name)
    village.closed_on = draft.closed_on
    village.note = draft.note


def _require_free_name(session: Session, office_id: int, name: str, own_id: int | None) -> None:
    taken = session.scalar(
        select(Village.id).where(
            Village.office_id == office_id, Village.name == name, Village.voided_at.is_(None)
        )
    )
    if taken is not None and taken != own_id:
        raise RuleBroken(
            "name",
            Words("已有同名的村（社区），请核对", "A village of this name is already entered"),
        )
