"""Where the table lies on a sheet: its head among titles, and which rows are records.

Every row of a sheet ends up in one of two places: among the table's rows, or among `NotData` with
the reason. None is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tracker.kernel.register import Register
from tracker.kernel.words import Words
from tracker.workbooks.grid import Cell, Sheet

from .cells_seen import Cells, shown
from .counts import is_count
from .days import in_digits
from .head_rows import Head, find_head
from .heads import IGNORED, OTHER, OWN, RUNNING, TAUGHT, Heads
from .row_kinds import BLANK, HEAD, TITLE, why_no_record
from .scanning import column_name

__all__ = ["Line", "NotData", "Table", "find_table", "score", "shown"]

OTHER_SHEET = Words("本表没有可识别的表头，未导入", "No head was recognised on this sheet")
OTHER_REGISTER = Words(
    "看起来是「{label}」台账，未导入；请单独导入",
    "This looks like the ledger of {label}; take it in by itself",
)
HIDDEN_SHEET = Words("隐藏的工作表，未导入", "Hidden sheet, not taken in")

_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?=\s*(?:年|[-.—~]|$|[^0-9]))")
_YEAR_IN_WORDS = re.compile(
    r"(?<![〇零○一二三四五六七八九])二[〇零○][〇零○一二三四五六七八九]{2}(?=年)"
)
_QUOTES = re.compile(r"[“”\"「」『』‘’'\s]")
#: 填报日期 is often of the year after.
_MADE_ON = re.compile(
    r"(?:填报|填表|制表|上报|报送|报出|打印|更新|统计)(?:日期|时间)|日期(?=[:：])"
)

_WHOLE_DAY = re.compile(r"20[0-9]{2}[年./-][0-9]{1,2}[月./-][0-9]{1,2}日?")


@dataclass(frozen=True)
class NotData:
    """A row that is no record, from 0, and why."""

    sheet: str
    row: int
    why: Words


@dataclass(frozen=True)
class Line:
    """A row of the table, from 0: its cells by column of the register, and as a person reads them.

    ``merged`` are the columns whose cell is merged with the row above or below; what they hold is
    the merged cell's value. ``running`` is what stands under 序号.
    """

    row: int
    cells: Mapping[str, Cell]
    texts: Mapping[str, str]
    merged: frozenset[str] = frozenset()
    running: str = ""


@dataclass(frozen=True)
class Table:
    """A sheet's table. ``heads`` are its heads by column from 0, and ``means`` what each is taken
    as: a column's key, '' for one that the office leaves out, None for one that nobody knows.

    ``places`` says where each of the register's columns lies; ``unknown`` are the heads of filled
    columns that are not taken in. ``twice`` are columns whose head means as surely what that of
    another column means, with that column of the register.
    """

    sheet: str
    head_row: int
    heads: Mapping[int, str]
    means: Mapping[int, str | None]
    places: Mapping[str, int]
    unknown: Mapping[int, str]
    twice: Mapping[int, str]
    lines: list[Line]
    not_data: list[NotData]
    year: int | None = None


@dataclass
class _Columns:
    places: dict[str, int] = field(default_factory=dict)
    twice: dict[int, str] = field(default_factory=dict)


def find_table(
    sheet: Sheet,
    register: Register,
    heads: Heads,
    head_row: int | None = None,
) -> Table | None:
    """The sheet's table, or None where no row looks like this register's head.

    ``head_row`` names the head's last row where a person has pointed at it.
    """
    cells = Cells(sheet)
    head = find_head(cells, register, heads, head_row)
    if head is None:
        return None
    _take_counts(cells, head, register)
    columns = _columns(head, _filled(cells, range(head.last + 1, len(cells.rows))))
    lines, not_data = _sort_rows(sheet.name, cells, head, columns.places, register)
    filled = _filled(cells, (line.row for line in lines))
    taken = {place: key for key, place in columns.places.items()}
    means = {
        column: taken.get(column, key if key in (IGNORED, RUNNING) else None)
        for column, key in head.found.items()
    }
    return Table(
        sheet.name,
        head.last,
        head.texts,
        means,
        {key: column for key, column in columns.places.items() if key != RUNNING},
        {
            column: head.texts.get(column, f"{column_name(column)}列（没有表头）")
            for column in sorted(filled)
            if means.get(column) is None
        },
        columns.twice,
        lines,
        not_data,
        _year(cells, sheet.name, head.row),
    )


def score(sheet: Sheet, register: Register, heads: Heads) -> float:
    """How well a sheet fits a register: known heads among all heads, its own above other words
    for them, and the words of the title. A sheet that is mostly of something else fits none."""
    cells = Cells(sheet)
    head = find_head(cells, register, heads, None)
    if head is None:
        return 0.0
    told = sum(1 for key in head.found.values() if key not in (RUNNING, IGNORED))
    missing = [c for c in register.columns if c.required and c.key not in head.keys]
    above = sheet.name + "".join("".join(texts) for texts in cells.texts[: head.row])
    above = _QUOTES.sub("", above)
    titled = any(word and word in above for word in (register.title.zh, register.label.zh))
    if 2 * len(head.keys) < told and not titled:
        return 0.0
    known = sum(
        1 if any(head.sure[c] == OWN for c, k in head.found.items() if k == key) else 0.9
        for key in head.keys
    )
    return known**2 / max(told, 1) + (3 if titled else 0) - 2 * len(missing)


def _take_counts(cells: Cells, head: Head, register: Register) -> None:
    """Take heads with numbers alone below them as the counts that they can mean."""
    counted = {column.key: column.counted for column in register.columns if column.counted}
    for column, key in head.found.items():
        count = counted.get(key or "")
        if not count or count in head.keys or head.sure[column] == TAUGHT:
            continue
        below = [cells.text(row, column) for row in range(head.last + 1, len(cells.rows))]
        told = [text for text in below if text and text not in head.parts[column]]
        if told and all(map(is_count, told)):
            head.found[column], head.sure[column] = count, OTHER


def _filled(cells: Cells, rows: Iterable[int]) -> set[int]:
    """The columns in which one of the rows has something."""
    return {column for row in rows for column, text in enumerate(cells.texts[row]) if text}


def _columns(head: Head, filled: set[int]) -> _Columns:
    """Where the register's columns lie. Of heads that mean the same, the surest is taken, and one
    below which nothing stands never."""
    result = _Columns()
    meant: dict[str, list[int]] = {}
    for column, key in head.found.items():
        if key:
            meant.setdefault(key, []).append(column)
    for key, columns in meant.items():
        told = [column for column in columns if column in filled] or columns[:1]
        surest = max(head.sure[column] for column in told)
        first, *others = [column for column in told if head.sure[column] == surest]
        result.places[key] = first
        if key != RUNNING:
            result.twice.update(dict.fromkeys(others, key))
    return result


def _sort_rows(
    sheet: str, cells: Cells, head: Head, places: Mapping[str, int], register: Register
) -> tuple[list[Line], list[NotData]]:
    lines: list[Line] = []
    not_data: list[NotData] = []
    for row in range(len(cells.rows)):
        if row < head.row:
            why: Words | None = TITLE if cells.filled(row) else BLANK
        elif row <= head.last:
            why = HEAD
        else:
            why = why_no_record(cells, row, head, places, register)
        if why is None:
            lines.append(_line(cells, row, places))
        else:
            not_data.append(NotData(sheet, row, why))
    return lines, not_data


def _line(cells: Cells, row: int, places: Mapping[str, int]) -> Line:
    values: dict[str, Cell] = {}
    texts: dict[str, str] = {}
    merged = set()
    running = ""
    for key, column in places.items():
        if key == RUNNING:
            running = cells.text(row, column)
            continue
        top, is_merged = cells.down(row, column)
        if is_merged:
            merged.add(key)
        values[key], texts[key] = cells.at(top, column), cells.text(top, column)
    return Line(row, values, texts, frozenset(merged), running)


def _year(cells: Cells, name: str, head_row: int) -> int | None:
    """The one year that the title or the sheet's name speaks of; None for none or several."""
    for texts in (_above(cells, head_row), [name]):
        plain = (_YEAR_IN_WORDS.sub(lambda found: in_digits(found[0]), text) for text in texts)
        years = {int(found) for text in plain for found in _YEAR.findall(text)}
        if len(years) == 1:
            return years.pop()
    return None


def _above(cells: Cells, head_row: int) -> Iterator[str]:
    """The texts above the head, but for the day on which the ledger was made."""
    for row in cells.texts[:head_row]:
        is_made_on = False
        for text in filter(None, row):
            if _WHOLE_DAY.fullmatch(text):
                continue
            made_on = _MADE_ON.search(text)
            if not is_made_on:
                yield text[: made_on.start()] if made_on else text
            is_made_on = made_on is not None and not re.search("[0-9]", text[made_on.end() :])
