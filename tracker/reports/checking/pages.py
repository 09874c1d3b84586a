"""A checked report as its page shows it: the text with its numbers marked, and a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from tracker.kernel.i18n import say
from tracker.kernel.wording import Number

from .agreement import exact_words
from .expected import Expected
from .findings import CheckedReport, Finding, Verdict

#: The tones of the house's tags.
TONES = {Verdict.AGREES: "success", Verdict.DISAGREES: "danger", Verdict.UNKNOWN: "muted"}


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; with a place in the table where it is a number."""

    text: str
    number: int = 0
    verdict: str = ""
    tone: str = ""


def pieces(checked: CheckedReport) -> list[Piece]:
    """The text in order, its numbers as pieces of their own."""
    found, place = [], 0
    for index, finding in enumerate(checked.findings, 1):
        printed = finding.number
        found.append(Piece(checked.text[place : printed.start]))
        label = say(finding.verdict.label)
        found.append(Piece(printed.text, index, label, TONES[finding.verdict]))
        place = printed.end
    found.append(Piece(checked.text[place:]))
    return [each for each in found if each.text]


def rows(checked: CheckedReport) -> list[dict[str, Any]]:
    """A row for each number: what it is, what the records say, and what to write."""
    return [_row(index, each, checked.year) for index, each in enumerate(checked.findings, 1)]


def _row(index: int, finding: Finding, year: int) -> dict[str, Any]:
    figure = finding.figure
    said = [say(each) for each in (finding.message, finding.remark) if each is not None]
    return {
        "index": index,
        "text": finding.number.text,
        "label": say(figure.label) if figure is not None else gettext("看不出"),
        "url": url_for("yearbook.figure", year=year, key=figure.key) if figure else "",
        "expected": _expected(figure, finding.expected, year),
        "verdict": say(finding.verdict.label),
        "tone": TONES[finding.verdict],
        "notes": said,
        "bound": finding.bound_by_hand,
    }


def _expected(figure: Expected | None, value: Number | None, year: int) -> str:
    if figure is None:
        return "" if value is None else str(value)
    return gettext("无法统计") if value is None else exact_words(figure, value)


def numbers_offered(checked: CheckedReport) -> list[tuple[str, str]]:
    """The numbers that a person may bind, with the words around them."""
    return [
        (str(index), f"{index}. {finding.number.text}（{_shortly(finding)}）")
        for index, finding in enumerate(checked.findings, 1)
        if finding.cue
    ]


def _shortly(finding: Finding) -> str:
    sentence = finding.sentence.strip()
    return sentence if len(sentence) <= 30 else f"{sentence[:29]}…"
