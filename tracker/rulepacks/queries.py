"""Which rules are in force for an office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import PACK, OfficeRule
from .rules import USUAL_PACK, Provision, Rules, packs, rules_from
from .terms import Certainty, Pack

V = TypeVar("V")


def _rows(session: Session, office_ids: Iterable[int]) -> dict[int, dict[str, OfficeRule]]:
    wanted = list(office_ids)
    found: dict[int, dict[str, OfficeRule]] = {office_id: {} for office_id in wanted}
    for row in session.scalars(select(OfficeRule).where(OfficeRule.office_id.in_(wanted))):
        found[row.office_id][row.key] = row
    return found


def _pack(rows: Mapping[str, OfficeRule]) -> Pack:
    return Pack(rows[PACK].value) if PACK in rows else USUAL_PACK


def _provisions(rows: Mapping[str, OfficeRule]) -> dict[str, Provision]:
    def in_force(shipped: Provision) -> Provision:
        own = rows.get(shipped.key)
        if own is None:
            return shipped
        return replace(
            shipped,
            value=own.value,
            basis=own.basis,
            document_date="",
            certainty=Certainty.CHOICE,
            is_own=True,
        )

    return {key: in_force(shipped) for key, shipped in packs()[_pack(rows)].items()}


def rules_by_office(session: Session, office_ids: Iterable[int]) -> dict[int, Rules]:
    """The rules in force for each of these offices; one statement for all."""
    return {
        office_id: rules_from(_provisions(rows))
        for office_id, rows in _rows(session, office_ids).items()
    }


def rules_of(session: Session, office_id: int) -> Rules:
    """The rules in force for an office; one statement."""
    return rules_by_office(session, [office_id])[office_id]


def provisions_of(session: Session, office_id: int) -> tuple[Pack, dict[str, Provision]]:
    """An office's pack, and every rule in force with what it rests on."""
    rows = _rows(session, [office_id])[office_id]
    return _pack(rows), _provisions(rows)


def offices_by(rules: Mapping[int, Rules], read: Callable[[Rules], V | None]) -> dict[V, list[int]]:
    """Which offices have which value of a rule; those that have none are left out."""
    found: dict[V, list[int]] = defaultdict(list)
    for office_id, each in rules.items():
        value = read(each)
        if value is not None:
            found[value].append(office_id)
    return dict(found)
