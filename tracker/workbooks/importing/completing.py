"""What a row says beside its cells: the last day of a span, the basis of a rough count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.kernel.forms import RecordForm
from tracker.kernel.headcount import CountBasis
from tracker.kernel.intake import Intake
from tracker.kernel.register import Column
from tracker.kernel.words import Words

from .entries import Entry, is_nothing

#: The first and the last day of what lasts: one cell may name both.
_SPANS = {"starts_on": "ends_on", "held_on": "ended_on", "valid_from": "valid_to"}
_ONE_DAY = Words(
    "「{text}」是几天，「{column}」只能填一天。请填第一天，或分几行填",
    "“{text}” is several days and “{column}” takes one; enter the first, or use several rows",
)
_OTHER_END = Words(
    "「{text}」里的结束日期与「{column}」不一样，请核对",
    "The last day in “{text}” is not the one under “{column}”; check both",
)


def is_choice(text: str, column: Column) -> bool:
    """Whether a word is a choice of the column: 未登记 says how people were counted."""
    return column.term is not None and any(text == member.label.zh for member in column.term)


def end_spans(
    intake: Intake, form: RecordForm[Any], entries: dict[str, Entry], texts: Mapping[str, str]
) -> Iterator[tuple[str, Words]]:
    """Enter the last days that cells name beside the first. None of them is lost: where there is
    no place for one, the field and what is wrong are yielded."""
    for name in [name for name, entry in entries.items() if entry.until]:
        until, end = entries[name].until, _SPANS.get(name, "")
        column = _column(intake, name)
        text = texts.get(column.key, "")
        if end not in form._fields:
            yield name, _ONE_DAY.fill(text=text, column=column.label)
        elif end not in entries or not entries[end].values:
            entries[end] = Entry([until])
        elif entries[end].values != [until]:
            yield name, _OTHER_END.fill(text=text, column=_column(intake, end).label)


def base_counts(
    intake: Intake, entries: dict[str, Entry], texts: Mapping[str, str], record: Any
) -> None:
    """Enter the basis of each count that the row does not say itself: 约200人 is an estimate."""
    for count, basis in intake.bases.items():
        said = entries.get(count)
        if said is None or is_told(_column(intake, basis), texts):
            continue
        if not said.values:
            entries[basis] = Entry([str(CountBasis.NOT_RECORDED.value)])
            continue
        old = getattr(record, basis, None)
        if old in (None, CountBasis.NOT_RECORDED) or said.rough:
            kind = CountBasis.ESTIMATED if said.rough else CountBasis.COUNTED
            entries[basis] = Entry([str(kind.value)])


def is_told(column: Column, texts: Mapping[str, str]) -> bool:
    """Whether a row says something of a column, and be it that it is 0 or 未登记."""
    text = texts.get(column.key, "")
    return is_choice(text, column) or not is_nothing(text)


def _column(intake: Intake, name: str) -> Column:
    """The column that fills a field."""
    return next(c for c in intake.register.columns if intake.field_of(c) == name)
