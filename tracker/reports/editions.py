"""An edition's contents: the text with its marks, the text as it was said, and the annex."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from .annex import Annex, AnnexRow
from .composing import Composed, ReportText, Section
from .marks import Piece, Said


def contents_of(text: ReportText, composed: Composed, annex: Annex) -> str:
    """What an edition keeps, as JSON: the same report gives the same text."""
    return json.dumps(
        {
            "title": _said(composed.title, text.title),
            "addressee": _said(composed.addressee, text.addressee),
            "signed_by": composed.signed_by,
            "signed_on": composed.signed_on.isoformat(),
            "sections": [
                {
                    "level": section.level,
                    "number": section.number,
                    "heading": _said(section.heading, written.heading),
                    "body": written.body,
                    "paragraphs": [_said(said) for said in section.paragraphs],
                }
                for section, written in zip(composed.sections, text.sections, strict=True)
            ],
            "annex": asdict(annex),
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def composed_from(contents: str) -> tuple[Composed, Annex]:
    """The report of an edition, to be shown or written again."""
    found: dict[str, Any] = json.loads(contents)
    sections = tuple(
        Section(
            each["level"],
            each["number"],
            _again(each["heading"]),
            tuple(_again(said) for said in each["paragraphs"]),
        )
        for each in found["sections"]
    )
    annex = found["annex"]
    rows = tuple(AnnexRow(**{**row, "phrases": tuple(row["phrases"])}) for row in annex["rows"])
    composed = Composed(
        _again(found["title"]),
        _again(found["addressee"]),
        found["signed_by"],
        date.fromisoformat(found["signed_on"]),
        sections,
    )
    return composed, Annex(annex["frozen"], annex["note"], rows, tuple(annex["missing"]))


def says_the_same(contents: str, other: str) -> bool:
    """Whether two editions would print the same text with the same numbers."""
    return _text_of(contents) == _text_of(other)


def _text_of(contents: str) -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads(contents)
    found["annex"] = {**found["annex"], "missing": [], "note": ""}
    return found


def _said(said: Said, written: str = "") -> dict[str, Any]:
    pieces = [[piece.text, piece.key, piece.raw] for piece in said.pieces]
    return {"written": written, "pieces": pieces} if written else {"pieces": pieces}


def _again(found: Mapping[str, Any]) -> Said:
    return Said(tuple(Piece(*piece) for piece in found["pieces"]))
