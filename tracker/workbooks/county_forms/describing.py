"""What a form's page says of its marks: what each means and what it is now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.kernel.words import Words

from . import losses
from .contents import said
from .findings import HEADER, Loss, Place, Survey, where
from .meanings import (
    ColumnMeaning,
    FactMeaning,
    FigureMeaning,
    Meaning,
    NumberMeaning,
    Repetition,
    Understood,
)
from .spans import Span
from .values import Occasion, ledger_of, single_values
from .vocabulary import FACTS, OPTION_LABELS, Vocabulary

_MOST_CELLS = 3

_CELLS = Words("{cells} 等 {n} 处", "{cells} and others, {n} in all")
_NUMBER = Words("序号", "Running number")
_OWN_OFFICE = Words("记录所属单位", "The record's office")
_ROWS = Words("每条记录一行：{kind}", "One row for each record: {kind}")
_RECORDS = Words("{n} 条", "{n} records")
_EACH = Words("逐条填写", "one for each record")
_COLUMN = Words("{register}：{column}", "{register}: {column}")
_OF = Words("{what}（{detail}）", "{what} ({detail})")
_YEAR = Words("{year}年", "{year}")
_QUARTER = Words("第{n}季度", "quarter {n}")
_HALF = (Words("上半年", "first half"), Words("下半年", "second half"))
_MONTH = Words("{n}月", "month {n}")
_MONTHS = Words("{first}—{last}月", "months {first} to {last}")

_LOST = {
    losses.PICTURES: Words(
        "工作表「{sheet}」里的图片不会保留：{names}",
        "Pictures on the sheet “{sheet}” are not kept: {names}",
    ),
    losses.SHAPES: Words(
        "工作表「{sheet}」里的文本框、线条等形状不会保留：{names}",
        "Text boxes, lines and other shapes on the sheet “{sheet}” are not kept: {names}",
    ),
    losses.CHARTS: Words(
        "工作表「{sheet}」里的图表可能走样：{names}",
        "Charts on the sheet “{sheet}” may look different: {names}",
    ),
    losses.CONTROLS: Words(
        "工作表「{sheet}」里的按钮、复选框等控件不会保留",
        "Buttons, check boxes and other controls on the sheet “{sheet}” are not kept",
    ),
    losses.RULES: Words(
        "引用其他工作表的下拉列表、新版的条件格式等扩展设置不会保留",
        "Drop-downs that refer to other sheets, and newer conditional formats, are not kept",
    ),
}


@dataclass(frozen=True)
class Line:
    """One mark of a form: where it stands, what it means, what it is now."""

    raw: str
    where: Words
    meaning: Words
    value: Words


def lines(
    session: Session,
    vocabulary: Vocabulary,
    survey: Survey,
    understood: Understood,
    occasion: Occasion,
) -> list[Line]:
    """Every mark that is known, in the order of the form, each spelling once."""
    values = single_values(session, vocabulary, understood, occasion)
    places: dict[tuple[int, str], list[Place]] = {}
    for place in survey.places:
        places.setdefault((place.block, place.raw), []).append(place)
    found: list[Line] = []
    shown: set[int] = set()
    for (block, raw), group in places.items():
        rows = understood.repetitions[block] if block >= 0 else None
        if block >= 0 and block not in shown:
            shown.add(block)
            found += _of_rows(session, rows, occasion)
        meanings = understood.single if block < 0 else rows.meanings if rows else {}
        if raw in meanings:
            meaning = meanings[raw]
            value = Words.same(said(values[meaning])) if meaning in values else _EACH
            found.append(Line(raw, _where(group), _meant(meaning, vocabulary, rows), value))
    for index, rows in enumerate(understood.repetitions):
        if index not in shown:
            found += _of_rows(session, rows, occasion)
    return found


def lost(found: Iterable[Loss]) -> list[Words]:
    """What will be missing from the filled file."""
    return [_LOST[each.what].fill(sheet=each.sheet, names="、".join(each.names)) for each in found]


def _of_rows(session: Session, rows: Repetition | None, occasion: Occasion) -> list[Line]:
    if rows is None:
        return []
    block, kind = rows.block, rows.kind
    meaning = _ROWS.fill(kind=_in_months(kind.label, rows.span))
    statement = ledger_of(rows, occasion)
    count = 0
    if statement is not None:
        counted = select(func.count()).select_from(statement.order_by(None).subquery())
        count = session.scalar(counted) or 0
    place = where(block.sheet, block.cell)
    return [Line(block.raw, place, meaning, _RECORDS.fill(n=count))]


def _where(places: list[Place]) -> Words:
    """附表1!B3、C4; a sheet is named once."""
    named: list[Words] = []
    sheet = ""
    for place in places[:_MOST_CELLS]:
        again = place.sheet == sheet and place.cell != HEADER
        named.append(Words.same(place.cell) if again else where(place.sheet, place.cell))
        sheet = place.sheet
    listed = Words("、".join(each.zh for each in named), ", ".join(each.en for each in named))
    return listed if len(places) <= _MOST_CELLS else _CELLS.fill(cells=listed, n=len(places))


def _meant(meaning: Meaning, vocabulary: Vocabulary, rows: Repetition | None) -> Words:
    if isinstance(meaning, FactMeaning):
        return FACTS[meaning.fact]
    if isinstance(meaning, FigureMeaning):
        figure = vocabulary.figures(meaning.span.year)[meaning.key]
        label = _in_months(figure.label, meaning.span)
        if meaning.previous:
            label = _OF.fill(what=label, detail=OPTION_LABELS["previous"])
        if meaning.asked != "value":
            label = _OF.fill(what=label, detail=OPTION_LABELS[meaning.asked])
        return label
    if isinstance(meaning, ColumnMeaning) and rows is not None:
        return _COLUMN.fill(register=rows.kind.register.label, column=meaning.column.label)
    return _NUMBER if isinstance(meaning, NumberMeaning) else _OWN_OFFICE


def _in_months(what: Words, span: Span) -> Words:
    """What is said, with the months it is said of where they are not those of the year filled."""
    details = []
    if span.year is not None:
        details.append(_YEAR.fill(year=span.year))
    if (span.first, span.last) != (1, 12):
        details.append(_months(span.first, span.last))
    for detail in details:
        what = _OF.fill(what=what, detail=detail)
    return what


def _months(first: int, last: int) -> Words:
    if first == last:
        return _MONTH.fill(n=first)
    if last - first == 2 and last % 3 == 0:
        return _QUARTER.fill(n=last // 3)
    if last - first == 5 and last % 6 == 0:
        return _HALF[last // 6 - 1]
    return _MONTHS.fill(first=first, last=last)
