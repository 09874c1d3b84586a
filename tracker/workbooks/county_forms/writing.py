"""Puts values in the place of marks. What a person typed stays text; the cell keeps its look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.numbers import is_date_format

from tracker.kernel import marks
from tracker.kernel.marks import MarkKind
from tracker.workbooks import cells

from .contents import Content, said

#: What stands for a mark; None where nothing can be said.
Lookup = Callable[[str], Content | None]

_FORMULA_MARKS = frozenset("=+-@＝＋－＠")
_PLAIN = (cells.GENERAL, cells.AS_TEXT)


def fill(cell: Any, lookup: Lookup) -> None:
    """Fill the marks of a cell: one that stands alone with its value as it is, others as words."""
    value = cell.value
    text = str(value) if isinstance(value, CellRichText) else value
    found = list(marks.found_in(text))
    values = [mark for _, _, mark in found if mark.kind is MarkKind.VALUE]
    rest = text
    for start, end, _ in reversed(found):
        rest = rest[:start] + rest[end:]
    if not rest.strip() and len(values) <= 1:
        _put(cell, lookup(values[0].raw) if values else None)
        return
    pieces = [(start, end, _words(mark, lookup)) for start, end, mark in found]
    if isinstance(value, CellRichText):
        _put_value(cell, _with_letters(value, pieces))
    else:
        _put_text(cell, _replaced(text, pieces))


def fill_header(part: Any, lookup: Lookup) -> None:
    """Fill the marks of one part of a page's header or footer, where & begins a code."""
    pieces = [
        (start, end, _words(mark, lookup).replace("&", "&&"))
        for start, end, mark in marks.found_in(part.text)
    ]
    part.text = _replaced(part.text, pieces)


def empty(cell: Any) -> None:
    """Leave nothing in a cell but its look."""
    _put(cell, None)


def _words(mark: marks.Mark, lookup: Lookup) -> str:
    if mark.kind is not MarkKind.VALUE:
        return ""
    return cells.safe_text(said(lookup(mark.raw)))


def _replaced(text: str, pieces: list[tuple[int, int, str]]) -> str:
    for start, end, words in reversed(pieces):
        text = text[:start] + words + text[end:]
    return text


def _with_letters(value: CellRichText, pieces: list[tuple[int, int, str]]) -> CellRichText:
    """The same in a text of several fonts: a value gets the font in which its mark begins."""
    parts: list[str | TextBlock] = []
    at = 0
    for part in value:
        text = str(part)
        here = [
            (max(start - at, 0), min(end - at, len(text)), words if start >= at else "")
            for start, end, words in pieces
            if start < at + len(text) and end > at
        ]
        at += len(text)
        new = _replaced(text, here)
        if new:
            parts.append(TextBlock(part.font, new) if isinstance(part, TextBlock) else new)
    return CellRichText(parts)


def _put(cell: Any, content: Content | None) -> None:
    """A value that has the cell for itself."""
    if content is None:
        _put_value(cell, None, "n")
    elif content.kind in ("number", "percent"):
        if cell.number_format in _PLAIN:
            cell.number_format = cells.PERCENT if content.kind == "percent" else cells.GENERAL
        _put_value(cell, content.number, "n")
    elif content.kind == "day":
        if not is_date_format(cell.number_format):
            cell.number_format = cells.DAY
        _put_value(cell, content.day, "d")
    else:
        if content.kind == "name":
            cell.number_format = cells.AS_TEXT
        _put_text(cell, cells.safe_text(content.value))


def _put_text(cell: Any, text: str) -> None:
    text = _cut(text)
    _put_value(cell, text, "s")
    if text[:1] in _FORMULA_MARKS:
        cell.quotePrefix = True  # it stays text even where somebody edits it


def _put_value(cell: Any, value: Any, data_type: str = "s") -> None:
    cell._value, cell.data_type = value, data_type
    if data_type != "s":
        cell.quotePrefix = False


def _cut(text: str) -> str:
    """No more than a cell holds."""
    if len(text) * 2 <= cells.LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= cells.LONGEST * 2:
        return text
    return units[: (cells.LONGEST - 1) * 2].decode("utf-16-le", "ignore") + "…"
