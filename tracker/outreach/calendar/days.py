"""Publicity days, and when each falls in a year.

The days every office has are data, shipped in ``shipped_days.csv`` with their sources and, for
days that a notice, the moon or the sun moves, the dates known by year in ``shipped_dates.csv``.
An office adds its own as rows of ``local_day``. Both take the one shape below.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tracker.kernel.words import Words

from .rules import Dated, Rule, Span, read_rule
from .terms import Sureness

#: What the keys of an office's own days begin with.
OWN_PREFIX: Final = "own_"

_HERE = Path(__file__).parent
_DAYS, _DATES = _HERE / "shipped_days.csv", _HERE / "shipped_dates.csv"

_STILL_TO_COME = Words(
    "{year}年的日期尚未公布，请按通知确认",
    "The dates of {year} are not published yet; please confirm them by the notice",
)
_NEVER_KNOWN = Words(
    "没有{year}年公布日期的资料，请按当年的通知确认",
    "The dates published for {year} are not on file; please confirm them by that year's notice",
)


@dataclass(frozen=True)
class PublicityDay:
    """One day, week or month on which certain laws are publicised.

    ``since`` is the first year it is kept, where the source says so: it stands in no calendar
    before. ``listed`` are its dates by year, which come before its rule.
    """

    key: str
    name: Words
    laws: tuple[str, ...]
    rule: Rule
    source: str
    since: int | None = None
    place: str = ""
    #: Its dates say when it begins; how long it lasts is not published.
    only_begins: bool = False
    listed: Mapping[int, tuple[Dated, str]] = field(default_factory=dict)

    @property
    def is_own(self) -> bool:
        """Whether an office added it."""
        return self.key.startswith(OWN_PREFIX)

    def is_kept_in(self, year: int) -> bool:
        """Whether the day existed in a year."""
        return self.since is None or year >= self.since

    def in_year(self, year: int) -> Occurrence:
        """When it falls in a year, as far as the shipped data know."""
        dated, source = self.listed.get(year) or (self.rule.in_year(year), "")
        return Occurrence(self, year, dated.span, dated.sureness, source)


@dataclass(frozen=True)
class Occurrence:
    """A publicity day in one year. ``notice`` names what its dates rest on, where it is known."""

    day: PublicityDay
    year: int
    span: Span | None
    sureness: Sureness
    notice: str = ""

    @property
    def key(self) -> str:
        return self.day.key

    @property
    def is_known(self) -> bool:
        """Whether its dates can be relied on."""
        return self.span is not None and self.sureness.is_known

    @property
    def warning(self) -> Words | None:
        """What to say of dates that nobody has published; None where they are known."""
        if self.sureness not in (Sureness.USUAL, Sureness.UNKNOWN):
            return None
        return _STILL_TO_COME.fill(year=self.year)

    def said(self, today: date) -> Words | None:
        """`warning` on a day: of a year gone by nobody waits for a notice any more."""
        if self.warning is not None and self.year < today.year:
            return _NEVER_KNOWN.fill(year=self.year)
        return self.warning

    def is_over(self, today: date) -> bool:
        """Whether its last day has gone by."""
        return self.span is not None and self.span.last < today


@cache
def shipped_days() -> Mapping[str, PublicityDay]:
    """The days every office has, by key, in the order of the year."""
    dates: dict[str, dict[int, tuple[Dated, str]]] = {}
    for row in _rows(_DATES):
        span = Span(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
        dated = Dated(span, Sureness(row["sureness"]))
        dates.setdefault(row["key"], {})[int(row["year"])] = (dated, row["source"])
    found = {row["key"]: _read(row, dates.pop(row["key"], {})) for row in _rows(_DAYS)}
    if dates or any(day.is_own for day in found.values()):
        raise ValueError(f"shipped_days.csv: no day for the dates of {sorted(dates)}")
    return MappingProxyType(found)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _read(row: dict[str, str], listed: dict[int, tuple[Dated, str]]) -> PublicityDay:
    return PublicityDay(
        key=row["key"],
        name=Words(row["name_zh"], row["name_en"]),
        laws=tuple(filter(None, row["law_zh"].split(";"))),
        rule=read_rule(row["rule"]),
        source=row["source"],
        since=int(row["since"]) if row["since"] else None,
        place=row["place"],
        only_begins=row["only_begins"] == "yes",
        listed=MappingProxyType(listed),
    )
