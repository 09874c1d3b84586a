"""What a change of a frozen figure is: the figure then and now, and the records between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.kernel.terms import Term
from tracker.kernel.units import Unit
from tracker.kernel.wording import Number
from tracker.kernel.words import Words

from ..readings import Reading
from .writes import Subject


class Difference(Term):
    """How a record's part in a figure changed."""

    ADDED = "added", "新计入", "Now counted"
    REMOVED = "removed", "不再计入", "No longer counted"
    CHANGED = "changed", "数量改变", "Counts differently"


@dataclass(frozen=True)
class RecordChange:
    """One record whose part in a figure differs: what it added when frozen, what it adds now."""

    difference: Difference
    subject: Subject
    number: str
    title: str
    date: date | None
    url: str
    frozen: Number | None
    present: Number | None
    reason: Words
    #: Who wrote to the record last since, and when; None where another record lies behind it.
    at: datetime | None = None
    by: str = ""

    @property
    def amount(self) -> Number:
        """What the change adds to the figure."""
        return (self.present or 0) - (self.frozen or 0)


@dataclass(frozen=True)
class FigureChange:
    """One figure that reads differently now, with every record that makes the difference.

    ``present`` is None where the catalogue no longer has the figure. A ratio lists no records;
    ``parts`` holds the changes of its two sides.
    """

    frozen: Reading
    present: Reading | None
    records: Sequence[RecordChange] = ()
    parts: Sequence[FigureChange] = ()

    @property
    def key(self) -> str:
        return self.frozen.figure.key

    @property
    def label(self) -> Words:
        return self.frozen.figure.label

    @property
    def unit(self) -> Unit:
        return self.frozen.figure.unit

    @property
    def amount(self) -> Number | None:
        """The present value less the frozen one; None where either cannot be said."""
        if self.present is None or self.present.value is None or self.frozen.value is None:
            return None
        return self.present.value - self.frozen.value
