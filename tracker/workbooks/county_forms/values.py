"""The values of a form's marks: figures read in one pass for each period, records row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from tracker.figures import published
from tracker.figures.readings import Reading
from tracker.kernel.errors import TrackerError
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.units import Unit
from tracker.kernel.wording import phrase
from tracker.kernel.words import Words
from tracker.workbooks.grid import MOST_ROWS
from tracker.workbooks.rows import fetched

from . import contents
from .contents import Content, Json, to_json
from .meanings import (
    ColumnMeaning,
    FactMeaning,
    FigureMeaning,
    Meaning,
    NumberMeaning,
    OwnOfficeMeaning,
    Repetition,
    Understood,
)
from .vocabulary import Vocabulary

_TOO_MANY = Words(
    "{kind}在这段时间超过 {most} 条，一份表放不下。"
    "请在标记里写明较短的时间，如 {{{{#{key}|Q1}}}}。",
    "There are more than {most} records of {kind} in this time, more than a form holds. Ask for "
    "a shorter one in the mark, such as {{{{#{key}|Q1}}}}.",
)


@dataclass(frozen=True)
class Occasion:
    """For whom a form is filled, for which year, by whom and when."""

    office_name: str
    office_names: Mapping[int, str]
    scope: Scope
    year: int
    today: date
    #: Empty where nobody is to be named: the place is then left for a signature.
    prepared_by: str

    def period(self, meaning: FigureMeaning | Repetition) -> Period | None:
        """The months a mark speaks of; none where they have not begun, since nothing can be said
        of them yet."""
        period = meaning.span.of(self.year, self.today)
        return period if period.first <= self.today else None


def values_for(
    session: Session, vocabulary: Vocabulary, understood: Understood, occasion: Occasion
) -> dict[str, Any]:
    """What the child process fills in: a value for every mark, and lists of them for each record.

    :raises TrackerError: when there are more records than a form holds.
    """
    single = single_values(session, vocabulary, understood, occasion)
    blocks = []
    for repetition in understood.repetitions:
        if repetition is None:
            raise ValueError("a form with unknown marks is not filled")
        of_records = [raw for raw, m in repetition.meanings.items() if _is_of_record(m)]
        meanings = [repetition.meanings[raw] for raw in of_records]
        rows: list[list[Json]] = []
        for number, record in enumerate(_records(session, repetition, occasion), 1):
            rows.append([to_json(_of_record(m, record, number, occasion)) for m in meanings])
        blocks.append(
            {
                "marks": of_records,
                "common": {
                    raw: to_json(single[meaning])
                    for raw, meaning in repetition.meanings.items()
                    if not _is_of_record(meaning)
                },
                "rows": rows,
            }
        )
    plain = {raw: to_json(single[meaning]) for raw, meaning in understood.single.items()}
    return {"single": plain, "blocks": blocks}


def single_values(
    session: Session, vocabulary: Vocabulary, understood: Understood, occasion: Occasion
) -> dict[Meaning, Content | None]:
    """The values of all marks that are not of a record: facts and figures."""
    meanings = {meaning for meaning in _all(understood) if not _is_of_record(meaning)}
    found: dict[Meaning, Content | None] = {}
    asked: dict[tuple[Period, int | None], list[FigureMeaning]] = defaultdict(list)
    for meaning in meanings:
        if isinstance(meaning, FactMeaning):
            found[meaning] = fact(meaning, occasion)
        elif isinstance(meaning, FigureMeaning):
            found[meaning] = None
            if (period := occasion.period(meaning)) is not None:
                # Of the year before only the values are read along with this year's.
                before = meaning.previous and meaning.asked == "records"
                asked[period.previous if before else period, meaning.span.year].append(meaning)
    for (period, year), group in asked.items():
        known = vocabulary.figures(year)
        figures = [known[key] for key in sorted({meaning.key for meaning in group})]
        readings = published.readings_of(session, figures, occasion.scope, period)
        for meaning in group:
            found[meaning] = _figure(readings[meaning.key], meaning)
    return found


def _all(understood: Understood) -> Iterator[Meaning]:
    yield from understood.single.values()
    for repetition in understood.repetitions:
        if repetition is not None:
            yield from repetition.meanings.values()


def _is_of_record(meaning: Meaning) -> bool:
    return isinstance(meaning, ColumnMeaning | NumberMeaning | OwnOfficeMeaning)


def fact(meaning: FactMeaning, occasion: Occasion) -> Content:
    """The office, the year, the day or the person."""
    return {
        "office": Content("text", occasion.office_name),
        "year": Content("number", str(occasion.year)),
        "date": Content("day", occasion.today.isoformat()),
        "prepared_by": Content("text", occasion.prepared_by),
    }[meaning.fact]


def _figure(found: Reading, meaning: FigureMeaning) -> Content | None:
    if meaning.asked == "records":
        return contents.number(found.records)
    value = found.previous if meaning.previous else found.value
    if value is None:
        return None
    if meaning.asked == "phrase":
        return contents.text(phrase(value, found.figure.wording).say(contents.LANGUAGE))
    return contents.number(value, percent=found.figure.unit is Unit.PERCENT)


def ledger_of(repetition: Repetition, occasion: Occasion) -> Select[Any] | None:
    """The register's records of these months; None where the months have not begun."""
    period = occasion.period(repetition)
    if period is None:
        return None
    kind = repetition.kind
    statement = kind.register.of_period(occasion.scope, period)
    return statement if kind.column is None else statement.where(kind.column == kind.part)


def _records(session: Session, repetition: Repetition, occasion: Occasion) -> Iterator[Any]:
    statement = ledger_of(repetition, occasion)
    if statement is None:
        return
    for number, record in enumerate(fetched(session, statement), 1):
        if number > MOST_ROWS:
            kind = repetition.kind
            raise TrackerError(
                _TOO_MANY.fill(kind=kind.register.label, key=kind.key, most=MOST_ROWS)
            )
        yield record


def _of_record(meaning: Meaning, record: Any, number: int, occasion: Occasion) -> Content | None:
    if isinstance(meaning, NumberMeaning):
        return Content("number", str(number))
    if isinstance(meaning, ColumnMeaning):
        column = meaning.column
        return contents.of_column(column.read(record), as_text=column.as_text)
    return contents.text(occasion.office_names.get(record.office_id, ""))
