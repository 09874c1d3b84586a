"""The report an office starts from: sections and sentences that come with the program."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracker.figures.readings import Reading

from .composing import SectionText
from .marks import figures_in

_FILE = Path(__file__).with_name("shipped_report.toml")
_OPTIONAL = "?"
_STOPS = ("。", "：")
_GOES_ON = ("，", "；")


@dataclass(frozen=True)
class Sentence:
    """One sentence, or a clause that goes on in the next one.

    An optional one is left out where its figures have nothing to say.
    """

    text: str
    optional: bool

    def says_something(self, readings: Mapping[str, Reading]) -> bool:
        """Whether the first of its figures is not 0 and all of them can be said.

        What follows the first may be 0: «5件，其中败诉0件» is worth saying.
        """
        found = [readings[key] for key in figures_in(self.text, readings)]
        if not found or any(reading.value is None for reading in found):
            return not self.optional
        return bool(found[0].value) or not self.optional


@dataclass(frozen=True)
class ShippedSection:
    """One section as it comes with the program."""

    key: str
    level: int
    heading: str
    paragraphs: tuple[tuple[Sentence, ...], ...]

    def body(self, readings: Mapping[str, Reading]) -> str:
        """Its paragraphs, without the sentences that would say nothing."""
        lines = (_joined(paragraph, readings) for paragraph in self.paragraphs)
        return "\n".join(line for line in lines if line)

    @property
    def optional(self) -> tuple[Sentence, ...]:
        """The sentences that may be left out."""
        return tuple(each for paragraph in self.paragraphs for each in paragraph if each.optional)


@dataclass(frozen=True)
class ShippedReport:
    """The whole report as it comes with the program."""

    title: str
    addressee: str
    sections: tuple[ShippedSection, ...]

    def section(self, key: str) -> ShippedSection | None:
        """The section of this key."""
        return next((each for each in self.sections if each.key == key), None)

    def texts(self, readings: Mapping[str, Reading]) -> list[SectionText]:
        """The sections an office starts from in a year with these readings."""
        return [
            SectionText(each.level, each.heading, each.body(readings)) for each in self.sections
        ]


def _joined(paragraph: Sequence[Sentence], readings: Mapping[str, Reading]) -> str:
    """What is kept of a paragraph. Clauses up to a full stop are one sentence: the last one that
    is kept ends it."""
    text = ""
    for sentence in paragraph:
        if sentence.says_something(readings):
            text += sentence.text
        if sentence.text.endswith(_STOPS) and text.endswith(_GOES_ON):
            text = text[:-1] + "。"
    return text[:-1] + "。" if text.endswith(_GOES_ON) else text


@cache
def shipped_report() -> ShippedReport:
    """The report that comes with the program."""
    with _FILE.open("rb") as file:
        found = tomllib.load(file)
    return ShippedReport(
        found["title"], found["addressee"], tuple(_section(each) for each in found["sections"])
    )


def _section(found: Mapping[str, object]) -> ShippedSection:
    paragraphs = found["paragraphs"]
    if not isinstance(paragraphs, list):
        raise TypeError(f"{_FILE.name}: paragraphs of {found['key']} are no list")
    return ShippedSection(
        str(found["key"]),
        int(str(found["level"])),
        str(found["heading"]),
        tuple(tuple(_sentence(text) for text in paragraph) for paragraph in paragraphs),
    )


def _sentence(text: str) -> Sentence:
    return Sentence(text.removeprefix(_OPTIONAL), text.startswith(_OPTIONAL))
