"""The numbers of headings, given by their order and never typed: 一、（一）1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .checking.han import written

#: Text before the first chapter; it has no heading.
OPENING = 0
DEEPEST = 3

_TYPED = re.compile(
    r"^\s*(?:[(（](?:[一二三四五六七八九十百]+|[0-9]{1,2})[)）]"
    r"|(?:[一二三四五六七八九十百]+|[0-9]{1,2})[、.．](?![0-9]))\s*"
)


def numbers(levels: Iterable[int]) -> Iterator[str]:
    """The number of each heading, by the levels of all of them in their order."""
    counted = [0] * (DEEPEST + 1)
    for level in levels:
        if level == OPENING:
            yield ""
            continue
        counted[level] = min(counted[level] + 1, 99)
        counted[level + 1 :] = [0] * (DEEPEST - level)
        yield _written(level, counted[level])


def _written(level: int, number: int) -> str:
    if level == 1:
        return f"{written(number)}、"
    return f"（{written(number)}）" if level == 2 else f"{number}."


def without_number(heading: str) -> str:
    """A heading without the number somebody typed before it."""
    return _TYPED.sub("", heading)
