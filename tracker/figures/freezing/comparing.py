"""What changed in a year's figures since it was frozen, record by record.

The frozen members are held against the records that count now. What a figure gained and lost adds
up exactly to the difference between its two values; a ratio is explained by its two parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audit.models import ChangeKind
from tracker.kernel.figure import AnyFigure, Figure, Ratio
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.terms import Term
from tracker.kernel.units import Unit
from tracker.kernel.wording import Number, plain
from tracker.kernel.words import Words

from .. import catalogue, published
from ..members import left_out, members
from ..readings import Reading, as_number
from ..weights import weights
from . import queries
from .content import with_parts
from .models import FrozenFigure, FrozenSet
from .writes import Subject, Writes, writes_since


class Difference(Term):
    """How a record's part in a figure changed."""

    ADDED = "added", "新计入", "Now counted"
    REMOVED = "removed", "不再计入", "No longer counted"
    CHANGED = "changed", "数量改变", "Counts differently"


@dataclass(frozen=True)
class RecordChange:
    """One record whose part in a figure differs: what it added when frozen, what it adds now."""

    difference: Difference
    subject: Subject
    number: str
    title: str
    date: date | None
    url: str
    frozen: Number | None
    present: Number | None
    reason: Words
    #: Who wrote to the record last since, and when; None where another record lies behind it.
    at: datetime | None = None
    by: str = ""

    @property
    def amount(self) -> Number:
        """What the change adds to the figure."""
        return (self.present or 0) - (self.frozen or 0)


@dataclass(frozen=True)
class FigureChange:
    """One figure that reads differently now, with every record that makes the difference.

    ``present`` is None where the catalogue no longer has the figure. A ratio lists no records;
    ``parts`` holds the changes of its two sides.
    """

    frozen: Reading
    present: Reading | None
    records: Sequence[RecordChange] = ()
    parts: Sequence[FigureChange] = ()

    @property
    def key(self) -> str:
        return self.frozen.figure.key

    @property
    def label(self) -> Words:
        return self.frozen.figure.label

    @property
    def unit(self) -> Unit:
        return self.frozen.figure.unit

    @property
    def amount(self) -> Number | None:
        """The present value less the frozen one; None where either cannot be said."""
        if self.present is None or self.present.value is None or self.frozen.value is None:
            return None
        return self.present.value - self.frozen.value


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

    def changes(self) -> list[FigureChange]:
        wanted = [
            figure
            for figure in self.stored.values()
            if (figure.shown if self.only is None else figure.key == self.only)
        ]
        return [change for figure in wanted if (change := self._change(figure)) is not None]

    def _change(self, stored: FrozenFigure) -> FigureChange | None:
        before, now = queries.reading_of(stored, self.frozen), self.readings.get(stored.key)
        figure = self.declared.get(stored.key)
        if figure is None or now is None:
            return FigureChange(before, None)
        parts: list[FigureChange] = []
        records: list[RecordChange] = []
        if isinstance(figure, Ratio):
            sides = (self.stored.get(k) for k in (stored.numerator_key, stored.denominator_key))
            parts = [c for s in sides if s is not None and (c := self._change(s)) is not None]
        else:
            records = self._records(stored.key, figure)
        if not records and not parts and _says_the_same(before, now):
            return None
        return FigureChange(before, now, records, parts)

    def _records(self, key: str, figure: Figure) -> list[RecordChange]:
        """The records whose part in one figure differs, by day."""
        then = {
            row["record_id"]: (as_number(Decimal(row["weight_text"])), row)
            for row in self.rows.get(key, ())
        }
        now = self.weights.get(key, {})
        if {record_id: weight for record_id, (weight, _) in then.items()} == dict(now):
            return []
        arguments = (self.session, figure, self.scope, self.period)
        table = figure.source.model.__tablename__
        found: list[RecordChange] = []
        counted = {member.id: member for member in members(*arguments)}
        for record_id, member in counted.items():
            before = then[record_id][0] if record_id in then else None
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
        lost = {record_id: row for record_id, (_, row) in then.items() if record_id not in counted}
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
                    then[record_id][0],
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
