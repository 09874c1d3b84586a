"""Reads the XML of a workbook once, without keeping it: where the filled cells are, and what the
reader proper (calamine) would not tell.

A cell far out makes every reader that keeps a table allocate everything before it. calamine gives
cells with errors (#REF!) as if they were empty, and no merged cells of .ods: they are noted here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.kernel.errors import TrackerError
from tracker.kernel.xml_scan import Broken, Scan
from tracker.workbooks.grid import MOST_COLUMNS, MOST_ROWS, NOT_WORKED_OUT, SPARE_ROWS, Merge

from . import refusals

LAST_ROW = MOST_ROWS + SPARE_ROWS
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_FURTHEST = 10**7
#: Of a formula without a value, so much is shown.
_SHOWN = 200


@dataclass
class Found:
    """What a reader of the file is told beside its cells."""

    filled: int = 0
    #: Texts of cells that calamine gives as empty (errors, formulas without a value) by where they
    #: are (`place`), of every sheet by its number in the book.
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    #: Merged cells where calamine tells none (.ods).
    merges: dict[int, list[Merge]] = field(default_factory=dict)

    def fill(self, row: int, column: int, number: int = 1) -> None:
        """Count filled cells that end here, or refuse them."""
        if row >= LAST_ROW:
            raise TrackerError(refusals.TOO_MANY_ROWS.fill(row=row + 1))
        if column >= MOST_COLUMNS:
            raise TrackerError(refusals.TOO_MANY_COLUMNS.fill(column=column_name(column)))
        self.filled += number
        if self.filled > refusals.MOST_CELLS:
            raise TrackerError(refusals.TOO_MANY_CELLS)


def place(row: int, column: int) -> int:
    """One number for a cell within the limits."""
    return row * MOST_COLUMNS + column


def column_name(column: int) -> str:
    """A, B, … Z, AA: the column's name in a spreadsheet."""
    name, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


class SheetScan(Scan):
    """A part of an .xlsx: its filled cells, if it is a sheet; and its sheets and targets, if it
    tells of them. Any part may be a sheet, wherever it is kept.

    A cell counts as filled if it has a value, or a formula whose value was never worked out; that
    one is noted as a text, ``=A1+1``, since it must not pass for an empty cell. Formats and empty
    rows do not count. Cells and rows need not say where they are: then they follow the one before.
    """

    def __init__(self, found: Found) -> None:
        super().__init__()
        self._found = found
        self._row = self._column = -1
        #: The attributes of the cell that began last, and whether nothing in it was met yet.
        self._cell: list[str] = []
        self._open = False
        self._columns: dict[str, int] = {}
        self._texts: list[str] = []
        self._collecting = ""
        self._at = (-1, -1)
        self._formula: str | None = None
        self.errors: dict[int, str] = {}
        #: Relation numbers of the sheets in order; targets by relation numbers.
        self.sheets: list[str] = []
        self.targets: dict[str, str] = {}

    def start(self, local: str, attributes: list[str]) -> None:
        if self._collecting:
            self._end_collecting()
        if local == "c":
            if self._formula is not None:
                self._end_cell()
            if not attributes or attributes[0] != "r":
                attributes = self._placed(attributes)
            self._cell, self._open = attributes, True
        elif local == "v" or local == "is":
            if self._open:
                self._open = False
                row, column = self._at = self._where()
                self._found.fill(row, column)
                if self._formula is not None or "e" in self._cell:
                    self._collect(local)
        elif local == "f":
            if self._open:
                self._collect("f")
        elif local == "row":
            self._new_row(attribute(attributes, "r"))
        elif local == "sheet":
            self.sheets.append(attribute_ending(attributes, ":id") or "")
        elif local == "Relationship":
            number, target = attribute(attributes, "Id"), attribute(attributes, "Target")
            if number is not None and target is not None:
                self.targets[number] = target

    def close(self) -> None:
        super().close()
        self._end_collecting()
        self._end_cell()

    def _new_row(self, number: str | None) -> None:
        self._end_cell()
        self._cell, self._open, self._column = [], False, -1
        self._row = self._row + 1 if number is None else _whole(number) - 1

    def _placed(self, attributes: list[str]) -> list[str]:
        """The attributes with the cell's place in front, as most programs write them."""
        reference = attribute(attributes, "r")
        if reference is None:
            self._column = (self._where()[1] if self._cell else -1) + 1
            reference = f"{column_name(self._column)}{self._row + 1}"
        return ["r", reference, *attributes]

    def _where(self) -> tuple[int, int]:
        reference = self._cell[1]
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = _column(letters)
        number = reference[len(letters) :]
        if not number or len(number) > 7:
            raise Broken
        return int(number) - 1, column

    def _collect(self, what: str) -> None:
        self._texts, self._collecting = [], what
        self._parser.CharacterDataHandler = self._texts.append

    def _end_collecting(self) -> None:
        self._parser.CharacterDataHandler = None
        text, what, self._collecting = "".join(self._texts).strip(), self._collecting, ""
        kind = attribute(self._cell, "t")
        if what == "f":
            self._formula = f"{NOT_WORKED_OUT}={text[:_SHOWN]}"
            self._at = self._where()
        elif what == "v" and kind == "e":
            self.errors[place(*self._at)] = text or "#N/A"
            self._formula = None
        elif text or kind == "str":
            self._formula = None

    def _end_cell(self) -> None:
        """A formula without a value was all of the cell."""
        if self._formula is not None:
            self._found.fill(*self._at)
            self.errors[place(*self._at)] = self._formula
            self._formula = None


class ContentScan(Scan):
    """The content of an .ods. Cells and rows say how often they repeat; of empty ones, a million
    rows at the end are usual and cost nothing. A cell with a type of value is filled."""

    def __init__(self, found: Found) -> None:
        super().__init__()
        self._found = found
        self._sheet = -1
        self._row = self._next_row = self._column = self._rows = 0
        self._texts: list[str] | None = None
        self._error_at = 0

    def start(self, local: str, attributes: list[str]) -> None:
        if local == "table-cell" or local == "covered-table-cell":
            self._cell(attributes)
        elif local == "table-row":
            self._end_error()
            self._row, self._column = self._next_row, 0
            self._rows = _repeated(attribute_ending(attributes, "number-rows-repeated"))
            self._next_row += self._rows
        elif local == "table":
            self._end_error()
            self._sheet += 1
            self._next_row = self._row = self._column = 0

    def close(self) -> None:
        super().close()
        self._end_error()

    def _cell(self, attributes: list[str]) -> None:
        self._end_error()
        column, number, wide, high, filled, failed = self._column, 1, 1, 1, False, False
        for name, value in zip(attributes[::2], attributes[1::2], strict=True):
            local = name.rpartition(":")[2]
            if local == "value-type":
                filled = True
                failed = failed or value == "error"
            elif local == "number-columns-repeated":
                number = _repeated(value)
            elif local == "number-columns-spanned":
                wide = _repeated(value)
            elif local == "number-rows-spanned":
                high = _repeated(value)
        self._column += number
        if filled:
            last_row, last_column = self._row + self._rows - 1, column + number - 1
            self._found.fill(last_row, last_column, self._rows * number)
        if (wide > 1 or high > 1) and self._row < LAST_ROW and column < MOST_COLUMNS:
            merge = Merge(self._row, column, self._row + high - 1, column + wide - 1)
            self._found.merges.setdefault(self._sheet, []).append(merge)
        if failed:
            self._error_at = place(self._row, column)
            self._texts = []
            self._parser.CharacterDataHandler = self._texts.append

    def _end_error(self) -> None:
        if self._texts is None:
            return
        text = "".join(self._texts).strip()
        self._found.errors.setdefault(self._sheet, {})[self._error_at] = text or "#N/A"
        self._texts = None
        self._parser.CharacterDataHandler = None


def attribute(attributes: list[str], name: str) -> str | None:
    """The value of an attribute, which is written without a prefix."""
    for i in range(0, len(attributes), 2):
        if attributes[i] == name:
            return attributes[i + 1]
    return None


def attribute_ending(attributes: list[str], ending: str) -> str | None:
    """The value of an attribute under whatever prefix."""
    for i in range(0, len(attributes), 2):
        if attributes[i].endswith(ending):
            return attributes[i + 1]
    return None


def _column(letters: str) -> int:
    if not _REFERENCE.fullmatch(letters + "1"):
        raise Broken
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 7:
        raise Broken
    return int(text)


def _repeated(text: str | None) -> int:
    """How often something repeats; more than any sheet has is a lie, but may stay at the end."""
    if text is None:
        return 1
    if not (text.isascii() and text.isdecimal()) or len(text) > 12:
        raise Broken
    return min(max(int(text), 1), _FURTHEST)
