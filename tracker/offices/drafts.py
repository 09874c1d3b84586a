"""What a valid entry contains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .terms import VillageKind


@dataclass(frozen=True)
class VillageDraft:
    """A village as the form gives it."""

    name: str
    kind: VillageKind
    population: int | None = None
    households: int | None = None
    pinyin: str = ""
    closed_on: date | None = None
    note: str = ""
