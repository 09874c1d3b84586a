"""The tally's last sheet: the spreadsheet itself adds every figure up again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill

from tracker.figures.readings import Reading
from tracker.kernel.figure import Ratio
from tracker.kernel.units import Unit
from tracker.kernel.wording import UNKNOWN
from tracker.kernel.words import Words

from . import cells
from .book import Book, Heading
from .cells import Content, Formula
from .columns import SheetColumn
from .details import Place
from .sheets import FIRST_ROW, Ledger
from .summary import value_cell

NAME = Words("校核", "Check")
AGREES = Words("一致", "agrees")
DISAGREES = Words("不一致", "disagrees")
_ALL_AGREE = Words("全部一致", "All figures agree with their records")
_SOME_DISAGREE = Words("有不一致，见标红各行", "Some figures disagree: see the marked rows")
_HEADS = (
    (Words("指标", "Figure"), 34, cells.TEXT),
    (Words("单位", "Unit"), 10, cells.CENTRED),
    (Words("汇总值", "Summary says"), 14, cells.CENTRED),
    (Words("明细重算", "Records add up to"), 14, cells.CENTRED),
    (Words("差额", "Difference"), 11, cells.CENTRED),
    (Words("结论", "Verdict"), 11, cells.CENTRED),
    (Words("明细所在列", "Where the records are"), 30, cells.CENTRED),
    (Words("代码", "Code"), 34, cells.SMALL),
)
# The letters of the columns above, after 序号.
_SAID, _AGAIN, _LESS, _VERDICT = "D", "E", "F", "G"
_COLUMN = Words("{sheet} {letter}列", "{sheet}, column {letter}")
_QUOTIENT = Words("第{above}行 ÷ 第{below}行", "row {above} ÷ row {below}")
_REMARK = Words(
    "说明：「明细重算」由电子表格按各明细表右侧「计入」列重新相加（比率由本表两行相除）；打开后如未显示结果，请按F9重算。",
    "The spreadsheet itself adds up the check columns of the detail sheets; a ratio divides two "
    "rows of this sheet. Press F9 if no results show.",
)
_PINK = "F8C8C8"


def write_checks(
    book: Book,
    readings: Sequence[Reading],
    places: Mapping[str, Place],
    title: str,
    heading: Heading,
) -> None:
    """One row per figure: what the summary says, what its records add up to, and the verdict.

    ``readings`` hold the figures that ratios divide, too.
    """
    language = book.language
    columns = [SheetColumn(label.say(language), width, look) for label, width, look in _HEADS]
    ledger = Ledger(book, NAME.say(language), title, heading, columns, frozen=2)
    rows = {each.figure.key: row for row, each in enumerate(readings, FIRST_ROW)}
    for reading in readings:
        ledger.write_row(_row(reading, rows, places, language))
    ledger.write_group(Formula(_all_agree(ledger.last_row, language)))
    ledger.write_remark(_REMARK.say(language))
    ledger.close(totals=False)
    _mark_disagreement(ledger.sheet, ledger.last_row, DISAGREES.say(language))


def _row(
    reading: Reading, rows: Mapping[str, int], places: Mapping[str, Place], language: str
) -> list[Content]:
    figure = reading.figure
    row = rows[figure.key]
    if isinstance(figure, Ratio):
        above, below = rows[figure.numerator.key], rows[figure.denominator.key]
        again, where = _quotient(above, below, language), _QUOTIENT.fill(above=above, below=below)
    else:
        place = places[figure.key]
        again = place.total
        if reading.value is None:
            # Nothing was recorded: it must be so in the details, too.
            again = f"IF({place.records}=0,{_text(UNKNOWN, language)},{place.total})"
        where = _COLUMN.fill(sheet=place.sheet, letter=place.letter)
    said, found = f"{_SAID}{row}", f"{_AGAIN}{row}"
    less = f'IF(AND(ISNUMBER({said}),ISNUMBER({found})),{found}-{said},IF({said}={found},0,""))'
    verdict = (
        f"IF(ISNUMBER({_LESS}{row}),IF(ABS({_LESS}{row})<0.00005,"
        f"{_text(AGREES, language)},{_text(DISAGREES, language)}),{_text(DISAGREES, language)})"
    )
    number_format = cells.PERCENT if figure.unit is Unit.PERCENT else cells.GENERAL
    return [
        figure.label,
        figure.unit.label,
        value_cell(reading.value, figure.unit),
        Formula(again, number_format),
        Formula(less, number_format),
        Formula(verdict),
        where,
        figure.key,
    ]


def _quotient(above: int, below: int, language: str) -> str:
    """One row over another, to four places; nothing can be said where the lower one is 0."""
    up, down, unknown = f"{_AGAIN}{above}", f"{_AGAIN}{below}", _text(UNKNOWN, language)
    divided = f"IF({down}=0,{unknown},ROUND({up}/{down},4))"
    return f"IF(AND(ISNUMBER({up}),ISNUMBER({down})),{divided},{unknown})"


def _all_agree(last_row: int, language: str) -> str:
    verdicts = f"{_VERDICT}{FIRST_ROW}:{_VERDICT}{last_row}"
    agreeing = f"COUNTIF({verdicts},{_text(AGREES, language)})"
    return (
        f"IF({agreeing}=ROWS({verdicts}),"
        f"{_text(_ALL_AGREE, language)},{_text(_SOME_DISAGREE, language)})"
    )


def _text(words: Words, language: str) -> str:
    """Words as a text of a formula."""
    return '"' + words.say(language).replace('"', '""') + '"'


def _mark_disagreement(sheet: Any, last_row: int, word: str) -> None:
    make_rule: Any = FormulaRule  # openpyxl's own type is missing
    rule = make_rule(
        formula=[f'${_VERDICT}{FIRST_ROW}="{word}"'], fill=PatternFill("solid", bgColor=_PINK)
    )
    sheet.conditional_formatting.add(f"A{FIRST_ROW}:I{last_row}", rule)
