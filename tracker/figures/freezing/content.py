"""What a frozen set holds, made from the present records, and the checksum over it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from tracker.kernel.figure import AnyFigure, Figure, Ratio
from tracker.kernel.model import Model
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.wording import Number, plain

from .. import catalogue, members, reading
from ..readings import Member, Reading
from .models import FrozenFigure, FrozenMember, FrozenSet


@dataclass(frozen=True)
class FigureContent:
    """One figure with its reading and the records it counts; a ratio has none of its own."""

    figure: AnyFigure
    reading: Reading
    shown: bool
    members: Sequence[Member]


def gather(
    session: Session, scope: Scope, period: Period, readings: dict[str, Reading]
) -> list[FigureContent]:
    """Every figure of the year as it stands, the parts of ratios included.

    ``readings`` are those the year's page shows; what they lack is read here.
    """
    figures = catalogue.figures_for(session, scope, period.year)
    everything = with_parts(figures)
    missing = [figure for figure in everything if figure.key not in readings]
    readings = {**readings, **reading.read(session, missing, scope, period)}
    shown = {figure.key for figure in figures}
    return [
        FigureContent(
            figure,
            found,
            figure.key in shown,
            members.members(session, figure, scope, period)
            if isinstance(figure, Figure) and found.records
            else (),
        )
        for figure in everything
        if (found := readings[figure.key])
    ]


def with_parts(figures: Sequence[AnyFigure]) -> list[AnyFigure]:
    """These figures, then the parts of ratios that are not among them."""
    known = {figure.key for figure in figures}
    return [*figures, *(f for f in reading.simple_figures(figures) if f.key not in known)]


def frozen_figure(position: int, content: FigureContent) -> FrozenFigure:
    """The row that keeps a figure."""
    figure, found = content.figure, content.reading
    basis = found.count_basis
    return FrozenFigure(
        position=position,
        key=figure.key,
        shown=content.shown,
        label_zh=figure.label.zh,
        label_en=figure.label.en,
        definition_zh=figure.definition.zh,
        definition_en=figure.definition.en,
        group_zh=figure.group.zh,
        group_en=figure.group.en,
        unit=figure.unit,
        basis=figure.basis,
        spoken_zh=figure.wording.unit.zh,
        spoken_en=figure.wording.unit.en,
        rounding=figure.wording.rounding.value,
        value_text=_stored(found.value),
        previous_text=_stored(found.previous),
        phrase_zh=found.phrase.zh,
        phrase_en=found.phrase.en,
        records=found.records,
        count_basis_json="" if basis is None else json.dumps(dict(basis), sort_keys=True),
        source_key=figure.source.key,
        numerator_key=figure.numerator.key if isinstance(figure, Ratio) else "",
        denominator_key=figure.denominator.key if isinstance(figure, Ratio) else "",
    )


def member_row(member: Member) -> dict[str, Any]:
    """The columns that keep a record."""
    return {
        "record_office_id": member.office_id,
        "record_id": member.id,
        "record_version": member.version,
        "number": member.number,
        "title": member.title,
        "day": member.date,
        "weight_text": plain(member.weight),
        "url": member.url,
    }


def _stored(value: Number | None) -> str:
    return "" if value is None else plain(value)


def _columns(model: type[Model], *without: str) -> tuple[str, ...]:
    return tuple(c.name for c in model.__table__.columns if c.name not in without)


_FIGURE_COLUMNS = _columns(FrozenFigure, "id", "set_id")
MEMBER_COLUMNS = _columns(FrozenMember, "id", "office_id", "set_id", "figure_id")


def digest(
    frozen: FrozenSet,
    figures: Iterable[FrozenFigure],
    rows_of: dict[str, list[dict[str, Any]]],
) -> str:
    """The SHA-256 over a whole set: its heading, every figure, every record in its order.

    ``rows_of`` holds the columns of the records by the figure's key.
    """
    found = hashlib.sha256()
    heading = [frozen.office_id, frozen.number, frozen.year, frozen.sequence]
    _add(found, [*heading, frozen.as_at, frozen.frozen_at, frozen.frozen_by, frozen.note])
    _add(found, [frozen.findings, frozen.open_findings])
    for figure in sorted(figures, key=lambda each: each.position):
        _add(found, [_plain(getattr(figure, name)) for name in _FIGURE_COLUMNS])
        rows = sorted(rows_of.get(figure.key, ()), key=lambda row: row["record_id"])
        for row in rows:
            _add(found, [row[name] for name in MEMBER_COLUMNS])
    return found.hexdigest()


def _add(found: Any, values: list[Any]) -> None:
    # JSON keeps the boundaries between the values.
    found.update(json.dumps(values, ensure_ascii=False, default=str).encode() + b"\n")


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)
