"""A workbook becomes the values that a person sees in it, whatever the file makes of them."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from datetime import date, datetime
from datetime import time as time_of_day
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.house_rules.source import ROOT
from tests.workbooks.importing import making
from tests.workbooks.importing.judge import judge
from tracker.kernel.errors import TrackerError
from tracker.workbooks.grid import Cell, Grid, Merge
from tracker.workbooks.importing import reading, refusals, running
from tracker.workbooks.importing.reading import grid_of, read_grid


def rows_of(data: bytes) -> list[list[Cell]]:
    return read_grid(data, "台账").sheets[0].rows


def exactly(rows: list[list[Cell]]) -> list[list[tuple[type, Cell]]]:
    """The values with their types, as 1 == 1.0 == True."""
    return [[(type(value), value) for value in row] for row in rows]


LEDGER: list[list[Cell]] = [
    ["架桥镇2024年普法宣传活动台账"],
    ["序号", "活动日期", "活动名称", "参加人数", "平均时长", "完成"],
    [1, date(2024, 3, 15), "送法下乡", 200, Decimal("37.5"), True],
    [2, date(2024, 4, 1), '=HYPERLINK("x")', "约200人", Decimal("0.1"), False],
    [3, "2024.5.4", "宪法宣传", None, "#DIV/0!"],
    [None, "14:30", "430725198001011234"],
    ["合计", None, None, 200],
]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_ledger_saved_by_an_office_program(kind: str):
    """Made once by LibreOffice, with a title over six columns and a hidden sheet."""
    grid = read_grid((making.FILES / f"ledger.{kind}").read_bytes(), "改了名.xlsx")
    assert grid.kind == kind
    expected = [list(row) for row in LEDGER]
    if kind == "ods":  # which keeps such a truth value as the number under it
        expected[2][5], expected[3][5] = 1, 0
    ledger, words = grid.sheets
    assert exactly(ledger.rows) == exactly(expected)
    assert set(ledger.merges) == {Merge(0, 0, 0, 5), Merge(6, 0, 6, 2)}
    assert (ledger.name, ledger.hidden) == ("活动台账", False)
    assert (words.name, words.hidden) == ("字典", True)
    assert words.rows == [[], [], [], [], [None, None, "村"]], "places count from the first row"


def test_every_kind_of_value_of_an_xlsx():
    data = making.xlsx(
        [],
        [None, 7, 7.0, 37.5, 0.1 + 0.2, -2.25, 1e-7, True, False],
        [
            date(2024, 3, 15),
            datetime(2024, 3, 15, 9, 30),
            time_of_day(9, 5),
            "  约200人  ",
            "'0012",
        ],
        [430725198001011234, 13800000000, 999_999_999_999_999, 10**15, -(10**18)],
        ["", "　 ", "\n", "末"],
        [None, ""],
    )
    assert exactly(rows_of(data)) == exactly(
        [
            [],
            [None, 7, 7, Decimal("37.5"), Decimal("0.3"), Decimal("-2.25"), Decimal("1E-7"), True,
             False],
            [date(2024, 3, 15), date(2024, 3, 15), "09:05", "  约200人  ", "'0012"],
            ["4.30725198001011E+17", 13800000000, 999_999_999_999_999, "1.00000000000000E+15",
             "-1.00000000000000E+18"],
            [None, None, None, "末"],
        ]
    )  # fmt: skip


def test_a_long_number_kept_as_text_stays_whole():
    assert rows_of(making.xlsx(["430725198001011234", "13800000000"])) == [
        ["430725198001011234", "13800000000"]
    ]


def test_a_text_is_cut_where_no_cell_would_hold_it():
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row>' % (b"A" * 40_000)
    assert rows_of(making.with_sheet(row)) == [["A" * 32_767]]


def test_errors_and_formulas_never_worked_out_do_not_pass_for_empty_cells():
    row = (
        b'<row r="3"><c r="B3" t="e"><v>#REF!</v></c><c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        b'<c r="D3"><f>A1+1</f></c><c r="E3"><f>A1+2</f><v></v></c><c r="F3"><f>1+1</f><v>2</v></c>'
        b'<c r="G3" t="str"><f>IF(1,"")</f><v></v></c><c r="H3" t="e"><v>#N/A</v></c></row>'
    )
    assert rows_of(making.with_sheet(row)) == [
        [],
        [],
        [None, "#REF!", "#DIV/0!", "#未算出 =A1+1", "#未算出 =A1+2", 2, None, "#N/A"],
    ]


def test_errors_are_those_of_their_own_sheet():
    book = Workbook()
    for number in range(3):
        sheet = book.create_sheet(f"表{number}")
        sheet["A1"] = "#REF!" if number == 1 else number
    target = io.BytesIO()
    book.save(target)
    grid = read_grid(target.getvalue(), "")
    assert [sheet.rows for sheet in grid.sheets] == [[], [[0]], [["#REF!"]], [[2]]]


def test_errors_of_an_xls():
    error = making.record(0x0205, b"\x01\x00\x02\x00\x00\x00\x2a\x01")
    assert rows_of(making.xls(error + making.number_record(2, 3, 2.5))) == [
        [],
        [None, None, "#N/A"],
        [None, None, None, Decimal("2.5")],
    ]


def test_numbers_that_are_none_are_texts():
    data = making.with_sheet(b"<row><c><v>1e999</v></c><c><v>NaN</v></c><c><v>-0</v></c></row>")
    assert exactly(rows_of(data)) == exactly([["INF", "NAN", 0]])


def test_cells_need_not_say_where_they_are():
    rows = (
        b"<row><c><v>1</v></c><c><v>2</v></c></row><row r='4'><c r='C4'><v>3</v></c><c><v>4</v></c>"
    )
    assert rows_of(making.with_sheet(rows + b"</row>")) == [[1, 2], [], [], [None, None, 3, 4]]


def test_repeated_cells_and_rows_of_an_ods():
    rows = (
        making.ods_row(making.ods_cells(16384), 2)
        + making.ods_row(making.ods_cells(2) + making.ods_cells(3, filled=True), 2)
        + making.ods_row(making.ods_cells(16384), 1_048_572)
    )
    assert rows_of(making.ods(rows)) == [[], [], [None, None, 7, 7, 7], [None, None, 7, 7, 7]]


def test_merged_cells_are_told_within_the_limits():
    data = making.with_sheet(
        making.cell_xml("A1"),
        b'<mergeCells><mergeCell ref="A1:XFD1"/><mergeCell ref="B3:C4"/><mergeCell ref="D5:D5"/>'
        b"</mergeCells>",
    )
    assert read_grid(data, "").sheets[0].merges == (Merge(0, 0, 0, 199), Merge(2, 1, 3, 2))


def test_old_programs_write_backslashes():
    parts = making.parts_of(making.xlsx())
    data = making.zipped({name.replace("/", "\\"): content for name, content in parts.items()})
    assert rows_of(data) == [["姓名", "电话"], ["张三", "13800000000"]]


def test_the_limits_themselves_are_kept():
    """10,000 rows and 200 columns are taken, titles around them as well."""
    assert len(rows_of(making.xlsx(*[[1]] * 10_500))) == 10_500
    assert len(rows_of(making.xlsx([1] * 200))[0]) == 200
    with pytest.raises(TrackerError, match="10,000 行"):
        read_grid(making.xlsx(*[[1]] * 10_501), "")
    with pytest.raises(TrackerError, match="第 GS 列"):
        read_grid(making.xlsx([1] * 201), "")


def test_a_full_export_is_read_in_less_time_than_by_openpyxl(tmp_path: Path, record_property):
    data = making.large_xlsx(10_000, 36)
    path = tmp_path / "large.xlsx"
    path.write_bytes(data)
    started = time.process_time()
    sheet = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    assert sum(1 for _ in sheet.iter_rows(values_only=True)) == 10_000
    openpyxl = time.process_time() - started
    outcome = judge(path, mark=False)
    assert outcome["rows"] == 10_000
    ours = outcome["processor"]
    assert isinstance(ours, float)
    record_property(
        "reliability",
        f"10,000 x 36 cells: read in {ours:.2f} s of processor time, openpyxl {openpyxl:.2f} s",
    )
    assert ours < openpyxl


def test_what_the_child_loads_is_little():
    """It starts for every upload."""
    code = (
        "import sys, tracker.workbooks.importing.child;"
        "print(sum(name in sys.modules for name in ('flask', 'sqlalchemy', 'openpyxl', 'wtforms')))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "0"


@pytest.mark.skipif(sys.platform == "win32", reason="signals end processes elsewhere")
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os; os.abort()", refusals.TOO_HEAVY),
        ("import time; time.sleep(60)", refusals.TOO_SLOW),
        ("print('half an answ', end='')", refusals.TOO_HEAVY),
        ("", refusals.TOO_HEAVY),
        ("raise SystemExit(3)", refusals.TOO_HEAVY),
    ],
)
def test_a_child_that_dies_is_a_refusal(code: str, words: object, tmp_path: Path, monkeypatch):
    (tmp_path / "dying_child.py").write_text(code)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(running, "run", partial(running.run, child="dying_child"))
    monkeypatch.setattr(reading, "SECONDS", 0.7)
    with pytest.raises(TrackerError) as refused:
        read_grid(making.xlsx(), "")
    assert refused.value.message == words


@pytest.mark.skipif(sys.platform != "linux", reason="told by Linux alone")
def test_a_busy_machine_is_not_the_files_fault(tmp_path: Path, monkeypatch):
    """Who has waited for a processor is waited for; who has used it is not."""
    answer = '{"kind":"xlsx"}\\n{"sheet":"a","hidden":false,"merges":[]}\\n{"end":true}'
    (tmp_path / "late_child.py").write_text(f"import time; time.sleep(1); print('{answer}')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(running, "run", partial(running.run, child="late_child"))
    monkeypatch.setattr(reading, "SECONDS", 0.7)
    assert read_grid(making.xlsx(), "").sheets[0].name == "a"
    (tmp_path / "late_child.py").write_text("while True: pass")
    with pytest.raises(TrackerError) as refused:
        read_grid(making.xlsx(), "")
    assert refused.value.message == refusals.TOO_SLOW


def test_a_server_opens_few_files_at_a_time(monkeypatch):
    monkeypatch.setattr(running, "_PATIENCE", 0.05)
    with running._turns, running._turns, pytest.raises(TrackerError) as refused:
        read_grid(making.xlsx(), "")
    assert refused.value.message == refusals.BUSY
    assert isinstance(read_grid(making.xlsx(), ""), Grid)


def test_half_an_answer_is_none():
    whole = b'{"kind":"xlsx"}\n{"sheet":"a","hidden":false,"merges":[]}\n'
    with pytest.raises(TrackerError):
        grid_of(whole)
    assert grid_of(whole + b'{"end":true}\n').sheets[0].name == "a"
