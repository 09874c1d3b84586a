"""A report as paragraphs, headings, sentences and clauses, by position.

A heading gives the paragraphs under it their subject. A chapter on what comes next year is a plan:
its numbers are no figures of the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .numerals import flattened

_CHAPTER = re.compile("^[ \t\u3000]*(?:第?[一二三四五六七八九十]{1,3}(?:[、.．]|部分|章))")
_SECTION = re.compile("^[ \t\u3000]*[(][一二三四五六七八九十]{1,3}[)]")
_POINT = re.compile(
    "^[ \t\u3000]*(?:[(]?[0-9]{1,2}[)、.．](?![0-9])|[一二三四五六七八九十]{1,2}[是要][、,，]?)"
)
_TITLE = re.compile("(?:报告|总结|情况|要点|计划|方案)(?:[(].{0,10}[)])?$")
_LONGEST_HEADING = 60
_SENTENCE_END = re.compile("[。!！?？;；]")
#: A colon right before a number belongs to what it counts: 宣传活动:8次.
_CLAUSE_END = re.compile(
    "[,，。!！?？;；]|[:：](?![ 近约超共达]{0,2}[0-9一二两三四五六七八九十百])"
)
_THOUSANDS = re.compile("(?<=[0-9]),(?=[0-9]{3})")
#: A heading of what comes next.
_NEXT = re.compile(
    "下一步|下步|明年|来年|下一年|下年度|今后|打算|努力方向|工作思路|(?:工作|主要|总体|任务|初步)(?:安排|计划|设想)"
)
_SHORTCOMINGS = re.compile("不足|问题|困难|短板|原因")
_YEAR = re.compile("(?<![0-9])(20[0-9]{2})(?=年|[^0-9]{0,2}年?度)")
_YEARS = re.compile("(?<![0-9])(20[0-9]{2})年?[-—~至]{1,2}(20[0-9]{2})年?")


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its clauses, the headings over it and the sentence before."""

    start: int
    end: int
    clauses: tuple[Span, ...]
    headings: tuple[Span, ...]
    before: Span | None
    planned: bool
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with the years it names."""

    start: int
    end: int
    years: tuple[tuple[int, int], ...]
    planned: bool


@dataclass(frozen=True, slots=True)
class Outline:
    sentences: list[Sentence]
    headings: list[Heading]


def outline(text: str, year: int) -> Outline:
    """Take a report apart."""
    flat = _THOUSANDS.sub("'", flattened(text))
    sentences: list[Sentence] = []
    headings: list[Heading] = []
    above: dict[int, Span] = {}
    planned = False
    for number, line in enumerate(_lines(flat)):
        level, head = _heading(flat, line, number)
        if level is not None:
            here = flat[head.start : head.end]
            if level <= 1:
                planned = is_plan(here, year)
            headings.append(Heading(head.start, head.end, tuple(_years(here, head.start)), planned))
            above = {each: span for each, span in above.items() if each < level}
        whole_line_is_heading = level is not None and head.end >= line.end
        before: Span | None = None
        for span in _split(flat, line, _SENTENCE_END):
            clauses = tuple(_split(flat, span, _CLAUSE_END))
            sentences.append(
                Sentence(
                    span.start,
                    span.end,
                    clauses,
                    tuple(above[each] for each in sorted(above)),
                    before,
                    planned,
                    whole_line_is_heading,
                )
            )
            before = span
        if level is not None:
            above[level] = head
    return Outline(sentences, headings)


def is_plan(heading: str, year: int) -> bool:
    """Whether a heading speaks of what comes next, not of the year."""
    if _NEXT.search(heading):
        return True
    named = [int(found.group(1)) for found in _YEAR.finditer(heading)]
    return bool(named) and all(each > year for each in named)


def _lines(flat: str) -> Iterator[Span]:
    start = 0
    for line in flat.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            begin = start + line.index(bare[0])
            yield Span(begin, begin + len(bare))
        start += len(line)


def _heading(flat: str, line: Span, number: int) -> tuple[int | None, Span]:
    """The level of a heading at the beginning of a line, and how far it reaches."""
    beginning = flat[line.start : min(line.end, line.start + _LONGEST_HEADING + 1)]
    level = (
        1
        if _CHAPTER.match(beginning)
        else 2
        if _SECTION.match(beginning)
        else 3
        if _POINT.match(beginning)
        else None
    )
    end = _SENTENCE_END.search(beginning)
    if end is not None:
        # (一)聚焦法治宣传。我镇…: the first sentence is the heading.
        short = end.start() <= 40 and "," not in beginning[: end.start()]
        if level is not None and level < 3 and short:
            return level, Span(line.start, line.start + end.start())
        return None, line
    if len(beginning) > _LONGEST_HEADING:
        return None, line
    if level is None and number < 4 and _TITLE.search(beginning):
        level = 0
    return level, line


def _years(heading: str, start: int) -> Iterator[tuple[int, int]]:
    spans = [found.span() for found in _YEARS.finditer(heading)]
    for found in _YEAR.finditer(heading):
        if not any(first <= found.start() < last for first, last in spans):
            yield int(found.group(1)), start + found.start()


def _split(flat: str, span: Span, ends: re.Pattern[str]) -> Iterator[Span]:
    start = span.start
    for found in ends.finditer(flat, span.start, span.end):
        if found.start() > start:
            yield Span(start, found.start())
        start = found.end()
    if start < span.end:
        yield Span(start, span.end)
