"""The months a form's mark may ask for: ``{{outreach.events|2024-Q4}}``.

How marks are spelled is known to `kernel.marks`; what they stand for is looked up in `meanings`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tracker.kernel.period import Period

FIRST_YEAR, LAST_YEAR = 1991, 2099

_DASHES = re.compile("[—–~至]")


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
