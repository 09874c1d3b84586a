"""What takes a mark's place: a number, a day or a text, ready to be handed to the child process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Literal

from tracker.kernel import clock
from tracker.kernel.register import Value
from tracker.kernel.terms import Term
from tracker.kernel.wording import Number, plain
from tracker.kernel.words import Words

Kind = Literal["number", "percent", "text", "name", "day"]

#: Stands in a text for what cannot be said.
NOTHING = "—"
#: A form is official and Chinese, whatever language the pages are read in.
LANGUAGE = "zh"
#: From here on a spreadsheet rounds: it keeps 15 digits.
_TOO_LARGE = 10**15
_YES, _NO = "是", "否"


@dataclass(frozen=True)
class Content:
    """One value as text with what it is. A ``name`` is a number that names: a telephone."""

    kind: Kind
    value: str

    @property
    def number(self) -> Number:
        """The exact number of a ``number`` or ``percent``."""
        found = Decimal(self.value)
        return int(found) if found == found.to_integral_value() else found

    @property
    def day(self) -> date:
        return date.fromisoformat(self.value)


def number(value: Number | None, *, percent: bool = False) -> Content | None:
    """A figure's value; nothing where it cannot be said."""
    if value is None:
        return None
    if not -_TOO_LARGE < value < _TOO_LARGE:
        return Content("name", plain(value))
    return Content("percent" if percent else "number", format(value, "f"))


def text(value: str) -> Content | None:
    """A text; nothing where it is empty."""
    return Content("text", value) if value else None


def of_column(value: Value, *, as_text: bool = False) -> Content | None:
    """What a register's column says of a record."""
    if value is None:
        return None
    if isinstance(value, bool):
        return text(_YES if value else _NO)
    if isinstance(value, int | Decimal):
        return Content("name", plain(value)) if as_text else number(value)
    if isinstance(value, Term):
        return text(value.label.say(LANGUAGE))
    if isinstance(value, Words):
        return text(value.say(LANGUAGE))
    if isinstance(value, datetime):
        return text(f"{clock.in_china(value):%Y-%m-%d %H:%M}")
    if isinstance(value, date):
        return Content("day", value.isoformat())
    return Content("name", value) if as_text and value else text(value)


def said(content: Content | None) -> str:
    """The value inside a sentence: 8, 99.14%, 2024年6月26日; — where there is none."""
    if content is None:
        return NOTHING
    if content.kind == "number":
        return plain(content.number)
    if content.kind == "percent":
        percent = Decimal(content.value) * 100
        return f"{plain(percent.quantize(Decimal('0.01'), ROUND_DOWN))}%"
    if content.kind == "day":
        day = content.day
        return f"{day.year}年{day.month}月{day.day}日"
    return content.value


Json = list[str] | None


def to_json(content: Content | None) -> Json:
    """The value as it is handed to the child process."""
    return None if content is None else [content.kind, content.value]


def from_json(found: Json) -> Content | None:
    """What `to_json` made."""
    return None if found is None else Content(found[0], found[1])  # type: ignore[arg-type]
