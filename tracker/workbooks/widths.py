"""How wide columns are and how high rows must be, so that a printed sheet can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from .cells import BODY_SIZE
from .columns import SheetColumn

#: The width beyond which a sheet on one A4 page gets too small to read at ease.
READABLE = 230.0
#: What a column that gives way keeps of its width at least, as a share and in characters.
_KEPT, _LEAST = 0.6, 9.0


def fitted(columns: Sequence[SheetColumn]) -> list[SheetColumn]:
    """The columns, those that give way narrowed as far as the page asks for it."""
    whole = sum(column.width for column in columns)
    giving = sum(column.width for column in columns if column.gives_way)
    if whole <= READABLE or not giving:
        return list(columns)
    kept = max(_KEPT, 1 - (whole - READABLE) / giving)
    return [
        replace(column, width=min(column.width, max(_LEAST, round(column.width * kept, 1))))
        if column.gives_way
        else column
        for column in columns
    ]


def breadth(text: str) -> float:
    """About how wide a text is, in the unit of column widths; a Chinese character is 2.2."""
    return len(text) + 0.6 * (len(text.encode("utf-8", "replace")) - len(text))


def height(text: str, width: float, size: int = BODY_SIZE) -> float:
    """How high a cell must be for its text, in points; 0 where one line will do."""
    room = (width - 0.8) * BODY_SIZE / size
    if len(text) * 2.2 <= room and "\n" not in text:
        return 0.0
    lines = sum(max(1, ceil(breadth(line) / room)) for line in text.split("\n"))
    return lines * size * 1.35 + 5 if lines > 1 else 0.0
