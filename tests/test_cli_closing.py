"""Closing a year on the command line: readiness, freeze, changes, and what the pages say of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import text

from tests.support.command_line import Line, refusal
from tests.support.page import Visitor
from tests.support.world import World
from tracker.offices.terms import OfficeLevel


def said(line: Line, *words: str) -> Any:
    """What a command prints as JSON."""
    result = line(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def eight(world: World) -> None:
    for month in range(1, 9):
        world.an_event(f"普法赶集{month}", f"2024-0{month}-12", headcount=205)


def values(document: Any) -> dict[str, Any]:
    return {each["key"]: each["value"] for each in document["figures"]}


def test_freezing_keeps_the_figures_and_names_what_changed(eight, world: World, line: Line):
    before = said(line, "figures", "2024")
    assert before["frozen"] is False
    frozen = said(line, "freeze", "2024")
    assert frozen["number"] == "DG-2024-001"
    world.an_event("秋收普法", "2024-11-12", headcount=60)
    after = said(line, "figures", "2024")
    assert after["frozen"] is True
    assert after["figures"] == before["figures"]
    assert values(said(line, "figures", "2024", "--present"))["outreach.events"] == 9

    changes = {each["figure"]: each for each in said(line, "changes", "2024")["changes"]}
    events = changes["outreach.events"]
    assert (events["frozen"], events["present"], events["difference"]) == (8, 9, 1)
    [record] = events["records"]
    assert record["title"] == "秋收普法"
    assert record["number"] == "PF-2024-009"
    assert record["change"] == "added"
    assert (record["frozen"], record["present"], record["difference"]) == (None, 1, 1)
    assert changes["outreach.person_times"]["difference"] == 60
    assert changes["outreach.person_times"]["present_phrase"] == "1700人"


def test_the_command_line_opens_a_frozen_figure_as_the_page_does(
    eight, world: World, line: Line, page: Visitor
):
    said(line, "freeze", "2024")
    world.an_event("秋收普法", "2024-11-12", headcount=60)
    by_page = page.get("/api/figures/2024/outreach.events").json
    by_line = said(line, "figures", "2024", "--records", "outreach.events")
    assert by_line["records"] == by_page["records"]
    assert by_line["left_out"] == by_page["left_out"]
    assert len(by_line["records"]) == 8
    assert [each["title"] for each in by_line["left_out"]] == ["秋收普法"]
    assert [each["reason"] for each in by_line["left_out"]] == ["定稿时未计入"]


def test_an_import_after_the_freeze_is_named_by_record(
    eight, world: World, line: Line, tmp_path: Path
):
    said(line, "freeze", "2024")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["活动名称", "开始日期", "参加人次"])
    sheet.append(["送法进村", "2024-10-08", 45])
    sheet.append(["普法赶集3", "2024-03-12", 215])
    ledger = tmp_path / "台账.xlsx"
    book.save(ledger)
    result = line("import", str(ledger), "--register", "events", "--on-existing", "update")
    assert result.exit_code == 0, result.output
    changes = {each["figure"]: each for each in said(line, "changes", "2024")["changes"]}
    records = {each["title"]: each for each in changes["outreach.person_times"]["records"]}
    assert records["送法进村"]["difference"] == 45
    assert records["普法赶集3"]["difference"] == 10
    assert changes["outreach.person_times"]["difference"] == 55


def test_a_year_without_changes_is_not_frozen_twice(eight, line: Line):
    said(line, "freeze", "2024")
    assert said(line, "changes", "2024")["changes"] == []
    assert "没有变化" in refusal(line("freeze", "2024"))


def test_a_year_is_frozen_again_after_changes(eight, world: World, line: Line):
    said(line, "freeze", "2024")
    world.an_event("秋收普法", "2024-11-12", headcount=60)
    assert said(line, "freeze", "2024", "--note", "补登")["number"] == "DG-2024-002"
    assert values(said(line, "figures", "2024"))["outreach.events"] == 9


def test_changes_of_a_year_that_is_not_frozen_are_refused(eight, line: Line):
    assert "还没有定稿" in refusal(line("changes", "2024"))


def test_a_year_that_has_not_begun_is_not_frozen(line: Line):
    assert "还没有开始" in refusal(line("freeze", "2026"))


def test_a_running_year_is_frozen_as_at_today(world: World, line: Line):
    world.an_event(on="2025-01-10", headcount=30)
    assert said(line, "freeze", "2025")["as_at"] == "2025-01-20"


def test_what_is_open_is_kept_with_the_frozen_set(world: World, line: Line):
    world.an_event("没清点", "2024-06-26")
    findings = said(line, "ready", "2024")["findings"]
    assert {each["code"] for each in findings} >= {"outreach.no_headcount"}
    frozen = said(line, "freeze", "2024")
    assert frozen["open_findings"] == len(findings)
    assert frozen["findings"] == findings


def test_a_county_freezes_its_own_year_over_its_townships(world: World, line: Line):
    county = world.an_office("示例县", "430799", level=OfficeLevel.COUNTY)
    town = world.an_office("下辖镇", "430799001", under=county)
    world.an_event("镇里的活动", "2024-05-01", headcount=30, office=town)
    said(line, "freeze", "2024", "--office", "430799")
    world.an_event("又一场", "2024-06-01", headcount=30, office=town)
    assert values(said(line, "figures", "2024", "--office", "430799"))["outreach.events"] == 1
    assert values(said(line, "figures", "2024", "--office", "430799001"))["outreach.events"] == 2
    [change] = [
        each
        for each in said(line, "changes", "2024", "--office", "430799")["changes"]
        if each["figure"] == "outreach.events"
    ]
    assert [record["title"] for record in change["records"]] == ["又一场"]


def test_doctor_finds_a_frozen_set_that_was_tampered_with(eight, world: World, line: Line):
    said(line, "freeze", "2024")
    assert line("doctor").exit_code == 0
    with world.writing() as session:
        on_sqlite = session.get_bind().dialect.name == "sqlite"
        session.execute(
            text(
                "DROP TRIGGER frozen_figure_no_update"
                if on_sqlite
                else "ALTER TABLE frozen_figure DISABLE TRIGGER USER"
            )
        )
        session.execute(
            text("UPDATE frozen_figure SET value_text = '9' WHERE key = 'outreach.events'")
        )
    result = line("doctor")
    assert result.exit_code == 1
    assert "DG-2024-001" in result.output
