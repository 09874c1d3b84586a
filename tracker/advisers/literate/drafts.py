"""What valid entries of services and reviews contain. None is «not recorded», never 0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .terms import LiterateServiceKind, ReviewResult


@dataclass(frozen=True)
class ServiceDraft:
    """A service as the form gives it."""

    person_id: int
    held_on: date
    matter: str
    kind: LiterateServiceKind = LiterateServiceKind.PUBLICITY
    people: int | None = None
    households: int | None = None
    note: str = ""


@dataclass(frozen=True)
class ReviewDraft:
    """A yearly review as the form gives it."""

    person_id: int
    year: int
    reviewed_on: date
    result: ReviewResult = ReviewResult.QUALIFIED
    star: int | None = None
    note: str = ""
