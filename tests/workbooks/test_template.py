"""Import templates: what a clerk sees who opens one, and what Excel checks while they type."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.support.command_line import Line, refusal
from tests.support.page import Visitor
from tests.support.world import World
from tests.workbooks.support import DAY, cells_at
from tests.workbooks.test_office import SOFFICE, converted
from tracker import collections
from tracker.kernel.intake import Intake
from tracker.kernel.terms import Term
from tracker.offices.models import Office
from tracker.offices.terms import VillageKind
from tracker.outreach.intake import CAMPAIGNS, EVENTS
from tracker.outreach.terms import Audience, EventState
from tracker.workbooks.entry_rules import MOST_CHOICES
from tracker.workbooks.examples import is_example
from tracker.workbooks.grid import Sheet
from tracker.workbooks.importing.heads import Heads
from tracker.workbooks.importing.layout import find_table
from tracker.workbooks.template import write_template

every_intake = pytest.mark.parametrize(
    "intake", collections.INTAKES, ids=lambda intake: intake.register.key
)
HEAD_ROW, FIRST, LAST = 3, 4, 10_003


def template(world: World, intake: Intake = EVENTS, language: str = "zh") -> Any:
    """The template of a register, read back."""
    target = io.BytesIO()
    with world.reading() as session:
        write_template(
            session,
            world.scope(),
            session.get_one(Office, world.office_id),
            intake,
            target,
            today=DAY,
            language=language,
        )
    target.seek(0)
    return load_workbook(target)


def heads(sheet: Any, row: int = HEAD_ROW) -> list[str]:
    return [cell.value for cell in sheet[row]]


def letter(sheet: Any, head: str) -> str:
    return get_column_letter(heads(sheet).index(head) + 1)


def check(book: Any, head: str, last: int = LAST) -> Any:
    """What Excel checks in a column of the empty ledger."""
    sheet = book.worksheets[1]
    place = letter(sheet, head)
    (found,) = [
        each
        for each in sheet.data_validations.dataValidation
        if f"{place}{FIRST}" in each.sqref and f"{place}{last}" in each.sqref
    ]
    return found


def choices(book: Any, head: str, last: int = LAST) -> list[str]:
    """What the drop-down of a column offers."""
    found = check(book, head, last)
    assert found.type == "list"
    assert not found.showDropDown, "this hides the arrow"
    return cells_at(book, found.formula1)


def examples(book: Any) -> list[dict[str, Any]]:
    """The example rows of the first sheet, by head."""
    guide = book.worksheets[0]
    top = next(row for row in range(1, 40) if guide.cell(row, 1).value == "序号")
    rows = guide.iter_rows(min_row=top + 2, values_only=True)
    return [dict(zip(heads(guide, top), row, strict=True)) for row in rows]


def instructions(book: Any) -> str:
    return "\n".join(str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True))


# ------------------------------------------------------------------------------------ its sheets


@every_intake
def test_it_has_instructions_an_empty_ledger_and_hidden_lists(
    example: World, intake: Intake
) -> None:
    book = template(example, intake)
    assert book.sheetnames == ["填写说明", intake.register.label.zh, "字典"]
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "hidden"]
    assert book.active.title == "填写说明"


@every_intake
def test_its_heads_are_the_ledgers_own_words(example: World, intake: Intake) -> None:
    filled = {"序号"} | {
        column.label.zh
        for column in intake.register.columns
        if column.key == "number" or intake.field_of(column)
    }
    found = heads(template(example, intake).worksheets[1])
    assert found[0] == "序号"
    assert set(found) == filled
    ledger = [column.label.zh for column in intake.register.columns]
    assert found[1:] == [head for head in ledger if head in filled]


@every_intake
def test_nothing_stands_in_the_ledger_below_its_heads(example: World, intake: Intake) -> None:
    rows = template(example, intake).worksheets[1].iter_rows(min_row=FIRST, values_only=True)
    assert not [value for row in rows for value in row if value is not None]


@every_intake
def test_the_import_knows_every_head_and_finds_no_row(example: World, intake: Intake) -> None:
    sheet = template(example, intake).worksheets[1]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    table = find_table(Sheet(sheet.title, rows), intake.register, Heads.of(intake.register))
    assert table is not None
    assert (table.head_row, table.lines, table.unknown) == (2, [], {})
    assert len(table.places) == len(heads(sheet)) - 1


@every_intake
def test_what_must_be_filled_in_is_seen_by_its_colour(example: World, intake: Intake) -> None:
    sheet = template(example, intake).worksheets[1]
    colours = {cell.value: cell.fill.fgColor.rgb for cell in sheet[HEAD_ROW]}
    plain = colours["序号"]
    marked = {head for head, colour in colours.items() if colour != plain}
    assert {column.label.zh for column in intake.key_columns} <= marked
    assert "编号" not in marked


def test_the_ledger_is_laid_out_like_a_ledger(world: World) -> None:
    sheet = template(world).worksheets[1]
    assert sheet["A1"].value == "普法宣传活动导入模板"
    assert sheet["A2"].value == "填报单位：架桥镇"
    assert sheet.freeze_panes == "C4"
    assert sheet.print_title_rows == "$1:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet["B4"].border.left.style == "thin"


# ----------------------------------------------------------------------------------- its examples


@every_intake
def test_its_examples_are_known_again(example: World, intake: Intake) -> None:
    rows = examples(template(example, intake))
    assert len(rows) == 2
    for row in rows:
        assert row["序号"] == "示例"
        assert is_example(row.values())
        # A clerk may copy the row without its number.
        assert is_example([value for head, value in row.items() if head != "序号"])


@every_intake
def test_an_example_fills_every_column_that_must_be(example: World, intake: Intake) -> None:
    book = template(example, intake)
    whole, least = examples(book)
    for column in intake.key_columns:
        assert whole[column.label.zh] is not None
        assert least[column.label.zh] is not None
    assert sum(v is not None for v in whole.values()) > sum(v is not None for v in least.values())


@every_intake
def test_an_example_only_chooses_what_there_is(example: World, intake: Intake) -> None:
    """Terms and numbers of the example are ones that the ledger takes."""
    book = template(example, intake)
    for row in examples(book):
        for column in intake.register.columns:
            value = row.get(column.label.zh)
            if column.term is not None and value is not None:
                assert set(str(value).split("、")) <= set(labels(column.term)), column.label.zh


def test_the_examples_of_events_show_an_estimate(world: World) -> None:
    whole, least = examples(template(world))
    assert whole["活动名称"] == "（示例）民法典宣传进集市"
    assert whole["参加人次"] == 320
    assert least["参加人次"] == "约200人"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["示例", "普法赶集"], True),
        (["Example", "x"], True),
        ([1, "（示例）民法典宣传进集市"], True),
        ([1, " (示例)民法典宣传进集市"], True),
        ([1, "示例镇普法赶集", date(2024, 5, 20), 320], False),
        (["1", "民法典示例课"], False),
        ([None, None], False),
        ([], False),
    ],
)
def test_an_example_is_told_from_a_record(row: list[Any], expected: bool) -> None:
    assert is_example(row) is expected


# ------------------------------------------------------------------------------ its instructions


def test_it_says_what_to_do_before_anybody_does_it_wrong(world: World) -> None:
    said = instructions(template(world))
    for words in (
        "必填：活动名称、开始日期",
        "2024-06-26",
        "「约200人」",
        "估计数",
        "编号",
        "新记录请留空",
        "10,000 行、10 MB",
        "示例",
        "顿号",
    ):
        assert words in said, words


def test_it_says_nothing_that_the_register_does_not_need(world: World) -> None:
    said = instructions(template(world, CAMPAIGNS))
    assert "约200人" not in said
    assert "顿号" not in said
    assert "下拉" not in said


def test_its_lines_are_numbered_without_gaps(world: World) -> None:
    for intake in (EVENTS, CAMPAIGNS):
        lines = [
            line for line in instructions(template(world, intake)).split("\n") if ". " in line[:4]
        ]
        assert [int(line.partition(".")[0]) for line in lines] == list(range(1, len(lines) + 1))


# ----------------------------------------------------------------------------- what Excel checks


def labels(kind: type[Term]) -> list[str]:
    return [member.label.zh for member in kind]


def test_a_closed_list_takes_nothing_else(world: World) -> None:
    book = template(world)
    assert choices(book, "状态") == labels(EventState)
    found = check(book, "状态")
    assert found.showErrorMessage
    assert found.errorStyle in (None, "stop")
    assert found.errorTitle == "不在列表中"
    assert found.error == "请从列表中选择状态。"


def test_records_are_offered_by_name(world: World) -> None:
    world.a_campaign("宪法宣传周")
    world.a_campaign("作废的专项", voided="重复")
    book = template(world)
    assert choices(book, "专项活动") == ["宪法宣传周"]
    assert check(book, "专项活动").showErrorMessage


def test_a_list_with_nothing_in_it_does_not_block_the_column(world: World) -> None:
    sheet = template(world).worksheets[1]
    place = f"{letter(sheet, '专项活动')}{FIRST}"
    assert not [v for v in sheet.data_validations.dataValidation if place in str(v.sqref)]


def test_a_name_that_can_be_new_is_asked_about_and_not_forbidden(world: World) -> None:
    found = check(template(world), "场所类别")
    assert found.showErrorMessage
    assert found.errorStyle == "warning"


def test_several_names_in_one_cell_are_let_through(world: World) -> None:
    world.a_village("架桥村")
    world.a_village("撤并村", closed_on=date(2020, 1, 1))
    book = template(world)
    assert choices(book, "村（社区）") == ["架桥村"]
    assert choices(book, "普法对象") == labels(Audience)
    for head in ("村（社区）", "普法对象", "主题"):
        assert not check(book, head).showErrorMessage
        assert "顿号" in check(book, head).prompt


def test_a_list_may_be_longer_than_a_formula(world: World) -> None:
    """A list within the check itself ends at 255 characters, and Excel refuses the file."""
    names = [f"第{number}号长名称行政村" for number in range(60)]
    for name in names:
        world.a_village(name)
    book = template(world)
    assert sorted(choices(book, "村（社区）")) == sorted(names)
    assert all(
        len(str(v.formula1 or "")) < 60 for v in book.worksheets[1].data_validations.dataValidation
    )


def test_a_list_that_is_cut_off_forbids_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_CHOICES >= 1000
    monkeypatch.setattr("tracker.workbooks.entry_rules.MOST_CHOICES", 2)
    for name in ("甲", "乙", "丙"):
        world.a_campaign(name)
    book = template(world)
    assert len(choices(book, "专项活动")) == 2
    assert not check(book, "专项活动").showErrorMessage


def test_a_day_must_be_a_day(world: World) -> None:
    found = check(template(world), "开始日期")
    assert (found.type, found.operator) == ("date", "between")
    epoch = date(1899, 12, 30).toordinal()
    days = [date.fromordinal(epoch + int(text)) for text in (found.formula1, found.formula2)]
    assert days == [date(1990, 1, 1), date(2100, 12, 31)]
    assert found.showErrorMessage
    assert found.errorTitle == "请填日期"
    assert "2024-06-26" in found.error


@pytest.mark.parametrize(
    ("head", "low", "high"),
    [("场次", "1", "999"), ("参加人次", "0", "9999999"), ("阅读量", "0", "999999999")],
)
def test_a_whole_number_keeps_the_forms_bounds(
    world: World, head: str, low: str, high: str
) -> None:
    found = check(template(world), head)
    assert (found.type, found.formula1, found.formula2) == ("whole", low, high)
    assert found.showErrorMessage
    assert found.errorTitle == "请填数字"
    assert head in found.error


def test_an_estimate_is_asked_about_and_not_forbidden(world: World) -> None:
    book = template(world)
    assert check(book, "参加人次").errorStyle == "warning"
    assert "约200人" in check(book, "参加人次").error
    assert check(book, "解答咨询人次").errorStyle in (None, "stop")


@every_intake
def test_messages_fit_into_excels_boxes(example: World, intake: Intake) -> None:
    for language in ("zh", "en"):
        sheet = template(example, intake, language).worksheets[1]
        for found in sheet.data_validations.dataValidation:
            assert len(found.error or "") <= 255
            assert len(found.prompt or "") <= 255
            assert len(found.errorTitle or "") <= 32
            assert len(found.promptTitle or "") <= 32


@every_intake
def test_text_columns_keep_every_digit(example: World, intake: Intake) -> None:
    """Cells that will hold text are text before anything is typed, in the last row as well."""
    sheet = template(example, intake).worksheets[1]
    for column in intake.register.columns:
        if column.label.zh not in heads(sheet):
            continue
        place = letter(sheet, column.label.zh)
        formats = {
            sheet[f"{place}{FIRST}"].number_format,
            sheet.column_dimensions[place].number_format,
        }
        if column.as_text or column.kind in ("text", "long", "term"):
            assert formats == {"@"}, column.key
        elif column.kind == "date":
            assert formats == {'yyyy"年"m"月"d"日"'}, column.key
        else:
            assert formats <= {"General", "@"}, column.key


# -------------------------------------------------------------------------------- who gets it


def test_it_is_sent_under_the_registers_name(page: Visitor) -> None:
    answer = page.client.get("/registers/events/template.xlsx")
    assert answer.status_code == 200
    assert "普法宣传活动导入模板.xlsx" in unquote(answer.headers["Content-Disposition"])
    assert load_workbook(io.BytesIO(answer.data)).sheetnames[0] == "填写说明"


def test_a_reader_gets_the_same_lists(world: World, reader: Visitor) -> None:
    world.a_village("架桥村")
    answer = reader.client.get("/registers/events/template.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    assert choices(book, "村（社区）") == ["架桥村"]


def test_nobody_gets_one_without_signing_in(visitor: Visitor) -> None:
    answer = visitor.client.get("/registers/events/template.xlsx")
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_what_there_is_not_is_not_found(page: Visitor) -> None:
    for key in ("nothing", "EVENTS", "x" * 60, "x" * 61):
        assert page.client.get(f"/registers/{key}/template.xlsx").status_code == 404


def test_another_offices_names_are_not_offered(world: World) -> None:
    other = world.an_office("邻镇")
    world.a_village("邻镇的村", office=other)
    world.a_village("架桥村")
    texts = {str(c.value) for sheet in template(world) for row in sheet.iter_rows() for c in row}
    assert "架桥村" in texts
    assert not [text for text in texts if "邻镇" in text]


def test_it_speaks_english_too(world: World) -> None:
    book = template(world, language="en")
    assert book.sheetnames == ["How to fill in", "Outreach events", "Lists"]
    assert heads(book.worksheets[1])[:3] == ["No.", "Title", "Number"]
    assert choices(book, "State") == [member.label.en for member in EventState]


# ------------------------------------------------------------------------------ the command line


def test_the_command_writes_it(line: Line, tmp_path: Path) -> None:
    target = tmp_path / "模板.xlsx"
    result = line("template", "villages", "-o", str(target))
    assert result.exit_code == 0, result.output
    assert str(target) in result.stdout
    assert choices(load_workbook(target), "类别") == labels(VillageKind)
    assert line("template", "villages", "-o", str(tmp_path)).exit_code == 0
    assert (tmp_path / "村（社区）导入模板.xlsx").is_file()


def test_the_command_refuses_an_unknown_register(line: Line, tmp_path: Path) -> None:
    target = tmp_path / "x.xlsx"
    assert "events" in refusal(line("template", "nothing", "-o", str(target)))
    assert not target.exists()


def test_the_command_asks_which_office_where_there_are_several(
    line: Line, world: World, tmp_path: Path
) -> None:
    other = world.an_office("邻镇", "430725116")
    world.a_village("邻镇的村", office=other)
    target = tmp_path / "x.xlsx"
    assert line("template", "events", "-o", str(target)).exit_code == 2
    assert not target.exists()
    chosen = line("template", "events", "-o", str(target), "--office", "430725116")
    assert chosen.exit_code == 0, chosen.output
    assert choices(load_workbook(target), "村（社区）") == ["邻镇的村"]


def test_a_template_that_fails_leaves_what_was_there(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "x.xlsx"
    target.write_text("before")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    assert "No space left" in refusal(line("template", "events", "-o", str(target)))
    assert target.read_text() == "before"
    assert list(folder.iterdir()) == [target]


# ------------------------------------------------------------------------------ text stays text


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not there")
def test_what_is_typed_as_text_stays_text_through_another_program(
    world: World, tmp_path: Path
) -> None:
    world.a_village("架桥村")
    book = template(world)
    sheet = book.worksheets[1]
    texts = ["430725198001011234", "13812345678", "=1+1", "+86", "-7", "@name", "007"]
    for row, text in enumerate(texts, FIRST):
        for head in ("活动名称", "地点"):
            cell = sheet[f"{letter(sheet, head)}{row}"]
            cell.value, cell.data_type = text, "s"
    path = tmp_path / "events.xlsx"
    book.save(path)
    again = load_workbook(converted(path, "xlsx", tmp_path))
    sheet = again.worksheets[1]
    for head in ("活动名称", "地点"):
        cells = [sheet[f"{letter(sheet, head)}{row}"] for row in range(FIRST, FIRST + len(texts))]
        assert [cell.value for cell in cells] == texts
        assert {cell.data_type for cell in cells} == {"s"}
        assert {cell.number_format for cell in cells} == {"@"}
    assert again.worksheets[2].sheet_state == "hidden"
    # LibreOffice keeps checks for the first thousand rows only.
    assert choices(again, "村（社区）", last=1000) == ["架桥村"]
    assert check(again, "状态", last=1000).showErrorMessage
