"""The tally's detail sheets: each register's records, and what each adds to each figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.figures.weights import SourceWeights, Weighed
from tracker.kernel.figure import Figure
from tracker.kernel.period import Period
from tracker.kernel.register import Register
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import cells
from .book import Book, Heading
from .cells import Content
from .columns import SheetColumn
from .rows import records_beside, records_of, sheet_columns, values_of
from .sheets import Ledger

_COUNTED = Words("计入：{label}", "Counted: {label}")
_PART = Words("计入类别", "Counted as")


@dataclass(frozen=True)
class Place:
    """Where a figure's weights stand: a column, and for one of several kinds the kind's column."""

    sheet: str
    letter: str
    weights: str
    parts: str = ""
    part: str = ""

    @property
    def total(self) -> str:
        """The formula of the figure's value."""
        if not self.parts:
            return f"SUM({self.weights})"
        return f"SUMIFS({self.weights},{self.parts},{_criterion(self.part)})"

    @property
    def records(self) -> str:
        """The formula of the number of records that count."""
        if not self.parts:
            return f"COUNT({self.weights})"
        return f'COUNTIFS({self.parts},{_criterion(self.part)},{self.weights},">=0")'


def _criterion(part: str) -> str:
    """A code as a condition that only this code meets."""
    escaped = "".join("~" + c if c in "~*?" else c for c in part).replace('"', '""')
    return f'"={escaped}"'


def write_details(
    book: Book,
    session: Session,
    scope: Scope,
    period: Period,
    register: Register,
    weighed: Sequence[SourceWeights],
    title: str,
    heading: Heading,
    office_names: Mapping[int, str] | None,
) -> dict[str, Place]:
    """One register's sheet; returns where each figure of its sources can be added up again.

    Below the ledger's own records stand those that count though the ledger does not list them.
    """
    language = book.language
    checks = [column for source in weighed for column in _check_columns(source, language)]
    ledger = Ledger(
        book,
        register.label.say(language),
        title,
        heading,
        sheet_columns(register, language, with_office=office_names is not None),
        checks,
    )
    beside = {record_id for source in weighed for record_id in source.records}
    for record in records_of(session, register, scope, period):
        beside.discard(record.id)
        marks = [mark for source in weighed for mark in _marks(source, record.id)]
        ledger.write_row([*values_of(register, record, office_names), *marks])
    for record in records_beside(session, register, scope, period, beside):
        marks = [mark for source in weighed for mark in _marks(source, record.id)]
        ledger.write_row([*values_of(register, record, office_names), *marks])
    ledger.close()
    return _places(ledger, weighed)


def _check_columns(source: SourceWeights, language: str) -> list[SheetColumn]:
    columns = []
    if source.source.part is not None:
        columns.append(SheetColumn(_PART.say(language), 16, cells.CHECK, as_text=True))
        for measure in source.measures:
            figures = [each for each in source.figures if each.measure_key == measure]
            # Kinds count in unlike units, which are never added: no total.
            columns.append(_check_column(_shared_label(figures), language, total=False))
        return columns
    for figure in source.figures:
        columns.append(_check_column(figure.label, language))
    return columns


def _check_column(label: Words, language: str, *, total: bool = True) -> SheetColumn:
    return SheetColumn(_COUNTED.fill(label=label).say(language), 13, cells.CHECK, total)


def _shared_label(figures: Sequence[Figure]) -> Words:
    """What figures of several kinds have in common: the name of their measure, else their units."""
    if figures[0].measure_label is not None:
        return figures[0].measure_label
    units = list({each.unit: each.unit.label for each in figures}.values())
    return Words("、".join(unit.zh for unit in units), ", ".join(unit.en for unit in units))


def _marks(source: SourceWeights, record_id: int) -> list[Content]:
    """A record's cells in the check columns; blank where it does not count."""
    found = source.records.get(record_id, Weighed("", (None,) * len(source.measures)))
    if source.source.part is not None:
        return [found.part, *found.weights]
    return [found.weights[source.measures.index(each.measure_key)] for each in source.figures]


def _places(ledger: Ledger, weighed: Sequence[SourceWeights]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    position = 0
    for source in weighed:
        if source.source.part is not None:
            parts = ledger.span(ledger.letter(position))
            for figure in source.figures:
                index = position + 1 + source.measures.index(figure.measure_key)
                places[figure.key] = _place(ledger, index, figure, parts)
            position += 1 + len(source.measures)
        else:
            for index, figure in enumerate(source.figures, position):
                places[figure.key] = _place(ledger, index, figure)
            position += len(source.figures)
    return places


def _place(ledger: Ledger, index: int, figure: Figure, parts: str = "") -> Place:
    letter = ledger.letter(index)
    return Place(ledger.sheet.title, letter, ledger.span(letter), parts, figure.part or "")
