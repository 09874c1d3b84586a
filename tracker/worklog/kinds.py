"""Kinds of work: what an entry of each kind says, and which numbers it asks for.

The kinds every office has are data, shipped in ``shipped_kinds.csv``; an office adds its own as
rows of ``own_kind``. Both take the one shape below.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from tracker.kernel.figure import Basis
from tracker.kernel.units import Unit
from tracker.kernel.words import Words

from .terms import WorkArea

#: The numbers an entry may carry; each is also the name of its column and of its form field.
Number = Literal["times", "people", "items", "due", "succeeded"]
NUMBERS: Final[tuple[Number, ...]] = ("times", "people", "items", "due", "succeeded")

#: What the keys of an office's own kinds begin with.
OWN_PREFIX: Final = "own_"
#: Words of the worklog's addresses that can be no kind's key.
RESERVED: Final = frozenset({"kinds", "entries", "new"})

_SHIPPED = Path(__file__).with_name("shipped_kinds.csv")
_UNITS = {unit.label.zh: unit for unit in Unit}
_HEADS = Words("人数", "persons")


@dataclass(frozen=True)
class WorkKind:
    """One kind of work.

    ``asks`` are the numbers its entries carry; all others stay empty. ``items`` are what
    ``items_label`` says, in ``items_unit``. ``rate_base`` names the number that ``due`` and
    ``succeeded`` are compared with: coverage is base over due, success is succeeded over base.

    A kind of basis DURING collects what happened on its entries' days. A kind of basis AS_AT is an
    inventory: an entry stands from the day it was set up to its last day, and asks for no times.
    """

    key: str
    label: Words
    area: WorkArea
    basis: Basis
    asks: frozenset[Number]
    definition: Words
    times_unit: Unit = Unit.TIMES
    people_unit: Unit = Unit.PERSON_TIMES
    items_unit: Unit | None = None
    items_label: Words | None = None
    due_label: Words | None = None
    succeeded_label: Words | None = None
    rate_base: Number | None = None
    coverage_label: Words | None = None
    success_label: Words | None = None
    #: How real reports call what is counted here, for the search.
    examples: str = ""
    in_use: bool = True

    def __post_init__(self) -> None:
        rated = bool({"due", "succeeded"} & self.asks)
        sound = (
            bool(self.asks)
            and self.key not in RESERVED
            and ("items" in self.asks) == bool(self.items_unit) == bool(self.items_label)
            and ("due" in self.asks) == bool(self.due_label) == bool(self.coverage_label)
            and ("succeeded" in self.asks) == bool(self.succeeded_label) == bool(self.success_label)
            and rated == (self.rate_base is not None)
            and (self.rate_base is None or self.rate_base in self.asks)
            and (self.basis is Basis.DURING or not {"times", "people"} & self.asks)
            and self.definition.zh.endswith("。")
        )
        if not sound:
            raise ValueError(f"the kind {self.key!r} contradicts itself")

    @property
    def is_own(self) -> bool:
        """Whether an office added it."""
        return self.key.startswith(OWN_PREFIX)

    @property
    def is_inventory(self) -> bool:
        """Whether its entries stand until they end, instead of happening on a day."""
        return self.basis is Basis.AS_AT

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers it asks for, in the order of a form."""
        return tuple(number for number in NUMBERS if number in self.asks)

    def unit_of(self, number: Number) -> Unit:
        """What a number is counted in; what is due or succeeded, in the unit of its base."""
        if number == "times":
            return self.times_unit
        if number == "people":
            return self.people_unit
        if number == "items":
            return self.items_unit or Unit.PIECES
        return self.unit_of(self.rate_base or "items")

    def label_of(self, number: Number) -> Words:
        """What a number is called on the form and in a list."""
        if number == "times":
            return _SESSIONS if self.times_unit is Unit.SESSIONS else _TIMES
        if number == "people":
            return _HEADS if self.people_unit is Unit.PERSONS else Unit.PERSON_TIMES.label
        labels = {
            "items": self.items_label,
            "due": self.due_label,
            "succeeded": self.succeeded_label,
        }
        return labels[number] or Words.same(number)


_TIMES = Words("次数", "times")
_SESSIONS = Words("场次", "sessions")


@cache
def shipped_kinds() -> Mapping[str, WorkKind]:
    """The kinds every office has, by key, in the order of the report."""
    with _SHIPPED.open(encoding="utf-8", newline="") as file:
        kinds = [_read(row) for row in csv.DictReader(file)]
    found = {kind.key: kind for kind in kinds}
    if len(found) != len(kinds) or any(kind.is_own for kind in kinds):
        raise ValueError("shipped_kinds.csv: a key is there twice or is an office's own")
    return MappingProxyType(found)


@cache
def shipped_inventories() -> tuple[str, ...]:
    """The keys of the shipped kinds whose entries stand until they end."""
    return tuple(key for key, kind in shipped_kinds().items() if kind.is_inventory)


def _read(row: dict[str, str]) -> WorkKind:
    def words(name: str) -> Words | None:
        zh, en = row[f"{name}_zh"], row[f"{name}_en"]
        return Words(zh, en) if zh or en else None

    def unit(name: str, default: Unit) -> Unit:
        return _UNITS[row[name]] if row[name] else default

    return WorkKind(
        key=row["key"],
        label=Words(row["label_zh"], row["label_en"]),
        area=WorkArea(row["group"]),
        basis=Basis(row["basis"]),
        asks=frozenset(_number(name) for name in row["counts"].split(";")),
        definition=Words(row["definition_zh"], row["definition_en"]),
        times_unit=unit("unit_times", Unit.TIMES),
        people_unit=unit("unit_people", Unit.PERSON_TIMES),
        items_unit=_UNITS[row["unit_items"]] if row["unit_items"] else None,
        items_label=words("items_label"),
        due_label=words("due_label"),
        succeeded_label=words("succeeded_label"),
        rate_base=_number(row["rate_base"]) if row["rate_base"] else None,
        coverage_label=words("coverage_label"),
        success_label=words("success_label"),
        examples=row["examples_zh"],
    )


def _number(name: str) -> Number:
    for number in NUMBERS:
        if number == name:
            return number
    raise ValueError(f"shipped_kinds.csv: {name!r} is no number of an entry")
