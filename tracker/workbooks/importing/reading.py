"""Reads a workbook that came in: bytes to plain values, or a refusal that says what to do.

The file is opened in a child process with limits (`running`, `child`). Of its cells:

- whole numbers are ``int``; other numbers ``Decimal`` of the 15 digits a spreadsheet keeps;
- numbers from 10^15 on have been rounded and are text, such as ``4.30725198001011E+17``;
- days are ``date``, a time of day with them is dropped; times and durations alone are text;
- errors are their text, ``#REF!``; formulas are their value as last saved;
- text is as it stands, up to 32,767 characters; text of nothing but blanks is an empty cell.

Days in a format that only Chinese editions of Excel know by number (27 to 36 and 50 to 58) come as
the number of the day since 1900, as do days in cells that were never given a format of days.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.kernel.errors import TrackerError
from tracker.workbooks.grid import Grid, Merge, Sheet

from . import guard, refusals, running

#: However slow the machine: a file at the limit takes about a second.
SECONDS = 4.0


def read_grid(data: bytes, file_name: str) -> Grid:
    """The workbook as plain values. Its kind is known by its content, whatever its name."""
    guard.container(data, file_name)
    return grid_of(running.run({"task": "read"}, data, SECONDS))


def grid_of(answer: bytes) -> Grid:
    """The grid that a child process answered with, or the refusal."""
    try:
        lines = [json.loads(line, parse_float=Decimal) for line in answer.splitlines()]
    except ValueError:  # it died in the middle of a line
        raise TrackerError(refusals.TOO_HEAVY) from None
    for line in lines[-1:]:
        running.refused(line)
    if not lines or "end" not in lines[-1]:
        raise TrackerError(refusals.TOO_HEAVY)
    grid = Grid(lines[0]["kind"], list(_sheets(lines[1:-1])))
    if not grid.sheets:
        raise TrackerError(refusals.NO_SHEET)
    return grid


def _sheets(lines: Iterable[dict[str, Any]]) -> Iterable[Sheet]:
    sheet: Sheet | None = None
    for line in lines:
        if "sheet" in line:
            if sheet is not None:
                yield sheet
            merges = tuple(Merge(*ends) for ends in line["merges"])
            sheet = Sheet(line["sheet"], [], merges, line["hidden"])
        elif sheet is not None:
            rows = line["rows"]
            for row, column in line["days"]:
                rows[row][column] = date.fromisoformat(rows[row][column])
            sheet.rows.extend(rows)
    if sheet is not None:
        yield sheet
