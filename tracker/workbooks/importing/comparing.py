"""Whether a cell says what a record says already, and a form's values as a browser sends them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from wtforms.utils import unset_value

from tracker.kernel.register import Value
from tracker.kernel.terms import Term
from tracker.kernel.words import Words
from tracker.workbooks.grid import Cell

from .cells_seen import shown
from .near import plain_name


def printed(value: Value) -> str:
    """A value of a register's column as its export shows it, to be compared with a cell."""
    if isinstance(value, Term):
        return value.label.zh
    if isinstance(value, Words):
        return value.zh
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | Decimal | date) or value is None:
        return shown(value)
    return shown(str(value))


def same(cell: Cell, value: Value) -> bool:
    """Whether a cell says what the export of the record says."""
    text = shown(cell)
    if text == printed(value):
        return True
    if isinstance(value, Term | Words):
        english = value.label.en if isinstance(value, Term) else value.en
        return text == english
    if isinstance(value, bool):
        return plain_name(text) == ("yes" if value else "no") or (not value and not text)
    return False


def as_sent(value: Any) -> list[str]:
    """A form's value as the strings a browser would send."""
    if value is None or value is unset_value or value is False or value == "":
        return []
    if isinstance(value, list | tuple | set):
        return [text for each in value for text in as_sent(each)]
    if isinstance(value, Term):
        return [str(value.value)]
    if value is True:
        return ["1"]
    return [shown(value) if isinstance(value, int | Decimal | date) else str(value)]
