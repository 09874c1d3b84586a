"""Finding the rows of a table's head: one, two or three of them among titles and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.kernel.register import Register

from .cells_seen import Cells
from .heads import RUNNING, Heads, is_hint

#: Titles, notes and the 填报单位 line stand above the head; no ledger seen has more of them.
_DEEPEST_HEAD = 30
_MOST_ROWS = 3
#: Numbers, days and sentences are what stands below a head.
_VALUE = re.compile(r"[0-9]{2}|[0-9][.月/-][0-9]|.{21}")


@dataclass
class Head:
    """A table's head, from row to last row: its texts by column, and what each of them means."""

    row: int
    last: int
    texts: dict[int, str] = field(default_factory=dict)
    found: dict[int, str | None] = field(default_factory=dict)
    sure: dict[int, int] = field(default_factory=dict)
    #: The texts of each column's rows by themselves.
    parts: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def keys(self) -> set[str]:
        """The register's columns that it has."""
        return {key for key in self.found.values() if key and key != RUNNING}

    def score(self, register: Register) -> tuple[int, int, int]:
        """The more columns it has, the better; then the fewer rows, and the higher up."""
        keys = self.keys
        required = sum(1 for column in register.columns if column.required and column.key in keys)
        return (len(keys) + required, self.row - self.last, -self.row)

    def is_one(self, register: Register) -> bool:
        """Whether it is a head at all: a single known word may stand anywhere."""
        if len(self.keys) >= 2:
            return True
        required = {column.key for column in register.columns if column.required}
        return bool(required) and required <= self.keys and RUNNING in self.found.values()


def find_head(cells: Cells, register: Register, heads: Heads, chosen: int | None) -> Head | None:
    """The head that fits the register best; ``chosen`` is its last row where a person said so."""
    best: Head | None = None
    for top, last in _candidates(cells, chosen):
        head = _read(cells, heads, top, last)
        if best is None or head.score(register) > best.score(register):
            best = head
    if best is None:
        return None
    return best if best.is_one(register) or (best.keys and chosen is not None) else None


def _candidates(cells: Cells, chosen: int | None) -> Iterator[tuple[int, int]]:
    if chosen is None:
        for row in range(min(len(cells.rows), _DEEPEST_HEAD)):
            if _may_begin(cells, row):
                yield row, _last_row(cells, row)
        return
    if not chosen < len(cells.rows):
        return
    yield chosen, chosen
    for top in range(chosen - 1, max(chosen - _MOST_ROWS, -1), -1):
        if not all(_extends(cells, row) for row in range(top + 1, chosen + 1)):
            return
        yield top, chosen


def _may_begin(cells: Cells, row: int) -> bool:
    """Whether a head may begin here: it has several words, none merged with the row above."""
    filled = cells.filled(row)
    if len({cells.text(row, column) for column in filled}) < 2:
        return False
    begun = (cells.merges.get((row, column)) for column in range(cells.width))
    return not any(
        merge is not None and merge.top < row and merge.bottom - merge.top < _MOST_ROWS
        for merge in begun
    )


def _last_row(cells: Cells, top: int) -> int:
    last = top
    while last + 1 < min(len(cells.rows), top + _MOST_ROWS) and _extends(cells, last + 1):
        last += 1
    return last


def _extends(cells: Cells, row: int) -> bool:
    """Whether a row goes on with the head above it: it only divides what stands there.

    Each of its cells is a word below a head that reaches over several columns, or below none, or
    the unit of the head above. The first record is not taken for it: it fills undivided columns.
    """
    filled = cells.filled(row)
    if not filled or not cells.filled(row - 1):
        return False
    for column in filled:
        text = cells.text(row, column)
        if not isinstance(cells.at(row, column), str):
            return False
        if not is_hint(text) and (_VALUE.search(text) or not _is_divided(cells, row - 1, column)):
            return False
    return True


def _is_divided(cells: Cells, row: int, column: int) -> bool:
    merge = cells.merges.get((row, column))
    if merge is not None:
        return merge.bottom == row and merge.right > merge.left
    if not cells.text(row, column):
        # Right of a head that was not merged over it.
        return any(cells.text(row, left) for left in range(column))
    below = [cells.text(row + 1, column), cells.text(row + 1, column + 1)]
    return not cells.spread(row, column + 1) and all(below)


def _read(cells: Cells, heads: Heads, top: int, last: int) -> Head:
    head = Head(top, last)
    for column in range(cells.width):
        parts: list[str] = []
        for row in range(top, last + 1):
            text = cells.spread(row, column)
            if not (text or parts) and row < last and not cells.merges.get((row, column)):
                text = _reaching(cells, row, column)
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        if parts and any(cells.spread(row, column) for row in range(top, last + 1)):
            head.texts[column], head.parts[column] = "".join(parts), tuple(parts)
            head.found[column], head.sure[column] = heads.read(parts)
    return head


def _reaching(cells: Cells, row: int, column: int) -> str:
    """The head on the left that reaches over this column without being merged over it."""
    for left in range(column - 1, -1, -1):
        if not cells.text(row + 1, left + 1):
            return ""
        if cells.spread(row, left):
            return cells.text(row, left) if cells.text(row + 1, left) else ""
    return ""
