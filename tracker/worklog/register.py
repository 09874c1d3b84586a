"""The ledger of the worklog: one for all kinds, and the columns of each kind's list."""

from __future__ import annotations

from dataclasses import replace

from tracker.kernel.register import Column, Register, Value, known_as
from tracker.kernel.words import Words

from . import heads
from .kinds import NUMBERS, Number, WorkKind
from .models import WorklogEntry
from .queries import entries_of_period


def _kind(entry: WorklogEntry) -> Value:
    kind = entry.work_kind
    return kind.label if kind is not None else entry.kind


def _counted(entry: WorklogEntry) -> Value:
    """What the entry's items are, with their unit: numbers of unlike kinds stand in one column."""
    kind = entry.work_kind
    if kind is None or kind.items_label is None or kind.items_unit is None:
        return None
    return Words("{label}（{unit}）", "{label} ({unit})").fill(
        label=kind.items_label, unit=kind.items_unit.label
    )


# No column is summed: unlike kinds of work are never added, and the ledger holds all kinds.
WORKLOG = Register(
    key="worklog",
    label=Words("其他台账", "Other work"),
    title=Words("其他工作台账", "ledger of other work"),
    model=WorklogEntry,
    of_period=entries_of_period,
    path="/worklog/entries/{id}",
    columns=known_as(
        heads.WORKLOG,
        Column("kind", Words("分类", "Kind"), _kind, in_list=True, width=20, required=True),
        Column(
            "title",
            Words("标题", "Title"),
            lambda e: e.title,
            "long",
            in_list=True,
            width=30,
            required=True,
        ),
        Column("number", Words("编号", "Number"), lambda e: e.number, in_list=True, width=14),
        Column(
            "held_on",
            Words("日期", "Date"),
            lambda e: e.held_on,
            "date",
            in_list=True,
            width=14,
            required=True,
        ),
        Column("ended_on", Words("结束日期", "Ended"), lambda e: e.ended_on, "date", width=14),
        Column(
            "village",
            Words("村（社区）", "Village"),
            lambda e: e.village.name if e.village else "",
            in_list=True,
            width=14,
        ),
        Column("times", Words("次数", "Times"), lambda e: e.times, "number", in_list=True, width=8),
        Column(
            "people", Words("人次", "People"), lambda e: e.people, "number", in_list=True, width=9
        ),
        Column("items", Words("数量", "Items"), lambda e: e.items, "number", in_list=True, width=9),
        Column("items_meaning", Words("数量含义", "What the items are"), _counted, width=18),
        Column("due", Words("应做数", "Due"), lambda e: e.due, "number", width=9),
        Column("succeeded", Words("办成数", "Succeeded"), lambda e: e.succeeded, "number", width=9),
        Column("venue", Words("地点", "Venue"), lambda e: e.venue, width=16),
        Column("organiser", Words("组织单位", "Organiser"), lambda e: e.organiser, width=16),
        Column(
            "participants",
            Words("参加人员", "Participants"),
            lambda e: e.participants,
            "long",
            width=24,
        ),
        Column("note", Words("备注", "Note"), lambda e: e.note, "long", width=20),
    ),
)

ALL = (WORKLOG,)

_SET_UP = Words("设立日期", "Set up on")


def list_columns(kind: WorkKind) -> tuple[Column, ...]:
    """The columns of one kind's list: what its entries say, in the kind's own words."""
    wanted = ["title", "number", "held_on", *(["ended_on"] if kind.is_inventory else []), "village"]
    return tuple(_worded(WORKLOG.column(key), kind) for key in [*wanted, *kind.numbers])


def page_register(kind: WorkKind, *, worded: bool = True) -> Register:
    """The ledger as the page of one entry prints it: only what the kind asks for, ``worded`` as
    the kind calls it."""
    skipped = {"items_meaning", *(number for number in NUMBERS if number not in kind.asks)}
    columns = [column for column in WORKLOG.columns if column.key not in skipped]
    if worded:
        columns = [_worded(column, kind) for column in columns]
    return replace(WORKLOG, columns=tuple(columns))


def ledger_of(kind: WorkKind) -> Register:
    """One kind's own ledger, to be taken away: only what the kind asks for, summed, since one kind
    counts in one unit. A number keeps its column's name before the kind's own words, so that the
    sheet can be taken in again."""
    columns = [
        replace(column, label=_explained(column.label, kind, number), total=True)
        if (number := _number_of(column)) is not None
        else column
        for column in page_register(kind, worded=False).columns
    ]
    return replace(
        WORKLOG,
        label=kind.label,
        title=Words("{kind}台账", "ledger of {kind}").fill(kind=kind.label),
        columns=tuple(columns),
    )


def _explained(label: Words, kind: WorkKind, number: Number) -> Words:
    """数量（发现问题数，项）. Nothing is said twice: 人次 is counted in 人次."""
    own, unit = kind.label_of(number), kind.unit_of(number).label
    if own.zh == label.zh and unit.zh in label.zh:
        return label
    if own.zh == label.zh or unit.zh in own.zh:
        told = unit if own.zh == label.zh else own
        return Words("{label}（{told}）", "{label} ({told})").fill(label=label, told=told)
    return Words("{label}（{own}，{unit}）", "{label} ({own}, {unit})").fill(
        label=label, own=own, unit=unit
    )


def _number_of(column: Column) -> Number | None:
    return next((number for number in NUMBERS if number == column.key), None)


def _worded(column: Column, kind: WorkKind) -> Column:
    """A column of the ledger under the kind's own label."""
    number = _number_of(column)
    if number is not None:
        return replace(column, label=number_label(kind, number))
    if column.key == "held_on" and kind.is_inventory:
        return replace(column, label=_SET_UP)
    return column


def number_label(kind: WorkKind, number: Number) -> Words:
    """A number with its unit: 发现问题数（项）. The unit is not said twice: 处罚案件数."""
    label, unit = kind.label_of(number), kind.unit_of(number).label
    if number in ("times", "people"):
        return Words(label.zh, label.en[:1].upper() + label.en[1:])
    if label.zh.endswith((unit.zh, f"{unit.zh}数")):
        return label
    return Words("{label}（{unit}）", "{label} ({unit})").fill(label=label, unit=unit)
