"""What every record adds to every figure: one statement per source.

The same conditions as the value and the drill-down, asked the other way round: not «which records
does this figure count» but «what does this record count for». The tally's sheets print it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, literal, select
from sqlalchemy.orm import Session

from tracker.kernel.figure import AnyFigure, Figure, Source
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.wording import Number

from .reading import counted, measures_by_source, simple_figures
from .readings import as_number


@dataclass(frozen=True)
class Weighed:
    """One record: its part, and what it adds to each measure; None where it does not count."""

    part: str
    weights: tuple[Number | None, ...]


@dataclass(frozen=True, eq=False)
class SourceWeights:
    """The records of one source that count for anything.

    ``measures`` says what the weights stand for, in their order. The kinds of a parted source
    share measures: there a weight belongs to the figure whose part is the record's.
    """

    source: Source
    figures: tuple[Figure, ...]
    measures: tuple[str, ...]
    records: Mapping[int, Weighed]

    def of(self, figure: Figure) -> dict[int, Number]:
        """The records one figure counts, with their weights."""
        position = self.measures.index(figure.measure_key)
        part = figure.part or ""
        found = ((id_, record) for id_, record in self.records.items() if record.part == part)
        return {
            id_: weight for id_, record in found if (weight := record.weights[position]) is not None
        }


def weights(
    session: Session, figures: Sequence[AnyFigure], scope: Scope, period: Period
) -> list[SourceWeights]:
    """The weights behind these figures, source by source. Ratios bring the figures they divide."""
    simple = simple_figures(figures)
    return [
        _weigh(
            session,
            source,
            tuple(figure for figure in simple if figure.source.key == source.key),
            measures,
            scope,
            period,
        )
        for source, measures in measures_by_source(simple).items()
    ]


def _weigh(
    session: Session,
    source: Source,
    figures: tuple[Figure, ...],
    measures: list[Figure],
    scope: Scope,
    period: Period,
) -> SourceWeights:
    columns = [
        case(
            (
                counted(measure, period),
                literal(1) if measure.weight is None else measure.weight,
            )
        )
        for measure in measures
    ]
    part = literal("") if source.part is None else source.part
    statement = (
        select(source.id, part, *columns)
        .select_from(source.model)
        .where(scope.covers(source.office_id))
    )
    if source.within is not None:
        statement = statement.where(source.within(period))
    records = {}
    for record_id, record_part, *cells in session.execute(statement):
        if any(cell is not None for cell in cells):
            found = tuple(None if cell is None else as_number(cell) for cell in cells)
            records[record_id] = Weighed(record_part, found)
    return SourceWeights(
        source, figures, tuple(measure.measure_key for measure in measures), records
    )
