"""`tracker check`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.reports.making import report
from tests.support.command_line import Line, refusal
from tests.support.world import World
from tracker.reports.checking import operations

SEED = (
    "2024年法治政府建设工作报告\n"
    "组织干部参加执法资格考试，今年3名干部职工顺利通过考试，领取了执法证。\n"
    "全年组织开展普法宣传教育活动8次，宣传普及人数达1600多人。\n"
)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text("全年开展普法宣传活动2次，宣传普及人数达1600多人。", encoding="utf-8")
    return path


def test_a_report_that_agrees_ends_well(line: Line, world: World, written: Path):
    world.an_event(headcount=823)
    world.an_event(headcount=820)
    result = line("check", str(written), "2024")
    assert result.exit_code == 0, result.output
    assert "一致  2次  普法宣传活动次数" in result.stdout
    assert result.stderr == "共 2 个数：一致 2，未核对 0，没有不一致。\n"


def test_a_number_that_disagrees_ends_with_1_and_the_right_one(
    line: Line, world: World, written: Path
):
    world.an_event(headcount=1643)
    result = line("check", str(written), "2024")
    assert result.exit_code == 1
    assert "请改为「1次」" in result.stdout
    assert result.stderr == "共 2 个数：一致 1，不一致 1，未核对 0。请改正不一致的数。\n"


def test_as_json_each_number_has_its_figure_and_verdict(line: Line, world: World, written: Path):
    world.an_event(headcount=1643)
    result = line("check", str(written), "2024", "--json")
    assert result.exit_code == 1
    first, second = json.loads(result.stdout)["numbers"]
    assert {
        key: first[key] for key in ("text", "value", "unit", "figure", "expected", "verdict")
    } == {
        "text": "2次",
        "value": 2,
        "unit": "次",
        "figure": "outreach.events",
        "expected": 1,
        "verdict": "disagrees",
    }
    assert (second["text"], second["qualifier"], second["verdict"]) == ("1600多人", "多", "agrees")
    assert second["allowed"] == ["1600多人", "1643人"]


def test_what_the_office_bound_is_known(line: Line, world: World, tmp_path: Path):
    world.an_event()
    with world.writing() as session:
        operations.bind(session, world.office_id, "举办“法润万家”[次]", "次", "outreach.events")
    path = tmp_path / "report.txt"
    path.write_text("举办“法润万家”2次。", encoding="utf-8")
    result = line("check", str(path), "2024")
    assert result.exit_code == 1
    assert "不一致  2次  普法宣传活动次数" in result.stdout


def test_a_word_document_is_read(line: Line, world: World, tmp_path: Path):
    world.an_event(headcount=20)
    path = tmp_path / "报告.docx"
    path.write_bytes(report("（一）普法", "开展普法宣传活动1次。"))
    assert line("check", str(path), "2024").exit_code == 0


def test_what_is_no_report_is_refused(line: Line, tmp_path: Path):
    path = tmp_path / "report.docx"
    path.write_bytes(b"%PDF-1.7")
    assert "PDF 文档" in refusal(line("check", str(path), "2024"))


def test_the_example_township_says_what_the_real_one_printed(line: Line, tmp_path: Path):
    line("demo")
    path = tmp_path / "report.txt"
    path.write_bytes(SEED.encode("gb18030"))
    result = line("check", str(path), "2024", "--office", "000000101", "--json")
    numbers = json.loads(result.stdout)["numbers"]
    assert [(each["text"], each["figure"], each["verdict"]) for each in numbers] == [
        ("3名", "certification.passed", "agrees"),
        ("8次", "outreach.events", "agrees"),
        ("1600多人", "outreach.person_times", "agrees"),
    ]
    assert result.exit_code == 0
