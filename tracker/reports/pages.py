"""What the pages of reports print: texts with their numbers, and what is to be done about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from tracker.figures.readings import Reading
from tracker.kernel.i18n import say
from tracker.kernel.marks import found_in
from tracker.kernel.wording import phrase

from .composing import Composed, Section
from .marks import FACTS, Occasion, Piece, Said, figure_of, figures_in
from .models import ReportSection
from .shipped import shipped_report

#: The rank of the heading under which a page shows the report.
_PAGE_RANK = 2


@dataclass(frozen=True)
class ShownPiece:
    """A stretch of text: plain, a number that opens its figure, or a mark that says nothing."""

    text: str
    url: str = ""
    title: str = ""
    missing: bool = False


@dataclass(frozen=True)
class Comparison:
    """A figure of a paragraph whose phrase changed since last year."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class ShownParagraph:
    """One paragraph. ``carried``: it came from last year, and nobody has confirmed it."""

    place: int
    pieces: Sequence[ShownPiece]
    carried: bool = False
    comparisons: Sequence[Comparison] = ()
    #: Last year's number stands in it as it was typed.
    names_last_year: bool = False


@dataclass(frozen=True)
class ShownSection:
    """One section as the page of the report shows it."""

    id: int | None
    level: int
    #: The rank of its heading on the page, where no rank is left out; 0 without a heading.
    rank: int
    heading: Sequence[ShownPiece]
    paragraphs: Sequence[ShownParagraph]
    version: int = 0

    @property
    def carried(self) -> bool:
        return any(each.carried for each in self.paragraphs)


def shown(said: Said, year: int) -> list[ShownPiece]:
    """A text whose numbers open their figures."""
    return [_piece(piece, year) for piece in said.pieces]


def _piece(piece: Piece, year: int) -> ShownPiece:
    if not piece.raw:
        return ShownPiece(piece.text)
    if piece.key:
        url = url_for("yearbook.figure", year=year, key=piece.key)
        return ShownPiece(piece.text, url, piece.raw)
    return ShownPiece(piece.text, missing=piece.text == piece.raw)


def sections(
    composed: Composed, kept: Sequence[ReportSection], readings: Mapping[str, Reading], year: int
) -> list[ShownSection]:
    """The sections of the report's page; ``kept`` is empty where it was not begun."""
    by_id = {each.id: each for each in kept}
    found = []
    above = _PAGE_RANK
    for each in composed.sections:
        rank = min(_PAGE_RANK + each.level, above + 1) if each.level else 0
        above = rank or above
        record = by_id.get(each.id) if each.id is not None else None
        found.append(_section(each, rank, record, readings, year))
    return found


def _section(
    section: Section,
    rank: int,
    kept: ReportSection | None,
    readings: Mapping[str, Reading],
    year: int,
) -> ShownSection:
    carried = kept.unconfirmed if kept is not None else []
    heading = shown(section.heading, year)
    if section.number:
        heading.insert(0, ShownPiece(section.number))
    return ShownSection(
        section.id,
        section.level,
        rank,
        heading,
        [
            ShownParagraph(
                place,
                shown(said, year),
                place in carried,
                comparisons(said, readings) if place in carried else (),
                place in carried and names_year(said, year - 1),
            )
            for place, said in enumerate(section.paragraphs)
        ],
        kept.version if kept is not None else 0,
    )


def comparisons(said: Said, readings: Mapping[str, Reading]) -> list[Comparison]:
    """The figures of a text whose phrase is not last year's."""
    found = []
    for key in said.keys:
        reading = readings[key]
        before = phrase(reading.previous, reading.figure.wording)
        if before != reading.phrase:
            found.append(Comparison(say(reading.figure.label), say(before), say(reading.phrase)))
    return found


def names_year(said: Said, year: int) -> bool:
    """Whether a year was typed into a text rather than marked."""
    return any(not piece.raw and str(year) in piece.text for piece in said.pieces)


# ---------------------------------------------------------------------------- while writing


@dataclass(frozen=True)
class InsertableMark:
    """A mark to put into the text."""

    mark: str
    label: str
    phrase: str
    search: str


@dataclass(frozen=True)
class MarkGroup:
    """Marks under one heading."""

    title: str
    marks: Sequence[InsertableMark]


def mark_groups(occasion: Occasion, facts: str, silent: str, search: str = "") -> list[MarkGroup]:
    """Every mark a text may hold, with what it now says; those of 0 come last, together."""
    wanted = search.lower()
    named: dict[str, list[InsertableMark]] = {}
    quiet: list[InsertableMark] = []
    for key, label in FACTS.items():
        found = InsertableMark("{{" + key + "}}", say(label), occasion.fact(key), label.en)
        named.setdefault(facts, []).append(found)
    for key, reading in occasion.readings.items():
        if reading.value is None:
            continue
        label = reading.figure.label
        found = InsertableMark(
            "{{" + key + "}}", say(label), say(reading.phrase), f"{label.zh} {label.en}"
        )
        if reading.value:
            named.setdefault(say(reading.figure.group), []).append(found)
        else:
            quiet.append(found)
    groups = [*named.items(), (silent, quiet)]
    kept = (
        (title, [m for m in found if wanted in f"{m.mark} {m.label} {m.search}".lower()])
        for title, found in groups
    )
    return [MarkGroup(title, found) for title, found in kept if found]


def spoken_marks(text: str, occasion: Occasion) -> list[dict[str, Any]]:
    """What each mark of a text now says, each once, for the list under the field."""
    from .marks import say as say_marks

    found: dict[str, dict[str, Any]] = {}
    for _, _, mark in found_in(text):
        said = say_marks(mark.raw, occasion)
        reading = figure_of(mark, occasion.readings)
        label = reading.figure.label if reading is not None else FACTS.get(mark.name)
        found.setdefault(
            mark.raw,
            {
                "mark": mark.raw,
                "label": say(label) if label is not None else "",
                "says": "" if said.problems else said.text,
            },
        )
    return list(found.values())


def sentences_to_add(section: ReportSection | None, body: str, occasion: Occasion) -> list[str]:
    """Shipped sentences of a section whose figures are not in its text."""
    shipped = shipped_report().section(section.shipped_key) if section is not None else None
    if shipped is None:
        return []
    there = set(figures_in(body, occasion.readings))
    found = []
    for sentence in shipped.optional:
        keys = figures_in(sentence.text, occasion.readings)
        if keys and not there.intersection(keys):
            found.append(sentence.text.rstrip("，；。") + "。")
    return found
