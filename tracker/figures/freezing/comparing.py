"""What changed in a year's figures since it was frozen, record by record.

The frozen members are held against the records that count now. What a figure gained and lost adds
up exactly to the difference between its two values; a ratio is explained by its two parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audit.models import ChangeKind
from tracker.kernel.figure import AnyFigure, Figure, Ratio
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.wording import Number, plain
from tracker.kernel.words import Words

from .. import catalogue, published
from ..members import left_out, members
from ..readings import Reading, as_number
from ..weights import weights
from . import queries
from .changes import Difference, FigureChange, RecordChange
from .content import with_parts
from .models import FrozenFigure, FrozenSet
from .writes import Subject, Writes, writes_since

_ENTERED = Words("定稿后登记", "entered after the freeze")
_RESTORED = Words("定稿后撤销作废", "a void taken back after the freeze")
_EDITED = Words("定稿后修改", "edited after the freeze")
_BEHIND = Words("它所依据的其他记录在定稿后有变", "what it rests on was changed after the freeze")
_LATER_DAY = Words(
    "状态由 {before} 改按 {now} 读取", "its state is read on {now} instead of {before}"
)
_NOW = Words("现在{reason}", "now: {reason}")
_WHY = Words("{reason}：{why}", "{reason}: {why}")
_GONE = Words("已不在台账中", "no longer in the register")
_AMOUNT = Words("由 {before} 改为 {now}", "{before} became {now}")


def compare(
    session: Session, scope: Scope, frozen: FrozenSet, today: date, only: str | None = None
) -> list[FigureChange]:
    """The figures that read differently now, in the order of the set.

    Figures that the catalogue has gained since change nothing of what was published. ``only`` asks
    for one figure (or one side of a ratio) alone.
    """
    comparison = _Comparison(session, scope, frozen, Period.of_year(frozen.year, today), only)
    found = comparison.changes()
    subjects = {record.subject for change in found for record in _all_records(change)}
    writes = writes_since(session, scope, frozen.frozen_at, subjects)
    return [comparison.explained(change, writes) for change in found]


def count_changes(session: Session, scope: Scope, frozen: FrozenSet, today: date) -> int:
    """How many figures `compare` would name, in a fixed number of statements."""
    comparison = _Comparison(session, scope, frozen, Period.of_year(frozen.year, today), None)
    return sum(comparison.differs(figure) for figure in comparison.wanted())


def _all_records(change: FigureChange) -> Iterator[RecordChange]:
    yield from change.records
    for part in change.parts:
        yield from _all_records(part)


class _Comparison:
    """Both sides, read once: a fixed number of statements, and two for each figure that differs."""

    def __init__(
        self, session: Session, scope: Scope, frozen: FrozenSet, period: Period, only: str | None
    ) -> None:
        self.session, self.scope, self.frozen, self.period = session, scope, frozen, period
        self.only = only
        figures = catalogue.figures_for(session, scope, period.year)
        if only is not None:
            figures = [figure for figure in figures if only in _keys_of(figure)]
        self.declared = {figure.key: figure for figure in with_parts(figures)}
        self.readings = published.read(session, figures, scope, period)
        self.weights: dict[str, Mapping[int, Number]] = {
            figure.key: source.of(figure)
            for source in weights(session, figures, scope, period)
            for figure in source.figures
        }
        self.stored = {figure.key: figure for figure in queries.figures_of(session, frozen)}
        self.rows = queries.rows_by_figure(session, frozen)

    def wanted(self) -> list[FrozenFigure]:
        """The figures that were asked for."""
        return [
            figure
            for figure in self.stored.values()
            if (figure.shown if self.only is None else figure.key == self.only)
        ]

    def changes(self) -> list[FigureChange]:
        return [change for figure in self.wanted() if (change := self._change(figure)) is not None]

    def differs(self, stored: FrozenFigure) -> bool:
        """Whether a figure reads differently now, or rests on other records."""
        before, now = queries.reading_of(stored, self.frozen), self.readings.get(stored.key)
        figure = self.declared.get(stored.key)
        if figure is None or now is None or not _says_the_same(before, now):
            return True
        if isinstance(figure, Ratio):
            return any(self.differs(side) for side in self._sides(stored))
        return self._weights_then(stored.key) != dict(self.weights.get(stored.key, {}))

    def _sides(self, stored: FrozenFigure) -> list[FrozenFigure]:
        keys = (stored.numerator_key, stored.denominator_key)
        return [self.stored[key] for key in keys if key in self.stored]

    def _weights_then(self, key: str) -> dict[int, Number]:
        return {
            row["record_id"]: as_number(Decimal(row["weight_text"]))
            for row in self.rows.get(key, ())
        }

    def _change(self, stored: FrozenFigure) -> FigureChange | None:
        if not self.differs(stored):
            return None
        before, now = queries.reading_of(stored, self.frozen), self.readings.get(stored.key)
        figure = self.declared.get(stored.key)
        if figure is None or now is None:
            return FigureChange(before, None)
        if isinstance(figure, Ratio):
            sides = (self._change(side) for side in self._sides(stored))
            return FigureChange(before, now, (), [side for side in sides if side is not None])
        return FigureChange(before, now, self._records(stored.key, figure))

    def _records(self, key: str, figure: Figure) -> list[RecordChange]:
        """The records whose part in one figure differs, by day."""
        then = self._weights_then(key)
        arguments = (self.session, figure, self.scope, self.period)
        table = figure.source.model.__tablename__
        found: list[RecordChange] = []
        counted = {member.id: member for member in members(*arguments)}
        for record_id, member in counted.items():
            before = then.get(record_id)
            if before != member.weight:
                found.append(
                    RecordChange(
                        Difference.ADDED if before is None else Difference.CHANGED,
                        (table, record_id),
                        member.number,
                        member.title,
                        member.date,
                        member.url,
                        before,
                        member.weight,
                        _EDITED,
                    )
                )
        lost = {
            row["record_id"]: row
            for row in self.rows.get(key, ())
            if row["record_id"] not in counted
        }
        reasons = {each.id: each.reason for each in left_out(*arguments)} if lost else {}
        voids = self._void_reasons(figure) if lost else {}
        for record_id, row in lost.items():
            reason = reasons.get(record_id)
            if reason is not None and record_id in voids:
                reason = _WHY.fill(reason=reason, why=voids[record_id])
            found.append(
                RecordChange(
                    Difference.REMOVED,
                    (table, record_id),
                    row["number"],
                    row["title"],
                    row["day"],
                    row["url"],
                    then[record_id],
                    None,
                    _GONE if reason is None else _NOW.fill(reason=reason),
                )
            )
        return sorted(found, key=lambda change: (str(change.date or ""), change.number))

    def _void_reasons(self, figure: Figure) -> dict[int, str]:
        """Why records were voided since the freeze."""
        model = figure.source.model
        found = self.session.execute(
            select(model.id, model.void_reason).where(
                self.scope.covers(model.office_id),
                model.voided_at > self.frozen.frozen_at,
            )
        )
        return {row[0]: row[1] for row in found}

    def explained(self, change: FigureChange, writes: Mapping[Subject, Writes]) -> FigureChange:
        """The same change with who wrote what, from the change log."""
        return replace(
            change,
            records=[
                self._explained(record, writes.get(record.subject)) for record in change.records
            ],
            parts=[self.explained(part, writes) for part in change.parts],
        )

    def _explained(self, record: RecordChange, writes: Writes | None) -> RecordChange:
        reason = record.reason
        if record.difference is Difference.CHANGED:
            reason = _AMOUNT.fill(before=plain(record.frozen or 0), now=plain(record.present or 0))
        elif record.difference is Difference.ADDED:
            reason = self._why_added(writes)
        if writes is None:
            return replace(record, reason=reason)
        return replace(record, reason=reason, at=writes.at, by=writes.by)

    def _why_added(self, writes: Writes | None) -> Words:
        if writes is None:
            if self.period.as_at != self.frozen.as_at:
                return _LATER_DAY.fill(before=self.frozen.as_at, now=self.period.as_at)
            return _BEHIND
        if writes.was(ChangeKind.CREATED):
            return _ENTERED
        return _RESTORED if writes.was(ChangeKind.RESTORED) else _EDITED


def _keys_of(figure: AnyFigure) -> tuple[str, ...]:
    if isinstance(figure, Ratio):
        return (figure.key, figure.numerator.key, figure.denominator.key)
    return (figure.key,)


def _says_the_same(before: Reading, now: Reading) -> bool:
    return before.value == now.value and dict(before.count_basis or {}) == dict(
        now.count_basis or {}
    )
