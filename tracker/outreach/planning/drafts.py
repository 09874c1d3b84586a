"""What a valid item of the plan contains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PlanItemDraft:
    """An item as the form gives it. ``position`` None puts it at the end of its year's list."""

    year: int
    content: str
    position: int | None = None
    laws: str = ""
    leader: str = ""
    responsible_person: str = ""
    responsible_office: str = ""
    audience: str = ""
    carrier: str = ""
    measure: str = ""
    standard: str = ""
    due_on: date | None = None
    target_events: int | None = None
    target_person_times: int | None = None
    note: str = ""
