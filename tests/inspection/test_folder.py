"""The folder for an inspection: complete, in order, equal to the figures, readable everywhere."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from tests.evidence.support import add, kept, store_of
from tests.support import pictures
from tests.support.command_line import Line
from tests.support.example import example_office, example_visitor
from tests.support.page import Visitor
from tests.support.world import World
from tracker.figures.members import plain_figure
from tracker.inspection.names import safe
from tracker.outreach.terms import EventState

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n"
WINDOWS = re.compile(r'[\\:*?"<>|\x00-\x1f]')


@pytest.fixture(scope="module")
def example(template_folders: tuple[Path, Path], tmp_path_factory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("example") / "instance"
    with example_office(template_folders[0], folder, ugly=False) as app:
        yield app


@pytest.fixture(scope="module")
def folder(example: Flask) -> zipfile.ZipFile:
    """The example township's folder of 2024, by one press on the year's page."""
    visitor = example_visitor(example)
    page = visitor.get("/yearbook/2024")
    answer = visitor.client.get(page.links["迎检资料包"])
    assert answer.status_code == 200
    assert "%E8%BF%8E%E6%A3%80" in answer.headers["Content-Disposition"]
    return zipfile.ZipFile(BytesIO(answer.data))


@pytest.mark.parametrize(
    ("record_type", "lacks"),
    [
        ("adviser_visit", "服务记录单"),
        ("adviser_assignment", "合同（聘书）"),
        ("certificate", "证件复印件"),
        ("exam_sitting", "成绩单（名单）"),
        ("worklog_entry", ""),
        ("village", ""),
    ],
)
def test_files_are_put_on_every_kind_of_record(example: Flask, record_type: str, lacks: str):
    """By the one panel of all records' pages, which says what this kind should have."""
    visitor = example_visitor(example)
    before = visitor.get(f"/evidence/{record_type}/1/new")
    shown = add(visitor, 1, ("附件.pdf", PDF), record_type=record_type)
    number = re.search(r"\b[A-Z]+-[0-9]{4}-[0-9]+ \S+", before.text)
    assert number
    assert number[0].partition(" ")[0] in shown.text
    assert "Words(" not in before.text
    assert "附件.pdf" in shown.text
    if lacks:
        assert before.value("材料类别")
        assert f"{lacks} 应有 1，已有 1 已齐" in " ".join(shown.text.split())


def index_rows(folder: zipfile.ZipFile) -> list[list[str]]:
    book = load_workbook(BytesIO(folder.read("00 目录.xlsx")))
    rows = [[str(cell or "") for cell in row] for row in book.worksheets[0].values]
    start = next(n for n, row in enumerate(rows) if row[0] == "序号") + 1
    return [row for row in rows[start:] if row[0].isdigit()]


def test_report_figures_and_data_stand_in_front(folder: zipfile.ZipFile):
    assert folder.testzip() is None
    assert folder.namelist()[:4] == [
        "00 目录.xlsx",
        "01 2024年度报告（草稿）.docx",
        "02 2024年终汇总.xlsx",
        "03 2024年现时数据（尚未定稿）.json",
    ]


def test_every_record_that_counts_is_in_it_once(example: Flask, folder: zipfile.ZipFile):
    data = json.loads(folder.read("03 2024年现时数据（尚未定稿）.json"))
    listed = {each["number"]: each for each in data["records"]}
    assert len(listed) == len(data["records"])
    world = World(example, 1)
    said = {each["key"]: each["records"] for each in data["figures"]}
    for figure in world.figures():
        counted = {record.number for record in world.members_of(figure.key)}
        key = plain_figure(figure).key
        assert counted == {n for n, each in listed.items() if key in each["figures"]}, key
        assert said[figure.key] == len(counted)
    events = [each for each in data["records"] if "outreach.events" in each["figures"]]
    assert len(events) == 8
    in_index = {row[2] for row in index_rows(folder) if row[2]}
    assert in_index == set(listed)


def test_the_index_names_each_file_and_what_is_missing(folder: zipfile.ZipFile):
    rows = index_rows(folder)
    named = {row[6] for row in rows if row[7] and not row[6].startswith("0")}
    named |= {row[6] for row in rows if re.match(r"0[4-9] ", row[6])}
    assert named == {name for name in folder.namelist() if "/" in name}
    missing = [(row[2], row[5]) for row in rows if row[6] == "缺"]
    assert ("PF-2024-006", "照片") in missing
    assert ("PF-2024-005", "照片") not in missing
    assert ("PF-2024-001", "信息简报（总结）") in missing


def test_names_are_readable_and_safe_on_windows(folder: zipfile.ZipFile):
    for entry in folder.infolist():
        assert len(entry.filename) < 200
        assert not WINDOWS.search(entry.filename), entry.filename
        assert entry.flag_bits & 0x800 or entry.filename.isascii()
        for part in entry.filename.split("/"):
            assert part == part.strip(" .")
    assert any(
        "PF-2024-005 2024-06-26 “6·26”国际禁毒日集中宣传/照片1" in n for n in folder.namelist()
    )


def test_the_command_line_writes_the_same_names(
    world: World, page: Visitor, line: Line, tmp_path: Path
):
    event = world.an_event("禁毒宣传", "2024-06-26", headcount=30)
    add(page, event.id, ("a.jpg", pictures.photo()), caption="赶集:现场?")
    result = line("folder", "2024", "-o", str(tmp_path / "a.zip"))
    assert result.exit_code == 0, result.output
    line("folder", "2024", "-o", str(tmp_path / "b.zip"))
    one, two = (zipfile.ZipFile(tmp_path / name) for name in ("a.zip", "b.zip"))
    assert one.namelist() == two.namelist()
    assert one.namelist()[-1].endswith("/照片1 赶集-现场-.jpg")
    one.close()
    two.close()


def test_a_frozen_years_folder_holds_what_counted_then(
    world: World, page: Visitor, line: Line, tmp_path
):
    event = world.an_event("禁毒宣传", "2024-06-26", headcount=30)
    add(page, event.id, ("a.jpg", pictures.photo()))
    assert line("freeze", "2024").exit_code == 0
    world.an_event("后来补登的", "2024-07-01", headcount=5)
    assert line("folder", "2024", "-o", str(tmp_path / "a.zip")).exit_code == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        data = json.loads(archive.read("03 2024年定稿数据.json"))
        titles = [each["title"] for each in data["records"]]
    assert "禁毒宣传" in titles
    assert "后来补登的" not in titles


def test_a_file_that_is_lost_is_named_and_the_rest_is_there(
    world: World, page: Visitor, line: Line, tmp_path
):

    event = world.an_event("禁毒宣传", "2024-06-26", headcount=30)
    add(page, event.id, ("a.jpg", pictures.photo()), ("b.jpg", pictures.photo()))
    lost = kept(world)[0]
    store_of(world).path(lost.sha256, lost.media_type).unlink()
    assert line("folder", "2024", "-o", str(tmp_path / "a.zip")).exit_code == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert sum("照片" in name for name in archive.namelist()) == 1
        [row] = [row for row in index_rows(archive) if "不见了" in row[6]]
    assert row[7] == lost.sha256


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("赶集: 现场?", "赶集- 现场-"),
        ("con", "_con"),
        ("COM1.甲", "_COM1.甲"),
        ("consul", "consul"),
        ("末尾. . ", "末尾"),
        ("\u202e倒写\x00", "倒写"),
        ("…", "…"),
        (" ", "未命名"),
        ("长" * 100, "长" * 59 + "…"),
    ],
)
def test_names_that_no_system_takes_are_mended(name: str, wanted: str):
    assert safe(name) == wanted


def test_missing_evidence_is_one_finding_for_each_kind(world: World, page: Visitor):
    for day in range(1, 8):
        world.an_event(f"第{day}场", f"2024-06-{day:02d}", headcount=30)
    shown = page.get("/yearbook/2024/closing")
    photos = "「普法宣传活动」计入数字的 7 条中，有 7 条缺照片"
    assert photos in shown.text
    assert list(shown.links).count(photos) == 1
    listed = page.get(shown.links[photos])
    assert len(listed.rows) == 7
    one = page.click(listed, "PF-2024-001")
    assert "缺 2" in one.text


def test_what_is_added_is_no_longer_missing(world: World, page: Visitor):
    event = world.an_event("禁毒宣传", "2024-06-26", headcount=30)
    add(page, event.id, ("a.jpg", pictures.photo()))
    assert "照片 应有 2，已有 1" in " ".join(page.get(f"/outreach/events/{event.id}").text.split())
    add(page, event.id, ("b.jpg", pictures.photo()))
    assert "缺照片" not in page.get("/yearbook/2024/closing").text
    assert page.get("/inspection/2024/missing/outreach_event/photo").rows == []


def test_planned_and_voided_events_lack_nothing(world: World, page: Visitor):
    world.an_event("计划", "2024-12-30", state=EventState.PLANNED)
    world.void(world.an_event("重复", "2024-06-26", headcount=30))
    assert "缺照片" not in page.get("/yearbook/2024/closing").text


def test_the_list_of_events_shows_those_that_lack_evidence(world: World, page: Visitor):
    lacking = world.an_event("缺照片的", "2024-06-26", headcount=30)
    full = world.an_event("照片齐的", "2024-06-27", headcount=30)
    for name in ("a.jpg", "b.jpg"):
        add(page, full.id, (name, pictures.photo()))
    by_photo = page.get("/outreach/events/?lacks=photo")
    assert [row[0] for row in by_photo.rows] == [lacking.title]
    assert "佐证：缺照片" in by_photo.text
    assert len(page.get("/outreach/events/?lacks=any").rows) == 2
