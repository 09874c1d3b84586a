"""The shapes of figures: what is counted, which records count, and why the others do not.

A domain states its own figures with these; ``tracker.figures`` collects and reads them. The value
and the drill-down share one source and one criterion, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, SQLColumnExpression

from .period import Period
from .terms import Term
from .units import Unit
from .wording import Rounding, Wording
from .words import Words

#: Which records meet a condition, asked of a period.
Criterion = Callable[[Period], ColumnElement[bool]]


class Basis(Term):
    """Whether a figure sums up a span of days or states how things stand on its last day."""

    DURING = "during", "本年发生", "During the year"
    AS_AT = "as_at", "期末状态", "As at the last day"


class Described(Protocol):
    """What is said of a figure wherever it is printed: a declared one, or one as it was frozen."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> Words: ...
    @property
    def definition(self) -> Words: ...
    @property
    def group(self) -> Words: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def basis(self) -> Basis: ...
    @property
    def wording(self) -> Wording: ...


@dataclass(frozen=True, eq=False)
class LeftOut:
    """One reason why a record of the source does not count."""

    reason: Words
    applies: Criterion


@dataclass(frozen=True, eq=False)
class Dimension:
    """A way to break a figure down.

    ``code`` is what is grouped by; ``name`` says it on screen (the code itself where a term gives
    the words). Where one record may stand under several codes, the parts may exceed the total:
    ``overlapping`` makes the page say so. ``unstated`` names the records that have no code, where
    that says something («the township itself»).
    """

    key: str
    label: Words
    code: SQLColumnExpression[Any]
    name: SQLColumnExpression[str] | None = None
    term: type[Term] | None = None
    join: Callable[[Select[Any]], Select[Any]] = lambda statement: statement
    overlapping: bool = False
    unstated: Words | None = None


@dataclass(frozen=True, eq=False)
class Source:
    """What is counted: one row of ``model`` is one record, whatever is joined to it.

    ``left_out`` is tried in order, before a figure's own reasons. ``within`` narrows the rows a
    period can touch at all, for speed: it must hold for every record that counts.
    ``part`` splits the source into kinds that are counted by the same rules.
    ``path`` is the address of a record, with ``{id}`` and, where parted, ``{part}``.
    """

    key: str
    label: Words
    register: str
    model: type[Any]
    path: str
    title: SQLColumnExpression[str]
    number: SQLColumnExpression[str]
    date: SQLColumnExpression[Any] | None = None
    left_out: tuple[LeftOut, ...] = ()
    within: Callable[[Period], ColumnElement[bool]] | None = None
    part: SQLColumnExpression[str] | None = None
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)

    @property
    def id(self) -> ColumnElement[int]:
        identity: ColumnElement[int] = self.model.id
        return identity

    @property
    def office_id(self) -> Any:
        return self.model.office_id


@dataclass(frozen=True, eq=False)
class Figure:
    """A published number: a question asked of the records, stated once.

    ``weight`` is what a record adds: 1 where None, else the value of a column or expression. A
    record without that value does not count and is listed as left out.
    ``count_basis`` is the column that says how heads were counted, where heads are counted.
    ``wording`` says how the number is spoken; exact with its unit where not given.
    """

    key: str
    label: Words
    definition: Words
    unit: Unit
    source: Source
    criterion: Criterion
    basis: Basis = Basis.DURING
    weight: SQLColumnExpression[Any] | None = None
    missing: Words = Words("未登记数量", "No number recorded")
    count_basis: SQLColumnExpression[Any] | None = None
    left_out: tuple[LeftOut, ...] = ()
    spoken: Wording | None = None
    part: str | None = None
    group: Words = Words("其他", "Other")
    #: Figures of one source that share criterion and weight are computed once.
    measure: str = ""
    #: What a measure is called that the parts of a source share: 次数, whatever the kind.
    measure_label: Words | None = None
    since: int | None = None
    until: int | None = None

    def __post_init__(self) -> None:
        if not self.definition.zh.endswith("。"):
            raise ValueError(f"{self.key}: a definition is a sentence")
        if self.part is not None and self.source.part is None:
            raise ValueError(f"{self.key}: its source has no parts")

    @property
    def measure_key(self) -> str:
        return self.measure or self.key

    @property
    def wording(self) -> Wording:
        return self.spoken or Wording(self.unit.label)

    def in_force(self, year: int) -> bool:
        """Whether this definition is used for a year. A changed meaning is a new key."""
        return (self.since is None or year >= self.since) and (
            self.until is None or year <= self.until
        )


@dataclass(frozen=True, eq=False)
class Ratio:
    """One figure over another, 0 to 1. Empty, not 0, where the denominator is 0.

    The numerator's records are among the denominator's, so the ratio never exceeds 1.
    """

    key: str
    label: Words
    definition: Words
    numerator: Figure
    denominator: Figure
    group: Words = Words("其他", "Other")
    unit: Unit = Unit.PERCENT
    since: int | None = None
    until: int | None = None

    def __post_init__(self) -> None:
        if not self.definition.zh.endswith("。"):
            raise ValueError(f"{self.key}: a definition is a sentence")

    @property
    def basis(self) -> Basis:
        return self.numerator.basis

    @property
    def source(self) -> Source:
        return self.numerator.source

    @property
    def wording(self) -> Wording:
        return Wording(self.unit.label, Rounding.PERCENT)

    def in_force(self, year: int) -> bool:
        """Whether this definition is used for a year."""
        return (self.since is None or year >= self.since) and (
            self.until is None or year <= self.until
        )


AnyFigure = Figure | Ratio
