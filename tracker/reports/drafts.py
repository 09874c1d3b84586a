"""What valid entries contain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .terms import FontSet, StartFrom


@dataclass(frozen=True)
class StyleFile:
    """Styles of an office's own document, as they are kept; an empty name takes them away."""

    name: str
    styles: str


@dataclass(frozen=True)
class ReportDraft:
    """What is said once for the report. Without ``styles`` the present ones stay."""

    title: str
    signed_by: str
    addressee: str = ""
    signed_on: date | None = None
    fonts: FontSet = FontSet.OFFICE
    styles: StyleFile | None = None
    start_from: StartFrom = StartFrom.SHIPPED


@dataclass(frozen=True)
class SectionDraft:
    """One section. ``after`` is the section it follows, for a new one; None puts it last."""

    level: int
    heading: str
    body: str
    after: int | None = None
