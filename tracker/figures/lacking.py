"""Which counted records of a year lack evidence they should have, kind by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.evidence import queries, rules
from tracker.evidence.terms import EvidenceKind
from tracker.kernel.scope import Scope

from .counted import CountedRecord, CountedRegister

_AT_A_TIME = 500


@dataclass(frozen=True)
class Lacking:
    """The records of one register that have fewer files of a kind than they should."""

    register: CountedRegister
    kind: EvidenceKind
    records: Sequence[CountedRecord]


def lacking(
    session: Session, scope: Scope, counted: Iterable[CountedRegister]
) -> Iterator[Lacking]:
    """What is missing among these records, in the order of registers and rules."""
    for register in counted:
        kinds = dict.fromkeys(rule.kind for rule in rules.rules_of(register.record_type))
        for kind in kinds:
            short = _ids(session, scope, register, kind)
            records = [record for record in register.records if record.id in short]
            if records:
                yield Lacking(register, kind, records)


def _ids(session: Session, scope: Scope, register: CountedRegister, kind: EvidenceKind) -> set[int]:
    model: type[Any] = register.model
    wanted = [record.id for record in register.records]
    found: set[int] = set()
    for start in range(0, len(wanted), _AT_A_TIME):
        found.update(
            session.scalars(
                select(model.id).where(
                    scope.covers(model.office_id),
                    model.id.in_(wanted[start : start + _AT_A_TIME]),
                    queries.lacks(model, kind),
                )
            )
        )
    return found
