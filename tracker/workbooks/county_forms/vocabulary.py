"""What the marks of a form may be called: facts, figures, registers with their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import SQLColumnExpression
from sqlalchemy.orm import Session

from tracker.figures import catalogue, reading
from tracker.figures.naming import named, nearest
from tracker.kernel.figure import AnyFigure
from tracker.kernel.register import Column, Register
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.worklog.models import WorklogEntry
from tracker.worklog.queries import kinds_of

FACTS: Mapping[str, Words] = {
    "office": Words("单位", "Office"),
    "year": Words("年度", "Year"),
    "date": Words("填表日期", "Day of filling in"),
    "prepared_by": Words("填表人", "Prepared by"),
}
#: What a figure's mark may ask for beside its value, by the words an option is written in.
OPTIONS: Mapping[str, str] = {
    "phrase": "phrase",
    "表述": "phrase",
    "records": "records",
    "记录数": "records",
    "previous": "previous",
    "上年": "previous",
}
OPTION_LABELS: Mapping[str, Words] = {
    "phrase": Words("报告里的说法，如1600多人", "as the report says it"),
    "records": Words("计入的记录数", "the number of records that count"),
    "previous": Words("上年同期", "the same months of the year before"),
}
_PERIODS = ("2024", "2024-q4", "2024-h1", "2024-11", "q1", "q4", "h1", "h2", "1-9")


@dataclass(frozen=True)
class Kind:
    """What rows can be repeated for: the records of a register, or one kind of its entries."""

    register: Register
    label: Words
    part: str = ""
    column: SQLColumnExpression[str] | None = None

    @property
    def key(self) -> str:
        return f"{self.register.key}.{self.part}" if self.part else self.register.key


@dataclass
class Vocabulary:
    """Everything a mark may name, as the office's catalogue and registers stand.

    A name is a key (``outreach.events``) or the Chinese label, where only one thing has it.
    """

    session: Session
    scope: Scope
    registers: Sequence[Register]
    year: int
    _figures: dict[int, dict[str, AnyFigure]] = field(default_factory=dict)
    _kinds: dict[str, Kind] = field(default_factory=dict)

    def figures(self, year: int | None = None) -> dict[str, AnyFigure]:
        """The figures in force for a year by their keys, the parts of ratios included."""
        year = year or self.year
        if year not in self._figures:
            shown = catalogue.figures_for(self.session, self.scope, year)
            self._figures[year] = {
                figure.key: figure for figure in (*shown, *reading.simple_figures(shown))
            }
        return self._figures[year]

    def kinds(self) -> dict[str, Kind]:
        """What rows can be repeated for: every register, and every kind of work in the worklog."""
        if not self._kinds:
            found = [Kind(each, each.label) for each in self.registers]
            for register in self.registers:
                if register.model is WorklogEntry:
                    found += [
                        Kind(register, kind.label, key, WorklogEntry.kind.expression)
                        for key, kind in kinds_of(self.session, self.scope).items()
                    ]
            self._kinds = {kind.key: kind for kind in found}
        return self._kinds

    def figure(self, name: str, year: int | None = None) -> AnyFigure | None:
        """The figure of this name."""
        return named(name, self.figures(year), lambda figure: figure.label)

    def kind(self, name: str) -> Kind | None:
        """What is to be repeated under this name. A kind of work may be called as a register is;
        the register goes first."""
        known = self.kinds()
        registers = {key: kind for key, kind in known.items() if not kind.part}
        return named(name, registers, _label_of) or named(name, known, _label_of)

    def nearest(self, name: str, kind: Kind | None) -> str:
        """The known name most like this one, for a mark in the rows of ``kind`` or in no rows."""
        columns = {c.key: c.label for c in kind.register.columns} if kind is not None else {}
        figures = {figure.key: figure.label for figure in self.figures().values()}
        return nearest(name, {**figures, **FACTS, **columns})

    def nearest_kind(self, name: str) -> str:
        """The known register most like this one."""
        return nearest(name, {key: kind.label for key, kind in self.kinds().items()})


def column_named(register: Register, name: str) -> Column | None:
    """The column of this key or label."""
    return named(name, {each.key: each for each in register.columns}, lambda column: column.label)


def fact_named(name: str) -> str | None:
    """The fact of this key or label."""
    return named(name, {key: key for key in FACTS}, lambda key: FACTS[key])


def _label_of(kind: Kind) -> Words:
    return kind.label


def nearest_option(option: str) -> str:
    """The option or period most like this one."""
    # Options are short: one wrong character is half of Q7.
    return nearest(option, dict.fromkeys((*OPTIONS, *_PERIODS)), likeness=0.5)
