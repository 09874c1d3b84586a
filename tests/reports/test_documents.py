"""The text of a report that comes in, and what is refused with which words."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.making import TYPES, document, docx, paragraph, report, zipped
from tracker.kernel.errors import TrackerError
from tracker.reports.checking import documents

SENTENCE = "全年开展普法宣传活动8次，宣传普及人数达1600多人。"


def refusal(data: bytes) -> str:
    """Why a file is refused."""
    with pytest.raises(TrackerError) as refused:
        documents.text_of(data)
    return refused.value.message.zh


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_text_is_read_in_the_encodings_of_chinese_computers(encoding: str):
    data = SENTENCE.encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    elif encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    assert documents.text_of(data) == SENTENCE


def test_paragraphs_of_a_document_are_lines():
    assert documents.text_of(report("一、学法", SENTENCE)) == f"一、学法\n{SENTENCE}"


def test_runs_of_one_paragraph_are_one_line():
    body = (
        "<w:p><w:r><w:t>开展活动</w:t></w:r><w:r><w:t>8</w:t></w:r><w:r><w:t>次</w:t></w:r></w:p>"
    )
    assert documents.text_of(docx(body)) == "开展活动8次"


def test_tables_text_boxes_and_footnotes_are_read():
    box = (
        "<w:p><w:r><w:t>外面</w:t><w:pict><w:txbxContent>"
        + paragraph("框里3名")
        + "</w:txbxContent></w:pict></w:r></w:p>"
    )
    table = (
        f"<w:tbl><w:tr><w:tc>{paragraph('活动')}</w:tc>"
        f"<w:tc>{paragraph('8次')}</w:tc></w:tr></w:tbl>"
    )
    notes = document(paragraph("注：另有2场")).replace("w:document", "w:footnotes")
    data = docx(box + table, **{"word/footnotes.xml": notes})
    assert documents.text_of(data).split("\n") == ["框里3名", "外面", "活动", "8次", "注：另有2场"]


def test_what_was_deleted_and_the_copy_for_old_programs_are_not_read():
    body = (
        "<w:p><w:del><w:r><w:delText>9</w:delText><w:t>9</w:t></w:r></w:del><w:r><w:t>8次</w:t></w:r></w:p>"
        "<w:p><Choice><w:r><w:t>一</w:t></w:r></Choice><Fallback><w:r><w:t>一</w:t></w:r></Fallback></w:p>"
    )
    assert documents.text_of(docx(body)) == "8次\n一"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "文件是空的"),
        (b"x" * (documents.MOST_BYTES + 1), "超过 20 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "旧格式的 .doc"),
        (b"%PDF-1.7", "PDF 文档"),
        (b"{\\rtf1", "RTF 文档"),
        (b"\x89PNG\r\n", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"PK\x03\x04 and no more", "打不开"),
        (bytes(range(256)), "认不出这个文件的文字编码"),
        (b"   \n ", "没有文字"),
        (report(""), "没有文字"),
        (report(SENTENCE)[:-40], "打不开"),
        (zipped({"a.txt": "8次"}), "压缩包"),
        (zipped({"xl/workbook.xml": "<a/>"}), "Excel 工作簿"),
        (docx(paragraph("8次"), **{"word/vbaProject.bin": b"macro"}), "有宏"),
        (
            zipped(
                {
                    "[Content_Types].xml": TYPES.replace(
                        "openxmlformats-officedocument.wordprocessingml.document.main",
                        "ms-word.document.macroEnabled.main",
                    ),
                    "word/document.xml": document(paragraph("8次")),
                }
            ),
            "有宏",
        ),
        (zipped({"word/document.xml": "<w:document"}), "打不开"),
        (zipped({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "外部实体"),
        (
            zipped({"word/document.xml": "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"}),
            "外部实体",
        ),
        (zipped({"word/document.xml": "<a/>".encode("utf-16")}), "内部编码"),
        (docx("<w:p><w:t>" + "8" * 3_000_000 + "</w:t></w:p>"), "展开后太大"),
        (zipped({"word/document.xml": "<a>" + " " * 100_000_000}), "展开后太大"),
    ],
)
def test_what_is_no_report_is_refused_with_what_to_do(data: bytes, why: str):
    assert why in refusal(data)


def test_deep_nesting_is_no_trouble():
    body = "<w:sdt>" * 20_000 + paragraph("8次") + "</w:sdt>" * 20_000
    assert documents.text_of(docx(body)) == "8次"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes):
    for beginning in (b"", b"PK\x03\x04"):
        with suppress(TrackerError):
            assert documents.text_of(beginning + data).strip()


@given(st.integers(min_value=0, max_value=2000), st.integers(min_value=0, max_value=255))
def test_a_document_with_a_wrong_byte_is_read_or_refused(place: int, byte: int):
    data = bytearray(report("一、学法", SENTENCE))
    data[place % len(data)] = byte
    with suppress(TrackerError):
        assert documents.text_of(bytes(data)).strip()
