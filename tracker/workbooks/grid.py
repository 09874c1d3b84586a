"""A workbook that came in, as plain values: what the reader gives and the importer takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

#: A cell as it was kept in the file. Whole numbers are ``int``, whatever the file says of them.
Cell = str | int | Decimal | bool | date | None
FileKind = Literal["xlsx", "xls", "ods"]

#: Said on the upload page and in the messages. A year of a busy township is about 500 rows.
MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 200
#: Rows of titles and totals may stand around the limit's data rows.
SPARE_ROWS = 500
#: How the text of a cell begins whose formula no spreadsheet has worked out yet.
NOT_WORKED_OUT = "#未算出 "


@dataclass(frozen=True)
class Merge:
    """Merged cells, from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet. Rows may be of different length and end with their last filled cell."""

    name: str
    rows: list[list[Cell]]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Grid:
    """A whole workbook that came in."""

    kind: FileKind
    sheets: list[Sheet] = field(default_factory=list)


@dataclass(frozen=True)
class Mark:
    """A wrong cell in the clerk's own file, from 0. ``column`` None: the row as a whole."""

    sheet: str
    row: int
    column: int | None
    message: str
