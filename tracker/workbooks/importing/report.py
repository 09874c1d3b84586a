"""An import told to programs and people: JSON, lines of text, marks in the clerk's file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from tracker.workbooks.grid import Mark

from .layout import NotData
from .outcome import Fate, Outcome
from .sheets import Found

#: Lines of faults that a terminal shows.
_MOST_LINES = 50


def as_document(outcome: Outcome) -> dict[str, Any]:
    """The import as JSON. Rows are numbered as Excel shows them.

    ``rows`` = ``new`` + ``updated`` + ``skipped`` + ``wrong`` + the length of ``not_data``;
    ``unchanged`` are among the skipped. A wrong row may have several errors.
    """
    return {
        "register": outcome.register,
        "rows": outcome.rows_read,
        "new": outcome.count(Fate.NEW),
        "updated": outcome.count(Fate.UPDATED),
        "skipped": outcome.count(Fate.SKIPPED, Fate.UNCHANGED),
        "unchanged": outcome.count(Fate.UNCHANGED),
        "wrong": outcome.count(Fate.WRONG),
        "errors": [
            {
                "sheet": row.sheet,
                "row": row.row + 1,
                "column": fault.column,
                "value": fault.value,
                "message": fault.message.zh,
            }
            for row in outcome.rows
            for fault in row.faults
        ],
        "notes": [
            {"sheet": row.sheet, "row": row.row + 1, "message": note.zh}
            for row in outcome.rows
            for note in row.notes
        ],
        "not_data": [
            {"sheet": each.sheet, "row": each.row + 1, "reason": each.why.zh}
            for each in outcome.not_data
        ],
        "columns_left_out": list(outcome.left_out),
        "unknown": {label.zh: names for label, names in outcome.unknown.items()},
        "created": {label.zh: names for label, names in outcome.created.items()},
    }


def summary(outcome: Outcome, *, dry_run: bool = False) -> Iterator[str]:
    """The import in lines for the terminal."""
    if outcome.is_clean:
        yield "检查通过，没有写入（--dry-run）。" if dry_run else "导入完成。"
    counts = "，".join(f"{fate.label.zh} {outcome.count(fate)} 行" for fate in Fate)
    yield f"共读到 {outcome.rows_read} 行：{counts}，非数据行 {len(outcome.not_data)} 行。"
    for line in _other_rows(outcome.not_data):
        yield f"  {line}"
    if outcome.left_out:
        yield f"没有导入的列：{'、'.join(outcome.left_out)}"
    for label, names in outcome.created.items():
        yield f"自动新建{label.zh}：{'、'.join(names)}"
    for label, names in outcome.unknown.items():
        yield f"不认识的{label.zh}：{'、'.join(names)}（可加 --create-missing 自动新建）"
    faults = [(row, fault) for row in outcome.rows for fault in row.faults]
    for row, fault in faults[:_MOST_LINES]:
        where = f"{row.sheet} 第 {row.row + 1} 行" + (f"「{fault.column}」" if fault.column else "")
        yield f"  {where}：{fault.message.zh}"
    if len(faults) > _MOST_LINES:
        yield f"  ……另有 {len(faults) - _MOST_LINES} 处，用 --errors 写出标记了的文件查看全部"


def _other_rows(not_data: list[NotData]) -> Iterator[str]:
    """Rows that are no records, neighbours of one kind together: 第 1–3 行：标题."""
    for (sheet, why), group in groupby(not_data, key=lambda each: (each.sheet, each.why)):
        rows = [each.row + 1 for each in group]
        span = f"{rows[0]}–{rows[-1]}" if len(rows) > 1 else f"{rows[0]}"
        yield f"{sheet} 第 {span} 行：{why.zh}"


def marks_of(outcome: Outcome, language: str = "zh") -> list[Mark]:
    """What to mark in the clerk's own file."""
    return [
        Mark(row.sheet, row.row, fault.place, fault.message.say(language))
        for row in outcome.rows
        for fault in row.faults
    ]


def head_rows(found: Found) -> dict[str, int]:
    """The last row of each table's head, by sheet."""
    return {table.sheet: table.head_row for table in found.tables}
