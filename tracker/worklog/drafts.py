"""What valid entries of the worklog contain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.kernel.figure import Basis
from tracker.kernel.units import Unit

from .terms import WorkArea


@dataclass(frozen=True)
class EntryDraft:
    """An entry as the form gives it. None is «not recorded» or «not asked», never 0.

    ``times`` may be left out where the kind asks for it: an entry is then one time.
    """

    kind: str
    title: str
    held_on: date
    ended_on: date | None = None
    times: int | None = None
    people: int | None = None
    items: int | None = None
    due: int | None = None
    succeeded: int | None = None
    village_id: int | None = None
    venue: str = ""
    organiser: str = ""
    participants: str = ""
    note: str = ""


@dataclass(frozen=True)
class KindDraft:
    """An office's own kind as the form gives it."""

    label_zh: str
    definition: str
    area: WorkArea = WorkArea.OTHER
    basis: Basis = Basis.DURING
    label_en: str = ""
    counts_times: bool = True
    counts_people: bool = False
    counts_items: bool = False
    items_unit: Unit | None = None
    items_label: str = ""
    in_use: bool = True
