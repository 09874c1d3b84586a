"""How example rows are marked, so that one that was copied into a ledger is never taken in.

An example row says 示例 where other rows have their running number, and its name begins with
（示例）. Either mark is enough.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from tracker.kernel.words import Words

from .grid import Cell

#: Stands in 序号.
EXAMPLE = Words("示例", "Example")
#: Stands before the name.
NAMED = Words("（示例）", "(Example) ")
IS_EXAMPLE = Words(
    "这是填写说明里的示例行，请删去",
    "This is an example from the instructions; delete the row",
)

_NUMBERS = frozenset({EXAMPLE.zh, EXAMPLE.en.lower()})
_NAMES = tuple(unicodedata.normalize("NFKC", text.strip()).lower() for text in (NAMED.zh, NAMED.en))


def is_example(row: Iterable[Cell]) -> bool:
    """Whether a row was copied from a template's examples. ``row`` may hold 序号 or leave it out.

    A cell that merely speaks of an example (示例镇) does not make the row one.
    """
    for cell in row:
        if isinstance(cell, str):
            text = unicodedata.normalize("NFKC", cell).strip().lower()
            if text in _NUMBERS or text.startswith(_NAMES):
                return True
    return False
