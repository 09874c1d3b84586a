"""The clerk's own file comes back with its wrong cells marked and everything else as it was."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from tests.workbooks.importing import making
from tracker.kernel.errors import TrackerError
from tracker.workbooks.grid import Grid, Mark, Sheet
from tracker.workbooks.importing import refusals, running
from tracker.workbooks.importing.marker import AUTHOR, COLOUR
from tracker.workbooks.importing.marking import mark_workbook
from tracker.workbooks.importing.reading import read_grid

RED = f"00{COLOUR}"


def ledger() -> bytes:
    """A clerk's file with much that must not get lost."""
    book = Workbook()
    sheet: Any = book.worksheets[0]
    sheet.title = "台账"
    sheet.append(["2024年台账"])
    sheet.append(["序号", "日期", "名称", "人数"])
    sheet.append([1, date(2024, 3, 15), "=1+1", "=2+3"])
    sheet.append([2, "坏日期", "@某某", -5])
    sheet.append([3, None, None, None])
    sheet["C3"].data_type = "s"
    sheet["D2"].comment = Comment("填实到人数", "县局")
    sheet["D4"].comment = Comment("已核", "县局")
    sheet["A2"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["B3"].number_format = 'yyyy"年"m"月"d"日"'
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("C4:C5")
    sheet.column_dimensions["C"].width = 33
    sheet.row_dimensions[2].height = 31
    sheet.freeze_panes = "A3"
    validation = DataValidation("whole", operator="greaterThan", formula1="0")
    validation.add("D3:D99")
    sheet.add_data_validation(validation)
    other = book.create_sheet("说明")
    other["A1"] = "不动"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


MARKS = [
    Mark("台账", 3, 1, "请填写活动日期。"),
    Mark("台账", 3, 3, "=人数不能小于 0"),
    Mark("台账", 3, 3, "请改正"),
    Mark("台账", 4, 2, "请填写名称"),
    Mark("台账", 4, None, "整行与第 3 行重复"),
]


def marked(
    data: bytes, marks: list[Mark] | None = None, heads: dict[str, int] | None = None
) -> Any:
    """The marked file, opened."""
    heads = {"台账": 1} if heads is None else heads
    wanted = MARKS if marks is None else marks
    return load_workbook(
        io.BytesIO(mark_workbook(data, read_grid(data, ""), wanted, head_rows=heads))
    )


def red_cells(sheet: Any) -> set[str]:
    return {
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == RED
    }


def test_wrong_cells_are_red_with_a_comment():
    sheet = marked(ledger())["台账"]
    assert red_cells(sheet) == {"B4", "C4", "D4"}, "merged cells are marked where they show"
    assert sheet["B4"].comment.text == "请填写活动日期"
    assert sheet["C4"].comment.text == "请填写名称"
    assert sheet["D4"].comment.text == "=人数不能小于 0；请改正\n已核", "the county's comment stays"


def test_the_reasons_stand_in_a_last_column():
    """After the title that is merged over six columns? No: after the table."""
    sheet = marked(ledger())["台账"]
    assert sheet["E2"].value == "错误说明"
    assert sheet["E3"].value is None
    assert sheet["E4"].value == "请填写活动日期；=人数不能小于 0；请改正"
    assert sheet["E5"].value == "请填写名称；整行与第 3 行重复"
    assert {sheet[f"E{row}"].data_type for row in (2, 4, 5)} == {"s"}


def test_the_rest_is_as_it_was():
    book = marked(ledger())
    sheet = book["台账"]
    assert sheet["D3"].value == "=2+3"
    assert sheet["D3"].data_type == "f"
    assert (sheet["C3"].value, sheet["C3"].data_type) == ("=1+1", "s"), "a text stays a text"
    assert (sheet["C4"].value, sheet["C4"].data_type) == ("@某某", "s")
    assert sheet["B3"].number_format == 'yyyy"年"m"月"d"日"'
    assert {str(merge) for merge in sheet.merged_cells.ranges} == {"A1:F1", "C4:C5"}
    assert sheet.column_dimensions["C"].width == 33
    assert sheet.row_dimensions[2].height == 31
    assert sheet.freeze_panes == "A3"
    assert sheet["A2"].fill.fgColor.rgb == "00FFFF00"
    assert sheet["D2"].comment.text == "填实到人数"
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["D3:D99"]
    assert book["说明"]["A1"].value == "不动"
    assert book["说明"].max_column == 1, "a sheet without mistakes gets no column"


def test_a_file_marked_before_is_marked_anew():
    once = mark_workbook(ledger(), read_grid(ledger(), ""), MARKS, head_rows={"台账": 1})
    sheet = marked(once, [Mark("台账", 2, 0, "请核对序号")])["台账"]
    assert red_cells(sheet) == {"A3"}
    assert [sheet[f"E{row}"].value for row in range(2, 6)] == ["错误说明", "请核对序号", None, None]
    assert sheet["F2"].value is None
    comments = [c.comment for row in sheet.iter_rows() for c in row if c.comment]
    assert [c.text for c in comments if c.author == AUTHOR] == ["请核对序号"]


def test_heads_are_not_needed():
    sheet = marked(ledger(), heads={})["台账"]
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "错误说明" not in values
    assert "请填写活动日期；=人数不能小于 0；请改正" in values


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_other_kinds_come_back_as_xlsx_with_the_same_values(kind: str):
    data = (making.FILES / f"ledger.{kind}").read_bytes()
    before = read_grid(data, "")
    marks = [Mark("活动台账", 3, 2, "请改正"), Mark("活动台账", 6, 1, "请删除")]
    told = mark_workbook(data, before, marks, head_rows={"活动台账": 1})
    sheet = load_workbook(io.BytesIO(told))["活动台账"]
    assert red_cells(sheet) == {"C4", "A7"}
    assert sheet["C4"].comment.text == "请改正"
    assert (sheet["C4"].value, sheet["C4"].data_type) == ('=HYPERLINK("x")', "s")
    assert sheet["G2"].value == "错误说明"
    assert sheet["G4"].value == "请改正"
    after = read_grid(told, "")
    assert after.kind == "xlsx"
    assert [each.hidden for each in after.sheets] == [False, True]
    assert set(after.sheets[0].merges) == set(before.sheets[0].merges)
    yes_no = {True: "是", False: "否"}
    for old, new in zip(before.sheets[0].rows, after.sheets[0].rows, strict=True):
        assert new[: len(old)] == [
            yes_no[value] if isinstance(value, bool) else value for value in old
        ]


def test_what_openpyxl_cannot_mark_is_written_anew(monkeypatch):
    def refuse(*_: object) -> bytes:
        raise TrackerError(refusals.TOO_HEAVY)

    monkeypatch.setattr(running, "run", refuse)
    grid = Grid("xlsx", [Sheet("台账", [["名称"], ["=1+1"]])])
    told = mark_workbook(b"", grid, [Mark("台账", 1, 0, "请改正")], head_rows={"台账": 0})
    sheet = load_workbook(io.BytesIO(told))["台账"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert red_cells(sheet) == {"A2"}
    assert sheet["B2"].value == "请改正"


def test_marks_beyond_the_last_row_are_written():
    grid = Grid("ods", [Sheet("台账", [["名称"]])])
    told = mark_workbook(b"", grid, [Mark("台账", 3, 2, "请改正")])
    sheet = load_workbook(io.BytesIO(told))["台账"]
    assert "请改正" in [cell.value for cell in sheet[4]]


def test_a_full_export_with_every_row_wrong_is_marked_within_the_limits():
    data = making.large_xlsx(3_000, 36)
    grid = read_grid(data, "")
    name = grid.sheets[0].name
    marks = [Mark(name, row, 3, f"请核对第 {row + 1} 行") for row in range(3_000)]
    sheet = load_workbook(io.BytesIO(mark_workbook(data, grid, marks)), read_only=True)[name]
    reasons = [row[36] for row in sheet.iter_rows(values_only=True)]
    assert reasons == [f"请核对第 {row + 1} 行" for row in range(3_000)]
