"""What a valid entry of an opinion contains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .terms import Adoption, DecisionKind


@dataclass(frozen=True)
class OpinionDraft:
    """An opinion as the form gives it; without an adviser it is the office's own."""

    matter: str
    given_on: date
    kind: DecisionKind = DecisionKind.MAJOR_DECISION
    adviser_id: int | None = None
    asked_on: date | None = None
    summary: str = ""
    adopted: Adoption = Adoption.UNDECIDED
    decision_reference: str = ""
    visit_id: int | None = None
    note: str = ""
