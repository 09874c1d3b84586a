"""What stands in a ledger's cell, as the strings a form's field takes.

Generous with the ways people write (约200人, 3月15日, 村名 without 村), strict in what comes out:
a cell is understood, or refused with what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tracker.kernel.fields import (
    BooleanField,
    DayField,
    DecimalNumberField,
    RecordField,
    RecordsField,
    TermField,
    TermsField,
    WholeNumberField,
)
from tracker.kernel.terms import Term
from tracker.kernel.text import clean, half_width
from tracker.kernel.words import Words
from tracker.workbooks.grid import Cell

from .counts import read_decimal, read_whole
from .days import read_day
from .entry import Entry, NotUnderstood, refusal, require_meaning
from .names import Names, split_names
from .near import plain_name, read_term

__all__ = ["Entry", "NotUnderstood", "is_nothing", "plain_name", "read"]

#: What people write where there is nothing to write.
NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "–",
        "﹣",
        "－",
        "/",
        "\\",
        "无",
        "暂无",
        "没有",
        "未统计",
        "未登记",
        "未填",
        "n/a",
        "*",
    }
)
_YES = frozenset({"是", "有", "√", "✓", "✔", "对", "y", "yes", "true", "1", "☑", "在用"})
_AND = re.compile(r"[、,，;；/／\n和与及]+")
_NO = frozenset({"否", "无", "×", "✗", "✘", "x", "n", "no", "false", "0", "不是", "没有", "☐"})


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing to say."""
    return half_width(text).lower() in NOTHING if len(text) < 4 else False


def read(
    wtfield: Any,
    cell: Cell,
    text: str,
    year: int | None,
    names: Names,
    said: Mapping[str, Term] | None = None,
) -> Entry:
    """A cell, and its text as `shown`, for a field.

    ``names`` are those of the records that the field chooses among; ``said`` are what ledgers
    call the members of its term besides their labels.

    :raises NotUnderstood: with what to write instead.
    :raises UnknownNames: where it names records that are not there.
    """
    require_meaning(text)
    if isinstance(wtfield, DayField):
        return read_day(cell, text, year)
    if isinstance(wtfield, WholeNumberField):
        return read_whole(text)
    if isinstance(wtfield, DecimalNumberField):
        return read_decimal(text, is_hours="hours" in wtfield.short_name)
    if isinstance(wtfield, BooleanField):
        return _flag(text)
    if isinstance(wtfield, TermField):
        return Entry([read_term(text, wtfield.among, said)])
    if isinstance(wtfield, TermsField):
        return Entry(_terms(str(cell), list(wtfield.kind), said))
    if isinstance(wtfield, RecordField | RecordsField):
        told = cell if isinstance(cell, str) else text
        return names.read(told, several=isinstance(wtfield, RecordsField))
    if wtfield.short_name == "phone" and isinstance(cell, int):
        _require_whole_phone(text)
    return Entry([clean(cell) if isinstance(cell, str) else text])


def _require_whole_phone(text: str) -> None:
    """Refuse a number that was 0736-6651234 before a spreadsheet took its first nought off.

    Mobile numbers have eleven digits and begin with 1, local ones have seven or eight.
    """
    is_mobile = len(text) == 11 and text.startswith("1")
    is_service = len(text) == 10 and text.startswith(("400", "800"))
    if len(text) in (9, 10, 11) and not (is_mobile or is_service):
        raise refusal(
            Words(
                "「{text}」像是少了开头的 0，请把该列设为文本后补上，例如 0736-6651234",
                "“{text}” seems to have lost its first 0; set the column to text and add it, "
                "like 0736-6651234",
            ),
            text,
        )


def _flag(text: str) -> Entry:
    plain = half_width(text).strip().lower()
    if plain in _YES:
        return Entry(["1"])
    if plain in _NO:
        return Entry([])
    raise refusal(Words("「{text}」请填「是」或「否」", "Write 是 or 否 instead of “{text}”"), text)


def _terms(text: str, members: list[Term], said: Mapping[str, Term] | None) -> list[str]:
    """The members that a cell names, with signs or 和 between them."""
    found: list[str] = []
    for name in [text] if "/" in text or "／" in text else split_names(text):
        try:
            found.append(read_term(name, members, said))
        except NotUnderstood:
            parts = [part for part in _AND.split(name) if part.strip()]
            if len(parts) < 2:
                raise
            found += [read_term(part, members, said) for part in parts]
    return list(dict.fromkeys(found))
