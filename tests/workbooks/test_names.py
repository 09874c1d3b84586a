"""Names of sheets and files."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.workbooks.book import Book, file_name, sheet_name


def test_a_long_name_is_cut_to_what_excel_takes() -> None:
    assert len(sheet_name("行政执法人员资格考试成绩与证件管理情况登记台账明细表二〇二四年度")) == 31


@pytest.mark.parametrize("name", ["a/b", "a\\b", "a?b", "a*b", "a[b]", "a:b", "'引号'", ""])
def test_marks_excel_refuses_are_replaced(name: str) -> None:
    found = sheet_name(name)
    assert found
    assert not set(found) & set("[]:*?/\\")
    assert not found.startswith("'")
    assert not found.endswith("'")


def test_like_names_become_unlike() -> None:
    taken: set[str] = set()
    for _ in range(12):
        name = sheet_name("行政执法人员资格考试成绩与证件管理情况登记台账明细表二〇二四年度", taken)
        assert len(name) <= 31
        assert name.casefold() not in taken
        taken.add(name.casefold())


def test_names_differ_by_more_than_case() -> None:
    book = Book()
    assert [book.new_sheet(name).title for name in ("Check", "check", "CHECK")] == [
        "Check",
        "check(2)",
        "CHECK(3)",
    ]


def test_a_file_is_named_after_office_year_sheet_and_day() -> None:
    day = date(2024, 12, 31)
    assert file_name("架桥镇", 2024, "年终汇总", day) == "架桥镇_2024_年终汇总_20241231.xlsx"


def test_a_file_name_holds_no_path() -> None:
    assert file_name("../某/镇", 2024, "a b", date(2024, 1, 2)) == "..-某-镇_2024_a-b_20240102.xlsx"
