"""Text and numbers as people type them."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.kernel.text import clean, clean_line, half_width, like, parse_day, parse_whole, shorten

JUNE_26 = date(2024, 6, 26)


@pytest.mark.parametrize(
    "typed",
    [
        "2024-06-26",
        "2024-6-26",
        "2024.6.26",
        "2024.06.26",
        "2024/6/26",
        "2024年6月26日",
        "2024年06月26",
        "20240626",
        "２０２４年６月２６日",
        "２０２４．６．２６",
        "２０２４－０６－２６",
        "2024 年 6 月 26 日",
        "  2024-06-26\t",
        "2024。6。26",
        "2024、6、26",
        "\ufeff2024-06-26\u200b",
    ],
)
def test_a_day_is_read_however_it_is_written(typed: str) -> None:
    assert parse_day(typed) == JUNE_26


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "昨天",
        "6月26日",
        "2024",
        "2024-06",
        "2024-13-01",
        "2024-02-30",
        "2023-02-29",
        "24-6-26",
        "1989-12-31",
        "2101-01-01",
        "0000-00-00",
        "9999-12-31",
        "99999999",
        "2024-06-26 10:00",
        "26/6/2024",
        "٢٠٢٤-٠٦-٢٦",
        "2024-06-26; DROP TABLE office",
        "=2024-06-26",
        "2024--06-26",
        "²⁰²⁴",
    ],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the field says it in words, not the parser
        parse_day(typed)


@pytest.mark.parametrize("typed", ["6月26日", "6月26", "6.26", "6-26", "6/26", "０６．２６"])
def test_month_and_day_suffice_where_the_year_is_known(typed: str) -> None:
    assert parse_day(typed, year=2024) == JUNE_26


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_day_survives_each_way_of_writing_it(day: date) -> None:
    for written in (
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
    ):
        assert parse_day(written) == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_is_refused_and_nothing_else(typed: str) -> None:
    try:
        day = parse_day(typed)
    except ValueError:
        return
    assert date(1990, 1, 1) <= day <= date(2100, 12, 31)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("120", 120),
        ("１２０", 120),
        ("1,640", 1640),
        ("１，６４０", 1640),
        ("12,345,678", 12345678),
        (" 1 6 4 0 ", 1640),
        ("0", 0),
        ("007", 7),
        ("-5", -5),
        ("+5", 5),
        ("9999999999", 9_999_999_999),
    ],
)
def test_a_whole_number_is_read_in_any_width(typed: str, number: int) -> None:
    assert parse_whole(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "一百二十",
        "12.5",
        "1e3",
        "0x10",
        "1,64",
        ",640",
        "12人",
        "NaN",
        "∞",
        "٣",
        "12345678901234567890",
    ],
)
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the field says it in words, not the parser
        parse_whole(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  禁毒  宣传 ", "禁毒 宣传"),
        ("禁\u200b毒\u202e宣\ufeff传", "禁毒宣传"),
        ("禁毒\x00宣传\x07", "禁毒宣传"),
        ("第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行"),
        ("一\n\n\n\n\n二", "一\n\n二"),
        ("e\u0301", "é"),
        ("👍🏽宣传👨\u200d👩", "👍🏽宣传👨👩"),
        ("\u3000全角空格\u3000", "全角空格"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=SUM(A1)", "=SUM(A1)"),
        (None, ""),
    ],
)
def test_text_is_kept_without_what_cannot_be_seen(typed: str | None, kept: str) -> None:
    assert clean(typed) == kept


def test_a_line_has_no_line_breaks() -> None:
    assert clean_line("第一行\n\n第二行\u2028完") == "第一行 第二行完"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)


@given(st.text())
def test_clean_text_holds_nothing_that_breaks_files(text: str) -> None:
    kept = clean(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n" for c in kept)
    kept.encode()


@given(st.text(st.characters(categories=["L", "Nd", "P", "S"], exclude_characters="\ufffc\ufffd")))
def test_cleaning_takes_nothing_that_can_be_seen(text: str) -> None:
    assert clean_line(text) == unicodedata.normalize("NFC", text)


def test_full_width_letters_and_digits_become_half_width() -> None:
    assert half_width("２０２４．６．２６ＡＢｃ") == "2024.6.26ABc"


@given(st.text(max_size=300))
def test_a_search_text_holds_no_wildcard_of_its_own(text: str) -> None:
    pattern = like(text)
    assert len(pattern) <= 200
    unescaped = pattern.replace("\\\\", "").replace("\\%", "").replace("\\_", "")
    assert not set("%_\\") & set(unescaped)


@given(st.text(), st.integers(1, 50))
def test_a_shortened_text_is_never_too_long(text: str, length: int) -> None:
    assert len(shorten(text, length)) <= max(length, 1)


@pytest.mark.parametrize("typed", ["10²", "①", "ⅷ", "٣", "½"])
def test_signs_that_merely_look_like_digits_are_no_number(typed: str) -> None:
    with pytest.raises(ValueError, match="not a whole number"):
        parse_whole(typed)
