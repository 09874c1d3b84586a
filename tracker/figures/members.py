"""The records behind a figure: those that count, and those left out with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    case,
    false,
    func,
    literal,
    not_,
    select,
)
from sqlalchemy.orm import Session

from tracker.kernel.figure import AnyFigure, Dimension, Figure, LeftOut, Ratio
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.models import Office

from .reading import counted, quotient
from .readings import Breakdown, Member, Omitted, Part, as_number

OTHERWISE = Words("不符合本项口径", "Does not meet the definition")
_MONTHS = range(1, 13)
_MONTH_NAMES = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
UNSTATED = Words("未填写", "Not stated")


def plain_figure(figure: AnyFigure) -> Figure:
    """The figure whose records are listed: of a ratio, the numerator."""
    return figure.numerator if isinstance(figure, Ratio) else figure


def members(
    session: Session, figure: AnyFigure, scope: Scope, period: Period, limit: int | None = None
) -> list[Member]:
    """Every record that counts, by day; their weights add up to the value."""
    plain = plain_figure(figure)
    weight = plain.weight if plain.weight is not None else literal(1)
    statement = _rows(plain, scope, weight).where(counted(plain, period)).limit(limit)
    return [
        Member(
            id=row.record_id,
            office_id=row.record_office,
            number=row.record_number,
            title=row.record_title,
            date=row.record_date,
            weight=as_number(row.extra),
            url=_address(plain, row.record_id),
            version=row.record_version,
        )
        for row in session.execute(statement)
    ]


def left_out(
    session: Session, figure: AnyFigure, scope: Scope, period: Period, limit: int | None = None
) -> list[Omitted]:
    """Every record of the source that does not count, with the first reason that applies."""
    plain = plain_figure(figure)
    reasons = _reasons(plain)
    index: ColumnElement[int] = literal(len(reasons))
    if reasons:
        index = case(
            *((reason.applies(period), number) for number, reason in enumerate(reasons)),
            else_=len(reasons),
        )
    # A condition may be unknown (NULL) for a record; then it does not count.
    missed = not_(func.coalesce(counted(plain, period), false()))
    statement = _rows(plain, scope, index).where(missed).limit(limit)
    words = [reason.reason for reason in reasons] + [OTHERWISE]
    return [
        Omitted(
            id=row.record_id,
            office_id=row.record_office,
            number=row.record_number,
            title=row.record_title,
            date=row.record_date,
            reason=words[row.extra],
            url=_address(plain, row.record_id),
        )
        for row in session.execute(statement)
    ]


def _reasons(figure: Figure) -> Sequence[LeftOut]:
    reasons = [*figure.source.left_out, *figure.left_out]
    if figure.weight is not None:
        weight = figure.weight
        reasons.append(LeftOut(figure.missing, lambda _: weight.is_(None)))
    return reasons


def _rows(figure: Figure, scope: Scope, extra: SQLColumnExpression[Any]) -> Select[Any]:
    source = figure.source
    date = source.date if source.date is not None else literal(None)
    statement = (
        select(
            source.id.label("record_id"),
            source.office_id.label("record_office"),
            source.number.label("record_number"),
            source.title.label("record_title"),
            date.label("record_date"),
            source.model.version.label("record_version"),
            extra.label("extra"),
        )
        .select_from(source.model)
        .where(scope.covers(source.office_id))
    )
    if source.part is not None:
        statement = statement.where(source.part == figure.part)
    order = source.date if source.date is not None else source.number
    return statement.order_by(order, source.id)


def _address(figure: Figure, record_id: int) -> str:
    return figure.source.path.format(id=record_id, part=figure.part or "")


def break_down(
    session: Session, figure: AnyFigure, scope: Scope, period: Period, dimension: Dimension
) -> Breakdown:
    """A figure by one dimension, in one statement (two for a ratio)."""
    if isinstance(figure, Ratio):
        above = _parts(session, figure.numerator, scope, period, dimension)
        below = _parts(session, figure.denominator, scope, period, dimension)
        parts = [
            Part(label, quotient(above[code][1] if code in above else 0, value), records, code)
            for code, (label, value, records) in below.items()
        ]
    else:
        found = _parts(session, figure, scope, period, dimension)
        parts = [
            Part(label, value, records, code) for code, (label, value, records) in found.items()
        ]
    return Breakdown(dimension.key, dimension.label, parts, dimension.overlapping)


def _parts(
    session: Session, figure: Figure, scope: Scope, period: Period, dimension: Dimension
) -> dict[Any, tuple[Words, Any, int]]:
    source = figure.source
    weight = func.count() if figure.weight is None else func.sum(figure.weight)
    name = dimension.name if dimension.name is not None else dimension.code
    statement = (
        select(dimension.code, name, weight, func.count())
        .select_from(source.model)
        .where(and_(scope.covers(source.office_id), counted(figure, period)))
        .group_by(dimension.code, name)
        .order_by(dimension.code)
    )
    if source.part is not None:
        statement = statement.where(source.part == figure.part)
    found: dict[Any, tuple[Words, Any, int]] = {}
    for code, named, value, records in session.execute(dimension.join(statement)):
        found[code] = (_label(dimension, code, named), as_number(value or 0), records)
    if dimension.key == "month" and found:
        nothing = {month: (_label(dimension, month, None), as_number(0), 0) for month in _MONTHS}
        found = {**nothing, **found}
    # What is not stated comes last, whatever the database sorts first.
    return dict(sorted(found.items(), key=lambda item: item[0] is None))


def _label(dimension: Dimension, code: Any, named: Any) -> Words:
    if code is None:
        return dimension.unstated or UNSTATED
    if dimension.term is not None:
        return dimension.term(code).label
    if dimension.key == "month":
        return Words(f"{int(code)}月", _MONTH_NAMES[int(code) - 1])
    return Words.same(str(named))


def dimensions_of(figure: AnyFigure) -> dict[str, Dimension]:
    """The ways a figure can be broken down; by office always, which matters to a county."""
    source = plain_figure(figure).source
    by_office = Dimension(
        "office",
        Words("单位", "Office"),
        Office.id,
        name=Office.name,
        join=lambda statement: statement.join(Office, Office.id == source.office_id),
    )
    return {**source.dimensions, "office": by_office}
