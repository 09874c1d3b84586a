"""Whether a printed number agrees with the value of a figure.

余, 多, 超 and 逾 mean more than the number and less than one further step of its last digit
(1600多 is 1,601 to 1,699); 以上 and 不少于 include the number itself; 近 and 不足 mean less, by a
tenth and one step at most; 约 and 左右 the same to either side. A percentage agrees when it is the
exact one cut off or rounded to the places printed; 100% is all of it.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from tracker.kernel.units import Unit
from tracker.kernel.wording import Number, plain
from tracker.kernel.words import Words

from .expected import Expected
from .printed import Claim, Printed

_UNSAYABLE = Words(
    "这个数按现有记录无法统计，不能写确数：请先补齐记录。",
    "This cannot be said from the records: complete them first.",
)
_NO_RECORD = Words(
    "台账里没有记录，按记录是 {right}。补登记录，或者删去这个数。",
    "There is no record of it; the records say {right}. Enter what is missing or drop the number.",
)
_ABOVE_RECORD = Words(
    "比记录多：记录是 {right}。请改为「{allowed}」，或补登记录。",
    "More than the records, which say {right}. Write “{allowed}”, or enter what is missing.",
)
_BELOW_RECORD = Words(
    "比记录少：记录是 {right}。请改为「{allowed}」。",
    "Less than the records, which say {right}. Write “{allowed}”.",
)
_NOT_MORE = Words(
    "「{word}」的意思是超过 {printed}，而记录正好是 {right}。请改为「{allowed}」。",
    "“{word}” says more than {printed}, and the records say exactly {right}. Write “{allowed}”.",
)
_ON_EXACT = Words(
    "「{word}」不能接在确数 {printed} 后面。记录是 {right}，请写「{allowed}」。",
    "“{word}” cannot follow an exact number. The records say {right}: write “{allowed}”.",
)
_NOT_EXACT = Words(
    "记录是 {right}，{printed} 不是确数。请改为「{allowed}」。",
    "The records say {right}; {printed} is not exact. Write “{allowed}”.",
)
_PERSON_TIMES = Words(
    "这是人次（同一人来两次计两次），不是人数，宜写「{right}」。",
    "These are person-times, not persons: better write “{right}”.",
)
_PERSONS = Words(
    "这是人数（同一人只计一次），不是人次，宜写「{right}」。",
    "These are persons, not person-times: better write “{right}”.",
)
_HEADS = frozenset({"人", "名", "位"})
_TENTH = Decimal("0.1")


def comparable(value: Number, unit: Unit) -> Decimal:
    """A figure's value on the scale it is printed in: a share of 1 is 100%."""
    return Decimal(value) * 100 if unit is Unit.PERCENT else Decimal(value)


def agrees(printed: Printed, value: Number | None, unit: Unit) -> bool:
    """Whether what is printed is true of the value."""
    if value is None:
        return False
    true, said = comparable(value, unit), printed.value
    match printed.claim:
        case Claim.EXACT:
            return _exactly(printed, true) if unit is Unit.PERCENT else true == said
        case Claim.ABOVE:
            return said < true < said + printed.step
        case Claim.AT_LEAST:
            return said <= true < said + printed.step
        case Claim.BELOW:
            return said - _close(printed) <= true < said
        case Claim.AT_MOST:
            return said - printed.step < true <= said
        case Claim.ABOUT:
            return abs(true - said) <= _close(printed)
        case Claim.BETWEEN:
            return said <= true <= (printed.high or said)
        case Claim.VAGUE:
            return False


def _close(printed: Printed) -> Decimal:
    """How far 近 and 约 reach: a tenth, one step at most, and one at least."""
    return min(printed.step, max(printed.value * _TENTH, Decimal(1)))


def _exactly(printed: Printed, true: Decimal) -> bool:
    if printed.value == 100 or true == 100:
        return printed.value == true
    exponent = printed.value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -6:
        return False
    places = Decimal(1).scaleb(min(exponent, 0))
    return printed.value in (
        true.quantize(places, ROUND_DOWN),
        true.quantize(places, ROUND_HALF_UP),
    )


def allowed(expected: Expected, unit: str, value: Number | None) -> tuple[str, ...]:
    """What the report may say of a figure: the wording it is given, and the exact number."""
    if value is None:
        return ()
    spoken = expected.phrase.zh if value == expected.value else ""
    if expected.unit is Unit.PERCENT:
        return (spoken,) if spoken else (f"{plain(comparable(value, expected.unit))}%",)
    own = expected.unit.label.zh
    exact = f"{plain(value)}{unit if unit and unit != '%' else own}"
    found = [each for each in (spoken, exact) if each]
    return tuple(dict.fromkeys(found))


def exact_words(expected: Expected, value: Number) -> str:
    """The exact value with the figure's own unit."""
    return f"{plain(comparable(value, expected.unit))}{expected.unit.label.zh}"


def what_is_wrong(printed: Printed, expected: Expected, value: Number | None) -> Words:
    """Why a number disagrees, and what to write instead."""
    if value is None:
        return _UNSAYABLE
    right = exact_words(expected, value)
    ways = allowed(expected, printed.unit, value)
    said = {"right": right, "allowed": ways[0], "printed": plain(printed.value)}
    true = comparable(value, expected.unit)
    if expected.records == 0 and value == 0:
        return _NO_RECORD.fill(**said)
    if printed.claim is Claim.ABOVE and true >= printed.value:
        if printed.step == 1:
            return _ON_EXACT.fill(word=printed.qualifier, **said)
        if true == printed.value:
            return _NOT_MORE.fill(word=printed.qualifier, **said)
    if printed.claim is Claim.EXACT and printed.value < true < printed.value + printed.step:
        return _NOT_EXACT.fill(**said)
    return (_ABOVE_RECORD if printed.value > true else _BELOW_RECORD).fill(**said)


def unit_remark(printed: Printed, expected: Expected, value: Number) -> Words | None:
    """人 printed of a sum of 人次, or the other way; nothing where the figure's wording says so."""
    if printed.unit == expected.wording.unit.zh:
        return None
    if expected.unit is Unit.PERSON_TIMES and printed.unit in _HEADS:
        return _PERSON_TIMES.fill(right=exact_words(expected, value))
    if expected.unit is Unit.PERSONS and printed.unit == "人次":
        return _PERSONS.fill(right=exact_words(expected, value))
    return None
