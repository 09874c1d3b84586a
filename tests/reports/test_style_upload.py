"""An office's own document as the report's style sheet, in the browser."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.reports.support import opened
from tests.reports.test_pages import begin
from tests.reports.test_supplied_styles import changed, own_document
from tests.support.page import Page, Visitor


def send(person: Visitor, data: bytes, name: str = "红头.docx", status: int = 200) -> Page:
    form = person.get("/reports/2024/edit").form("保存")
    entries: dict[str, Any] = {**form.filled({}), "styles": (io.BytesIO(data), name)}
    answer = person.client.post(form.action, data=entries, content_type="multipart/form-data")
    return person._follow(answer, status)


def size_of_text(person: Visitor) -> float:
    data = person.client.get("/reports/2024/draft.docx").data
    size: float = opened(data).styles["Normal"].font.size.pt
    return size


def test_styles_are_taken_named_and_taken_away_again(writer: Visitor) -> None:
    begin(writer)
    send(writer, own_document())
    assert "现在用的样式文件：红头.docx" in writer.get("/reports/2024/edit").text
    assert size_of_text(writer) == 14
    writer.fill("/reports/2024/edit", {"署名": "示例镇人民政府"})
    assert size_of_text(writer) == 14
    writer.fill("/reports/2024/edit", {"drop_styles": "y"})
    assert size_of_text(writer) == 16


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no document", "这不是 Word 文档"),
        (changed(own_document(), {"word/vbaProject.bin": b"x"}), "带有宏"),
        (b"PK" + b"\0" * (10 * 2**20), "请勿超过 10 MB"),
    ],
)
def test_what_is_no_such_document_is_refused_and_nothing_lost(
    writer: Visitor, data: bytes, message: str
) -> None:
    begin(writer)
    send(writer, own_document())
    page = send(writer, data, status=422)
    assert message in page.error_beside("样式文件")
    assert page.value("署名") == "示例镇"
    assert size_of_text(writer) == 14


def test_a_file_of_100_mib_is_answered_with_a_page(writer: Visitor) -> None:
    begin(writer)
    page = send(writer, b"\0" * (100 * 2**20), status=413)
    assert page.h1
    assert size_of_text(writer) == 16
