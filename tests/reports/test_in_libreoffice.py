"""LibreOffice prints the draft: 22 lines a page, 28 characters a line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.reports.rendering import READY, pages_of
from tests.reports.support import file_of, shipped_report, with_section
from tests.support.world import World

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not READY, reason="LibreOffice or pdftotext is not there"),
]

MARK = "草稿 · 数字未定稿"
NUMBER = re.compile(r"— ?\d+ ?—")


def body(page: list[str]) -> list[str]:
    """A page's lines without what stands above and below the type area."""
    assert page[0] == MARK
    assert NUMBER.fullmatch(page[-1])
    return page[1:-1]


def test_the_example_year_is_printed_after_the_standard(example: World, tmp_path: Path) -> None:
    # Some chapters more, for several pages that are full.
    report = shipped_report(example)
    for _ in range(3):
        report = with_section(report, "法" * 900)
    pages = [page for page in pages_of(file_of(report), tmp_path) if page]
    end = next(n for n, page in enumerate(pages) if "附件" in page)
    text = [body(page) for page in pages[:end]]
    assert max(map(len, text)) == 22
    assert sum(len(page) == 22 for page in text) >= 3
    lines = [line for page in text for line in page]
    full = [line for line in lines if re.fullmatch("法+", line)]
    assert {len(line) for line in full if len(line) > 26} == {28}
    # Nothing is wider, but for a mark that hangs out at the end of a line.
    only_han = [line for line in lines if re.fullmatch("[\u4e00-\u9fff，。、；：（）“”]+", line)]
    assert max(len(line.rstrip("，。、；：")) for line in only_han) == 28
    whole = "".join(re.sub(r"\s", "", line) for line in lines)
    for sentence in ("普法宣传活动8次", "参加群众1600多人", "3人通过执法资格考试"):
        assert sentence in whole


def test_every_page_says_that_it_is_a_draft(example: World, tmp_path: Path) -> None:
    pages = [page for page in pages_of(file_of(shipped_report(example)), tmp_path) if page]
    assert len(pages) > 6
    assert all(page[0] == MARK for page in pages)
    assert [re.sub(r"\D", "", page[-1]) for page in pages] == [
        str(n) for n in range(1, len(pages) + 1)
    ]
