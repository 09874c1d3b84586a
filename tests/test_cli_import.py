"""`tracker import`: what it takes in, what it refuses, and what it says of every row."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.support.command_line import Line, refusal
from tests.support.world import World
from tracker.kernel.headcount import CountBasis
from tracker.outreach.models import OutreachEvent

HEAD = ["序号", "活动名称", "活动时间", "村（社区）", "参加人数", "备注"]
ROWS: list[list[Any]] = [
    [1, "三八妇女维权宣传", "2024.3.8", "架桥村", "约200人", ""],
    [2, "禁毒宣传", date(2024, 6, 26), "架桥", 120, "赶集日"],
    [3, "宪法宣传周", "12月4日", None, "—", None],
    ["合计", None, None, None, 320, None],
]

Ledger = Callable[..., Path]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger as an office keeps it: a title above the head, a total below."""

    def write(rows: Sequence[Sequence[Any]] = ROWS, head: Sequence[str] = HEAD) -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "台账"
        sheet.append(["架桥镇2024年普法宣传活动台账"])
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(head))
        for row in (head, *rows):
            sheet.append(list(row))
        path = tmp_path / "台账.xlsx"
        book.save(path)
        return path

    return write


def events(world: World) -> list[OutreachEvent]:
    statement = select(OutreachEvent).order_by(OutreachEvent.starts_on)
    with world.reading() as session:
        return list(session.scalars(statement.options(selectinload(OutreachEvent.villages))))


def document(result: Result) -> Any:
    return json.loads(result.stdout)


def counted(told: dict[str, Any]) -> int:
    return int(told["new"] + told["updated"] + told["skipped"] + told["wrong"]) + len(
        told["not_data"]
    )


def test_a_ledger_as_offices_keep_it_is_taken_in(line: Line, world: World, ledger: Ledger) -> None:
    world.a_village("架桥村")
    told = document(line("import", str(ledger()), "--json"))
    assert (told["register"], told["new"], told["errors"]) == ("events", 3, [])
    assert told["rows"] == 6 == counted(told)
    assert [each["reason"] for each in told["not_data"]] == [
        "表头上方的标题或说明",
        "表头",
        "合计行",
    ]
    women, drugs, constitution = events(world)
    assert (women.headcount, women.count_basis) == (200, CountBasis.ESTIMATED)
    assert (drugs.headcount, drugs.count_basis) == (120, CountBasis.COUNTED)
    assert [link.village.name for link in drugs.villages] == ["架桥村"]
    assert constitution.starts_on == date(2024, 12, 4), "the year is the title's"
    assert (constitution.headcount, constitution.count_basis) == (None, CountBasis.NOT_RECORDED)


def test_taking_it_in_again_changes_nothing(line: Line, world: World, ledger: Ledger) -> None:
    world.a_village("架桥村")
    line("import", str(ledger()))
    before = [(event.number, event.version) for event in events(world)]
    told = document(line("import", str(ledger()), "--json"))
    assert (told["new"], told["updated"], told["unchanged"]) == (0, 0, 3)
    assert [(event.number, event.version) for event in events(world)] == before


def test_one_wrong_row_keeps_all_of_them_out(
    line: Line, world: World, ledger: Ledger, tmp_path: Path
) -> None:
    world.a_village("架桥村")
    wrong = [*ROWS[:3], [4, "消防宣传", "2024.2.30", "李家村", "若干", None]]
    marked = tmp_path / "有误.xlsx"
    result = line("import", str(ledger(wrong)), "--json", "--errors", str(marked))
    assert result.exit_code == 1
    assert "一行也没有" in result.stderr or "没有导入任何一行" in result.stderr
    told = document(result)
    assert told["wrong"] == 1
    assert {(each["row"], each["column"], each["value"]) for each in told["errors"]} == {
        (6, "活动时间", "2024.2.30"),
        (6, "村（社区）", "李家村"),
        (6, "参加人数", "若干"),
    }
    assert counted(told) == told["rows"]
    assert events(world) == []
    sheet = load_workbook(marked).worksheets[0]
    assert sheet["C6"].comment is not None
    assert "2024-03-15" in str(sheet.cell(6, 7).value), "the last column gives the reasons"
    assert sheet["C3"].comment is None


def test_a_trial_run_says_the_same_and_writes_nothing(
    line: Line, world: World, ledger: Ledger
) -> None:
    world.a_village("架桥村")
    tried = document(line("import", str(ledger()), "--dry-run", "--json"))
    assert events(world) == []
    assert document(line("import", str(ledger()), "--json")) == tried


def test_unknown_villages_are_made_when_asked(line: Line, world: World, ledger: Ledger) -> None:
    refused = document(line("import", str(ledger()), "--json"))
    assert refused["unknown"] == {"村（社区）": ["架桥村", "架桥"]}
    told = document(line("import", str(ledger()), "--create-missing", "--json"))
    assert told["created"] == {"村（社区）": ["架桥村"]}
    assert told["new"] == 3


def test_existing_records_are_skipped_when_asked(line: Line, world: World, ledger: Ledger) -> None:
    world.a_village("架桥村")
    line("import", str(ledger()))
    changed = [[*ROWS[1][:4], 125, "赶集日"]]
    skipped = document(line("import", str(ledger(changed)), "--on-existing", "skip", "--json"))
    assert (skipped["updated"], skipped["skipped"]) == (0, 1)
    updated = document(line("import", str(ledger(changed)), "--json"))
    assert (updated["updated"], updated["new"]) == (1, 0)
    assert [event.headcount for event in events(world)] == [200, 125, None]


def test_what_is_no_ledger_is_refused_in_a_sentence(
    line: Line, world: World, ledger: Ledger, tmp_path: Path
) -> None:
    text = tmp_path / "台账.xlsx"
    text.write_bytes(b"PK\x03\x04 not really")
    assert "Traceback" not in refusal(line("import", str(text)))
    strange = ledger([["甲", 1], ["乙", 2]], ["名目", "数额"])
    assert "表头" in refusal(line("import", str(strange)))
    assert "没有台账 nothing" in refusal(line("import", str(strange), "--register", "nothing"))


def test_a_missing_column_is_named_with_those_found(
    line: Line, world: World, ledger: Ledger
) -> None:
    said = refusal(
        line(
            "import",
            str(ledger([["甲", 3, "无"]], ["活动名称", "参加人数", "备注"])),
            "--register",
            "events",
        )
    )
    assert "缺少「开始日期」列" in said
    assert "参加人数" in said


def test_another_offices_records_are_not_touched(
    line: Line, world: World, app: Flask, ledger: Ledger
) -> None:
    world.a_village("架桥村")
    other = world.an_office("石门镇", "430725116")
    line("import", str(ledger()), "--office", "430725115")
    told = document(
        line("import", str(ledger()), "--office", other.code, "--create-missing", "--json")
    )
    assert told["new"] == 3
    assert len(events(world)) == 6
