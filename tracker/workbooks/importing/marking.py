"""Gives the clerk's own file back with its wrong cells marked.

A wrong cell is light red and has a comment; after the last column stands one more, 错误说明, with
everything that is wrong in the row, since comments are easily missed on a phone. The rest of an
.xlsx stays as it was, as far as openpyxl keeps it: formulas, formats, widths, merged cells and
validations stay, pictures do not. Of .xls, .ods and what openpyxl cannot open, the values are
written into a new .xlsx.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words
from tracker.workbooks import cells
from tracker.workbooks.book import Book
from tracker.workbooks.cells import Look, Pen
from tracker.workbooks.grid import Grid, Mark, Merge, Sheet
from tracker.workbooks.widths import breadth

from . import running
from .marker import COLOUR, MOST_COMMENTS, REASONS_WIDTH, comment

HEAD = Words("错误说明", "What is wrong")
_NARROWEST, _WIDEST, _MEASURED_ROWS = 9.0, 40.0, 200
_SECONDS, _SECONDS_PER_CELL = 4.0, 0.0001

_MARKED, _PLAIN, _REASON = Look(fill=COLOUR), Look(), Look(wrap=True)


@dataclass
class SheetMarks:
    """What to write on one sheet, counted from 0."""

    column: int
    head_row: int | None
    #: Messages by cell, merged cells under the first of them, and by row.
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)
    #: Whether the file was marked before, so that old marks go first.
    again: bool = False


def mark_workbook(
    data: bytes,
    grid: Grid,
    marks: Sequence[Mark],
    *,
    head_rows: Mapping[str, int] | None = None,
    language: str = "zh",
) -> bytes:
    """The file with its wrong cells marked, as .xlsx. ``head_rows`` says where a sheet's heads
    are, so that the column of reasons gets one too."""
    by_sheet = _by_sheet(grid, marks, head_rows or {}, language)
    if grid.kind == "xlsx":
        try:
            return _marked_by_child(data, grid, by_sheet, language)
        except TrackerError:
            pass  # what openpyxl cannot open or is too large for it is written anew
    return _written_anew(grid, by_sheet, language)


def _by_sheet(
    grid: Grid, marks: Sequence[Mark], head_rows: Mapping[str, int], language: str
) -> dict[str, SheetMarks]:
    marked: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        marked[mark.sheet].append(mark)
    return {
        sheet.name: _marks_of(sheet, marked[sheet.name], head_rows.get(sheet.name))
        for sheet in grid.sheets
        if sheet.name in marked
    }


def _marks_of(sheet: Sheet, marks: Sequence[Mark], head_row: int | None) -> SheetMarks:
    column, again = _reasons_column(sheet, head_row)
    places = {(mark.row, mark.column) for mark in marks if mark.column is not None}
    firsts = _firsts(sheet.merges, {(row, column) for row, column in places if column is not None})
    cells_at: dict[tuple[int, int], list[str]] = defaultdict(list)
    rows: dict[int, list[str]] = defaultdict(list)
    for mark in marks:
        message = mark.message.strip().rstrip("。；;")
        if mark.column is not None:
            place = (mark.row, mark.column)
            cells_at[firsts.get(place, place)].append(message)
        rows[mark.row].append(message)
    return SheetMarks(
        column,
        head_row,
        {place: _joined(messages) for place, messages in sorted(cells_at.items())},
        {row: _joined(messages) for row, messages in sorted(rows.items())},
        again,
    )


def _joined(messages: Sequence[str]) -> str:
    return cells.safe_text("；".join(dict.fromkeys(messages)))


def _reasons_column(sheet: Sheet, head_row: int | None) -> tuple[int, bool]:
    """After everything that is filled or merged from the heads down; or where it was before."""
    if head_row is not None and head_row < len(sheet.rows):
        heads = sheet.rows[head_row]
        if heads and heads[-1] in (HEAD.zh, HEAD.en):
            return len(heads) - 1, True
    filled = max((len(row) for row in sheet.rows), default=0)
    first = head_row or 0
    merged = max((merge.right + 1 for merge in sheet.merges if merge.bottom >= first), default=0)
    return max(filled, merged), False


def _firsts(
    merges: Sequence[Merge], places: set[tuple[int, int]]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Of places inside merged cells, the first of these cells: the only one that shows."""
    found = {}
    for merge in merges:
        area = (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
        inside: Iterator[tuple[int, int]]
        if area < len(places):
            inside = (
                (row, column)
                for row in range(merge.top, merge.bottom + 1)
                for column in range(merge.left, merge.right + 1)
            )
        else:
            inside = iter(places)
        for row, column in inside:
            if merge.top <= row <= merge.bottom and merge.left <= column <= merge.right:
                found[row, column] = (merge.top, merge.left)
    return found


def _marked_by_child(
    data: bytes, grid: Grid, by_sheet: Mapping[str, SheetMarks], language: str
) -> bytes:
    job = {
        "task": "mark",
        "head": HEAD.say(language),
        "sheets": [
            {
                "name": name,
                "column": marks.column,
                "head_row": marks.head_row,
                "again": marks.again,
                "cells": [[*place, text] for place, text in marks.cells.items()],
                "rows": list(marks.rows.items()),
            }
            for name, marks in by_sheet.items()
        ],
    }
    number = sum(len(row) for sheet in grid.sheets for row in sheet.rows)
    answer = running.run(job, data, _SECONDS + _SECONDS_PER_CELL * number)
    return running.content(answer)


def _written_anew(grid: Grid, by_sheet: Mapping[str, SheetMarks], language: str) -> bytes:
    book = Book(language)
    for sheet in grid.sheets:
        _write_sheet(book, sheet, by_sheet.get(sheet.name), language)
    if all(sheet.hidden for sheet in grid.sheets):
        book.workbook.worksheets[0].sheet_state = "visible"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _write_sheet(book: Book, sheet: Sheet, marks: SheetMarks | None, language: str) -> None:
    target: Any = book.new_sheet(sheet.name)
    if sheet.hidden:
        target.sheet_state = "hidden"
    for column, width in enumerate(_widths(sheet), 1):
        target.column_dimensions[get_column_letter(column)].width = width
    if marks is not None:
        target.column_dimensions[get_column_letter(marks.column + 1)].width = REASONS_WIDTH
    for merge in sheet.merges:
        first = f"{get_column_letter(merge.left + 1)}{merge.top + 1}"
        target.merged_cells.add(f"{first}:{get_column_letter(merge.right + 1)}{merge.bottom + 1}")
    styles: Any = book.styles
    pens = {
        look: Pen(styles, target, look, language=language)
        for look in (_PLAIN, _MARKED, _REASON, cells.HEAD)
    }
    last = max(len(sheet.rows), *(row + 1 for row in marks.rows), 0) if marks else len(sheet.rows)
    commented = 0
    for number in range(last):
        row = list(sheet.rows[number]) if number < len(sheet.rows) else []
        head = marks is not None and number == marks.head_row
        written: list[tuple[Any, Pen, Comment | None]] = [
            (value, pens[cells.HEAD if head else _PLAIN], None) for value in row
        ]
        if marks is not None:
            written += [(None, pens[_PLAIN], None)] * (marks.column + 1 - len(written))
            for column in range(marks.column):
                if text := marks.cells.get((number, column)):
                    commented += 1
                    note = comment(text) if commented <= MOST_COMMENTS else None
                    written[column] = (written[column][0], pens[_MARKED], note)
            reason = HEAD.say(language) if head else marks.rows.get(number)
            written[marks.column] = (reason, pens[cells.HEAD if head else _REASON], None)
        target.append(_cells(written))


def _cells(written: Sequence[tuple[Any, Pen, Comment | None]]) -> Iterator[Any]:
    """The cells one after another, as a pen has only one."""
    for value, pen, note in written:
        cell = pen.write(value)
        cell.comment = note
        yield cell


def _widths(sheet: Sheet) -> list[float]:
    widths: list[float] = []
    for row in sheet.rows[:_MEASURED_ROWS]:
        widths += [_NARROWEST] * (len(row) - len(widths))
        for column, value in enumerate(row):
            if value is not None:
                widths[column] = min(max(widths[column], breadth(str(value)) + 2), _WIDEST)
    return widths
