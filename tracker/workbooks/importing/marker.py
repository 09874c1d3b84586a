"""The half of `marking` that runs in the limited process: marks an .xlsx with openpyxl."""

from __future__ import annotations

import io
from collections.abc import Iterator
from copy import copy
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter

#: Light red, and who comments: both say on the next upload which marks were ours.
COLOUR = "FFC7CE"
AUTHOR = "导入检查"
#: Beyond so many comments a workbook opens slowly; the column of reasons has all of them.
MOST_COMMENTS = 2_000
REASONS_WIDTH = 48


def comment(text: str) -> Comment:
    """A comment of a size to be read."""
    lines = 2 + len(text) // 16
    return Comment(text, AUTHOR, height=min(20 * lines, 300), width=260)


def marked(job: dict[str, Any], data: bytes) -> Iterator[bytes]:
    """The marked workbook in one piece."""
    book = load_workbook(io.BytesIO(data), rich_text=True)
    for wanted in job["sheets"]:
        sheet: Any = book[wanted["name"]]
        if wanted["again"]:
            _take_back(sheet, wanted)
        _mark_cells(sheet, wanted["cells"])
        _write_reasons(sheet, wanted, job["head"])
    # openpyxl keeps no results of formulas: whoever opens the file next works them out.
    book.calculation.fullCalcOnLoad = True
    target = io.BytesIO()
    book.save(target)
    yield target.getvalue()


def _take_back(sheet: Any, wanted: dict[str, Any]) -> None:
    """Remove the marks of the time before: they are known by who made them."""
    for cell in list(sheet._cells.values()):
        if isinstance(cell, MergedCell):
            continue
        if cell.comment is not None and cell.comment.author == AUTHOR:
            cell.comment = None
            cell.fill = PatternFill()
        if cell.column == wanted["column"] + 1 and cell.row > wanted["head_row"] + 1:
            cell.value = None


def _mark_cells(sheet: Any, marks: list[list[Any]]) -> None:
    fill = PatternFill("solid", fgColor=COLOUR)
    for number, (row, column, text) in enumerate(marks):
        cell = sheet.cell(row + 1, column + 1)
        if isinstance(cell, MergedCell):
            continue
        cell.fill = fill
        if number < MOST_COMMENTS:
            before = cell.comment.text if cell.comment is not None else ""
            cell.comment = comment(f"{text}\n{before}".rstrip())


def _write_reasons(sheet: Any, wanted: dict[str, Any], head: str) -> None:
    column = wanted["column"] + 1
    sheet.column_dimensions[get_column_letter(column)].width = REASONS_WIDTH
    wrapped = Alignment(vertical="center", wrap_text=True)
    texts = list(wanted["rows"])
    if wanted["head_row"] is not None:
        texts.append([wanted["head_row"], head])
        beside = sheet.cell(wanted["head_row"] + 1, max(column - 1, 1))
        target = sheet.cell(wanted["head_row"] + 1, column)
        if not isinstance(target, MergedCell):
            target._style = copy(beside._style)
    for row, text in texts:
        cell = sheet.cell(row + 1, column)
        if isinstance(cell, MergedCell):
            continue
        cell.value = text
        # Whatever it begins with, it is a text.
        cell.data_type = "s"
        cell.alignment = wrapped
