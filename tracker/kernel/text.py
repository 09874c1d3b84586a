"""Text as people type it, made safe and plain once, where it comes in."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

# Control, zero-width, direction and non-characters: they show nothing and break files and sorting.
# The tab and the line feed stay; ZWJ (200d) goes too, which only joins emoji.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffd\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
# Most texts are of these signs alone, with single spaces, and stay as they are: a quick way out.
_SIGNS = r"[!-~\u4e00-\u9fff，。、；：（）《》]+"
_SOUND = re.compile(f"{_SIGNS}(?: {_SIGNS})*")

_DAY_PATTERNS = (
    re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})"),
    re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日?"),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
)
_MONTH_DAY_PATTERNS = (
    re.compile(r"([0-9]{1,2})月([0-9]{1,2})日?"),
    re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})"),
)
_HALF_WIDTH = str.maketrans(
    {"\u3000": " ", **{chr(full): chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)}}
)
_EARLIEST, _LATEST = 1990, 2100
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+")


class NoSuchDay(ValueError):
    """It is written as a day, but the calendar has none such: 2024-02-30."""


class YearOutside(ValueError):
    """It is a day's writing, of a year that cannot be meant: 1024-06-26."""


def clean(value: str | None) -> str:
    """One filter for every text that comes in: NFC, nothing invisible, single spaces, trimmed."""
    if not value:
        return ""
    if _SOUND.fullmatch(value):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    # Twice, because composing can bring forth nothing new but cleaning may join what was split.
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _INVISIBLE.sub("", text)
    text = _SPACES.sub(" ", text)
    text = "\n".join(line.strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip()


def clean_line(value: str | None) -> str:
    """`clean` for a field of one line: line breaks become spaces."""
    if value and _SOUND.fullmatch(value):
        return value
    return clean(clean(value).replace("\n", " "))


def half_width(value: str) -> str:
    """Full-width digits, letters and marks as their half-width forms (２０２４．６ → 2024.6).

    Nothing else changes: NFKC would read 10² as 102 and ① as 1.
    """
    return value.translate(_HALF_WIDTH)


def parse_day(value: str, *, year: int | None = None) -> date:
    """A day as people write it: 2024-06-26, 2024.6.26, 2024/6/26, 2024年6月26日, 20240626.

    Where ``year`` is given, 6月26日 and 6.26 are read as days of that year.

    :raises NoSuchDay: when the calendar has no such day.
    :raises YearOutside: when its year is not between 1990 and 2100.
    :raises ValueError: when it is not written as a day.
    """
    text = re.sub(r"\s+", "", half_width(clean_line(value))).replace("。", ".").replace("、", ".")
    for pattern in _DAY_PATTERNS:
        if match := pattern.fullmatch(text):
            return _bounded(int(match[1]), int(match[2]), int(match[3]))
    if year is not None:
        for pattern in _MONTH_DAY_PATTERNS:
            if match := pattern.fullmatch(text):
                return _bounded(year, int(match[1]), int(match[2]))
    raise ValueError(f"not a day: {value[:40]!r}")


def _bounded(year: int, month: int, day: int) -> date:
    if not _EARLIEST <= year <= _LATEST:
        raise YearOutside(f"{year} is outside {_EARLIEST}-{_LATEST}")
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDay(f"{year}-{month}-{day}") from None


def parse_whole(value: str) -> int:
    """A whole number in half- or full-width digits, with or without thousands commas.

    :raises ValueError: for anything else, fractions and other scripts' digits included.
    """
    text = re.sub(r"\s+", "", half_width(clean_line(value)))
    if _WHOLE.fullmatch(text) or _GROUPED.fullmatch(text):
        return int(text.replace(",", ""))
    raise ValueError(f"not a whole number: {value[:40]!r}")


def shorten(value: str, length: int) -> str:
    """The text, cut with … where it is longer than ``length`` characters."""
    return value if len(value) <= length else value[: length - 1] + "…"


def like(value: str) -> str:
    """A search text with SQL's wildcards escaped by ``\\``, bounded in length."""
    text = clean_line(value)[:100]
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
