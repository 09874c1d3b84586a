"""What valid entries of sign-in contain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .terms import EntryKind


@dataclass(frozen=True)
class OpeningDraft:
    """How phones sign in. ``closes_on`` None is the day after the event's last day."""

    kind: EntryKind = EntryKind.PERSON
    with_phone: bool = False
    closes_on: date | None = None


@dataclass(frozen=True)
class AttendanceDraft:
    """One row of a roster. ``village_id`` None is somewhere else."""

    event_id: int
    name: str
    kind: EntryKind = EntryKind.PERSON
    heads: int = 1
    village_id: int | None = None
    phone: str = ""
