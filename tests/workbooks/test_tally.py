"""The year's tally: every figure, the records behind it, and a check that they agree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from tests.support.world import World
from tests.workbooks.support import (
    cells_at,
    checked,
    records_in,
    rows_of,
    summary_of,
    tally,
    totals_of,
)
from tracker import collections
from tracker.figures import reading
from tracker.figures.weights import weights
from tracker.kernel.db import db
from tracker.kernel.figure import Figure, Ratio
from tracker.kernel.headcount import CountBasis
from tracker.kernel.register import Register
from tracker.offices.models import Office
from tracker.outreach.terms import EventState, MaterialKind
from tracker.workbooks.tally import write_tally

EVENTS, VILLAGES = "普法宣传活动", "村（社区）"


def a_year(world: World) -> None:
    """Some events of 2024: held, cancelled, without a headcount, of another year."""
    villages = [world.a_village(name, population=1000) for name in ("架桥村", "水田村", "五福村")]
    world.an_event("赶集", on="2024-05-20", headcount=320, villages=villages[:2], sessions=2)
    world.an_event("禁毒", on="2024-06-26", headcount=0, materials={MaterialKind.LEAFLET: 500})
    world.an_event(
        "宪法日",
        on="2024-12-04",
        headcount=823,
        count_basis=CountBasis.SIGNED_IN,
        villages=villages,
    )
    world.an_event("没有数人", on="2024-09-09")
    world.an_event("取消了", on="2024-08-08", state=EventState.CANCELLED)
    world.an_event("去年的", on="2023-08-08", headcount=200)
    world.an_event("重复登记", on="2024-05-20", headcount=9999, voided="重复")


def assert_all_agree(book: Any, world: World, year: int = 2024, scope: Any = None) -> int:
    """Every figure is the sum of its records' cells; returns how many figures are not 0."""
    readings = world.readings(year, scope)
    found = checked(book)
    assert set(readings) <= set(found)
    for key, (said, again) in found.items():
        if said == "无法统计":
            assert again == "无法统计", key
        else:
            assert again == pytest.approx(Decimal(str(said)), abs=Decimal("0.00005")), key
    for key, read in readings.items():
        said = found[key][0]
        assert said == ("无法统计" if read.value is None else pytest.approx(float(read.value))), key
    return sum(1 for said, _ in found.values() if said not in (0, "无法统计"))


def test_every_figure_is_the_sum_of_its_records(world: World) -> None:
    a_year(world)
    assert assert_all_agree(tally(world), world) >= 8


def test_a_record_shows_what_it_adds_and_is_blank_where_it_does_not_count(world: World) -> None:
    a_year(world)
    rows = {row["活动名称"]: row for row in records_in(tally(world)[EVENTS])}
    assert list(rows) == ["赶集", "禁毒", "取消了", "没有数人", "宪法日"]
    assert rows["赶集"]["计入：普法宣传活动次数"] == 1
    assert rows["赶集"]["计入：普法宣传场次"] == 2
    assert rows["宪法日"]["计入：普法宣传参加人次"] == 823
    assert rows["禁毒"]["计入：普法宣传参加人次"] == 0  # counted, and nobody came
    assert rows["没有数人"]["计入：普法宣传参加人次"] is None
    assert rows["取消了"]["计入：普法宣传活动次数"] is None


def test_entities_that_count_are_marked_on_their_own_sheet(world: World) -> None:
    a_year(world)
    rows = {row["村（社区）名称"]: row for row in records_in(tally(world)[VILLAGES])}
    assert {name: row["计入：普法覆盖村（社区）"] for name, row in rows.items()} == {
        "架桥村": 1,
        "水田村": 1,
        "五福村": 1,
    }


def test_a_record_that_counts_stands_there_though_the_ledger_does_not_list_it(
    world: World,
) -> None:
    gone = world.a_village("老坪村", closed_on=date(2023, 6, 1))
    world.an_event("旧村里的活动", on="2024-03-01", headcount=5, villages=[gone])
    book = tally(world)
    (row,) = records_in(book[VILLAGES])
    assert row["村（社区）名称"] == "老坪村"
    assert row["计入：普法覆盖村（社区）"] == 1
    assert row["计入：村（社区）总数"] is None
    assert_all_agree(book, world)


def test_totals_are_numbers_equal_to_their_columns(world: World) -> None:
    a_year(world)
    sheet = tally(world)[EVENTS]
    totals, rows = totals_of(sheet), records_in(sheet)
    assert totals["参加人次"] == 1143
    for name in ("场次", "参加人次", "计入：普法宣传活动次数", "计入：普法宣传参加人次"):
        assert totals[name] == sum(row[name] or 0 for row in rows), name
    assert totals["展板"] is None  # nobody recorded any: that is not 0


def test_the_summary_says_this_year_last_year_and_the_change(world: World) -> None:
    a_year(world)
    lines = summary_of(tally(world))
    line = lines["outreach.person_times"]
    assert (line["本年"], line["上年"], line["增减"]) == (1143, 200, 943)
    assert line["报告用语"] == "1100多人"
    assert line["记录数"] == 3
    assert line["计数依据"] == "签到 823，清点 320；1 条未登记人次"
    assert line["口径"].endswith("。")
    assert lines["outreach.events"]["单位"] == "次"


def test_a_ratio_is_a_number_shown_as_percent(world: World) -> None:
    a_year(world)
    world.a_village("没去过的村")
    book = tally(world)
    line = summary_of(book)["outreach.village_coverage"]
    assert line["本年"] == 0.75
    (cell,) = (row[2] for row in book["汇总"].iter_rows(min_row=4) if row[2].value == 0.75)
    assert cell.number_format == "0.00%"


def test_a_value_nobody_can_say_is_said_so_and_checked(world: World) -> None:
    world.an_event("没有数人", on="2024-09-09")
    book = tally(world)
    assert summary_of(book)["outreach.person_times"]["本年"] == "无法统计"
    assert summary_of(book)["outreach.village_coverage"]["本年"] == "无法统计"
    found = checked(book)
    assert found["outreach.person_times"] == ("无法统计", "无法统计")
    assert found["outreach.village_coverage"] == ("无法统计", "无法统计")


def test_the_check_notices_a_changed_record(world: World) -> None:
    a_year(world)
    book = tally(world)
    sheet = book[EVENTS]
    heads = [cell.value for cell in sheet[3]]
    sheet.cell(4, heads.index("计入：普法宣传参加人次") + 1).value = 321
    said, again = checked(book)["outreach.person_times"]
    assert (said, again) == (1143, 1144)


def test_an_office_without_records_gets_a_whole_workbook(world: World) -> None:
    book = tally(world)
    assert_all_agree(book, world)
    assert rows_of(book[EVENTS])[0]["序号"] == "（没有记录）"
    assert totals_of(book[EVENTS])["参加人次"] == 0
    assert totals_of(book["专项活动"])["专项活动名称"] == "共 0 条"


def test_there_is_a_sheet_for_every_register_between_summary_and_check(world: World) -> None:
    names = tally(world).sheetnames
    assert names[0] == "汇总"
    assert names[-1] == "校核"
    assert len(names) == len(collections.REGISTERS) + 2
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 for name in names)


def test_every_figure_has_its_line_and_its_definition(world: World) -> None:
    lines = summary_of(tally(world))
    assert list(lines) == list(_in_groups(world))
    assert all(line["口径"] for line in lines.values())


def _in_groups(world: World) -> list[str]:
    groups: dict[Any, list[str]] = {}
    for key, found in world.readings().items():
        groups.setdefault(found.figure.group, []).append(key)
    return [key for keys in groups.values() for key in keys]


def test_what_people_typed_is_never_a_formula(world: World) -> None:
    hostile = ['=HYPERLINK("http://x","y")', "+1", "-1", "@x", "#N/A", "🎉" * 90]
    for text in hostile:
        world.an_event(text, on="2024-05-20", headcount=1, note=text)
    book = tally(world)
    rows = records_in(book[EVENTS])
    assert [row["活动名称"] for row in rows] == hostile
    assert [row["备注"] for row in rows] == hostile
    for sheet in book.worksheets[:-1]:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert kinds <= {"s", "n", "d"}, sheet.title


def test_another_offices_records_are_in_no_cell(world: World) -> None:
    a_year(world)
    other = world.an_office("邻镇")
    village = world.a_village("邻镇的村", office=other)
    world.an_event("邻镇的活动", on="2024-05-01", headcount=7, villages=[village], office=other)
    book = tally(world)
    texts = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row}
    assert not [text for text in texts if "邻镇" in text]
    assert_all_agree(book, world)


def test_sheets_print_as_a_ledger_does(world: World) -> None:
    a_year(world)
    book = tally(world)
    for sheet in book:
        assert sheet.freeze_panes.endswith("4"), sheet.title
        assert sheet.print_title_rows == "$1:$3"
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
        assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_options.horizontalCentered
        assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    events = book[EVENTS]
    assert events["A1"].value == "架桥镇2024年普法宣传活动台账"
    second = [cell.value for cell in events[2] if cell.value]
    assert second[0] == "填报单位：架桥镇"
    assert second[1].startswith("填报人：经办小李")
    assert second[2] == "填报日期：2025年1月20日"


def test_the_check_columns_are_grouped_and_not_printed(world: World) -> None:
    a_year(world)
    sheet = tally(world)[EVENTS]
    first = next(cell for cell in sheet[3] if str(cell.value).startswith("计入"))
    before = sheet.cell(3, first.column - 1)
    assert sheet.column_dimensions[first.column_letter].outlineLevel == 1
    assert sheet.column_dimensions[before.column_letter].outlineLevel == 0
    assert sheet.print_area.startswith("'普法宣传活动'!$A$1:$" + before.column_letter + "$")


def test_every_cell_of_the_table_has_borders(world: World) -> None:
    a_year(world)
    sheet = tally(world)[EVENTS]
    for row in sheet.iter_rows(min_row=3, max_row=sheet.max_row - 1):
        assert all(cell.border.left.style == cell.border.bottom.style == "thin" for cell in row)


def test_the_workbook_is_english_where_asked(world: World) -> None:
    a_year(world)
    book = tally(world, language="en")
    assert book.sheetnames[0] == "Summary"
    assert book.sheetnames[-1] == "Check"
    assert book["Outreach events"]["A3"].value == "No."
    assert book["Outreach events"]["A1"].value == "架桥镇 2024: ledger of outreach events"


def test_reading_it_takes_as_many_statements_for_few_records_as_for_many(world: World) -> None:
    a_year(world)
    few = _statements(world)
    villages = [world.a_village() for _ in range(20)]
    for number in range(60):
        world.an_event(f"第{number}场", on="2024-04-01", headcount=number, villages=villages[:3])
    assert _statements(world) == few


def _statements(world: World) -> int:
    seen: list[str] = []

    def note(*arguments: Any) -> None:
        seen.append(arguments[2])

    with world.app.app_context():
        engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            tally(world)
        finally:
            event.remove(engine, "before_cursor_execute", note)
    return len(seen)


# The example township and its county: records in every register.


@pytest.mark.parametrize("year", [2023, 2024])
def test_every_figure_of_the_example_is_the_sum_of_its_records(example: World, year: int) -> None:
    assert assert_all_agree(tally(example, year), example, year) > 50


def test_a_county_sees_its_townships_together(example: World, county: Office) -> None:
    scope = example.scope(county)
    book = tally(example, scope=scope)
    assert assert_all_agree(book, example, scope=scope) > 50
    offices = {row["单位"] for row in records_in(book[EVENTS])}
    assert {"示例镇", "示例二镇"} <= offices
    assert book[EVENTS]["A1"].value == "示例县2024年普法宣传活动台账"


def test_kinds_of_other_work_share_columns_beside_their_kind(example: World) -> None:
    book = tally(example)
    sheet = book["其他台账"]
    heads = [cell.value for cell in sheet[3]]
    assert [head for head in heads if "计入" in head][:3] == [
        "计入类别",
        "计入：次数",
        "计入：人次",
    ]
    counted = [row for row in records_in(sheet) if row["计入：次数"] is not None]
    assert counted
    assert all(row["计入类别"] for row in counted)
    assert totals_of(sheet)["计入：次数"] is None  # unlike units are never added


def test_each_record_stands_on_its_sheet_once(example: World) -> None:
    book = tally(example)
    for register in collections.REGISTERS:
        sheet = book[register.label.zh]
        numbers = [row.get("编号") for row in records_in(sheet)]
        assert len(numbers) == len(set(numbers)), register.key


def test_weights_are_those_of_the_drill_down(example: World) -> None:
    scope, period = example.scope(), example.period(2024)
    figures = example.figures()
    with example.reading() as session:
        found = weights(session, figures, scope, period)
    by_figure = {figure.key: each.of(figure) for each in found for figure in each.figures}
    for figure in figures:
        if isinstance(figure, Ratio):
            continue
        members = {member.id: member.weight for member in example.members_of(figure.key)}
        assert by_figure[figure.key] == members, figure.key


def test_every_source_has_a_register_that_lists_its_records(example: World) -> None:
    models = {register.key: register.model for register in collections.REGISTERS}
    for figure in reading.simple_figures(example.figures()):
        assert isinstance(figure, Figure)
        assert models.get(figure.source.register) is figure.source.model, figure.source.key


def test_a_figure_without_a_register_is_refused_before_anything_is_written(
    world: World, tmp_path: Any
) -> None:
    target = tmp_path / "tally.xlsx"
    target.write_bytes(b"before")

    def write(registers: tuple[Register, ...]) -> None:
        with world.reading() as session:
            write_tally(
                session,
                world.scope(),
                session.get_one(Office, world.office_id),
                world.period(2024),
                target,
                registers=registers,
                prepared_by="经办小李",
                today=date(2025, 1, 20),
            )

    with pytest.raises(LookupError, match=r"outreach\.events"):
        write(())
    assert target.read_bytes() == b"before"
    write(collections.REGISTERS)
    assert target.read_bytes()[:2] == b"PK"
    assert [path.name for path in tmp_path.glob("*.xlsx*")] == ["tally.xlsx"]
    assert not list(tmp_path.glob(".tally*"))


def test_cells_are_found_by_address(world: World) -> None:
    a_year(world)
    assert cells_at(tally(world), "'普法宣传活动'!$A$4:$A$6") == [1, 2, 3]
