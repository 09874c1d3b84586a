"""What the marks of a form mean, or what is wrong with them: all of them, before anything is
written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tracker.kernel import marks
from tracker.kernel.marks import NUMBER, Mark
from tracker.kernel.register import Column
from tracker.kernel.words import Words

from .findings import Block, Place, Survey, where
from .spans import WHOLE_YEAR, Span, span_of
from .vocabulary import (
    OPTIONS,
    Kind,
    Vocabulary,
    column_named,
    fact_named,
    nearest_option,
)

Asked = Literal["value", "phrase", "records"]


@dataclass(frozen=True)
class FactMeaning:
    """The office, the year, the day, the person."""

    fact: str


@dataclass(frozen=True)
class FigureMeaning:
    """A figure of a period, or of the same months a year before."""

    key: str
    span: Span = WHOLE_YEAR
    asked: Asked = "value"
    previous: bool = False


@dataclass(frozen=True)
class ColumnMeaning:
    """A column of the record a repeated row is for."""

    column: Column


@dataclass(frozen=True)
class NumberMeaning:
    """The running number of a repeated row."""


@dataclass(frozen=True)
class OwnOfficeMeaning:
    """The office of the record a repeated row is for."""


Meaning = FactMeaning | FigureMeaning | ColumnMeaning | NumberMeaning | OwnOfficeMeaning


@dataclass(frozen=True)
class Problem:
    """A mark that cannot be filled, and what to do."""

    sheet: str
    cell: str
    raw: str
    message: Words
    #: The known name that was probably meant.
    nearest: str = ""

    @property
    def line(self) -> Words:
        """The problem in one line: 附表1!B3 {{outreach.event}}：……"""
        return _LINE.fill(where=self.where, raw=self.raw, message=self.message)

    @property
    def where(self) -> Words:
        return where(self.sheet, self.cell)


@dataclass(frozen=True)
class Repetition:
    """Rows to repeat: for which records of which months, and what their own marks mean."""

    block: Block
    kind: Kind
    span: Span
    meanings: dict[str, Meaning] = field(default_factory=dict)


@dataclass(frozen=True)
class Understood:
    """A form whose marks are looked up. It can be filled where there are no problems."""

    single: dict[str, Meaning]
    repetitions: tuple[Repetition | None, ...]
    problems: tuple[Problem, ...]


_LINE = Words("{where} {raw}：{message}", "{where} {raw}: {message}")
_MEANT = Words("{message}，是不是 {nearest}？", "{message}; did you mean {nearest}?")
_NO_NAME = Words("没有这个标记", "there is no such mark")
_NO_REGISTER = Words("没有这个台账", "there is no such register")
_NO_OPTION = Words("不认识选项「{option}」", "the option {option} is not known")
_NO_OPTIONS_HERE = Words("这个标记不能带选项", "this mark takes no options")
_TWO_OPTIONS = Words("选项重复或矛盾：{option}", "the option {option} says something twice")
_NO_PERIOD = Words("{year} 年没有这个数字", "there is no such figure in {year}")

NO_MARKS = Words(
    "文件里没有找到标记。请在要填数字的单元格写上标记（写法见「可用标记」），保存后再上传。",
    "No mark was found in the file. Write marks into the cells to be filled (see “Marks”), save it "
    "and upload it again.",
)

FAULTS = {
    "broken": Words(
        "标记的花括号不成对，应写成 {{{{outreach.events}}}} 的样子",
        "the braces of the mark are incomplete; write it like {{{{outreach.events}}}}",
    ).fill(),
    "in_formula": Words(
        "公式里不能写标记；请把标记写在单独的单元格，公式引用那个单元格",
        "a formula cannot hold a mark; put it into a cell of its own and refer to that cell",
    ),
    "in_sheet_name": Words("工作表名称里不能写标记", "the name of a sheet cannot hold a mark"),
    "in_header": Words("页眉页脚里不能有重复行", "headers and footers cannot hold repeated rows"),
    "two_in_row": Words(
        "同一行只能开始一个重复块，也不能写在另一个重复块里",
        "a row can begin only one repetition, and none can begin inside another",
    ),
    "end_alone": Words("前面没有对应的开始标记", "no mark before it opens these rows"),
    "end_differs": Words(
        "与前面的开始标记名称不同", "its name differs from the mark that opens these rows"
    ),
    "too_high": Words("重复块最多 60 行", "at most 60 rows can be repeated together"),
    "too_many": Words("标记太多，一份表最多 3000 个", "a form can have at most 3,000 marks"),
}


def understand(survey: Survey, vocabulary: Vocabulary) -> Understood:
    """Look up every mark of a form."""
    reader = _Reader(vocabulary)
    problems = [
        Problem(fault.sheet, fault.cell, fault.raw, FAULTS[fault.code]) for fault in survey.faults
    ]
    repetitions = [reader.repetition(block) for block in survey.blocks]
    single: dict[str, Meaning] = {}
    for place in survey.places:
        if place.block < 0:
            meaning = reader.meaning(place, None)
            if meaning is not None:
                single[place.raw] = meaning
            continue
        rows = repetitions[place.block]
        if rows is not None:
            meaning = reader.meaning(place, rows.kind)
            if meaning is not None:
                rows.meanings[place.raw] = meaning
    return Understood(single, tuple(repetitions), (*problems, *reader.problems))


class _Reader:
    """Looks marks up and writes down what cannot be found."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []

    def _refuse(self, at: Place | Block, message: Words, nearest: str = "") -> None:
        if nearest:
            message = _MEANT.fill(message=message, nearest=nearest)
        self.problems.append(Problem(at.sheet, at.cell, at.raw, message, nearest))

    def repetition(self, block: Block) -> Repetition | None:
        """What rows are repeated for."""
        mark = marks.parse(block.raw)
        kind = self.vocabulary.kind(mark.name)
        if kind is None:
            self._refuse(block, _NO_REGISTER, self.vocabulary.nearest_kind(mark.name))
            return None
        span = WHOLE_YEAR
        for option in mark.options:
            found = span_of(option)
            if found is None:
                self._refuse(block, _NO_OPTION.fill(option=option), nearest_option(option))
            elif span is not WHOLE_YEAR:
                self._refuse(block, _TWO_OPTIONS.fill(option=option))
            else:
                span = found
        return Repetition(block, kind, span)

    def meaning(self, place: Place, kind: Kind | None) -> Meaning | None:
        """What a mark means, in the rows of ``kind`` or in no rows."""
        mark = marks.parse(place.raw)
        found = self._plain(mark, kind)
        if found is not None:
            if mark.options:
                self._refuse(place, _NO_OPTIONS_HERE)
                return None
            return found
        return self._figure(place, mark, kind)

    def _plain(self, mark: Mark, kind: Kind | None) -> Meaning | None:
        if kind is not None:
            if mark.name == NUMBER:
                return NumberMeaning()
            column = column_named(kind.register, mark.name)
            if column is not None:
                return ColumnMeaning(column)
        fact = fact_named(mark.name)
        if fact == "office" and kind is not None:
            return OwnOfficeMeaning()
        return FactMeaning(fact) if fact else None

    def _figure(self, place: Place, mark: Mark, kind: Kind | None) -> FigureMeaning | None:
        spans, asked, wrong = [], [], False
        for option in mark.options:
            if span := span_of(option):
                spans.append(span)
            elif option in OPTIONS:
                asked.append(OPTIONS[option])
            else:
                self._refuse(place, _NO_OPTION.fill(option=option), nearest_option(option))
                wrong = True
        previous = asked.count("previous")
        others = [each for each in asked if each != "previous"]
        if len(spans) > 1 or previous > 1 or len(others) > 1:
            self._refuse(place, _TWO_OPTIONS.fill(option="|".join(mark.options)))
            wrong = True
        span = spans[0] if spans else WHOLE_YEAR
        figure = self.vocabulary.figure(mark.name, span.year)
        if figure is None:
            if span.year is not None and self.vocabulary.figure(mark.name) is not None:
                self._refuse(place, _NO_PERIOD.fill(year=span.year))
            else:
                self._refuse(place, _NO_NAME, self.vocabulary.nearest(mark.name, kind))
            return None
        if wrong:
            return None
        what: Asked = others[0] if others else "value"  # type: ignore[assignment]
        return FigureMeaning(figure.key, span, what, bool(previous))
