"""The report on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select

from tests.reports.support import opened, texts
from tests.reports.test_supplied_styles import own_document
from tests.support.command_line import Line, line_of, refusal
from tests.support.page import Visitor
from tests.support.world import World
from tracker.kernel import migrating
from tracker.kernel.db import schema_tx
from tracker.reports.models import ReportSection


@pytest.fixture
def example_line(example: World) -> Line:
    """The command line on the example township's data."""
    with example.app.app_context(), schema_tx() as connection:
        command.stamp(migrating.config(connection), "head")
    return line_of(example.app)


def test_the_draft_of_the_example_year(example_line: Line, tmp_path: Path) -> None:
    target = tmp_path / "草稿.docx"
    done = example_line("draft", "2024", "-o", str(target))
    assert done.exit_code == 0, done.output
    whole = "".join(texts(opened(target.read_bytes())))
    for sentence in ("普法宣传活动8次", "参加群众1600多人", "3人通过执法资格考试"):
        assert sentence in whole


def test_it_is_named_after_office_and_year_in_a_folder(example_line: Line, tmp_path: Path) -> None:
    assert example_line("draft", "2024", "-o", str(tmp_path)).exit_code == 0
    assert (tmp_path / "示例镇_2024_年度报告草稿_20250120.docx").is_file()


def test_it_is_the_text_that_was_written(
    example_line: Line, writer: Visitor, tmp_path: Path
) -> None:
    writer.fill("/reports/2024/start", {"报告标题": "{{year}}年工作报告"})
    target = tmp_path / "a.docx"
    assert example_line("draft", "2024", "-o", str(target)).exit_code == 0
    assert texts(opened(target.read_bytes()))[0] == "2024年工作报告"


def test_fonts_and_styles_can_be_chosen(example_line: Line, tmp_path: Path) -> None:
    own, target = tmp_path / "本单位.docx", tmp_path / "a.docx"
    own.write_bytes(own_document())
    assert example_line("draft", "2024", "-o", str(target), "--fonts", "系统自带").exit_code == 0
    assert "华文中宋" in opened(target.read_bytes()).styles.element.xml
    done = example_line("draft", "2024", "-o", str(target), "--style-from", str(own))
    assert done.exit_code == 0, done.output
    assert opened(target.read_bytes()).styles["Normal"].font.size.pt == 14


def test_a_final_needs_frozen_figures(example_line: Line, tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    said = refusal(example_line("draft", "2024", "-o", str(target), "--final"))
    assert "2024 年的数字还没有定稿" in said
    assert "tracker freeze 2024" in said
    assert not target.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"text", "不是 Word 文档"), (b"PK\x03\x04", "已损坏"), (b"PK" * 2**23, "请勿超过 10 MB")],
)
def test_a_style_document_that_is_none_is_refused_and_nothing_written(
    example_line: Line, tmp_path: Path, content: bytes, message: str
) -> None:
    own, target = tmp_path / "x.docx", tmp_path / "a.docx"
    own.write_bytes(content)
    target.write_bytes(b"before")
    refused = example_line("draft", "2024", "-o", str(target), "--style-from", str(own))
    assert message in refusal(refused)
    assert target.read_bytes() == b"before"


def test_marks_that_say_nothing_are_all_listed(
    example_line: Line, example: World, writer: Visitor, tmp_path: Path
) -> None:
    writer.fill("/reports/2024/start", {})
    with example.writing() as session:
        first, second = session.scalars(select(ReportSection).limit(2)).all()
        first.body = "开展{{outreach.event}}。"
        second.body = "出庭应诉率{{worklog.court_appearance.coverage_rate}}。"
    said = refusal(example_line("draft", "2024", "-o", str(tmp_path / "a.docx")))
    assert "2 处写不出来" in said
    assert "是不是 {{outreach.events}}" in said
    assert "无法统计" in said


def test_a_year_outside_the_calendar_is_wrong_usage(example_line: Line) -> None:
    assert example_line("draft", "1800").exit_code == 2
