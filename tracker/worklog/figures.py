"""The figures of the worklog, made from the kinds of work.

Figures of one number share their measure whatever their kind, so that one statement over the
entries, grouped by kind, reads them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, not_
from sqlalchemy.orm import Session

from tracker.kernel.figure import (
    AnyFigure,
    Basis,
    Criterion,
    Dimension,
    Figure,
    LeftOut,
    Ratio,
    Source,
)
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.wording import Rounding, Wording
from tracker.kernel.words import Words
from tracker.offices.models import Village

from . import queries
from .kinds import Number, WorkKind, shipped_kinds
from .models import WorklogEntry

Rate = Literal["coverage_rate", "success_rate"]


def _month() -> ColumnElement[int]:
    month: ColumnElement[int] = func.extract("month", WorklogEntry.held_on)
    return month


_VILLAGE = Dimension(
    "village",
    Words("村（社区）", "Village"),
    Village.id,
    name=Village.name,
    join=lambda statement: statement.outerjoin(
        Village,
        and_(Village.office_id == WorklogEntry.office_id, Village.id == WorklogEntry.village_id),
    ),
)

ENTRIES = Source(
    key="worklog.entries",
    label=Words("其他台账", "Other work"),
    register="worklog",
    model=WorklogEntry,
    path="/worklog/{part}/{id}",
    title=WorklogEntry.title,
    number=WorklogEntry.number,
    date=WorklogEntry.held_on,
    within=queries.touches,
    part=WorklogEntry.kind,
    left_out=(LeftOut(Words("已作废", "Voided"), lambda _: WorklogEntry.voided_at.is_not(None)),),
    dimensions={"month": Dimension("month", Words("月份", "Month"), _month()), "village": _VILLAGE},
)

#: The same records where they stand until they end: the month of their set-up says nothing.
STANDING = replace(ENTRIES, dimensions={"village": _VILLAGE})


@dataclass(frozen=True, eq=False)
class _Rule:
    """How a basis picks the entries that count, and how that is said."""

    source: Source
    counts: Criterion
    left_out: tuple[LeftOut, ...]
    said: Words


_RULES: Mapping[Basis, _Rule] = {
    Basis.DURING: _Rule(
        source=ENTRIES,
        counts=queries.held_in,
        left_out=(
            LeftOut(
                Words("不在本年度", "In another year"),
                lambda period: not_(queries.dated_in(period)),
            ),
        ),
        said=Words("日期在本年度、未作废的", "dated in the year and not voided"),
    ),
    Basis.AS_AT: _Rule(
        source=STANDING,
        counts=queries.in_force_at,
        left_out=(
            LeftOut(
                Words("期末时尚未设立", "Not set up by the last day"),
                lambda period: WorklogEntry.held_on > period.as_at,
            ),
            LeftOut(
                Words("期末前已结束", "Ended before the last day"),
                lambda period: WorklogEntry.ended_on < period.as_at,
            ),
        ),
        said=Words(
            "期末有效（已设立、尚未结束）、未作废的",
            "in force on the last day (set up and not ended) and not voided",
        ),
    ),
}

_COLUMNS: Mapping[Number, ColumnElement[int | None]] = {
    "times": WorklogEntry.times.expression,
    "people": WorklogEntry.people.expression,
    "items": WorklogEntry.items.expression,
    "due": WorklogEntry.due.expression,
    "succeeded": WorklogEntry.succeeded.expression,
}

_MISSING = Words("未填写{number}", "No number given: {number}")
_SUM_RULE = Words(
    "本数为{said}记录的{number}之和，没有填写的不计入、另行列出。",
    "This number is the sum of {number} over the entries {said}; entries without it are listed "
    "apart.",
)
_RATE_RULE = Words(
    "本率为{said}记录的{above}之和除以{below}之和，只计两项都已填写的记录；没有这样的记录时不作统计。",
    "This rate is the sum of {above} over the sum of {below} in the entries {said} that give both; "
    "empty where there are none.",
)
_NUMBERS: Mapping[Number, Words] = {
    "times": Words("次数", "times"),
    "people": Words("人次", "people"),
    "items": Words("数量", "items"),
    "due": Words("应做数", "due"),
    "succeeded": Words("办成数", "succeeded"),
}
_AT_END = Words("期末{number}", "{number} at the end")
_BOTH_OF = Words("{number}（{other}也已填写）", "{number} (where {other} is given, too)")
_BOTH = Words("{label}（两项都已填写的记录）", "{label} (entries that give both)")


def figures_of(kind: WorkKind) -> tuple[AnyFigure, ...]:
    """Every figure of one kind: each number it asks for, then its rates."""
    return (*(_sum(kind, number) for number in kind.numbers), *_rates(kind))


@cache
def shipped_figures() -> tuple[AnyFigure, ...]:
    """The figures of the kinds every office has."""
    return tuple(figure for kind in shipped_kinds().values() for figure in figures_of(kind))


def own_figures(session: Session, scope: Scope) -> list[AnyFigure]:
    """The figures of the kinds the offices of a scope added themselves."""
    kinds = queries.own_kinds_of(session, scope)
    return [figure for kind in kinds for figure in figures_of(kind)]


def _sum(kind: WorkKind, number: Number) -> Figure:
    """One number summed over the entries that count."""
    rule = _RULES[kind.basis]
    unit = kind.unit_of(number)
    rounded = number == "people"
    return Figure(
        key=f"worklog.{kind.key}.{number}",
        label=_label(kind, number),
        definition=_definition(kind, _SUM_RULE.fill(said=rule.said, number=_named(kind, number))),
        unit=unit,
        source=rule.source,
        criterion=rule.counts,
        basis=kind.basis,
        weight=_COLUMNS[number],
        missing=_MISSING.fill(number=_named(kind, number)),
        left_out=rule.left_out,
        spoken=Wording(unit.label, Rounding.FLOOR if rounded else Rounding.EXACT),
        part=kind.key,
        group=kind.area.label,
        measure=_measure(kind.basis, number),
        measure_label=_measured(kind.basis, number),
    )


def _rates(kind: WorkKind) -> list[Ratio]:
    """Base over due, and succeeded over base, where the kind asks for them."""
    if kind.rate_base is None:
        return []
    found = []
    if kind.coverage_label is not None:
        found.append(_rate(kind, "coverage_rate", kind.coverage_label, kind.rate_base, "due"))
    if kind.success_label is not None:
        found.append(_rate(kind, "success_rate", kind.success_label, "succeeded", kind.rate_base))
    return found


def _rate(kind: WorkKind, rate: Rate, label: Words, above: Number, below: Number) -> Ratio:
    rule = _RULES[kind.basis]
    said = _RATE_RULE.fill(said=rule.said, above=_named(kind, above), below=_named(kind, below))
    return Ratio(
        key=f"worklog.{kind.key}.{rate}",
        label=_under(kind, label),
        definition=_definition(kind, said),
        numerator=_part_of_rate(kind, rate, "numerator", above, (above, below)),
        denominator=_part_of_rate(kind, rate, "denominator", below, (above, below)),
        group=kind.area.label,
    )


def _part_of_rate(
    kind: WorkKind, rate: Rate, place: str, number: Number, both: tuple[Number, Number]
) -> Figure:
    """A number summed over the entries that give both numbers of the rate."""
    whole = _sum(kind, number)
    return replace(
        whole,
        key=f"worklog.{kind.key}.{rate}.{place}",
        label=_BOTH.fill(label=whole.label),
        criterion=_given(kind.basis, both),
        left_out=(
            *whole.left_out,
            *(LeftOut(_MISSING.fill(number=_named(kind, each)), _empty(each)) for each in both),
        ),
        measure=_measure(kind.basis, f"{number} of {' and '.join(both)}"),
        measure_label=_BOTH_OF.fill(
            number=_measured(kind.basis, number), other=_NUMBERS[both[1 - both.index(number)]]
        ),
    )


def _given(basis: Basis, both: tuple[Number, Number]) -> Criterion:
    counts = _RULES[basis].counts

    def criterion(period: Period) -> ColumnElement[bool]:
        return and_(counts(period), *(_COLUMNS[each].is_not(None) for each in both))

    return criterion


def _empty(number: Number) -> Criterion:
    column = _COLUMNS[number]
    return lambda _period: column.is_(None)


def _measure(basis: Basis, numbers: str) -> str:
    return f"{basis.value}: {numbers}"


def _measured(basis: Basis, number: Number) -> Words:
    """What a number is called whatever the kind."""
    return _AT_END.fill(number=_NUMBERS[number]) if basis is Basis.AS_AT else _NUMBERS[number]


def _named(kind: WorkKind, number: Number) -> Words:
    """A number inside a sentence."""
    label = kind.label_of(number)
    return Words(label.zh, _lower(label.en))


def _label(kind: WorkKind, number: Number) -> Words:
    """What a figure is called: 法治专题会议次数; 人民调解员数; 执法案卷评查：发现问题数."""
    if number == "items" and kind.asks == {"items"}:
        return Words(f"{kind.label.zh}数", kind.label.en)
    if number in ("times", "people"):
        named = kind.label_of(number)
        return Words(f"{kind.label.zh}{named.zh}", f"{kind.label.en}: {named.en}")
    return _under(kind, kind.label_of(number))


def _under(kind: WorkKind, label: Words) -> Words:
    return Words(f"{kind.label.zh}：{label.zh}", f"{kind.label.en}: {_lower(label.en)}")


def _definition(kind: WorkKind, rule: Words) -> Words:
    return Words(f"{kind.definition.zh}{rule.zh}", f"{kind.definition.en} {rule.en}")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
