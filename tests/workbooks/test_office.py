"""LibreOffice opens the workbooks and works them out by itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.world import World
from tests.workbooks.support import tally

SOFFICE = shutil.which("soffice")

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not there"),
]


def converted(path: Path, to: str, folder: Path) -> Path:
    """The file as LibreOffice writes it again."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    out = folder / "out"
    command = [SOFFICE or "", f"-env:UserInstallation={home.as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", to, "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
        env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
    )
    return out / f"{path.stem}.{to}"


def worked_out(book: Any, folder: Path) -> Any:
    """The workbook with the results that LibreOffice stores in it."""
    path = folder / "tally.xlsx"
    book.save(path)
    return load_workbook(converted(path, "xlsx", folder), data_only=True)


def verdicts(book: Any, check: str = "校核") -> dict[str, str]:
    return {row[8]: row[6] for row in book[check].iter_rows(min_row=4, values_only=True) if row[8]}


def test_the_check_sheet_finds_every_figure_in_agreement(example: World, tmp_path: Path) -> None:
    book = worked_out(tally(example), tmp_path)
    found = verdicts(book)
    assert set(example.readings()) <= set(found)
    assert set(found.values()) == {"一致"}
    for row in book["校核"].iter_rows(min_row=4, max_row=3 + len(found), values_only=True):
        if isinstance(row[3], int | float):
            assert row[4] == pytest.approx(row[3], abs=0.00005), row[8]
            assert row[5] == pytest.approx(0, abs=0.00005), row[8]
        else:
            assert row[4] == row[3] == "无法统计", row[8]
    assert "全部一致" in [cell.value for cell in book["校核"]["A"]]


def test_the_check_sheet_names_the_figure_whose_record_was_changed(
    example: World, tmp_path: Path
) -> None:
    changed = tally(example)
    sheet = changed["普法宣传活动"]
    heads = [cell.value for cell in sheet[3]]
    column = heads.index("计入：普法宣传参加人次") + 1
    sheet.cell(4, column).value = (sheet.cell(4, column).value or 0) + 1
    book = worked_out(changed, tmp_path)
    wrong = [code for code, verdict in verdicts(book).items() if verdict == "不一致"]
    assert wrong == ["outreach.person_times"]
    assert "有不一致，见标红各行" in [cell.value for cell in book["校核"]["A"]]


def test_an_empty_year_agrees_too(world: World, tmp_path: Path) -> None:
    world.an_event("没有数人", on="2024-09-09")
    assert set(verdicts(worked_out(tally(world), tmp_path)).values()) == {"一致"}


def test_the_english_workbook_agrees(example: World, tmp_path: Path) -> None:
    book = worked_out(tally(example, language="en"), tmp_path)
    assert set(verdicts(book, "Check").values()) == {"agrees"}


def test_hostile_text_is_still_text(world: World, tmp_path: Path) -> None:
    texts = ['=HYPERLINK("http://x","y")', "+1", "@x", "_x0041_", "🎉", "#N/A"]
    for text in texts:
        world.an_event(text, on="2024-05-20", headcount=1)
    path = tmp_path / "tally.xlsx"
    tally(world).save(path)
    sheet = load_workbook(converted(path, "xlsx", tmp_path))["普法宣传活动"]
    found = [sheet.cell(row, 2) for row in range(4, 4 + len(texts))]
    assert [cell.value for cell in found] == texts
    assert {cell.data_type for cell in found} == {"s"}


def test_it_prints_each_sheet_on_pages_as_wide_as_it_is(example: World, tmp_path: Path) -> None:
    path = tmp_path / "tally.xlsx"
    tally(example).save(path)
    pdf = converted(path, "pdf", tmp_path)
    text = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    pages = text.split("\f")
    (events,) = [page for page in pages if "2024年普法宣传活动台账" in page]
    for word in ("序号", "活动名称", "参加人次", "备注", "合计"):
        assert word in events
    assert "计入" not in events
