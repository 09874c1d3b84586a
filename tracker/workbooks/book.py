"""A workbook being written: its sheets' names, its styles, and saving it whole."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from tracker.kernel.words import Words

from . import cells
from .cells import Styles

_BY = Words("填报单位：{office}", "Office: {office}")
_WHO = Words("填报人：{name}    联系电话：", "Filled in by: {name}    Telephone:")
_WHEN = Words("填报日期：{day}", "Date: {day}")
_DAY = Words("{d.year}年{d.month}月{d.day}日", "{d}")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST_NAME = 31


@dataclass(frozen=True)
class Heading:
    """What stands above the table of every sheet, beside its title."""

    office: str
    prepared_by: str
    day: date

    def line(self, language: str) -> tuple[str, str, str]:
        """The three parts of the second row."""
        day = _DAY.fill(d=self.day)
        parts = (
            _BY.fill(office=self.office),
            _WHO.fill(name=self.prepared_by),
            _WHEN.fill(day=day),
        )
        first, second, third = (part.say(language) for part in parts)
        return first, second, third


class _Sheet(WriteOnlyWorksheet):
    """Takes rows of finished cells. openpyxl's own first tries every cell as if it were a bare
    value and catches the failure, which costs a quarter of the whole time."""

    def _values_to_row(self, values: Iterable[Any], row_idx: int) -> Iterator[Any]:
        for column, cell in enumerate(values, 1):
            if cell is not None:
                cell.column, cell.row = column, row_idx
                yield cell


class Book:
    """A workbook being written row by row: memory does not grow with the rows."""

    def __init__(self, language: str = "zh") -> None:
        self.language = language
        self.workbook: Any = Workbook(write_only=True)
        # Excel works the formulas out as it opens the file; the totals are numbers anyway.
        self.workbook.calculation.fullCalcOnLoad = True
        self.styles: Styles | None = None
        self._taken: set[str] = set()

    def new_sheet(self, name: str) -> Any:
        """An empty sheet under this name, or one like it that is still free."""
        sheet = _Sheet(self.workbook, sheet_name(name, self._taken))
        self.workbook._add_sheet(sheet)
        self._taken.add(sheet.title.casefold())
        if self.styles is None:
            self.styles = Styles(self.workbook)
        return sheet

    def save(self, target: Path | BinaryIO) -> None:
        """Write the file. A path gets the whole file or stays as it was."""
        if not isinstance(target, Path):
            self.workbook.save(target)
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                self.workbook.save(stream)
                stream.flush()
                os.fsync(stream.fileno())
            part.chmod(0o644)
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def sheet_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name Excel takes: at most 31 characters, no special ones, unlike every other."""
    plain = _NOT_IN_SHEET_NAMES.sub("-", cells.safe_text(name)).strip("' ") or "-"
    lowered = {other.casefold() for other in taken}
    found, number = plain[:_LONGEST_NAME], 2
    while found.casefold() in lowered:
        ending = f"({number})"
        found = plain[: _LONGEST_NAME - len(ending)] + ending
        number += 1
    return found


def file_name(office: str, year: int | None, what: str, day: date) -> str:
    """架桥镇_2024_年终汇总_20241231.xlsx; what is of no one year goes without it."""
    parts = (office, *([] if year is None else [str(year)]), what, f"{day:%Y%m%d}")
    return bare_file_name("_".join(parts))


def bare_file_name(name: str) -> str:
    """A name that every system takes, of an .xlsx file."""
    return _NOT_IN_FILE_NAMES.sub("-", name) + ".xlsx"
