"""A form with one field of each type, and cells read for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tracker.kernel.fields import (
    BooleanField,
    DayField,
    DecimalNumberField,
    LineField,
    NoteField,
    RecordField,
    RecordsField,
    TermField,
    TermsField,
    WholeNumberField,
)
from tracker.kernel.forms import RecordForm
from tracker.kernel.intake import Reference
from tracker.kernel.words import Words
from tracker.outreach.terms import Audience, DeliveryForm
from tracker.workbooks.grid import Cell
from tracker.workbooks.importing.cells_seen import shown
from tracker.workbooks.importing.entries import Entry, read
from tracker.workbooks.importing.names import Names

CHINESE = "〇一二三四五六七八九"
VILLAGES = [
    ("1", "架桥村"),
    ("2", "石桥村"),
    ("3", "东街村"),
    ("4", "东街社区"),
    ("5", "张　三"),
]


class EveryField(RecordForm[None]):
    """One field of each type."""

    line = LineField("名称", 200)
    note = NoteField("备注", 2000)
    day = DayField("日期")
    count = WholeNumberField("人数")
    score = DecimalNumberField("成绩", 0, 100)
    hours = DecimalNumberField("学时", 0, 200)
    flag = BooleanField("是否")
    form = TermField("形式", DeliveryForm)
    audiences = TermsField("对象", Audience)
    village = RecordField("村")
    villages = RecordsField("村")


FIELDS = (
    "line",
    "note",
    "day",
    "count",
    "score",
    "hours",
    "flag",
    "form",
    "audiences",
    "village",
    "villages",
)


def names(*, may_create: bool = True, optional: bool = True) -> Names:
    create: Callable[[Any, int, str], int] | None = (lambda *_: 9) if may_create else None
    reference = Reference(Words("村", "village"), create, ("各村",), ("全镇",))
    return Names(VILLAGES, reference, optional=optional)


def entry(field: Any, cell: Cell, year: int | None = None, **told: Any) -> Entry:
    return read(field, cell, shown(cell), year, names(), **told)


def day_of(form: EveryField, cell: Cell, year: int | None = None) -> list[str]:
    found = entry(form.day, cell, year)
    return [*found.values, found.until] if found.until else found.values


def full_width(text: str) -> str:
    return text.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)})
