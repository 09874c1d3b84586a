"""Styles of an office's own document: taken where it is one, refused with a reason where not."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.reports.support import file_of, opened, shipped_report, texts
from tests.support.world import World
from tracker.kernel.errors import TrackerError
from tracker.reports.docx import supplied
from tracker.reports.docx.supplied import supplied_by
from tracker.reports.drafting import FileLook

STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:styles>'
)


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def own_document() -> bytes:
    """A document whose text is 14 pt and whose chapters are red and centred."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name = "Arial"
    normal.font.size = Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "华文仿宋")
    document.styles["Heading 1"].font.size = Pt(20)
    document.add_paragraph("本单位内部的文字，不应出现")
    return saved(document)


def changed(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The package with some parts changed, added or taken away."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in source.namelist():
            if name not in changes:
                archive.writestr(name, source.read(name))
        for name, content in changes.items():
            if content is not None:
                archive.writestr(name, content)
    return target.getvalue()


def test_text_and_headings_look_as_in_the_offices_document(example: World) -> None:
    look = FileLook(styles=supplied_by(own_document()))
    document = opened(file_of(shipped_report(example), look=look))
    normal = document.styles["Normal"]
    assert normal.font.size == Pt(14)
    assert normal.element.rPr.rFonts.get(qn("w:eastAsia")) == "华文仿宋"
    heading = next(p for p in document.paragraphs if p.text == "一、主要举措和成效")
    assert heading.style.font.size == Pt(20)
    assert "本单位内部的文字，不应出现" not in texts(document)
    (section,) = document.sections
    assert round(section.top_margin.mm) == 37


def test_a_text_style_without_an_indent_is_drawn_in_all_the_same(example: World) -> None:
    look = FileLook(styles=supplied_by(own_document()))
    document = opened(file_of(shipped_report(example), look=look))
    text = next(p for p in document.paragraphs if p.text.startswith("2024年，"))
    assert text._p.pPr.ind.get(qn("w:firstLineChars")) == "200"


def test_our_own_file_can_supply_its_styles(example: World) -> None:
    data = file_of(shipped_report(example))
    found = supplied_by(data)
    assert set(found.ids) == {"Normal", "Title", "Heading1", "Heading2", "Heading3"}
    again = opened(file_of(shipped_report(example), look=FileLook(styles=found)))
    assert texts(again) == texts(opened(data))


def test_styles_are_kept_as_text(example: World) -> None:
    found = supplied_by(own_document())
    assert supplied.from_json(supplied.to_json(found)) == found


def test_fonts_of_a_theme_are_named(example: World) -> None:
    found = supplied_by(saved(Document()))
    kept = "".join([found.defaults, *found.styles])
    assert "Theme" not in kept
    assert 'w:ascii="' in kept


def test_numbering_of_headings_is_left_behind() -> None:
    numbered = STYLES.format(
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    )
    data = changed(own_document(), {"word/styles.xml": numbered.encode()})
    found = supplied_by(data)
    assert found.ids == {"Normal": "a", "Heading1": "1"}
    assert "numPr" not in "".join(found.styles)


def test_styles_that_rest_on_themselves_end() -> None:
    circle = STYLES.format(
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/>'
        '<w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b">'
        '<w:name w:val="x"/><w:basedOn w:val="a"/></w:style>'
    )
    found = supplied_by(changed(own_document(), {"word/styles.xml": circle.encode()}))
    assert found.taken == {"a", "b"}


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "b">]><w:styles xmlns:w="x">&a;</w:styles>'


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (b"", "不是 Word 文档"),
        ("只是文字".encode(), "不是 Word 文档"),
        (b"PK\x03\x04not a zip", "文档已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧格式"),
        (b"PK" + b"\0" * (supplied.MOST_BYTES + 1), "请勿超过 10 MB"),
        (own_document()[:-200], "文档已损坏"),
        (changed(own_document(), {"word/document.xml": None}), "不是 Word 文档"),
        (changed(own_document(), {"word/styles.xml": None}), "文档已损坏"),
        (changed(own_document(), {"word/styles.xml": b"<w:styles"}), "文档已损坏"),
        (changed(own_document(), {"word/styles.xml": DOCTYPE}), "文档已损坏"),
        (changed(own_document(), {"word/vbaProject.bin": b"x"}), "带有宏"),
        (
            changed(
                own_document(),
                {"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"},
            ),
            "带有宏",
        ),
        (changed(own_document(), {"word/styles.xml": b" " * (5 * 2**20)}), "解压后过大"),
        (
            changed(own_document(), {f"word/media/{n}.xml": b"x" for n in range(2100)}),
            "解压后过大",
        ),
    ],
    ids=range(14),
)
def test_what_is_no_such_document_is_refused_with_the_reason(data: bytes, refused: str) -> None:
    with pytest.raises(TrackerError) as error:
        supplied_by(data)
    assert refused in error.value.message.zh
