"""The tally's first sheet: every figure of the year on a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker.figures.published import YearReadings
from tracker.figures.readings import Reading
from tracker.kernel.units import Unit
from tracker.kernel.wording import UNKNOWN, Number
from tracker.kernel.words import Words

from . import cells
from .book import Book, Heading
from .cells import Content, Quantity
from .columns import SheetColumn
from .sheets import Ledger

NAME = Words("汇总", "Summary")
_HEADS = (
    (Words("指标", "Figure"), 28, cells.TEXT),
    (Words("单位", "Unit"), 10, cells.CENTRED),
    (Words("本年", "This year"), 13, cells.CENTRED),
    (Words("上年", "Last year"), 13, cells.CENTRED),
    (Words("增减", "Change"), 12, cells.CENTRED),
    (Words("报告用语", "As the report says it"), 18, cells.CENTRED),
    (Words("记录数", "Records"), 9, cells.CENTRED),
    (Words("计数依据", "How heads were counted"), 22, cells.TEXT),
    (Words("口径", "Definition"), 76, cells.SMALL),
    (Words("代码", "Code"), 26, cells.SMALL),
)
_REMARK = Words(
    "说明：本年为{year}年，上年为{before}年；期末状态类指标截至{day}。每项数字均由后面各明细表的记录算出，"
    "逐条计入情况见明细表右侧「计入」各列，重算结果见最后的「校核」表。「无法统计」指没有可据以统计的登记，不等于0。",
    "This year is {year}, last year {before}; states are as at {day}. Every figure is worked out "
    "from the records on the sheets that follow: their columns on the right say what each record "
    "adds, and the last sheet adds them up again. «Cannot be said» is not 0.",
)


_FROZEN = Words(
    "本年度已定稿（{number}），汇总为定稿的数字；明细表和「校核」表按现在的记录，两者的差别见「定稿后变化」。",
    "The year is frozen ({number}): the summary holds the frozen figures, the other sheets the "
    "present records; the sheet «Changes since» lists the differences.",
)


def write_summary(book: Book, found: YearReadings, title: str, heading: Heading) -> None:
    """All figures under the headings of their groups, in the catalogue's order."""
    readings, period = found.readings.values(), found.period
    language = book.language
    columns = [SheetColumn(label.say(language), width, look) for label, width, look in _HEADS]
    ledger = Ledger(book, NAME.say(language), title, heading, columns, numbered=False, frozen=1)
    for group, members in _grouped(readings).items():
        ledger.write_group(group.say(language))
        for reading in members:
            ledger.write_row(_row(reading, language))
    remark = _REMARK.fill(year=period.year, before=period.year - 1, day=period.as_at.isoformat())
    ledger.write_remark(remark.say(language))
    if found.frozen is not None:
        ledger.write_remark(_FROZEN.fill(number=found.frozen.number).say(language))
    ledger.close(totals=False)


def _grouped(readings: Iterable[Reading]) -> Mapping[Words, list[Reading]]:
    groups: dict[Words, list[Reading]] = {}
    for reading in readings:
        groups.setdefault(reading.figure.group, []).append(reading)
    return groups


def _row(reading: Reading, language: str) -> list[Content]:
    figure = reading.figure
    return [
        figure.label,
        figure.unit.label,
        value_cell(reading.value, figure.unit),
        value_cell(reading.previous, figure.unit),
        _change(reading, language),
        reading.phrase,
        Quantity(reading.records, cells.WHOLE),
        reading.basis_note or "",
        figure.definition,
        figure.key,
    ]


def value_cell(value: Number | None, unit: Unit) -> Content:
    """A figure's exact value: a number, or the words that nothing can be said."""
    if value is None:
        return UNKNOWN
    if unit is Unit.PERCENT:
        return Quantity(value, cells.PERCENT)
    return Quantity(value, cells.WHOLE if isinstance(value, int) else cells.GENERAL)


def _change(reading: Reading, language: str) -> Content:
    if reading.change is None:
        return "—"
    if reading.figure.unit is Unit.PERCENT:
        return Quantity(reading.change * 100, cells.POINTS.say(language))
    whole = isinstance(reading.change, int)
    return Quantity(reading.change, cells.CHANGE_WHOLE if whole else cells.CHANGE)
