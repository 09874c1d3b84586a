"""Finds the marks of a workbook, cell by cell, and the rows they say are to be repeated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.cell.rich_text import CellRichText

from tracker.kernel import marks
from tracker.kernel.marks import Mark, MarkKind

from .findings import (
    HEADER,
    MOST_BLOCK_ROWS,
    MOST_BLOCKS,
    MOST_MARKS,
    Block,
    Fault,
    Loss,
    Place,
    Survey,
)

_SIDES = ("left", "center", "right")
_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


@dataclass
class Found:
    """The marks of an open workbook. ``cells`` are those outside of all repeated rows;
    ``headers`` are the parts of headers and footers."""

    places: list[Place] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    cells: list[Any] = field(default_factory=list)
    headers: list[Any] = field(default_factory=list)

    def survey(self, losses: tuple[Loss, ...]) -> Survey:
        """What is found, without the workbook."""
        return Survey(tuple(self.places), tuple(self.blocks), tuple(self.faults), losses)


def text_of(cell: Any) -> str:
    """The text of a cell, whatever its letters look like; empty where it holds none."""
    value = cell.value
    if isinstance(value, CellRichText):
        return str(value)
    return value if isinstance(value, str) and cell.data_type == "s" else ""


def find(book: Any) -> Found:
    """All marks of a workbook, its sheets in their order, each from the top left down."""
    found = Found()
    for sheet in book.worksheets:
        _find_in(sheet, found)
        if len(found.places) > MOST_MARKS or len(found.blocks) > MOST_BLOCKS:
            found.faults.append(Fault(sheet.title, "", "", "too_many"))
            break
    return found


def _find_in(sheet: Any, found: Found) -> None:
    if "{{" in sheet.title:
        found.faults.append(Fault(sheet.title, "", sheet.title, "in_sheet_name"))
    marked = []
    for _, cell in sorted(sheet._cells.items()):
        text = text_of(cell)
        if not text:
            if cell.data_type == "f" and any(marks.found_in(_formula(cell))):
                found.faults.append(Fault(sheet.title, cell.coordinate, "", "in_formula"))
            continue
        if marks.is_broken(text):
            found.faults.append(Fault(sheet.title, cell.coordinate, text[:60], "broken"))
        here = [mark for _, _, mark in marks.found_in(text)]
        if here:
            marked.append((cell, here))
    start = len(found.blocks)
    _find_blocks(sheet, marked, found)
    for cell, here in marked:
        block = _block_of(found.blocks[start:], cell.row)
        place = start + block if block >= 0 else -1
        if place < 0:
            found.cells.append(cell)
        found.places += [
            Place(sheet.title, cell.coordinate, mark.raw, place)
            for mark in here
            if mark.kind is MarkKind.VALUE
        ]
    _find_in_headers(sheet, found)


def _formula(cell: Any) -> str:
    return str(getattr(cell.value, "text", cell.value) or "")


def _block_of(blocks: list[Block], row: int) -> int:
    return next((i for i, each in enumerate(blocks) if each.first <= row <= each.last), -1)


def _find_blocks(sheet: Any, marked: list[tuple[Any, list[Mark]]], found: Found) -> None:
    """Pair the opening and closing marks. One that is never closed repeats its own row."""
    open_at: tuple[Any, Mark] | None = None
    last_row = 0

    def close(row: int) -> None:
        nonlocal open_at, last_row
        if open_at is None:
            return
        cell, mark = open_at
        if row - cell.row >= MOST_BLOCK_ROWS:
            found.faults.append(Fault(sheet.title, cell.coordinate, mark.raw, "too_high"))
        else:
            found.blocks.append(Block(sheet.title, cell.coordinate, mark.raw, cell.row, row))
        open_at, last_row = None, row

    for cell, mark in _signs(marked):
        fault = ""
        if mark.kind is MarkKind.START:
            if open_at is not None and open_at[0].row < cell.row:
                close(open_at[0].row)
            if open_at is not None or cell.row <= last_row:
                fault = "two_in_row"
            else:
                open_at = (cell, mark)
        elif open_at is None:
            fault = "end_alone"
        elif open_at[1].name != mark.name:
            fault = "end_differs"
        else:
            close(cell.row)
        if fault:
            found.faults.append(Fault(sheet.title, cell.coordinate, mark.raw, fault))
    if open_at is not None:
        close(open_at[0].row)


def _signs(marked: list[tuple[Any, list[Mark]]]) -> Iterator[tuple[Any, Mark]]:
    for cell, here in marked:
        for mark in here:
            if mark.kind is not MarkKind.VALUE:
                yield cell, mark


def _find_in_headers(sheet: Any, found: Found) -> None:
    for name in _HEADERS:
        for side in _SIDES:
            part = getattr(getattr(sheet, name), side)
            text = part.text or ""
            here = [mark for _, _, mark in marks.found_in(text)]
            if here:
                found.headers.append(part)
            if marks.is_broken(text):
                found.faults.append(Fault(sheet.title, HEADER, text[:60], "broken"))
            for mark in here:
                if mark.kind is MarkKind.VALUE:
                    found.places.append(Place(sheet.title, HEADER, mark.raw))
                else:
                    found.faults.append(Fault(sheet.title, HEADER, mark.raw, "in_header"))
