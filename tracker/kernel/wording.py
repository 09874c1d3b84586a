"""How numbers are spoken in the report. Rounding is generated, always down, and only in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import Enum

from .words import Words

Number = int | Decimal

#: Below this a count of people or copies is spoken exactly.
SPOKEN_EXACTLY_BELOW = 100
UNKNOWN = Words("无法统计", "cannot be said")


class Rounding(Enum):
    """Acts are spoken exactly; people and paper are spoken rounded (report practice, section 4)."""

    EXACT = "exact"
    FLOOR = "floor"
    PERCENT = "percent"


_COMPACT_FROM = 10_000


@dataclass(frozen=True)
class Wording:
    """How one figure is spoken. ``unit`` is the report's own word (the seed says 人 of a sum)."""

    unit: Words
    rounding: Rounding = Rounding.EXACT


def phrase(value: Number | None, wording: Wording) -> Words:
    """The number as the report says it: 8次, 1600多人, 99.14%.

    Never more than the value: 1,623 is 1600多人, 1,600 is 1600人, 96 is 96人.
    """
    if value is None:
        return UNKNOWN
    if wording.rounding is Rounding.PERCENT:
        percent = plain((Decimal(value) * 100).quantize(Decimal("0.01"), ROUND_DOWN))
        return Words.same(f"{percent}%")
    if wording.rounding is Rounding.FLOOR:
        spoken = floor_two_digits(int(value))
        if spoken != value:
            return Words(f"{spoken}多{wording.unit.zh}", f"more than {spoken:,} {wording.unit.en}")
    unit = unit_of(value, wording.unit)
    return Words(f"{plain(value)}{unit.zh}", f"{plain(value)} {unit.en}")


def quotient(above: Number | None, below: Number | None) -> Decimal | None:
    """A ratio with four places; None where the denominator is 0."""
    if above is None or not below:
        return None
    return (Decimal(above) / Decimal(below)).quantize(Decimal("0.0001"), ROUND_HALF_UP)


_ONE_OF = {"people": "person", "copies": "copy", "entries": "entry", "yuan": "yuan"}


def unit_of(value: Number, unit: Words) -> Words:
    """The unit as it stands after this number: «8 times», «1 time»."""
    if value != 1:
        return unit
    return Words(unit.zh, _ONE_OF.get(unit.en) or unit.en.removesuffix("s"))


def floor_two_digits(value: int) -> int:
    """The value with all but its first two digits set to 0; small counts stay exact."""
    if value < SPOKEN_EXACTLY_BELOW:
        return value
    step: int = 10 ** (len(str(value)) - 2)
    return value // step * step


def compact(value: Number) -> Words:
    """A number in at most five signs, for a narrow place beside the exact one: 9999, 1.2万, 2.4亿.

    Cut off, never rounded up, as in `phrase`.
    """
    if value < _COMPACT_FROM:
        return Words.same(plain(value))
    whole = int(value)
    zh = _scaled(whole, 10**8, "亿") if whole >= 10**8 else _scaled(whole, 10**4, "万")
    if whole >= 10**9:
        return Words(zh, _scaled(whole, 10**9, "B"))
    en = _scaled(whole, 10**6, "M") if whole >= 10**6 else _scaled(whole, 10**3, "K")
    return Words(zh, en)


def _scaled(value: int, step: int, mark: str) -> str:
    whole, tenth = value // step, value * 10 // step % 10
    return f"{whole}{mark}" if whole >= 100 or not tenth else f"{whole}.{tenth}{mark}"


def plain(value: Number) -> str:
    """A number without exponent or trailing zeros."""
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
