"""Reading figures: one pass over each source, for the year and the year before together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.kernel.figure import AnyFigure, Figure, Ratio, Source
from tracker.kernel.headcount import CountBasis
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.wording import Number
from tracker.kernel.wording import quotient as quotient

from .readings import Measured, Reading, as_number

#: (source key, part or "", measure key, 0 for the year and 1 for the year before)
Results = dict[tuple[str, str, str, int], Measured]

NOTHING = Measured(0, 0)


def counted(figure: Figure, period: Period) -> ColumnElement[bool]:
    """The records that count for a figure: the one condition behind value, drill-down and sheet."""
    condition = figure.criterion(period)
    if figure.weight is not None:
        condition = and_(condition, figure.weight.is_not(None))
    return condition


def read(
    session: Session, figures: Sequence[AnyFigure], scope: Scope, period: Period
) -> dict[str, Reading]:
    """The readings of these figures, by key, in their order."""
    simple = simple_figures(figures)
    results: Results = {}
    for source, measures in measures_by_source(simple).items():
        results.update(_measure(session, source, measures, scope, period))
    return {figure.key: _reading(figure, results, period) for figure in figures}


def simple_figures(figures: Iterable[AnyFigure]) -> list[Figure]:
    """The figures that are counted themselves: of a ratio, its numerator and denominator."""
    found: dict[str, Figure] = {}
    for figure in figures:
        parts = [figure] if isinstance(figure, Figure) else [figure.numerator, figure.denominator]
        for part in parts:
            found.setdefault(part.key, part)
    return list(found.values())


def measures_by_source(figures: Iterable[Figure]) -> dict[Source, list[Figure]]:
    """The distinct measures of each source. Kinds of a parted source share their measures."""
    grouped: dict[str, dict[str, Figure]] = defaultdict(dict)
    sources: dict[str, Source] = {}
    for figure in figures:
        sources[figure.source.key] = figure.source
        grouped[figure.source.key].setdefault(figure.measure_key, figure)
    return {sources[key]: list(measures.values()) for key, measures in grouped.items()}


def _measure(
    session: Session, source: Source, measures: list[Figure], scope: Scope, period: Period
) -> Results:
    """One statement: every measure of a source over both years."""
    periods = (period, period.previous)
    columns: list[ColumnElement[Any]] = []
    for figure in measures:
        for each in periods:
            columns.extend(_aggregates(figure, each))
    statement = select(*columns).select_from(source.model).where(scope.covers(source.office_id))
    if source.within is not None:
        statement = statement.where(or_(*(source.within(each) for each in periods)))
    if source.part is not None:
        statement = statement.add_columns(source.part).group_by(source.part)
    results: Results = {}
    for row in session.execute(statement):
        cells = iter(row)
        for figure in measures:
            for index, _ in enumerate(periods):
                measured = _take(figure, cells)
                part = row[-1] if source.part is not None else ""
                results[source.key, part, figure.measure_key, index] = measured
    return results


def _aggregates(figure: Figure, period: Period) -> list[ColumnElement[Any]]:
    condition = counted(figure, period)
    columns: list[ColumnElement[Any]] = [func.count().filter(condition)]
    if figure.weight is not None:
        columns.append(func.sum(figure.weight).filter(condition))
    if figure.count_basis is not None:
        basis = figure.count_basis
        for member in CountBasis:
            here = and_(figure.criterion(period), basis == member)
            heads = func.count() if member is CountBasis.NOT_RECORDED else func.sum(figure.weight)
            columns.append(heads.filter(here))
    return columns


def _take(figure: Figure, cells: Any) -> Measured:
    """Read back what `_aggregates` asked for, in its order."""
    records = int(next(cells))
    value: Number | None = records
    if figure.weight is not None:
        value = as_number(next(cells) or 0)
    if figure.count_basis is None:
        return Measured(value, records)
    basis = {str(member.value): int(next(cells) or 0) for member in CountBasis}
    if records == 0 and basis[str(CountBasis.NOT_RECORDED.value)]:
        value = None  # events took place and nobody counted: that is not 0
    return Measured(value, records, basis)


def _reading(figure: AnyFigure, results: Results, period: Period) -> Reading:
    if isinstance(figure, Ratio):
        above = [_result(figure.numerator, results, index) for index in (0, 1)]
        below = [_result(figure.denominator, results, index) for index in (0, 1)]
        return Reading(
            figure,
            period,
            quotient(above[0].value, below[0].value),
            quotient(above[1].value, below[1].value),
            above[0].records,
        )
    now, before = _result(figure, results, 0), _result(figure, results, 1)
    return Reading(figure, period, now.value, before.value, now.records, now.count_basis)


def _result(figure: Figure, results: Results, index: int) -> Measured:
    key = (figure.source.key, figure.part or "", figure.measure_key, index)
    nothing = NOTHING
    if figure.count_basis is not None:
        nothing = Measured(0, 0, {str(member.value): 0 for member in CountBasis})
    return results.get(key, nothing)
