"""The spelling of marks in offices' own texts: ``{{outreach.events}}``, ``{{年度|上年}}``.

Forms (`tracker.workbooks.county_forms`) and report texts (`tracker.reports`) hold them; what a
mark stands for is theirs to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from .text import clean_line, half_width

#: The running number of a repeated row.
NUMBER = "#"

_MARK = re.compile(r"[{｛]{2}([^{}｛｝]{1,200})[}｝]{2}")
_BROKEN = re.compile(r"[{｛]{2}|[}｝]{2}")
_SPACES = re.compile(r"\s+")


class MarkKind(Enum):
    """What a mark does: stand for a value, or open or close the rows that are repeated."""

    VALUE = "value"
    START = "start"
    END = "end"


@dataclass(frozen=True)
class Mark:
    """One mark. ``raw`` is how it was written, ``name`` and ``options`` how it is read."""

    raw: str
    kind: MarkKind
    name: str
    options: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def spelled(text: str) -> str:
    """A name as it is compared: half-width, small letters, without spaces."""
    return _SPACES.sub("", half_width(clean_line(text))).casefold()


@lru_cache(maxsize=4096)
def parse(raw: str) -> Mark:
    """A mark from how it is written. Full-width signs and stray spaces are taken as well."""
    name, *options = (spelled(part) for part in half_width(raw).strip("{}").split("|"))
    kind = MarkKind.VALUE
    if name != NUMBER and name[:1] in ("#", "/"):
        kind = MarkKind.START if name[0] == "#" else MarkKind.END
        name = name[1:]
    return Mark(raw, kind, name, tuple(options))


def found_in(text: str) -> Iterator[tuple[int, int, Mark]]:
    """The marks of a text with where each begins and ends."""
    for match in _MARK.finditer(text):
        yield match.start(), match.end(), parse(match[0])


def is_broken(text: str) -> bool:
    """Whether braces are left over that belong to no whole mark."""
    return _BROKEN.search(_MARK.sub("", text)) is not None
