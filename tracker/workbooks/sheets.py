"""The form of a 台账: title, who fills it in, heads, bordered rows, totals, and how it prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any, Protocol

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.properties import PageSetupProperties

from tracker.kernel.words import Words

from . import cells
from .book import Book
from .cells import Content, Look, Pen
from .columns import OpenColumn, SheetColumn
from .widths import fitted, height

FIRST_ROW = 4
#: Heights in points: of a line of text, of a row of one line, and the most a row can have.
_LINE, _ROW, _HIGHEST = 15.0, 20.0, 409.0
#: How much of a sheet a small screen shows, in characters.
_SCREEN = 110.0
_NUMBER = Words("序号", "No.")
_TOTAL = Words("合计", "Total")
_RECORDS = Words("共 {n} 条", "{n} records")
_NOTHING = Words("（没有记录）", "(no records)")
_PAGES = Words("第 &P 页 共 &N 页", "Page &P of &N")
_CHECKS = Words(
    "以下各列：每条记录计入各项数字的数量，供核对，不打印",
    "These columns: what each record adds to each figure; for checking, not printed",
)


class SecondRow(Protocol):
    """What stands below the title, in three parts."""

    def line(self, language: str) -> tuple[str, str, str]: ...


@dataclass
class Ledger:
    """One sheet, written from the top down: open it, write rows, close it.

    ``columns`` are the sheet's own; ``checks`` stand to their right and are not printed.
    A ``numbered`` ledger has 序号 in front; the first ``frozen`` columns stay in sight.

    One that is ``for_entry`` is worked on at a screen: what stands above its heads keeps to the
    width of a screen, and it prints at a readable size over as many pages as it needs. Its
    ``lines`` stand above the heads; with so much on top, nothing stays in sight.
    """

    book: Book
    name: str
    title: str
    heading: SecondRow
    columns: Sequence[SheetColumn]
    checks: Sequence[SheetColumn] = ()
    numbered: bool = True
    frozen: int = 2
    for_entry: bool = False
    lines: Sequence[str] = ()
    rows: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.sheet = self.book.new_sheet(self.name)
        own = list(self.columns)
        if self.numbered:
            number = SheetColumn(_NUMBER.say(self.book.language), 6, cells.CENTRED)
            own.insert(0, number)
        if len(own) < 3:
            raise ValueError(f"{self.name}: a ledger has at least three columns")
        if not self.for_entry:
            own = fitted(own)
        self._own = self._span = len(own)
        if self.for_entry:
            so_far = list(accumulate(column.width for column in own))
            self._span = max(3, sum(1 for width in so_far if width <= _SCREEN))
        self._all = [
            OpenColumn(spec, self._pen(spec.look, as_text=spec.as_text, blank=spec.blank))
            for spec in (*own, *self.checks)
        ]
        self._row = 0
        self._set_up()
        self._write_top()

    def _pen(self, look: Look, *, as_text: bool = False, blank: str | None = None) -> Pen:
        styles = self.book.styles
        if styles is None:  # the sheet is there, so its book has styles
            raise RuntimeError("a book has styles from its first sheet on")
        return Pen(
            styles, self.sheet, look, language=self.book.language, as_text=as_text, blank=blank
        )

    @property
    def _width(self) -> float:
        """The width of what goes across the sheet."""
        return sum(column.spec.width for column in self._all[: self._span])

    # Before the rows

    def _set_up(self) -> None:
        sheet = self.sheet
        for index, column in enumerate(self._all, 1):
            dimension = sheet.column_dimensions[get_column_letter(index)]
            dimension.width = column.spec.width
            if column.spec.blank is not None and self.book.styles is not None:
                # Rows below the written ones take the look of their column, but for its border,
                # which would show through the merged cells of the title.
                look = replace(column.spec.look, border=False)
                dimension._style = self.book.styles.get(look, column.spec.blank)
            if index > self._own:
                dimension.outlineLevel = 1
        sheet.sheet_format.defaultRowHeight = _ROW
        sheet.sheet_format.customHeight = True
        sheet.row_dimensions[1].height = max(36, height(self.title, self._width, cells.TITLE.size))
        sheet.row_dimensions[2].height = 22
        if not self.lines:
            sheet.freeze_panes = f"{get_column_letter(self.frozen + 1)}{FIRST_ROW}"
            sheet.print_title_rows = f"1:{FIRST_ROW - 1}"
        if self.for_entry:
            sheet.page_setup.scale = 65
            if not self.lines:
                sheet.print_title_cols = "A:B"
        else:
            sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
            sheet.page_setup.fitToWidth = 1
            sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.outlinePr.summaryRight = False
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9  # A4
        sheet.print_options.horizontalCentered = True
        for side in ("left", "right"):
            setattr(sheet.page_margins, side, 0.4)
        for side, inches in (("top", 0.6), ("bottom", 0.75), ("footer", 0.3)):
            setattr(sheet.page_margins, side, inches)
        sheet.oddFooter.center.text = _PAGES.say(self.book.language)

    def _write_top(self) -> None:
        first: list[Any] = [self._pen(cells.TITLE).write(self.title)]
        if self.checks:
            first += [None] * (self._own - 1)
            first.append(self._pen(cells.ASIDE).write(_CHECKS))
        self._append(first)
        self._merge(1, 1, self._span)
        second: list[Any] = [None] * self._own
        looks = (cells.LINE_LEFT, cells.LINE_MIDDLE, cells.LINE_RIGHT)
        parts = self.heading.line(self.book.language)
        for (start, end), look, text in zip(self._thirds(), looks, parts, strict=True):
            second[start - 1] = self._pen(look).write(text)
            self._merge(2, start, end)
        self._append(second)
        for line in self.lines:
            self.write_remark(line)
        heads = [
            self._pen(column.spec.head if index < self._own else cells.CHECK_HEAD).write(
                column.spec.label
            )
            for index, column in enumerate(self._all)
        ]
        self._append(heads, max(2 * _LINE, self._height(heads)))

    def _thirds(self) -> list[tuple[int, int]]:
        """The three spans of the second row, about equally wide."""
        widths = [column.spec.width for column in self._all[: self._span]]
        whole, so_far = sum(widths), 0.0
        ends: list[int] = []
        for index, width in enumerate(widths, 1):
            so_far += width
            wanted = len(ends) + 1
            room_left = self._span - index >= 3 - wanted
            must_end = self._span - index == 3 - wanted
            if wanted < 3 and room_left and (so_far >= whole * wanted / 3 or must_end):
                ends.append(index)
        ends.append(self._span)
        return list(zip([1, *(end + 1 for end in ends[:-1])], ends, strict=True))

    # Rows

    def write_row(self, values: Sequence[Content]) -> None:
        """One row: the sheet's own values, then those of its checks."""
        self.rows += 1
        content = [self.rows, *values] if self.numbered else values
        row = [column.write(value) for column, value in zip(self._all, content, strict=True)]
        self._append(row, self._height(row))

    def _height(self, row: Sequence[Any]) -> float:
        """The height that the fullest cell of a row needs. Not every program finds out itself."""
        most = 0.0
        for column, cell in zip(self._all, row, strict=True):
            look, text = column.spec.look, cell.value
            if look.wrap and isinstance(text, str) and cell.data_type == "s":
                most = max(most, height(text, column.spec.width, look.size))
        return most

    def write_group(self, content: Content) -> None:
        """A line across the table that says what follows, or what came of it."""
        self._across(content, cells.GROUP)

    def write_remark(self, text: str) -> None:
        """A line above or below the table. Its height is set, since merged cells do not grow."""
        self._across(text, cells.REMARK, height(text, self._width, cells.REMARK.size))

    def _across(self, content: Content, look: Look, high: float = 0.0) -> None:
        blank = self._pen(look)
        self._append(
            [self._pen(look).write(content), *(blank.write(None) for _ in range(self._span - 1))],
            high,
        )
        self._merge(self._row, 1, self._span)

    @property
    def last_row(self) -> int:
        """The last row of records; an empty ledger has one that says so."""
        return FIRST_ROW + max(self.rows, 1) - 1

    def letter(self, check: int) -> str:
        """The letter of a check column, counted from 0."""
        return get_column_letter(self._own + check + 1)

    def span(self, letter: str) -> str:
        """The records' cells of one column, for a formula of another sheet."""
        name = quote_sheetname(self.sheet.title)
        return f"{name}!${letter}${FIRST_ROW}:${letter}${self.last_row}"

    # After the rows

    def close(self, *, totals: bool = True) -> None:
        """Write the totals, where the sheet has any, and fix what prints."""
        if totals:
            if not self.rows:
                self._across(_NOTHING.say(self.book.language), cells.CENTRED)
            self._write_totals()
        last = get_column_letter(self._own)
        self.sheet.print_area = f"A1:{last}{self._row}"

    def _write_totals(self) -> None:
        summed = [index for index, column in enumerate(self._all) if column.spec.total]
        own = [index for index in summed if index < self._own]
        label_end = min([*own, self._own])
        pen = self._pen(cells.TOTAL)
        content: list[Content] = [None] * len(self._all)
        content[0] = _TOTAL.say(self.book.language)
        if not own:
            # Nothing to add up: the number of records is the total.
            content[1] = _RECORDS.fill(n=self.rows)
            label_end = 1
            self._merge(self._row + 1, 2, self._own)
        for index in summed:
            column = self._all[index]
            content[index] = column.sum if self.rows else 0
        self._append(pen.write(value) for value in content)
        if label_end > 1:
            self._merge(self._row, 1, label_end)

    def _append(self, row: Iterable[Any], high: float = 0.0) -> None:
        self._row += 1
        heights = self.sheet.row_dimensions
        if high > _ROW:
            heights[self._row].height = min(high, _HIGHEST)
        # A generator: each cell is on its way before the next is made, so pens serve many cells.
        self.sheet.append(cell for cell in row)
        heights.pop(self._row, None)  # it is written; memory stays with one row

    def _merge(self, row: int, first: int, last: int) -> None:
        if last > first:
            self.sheet.merged_cells.add(
                f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}"
            )
