"""What valid entries of the yearly assessment contain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .terms import Grade, ScoreBasis


@dataclass(frozen=True)
class SheetDraft:
    """A score sheet as the form gives it, its items apart."""

    title: str
    from_year: int
    excellent_from: Decimal
    passed_from: Decimal
    good_from: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class ItemDraft:
    """One item of a sheet; without a position it comes last."""

    heading: str
    criterion: str
    most: Decimal
    basis: ScoreBasis | None = None
    position: int | None = None


@dataclass(frozen=True)
class Marked:
    """The points one item was given."""

    points: Decimal
    remark: str = ""


@dataclass(frozen=True)
class AssessmentDraft:
    """An assessment: by items (``marks``, by the id of the sheet's item, or of the score where it
    is changed), or by its total alone."""

    year: int
    adviser_id: int
    village_id: int | None
    assessed_on: date
    assessor: str = ""
    village_view: str = ""
    note: str = ""
    total: Decimal | None = None
    grade: Grade | None = None
    marks: Mapping[int, Marked] = field(default_factory=dict)
