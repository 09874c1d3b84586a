"""What reading a figure gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.kernel.figure import Described
from tracker.kernel.headcount import CountBasis
from tracker.kernel.period import Period
from tracker.kernel.wording import Number, phrase
from tracker.kernel.words import Words

_COUNTED = Words("{label} {n}", "{label} {n}")
_NOT_RECORDED = Words("{n} 条未登记人次", "{n} without a headcount")
_AND = Words("{before}，{after}", "{before}, {after}")
_BUT = Words("{before}；{after}", "{before}; {after}")


@dataclass(frozen=True)
class Measured:
    """One aggregate over one period: the value, how many records made it, how heads came about."""

    value: Number | None
    records: int
    count_basis: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Reading:
    """A figure's value for a period, with the year before: as it is, or as it was frozen."""

    figure: Described
    period: Period
    value: Number | None
    previous: Number | None
    records: int
    count_basis: Mapping[str, int] | None = None
    #: How it was spoken when it was frozen, whatever the program would say today.
    frozen_phrase: Words | None = None

    @property
    def phrase(self) -> Words:
        """The value as the report speaks it."""
        return self.frozen_phrase or phrase(self.value, self.figure.wording)

    @property
    def change(self) -> Number | None:
        """This year less the year before; None where either cannot be said."""
        if self.value is None or self.previous is None:
            return None
        return self.value - self.previous

    @property
    def basis_note(self) -> Words | None:
        """How the heads of a total were counted: 签到 1,120，估计 520；1 条未登记人次.

        None where the figure counts no heads, or no record says anything of them.
        """
        if self.count_basis is None:
            return None
        missing = self.count_basis[str(CountBasis.NOT_RECORDED.value)]
        note: Words | None = None
        for member in CountBasis:
            heads = self.count_basis[str(member.value)]
            if heads and member is not CountBasis.NOT_RECORDED:
                counted = _COUNTED.fill(label=member.label, n=f"{heads:,}")
                note = _AND.fill(before=note, after=counted) if note else counted
        if missing:
            unknown = _NOT_RECORDED.fill(n=missing)
            note = _BUT.fill(before=note, after=unknown) if note else unknown
        return note


@dataclass(frozen=True)
class Member:
    """A record that counts, with what it adds."""

    id: int
    office_id: int
    number: str
    title: str
    date: date | None
    weight: Number
    url: str
    version: int


@dataclass(frozen=True)
class Omitted:
    """A record of the source that does not count, and why."""

    id: int
    office_id: int
    number: str
    title: str
    date: date | None
    reason: Words
    url: str


@dataclass(frozen=True)
class Part:
    """One line of a breakdown."""

    label: Words
    value: Number | None
    records: int
    #: What the records were grouped by: an id, a term's member, a month; None where not stated.
    code: object = None


@dataclass(frozen=True)
class Breakdown:
    """A figure by one dimension. Overlapping parts may add up to more than the figure."""

    key: str
    label: Words
    parts: Sequence[Part]
    overlapping: bool


def as_number(value: object) -> Number:
    """A database's sum as an exact number."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, int):
        return value
    return as_number(Decimal(str(value)))
