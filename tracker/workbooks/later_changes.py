"""The tally of a frozen year: what changed since, figure by figure and record by record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.figures.freezing.changes import FigureChange
from tracker.kernel.records import moment_of
from tracker.kernel.words import Words

from . import cells
from .book import Book, Heading
from .cells import Content
from .columns import SheetColumn
from .sheets import Ledger
from .summary import value_cell

NAME = Words("定稿后变化", "Changes since")
_HEADS = (
    (Words("指标", "Figure"), 28, cells.TEXT),
    (Words("记录", "Record"), 34, cells.TEXT),
    (Words("编号", "Number"), 16, cells.CENTRED),
    (Words("日期", "Date"), 13, cells.CENTRED),
    (Words("单位", "Unit"), 10, cells.CENTRED),
    (Words("定稿", "Frozen"), 13, cells.CENTRED),
    (Words("现为", "Now"), 13, cells.CENTRED),
    (Words("变化", "Change"), 34, cells.TEXT),
    (Words("修改人和时间", "Changed by and on"), 24, cells.TEXT),
)
_REMARK = Words(
    "说明：每项数字先列定稿值和现值，下面各行是使它变化的记录；比率由它的分子、分母说明。",
    "Each figure shows its frozen and its present value; the rows below it are the records that "
    "make the difference. A ratio is explained by its two sides.",
)


def write_changes(
    book: Book, changes: Sequence[FigureChange], title: str, heading: Heading
) -> None:
    """Every figure that reads differently now, with the records behind the difference."""
    language = book.language
    columns = [SheetColumn(label.say(language), width, look) for label, width, look in _HEADS]
    ledger = Ledger(book, NAME.say(language), title, heading, columns, numbered=False, frozen=1)
    for change in changes:
        for row in _rows(change):
            ledger.write_row(row)
    ledger.write_remark(_REMARK.say(language))
    ledger.close(totals=False)


def _rows(change: FigureChange) -> Iterator[list[Content]]:
    unit = change.unit
    present = change.present.value if change.present is not None else None
    values = [value_cell(change.frozen.value, unit), value_cell(present, unit)]
    yield [change.label, "", change.key, None, unit.label, *values, "", ""]
    for record in change.records:
        parts = [
            "" if value is None else value_cell(value, unit)
            for value in (record.frozen, record.present)
        ]
        by = " ".join(filter(None, [record.by, moment_of(record.at)]))
        yield [
            "",
            record.title,
            record.number,
            record.date,
            unit.label,
            *parts,
            record.reason,
            by,
        ]
    for part in change.parts:
        yield from _rows(part)
