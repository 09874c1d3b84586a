"""The forms of the worklog: strings in, one draft out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from tracker.kernel.errors import RuleBroken
from tracker.kernel.fields import (
    BooleanField,
    DayField,
    LineField,
    NoteField,
    RecordField,
    TermField,
    WholeNumberField,
    words,
)
from tracker.kernel.figure import Basis
from tracker.kernel.forms import RecordForm
from tracker.kernel.scope import Scope
from tracker.kernel.text import half_width
from tracker.kernel.units import Unit
from tracker.kernel.words import Words
from tracker.offices.queries import open_villages

from .drafts import EntryDraft, KindDraft
from .kinds import NUMBERS, WorkKind
from .models import MOST_ITEMS, MOST_PEOPLE, OwnKind, WorklogEntry
from .queries import kinds_of
from .register import WORKLOG, number_label
from .terms import WorkArea

#: The fields of an entry that are folded away; the page opens the fold when one is wrong.
MORE_FIELDS = ("venue", "organiser", "participants")

#: What the items of an own kind may be counted in.
ITEM_UNITS = tuple(
    unit
    for unit in Unit
    if unit not in (Unit.TIMES, Unit.SESSIONS, Unit.PERSON_TIMES, Unit.PERCENT)
)


class EntryForm(RecordForm[EntryDraft]):
    """One entry. `entry_form` adds the day and the numbers in the words of its kind."""

    title = LineField(_("标题"), 200, required=True)
    village_id = RecordField(_("村（社区）"))
    venue = LineField(_("地点"), 200)
    organiser = LineField(_("组织单位"), 100)
    participants = LineField(_("参加人员"), 300, description=_("用顿号隔开"))
    note = NoteField(_("备注"), 2000)

    def offer(self, session: Session, scope: Scope, entry: WorklogEntry | None = None) -> None:
        """Give the form the office's villages, with the one the entry already has."""
        villages = {v.id: v.name for v in open_villages(session, scope.for_writing)}
        if entry is not None and entry.village is not None:
            villages[entry.village.id] = entry.village.name
        self.village_id.offer(list(villages.items()))

    @staticmethod
    def values_of(entry: WorklogEntry) -> dict[str, Any]:
        """An entry as the form shows it."""
        return {
            "version": str(entry.version),
            **{name: getattr(entry, name) for name in EntryDraft.__dataclass_fields__},
        }

    def entry_draft(self, kind: WorkKind) -> EntryDraft:
        """The entry as entered."""
        numbers = {number: self[number].data for number in kind.numbers}
        return EntryDraft(
            kind=kind.key,
            title=self.title.data or "",
            held_on=self["held_on"].data,
            ended_on=self["ended_on"].data,
            village_id=self.village_id.data,
            venue=self.venue.data or "",
            organiser=self.organiser.data or "",
            participants=self.participants.data or "",
            note=self.note.data or "",
            **numbers,
        )


def entry_form(kind: WorkKind) -> type[EntryForm]:
    """The form of a kind: only the numbers it asks for, under the kind's own labels."""

    class KindEntryForm(EntryForm):
        if kind.is_inventory:
            held_on = DayField(_("设立日期"), required=True)
            ended_on = DayField(_("结束日期"), description=_("有效的最后一天，至今有效的不填"))
        else:
            held_on = DayField(_("日期"), required=True)
            ended_on = DayField(_("结束日期"), description=_("只有一天的不用填"))

        def draft(self) -> EntryDraft:
            return self.entry_draft(kind)

    for number in kind.numbers:
        field = WholeNumberField(
            words(number_label(kind, number)),
            0,
            MOST_PEOPLE if number in ("times", "people") else MOST_ITEMS,
        )
        setattr(KindEntryForm, number, field)
    return KindEntryForm


class EntryRowForm(EntryForm):
    """One entry of a ledger of all kinds: it names its kind, and may carry any number.

    Whether the kind asks for a number is the operation's to say.
    """

    kind = LineField(words(WORKLOG.column("kind").label), 120, required=True)
    held_on = DayField(_("日期"), required=True)
    ended_on = DayField(_("结束日期"))
    times = WholeNumberField(words(WORKLOG.column("times").label), 0, MOST_PEOPLE)
    people = WholeNumberField(words(WORKLOG.column("people").label), 0, MOST_PEOPLE)
    items = WholeNumberField(words(WORKLOG.column("items").label), 0, MOST_ITEMS)
    due = WholeNumberField(words(WORKLOG.column("due").label), 0, MOST_ITEMS)
    succeeded = WholeNumberField(words(WORKLOG.column("succeeded").label), 0, MOST_ITEMS)

    #: The kinds a row may name, by what they are called.
    kinds: Mapping[str, WorkKind] = MappingProxyType({})

    def offer(self, session: Session, scope: Scope, entry: WorklogEntry | None = None) -> None:
        """Give the form the office's villages and kinds."""
        super().offer(session, scope, entry)
        self.kinds = kinds_by_name(kinds_of(session, scope.for_writing).values())

    @staticmethod
    def values_of(entry: WorklogEntry) -> dict[str, Any]:
        """An entry as its row shows it."""
        kind = entry.work_kind
        name = kind.label.zh if kind is not None else entry.kind
        return {**EntryForm.values_of(entry), "kind": name}

    def draft(self) -> EntryDraft:
        """The entry as entered.

        :raises RuleBroken: when there is no kind of this name.
        """
        name = self.kind.data or ""
        kind = self.kinds.get(_plain(name))
        if kind is None:
            raise RuleBroken("kind", _NO_KIND.fill(name=name))
        numbers = {number: self[number].data for number in NUMBERS}
        return replace(self.entry_draft(kind), **numbers)


_NO_KIND = Words(
    "没有「{name}」这一分类，请按分类列表中的名称填写；本单位自己的分类请先添加",
    "There is no kind called “{name}”; write it as the list of kinds does, or add it first",
)


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", half_width(name)).lower()


def kinds_by_name(kinds: Iterable[WorkKind]) -> dict[str, WorkKind]:
    """Kinds by their names in both languages, and by what real reports call one of them alone."""
    found: dict[str, WorkKind] = {}
    loose: dict[str, list[WorkKind]] = {}
    for kind in kinds:
        for name in (kind.key, kind.label.en, kind.label.zh):
            found[_plain(name)] = kind
        for name in filter(None, kind.examples.split("、")):
            loose.setdefault(_plain(name), []).append(kind)
    for name, meant in loose.items():
        if len(meant) == 1:
            found.setdefault(name, meant[0])
    return found


def number_fields(kind: WorkKind) -> list[str]:
    """The names of the number fields of a kind's form."""
    return [number for number in NUMBERS if number in kind.asks]


class KindForm(RecordForm[KindDraft]):
    """One kind of the office's own."""

    label_zh = LineField(_("分类名称"), 40, required=True)
    label_en = LineField(_("英文名称"), 80)
    area = TermField(_("归入"), WorkArea)
    definition = NoteField(
        _("口径"), 499, required=True, description=_("写清什么算一条、什么不计，登记时显示在表单上")
    )
    basis = TermField(
        _("计算方式"),
        Basis,
        description=_(
            "本年发生：按日期计入年度。期末状态：设立后一直计入，到结束为止，只统计数量。"
        ),
    )
    counts_times = BooleanField(_("统计次数"))
    counts_people = BooleanField(_("统计人次"))
    counts_items = BooleanField(_("统计数量"))
    items_label = LineField(_("数量的名称"), 40, description=_("统计数量的才填，例如：示范户数"))
    items_unit = TermField(_("数量的单位"), Unit, required=False, among=ITEM_UNITS)
    in_use = BooleanField(_("继续使用"), default=True)

    @staticmethod
    def values_of(kind: OwnKind) -> dict[str, Any]:
        """A kind as the form shows it."""
        return {name: getattr(kind, name) for name in KindDraft.__dataclass_fields__}

    def draft(self) -> KindDraft:
        """The kind as entered."""
        return KindDraft(
            label_zh=self.label_zh.data or "",
            definition=self.definition.data or "",
            area=self.area.data,
            basis=self.basis.data,
            label_en=self.label_en.data or "",
            counts_times=bool(self.counts_times.data),
            counts_people=bool(self.counts_people.data),
            counts_items=bool(self.counts_items.data),
            items_unit=self.items_unit.data,
            items_label=self.items_label.data or "",
            in_use=bool(self.in_use.data),
        )
