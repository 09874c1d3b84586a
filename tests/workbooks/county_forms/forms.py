"""Forms as counties send them, made for tests."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

_THIN = Side(style="thin")
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def saved(book: Any) -> bytes:
    """A workbook as a file."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def opened(data: bytes) -> Any:
    """A file as a workbook, its formulas as they stand."""
    return load_workbook(io.BytesIO(data), rich_text=True)


def small(cells: Mapping[str, Any], title: str = "附表1") -> bytes:
    """A form with these cells and nothing else."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for place, value in cells.items():
        sheet[place] = value
    return saved(book)


#: Where things stand in `county_form`.
FIGURE_ROW, FIRST_RECORD = 6, 12


def county_form() -> bytes:
    """A township's yearly form: a merged title, heads on two levels, numbers by quarter, a
    sentence, a ledger with its total, remarks and a line for signatures; printed on one page."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "普法情况统计表"
    for letter, width in zip("ABCDEFGH", (7, 30, 18, 12, 12, 12, 12, 24), strict=True):
        sheet.column_dimensions[letter].width = width
    _title(sheet)
    _figures(sheet)
    _ledger(sheet)
    _below(sheet)
    sheet.print_area = "A1:H18"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "{{office}} 第 &P 页"
    other: Any = book.create_sheet("汇总")
    other["A1"] = "参加人次合计"
    other["B1"] = "=SUM('普法情况统计表'!F12:F12)"
    other["A2"] = "合计行"
    other["B2"] = "='普法情况统计表'!F13"
    return saved(book)


def _title(sheet: Any) -> None:
    sheet.merge_cells("A1:H1")
    sheet["A1"] = "附件1  {{office}}{{year}}年度普法工作情况统计表"
    sheet["A1"].font = Font(name="方正小标宋简体", size=20)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 42
    sheet.merge_cells("A2:D2")
    sheet["A2"] = "填报单位：{{office}}"
    sheet.merge_cells("E2:H2")
    sheet["E2"] = "填报日期：{{date}}"
    sheet["E2"].alignment = Alignment(horizontal="right")


def _figures(sheet: Any) -> None:
    sheet.merge_cells("A4:B5")
    sheet["A4"] = "项目"
    sheet.merge_cells("C4:C5")
    sheet["C4"] = "全年"
    sheet.merge_cells("D4:G4")
    sheet["D4"] = "分季度"
    for letter, quarter in zip("DEFG", "一二三四", strict=True):
        sheet[f"{letter}5"] = f"{quarter}季度"
    sheet.merge_cells("H4:H5")
    sheet["H4"] = "备注"
    rows = (("普法活动（次）", "outreach.events"), ("参加人次", "outreach.person_times"))
    for row, (label, key) in enumerate(rows, FIGURE_ROW):
        sheet.merge_cells(f"A{row}:B{row}")
        sheet[f"A{row}"] = label
        sheet[f"C{row}"] = "{{" + key + "}}"
        for letter, quarter in zip("DEFG", "1234", strict=True):
            sheet[f"{letter}{row}"] = "{{" + f"{key}|Q{quarter}" + "}}"
    sheet["H6"] = "上年{{outreach.events|previous}}次"
    sheet["H7"] = "{{outreach.person_times|phrase}}"
    sheet.merge_cells("A8:H8")
    sheet["A8"] = (
        "全年共开展普法活动{{outreach.events}}次，村（社区）覆盖率{{outreach.village_coverage}}。"
    )
    _bordered(sheet, "A4:H8")


def _ledger(sheet: Any) -> None:
    sheet.merge_cells("A10:A11")
    sheet["A10"] = "序号"
    sheet.merge_cells("B10:C10")
    sheet["B10"] = "活动"
    sheet["B11"], sheet["C11"] = "名称", "日期"
    sheet.merge_cells("D10:E11")
    sheet["D10"] = "地点"
    sheet.merge_cells("F10:G10")
    sheet["F10"] = "规模"
    sheet["F11"], sheet["G11"] = "人次", "每场"
    sheet.merge_cells("H10:H11")
    sheet["H10"] = "备注"
    sheet["A12"], sheet["B12"], sheet["C12"] = "{{#events}}{{#}}", "{{title}}", "{{starts_on}}"
    sheet.merge_cells("D12:E12")
    sheet["D12"], sheet["F12"], sheet["G12"] = "{{venue}}", "{{headcount}}", "=F12/1"
    sheet["H12"] = "{{note}}{{/events}}"
    sheet.row_dimensions[12].height = 24
    sheet.merge_cells("A13:E13")
    sheet["A13"], sheet["F13"], sheet["G13"] = "合计", "=SUM(F12:F12)", "=AVERAGE(G12)"
    _bordered(sheet, "A10:H13")
    for place in ("B12", "D12", "H12"):
        sheet[place].alignment = Alignment(wrap_text=True, vertical="center")
    sheet["A13"].font = Font(bold=True)
    sheet["A13"].fill = PatternFill("solid", fgColor="DDDDDD")
    rule = DataValidation(type="list", formula1='"是,否"', sqref="H12")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add(
        "F12", CellIsRule(operator="greaterThan", formula=["300"], font=Font(color="FF0000"))
    )


def _below(sheet: Any) -> None:
    sheet.merge_cells("A15:H15")
    sheet["A15"] = "注：人次为现场参加人次。"
    sheet.merge_cells("A17:C17")
    sheet["A17"] = "填表人：{{prepared_by}}"
    sheet.merge_cells("D17:F17")
    sheet["D17"] = "审核人："
    sheet["G17"] = "负责人（签字）："
    sheet.row_dimensions[17].height = 33
    sheet["A18"] = "=F13"


def _bordered(sheet: Any, area: str) -> None:
    for row in sheet[area]:
        for cell in row:
            cell.border = BORDER
            if cell.coordinate[0] != "B":
                cell.alignment = Alignment(horizontal="center", vertical="center")
