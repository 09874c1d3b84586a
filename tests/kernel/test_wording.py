"""How numbers are spoken."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.kernel.wording import Rounding, Wording, compact, phrase, plain
from tracker.kernel.words import Words

PEOPLE = Wording(Words("人", "people"), Rounding.FLOOR)
TIMES = Wording(Words("次", "times"))
SHARE = Wording(Words("%", "%"), Rounding.PERCENT)


@pytest.mark.parametrize(
    ("value", "spoken"),
    [
        (0, "0人"),
        (1, "1人"),
        (96, "96人"),
        (99, "99人"),
        (100, "100人"),
        (101, "100多人"),
        (999, "990多人"),
        (1600, "1600人"),
        (1601, "1600多人"),
        (1623, "1600多人"),
        (1699, "1600多人"),
        (1700, "1700人"),
        (10_000, "10000人"),
        (12_345, "12000多人"),
    ],
)
def test_people_are_spoken_rounded_down(value: int, spoken: str) -> None:
    assert phrase(value, PEOPLE).zh == spoken


def test_acts_are_spoken_exactly() -> None:
    assert phrase(1623, TIMES).zh == "1623次"
    assert phrase(8, TIMES) == Words("8次", "8 times")


@pytest.mark.parametrize(
    ("unit", "one"),
    [
        ("times", "1 time"),
        ("people", "1 person"),
        ("copies", "1 copy"),
        ("entries", "1 entry"),
        ("class hours", "1 class hour"),
        ("yuan", "1 yuan"),
        ("m²", "1 m²"),
    ],
)
def test_one_is_spoken_in_the_singular(unit: str, one: str) -> None:
    assert phrase(1, Wording(Words("个", unit))).en == one
    assert phrase(2, Wording(Words("个", unit))).en == f"2 {unit}"


@pytest.mark.parametrize(
    ("value", "spoken"),
    [
        ("0", "0%"),
        ("1", "100%"),
        ("0.9914", "99.14%"),
        ("0.9999", "99.99%"),
        ("0.5", "50%"),
        ("0.3333", "33.33%"),
    ],
)
def test_shares_are_spoken_as_percent(value: str, spoken: str) -> None:
    assert phrase(Decimal(value), SHARE).zh == spoken


def test_what_cannot_be_said_is_not_spoken_as_nought() -> None:
    assert phrase(None, PEOPLE).zh == "无法统计"
    assert phrase(None, SHARE).en == "cannot be said"


@given(st.integers(0, 10**12))
def test_no_more_is_ever_said_than_the_value(value: int) -> None:
    spoken = phrase(value, PEOPLE).zh
    number = int(re.sub("[^0-9]", "", spoken))
    assert number <= value
    assert ("多" in spoken) == (number < value)
    assert value - number < max(1, value / 10)


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_larger_number_is_never_spoken_smaller(one: int, other: int) -> None:
    less, more = sorted((one, other))
    said = [int(re.sub("[^0-9]", "", phrase(each, PEOPLE).zh)) for each in (less, more)]
    assert said[0] <= said[1]


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_share_is_never_spoken_larger_than_it_is(above: int, below: int) -> None:
    share = (Decimal(min(above, below)) / below).quantize(Decimal("0.0001"))
    spoken = phrase(share, SHARE).zh
    assert Decimal(spoken.rstrip("%")) / 100 <= share


def test_numbers_are_printed_without_exponent_or_empty_decimals() -> None:
    assert plain(Decimal("1E+3")) == "1000"
    assert plain(Decimal("12.50")) == "12.5"
    assert plain(Decimal("40")) == "40"
    assert plain(0) == "0"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "0", "0"),
        (9999, "9999", "9999"),
        (10_000, "1万", "10K"),
        (12_999, "1.2万", "12.9K"),
        (1_234_567, "123万", "1.2M"),
        (240_000_356, "2.4亿", "240M"),
        (9_999_999_999, "99.9亿", "9.9B"),
        (Decimal("37.5"), "37.5", "37.5"),
    ],
)
def test_a_number_in_a_narrow_place_is_cut_never_rounded_up(
    value: int | Decimal, zh: str, en: str
) -> None:
    assert compact(value) == Words(zh, en)
