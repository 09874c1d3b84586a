"""What a valid entry of the subsidies contains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SubsidyDraft:
    """A subsidy as the form gives it."""

    year: int
    adviser_id: int
    village_id: int | None
    amount_decided: int
    reason: str = ""
    paid_on: date | None = None
    note: str = ""
