"""The work on a form that came in: done by the child process, on a file nobody has looked at."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.reader import drawings
from openpyxl.utils import column_index_from_string

from tracker.kernel import marks
from tracker.workbooks.widths import height

from . import contents, finding, writing
from .contents import Content, Json
from .findings import Block
from .losses import losses_of
from .references import Growth
from .repeating import repeat

#: The most a row can be high, and what it is where it says nothing of it, in points.
_HIGHEST, _USUAL = 409.0, 15.0
_USUAL_WIDTH = 8.43
_MOST_COLUMNS = 16_384
_LAST_ROW = 1_048_576


class NoRoom(ValueError):
    """A sheet has not as many rows as are to come in."""


def survey(data: bytes) -> bytes:
    """What a form holds, as the JSON of a `Survey`."""
    book, warned = _opened(data)
    found = finding.find(book)
    return found.survey(losses_of(data, warned)).to_json().encode()


def fill(data: bytes, given: Mapping[str, Any]) -> bytes:
    """The form, filled with what `values.values_for` gives."""
    book, _ = _opened(data)
    found = finding.find(book)
    single: dict[str, Json] = given["single"]

    def lookup(raw: str) -> Content | None:
        return contents.from_json(single[raw])

    for cell in found.cells:
        writing.fill(cell, lookup)
    for part in found.headers:
        writing.fill_header(part, lookup)
    # From the bottom up: what is repeated above does not move what is yet to be repeated.
    for block, each in reversed(list(zip(found.blocks, given["blocks"], strict=True))):
        _Repeated(book, block, each).fill()
    book.calculation.fullCalcOnLoad = True
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _opened(data: bytes) -> tuple[Any, list[str]]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        # Without Pillow openpyxl drops pictures, with it some: they are told as lost either way.
        drawings.PILImage = False  # type: ignore[attr-defined]  # missing from its stubs
        book = load_workbook(io.BytesIO(data), rich_text=True)
    return book, [str(each.message) for each in caught]


class _Repeated:
    """The repeated rows of one register."""

    def __init__(self, book: Any, block: Block, given: dict[str, Any]) -> None:
        self.book, self.sheet = book, book[block.sheet]
        self.places = {raw: place for place, raw in enumerate(given["marks"])}
        self.common: dict[str, Json] = given["common"]
        self.records: list[list[Json]] = given["rows"]
        self.growth = Growth(block.sheet, block.first, block.last, max(1, len(self.records)))

    def fill(self) -> None:
        """Repeat the rows for the records and fill them; one empty set where there are none."""
        growth, sheet = self.growth, self.sheet
        if sheet.max_row + growth.more > _LAST_ROW:
            raise NoRoom
        columns = sorted({c for r, c in sheet._cells if growth.is_within(r, r)})
        repeat(self.book, sheet, growth)
        room = _Room(sheet, growth)
        for number in range(growth.times):
            for offset in range(growth.height):
                row = growth.first + number * growth.height + offset
                cells = [sheet._cells[row, c] for c in columns if (row, c) in sheet._cells]
                for cell in cells:
                    self._fill_cell(cell, number)
                room.make(row, offset, cells)

    def _fill_cell(self, cell: Any, number: int) -> None:
        if isinstance(cell, MergedCell):
            return
        marked = any(marks.found_in(finding.text_of(cell)))
        if self.records:
            if marked:
                writing.fill(cell, lambda raw: self._value(raw, number))
        elif marked or cell.data_type == "f":
            writing.empty(cell)

    def _value(self, raw: str, number: int) -> Content | None:
        place = self.places.get(raw)
        found = self.common[raw] if place is None else self.records[number][place]
        return contents.from_json(found)


@dataclass
class _Room:
    """Makes rows high enough for what is in them. They never get lower than the form has them."""

    sheet: Any
    growth: Growth

    def __post_init__(self) -> None:
        self._widths: dict[int, float] = {}
        for letter, column in self.sheet.column_dimensions.items():
            first = column.min or column_index_from_string(letter)
            for index in range(first, min(column.max or first, _MOST_COLUMNS) + 1):
                self._widths[index] = column.width
        self._usual = self.sheet.sheet_format.defaultColWidth or _USUAL_WIDTH
        #: The columns a cell of the repeated rows takes, where it is merged, by its own place.
        self._merged = {
            (each.min_row - self.growth.first, each.min_col): each
            for each in self.sheet.merged_cells.ranges
            if self.growth.first <= each.min_row < self.growth.first + self.growth.height
        }

    def make(self, row: int, offset: int, cells: list[Any]) -> None:
        """Raise a row whose texts are broken into more lines than it has room for."""
        needed, must = 0.0, False
        for cell in cells:
            text = finding.text_of(cell)
            if not text or not cell.alignment.wrap_text:
                continue
            merged = self._merged.get((offset, cell.column))
            if merged is not None and merged.max_row > merged.min_row:
                continue
            last = cell.column if merged is None else merged.max_col
            width = sum(self._width(index) for index in range(cell.column, last + 1))
            needed = max(needed, height(text, max(width, 1.8), int(cell.font.sz or 11)))
            must = must or merged is not None
        dimension = self.sheet.row_dimensions[row]
        # A row without a height of its own grows by itself, unless its cells are merged.
        if needed > (dimension.height or _USUAL) and (dimension.height or must):
            dimension.height = min(needed, _HIGHEST)

    def _width(self, column: int) -> float:
        return self._widths.get(column, self._usual)
