"""One column of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tracker.kernel.wording import Number

from .cells import HEAD, TEXT, Content, Look, Pen


@dataclass(frozen=True)
class SheetColumn:
    """One column of a sheet.

    A ``total`` column is summed in the last row. One that ``gives_way`` may be narrowed where the
    sheet is too wide to be read on one page. ``blank`` is the number format of cells that are
    still to be filled in; None where nobody fills any in.
    """

    label: str
    width: float
    look: Look = TEXT
    total: bool = False
    as_text: bool = False
    gives_way: bool = False
    head: Look = HEAD
    blank: str | None = None


@dataclass
class OpenColumn:
    """A column while rows are written: its pen, and what it adds up to."""

    spec: SheetColumn
    pen: Pen
    sum: Number | None = None

    def write(self, value: Content) -> Any:
        """The cell of the next row."""
        if self.spec.total and isinstance(value, int | Decimal):
            self.sum = value if self.sum is None else self.sum + value
        return self.pen.write(value)
