"""What a filled form keeps of the form: everything but the marks."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table

from tests.support.world import World
from tests.workbooks.county_forms.filled import filled, surveyed
from tests.workbooks.county_forms.forms import (
    BORDER,
    FIRST_RECORD,
    county_form,
    opened,
    saved,
    small,
)
from tracker.workbooks.county_forms import work

COUNT = 5


def looks(cell: Any) -> tuple[Any, ...]:
    """How a cell looks, the number format apart."""
    parts = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)
    return tuple(part._StyleProxy__target for part in parts)  # the proxies compare nothing


@pytest.fixture
def events(world: World) -> World:
    """Five events of 2024, three of 2023."""
    for number in range(COUNT):
        world.an_event(f"活动{number + 1}", f"2024-0{number + 1}-10", headcount=100 + number)
    for number in range(3):
        world.an_event(f"上年活动{number + 1}", f"2023-0{number + 1}-10", headcount=10)
    return world


def test_a_countys_form(events: World) -> None:
    book = filled(events, county_form())
    sheet = book["普法情况统计表"]
    assert sheet["A1"].value == "附件1  架桥镇2024年度普法工作情况统计表"
    assert sheet["E2"].value == "填报日期：2025年1月20日"
    assert [sheet[f"{c}6"].value for c in "CDEFG"] == [5, 3, 2, 0, 0]
    assert [sheet[f"{c}7"].value for c in "CDEFG"] == [510, 303, 207, 0, 0]
    assert sheet["H6"].value == "上年3次"
    assert sheet["H7"].value == "510人"
    assert sheet["A8"].value == "全年共开展普法活动5次，村（社区）覆盖率—。"
    rows = [[sheet.cell(12 + n, c).value for c in (1, 2, 6, 7)] for n in range(COUNT)]
    assert rows == [[n + 1, f"活动{n + 1}", 100 + n, f"=F{12 + n}/1"] for n in range(COUNT)]
    assert sheet["C12"].value.isoformat()[:10] == "2024-01-10"
    assert sheet["C12"].number_format == 'yyyy"年"m"月"d"日"'
    assert sheet["F17"].value == "=SUM(F12:F16)"
    assert sheet["G17"].value == "=AVERAGE(G12:G16)"
    assert sheet["A21"].value == "填表人：经办小李"
    assert sheet["A22"].value == "=F17"
    assert book["汇总"]["B1"].value == "=SUM('普法情况统计表'!F12:F16)"
    assert book["汇总"]["B2"].value == "='普法情况统计表'!F17"
    assert sheet.oddFooter.center.text == "架桥镇 第 &P 页"
    assert book.calculation.fullCalcOnLoad


def test_the_layout_of_a_countys_form(events: World) -> None:
    before = opened(county_form())["普法情况统计表"]
    after = filled(events, county_form())["普法情况统计表"]
    more = COUNT - 1

    def moved(row: int) -> int:
        return row + more if row > FIRST_RECORD else row

    for row in before.iter_rows():
        for cell in row:
            there = after.cell(moved(cell.row), cell.column)
            assert looks(there) == looks(cell), cell.coordinate
    for number in range(COUNT):
        for column in range(1, 9):
            there = after.cell(FIRST_RECORD + number, column)
            assert looks(there) == looks(before.cell(FIRST_RECORD, column)), there.coordinate
        assert after.row_dimensions[FIRST_RECORD + number].height == 24
    for letter in "ABCDEFGH":
        assert after.column_dimensions[letter].width == before.column_dimensions[letter].width
    assert after.row_dimensions[1].height == 42
    assert after.row_dimensions[moved(17)].height == 33
    expected = {
        (r.min_col, moved(r.min_row), r.max_col, moved(r.max_row))
        for r in before.merged_cells.ranges
    } | {(4, FIRST_RECORD + n, 5, FIRST_RECORD + n) for n in range(COUNT)}
    assert {r.bounds for r in after.merged_cells.ranges} == expected
    assert after.print_area == f"'普法情况统计表'!$A$1:$H${18 + more}"
    assert after.print_title_rows == "$1:$2"
    assert after.page_setup.orientation == "landscape"
    assert str(after.data_validations.dataValidation[0].sqref) == "H12:H16"
    assert [str(each.sqref) for each in after.conditional_formatting] == ["F12:F16"]


def test_cells_without_marks_stay(events: World) -> None:
    before, after = opened(county_form()), filled(events, county_form())
    for cell in ("A4", "C4", "D5", "H4", "A6", "B10", "H10"):
        assert after["普法情况统计表"][cell].value == before["普法情况统计表"][cell].value
    assert after.sheetnames == before.sheetnames
    assert after["汇总"]["A1"].value == "参加人次合计"


def test_an_empty_register_leaves_one_empty_row(world: World) -> None:
    sheet = filled(world, county_form())["普法情况统计表"]
    assert [sheet.cell(12, column).value for column in range(1, 9)] == [None] * 8
    assert sheet["A13"].value == "合计"
    assert sheet["F13"].value == "=SUM(F12:F12)"
    assert sheet["C6"].value == 0
    assert sheet["A12"].border == BORDER
    assert sheet.row_dimensions[12].height == 24


def test_one_record_moves_nothing(world: World) -> None:
    world.an_event("唯一", "2024-03-01", headcount=7)
    sheet = filled(world, county_form())["普法情况统计表"]
    assert (sheet["B12"].value, sheet["A13"].value) == ("唯一", "合计")
    assert sheet["F13"].value == "=SUM(F12:F12)"


def test_five_hundred_records(world: World) -> None:
    for number in range(500):
        world.an_event(f"第{number:03d}场", f"2024-{number % 12 + 1:02d}-15", headcount=number)
    sheet = filled(world, county_form())["普法情况统计表"]
    assert [sheet.cell(12 + n, 1).value for n in range(500)] == list(range(1, 501))
    assert {sheet.cell(12 + n, 2).value for n in range(500)} == {f"第{n:03d}场" for n in range(500)}
    assert sheet["F512"].value == "=SUM(F12:F511)"
    assert sheet["C7"].value == sum(range(500))
    assert sheet["A516"].value == "填表人：经办小李"
    assert sum(1 for r in sheet.merged_cells.ranges if r.min_col == 4 and r.max_col == 5) == 501


def test_several_rows_for_each_record(events: World) -> None:
    form = small(
        {
            "A1": "活动",
            "A2": "{{#events}}{{title}}",
            "B2": "{{headcount}}",
            "A3": "日期",
            "B3": "{{starts_on}}",
            "A4": "{{/events}}",
            "A5": "合计",
            "B5": "=SUM(B2:B4)",
        }
    )
    sheet = filled(events, form)["附表1"]
    for number in range(COUNT):
        top = 2 + 3 * number
        assert sheet.cell(top, 1).value == f"活动{number + 1}"
        assert sheet.cell(top + 1, 1).value == "日期"
        assert sheet.cell(top + 1, 2).value.month == number + 1
        assert sheet.cell(top + 2, 1).value is None
    assert sheet["B17"].value == f"=SUM(B2:B{1 + 3 * COUNT})"


def test_two_ledgers_on_a_sheet(events: World) -> None:
    events.a_campaign("「宪法宣传周」", "2024-12-01")
    events.a_campaign("「防灾减灾日」", "2024-05-12")
    form = small(
        {
            "A1": "{{#events}}{{title}}",
            "B1": "{{headcount}}{{/events}}",
            "A2": "合计",
            "B2": "=SUM(B1:B1)",
            "A3": "{{#campaigns}}{{name}}",
            "A4": "=COUNTA(A3:A3)+B2",
        }
    )
    sheet = filled(events, form)["附表1"]
    assert [sheet.cell(n, 1).value for n in range(1, 10)] == [
        *(f"活动{n + 1}" for n in range(COUNT)),
        "合计",
        "「防灾减灾日」",
        "「宪法宣传周」",
        "=COUNTA(A7:A8)+B6",
    ]
    assert sheet["B6"].value == "=SUM(B1:B5)"


def decorated() -> bytes:
    """A form with all that refers to rows."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "表"
    sheet["A1"], sheet["B1"] = "活动", "人次"
    sheet["A2"], sheet["B2"] = "{{#events}}{{title}}", "{{headcount}}"
    sheet["A3"], sheet["B3"] = "合计", "=SUM(人次)"
    sheet.merge_cells("C1:C2")
    sheet["C1"] = "跨到重复行"
    sheet.merge_cells("D2:D3")
    sheet["D2"] = "从重复行起"
    sheet["A5"] = "链接"
    sheet["A5"].hyperlink = "https://example.invalid/"
    sheet["A6"] = "批注"
    sheet["A6"].comment = Comment("填报前核对", "县局")
    sheet.row_dimensions[7].hidden = True
    sheet.auto_filter.ref = "A1:B2"
    sheet.row_breaks.append(Break(id=3))
    book.defined_names["人次"] = DefinedName("人次", attr_text="'表'!$B$2:$B$2")
    other: Any = book.create_sheet("名单")
    other["A1"], other["B1"] = "名称", "数"
    other["A2"], other["B2"] = "{{#events}}{{title}}", "{{headcount}}"
    other.add_table(Table(displayName="名单", ref="A1:B2"))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    sheet.add_chart(chart, "A9")
    return saved(book)


def test_what_refers_to_the_rows_goes_along(events: World) -> None:
    book = filled(events, decorated())
    sheet = book["表"]
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert merged == {"C1:C6", "D2:D7"}
    assert [sheet.cell(n, 4).value for n in range(2, 8)] == ["从重复行起", *[None] * 5]
    assert sheet["A9"].hyperlink.ref == "A9"
    assert sheet["A10"].comment.text == "填报前核对"
    assert sheet.row_dimensions[11].hidden
    assert not sheet.row_dimensions[7].hidden
    assert sheet.auto_filter.ref == "A1:B6"
    assert [each.id for each in sheet.row_breaks.brk] == [7]
    assert book.defined_names["人次"].attr_text == "'表'!$B$2:$B$6"
    assert book["名单"].tables["名单"].ref == "A1:B6"
    (chart,) = sheet._charts
    assert chart.ser[0].val.numRef.f == "'表'!$B$2:$B$6"
    assert chart.anchor._from.row == 8 + 4


def test_letters_of_several_fonts_stay(world: World) -> None:
    world.an_event("活动", "2024-03-01")
    bold = InlineFont(b=True)
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = CellRichText("全年", TextBlock(bold, "{{outreach.ev"), "ents}}次")
    sheet["A2"] = CellRichText("重要：", TextBlock(bold, "不得漏报"))
    after = filled(world, saved(book)).active
    assert str(after["A1"].value) == "全年1次"
    assert [str(p) for p in after["A1"].value if isinstance(p, TextBlock)] == ["1"]
    assert [str(p) for p in after["A2"].value if isinstance(p, TextBlock)] == ["不得漏报"]


def test_a_row_gets_high_enough_for_a_long_text(world: World) -> None:
    world.an_event("短", "2024-03-01")
    world.an_event("很长的活动名称" * 10, "2024-04-01")
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "{{#events}}{{title}}"
    sheet["A1"].alignment = Alignment(wrap_text=True)
    sheet.column_dimensions["A"].width = 20
    sheet.row_dimensions[1].height = 20
    after = filled(world, saved(book)).active
    assert after.row_dimensions[1].height == 20
    assert after.row_dimensions[2].height > 60


def test_number_formats(world: World) -> None:
    world.a_village("甲村")
    world.a_village("乙村")
    village = world.a_village("丙村")
    world.an_event("活动", "2024-03-01", villages=[village], headcount=1234)
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = sheet["A2"] = "{{outreach.village_coverage}}"
    sheet["A2"].number_format = "0%"
    sheet["A3"] = sheet["A4"] = "{{outreach.person_times}}"
    sheet["A3"].number_format = "#,##0"
    sheet["A4"].number_format = "@"
    sheet["A5"] = sheet["A6"] = "{{date}}"
    sheet["A6"].number_format = "yyyy-mm-dd"
    sheet["A7"] = "覆盖率{{outreach.village_coverage}}"
    after = filled(world, saved(book)).active
    assert Decimal(str(after["A1"].value)) == Decimal("0.3333")
    assert [after[f"A{n}"].number_format for n in range(1, 7)] == [
        "0.00%",
        "0%",
        "#,##0",
        "General",
        'yyyy"年"m"月"d"日"',
        "yyyy-mm-dd",
    ]
    assert after["A4"].value == 1234
    assert after["A7"].value == "覆盖率33.33%"


def test_pictures_and_shapes_are_told_as_lost() -> None:
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
        "<xdr:twoCellAnchor><xdr:from/><xdr:to/><xdr:pic><xdr:nvPicPr>"
        '<xdr:cNvPr id="2" name="公章"/></xdr:nvPicPr></xdr:pic></xdr:twoCellAnchor>'
        "<xdr:twoCellAnchor><xdr:from/><xdr:to/><xdr:sp><xdr:nvSpPr>"
        '<xdr:cNvPr id="3" name="文本框 1"/></xdr:nvSpPr></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>'
    )
    survey = surveyed(with_drawing(decorated(), drawing))
    assert {(each.sheet, each.what, each.names) for each in survey.losses} == {
        ("表", "pictures", ("公章",)),
        ("表", "shapes", ("文本框 1",)),
    }
    assert {each.what for each in surveyed(decorated()).losses} == {"charts"}
    assert surveyed(county_form()).losses == ()


def with_drawing(data: bytes, drawing: str) -> bytes:
    """The form with another drawing in place of its own."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            is_drawing = name == "xl/drawings/drawing1.xml"
            made.writestr(name, drawing if is_drawing else source.read(name))
    return target.getvalue()


PLACES = st.tuples(st.integers(1, 12), st.integers(1, 4))


@given(
    block=st.integers(3, 8),
    height=st.integers(1, 3),
    times=st.integers(0, 4),
    merges=st.lists(st.tuples(PLACES, st.integers(0, 3), st.integers(0, 2)), max_size=6),
    heights=st.dictionaries(st.integers(1, 12), st.integers(10, 60), max_size=6),
)
def test_whatever_the_form_what_stands_outside_of_the_rows_is_only_moved(
    block: int,
    height: int,
    times: int,
    merges: list[tuple[tuple[int, int], int, int]],
    heights: dict[int, int],
) -> None:
    last = block + height - 1
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "表"
    for row in range(1, 13):
        for column in range(1, 7):
            cell = sheet.cell(row, column, f"字{row}-{column}")
            cell.font = Font(size=8 + (row * 7 + column) % 9)
            if (row + column) % 2:
                cell.border = BORDER
    for (top, left), rows, columns in merges:
        bottom, right = top + rows, left + columns
        crosses = top <= last and bottom >= block
        within = block <= top and bottom <= last
        area = f"{sheet.cell(top, left).coordinate}:{sheet.cell(bottom, right).coordinate}"
        free = all(each.isdisjoint(CellRange(area)) for each in sheet.merged_cells.ranges)
        if (rows or columns) and free and (within or not crosses):
            sheet.merge_cells(area)
    for row, points in heights.items():
        sheet.row_dimensions[row].height = points
    sheet.cell(block, 7, "{{#events}}{{title}}")
    sheet.cell(last, 8, "{{/events}}")
    before = opened(saved(book))["表"]
    records: list[Any] = [[["text", f"记录{n}"]] for n in range(times)]
    values = {"single": {}, "blocks": [{"marks": ["{{title}}"], "common": {}, "rows": records}]}
    after = opened(work.fill(saved(book), values))["表"]
    more = (max(times, 1) - 1) * height

    def moved(row: int) -> int:
        return row + more if row > last else row

    for row in before.iter_rows(max_col=6):
        for cell in row:
            copies = range(max(times, 1)) if block <= cell.row <= last else [0]
            for copy in copies:
                there = after.cell(moved(cell.row) + copy * height, cell.column)
                assert there.value == cell.value
                assert looks(there) == looks(cell)
    for row, dimension in before.row_dimensions.items():
        assert after.row_dimensions[moved(row)].height == dimension.height
    outside = {r.bounds for r in before.merged_cells.ranges if not block <= r.min_row <= last}
    inside = {r.bounds for r in before.merged_cells.ranges} - outside
    assert {r.bounds for r in after.merged_cells.ranges} == {
        (a, moved(top), b, moved(bottom)) for a, top, b, bottom in outside
    } | {
        (a, top + n * height, b, bottom + n * height)
        for a, top, b, bottom in inside
        for n in range(max(times, 1))
    }
    titles = [after.cell(block + n * height, 7).value for n in range(times)]
    assert titles == [f"记录{n}" for n in range(times)]
