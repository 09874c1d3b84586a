"""Days, in all the ways ledgers write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbooks.importing.every_field import (
    CHINESE,
    EveryField,
    day_of,
    entry,
    full_width,
)
from tracker.workbooks.grid import Cell
from tracker.workbooks.importing.entries import NotUnderstood

_WEEKDAYS = "一二三四五六日"


def _chinese(number: int) -> str:
    if number < 10:
        return CHINESE[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else CHINESE[tens]) + "十" + (CHINESE[ones] if ones else "")


#: How people write a whole day.
SPELLINGS: list[Callable[[date], Cell]] = [
    lambda d: d,
    lambda d: (d - date(1899, 12, 30)).days,
    lambda d: Decimal((d - date(1899, 12, 30)).days) + Decimal("0.375"),
    lambda d: d.isoformat(),
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}-{d.month}-{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    lambda d: f"{d.year}年{d.month}月{d.day}号",
    lambda d: f"{d.year}年\n{d.month:02}月{d.day:02}日",
    lambda d: f"{d.year}年{d.month}.{d.day}",
    lambda d: f"{d.year} {d.month} {d.day}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: int(f"{d:%Y%m%d}"),
    lambda d: full_width(f"{d.year}.{d.month}.{d.day}"),
    lambda d: f"{d.year}.{d.month}.{d.day} 9:30",
    lambda d: f"{d.isoformat()}T09:30:00",
    lambda d: f"{d.year}年{d.month}月{d.day}日上午9时至11时30分",
    lambda d: f"{d.year}年{d.month}月{d.day}日（星期{_WEEKDAYS[d.weekday()]}）",
    lambda d: f"{d.year}.{d.month}.{d.day} 周{_WEEKDAYS[d.weekday()]} 下午",
    lambda d: (
        "".join(CHINESE[int(sign)] for sign in str(d.year))
        + f"年{_chinese(d.month)}月{_chinese(d.day)}日"
    ),
]
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
this_century = st.dates(date(2000, 1, 1), date(2049, 12, 31))


@given(day=days, spelling=st.sampled_from(SPELLINGS))
def test_a_whole_day_reads_back(form: EveryField, day: date, spelling: Callable[[date], Cell]):
    assert day_of(form, spelling(day)) == [day.isoformat()]
    assert day_of(form, spelling(day), 1999) == [day.isoformat()], "its own year counts"


@given(day=this_century)
def test_a_short_year_is_of_this_century(form: EveryField, day: date):
    for text in (f"{day:%y}.{day.month}.{day.day}", f"{day:%y}年{day.month}月{day.day}日"):
        assert day_of(form, text) == [day.isoformat()]


@given(day=days)
def test_a_day_without_its_year_takes_that_of_the_ledger(form: EveryField, day: date):
    for text in (f"{day.month}月{day.day}日", f"{day.month}.{day.day}", f"{day.month}/{day.day}"):
        assert day_of(form, text, day.year) == [day.isoformat()]
        with pytest.raises(NotUnderstood, match="没有写年份"):
            day_of(form, text)


@given(day=days)
def test_a_number_of_month_and_day_is_taken_where_it_has_one_meaning(form: EveryField, day: date):
    number = Decimal(f"{day.month}.{day.day}")
    if day.day in (1, 2, 3):
        with pytest.raises(NotUnderstood, match="分不清"):
            day_of(form, number, day.year)
    elif day.day in (10, 20, 30):  # a spreadsheet drops the nought
        with pytest.raises(NotUnderstood, match="分不清"):
            day_of(form, number.normalize(), day.year)
    else:
        assert day_of(form, number, day.year) == [day.isoformat()]


@given(first=days, length=st.integers(0, 60))
def test_two_days_read_back(form: EveryField, first: date, length: int):
    last = first + timedelta(days=length)
    if last.year > 2100:
        return
    full = [
        f"{first.isoformat()}至{last.isoformat()}",
        f"{first.year}.{first.month}.{first.day}-{last.year}.{last.month}.{last.day}",
        f"{first.year}年{first.month}月{first.day}日—{last.year}年{last.month}月{last.day}日",
    ]
    if first.year == last.year:
        full += [
            f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日",
            f"{first.year}年{first.month}月{first.day}日起至{last.month}月{last.day}日止",
            f"{first.year}.{first.month}.{first.day}-{last.month}.{last.day}",
        ]
        if first.month == last.month:
            full += [
                f"{first.year}年{first.month}月{first.day}日至{last.day}日",
                f"{first.year}.{first.month}.{first.day}～{last.day}",
                f"{first.year}年{first.month}月{first.day}-{last.day}日",
            ]
    for text in full:
        assert day_of(form, text) == [first.isoformat(), last.isoformat()], text


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("3月", "哪一天"),
        ("2024年3月", "哪一天"),
        (Decimal("2024.3"), "哪一天"),
        (2024, "哪一天"),
        ("3月上旬", "哪一天"),
        ("2月30日", "没有「2月30日」"),
        ("2024.4.31", "没有「2024.4.31」"),
        ("2024-13-01", "没有"),
        ("98.3.15", "四位"),
        ("1988.3.15", "1990"),
        (date(1900, 1, 3), "1990"),
        ("2024.3.1 5", "不是完整的日期"),
        ("3月15日、16日", "不是完整的日期"),
        ("15、16", "不是完整的日期"),
        ("3.15，4.2", "不是完整的日期"),
        ("12.28-1.3", "早于"),
        ("1-2-3", "不是完整的日期"),
        ("0315", "不是完整的日期"),
        ("2024.5.1至今", "不是完整的日期"),
        ("农历三月十五", "不是完整的日期"),
        ("每周五", "不是完整的日期"),
        ("3月15日（4月1日补）", "不是完整的日期"),
        ("同上", "每行写全"),
        ("#VALUE!", "公式"),
        (True, "不是完整的日期"),
        (315, "不是完整的日期"),
    ],
)
def test_what_is_no_day(form: EveryField, cell: Cell, said: str):
    with pytest.raises(NotUnderstood, match=said):
        day_of(form, cell, 2024)


def test_a_typed_day_after_the_ledgers_year_is_asked_about(form: EveryField):
    assert entry(form.day, date(2025, 1, 8), 2024).notes
    assert not entry(form.day, date(2024, 1, 8), 2024).notes
    assert not entry(form.day, date(2025, 1, 8)).notes
