"""What a cell holds is what was recorded: text stays text, numbers and days are real."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from tracker.kernel.words import Words
from tracker.offices.terms import VillageKind
from tracker.workbooks import cells
from tracker.workbooks.book import Book
from tracker.workbooks.cells import Content, Formula, Pen, Quantity


def written(value: Content, *, as_text: bool = False, language: str = "zh") -> Any:
    """The cell that a value becomes, read back."""
    book = Book(language)
    sheet = book.new_sheet("表")
    assert book.styles is not None
    pen = Pen(book.styles, sheet, cells.TEXT, language=language, as_text=as_text)
    sheet.append(cell for cell in [pen.write("前一格"), pen.write(value)])
    target = io.BytesIO()
    book.save(target)
    target.seek(0)
    return load_workbook(target).worksheets[0]["B1"]


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://example.invalid","点我")',
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "＝1+1",
        "#N/A",
        "#DIV/0!",
        "007",
        "430725198001011234",
        "1e5",
        "2024-06-26",
        "🎉 宪法宣传 👩🏽 𠮷",
        "两行\n文字",
        "<b>粗</b> & \"引号\" 'a'",
        " 前后空格 ",
        "TRUE",
    ],
)
def test_text_stays_the_text_it_is(text: str) -> None:
    cell = written(text)
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x"])
def test_text_like_a_formula_stays_text_when_somebody_edits_the_cell(text: str) -> None:
    assert written(text).quotePrefix
    assert not written("普通文字").quotePrefix


@pytest.mark.parametrize(
    "bad", ["\x00", "\x08", "\x0b", "\x1f", "\x7f", "\ud800", "\ufffe", "\u202e"]
)
def test_characters_no_workbook_takes_are_left_out(bad: str) -> None:
    assert written(f"普法{bad}宣传").value == "普法宣传"


def test_text_of_nothing_but_such_characters_is_an_empty_cell() -> None:
    assert written("\x00\x01").value is None
    assert written("").value is None


def test_a_text_longer_than_a_cell_is_cut_with_a_mark() -> None:
    value = written("法" * 40_000).value
    assert len(value) == 32_767
    assert value.endswith("法…")


def test_length_counts_as_excel_counts_it() -> None:
    value = written("🎉" * 20_000).value
    assert len(value.encode("utf-16-le")) // 2 <= 32_767
    assert value.endswith("🎉…")


def test_a_text_of_full_length_is_not_cut() -> None:
    assert written("a" * 32_767).value == "a" * 32_767


def test_a_typed_escape_is_not_read_as_a_character() -> None:
    # Spreadsheets read _x0041_ in a file as A, and _x005F_ as the underscore itself.
    assert written("_x0041_").value == "_x005F_x0041_"
    assert written("_x_普通_").value == "_x_普通_"


def test_whole_numbers_and_decimals_are_numbers() -> None:
    assert (written(1640).value, written(1640).data_type) == (1640, "n")
    assert written(0).value == 0
    assert written(Decimal("12.5")).value == 12.5


def test_a_number_a_spreadsheet_would_round_is_written_as_text() -> None:
    cell = written(430725198001011234)
    assert (cell.value, cell.data_type) == ("430725198001011234", "s")
    assert cell.number_format == "@"


def test_numbers_that_are_names_stay_text() -> None:
    for value in ("430725198001011234", "07367100000"):
        cell = written(value, as_text=True)
        assert (cell.value, cell.data_type, cell.number_format) == (value, "s", "@")
    assert written(13800000000, as_text=True).value == "13800000000"


def test_days_are_real_dates_in_chinese_form() -> None:
    cell = written(date(2024, 6, 26))
    assert cell.is_date
    assert cell.value == datetime.fromisoformat("2024-06-26")
    assert cell.number_format == 'yyyy"年"m"月"d"日"'


def test_a_day_no_spreadsheet_knows_is_text() -> None:
    assert written(date(1899, 12, 31)).value == "1899-12-31"
    assert written(date(1900, 2, 28)).value == "1900-02-28"


def test_a_moment_is_shown_in_chinas_time() -> None:
    assert written(datetime.fromisoformat("2024-06-26 20:30")).value == datetime.fromisoformat(
        "2024-06-27 04:30"
    )


def test_terms_and_words_are_said_in_the_language_asked_for() -> None:
    assert written(VillageKind.COMMUNITY).value == VillageKind.COMMUNITY.label.zh
    assert written(VillageKind.COMMUNITY, language="en").value == VillageKind.COMMUNITY.label.en
    assert written(Words("是的", "Indeed"), language="en").value == "Indeed"
    assert (written(True).value, written(False).value) == ("是", "否")
    assert written(True, language="en").value == "Yes"


def test_only_our_own_formulas_are_formulas() -> None:
    cell = written(Formula("SUM(A1:A2)"))
    assert (cell.value, cell.data_type) == ("=SUM(A1:A2)", "f")


def test_a_quantity_has_its_own_format() -> None:
    cell = written(Quantity(Decimal("0.9914"), cells.PERCENT))
    assert (cell.value, cell.number_format) == (0.9914, "0.00%")
