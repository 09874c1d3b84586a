"""What a valid entry contains."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FormFile:
    """A form's file with what was found in it, see `findings.Survey`."""

    file_name: str
    content: bytes
    sha256: str
    survey: str


@dataclass(frozen=True)
class CountyFormDraft:
    """A form as the page gives it; without a file the present one stays."""

    name: str
    file: FormFile | None = None
