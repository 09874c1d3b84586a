"""A draft read back by the checker: every number agrees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.reports.test_command import example_line  # noqa: F401  # a fixture
from tests.support.command_line import Line
from tests.support.page import Visitor


@pytest.mark.parametrize("final", [False, True])
def test_the_example_years_file_has_no_disagreement(
    example_line: Line,  # noqa: F811
    tmp_path: Path,
    final: bool,
) -> None:
    target = str(tmp_path / "报告.docx")
    if final:
        assert example_line("freeze", "2024").exit_code == 0
    made = example_line("draft", "2024", "-o", target, *(["--final"] if final else []))
    assert made.exit_code == 0, made.output
    checked = example_line("check", target, "2024", "--json")
    numbers = json.loads(checked.stdout)["numbers"]
    assert not [each for each in numbers if each["verdict"] == "disagrees"]
    assert checked.exit_code == 0
    assert sum(each["verdict"] == "agrees" for each in numbers) > 40


def test_exact_numbers_agree_too(
    example_line: Line,  # noqa: F811
    writer: Visitor,
    tmp_path: Path,
) -> None:
    writer.fill("/reports/2024/start", {})
    writer.fill(
        "/reports/2024/sections/new",
        {
            "标题": "数据",
            "正文": "现场参加群众{{outreach.person_times|确数}}。线上普法内容阅读"
            "{{outreach.online_reads}}。",
        },
    )
    target = str(tmp_path / "报告.docx")
    assert example_line("draft", "2024", "-o", target).exit_code == 0
    checked = example_line("check", target, "2024")
    assert checked.exit_code == 0, checked.output
