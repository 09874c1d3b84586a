"""The marks of a form: ``{{outreach.events|2024-Q4}}``, ``{{#events}}``, ``{{title}}``.

Only their spelling is known here; what they stand for is looked up in `meanings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from tracker.kernel.period import Period
from tracker.kernel.text import clean_line, half_width

#: The running number of a repeated row.
NUMBER = "#"
FIRST_YEAR, LAST_YEAR = 1991, 2099

_MARK = re.compile(r"[{｛]{2}([^{}｛｝]{1,200})[}｝]{2}")
_BROKEN = re.compile(r"[{｛]{2}|[}｝]{2}")
_DASHES = re.compile("[—–~至]")
_SPACES = re.compile(r"\s+")


class MarkKind(Enum):
    """What a mark does."""

    VALUE = "value"
    START = "start"
    END = "end"


@dataclass(frozen=True)
class Mark:
    """One mark. ``raw`` is how it stands in the form, ``name`` and ``options`` how it is read."""

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


# Periods


@dataclass(frozen=True)
class Span:
    """The months a mark speaks of; without ``year``, those of the year being filled."""

    year: int | None = None
    first: int = 1
    last: int = 12

    def of(self, year: int, today: date) -> Period:
        """The period, in a form that is filled for ``year``."""
        return Period.of_months(self.year or year, self.first, self.last, today)


WHOLE_YEAR = Span()

_IN_WORDS = {
    "上半年": "h1",
    "下半年": "h2",
    **{f"{first}{n}季度": f"q{q}" for first in ("第", "") for q, n in enumerate("一二三四", 1)},
}
_SPANS = (
    re.compile(r"(?P<year>[0-9]{4})年?"),
    re.compile(r"(?:(?P<year>[0-9]{4})[-年]?)?q(?P<quarter>[1-4])"),
    re.compile(r"(?:(?P<year>[0-9]{4})[-年]?)?h(?P<half>[12])"),
    re.compile(r"(?:(?P<year>[0-9]{4})[-年])?(?P<first>[0-9]{1,2})月?"),
    re.compile(r"(?P<first>[0-9]{1,2})月?-(?P<last>[0-9]{1,2})月?"),
)


def span_of(option: str) -> Span | None:
    """The period an option names: 2024, 2024-Q4, 2024-11, 2024-H1, Q4, H1, 11, 1-9.

    None where it names none, or one that does not exist.
    """
    option = _DASHES.sub("-", option)
    for words, code in _IN_WORDS.items():
        if option.endswith(words):
            option = option.removesuffix(words) + code
    for pattern in _SPANS:
        if match := pattern.fullmatch(option):
            return _span({name: int(value) for name, value in match.groupdict().items() if value})
    return None


def _span(parts: dict[str, int]) -> Span | None:
    year = parts.get("year")
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if "quarter" in parts:
        return Span(year, parts["quarter"] * 3 - 2, parts["quarter"] * 3)
    if "half" in parts:
        return Span(year, parts["half"] * 6 - 5, parts["half"] * 6)
    first = parts.get("first", 1)
    last = parts.get("last", first if "first" in parts else 12)
    return Span(year, first, last) if 1 <= first <= last <= 12 else None
