"""The annex's table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from tracker.reports.annex import AnnexRow

from . import look
from .look import Look
from .styles import W

#: Head, width in millimetres, look of the cells.
_COLUMNS: tuple[tuple[str, int, Look], ...] = (
    ("指标", 26, look.CELL),
    ("正文说法", 19, look.CELL_NUMBER),
    ("准确数值", 18, look.CELL_NUMBER),
    ("口径", 60, look.CELL),
    ("记录数", 12, look.CELL_NUMBER),
    ("统计方式和计数依据", 21, look.CELL),
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)

Dress = Callable[[Paragraph, Look, str], Paragraph]


def add_table(document: Any, rows: Sequence[AnnexRow], dress: Dress) -> None:
    """A row for each figure; the head is repeated on every page, no row is torn."""
    table = document.add_table(rows=0, cols=len(_COLUMNS))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    properties: Any = table._tbl.tblPr
    style = properties.find(qn("w:tblStyle"))
    if style is not None:
        properties.remove(style)
    layout = properties.find(qn("w:tblLayout"))
    borders = parse_xml(f'<w:tblBorders xmlns:w="{W}">{_BORDERS}</w:tblBorders>')
    layout.addprevious(borders)
    for column, (_, width, _) in zip(table.columns, _COLUMNS, strict=True):
        column.width = Mm(width)
    _add_row(table, [(head, look.CELL_HEAD) for head, _, _ in _COLUMNS], dress, is_head=True)
    for row in rows:
        texts = (
            row.label,
            "、".join(row.phrases),
            row.exact,
            row.definition,
            f"{row.records}条",
            row.basis,
        )
        cells = [(text, cell) for text, (_, _, cell) in zip(texts, _COLUMNS, strict=True)]
        _add_row(table, cells, dress)


def _add_row(
    table: Any, cells: Sequence[tuple[str, Look]], dress: Dress, *, is_head: bool = False
) -> None:
    row = table.add_row()
    properties: Any = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, (text, style), (_, width, _) in zip(row.cells, cells, _COLUMNS, strict=True):
        cell.width = Mm(width)
        dress(cell.paragraphs[0], style, text)
