"""Finds every number of a text, with its unit and the words that make it more or less exact.

Arabic, full-width and Chinese numerals; 万 and 亿; 余, 多, 近, 以上, 约 …; ranges, ratios and
percents. What `left_alone` recognises is told apart. A Chinese numeral without a unit counts
nothing (百姓).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from . import han, left_alone
from .printed import UNIT_PATTERN, Claim, LeftAlone, Printed

_SAME_LENGTH = str.maketrans(
    {
        **{full: str(value) for value, full in enumerate("０１２３４５６７８９")},
        "％": "%",
        "﹪": "%",
        "．": ".",
        "（": "(",
        "）": ")",
        "：": ":",
        "；": "；",
        "／": "/",
        "＋": "+",
        "－": "-",
        "～": "~",
        "〜": "~",
        "–": "-",
        "−": "-",
        "\u00a0": " ",
    }
)
_FULL_WIDTH_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")

_ARABIC = r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])(?:\.[0-9]{1,6})?|[0-9]+(?:\.[0-9]{1,6}(?![0-9]))?"
_SIGNS = f"[{han.SIGNS}]"
_NUMBER = (
    f"(?:百分之(?P<per>(?:{_ARABIC})|{_SIGNS}{{1,12}}(?:点{_SIGNS}{{1,6}})?)"
    f"|(?P<arabic>{_ARABIC})"
    f"|(?P<han>{_SIGNS}{{1,24}}+(?:点{_SIGNS}{{1,6}})?))"
    f"(?P<inner>[余多来几])?(?P<scale>[十百千万亿]{{1,2}}(?!分))?"
)
_TAIL = (
    r"[ \u3000]?(?P<post>余|多(?!功能|元|方|样|级|部门|媒体)|来(?!自|到)|几"
    r"|以上|左右|上下|\+|＋)?"
    r"[ \u3000]?"
    f"(?P<unit>{UNIT_PATTERN})?"
    r"(?P<after>(?:[(]次[)])?(?:以上|左右|上下|以内|以下|余|多(?=[,，。；、)]|$)))?"
)
_FIRST = re.compile(_NUMBER)
_SECOND = re.compile(
    f"(?P<unit1>{UNIT_PATTERN})?[ \u3000]?(?:-|—{{1,2}}|~|至|到)[ \u3000]?" + _NUMBER
)
_REST = re.compile(_TAIL)
_RATIO = re.compile(r"/[0-9]{1,6}(?![0-9./])")
_SHARE_WORDS = re.compile("通过|合格|参考|参训|覆盖|持证|率|完成|办结|化解|满意")

#: Words right before a number, longer ones first, with what they claim.
_BEFORE: tuple[tuple[str, Claim], ...] = (
    ("不少于", Claim.AT_LEAST),
    ("不低于", Claim.AT_LEAST),
    ("不超过", Claim.AT_MOST),
    ("不多于", Claim.AT_MOST),
    ("至少", Claim.AT_LEAST),
    ("突破", Claim.ABOVE),
    ("超过", Claim.ABOVE),
    ("高于", Claim.ABOVE),
    ("接近", Claim.BELOW),
    ("将近", Claim.BELOW),
    ("不足", Claim.BELOW),
    ("不到", Claim.BELOW),
    ("大约", Claim.ABOUT),
    ("约有", Claim.ABOUT),
    ("超", Claim.ABOVE),
    ("逾", Claim.ABOVE),
    ("近", Claim.BELOW),
    ("约", Claim.ABOUT),
    ("上", Claim.AT_LEAST),
)
#: … unless they end another word: 签约, 附近, 以上.
_NO_WORD_BEFORE = {
    "约": "签节预契特邀相违合条公制民守",
    "近": "附最临邻就亲远",
    "上": "以之线网会现路车身晚早马",
    "超": "高",
    "逾": "",
}
_UP_TO = frozenset({"达", "到"})
_VAGUE_BEFORE = re.compile("几$|(?<![人次件份总户场家项条个册基])数$")
_AFTER = {
    "余": Claim.ABOVE,
    "多": Claim.ABOVE,
    "来": Claim.ABOUT,
    "几": Claim.ABOVE,
    "以上": Claim.AT_LEAST,
    "+": Claim.AT_LEAST,
    "＋": Claim.AT_LEAST,
    "左右": Claim.ABOUT,
    "上下": Claim.ABOUT,
    "以内": Claim.AT_MOST,
    "以下": Claim.AT_MOST,
}
#: Longer runs of digits are codes.
_LONGEST = 12
_ROUND = frozenset({"百", "千", "万", "亿"})


@dataclass(frozen=True)
class Numbers:
    """All numbers of a text in their order, and what was left alone."""

    figures: list[Printed]
    left_alone: list[LeftAlone]


def flattened(text: str) -> str:
    """The text with full-width digits and signs as plain ones, of the same length."""
    return _FULL_WIDTH_COMMA.sub(",", text).translate(_SAME_LENGTH)


def numbers_in(text: str) -> Numbers:
    """Find the numbers of a text. Positions are those of the text as given."""
    flat = flattened(text)
    spans = _Spans(left_alone.spans(flat))
    figures: list[Printed] = []
    alone: dict[int, LeftAlone] = {}
    place = 0
    while (found := _FIRST.search(flat, place)) is not None:
        place = found.end()
        span = spans.over(found.start(), found.end())
        if span is not None:
            start, end, why = span
            alone.setdefault(start, LeftAlone(start, end, text[start:end], why))
            place = max(place, end) if end <= place or start <= found.start() else place
            continue
        printed = _printed(text, flat, found, spans)
        if printed is not None:
            figures.append(printed)
            place = max(place, printed.end)
    return Numbers(figures, [alone[start] for start in sorted(alone)])


class _Spans:
    """Stretches that are left alone, joined where they overlap."""

    def __init__(self, spans: Iterator[tuple[int, int, str]]) -> None:
        self._spans: list[tuple[int, int, str]] = []
        for start, end, why in sorted(spans):
            if self._spans and start < self._spans[-1][1]:
                before = self._spans[-1]
                self._spans[-1] = (before[0], max(end, before[1]), before[2])
            else:
                self._spans.append((start, end, why))
        self._starts = [start for start, _, _ in self._spans]

    def over(self, start: int, end: int) -> tuple[int, int, str] | None:
        """The first stretch that shares a sign with this one."""
        place = max(bisect_right(self._starts, start) - 1, 0)
        for span in self._spans[place : place + 2]:
            if span[0] < end and start < span[1]:
                return span
        return None


def _printed(text: str, flat: str, found: re.Match[str], spans: _Spans) -> Printed | None:
    """The number that begins here, or None where the signs count nothing."""
    value = _value(found)
    if value is None:
        return None
    start, core = found.start(), found.start()
    inner = found["inner"] or ""
    if inner and not found["scale"]:
        # 余 was no part of the number itself: 1600余人.
        end_of_number, inner = found.end("inner") - 1, ""
    else:
        end_of_number = found.end()
    high: Decimal | None = None
    second = _SECOND.match(flat, end_of_number)
    if second is not None and not inner and spans.over(second.start(), second.end()) is None:
        upper = _value(second)
        if upper is not None and upper > value:
            high = upper
            end_of_number = second.end("inner") - 1 if _dangling(second) else second.end()
    rest = _REST.match(flat, end_of_number)
    unit, post, after = (rest[name] or "" if rest else "" for name in ("unit", "post", "after"))
    end = rest.end() if rest and (unit or post) else end_of_number
    if not unit and high is not None and second is not None and second["unit1"]:
        unit = second["unit1"]
    share = found["per"] is not None
    if share:
        unit = "%"
    ratio = _ratio(flat, found, end_of_number) if not (unit or post or high) else None
    if ratio is not None:
        value, unit, end = ratio
    is_han = found["han"] is not None
    if is_han and not unit:
        return None
    word, claim, start = _before(flat, start)
    if claim is None:
        word = inner or post or after.removeprefix("(次)")
        claim = _AFTER.get(word, Claim.EXACT)
    if high is not None:
        claim = Claim.BETWEEN
    if is_han and _is_vague(flat, found, inner, post):
        claim = Claim.VAGUE
    step = _step(found, value)
    digits = found["han"] or ""
    return Printed(
        start=start,
        end=end,
        text=text[start:end],
        value=value,
        unit="元" if unit == "元" else unit,
        claim=claim,
        qualifier=word if claim is not Claim.EXACT else "",
        high=high,
        step=step,
        core=core,
        loose=digits == "一"
        and unit in ("个", "份", "支", "项", "套", "本", "名", "件", "场", "张"),
    )


def _dangling(found: re.Match[str]) -> bool:
    return bool(found["inner"]) and not found["scale"]


def _value(found: re.Match[str]) -> Decimal | None:
    """The number with its multiplier: 1.2万 is 12000."""
    if found["per"] is not None:
        inside = found["per"]
        return Decimal(inside.replace(",", "")) if inside[0].isascii() else han.read_decimal(inside)
    if found["arabic"] is not None:
        digits = found["arabic"].replace(",", "")
        if len(digits) > _LONGEST:
            return None
        value: Decimal | None = Decimal(digits)
    else:
        value = han.read_decimal(found["han"])
    if value is None:
        return None
    for sign in found["scale"] or "":
        value *= han.MULTIPLIERS[sign]
    return value


def _step(found: re.Match[str], value: Decimal) -> Decimal:
    """One unit of the last digit that is not a closing zero."""
    scale = Decimal(1)
    for sign in found["scale"] or "":
        scale *= han.MULTIPLIERS[sign]
    digits = value / scale
    if digits == 0:
        return Decimal(1)
    if digits != digits.to_integral_value():
        exponent = digits.normalize().as_tuple().exponent
        return scale.scaleb(exponent) if isinstance(exponent, int) else scale
    whole, zeros = int(digits), 0
    while whole % 10 == 0:
        whole, zeros = whole // 10, zeros + 1
    return scale.scaleb(zeros)


def _before(flat: str, start: int) -> tuple[str, Claim | None, int]:
    """The qualifier that stands before a number, and where it begins."""
    place = start
    if flat[place - 1 : place] == " ":
        place -= 1
    if flat[place - 1 : place] in _UP_TO:  # 超过达到 …; 近达: the word before 达 counts nothing
        return "", None, start
    for word, claim in _BEFORE:
        if flat.endswith(word, max(place - len(word), 0), place):
            before = flat[max(place - len(word) - 1, 0) : place - len(word)]
            if before and before in _NO_WORD_BEFORE.get(word, ""):
                return "", None, start
            if word == "上" and flat[start : start + 1] not in _ROUND:
                return "", None, start
            return word, claim, place - len(word)
    return "", None, start


def _is_vague(flat: str, found: re.Match[str], inner: str, post: str) -> bool:
    """数百, 几十, and the 百 of 百名律师."""
    before = flat[max(found.start() - 2, 0) : found.start()]
    if _VAGUE_BEFORE.search(before):
        return True
    bare = found["han"] in _ROUND and not (inner or post)
    return bare and not before.endswith(("近", "上", "逾", "超", "过", "约", "破"))


def _ratio(flat: str, found: re.Match[str], end: int) -> tuple[Decimal, str, int] | None:
    """6/6 where the words around speak of a share: the share it is, in percent."""
    if found["arabic"] is None or (rest := _RATIO.match(flat, end)) is None:
        return None
    below = int(rest.group()[1:])
    above = Decimal(found["arabic"].replace(",", ""))
    around = flat[max(found.start() - 20, 0) : rest.end() + 12]
    if not below or above > below or not _SHARE_WORDS.search(around):
        return None
    return above * 100 / below, "%", rest.end()
