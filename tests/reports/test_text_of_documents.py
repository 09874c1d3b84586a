"""Numbers of headings, full-width marks, lines of titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reports import numerals
from tracker.reports.checking import han
from tracker.reports.docx import title
from tracker.reports.docx.punctuation import full_width


def test_headings_are_numbered_by_their_order() -> None:
    levels = [0, 1, 2, 2, 3, 3, 2, 1, 2, 3]
    assert list(numerals.numbers(levels)) == [
        "",
        "一、",
        "（一）",
        "（二）",
        "1.",
        "2.",
        "（三）",
        "二、",
        "（一）",
        "1.",
    ]


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")],
)
def test_numbers_are_written_in_chinese(number: int, written: str) -> None:
    assert han.written(number) == written


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一、主要举措", "主要举措"),
        ("（一）加强领导", "加强领导"),
        ("(十二)加强领导", "加强领导"),
        ("1.加强领导", "加强领导"),
        ("3．加强领导", "加强领导"),
        ("2025年度主要安排", "2025年度主要安排"),
        ("12·4宪法日", "12·4宪法日"),
        ("一体推进", "一体推进"),
        ("1.5公里", "1.5公里"),
    ],
)
def test_a_number_typed_before_a_heading_goes(typed: str, kept: str) -> None:
    assert numerals.without_number(typed) == kept


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("开展普法活动8次,1600多人", "开展普法活动8次，1600多人"),
        ("共8次, 覆盖7个村;其中", "共8次，覆盖7个村；其中"),
        ("主要是:学法", "主要是：学法"),
        ("村(社区)", "村（社区）"),
        ("一村(社区)一法律顾问", "一村（社区）一法律顾问"),
        ("做到了吗?做到了!", "做到了吗？做到了！"),
        ('落实"谁执法谁普法"责任', "落实“谁执法谁普法”责任"),
        ("有所提高.下一步", "有所提高。下一步"),
        ("全年1,640人次", "全年1,640人次"),
        ("通过率99.14%,排名第一", "通过率99.14%，排名第一"),
        ("9:30开会", "9:30开会"),
        ("GB/T 9704 (2012)", "GB/T 9704 (2012)"),
        ("plain, English: text", "plain, English: text"),
        ("“6.26”国际禁毒日", "“6.26”国际禁毒日"),
    ],
)
def test_marks_between_han_characters_are_full_width(typed: str, printed: str) -> None:
    assert full_width(typed) == printed


@given(st.text(alphabet='中文数8一,.;:()（）“”"%人 ', max_size=40))
def test_full_width_marks_stay_as_they_are(text: str) -> None:
    once = full_width(text)
    assert full_width(once) == once
    assert [c for c in once if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    ("whole", "lines"),
    [
        ("示例镇2024年法治政府建设年度报告", ["示例镇2024年法治政府建设年度报告"]),
        (
            "桃源县架桥镇人民政府2024年法治政府建设工作年度报告",
            ["桃源县架桥镇人民政府2024年", "法治政府建设工作年度报告"],
        ),
    ],
)
def test_a_long_title_is_broken_by_sense(whole: str, lines: list[str]) -> None:
    assert title.lines(whole) == lines


@given(st.text(alphabet="桃源县镇人民政府年2024法治报告", min_size=1, max_size=100))
def test_no_line_of_a_title_is_too_long_and_nothing_is_lost(whole: str) -> None:
    found = title.lines(whole)
    assert "".join(found) == whole
    assert all(title.width(line) <= title.MOST for line in found)
