"""The marks of report texts: what each may be called, what it says, and what is wrong with it.

``{{outreach.events}}`` says 8次, ``{{outreach.person_times|确数}}`` 1640人次. A mark that says
nothing is a problem, never a blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from tracker.figures.naming import named, nearest
from tracker.figures.readings import Reading
from tracker.kernel import marks
from tracker.kernel.figure import Described
from tracker.kernel.marks import Mark, MarkKind
from tracker.kernel.text import shorten
from tracker.kernel.units import Unit
from tracker.kernel.wording import Number, Rounding, Wording, phrase, plain
from tracker.kernel.words import Words


class Asked(Enum):
    """What a mark asks of its figure."""

    PHRASE = "phrase"
    VALUE = "value"
    EXACT = "exact"
    CHANGE = "change"


OPTIONS: Mapping[str, Asked] = {
    "表述": Asked.PHRASE,
    "phrase": Asked.PHRASE,
    "数值": Asked.VALUE,
    "value": Asked.VALUE,
    "确数": Asked.EXACT,
    "exact": Asked.EXACT,
    "增减": Asked.CHANGE,
    "change": Asked.CHANGE,
}
#: Asks for the year before instead of the year.
PREVIOUS = ("上年", "previous")

#: How options are written, for those who write.
EXAMPLES: tuple[Words, ...] = (
    Words("{{outreach.events|上年}}", "{{outreach.events|previous}}"),
    Words("{{outreach.person_times|确数}}", "{{outreach.person_times|exact}}"),
    Words("{{outreach.person_times|数值}}", "{{outreach.person_times|value}}"),
    Words("{{outreach.events|增减}}", "{{outreach.events|change}}"),
)

FACTS: Mapping[str, Words] = {
    "office": Words("单位", "Office"),
    "year": Words("年度", "Year"),
    "next_year": Words("下一年度", "Next year"),
    "date": Words("成文日期", "Date of the report"),
}

_UNKNOWN = Words("没有叫「{name}」的数字", "there is no figure called “{name}”")
_BROKEN = Words(
    "标记的花括号不成对，应写成 {{{{outreach.events}}}} 的样子",
    "the braces of a mark are incomplete; write it like {{{{outreach.events}}}}",
)
_ROWS = Words("报告里不能写重复行的标记", "a report has no repeated rows")
_NO_OPTION = Words("不认识选项「{option}」", "the option “{option}” is not known")
_TWICE = Words("选项重复或矛盾：{option}", "the option “{option}” says something twice")
_NO_OPTIONS = Words("这个标记不能带选项", "this mark takes no options")
_UNSAID = Words(
    "「{label}」{year}年无法统计，请补登记录，或改写、删去这句话",
    "“{label}” cannot be said of {year}; enter the records, or change or drop the sentence",
)
_UNCOMPARED = Words(
    "「{label}」上年或本年无法统计，说不出增减，请改写这句话",
    "“{label}” cannot be said of both years, so there is no change to tell; change the sentence",
)
_MEANT = Words("{message}，是不是 {nearest}？", "{message}; did you mean {nearest}?")
_LINE = Words("{where}“{sentence}”：{message}", "{where} “{sentence}”: {message}")
_LONGEST_QUOTE = 60
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?")


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: as it was written, or what a mark says."""

    text: str
    #: The figure the mark speaks of; empty for plain text and facts.
    key: str = ""
    raw: str = ""


@dataclass(frozen=True)
class Problem:
    """A mark that says nothing, with the sentence it stands in."""

    sentence: str
    raw: str
    message: Words
    #: The known name that was probably meant.
    nearest: str = ""
    #: The section's heading, or another name of the place.
    where: str = ""
    #: The figure is known and only cannot be said: records may mend it.
    unsayable: bool = False

    @property
    def line(self) -> Words:
        """In one line: 〔六、普法宣传〕“全年举办……”：没有叫「outreach.event」的数字，是不是……"""
        where = f"〔{self.where}〕" if self.where else ""
        return _LINE.fill(
            where=where, sentence=shorten(self.sentence, _LONGEST_QUOTE), message=self.message
        )


@dataclass(frozen=True)
class Said:
    """A text with its marks said; ``problems`` are the marks that say nothing."""

    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def keys(self) -> list[str]:
        """The figures it speaks of, in their order."""
        return list(dict.fromkeys(piece.key for piece in self.pieces if piece.key))


@dataclass(frozen=True)
class Occasion:
    """Whose report of which year is being said, and with which readings."""

    office_name: str
    year: int
    signed_on: date
    readings: Mapping[str, Reading]
    _labels: dict[str, Words] = field(default_factory=dict, compare=False)

    def fact(self, name: str) -> str:
        """A fact of the report."""
        return {
            "office": self.office_name,
            "year": str(self.year),
            "next_year": str(self.year + 1),
            "date": chinese_day(self.signed_on),
        }[name]


def chinese_day(day: date) -> str:
    """A day in Arabic digits without leading noughts (GB/T 9704): 2025年3月28日."""
    return f"{day.year}年{day.month}月{day.day}日"


def say(text: str, occasion: Occasion) -> Said:
    """Say a text's marks."""
    pieces: list[Piece] = []
    problems: list[Problem] = []
    end = 0
    for start, stop, mark in marks.found_in(text):
        pieces.append(Piece(text[end:start]))
        end = stop
        try:
            pieces.append(_spoken(mark, occasion))
        except _UnsaidError as error:
            pieces.append(Piece(mark.raw, raw=mark.raw))
            sentence = sentence_at(text, start)
            problems.append(
                Problem(sentence, mark.raw, error.message, error.nearest, unsayable=error.unsayable)
            )
    pieces.append(Piece(text[end:]))
    if marks.is_broken(text):
        problems += [Problem(each, each, _BROKEN.fill()) for each in _broken_sentences(text)]
    return Said(tuple(piece for piece in pieces if piece.text), tuple(problems))


def figures_in(text: str, readings: Mapping[str, Reading]) -> list[str]:
    """The keys of the figures whose marks stand in a text, in their order; unknown ones do not."""
    found = (figure_of(mark, readings) for _, _, mark in marks.found_in(text))
    return list(dict.fromkeys(each.figure.key for each in found if each is not None))


def figure_of(mark: Mark, readings: Mapping[str, Reading]) -> Reading | None:
    """The figure a mark names, by its key or by a label that it alone has."""
    return named(mark.name, readings, lambda reading: reading.figure.label)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text with the marks that end them."""
    for match in _SENTENCE.finditer(text):
        if sentence := match[0].strip():
            yield sentence


def sentence_at(text: str, place: int) -> str:
    """The sentence around a place of the text."""
    for match in _SENTENCE.finditer(text):
        if match.start() <= place < match.end():
            return match[0].strip()
    return text.strip()


def _broken_sentences(text: str) -> Sequence[str]:
    found = [each for each in sentences(text) if marks.is_broken(each)]
    return found or [text.strip()]


class _UnsaidError(Exception):
    def __init__(self, message: Words, nearest: str = "", *, unsayable: bool = False) -> None:
        super().__init__(message.zh)
        self.message = _MEANT.fill(message=message, nearest=nearest) if nearest else message
        self.nearest = nearest
        self.unsayable = unsayable


def _spoken(mark: Mark, occasion: Occasion) -> Piece:
    """What a mark says.

    :raises _UnsaidError: when it says nothing.
    """
    if mark.kind is not MarkKind.VALUE:
        raise _UnsaidError(_ROWS)
    fact = named(mark.name, {key: key for key in FACTS}, lambda key: FACTS[key])
    reading = figure_of(mark, occasion.readings)
    if fact is not None and reading is None:
        if mark.options:
            raise _UnsaidError(_NO_OPTIONS)
        return Piece(occasion.fact(fact), raw=mark.raw)
    if reading is None:
        labels = {key: each.figure.label for key, each in occasion.readings.items()}
        meant = nearest(mark.name, {**labels, **FACTS})
        raise _UnsaidError(_UNKNOWN.fill(name=mark.name), "{{" + meant + "}}" if meant else "")
    asked, previous = _options(mark)
    return Piece(_of_figure(reading, asked, previous), reading.figure.key, mark.raw)


def _options(mark: Mark) -> tuple[Asked, bool]:
    asked: Asked | None = None
    previous = False
    for option in mark.options:
        if option in PREVIOUS:
            if previous:
                raise _UnsaidError(_TWICE.fill(option=option))
            previous = True
        elif option in OPTIONS:
            if asked is not None:
                raise _UnsaidError(_TWICE.fill(option=option))
            asked = OPTIONS[option]
        else:
            known = dict.fromkeys((*OPTIONS, *PREVIOUS))
            # Options are short: one wrong character is half of one.
            raise _UnsaidError(_NO_OPTION.fill(option=option), nearest(option, known, likeness=0.5))
    if previous and asked is Asked.CHANGE:
        raise _UnsaidError(_TWICE.fill(option=mark.options[-1]))
    return asked or Asked.PHRASE, previous


def _of_figure(reading: Reading, asked: Asked, previous: bool) -> str:
    figure = reading.figure
    if asked is Asked.CHANGE:
        if reading.change is None:
            raise _UnsaidError(_UNCOMPARED.fill(label=figure.label), unsayable=True)
        return change(figure, reading.change)
    value = reading.previous if previous else reading.value
    if value is None:
        year = reading.period.year - 1 if previous else reading.period.year
        raise _UnsaidError(_UNSAID.fill(label=figure.label, year=year), unsayable=True)
    if asked is Asked.VALUE:
        return number(value, figure)
    if asked is Asked.EXACT:
        return exact(value, figure)
    return phrase(value, figure.wording).zh


def number(value: Number, figure: Described) -> str:
    """The exact number alone; of a ratio the percents."""
    if figure.unit is Unit.PERCENT:
        return exact(value, figure).removesuffix("%")
    return plain(value)


def exact(value: Number, figure: Described) -> str:
    """The exact number with the unit it is counted in: 1640人次, 99.14%."""
    rounding = Rounding.PERCENT if figure.unit is Unit.PERCENT else Rounding.EXACT
    return phrase(value, Wording(figure.unit.label, rounding)).zh


def change(figure: Described, difference: Number) -> str:
    """This year against the year before: 增加3次, 减少3次, 持平; of ratios 提高2.5个百分点."""
    if difference == 0:
        return "持平"
    size: Number = difference if difference > 0 else -difference
    if figure.unit is Unit.PERCENT:
        word = "提高" if difference > 0 else "下降"
        return f"{word}{plain(Decimal(size) * 100)}个百分点"
    word = "增加" if difference > 0 else "减少"
    return f"{word}{plain(size)}{figure.unit.label.zh}"
