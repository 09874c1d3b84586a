"""A sheet's cells as a person sees them: their texts, and merged ones looked up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tracker.kernel.text import clean_line
from tracker.workbooks.grid import Cell, Merge, Sheet

#: No table has a larger merged cell; it would only cost memory.
_LARGEST_MERGE = 20_000


def shown(cell: Cell) -> str:
    """A cell as a person reads it, on one line."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        text = format(cell, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return clean_line(str(cell))


class Cells:
    """The cells of a sheet, asked for many times."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows = sheet.rows
        #: Every cell as a person reads it; worked out once.
        self.texts = [[shown(cell) for cell in row] for row in sheet.rows]
        self.width = max((len(row) for row in sheet.rows), default=0)
        self.merges: dict[tuple[int, int], Merge] = {}
        for merge in sheet.merges:
            if (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) > _LARGEST_MERGE:
                continue
            for row in range(merge.top, merge.bottom + 1):
                for column in range(merge.left, merge.right + 1):
                    self.merges[row, column] = merge

    def at(self, row: int, column: int) -> Cell:
        """The cell itself; None outside the sheet."""
        line = self.rows[row] if 0 <= row < len(self.rows) else ()
        return line[column] if column < len(line) else None

    def text(self, row: int, column: int) -> str:
        """The cell's own text."""
        line = self.texts[row] if 0 <= row < len(self.texts) else ()
        return line[column] if column < len(line) else ""

    def spread(self, row: int, column: int) -> str:
        """The text a person sees at this place: the merged cell's where it is part of one."""
        merge = self.merges.get((row, column))
        return self.text(merge.top, merge.left) if merge else self.text(row, column)

    def down(self, row: int, column: int) -> tuple[int, bool]:
        """The row that a cell's value stands in, and whether it is merged with rows beside it.

        Only the first column of a merged cell hands its value down.
        """
        merge = self.merges.get((row, column)) if self.merges else None
        if merge is not None and merge.bottom > merge.top and merge.left == column:
            return merge.top, True
        return row, False

    def filled(self, row: int) -> list[int]:
        """The columns that have something in this row."""
        return [column for column, text in enumerate(self.texts[row]) if text]
