"""Every write of the worklog."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel import records
from tracker.kernel.errors import RecordMissing, RuleBroken
from tracker.kernel.figure import Basis
from tracker.kernel.pinyin import search_key
from tracker.kernel.scope import Scope
from tracker.kernel.text import clean, clean_line
from tracker.kernel.words import Words

from . import queries
from .drafts import EntryDraft, KindDraft
from .kinds import NUMBERS, OWN_PREFIX, WorkKind, shipped_kinds
from .models import OwnKind, WorklogEntry

#: Plain columns of an entry that the draft gives under the same name.
_PLAIN = (
    "kind",
    "title",
    "held_on",
    "ended_on",
    "people",
    "items",
    "due",
    "succeeded",
    "village_id",
    "venue",
    "organiser",
    "participants",
    "note",
)

#: What an own kind counts; fixed once it has entries.
_COUNTED = (
    "basis",
    "counts_times",
    "counts_people",
    "counts_items",
    "items_unit",
)


def create_entry(session: Session, office_id: int, draft: EntryDraft, today: date) -> WorklogEntry:
    """Log an entry.

    :raises RuleBroken: when its kind is out of use; else see `_require_sound`.
    """
    kind = _require_sound(session, office_id, draft, today)
    if not kind.in_use:
        raise RuleBroken(
            "",
            Words(
                "「{kind}」已停用，请改用其他分类，或由管理员重新启用",
                "“{kind}” is out of use; choose another kind, or ask an administrator",
            ).fill(kind=kind.label),
        )
    entry = WorklogEntry(office_id=office_id)
    _fill(entry, draft, kind)
    records.add_new(session, entry, draft.held_on)
    return entry


def update_entry(
    session: Session,
    scope: Scope,
    entry_id: int,
    draft: EntryDraft,
    version: int | None,
    today: date,
) -> WorklogEntry:
    """Change an entry.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound`.
    """
    entry = records.find_to_write(session, WorklogEntry, entry_id, scope, version)
    kind = _require_sound(session, entry.office_id, draft, today)
    _fill(entry, draft, kind)
    records.sign(session, entry)
    return entry


def _fill(entry: WorklogEntry, draft: EntryDraft, kind: WorkKind) -> None:
    for name in _PLAIN:
        setattr(entry, name, getattr(draft, name))
    entry.times = draft.times
    if draft.times is None and "times" in kind.asks:
        entry.times = 1


def _require_sound(session: Session, office_id: int, draft: EntryDraft, today: date) -> WorkKind:
    """What a form cannot see field by field; returns the entry's kind.

    :raises RuleBroken: when the office has no such kind, when a number is given that the kind does
        not ask for, when the day is still to come, when it ends before it begins, or when more
        succeeded than there were, or more were done than were due.
    """
    office = Scope((office_id,), office_id)
    kind = queries.kind_named(session, office, draft.kind)
    if kind is None:
        raise RuleBroken(
            "kind",
            Words("没有这一分类，请从分类列表中选择", "There is no such kind; choose one listed"),
        )
    for number in NUMBERS:
        if getattr(draft, number) is not None and number not in kind.asks:
            raise RuleBroken(
                number,
                Words(
                    "「{kind}」不登记这个数，请留空",
                    "“{kind}” does not ask for this number; leave it empty",
                ).fill(kind=kind.label),
            )
    if draft.held_on > today:
        raise RuleBroken(
            "held_on",
            Words(
                "日期还没到，请在开展之后登记",
                "This day is still to come; enter the work once it is done",
            ),
        )
    if draft.ended_on is not None and draft.ended_on < draft.held_on:
        raise RuleBroken(
            "ended_on",
            Words(
                "结束日期不能早于开始日期，请核对",
                "The end cannot come before the beginning; please check both days",
            ),
        )
    _require_proportion(kind, draft)
    return kind


def _require_proportion(kind: WorkKind, draft: EntryDraft) -> None:
    """No rate may exceed 1, in any entry.

    :raises RuleBroken: when succeeded is more than its base, or the base more than what was due.
    """
    if kind.rate_base is None:
        return
    base: int | None = getattr(draft, kind.rate_base)
    if base is None:
        return
    more = Words("{part}不能多于{whole}，请核对", "{part} cannot exceed {whole}; please check")
    if draft.succeeded is not None and draft.succeeded > base:
        raise RuleBroken(
            "succeeded",
            more.fill(part=kind.label_of("succeeded"), whole=kind.label_of(kind.rate_base)),
        )
    if draft.due is not None and base > draft.due:
        raise RuleBroken(
            kind.rate_base,
            more.fill(part=kind.label_of(kind.rate_base), whole=kind.label_of("due")),
        )


def save_kind(session: Session, office_id: int, kind_id: int | None, draft: KindDraft) -> OwnKind:
    """Add a kind of the office's own, or change one.

    The key is made from the name's pinyin when the kind is added and never changes: entries and
    figures rest on it. It carries the office's id, so that like-named kinds of two townships are
    never added up for their county. Once there are entries, what the kind counts is fixed too.

    :raises RecordMissing: when the office has no such kind.
    :raises RuleBroken: for a missing or taken name, a kind that counts nothing, an inventory that
        counts more than items, items without name or unit, or a change of what is counted.
    """
    draft = _tidy(draft)
    _require_sound_kind(draft)
    _require_free_name(session, office_id, kind_id, draft.label_zh)
    if kind_id is None:
        kind = OwnKind(office_id=office_id, key=_new_key(session, office_id, draft.label_zh))
    else:
        kind = _kind_to_change(session, office_id, kind_id, draft)
    for name in KindDraft.__dataclass_fields__:
        setattr(kind, name, getattr(draft, name))
    session.add(kind)
    session.flush()
    return kind


def _counts_otherwise(kind: OwnKind, draft: KindDraft) -> bool:
    return any(getattr(kind, name) != getattr(draft, name) for name in _COUNTED)


def _tidy(draft: KindDraft) -> KindDraft:
    definition = clean(draft.definition)[:499]
    if definition and not definition.endswith("。"):
        definition += "。"
    counts_items = draft.counts_items
    return KindDraft(
        label_zh=clean_line(draft.label_zh)[:40],
        definition=definition,
        area=draft.area,
        basis=draft.basis,
        label_en=clean_line(draft.label_en)[:80],
        counts_times=draft.counts_times,
        counts_people=draft.counts_people,
        counts_items=counts_items,
        items_unit=draft.items_unit if counts_items else None,
        items_label=clean_line(draft.items_label)[:40] if counts_items else "",
        in_use=draft.in_use,
    )


def _require_sound_kind(draft: KindDraft) -> None:
    if not draft.label_zh:
        raise RuleBroken("label_zh", Words("请填写分类名称", "Enter the name of the kind"))
    if not draft.definition:
        raise RuleBroken(
            "definition",
            Words("请写清什么计入、什么不计", "Say what counts under it and what does not"),
        )
    if not (draft.counts_times or draft.counts_people or draft.counts_items):
        raise RuleBroken(
            "counts_times",
            Words("请至少选择一项统计内容", "Choose at least one number to be counted"),
        )
    if draft.basis is Basis.AS_AT and (
        draft.counts_times or draft.counts_people or not draft.counts_items
    ):
        raise RuleBroken(
            "basis",
            Words(
                "期末状态的分类只统计数量，请只勾选「数量」",
                "A kind of standing things counts items only; tick “items” alone",
            ),
        )
    if draft.counts_items and not draft.items_label:
        raise RuleBroken(
            "items_label",
            Words("请填写数量的名称，例如「示范户数」", "Name the items, such as “households”"),
        )
    if draft.counts_items and draft.items_unit is None:
        raise RuleBroken("items_unit", Words("请选择数量的单位", "Choose the unit of the items"))


def _require_free_name(session: Session, office_id: int, own_id: int | None, label: str) -> None:
    shipped = any(kind.label.zh == label for kind in shipped_kinds().values())
    taken = session.scalar(
        select(OwnKind.id).where(OwnKind.office_id == office_id, OwnKind.label_zh == label)
    )
    if shipped or (taken is not None and taken != own_id):
        raise RuleBroken(
            "label_zh", Words("已有同名的分类，请换一个名称", "A kind of this name exists already")
        )


def _kind_to_change(session: Session, office_id: int, kind_id: int, draft: KindDraft) -> OwnKind:
    kind = queries.own_row(session, office_id, kind_id)
    if kind is None:
        raise RecordMissing
    if _counts_otherwise(kind, draft) and queries.has_entries(session, office_id, kind.key):
        raise RuleBroken(
            "basis",
            Words(
                "已有记录的分类不能改统计内容；请停用后另设一个分类",
                "What a kind counts is fixed once it has entries; add another kind instead",
            ),
        )
    return kind


def _new_key(session: Session, office_id: int, label: str) -> str:
    """``own_7_wanggepufa``: the office and the name in pinyin, numbered where two sound alike."""
    pinyin = re.sub(r"[^a-z0-9]", "", search_key(label).partition(" ")[0])[:36] or "kind"
    stem = f"{OWN_PREFIX}{office_id}_{pinyin}"
    taken = set(
        session.scalars(
            select(OwnKind.key).where(
                OwnKind.office_id == office_id, OwnKind.key.startswith(stem, autoescape=True)
            )
        )
    )
    return next(
        key
        for n in range(1, len(taken) + 2)
        if (key := stem if n == 1 else f"{stem}_{n}") not in taken
    )
