"""What a valid entry of evidence contains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .terms import EvidenceKind


@dataclass(frozen=True)
class Kept:
    """A file that was looked into and lies in the store."""

    name: str
    media_type: str
    sha256: str
    source_sha256: str
    size: int
    width: int | None = None
    height: int | None = None
    thumbnail_sha256: str | None = None
    taken_on: date | None = None


@dataclass(frozen=True)
class EvidenceDraft:
    """What is said of a file by hand."""

    kind: EvidenceKind
    caption: str = ""
    taken_on: date | None = None
