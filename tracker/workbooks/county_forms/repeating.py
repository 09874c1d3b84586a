"""Repeats rows of a sheet: what they look like, what is merged in them, what refers to them."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.formatting import ConditionalFormatting, ConditionalFormattingList
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.print_settings import PrintArea

from .references import Growth, filled_down, grown


def repeat(book: Any, sheet: Any, growth: Growth) -> None:
    """Have rows of a sheet stand ``growth.times`` times, and everything below them lower down."""
    if growth.times < 2:
        return
    _adjust_formulas(book, sheet, growth)
    block = _move_cells(sheet, growth)
    merges, spanning = _merges_after(sheet, growth)
    for cell in block:
        _copy_cell(sheet, cell, growth, spanning)
    sheet.merged_cells = MultiCellRange(merges)
    _move_rows(sheet, growth)
    _adjust_rules(sheet, growth)
    _adjust_printing(sheet, growth)
    _adjust_charts(book, sheet, growth)


# Formulas


def _adjust_formulas(book: Any, sheet: Any, growth: Growth) -> None:
    """Everywhere but in the repeated rows themselves, whose formulas are filled down."""
    for each in book.worksheets:
        for cell in each._cells.values():
            if cell.data_type != "f":
                continue
            if each is sheet and growth.is_within(cell.row, cell.row):
                continue
            value = cell.value
            if isinstance(value, str):
                cell.value = grown(value, growth, each.title)
            elif isinstance(value, ArrayFormula):
                value.text = grown(value.text or "=", growth, each.title)
                if each is sheet:
                    value.ref = _area(CellRange(value.ref), growth).coord
        for name in each.defined_names.values():
            _adjust_name(name, growth)
    for name in book.defined_names.values():
        _adjust_name(name, growth)


def _adjust_name(name: Any, growth: Growth) -> None:
    if name.attr_text:
        name.attr_text = grown(f"={name.attr_text}", growth, "")[1:]


# Cells


def _move_cells(sheet: Any, growth: Growth) -> list[Any]:
    """Move what stands below; returns the cells of the repeated rows."""
    moved, block = {}, []
    for (row, column), cell in sheet._cells.items():
        if row > growth.last:
            cell.row = row + growth.more
            if getattr(cell, "hyperlink", None):
                cell.hyperlink.ref = cell.coordinate
        elif row >= growth.first:
            block.append(cell)
        moved[cell.row, column] = cell
    sheet._cells = moved
    return block


def _copy_cell(sheet: Any, cell: Any, growth: Growth, spanning: list[CellRange]) -> None:
    formula = cell.value if cell.data_type == "f" and isinstance(cell.value, str) else None
    covered = any(
        each.min_row <= cell.row <= each.max_row and each.min_col <= cell.column <= each.max_col
        for each in spanning
    )
    for number in range(1, growth.times):
        row = cell.row + number * growth.height
        made: Any
        if covered or isinstance(cell, MergedCell):
            made = MergedCell(sheet, row, cell.column)
        else:
            made = Cell(sheet, row, cell.column)
            made._value, made.data_type = cell.value, cell.data_type
            if formula is not None:
                made._value = filled_down(formula, growth, number)
            elif cell.data_type == "f":
                made._value, made.data_type = None, "n"  # an array formula belongs to one place
        made._style = copy(cell._style)
        sheet._cells[row, cell.column] = made
    if formula is not None:
        cell.value = filled_down(formula, growth, 0)


def _merges_after(sheet: Any, growth: Growth) -> tuple[list[CellRange], list[CellRange]]:
    """The merged cells afterwards, and those of before that reach beyond the repeated rows."""
    merges, spanning = [], []
    for each in sheet.merged_cells.ranges:
        merges += _areas(each, growth)
        touches = each.min_row <= growth.last and each.max_row >= growth.first
        if touches and not growth.is_within(each.min_row, each.max_row):
            spanning.append(each)
    return merges, spanning


def _areas(area: CellRange, growth: Growth) -> list[CellRange]:
    """An area of cells afterwards: one that lies in the repeated rows stands in each of them."""
    if not growth.is_within(area.min_row, area.max_row):
        return [_area(area, growth)]
    return [
        _rows_of(area, area.min_row + n * growth.height, area.max_row + n * growth.height)
        for n in range(growth.times)
    ]


def _area(area: CellRange, growth: Growth) -> CellRange:
    return _rows_of(area, *growth.span(area.min_row, area.max_row))


def _rows_of(area: CellRange, top: int, bottom: int) -> CellRange:
    return CellRange(min_col=area.min_col, min_row=top, max_col=area.max_col, max_row=bottom)


def _covered(areas: Any, growth: Growth) -> list[CellRange]:
    """Several areas afterwards; those of one repeated row become one long area."""
    if growth.height == 1:
        return [_area(area, growth) for area in areas.ranges]
    return [found for area in areas.ranges for found in _areas(area, growth)]


# What belongs to rows rather than to cells


def _move_rows(sheet: Any, growth: Growth) -> None:
    """Heights, hidden rows and groups."""
    kept = dict(sheet.row_dimensions)
    sheet.row_dimensions.clear()
    for row, dimension in kept.items():
        if row > growth.last:
            dimension.index = row + growth.more
        sheet.row_dimensions[dimension.index] = dimension
        if growth.is_within(row, row):
            for number in range(1, growth.times):
                made = copy(dimension)
                made.index = row + number * growth.height
                sheet.row_dimensions[made.index] = made


def _adjust_rules(sheet: Any, growth: Growth) -> None:
    """Drop-downs, conditional formats, filters and tables."""
    for rule in sheet.data_validations.dataValidation:
        rule.sqref = MultiCellRange(_covered(rule.sqref, growth))
        for name in ("formula1", "formula2"):
            setattr(rule, name, _adjusted(getattr(rule, name), growth))
    formats = ConditionalFormattingList()
    for found in sheet.conditional_formatting:
        area = ConditionalFormatting(MultiCellRange(_covered(found.sqref, growth)), found.pivot)
        for rule in found.rules:
            rule.formula = [_adjusted(each, growth) for each in rule.formula]
            formats.add(area, rule)
    sheet.conditional_formatting = formats
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _area(CellRange(sheet.auto_filter.ref), growth).coord
    for table in sheet.tables.values():
        table.ref = _area(CellRange(table.ref), growth).coord
        if table.autoFilter is not None and table.autoFilter.ref:
            table.autoFilter.ref = _area(CellRange(table.autoFilter.ref), growth).coord


def _adjusted(formula: str | None, growth: Growth) -> str | None:
    """The formula of a rule, which has no = in front."""
    return grown(f"={formula}", growth, growth.sheet)[1:] if formula else formula


def _adjust_printing(sheet: Any, growth: Growth) -> None:
    """Print areas, rows printed on every page, page breaks."""
    area = PrintArea([_area(each, growth) for each in sheet._print_area.ranges])
    area.title = sheet.title
    sheet._print_area = area
    if rows := sheet._print_rows:
        rows.min_row, rows.max_row = growth.row(rows.min_row), growth.row(rows.max_row)
    for each in sheet.row_breaks.brk:
        if each.id >= growth.last:
            each.id += growth.more


def _adjust_charts(book: Any, sheet: Any, growth: Growth) -> None:
    """Where charts stand and what they show."""
    for chart in sheet._charts:
        for corner in (getattr(chart.anchor, "_from", None), getattr(chart.anchor, "to", None)):
            if corner is not None and corner.row >= growth.last:  # counted from 0
                corner.row += growth.more
    for each in book.worksheets:
        for chart in each._charts:
            for series in getattr(chart, "ser", ()):
                _adjust_series(series, growth)


def _adjust_series(series: Any, growth: Growth) -> None:
    for name in ("tx", "cat", "val", "xVal", "yVal", "bubbleSize"):
        for kind in ("strRef", "numRef"):
            found = getattr(getattr(series, name, None), kind, None)
            if found is None or not found.f:
                continue
            if name == "tx":
                found.f = grown(f"={found.f}", growth, "")[1:]
            else:  # one cell of the repeated row stands for all of them, as in a sum
                found.f = grown(f"=SUM({found.f})", growth, "")[5:-1]
