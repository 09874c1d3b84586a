"""What evidence a record should have, by its type: data in ``rules.csv``, each with its source.

A rule speaks of records that count. What a record has beyond it is welcome and asked for nowhere.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tracker.kernel.terms import Term

from .terms import EvidenceKind

_SHIPPED = Path(__file__).with_name("rules.csv")


@dataclass(frozen=True)
class Rule:
    """So many files of a kind, on every record of a type or of some of its parts.

    ``by`` names the record's attribute that tells the parts: how an event was delivered, what kind
    of work an entry is. ``source`` says where the demand comes from.
    """

    record_type: str
    by: str
    parts: frozenset[str]
    kind: EvidenceKind
    least: int
    source: str

    def applies_to(self, record: Any) -> bool:
        """Whether a record of the type should have it."""
        if not self.by:
            return True
        value = getattr(record, self.by)
        return (value.value if isinstance(value, Term) else value) in self.parts


@dataclass(frozen=True)
class Standing:
    """What a record should have of one kind, and has."""

    kind: EvidenceKind
    least: int
    held: int

    @property
    def lacks(self) -> int:
        return max(0, self.least - self.held)


@cache
def rules() -> Mapping[str, tuple[Rule, ...]]:
    """All rules by the type of record, in their order."""
    found: dict[str, list[Rule]] = {}
    with _SHIPPED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rule = Rule(
                row["record_type"],
                row["by"],
                frozenset(filter(None, row["parts"].split(";"))),
                EvidenceKind(row["kind"]),
                int(row["least"]),
                row["source"],
            )
            if bool(rule.by) != bool(rule.parts) or not rule.source:
                raise ValueError(f"rules.csv: {row}")
            found.setdefault(rule.record_type, []).append(rule)
    return {key: tuple(each) for key, each in found.items()}


def rules_of(record_type: str) -> Sequence[Rule]:
    """The rules for one type of record; none for most."""
    return rules().get(record_type, ())


def standing_of(record: Any, held: Mapping[EvidenceKind, int]) -> list[Standing]:
    """What a record should have against what it has, in the rules' order."""
    return [
        Standing(rule.kind, rule.least, held.get(rule.kind, 0))
        for rule in rules_of(record.__tablename__)
        if rule.applies_to(record)
    ]
