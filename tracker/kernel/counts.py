"""Numbers as people write them: 约200人, 200余人次, 1.2万, 二百三十."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .text import half_width, parse_whole

_UNIT = (
    r"(?:余份|人次|场次|篇次|条次|户次|学时|课时|小时|人|份|场|次|个|户|条|块|册|件|元|名|位|本|张|袋|把"
    r"|天|批|篇|期|幅|面|处|套|部|起|例|家)?"
)
_WHO = r"(?:群众|村民|居民|学生|师生|干部|党员|职工)?(?:参加|参与)?"
_BEFORE = r"(?P<before>约|大约|大概|估计|约为|约有|大约有|近|将近|接近|超过?|逾|不少于|至少|突破)?"
_AFTER = r"(?P<after{n}>余|多|来|左右|以上|上下|\+)?"
_COUNT = re.compile(
    rf"(?:共[计有]?|合计|总计|累计)?{_BEFORE}(?:(?P<number>[0-9]{{1,12}}(?:,[0-9]{{3}}){{0,4}}"
    r"(?:\.[0-9]{1,6})?)(?P<scale>万|千|百)?|(?P<spelt>[零〇一二两三四五六七八九十百千万]{1,12}))"
    rf"{_AFTER.format(n=1)}{_UNIT}"
    rf"{_AFTER.format(n=2)}{_WHO}(?P<said>[(（](?:约|估计?|估算|大约|约数|估计数)[)）])?"
)
_LONGEST = 60
#: A unit that stands in brackets, such as 30（人次） or 30人(次).
_BRACKETS = re.compile(r"(?<=[0-9人户场])[(（](人次|人|次|份|户|场|条|块)[)）]")
_TWO_NUMBERS = re.compile(r"[0-9]\s+[0-9]")
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")}
_SCALES = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True)
class Count:
    """A whole number, and whether it was only said roughly: 约, 余, 左右, 近."""

    number: int
    rough: bool = False


class TwoNumbers(ValueError):
    """The text says several numbers, or is too long to say one."""


def parse_count(text: str) -> Count:
    """The one whole number that a text says.

    千人 alone is a manner of speaking and counts as rough.

    :raises TwoNumbers: when it says several, or is longer than any number.
    :raises ValueError: when it says none.
    """
    plain = require_one_number(text)
    try:
        return Count(parse_whole(plain))
    except ValueError:
        pass
    match = _COUNT.fullmatch(_BRACKETS.sub(r"\1", plain).rstrip("。.;；"))
    number = _value(match) if match else None
    if match is None or number is None:
        raise ValueError(f"not one whole number: {text[:40]!r}")
    rough = any(match[name] for name in ("before", "after1", "after2", "said"))
    return Count(number, rough or match["spelt"] in ("百", "千"))


def require_one_number(text: str) -> str:
    """The text in half width and without spaces.

    :raises TwoNumbers: when a space parts two numbers, or when it is longer than any number.
    """
    wide = half_width(text)
    if len(text) > _LONGEST or _TWO_NUMBERS.search(wide):
        raise TwoNumbers(f"not one number: {text[:40]!r}")
    return re.sub(r"\s", "", wide)


def _value(match: re.Match[str]) -> int | None:
    if match["spelt"]:
        return _chinese(match["spelt"])
    value = Decimal(match["number"].replace(",", ""))
    value *= {"万": 10_000, "千": 1000, "百": 100}.get(match["scale"] or "", 1)
    return int(value) if value == int(value) else None


def _chinese(text: str) -> int | None:
    """一百二十 as 120; None where the signs make no number, or one that people read in two ways.

    一千二 is 1,200 to most people and 1,002 to a reckoner.
    """
    plain = text.replace("〇", "零").replace("两", "二")
    high, mark, low = plain.partition("万")
    if not mark:
        return _below_ten_thousand(plain)
    many, few = _below_ten_thousand(high), 0
    if low:
        rest = _below_ten_thousand(low.removeprefix("零"))
        # 一万零二十, and 一万二千 without a nought.
        if rest is None or low.startswith("零") != (rest < 1000):
            return None
        few = rest
    return None if not many else many * 10_000 + few


def _below_ten_thousand(plain: str) -> int | None:
    if "万" in plain:
        return None
    total = digit = 0
    for sign in plain:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            total += (digit or 1) * _SCALES[sign]
            digit = 0
    total += digit
    spelt = _spelt(total)
    if plain == spelt or (plain[:1] in ("百", "千") and f"一{plain}" == spelt):
        return total
    return total if 10 <= total < 20 and plain == f"一{spelt}" else None


def _spelt(number: int) -> str:
    """A number below 10,000 in Chinese: 一千零二十, 十五."""
    if number == 0:
        return "零"
    text, gap = "", False
    for sign, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + sign
            gap = False
        else:
            gap = True
    return text.removeprefix("一") if 10 <= number < 20 else text
