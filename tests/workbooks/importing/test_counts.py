"""Whole numbers and decimals, in all the ways ledgers write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.workbooks.importing.every_field import (
    CHINESE,
    EveryField,
    entry,
    full_width,
)
from tracker.workbooks.grid import Cell
from tracker.workbooks.importing.entries import NotUnderstood

numbers = st.integers(0, 9_999_999)
_UNITS = ("", "人", "人次", "份", "条", "户", "场", "件")


@given(number=numbers, unit=st.sampled_from(_UNITS))
def test_a_whole_number_reads_back(form: EveryField, number: int, unit: str):
    grouped = f"{number:,}"
    cells: list[Cell] = [
        number,
        str(number),
        f"{number}{unit}",
        f" {number} {unit}",
        f"{grouped}{unit}",
        full_width(grouped) + unit,
        f"{number}.0",
        f"共{number}{unit}",
    ]
    for cell in cells:
        found = entry(form.count, cell)
        assert (found.values, found.rough, found.notes) == ([str(number)], False, []), cell


@given(number=st.integers(1, 9_999_999), unit=st.sampled_from(_UNITS))
def test_an_estimate_is_known_for_one(form: EveryField, number: int, unit: str):
    for text in (
        f"约{number}{unit}",
        f"近{number}{unit}",
        f"{number}余{unit}",
        f"{number}多{unit}",
        f"{number}{unit}左右",
        f"{number}{unit}以上",
        f"{number}+",
        f"{number}{unit}（估计）",
    ):
        found = entry(form.count, text)
        assert (found.values, found.rough) == ([str(number)], True), text
        assert found.notes


def _spelt(number: int) -> str:
    """A number below 10,000 in Chinese, as it is taught."""
    text, owed = "", False
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if not digit:
            owed = bool(text)
            continue
        text += ("零" if owed else "") + CHINESE[digit] + sign
        owed = False
    return text.replace("一十", "十", 1) if text.startswith("一十") else text


@given(number=st.integers(1, 9999))
def test_chinese_numbers_read_back(form: EveryField, number: int):
    assert entry(form.count, _spelt(number)).values == [str(number)]
    assert entry(form.count, f"{_spelt(number)}余人").values == [str(number)]


@pytest.mark.parametrize(
    ("text", "number"),
    [("两百", 200), ("二〇〇", None), ("一千二", None), ("百余人", 100), ("一二三", None),
     ("三百五", None), ("百二", None), ("〇", 0), ("一十五", 15), ("一百一十", 110), ("十百", None),
     ("1.2万", 12_000), ("3千余", 3000), ("1.25万", 12_500), ("0.00001万", None),
     ("千人", 1000)],
)  # fmt: skip
def test_numbers_that_need_thought(form: EveryField, text: str, number: int | None):
    if number is None:
        with pytest.raises(NotUnderstood):
            entry(form.count, text)
    else:
        assert entry(form.count, text).values == [str(number)]


@pytest.mark.parametrize(
    "text",
    ["100-200人", "120+80", "若干", "数百人", "几十人", "上百人", "男60女60", "100 200", "1 200",
     "120（女50）", "37.5", "10²", "①", "12O", "50%", "200/300", "人", "约", "不足200", "1,20", "+",
     "4.30725198001011E+17"],
)  # fmt: skip
def test_what_is_not_one_number(form: EveryField, text: str):
    with pytest.raises(NotUnderstood):
        entry(form.count, text)


@given(number=st.integers(0, 1000), unit=st.sampled_from(["", "学时", "小时", "个课时"]))
def test_decimals_read_back(form: EveryField, number: int, unit: str):
    value = Decimal(number) / 10
    for cell in (value, f"{value}{unit}", full_width(str(value)) + unit):
        (found,) = entry(form.hours, cell).values
        assert Decimal(found) == value
    assert entry(form.score, f"{value}分").values == [str(value)]


def test_minutes_are_not_hours(form: EveryField):
    for text in ("90分", "90分钟", "半天", "2小时30分"):
        (found,) = entry(form.hours, text).values
        form.hours.process(MultiDict([("hours", found)]))
        assert not form.hours.validate(form), text
