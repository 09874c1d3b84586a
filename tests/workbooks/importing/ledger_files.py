"""Reads the ledgers of ``ledgers/``: what stands in each cell, and what each row should come to.

See ``ledgers/README.md`` for how they are written. Run as a module, it saves those that are kept as
.xls or .ods again, with LibreOffice.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string

from tracker.kernel.words import Words
from tracker.workbooks.importing import layout, row_kinds
from tracker.workbooks.importing.outcome import Fate

FOLDER = Path(__file__).parent / "ledgers"

#: What the files call rows that are no records.
REASONS: dict[str, Words] = {
    "标题": row_kinds.TITLE,
    "表头": row_kinds.HEAD,
    "重复表头": row_kinds.HEAD_AGAIN,
    "重复标题": row_kinds.TITLE_AGAIN,
    "栏号": row_kinds.COLUMN_NUMBERS,
    "空行": row_kinds.BLANK,
    "只有序号": row_kinds.NUMBER_ONLY,
    "合计": row_kinds.TOTAL,
    "落款": row_kinds.SIGNATURE,
    "分组": row_kinds.SECTION,
    "续行": row_kinds.GOES_ON,
    "表外": row_kinds.OUTSIDE,
    "别的表": layout.OTHER_SHEET,
    "隐藏": layout.HIDDEN_SHEET,
}
_FATES = {fate.label.zh: fate for fate in Fate}
_WHOLE_ROW = "行"


@dataclass
class Expected:
    """What a row should come to: ``reason`` for one that is no record, else its fate.

    ``said`` are the values of the record by label; ``faults`` what is said beside which column
    from 0, None being the whole row.
    """

    reason: Words | None = None
    fate: Fate | None = None
    said: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[int | None, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class SheetFile:
    """One sheet: its cells as openpyxl takes them, and what is expected of its rows."""

    name: str
    hidden: bool = False
    merges: list[str] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    expected: list[Expected | None] = field(default_factory=list)


@dataclass
class LedgerFile:
    """One ledger with everything that should come of it."""

    path: Path
    told: dict[str, str] = field(default_factory=dict)
    sheets: list[SheetFile] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.told.get("保存为", "xlsx")

    @property
    def saved(self) -> Path:
        """Where a ledger lies that another program saved."""
        return self.path.with_suffix(f".{self.kind}")

    @property
    def content(self) -> bytes:
        """The workbook as it comes in."""
        return self.xlsx() if self.kind == "xlsx" else self.saved.read_bytes()

    def xlsx(self) -> bytes:
        """The workbook, made by openpyxl."""
        book = Workbook()
        book.remove(book.worksheets[0])
        for each in self.sheets:
            sheet = book.create_sheet(each.name)
            for number, row in enumerate(each.rows, 1):
                for place, value in enumerate(row, 1):
                    if value is not None:
                        cell = sheet.cell(number, place, value)
                        if isinstance(value, str):
                            cell.data_type = "s"
            for merge in each.merges:
                sheet.merge_cells(merge)
            if each.hidden:
                sheet.sheet_state = "hidden"
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()


def all_ledgers() -> list[LedgerFile]:
    """Every ledger of the folder."""
    return [read_ledger(path) for path in sorted(FOLDER.glob("*.txt"))]


def read_ledger(path: Path) -> LedgerFile:
    """The ledger that a file describes.

    :raises ValueError: when a line says nothing.
    """
    ledger = LedgerFile(path)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            _take(ledger, line)
        except (ValueError, KeyError, IndexError) as error:
            raise ValueError(f"{path.name}, line {number}: {line}") from error
    return ledger


def _take(ledger: LedgerFile, line: str) -> None:
    if line.startswith("|"):
        if not ledger.sheets:
            ledger.sheets.append(SheetFile("台账"))
        cells, _, told = line.partition("=>")
        row = [_value(cell.strip()) for cell in re.split(r"(?<!\\)\|", cells.strip().strip("|"))]
        while row and row[-1] is None:
            row.pop()
        ledger.sheets[-1].rows.append(row)
        ledger.sheets[-1].expected.append(_expected(told.strip()) if told.strip() else None)
        return
    name, _, text = line.partition(":")
    if name == "表":
        title, _, hidden = text.strip().partition(" ")
        ledger.sheets.append(SheetFile(title, hidden.strip() == "隐藏"))
    elif name == "合并":
        if not ledger.sheets:
            ledger.sheets.append(SheetFile("台账"))
        ledger.sheets[-1].merges += text.split()
    elif name in ("台账", "识别", "选项", "保存为", "不导入", "新建", "不认识", "拒绝", "对应"):
        ledger.told[name] = text.strip()
    else:
        raise ValueError(line)


def _value(text: str) -> Any:
    """A cell as it is written: 12 is a number, '12 a text, 2024-03-15 a day."""
    if text in ("", "TRUE", "FALSE"):
        return {"": None, "TRUE": True, "FALSE": False}[text]
    if text.startswith("'"):
        text = text[1:]
    elif re.fullmatch(r"-?[0-9]+", text):
        return int(text)
    elif re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
        return float(text)
    elif re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return date.fromisoformat(text)
    elif re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", text):
        return datetime.fromisoformat(text)
    return _repeated(text).replace(r"\n", "\n").replace(r"\|", "|").replace("␠", " ")


def _repeated(text: str) -> str:
    match = re.fullmatch(r"(.)\*([0-9]+)", text)
    return match[1] * int(match[2]) if match else text


def _expected(text: str) -> Expected:
    if text in REASONS:
        return Expected(REASONS[text])
    if text.startswith("别的台账 "):
        return Expected(layout.OTHER_REGISTER.fill(label=text.partition(" ")[2]))
    word, _, rest = text.partition(" ")
    expected = Expected(fate=_FATES[word])
    for part in filter(None, (each.strip() for each in rest.split(";"))):
        if part.startswith("留意 "):
            expected.notes.append(part.removeprefix("留意 "))
        elif expected.fate is Fate.WRONG:
            place, said = part.split("：", 1)
            column = None if place == _WHOLE_ROW else column_index_from_string(place) - 1
            expected.faults.append((column, said))
        else:
            label, said = part.split("=", 1)
            expected.said[label] = _repeated(said)
    return expected


def main() -> None:
    """Save the ledgers that are not .xlsx with LibreOffice."""
    for ledger in all_ledgers():
        if ledger.kind != "xlsx":
            with tempfile.TemporaryDirectory() as folder:
                source = Path(folder) / f"{ledger.path.stem}.xlsx"
                source.write_bytes(ledger.xlsx())
                subprocess.run(
                    ["soffice", f"-env:UserInstallation=file://{folder}/home", "--headless",
                     "--convert-to", ledger.kind, "--outdir", folder, str(source)],
                    check=True, capture_output=True, timeout=120,
                )  # fmt: skip
                ledger.saved.write_bytes(source.with_suffix(f".{ledger.kind}").read_bytes())
            sys.stdout.write(f"{ledger.saved.name}\n")


if __name__ == "__main__":
    main()
