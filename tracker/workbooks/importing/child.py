"""The process that opens somebody's file. It may run out of memory or time, and die of it.

Run by `running`; it takes one line with its job and then the file, and answers on its standard
output: lines of JSON, of which the last says that the answer is whole, or a workbook after the
first line. A refusal is a line of its own. It loads as little of the program as it can.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words
from tracker.workbooks.grid import MOST_COLUMNS

from . import guard, legacy, limits, refusals, zipped
from .scanning import LAST_ROW, Found, column_name

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

#: The most text of a whole workbook, in characters of the answer.
_MOST_TEXT = 24_000_000
_MOST_MERGES = 50_000
#: The most a cell holds; what is longer was not made by a spreadsheet.
_LONGEST = 32_767
#: From here on a spreadsheet has rounded: it keeps 15 digits.
_TOO_LARGE = 10**15
_AT_A_TIME = 200


def main() -> None:
    """Do the job on standard input."""
    job = json.loads(sys.stdin.buffer.readline())
    limits.limit_this_process(int(job["seconds"]) + 1)
    data = sys.stdin.buffer.read()
    answers = read(data) if job["task"] == "read" else _mark(job, data)
    for answer in _without_failing(answers):
        sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def _without_failing(answers: Iterator[bytes]) -> Iterator[bytes]:
    """The answers, and a refusal in place of what could not be answered."""
    try:
        yield from answers
    except TrackerError as error:
        yield _refused(error.message)
    except MemoryError:
        yield _refused(refusals.TOO_HEAVY)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the Rust library is no Exception
        yield _refused(refusals.DAMAGED)


def answer(data: bytes) -> bytes:
    """What the process says of a file that it is to read."""
    return b"".join(_without_failing(read(data)))


def _line(**content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _refused(words: Words) -> bytes:
    return _line(refused=[words.zh, words.en])


def _mark(job: dict[str, Any], data: bytes) -> Iterator[bytes]:
    from . import marker

    check(data)
    yield from _framed(marker.marked(job, data))


def _framed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A file after a first line that says so, since a refusal would stand in its place."""
    content = b"".join(pieces)
    yield _line(file=len(content))
    yield content


def check(data: bytes) -> tuple[str, bytes, Found]:
    """The kind of a workbook, the file to read in its place, and what reading does not tell."""
    if guard.container(data, "") == "zip":
        checked = zipped.check(data)
        return checked.kind, checked.data, checked.found
    return "xls", data, legacy.check(data)


def read(data: bytes) -> Iterator[bytes]:
    """The workbook as lines of JSON."""
    kind, data, found = check(data)
    import python_calamine

    try:
        with python_calamine.load_workbook(BytesIO(data)) as book:
            del data
            listed = book.sheets_metadata
            if len(listed) > refusals.MOST_SHEETS:
                raise TrackerError(refusals.TOO_MANY_SHEETS)
            kinds = python_calamine.SheetTypeEnum
            if any(sheet.typ in (kinds.MacroSheet, kinds.Vba) for sheet in listed):
                raise TrackerError(refusals.MACROS)
            yield _line(kind=kind)
            text = 0
            for number, known in enumerate(listed):
                if known.typ is not kinds.WorkSheet:
                    continue
                hidden = known.visible is not python_calamine.SheetVisibleEnum.Visible
                sheet = book.get_sheet_by_index(number)
                merges = _merges(sheet, number, found)
                yield _line(sheet=known.name[:255], hidden=hidden, merges=merges)
                for line in _rows(sheet, found.errors.get(number, {})):
                    text += len(line)
                    if text > 3 * _MOST_TEXT:
                        raise TrackerError(refusals.TOO_MUCH_TEXT)
                    yield line
            yield _line(end=True)
    except python_calamine.PasswordError:
        raise TrackerError(refusals.PASSWORD) from None
    except python_calamine.CalamineError:
        raise TrackerError(refusals.DAMAGED) from None


def _merges(sheet: CalamineSheet, number: int, found: Found) -> list[list[int]]:
    """Merged cells within the limits. Real ones cannot overlap, so their areas have a sum."""
    if (told := sheet.merged_cell_ranges) is not None:
        ranges = [[*first, *last] for first, last in told]
    else:
        ranges = [[m.top, m.left, m.bottom, m.right] for m in found.merges.get(number, ())]
    kept, area = [], 0
    for top, left, bottom, right in ranges:
        bottom, right = min(bottom, LAST_ROW - 1), min(right, MOST_COLUMNS - 1)
        if bottom < top or right < left or (bottom, right) == (top, left):
            continue
        kept.append([top, left, bottom, right])
        area += (bottom - top + 1) * (right - left + 1)
    if len(kept) > _MOST_MERGES or area > LAST_ROW * MOST_COLUMNS:
        raise TrackerError(refusals.DAMAGED)
    return kept


def _rows(sheet: CalamineSheet, errors: dict[int, str]) -> Iterator[bytes]:
    """The sheet's rows from the first on, in portions; empty ones at the end are left out.

    Days go as text, with the places where they are beside them.
    """
    by_row: dict[int, dict[int, str]] = {}
    for at, text in errors.items():
        by_row.setdefault(at // MOST_COLUMNS, {})[at % MOST_COLUMNS] = text
    left = sheet.start[1] if sheet.start else 0
    indent: list[object] = [None] * left
    portion: list[list[object]] = []
    days: list[tuple[int, int]] = []
    empty = 0
    for number, row in enumerate(_all_rows(sheet, max(by_row, default=-1) + 1)):
        cells = indent + [_PLAIN[type(value)](value) for value in row]
        for column, text in by_row.get(number, {}).items():
            cells += [None] * (column + 1 - len(cells))
            cells[column] = text
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            empty += 1
            continue
        if number >= LAST_ROW:
            raise TrackerError(refusals.TOO_MANY_ROWS.fill(row=number + 1))
        if len(cells) > MOST_COLUMNS:
            column_found = column_name(len(cells) - 1)
            raise TrackerError(refusals.TOO_MANY_COLUMNS.fill(column=column_found))
        portion += [[] for _ in range(empty)]
        empty = 0
        for column, value in enumerate(row, left):
            if isinstance(value, date):
                days.append((len(portion), column))
        portion.append(cells)
        if len(portion) >= _AT_A_TIME:
            yield _line(rows=portion, days=days)
            portion, days = [], []
    yield _line(rows=portion, days=days)


def _all_rows(sheet: CalamineSheet, least: int) -> Iterator[list[Any]]:
    """The rows from the first on, and as many empty ones as are known to be more."""
    number = 0
    for row in sheet.iter_rows():
        number += 1
        yield row
    for _ in range(number, least):
        yield []


def _text(value: str) -> str | None:
    """Text, cut where no spreadsheet would have gone on. What looks empty is empty."""
    return None if not value or value.isspace() else value[:_LONGEST]


def _number(value: float) -> int | float | str:
    """A number as a spreadsheet shows it, of 15 digits; a whole one whatever its kind was.

    What has been rounded already, such as an ID number typed as a number, becomes a text like
    4.30725198001011E+17: no field takes that for a number, and a person sees what happened.
    """
    if not abs(value) < _TOO_LARGE:
        return f"{value:.14E}"
    shown = float(f"{value:.15g}")
    return int(shown) if shown.is_integer() else shown


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


_PLAIN: dict[type, Callable[[Any], object]] = {
    str: _text,
    float: _number,
    int: _number,
    bool: bool,
    date: date.isoformat,
    datetime: lambda value: cast(datetime, value).date().isoformat(),
    time: lambda value: cast(time, value).isoformat("seconds" if value.second else "minutes"),
    timedelta: _duration,
}


if __name__ == "__main__":
    main()
