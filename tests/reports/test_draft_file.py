"""The Word file of a draft: official form, annex, and on every page that it is one."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.reports.support import (
    annex,
    file_of,
    opened,
    shipped_report,
    texts,
    with_section,
    written,
)
from tests.support.world import World
from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words
from tracker.reports.drafting import FileLook
from tracker.reports.terms import FontSet


@pytest.fixture
def report(example: World) -> Any:
    return shipped_report(example)


@pytest.fixture
def document(report: Any) -> Any:
    return opened(file_of(report))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def fonts_of(style: Any) -> dict[str, str]:
    fonts = style.element.rPr.rFonts
    return {key.rpartition("}")[2]: value for key, value in fonts.attrib.items()}


def test_it_prints_what_the_report_says(report: Any, document: Any) -> None:
    found = texts(document)
    for line in written(report).split("\n"):
        assert line in found
    assert found[0] == "示例镇2024年法治政府建设年度报告"
    whole = "".join(found)
    for sentence in ("普法宣传活动8次", "参加群众1600多人", "3人通过执法资格考试"):
        assert sentence in whole


def test_the_page_is_that_of_the_standard(document: Any) -> None:
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(edge.mm) for edge in edges] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert grid.get(qn("w:linePitch")) == "579"


def test_text_and_headings_have_the_fonts_of_their_level(document: Any) -> None:
    expected = {
        "Title": ("方正小标宋简体", 22, Pt(35)),
        "Normal": ("仿宋_GB2312", 16, Pt(28.95)),
        "Heading 1": ("黑体", 16, Pt(28.95)),
        "Heading 2": ("楷体_GB2312", 16, Pt(28.95)),
        "Heading 3": ("仿宋_GB2312", 16, Pt(28.95)),
    }
    for name, (font, size, line) in expected.items():
        style = document.styles[name]
        assert fonts_of(style) == {
            "ascii": "Times New Roman",
            "hAnsi": "Times New Roman",
            "cs": "Times New Roman",
            "eastAsia": font,
        }
        assert style.font.size == Pt(size)
        assert style.paragraph_format.line_spacing == line
        assert style.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
        assert style.paragraph_format.keep_with_next is (True if "Heading" in name else None)
    indent = document.styles["Normal"].element.pPr.ind
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_the_fonts_of_windows_are_a_setting(report: Any) -> None:
    document = opened(file_of(report, look=FileLook(FontSet.SYSTEM)))
    assert fonts_of(document.styles["Title"])["eastAsia"] == "华文中宋"
    assert document.styles["Title"].font.bold
    assert fonts_of(document.styles["Heading 2"])["eastAsia"] == "楷体"
    assert fonts_of(document.styles["Normal"])["eastAsia"] == "仿宋"


def test_no_font_of_a_theme_is_named(report: Any) -> None:
    for name, content in parts(file_of(report)).items():
        if name in ("word/styles.xml", "word/document.xml"):
            assert b"Theme" not in content, name


def test_headings_are_headings_and_their_numbers_are_typed(document: Any) -> None:
    found = [(p.style.name, p.text) for p in document.paragraphs if "Heading" in p.style.name]
    assert found[0] == ("Heading 1", "一、主要举措和成效")
    assert found[1] == ("Heading 2", "（一）加强组织领导，压实法治建设责任")
    assert not document.element.body.findall(f".//{qn('w:numPr')}")


@pytest.mark.parametrize(("footer", "side"), [("footer", "right"), ("even_page_footer", "left")])
def test_odd_and_even_pages_are_numbered_on_their_outer_side(
    document: Any, footer: str, side: str
) -> None:
    assert document.settings.odd_and_even_pages_header_footer
    (paragraph,) = getattr(document.sections[0], footer).paragraphs
    assert paragraph.text == "— 1 —"
    assert "PAGE" in paragraph._p.xml
    assert paragraph.style.element.pPr.jc.get(qn("w:val")) == side
    assert paragraph._p.pPr.ind.get(qn(f"w:{side}Chars")) == "100"
    assert fonts_of(paragraph.style)["eastAsia"] == "宋体"
    assert paragraph.style.font.size == Pt(14)


def headers(document: Any) -> set[str]:
    (section,) = document.sections
    found = [section.header, section.even_page_header]
    return {p.text for header in found for p in header.paragraphs}


def test_every_page_of_a_draft_says_that_its_figures_are_not_frozen(document: Any) -> None:
    assert headers(document) == {"草稿 · 数字未定稿"}


def test_the_signature_ends_the_text(document: Any) -> None:
    found = texts(document)
    end = found.index("附件")
    assert found[end - 2 : end] == ["示例镇", "2025年1月20日"]
    office, day = document.paragraphs[end - 2 : end]
    assert day._p.pPr.ind.get(qn("w:rightChars")) == "400"
    # Centred over the date, which is six characters and a half wide.
    assert int(office._p.pPr.ind.get(qn("w:rightChars"))) == pytest.approx(400 + 350 / 2, abs=30)
    assert document.paragraphs[end].paragraph_format.page_break_before


def test_the_annex_names_every_figure_of_the_text(report: Any, document: Any) -> None:
    rows = annex(document)
    assert len(rows) == len(report.composed.keys) > 30
    people = rows["普法宣传参加人次"]
    assert people["正文说法"] == "1600多人"
    assert people["准确数值"] == "1643人次"
    assert people["记录数"] == "8条"
    assert people["口径"].startswith("本年度已举办活动的现场参加人次之和")
    assert people["统计方式和计数依据"].startswith("本年发生；签到")
    assert rows["执法人员持证率"]["准确数值"] == "100%"
    assert rows["配备法律顾问的村（社区）"]["统计方式和计数依据"] == "期末状态"
    found = texts(document)
    assert "数据说明" in found
    assert "数据编号：未定稿" in found
    assert any("尚未定稿" in text and "2025年1月20日的台账" in text for text in found)


def test_a_figure_said_in_two_ways_has_both_in_the_annex(report: Any) -> None:
    longer = with_section(report, "现场参加{{outreach.person_times|确数}}。")
    rows = annex(opened(file_of(longer)))
    assert rows["普法宣传参加人次"]["正文说法"] == "1600多人、1643人次"


def test_what_is_missing_stands_before_the_annex(report: Any) -> None:
    missing = [Words("活动 PF-2024-003 没有登记人次", "x"), Words("两名干部没有成绩", "y")]
    found = texts(opened(file_of(report, missing=missing)))
    place = found.index("以下2项尚缺或待核对：")
    listed = found[place + 1 : place + 3]
    assert listed == ["1. 活动 PF-2024-003 没有登记人次", "2. 两名干部没有成绩"]


def test_a_year_without_records_is_drafted_too(world: World) -> None:
    document = opened(file_of(shipped_report(world)))
    assert "一、主要举措和成效" in texts(document)
    assert not document.tables


def test_the_same_report_is_the_same_bytes(report: Any) -> None:
    data = file_of(report)
    assert file_of(report) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_carries_its_title_and_office_and_nothing_else(report: Any) -> None:
    data = file_of(report)
    properties = opened(data).core_properties
    assert properties.title == "示例镇2024年法治政府建设年度报告"
    assert properties.author == "示例镇"
    assert properties.created.date().isoformat() == "2025-01-20"
    names = set(parts(data))
    assert not [name for name in names if re.search("vba|macro|customXml|thumbnail|\\.bin", name)]
    assert b"python-docx" not in b"".join(parts(data).values())


def test_every_part_is_sound_xml(report: Any) -> None:
    for name, content in parts(file_of(report)).items():
        assert fromstring(content) is not None, name


def test_a_mark_that_says_nothing_refuses_the_file(report: Any) -> None:
    wrong = with_section(report, "第一句。全年开展{{outreach.event}}。", "补充")
    with pytest.raises(TrackerError) as refused:
        file_of(wrong)
    said = refused.value.message.zh
    assert "1 处写不出来" in said
    assert "〔五、补充〕“全年开展{{outreach.event}}。”" in said
    assert "{{outreach.events}}" in said


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "&amp; < > \" ' ]]>",
        "𠮷田🎉",
        "=1+1",
        "a\tb",
        "\u202e反向",
        "零\u200b宽",
    ],
)
def test_hostile_text_is_text(report: Any, text: str) -> None:
    found = texts(opened(file_of(with_section(report, f"甲{text}乙"))))
    (line,) = [each for each in found if each.startswith("甲") and each.endswith("乙")]
    assert "".join(line.split()) == "甲" + re.sub("[\u202e\u200b\\s]", "", text) + "乙"


def test_a_very_long_report_is_written(report: Any) -> None:
    longer = report
    for number in range(20):
        longer = with_section(longer, "字" * 20_000, f"第{number}节", 2)
    assert len(opened(file_of(longer)).paragraphs) > 60


def test_control_characters_do_not_break_the_file(report: Any) -> None:
    signed = replace(report.composed, signed_by="甲\x00乙\x0b丙" * 100)
    found = texts(opened(file_of(replace(report, composed=signed))))
    assert "甲乙丙" * 100 in found
