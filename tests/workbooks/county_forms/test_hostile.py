"""Files and texts that mean harm."""

from __future__ import annotations

import html
import io
import time
import zipfile
from typing import Any

import pytest
from openpyxl.styles import Font

from tests.support import nasty
from tests.support.world import World
from tests.workbooks.county_forms.filled import filled
from tests.workbooks.county_forms.forms import county_form, opened, saved, small
from tracker.kernel.errors import TrackerError
from tracker.workbooks.county_forms import opening, work
from tracker.workbooks.county_forms.findings import Survey

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://127.0.0.1:9","x")', "＝1+1")


def values_of(text: str) -> dict[str, Any]:
    """One record with this title."""
    rows = [[["text", text]]]
    block = {"marks": ["{{title}}"], "common": {}, "rows": rows}
    return {"single": {"{{office}}": ["text", text]}, "blocks": [block]}


FORM = small({"A1": "{{office}}", "A2": "{{office}}：x", "A3": "{{#events}}{{title}}"})


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_person_typed_stays_text(world: World, text: str) -> None:
    world.an_event(text, "2024-02-10")
    sheet = filled(world, small({"A1": "{{#events}}{{title}}", "B1": "{{title}}！"}))["附表1"]
    assert (sheet["A1"].value, sheet["A1"].data_type) == (text, "s")
    assert (sheet["B1"].value, sheet["B1"].data_type) == (f"{text}！", "s")
    assert sheet["A1"].quotePrefix
    assert sheet["B1"].quotePrefix


def test_every_nasty_text_can_be_filled_in() -> None:
    for text in (each for each in nasty.ALL if isinstance(each, str)):
        made = work.fill(FORM, values_of(text.encode("utf-8", "ignore").decode() or "x"))
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            assert archive.testzip() is None
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_text_that_looks_like_a_mark_is_not_filled_again(world: World) -> None:
    world.an_event("{{outreach.events}}", "2024-02-10")
    world.an_event("{{#events}}{{title}}{{/events}}", "2024-03-10")
    sheet = filled(world, small({"A1": "{{#events}}{{title}}", "B1": "（{{title}}）"}))["附表1"]
    assert [c.value for c in sheet["A"]] == [
        "{{outreach.events}}",
        "{{#events}}{{title}}{{/events}}",
    ]
    assert sheet["B1"].value == "（{{outreach.events}}）"


def test_a_text_longer_than_a_cell_is_cut() -> None:
    form = small({"A1": "{{office}}" * 3, "A3": "{{#events}}{{title}}"})
    sheet = work.fill(form, values_of("𠀀" * 16_000))
    found = Survey.from_json(work.survey(sheet).decode())
    assert found.places == ()


def test_ampersands_in_a_footer_are_no_codes(world: World) -> None:
    made = work.fill(county_form(), every_value("A&B镇"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert "A&&B镇" in html.unescape(archive.read("xl/worksheets/sheet1.xml").decode())


def every_value(text: str) -> dict[str, Any]:
    """A text for every mark of the county's form."""
    survey = Survey.from_json(work.survey(county_form()).decode())
    single = {each.raw: ["text", text] for each in survey.places if each.block < 0}
    marks = sorted({each.raw for each in survey.places if each.block == 0})
    rows = [[["text", text]] * len(marks)]
    return {"single": single, "blocks": [{"marks": marks, "common": {}, "rows": rows}]}


# The child process


def changed(data: bytes, **parts: bytes) -> bytes:
    """A file with other parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            if name not in parts:
                made.writestr(name, source.read(name))
        for name, content in parts.items():
            made.writestr(name, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
FORMATS = (
    b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData/>"
)
FORMATS += 400_000 * b"<conditionalFormatting sqref='A1:XFD1048576'/>" + b"</worksheet>"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空的"),
        (b"%PDF-1.7 ...", "PDF"),
        ("单位,次数\n架桥镇,8\n".encode("gb18030"), "文本"),
        (b"PK\x03\x04 broken", "已损坏"),
        (county_form()[:-400], "已损坏"),
        (changed(county_form(), **{"xl/vbaProject.bin": b"\x00" * 50}), "宏"),
        (changed(county_form(), **{SHEET: ENTITY}), "外部实体"),
        (changed(county_form(), **{SHEET: b"<worksheet>" + b" " * 200_000_000}), "展开后太大"),
        (changed(county_form(), **{SHEET: b"<worksheet><sheetData></worksheet>"}), "已损坏"),
        (changed(county_form(), **{SHEET: FORMATS}), "请把要导入的内容复制到新的工作簿"),
    ],
    ids=[
        "empty",
        "pdf",
        "csv",
        "broken",
        "cut off",
        "macros",
        "entities",
        "bomb",
        "malformed",
        "very many formats",
    ],
)
def test_files_that_are_no_forms_are_refused(data: bytes, said: str) -> None:
    started = time.monotonic()
    with pytest.raises(TrackerError) as refused:
        opening.survey(data, "表.xlsx")
    assert said in refused.value.message.zh
    assert time.monotonic() - started < 10  # on a machine that does other things, too


def test_a_form_goes_through_the_child_process() -> None:
    survey = opening.survey(county_form(), "表.xlsx")
    assert survey == Survey.from_json(work.survey(county_form()).decode())
    made = opening.fill(county_form(), every_value("甲"))
    assert made.startswith(b"PK")


def test_a_cell_far_below_leaves_no_room() -> None:
    book = opened(FORM)
    book.active.cell(1_048_576, 1).font = Font(bold=True)
    values = values_of("x")
    values["blocks"][0]["rows"] *= 5
    with pytest.raises(work.NoRoom):
        work.fill(saved(book), values)
