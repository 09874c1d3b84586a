"""A report put together: its sections numbered, every mark said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words

from . import numerals
from .marks import Occasion, Problem, Said, say

_REFUSED = Words(
    "报告里有 {n} 处写不出来，没有生成文件：\n{lines}",
    "{n} places of the report say nothing; no file was made:\n{lines}",
)
_LISTED = 20

TITLE = Words("标题", "Title")
ADDRESSEE = Words("主送机关", "Addressee")
OPENING = Words("引言", "Opening")


@dataclass(frozen=True)
class SectionText:
    """One section as it was written: marks and all. ``body`` is one paragraph a line."""

    level: int
    heading: str
    body: str
    id: int | None = None


@dataclass(frozen=True)
class ReportText:
    """A whole report as it was written."""

    title: str
    addressee: str
    signed_by: str
    signed_on: date
    sections: Sequence[SectionText]


@dataclass(frozen=True)
class Section:
    """One section with its marks said."""

    level: int
    number: str
    heading: Said
    paragraphs: tuple[Said, ...]
    id: int | None = None

    @property
    def name(self) -> str:
        """The heading with its number; what comes before the first chapter is 引言."""
        return f"{self.number}{self.heading.text}" or OPENING.zh

    @property
    def problems(self) -> tuple[Problem, ...]:
        found = [*self.heading.problems, *(p for each in self.paragraphs for p in each.problems)]
        return tuple(replace(problem, where=self.name) for problem in found)


@dataclass(frozen=True)
class Composed:
    """A whole report with its marks said."""

    title: Said
    addressee: Said
    signed_by: str
    signed_on: date
    sections: tuple[Section, ...]

    @property
    def texts(self) -> list[Said]:
        """All its texts, in their order."""
        found = [self.title, self.addressee]
        for section in self.sections:
            found += [section.heading, *section.paragraphs]
        return found

    @property
    def keys(self) -> list[str]:
        """The figures it speaks of, in their order."""
        return list(dict.fromkeys(key for said in self.texts for key in said.keys))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every mark that says nothing, with the section it stands in."""
        head = [
            replace(problem, where=place.zh)
            for said, place in ((self.title, TITLE), (self.addressee, ADDRESSEE))
            for problem in said.problems
        ]
        return (*head, *(p for section in self.sections for p in section.problems))

    def phrases_of(self, key: str) -> list[str]:
        """How the text speaks one figure, each way once."""
        found = (piece.text for said in self.texts for piece in said.pieces if piece.key == key)
        return list(dict.fromkeys(found))


def compose(text: ReportText, occasion: Occasion) -> Composed:
    """Number the sections and say every mark."""
    numbered = zip(text.sections, numerals.numbers(s.level for s in text.sections), strict=True)
    return Composed(
        say(text.title, occasion),
        say(text.addressee, occasion),
        text.signed_by,
        text.signed_on,
        tuple(
            Section(
                section.level,
                number,
                say(section.heading, occasion),
                tuple(say(line, occasion) for line in paragraphs(section.body)),
                section.id,
            )
            for section, number in numbered
        ),
    )


def paragraphs(body: str) -> list[str]:
    """The paragraphs of a body: one a line, empty lines left out."""
    return [line.strip() for line in body.split("\n") if line.strip()]


def require_sayable(composed: Composed) -> None:
    """Refuse a report with marks that say nothing.

    :raises TrackerError: naming section, sentence, mark and what was probably meant.
    """
    problems = composed.problems
    if not problems:
        return
    shown = problems[:_LISTED]
    lines = Words(
        "\n".join(each.line.zh for each in shown), "\n".join(each.line.en for each in shown)
    )
    raise TrackerError(_REFUSED.fill(n=len(problems), lines=lines))
