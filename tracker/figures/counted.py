"""The records behind all figures of a year together, each once, register by register.

The same conditions as values and drill-downs (`weights`), and of a frozen year the records that
counted when it was frozen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session

from tracker.certification.queries.certificates import certificates_behind_figures
from tracker.certification.queries.exams import sittings_behind_figures
from tracker.certification.register.certificates import CERTIFICATES
from tracker.certification.register.exams import SITTINGS
from tracker.kernel.figure import Source
from tracker.kernel.period import Period
from tracker.kernel.register import Register
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words

from . import catalogue
from .freezing import queries
from .freezing.content import with_parts
from .freezing.models import FrozenSet
from .weights import SourceWeights, weights

_AT_A_TIME = 500


@dataclass(frozen=True)
class CountedRecord:
    """A record that counts for one figure or several; ``figures`` are their keys."""

    id: int
    office_id: int
    number: str
    title: str
    date: date | None
    url: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class CountedRegister:
    """The counted records of one register, by office and day."""

    key: str
    label: Words
    #: The table they stand in, which evidence names them by.
    record_type: str
    model: type[Any]
    records: Sequence[CountedRecord]


#: Figures about officers count the officer. What they are counted by has its own evidence: the
#: certificates, and the exams. Read as they stand, of a frozen year too.
_BEHIND: tuple[tuple[Register, Callable[[Scope, Period], Select[Any]]], ...] = (
    (SITTINGS, sittings_behind_figures),
    (CERTIFICATES, certificates_behind_figures),
)


def counted_records(
    session: Session, scope: Scope, period: Period, *, present: bool = False
) -> list[CountedRegister]:
    """Every record that any figure of the year counts, and what stands behind officers' figures.

    Of a frozen year those that counted when it was frozen; ``present`` asks for today's instead.
    """
    frozen = None if present else queries.set_in_force(session, scope, period.year)
    found = _frozen(session, scope, frozen) if frozen else _present(session, scope, period)
    for register, behind in _BEHIND:
        records = [_as_counted(register, row) for row in session.scalars(behind(scope, period))]
        found.append(_register(register.key, register.label, register.model, records))
    return [each for each in found if each.records]


def _register(
    key: str, label: Words, model: type[Any], records: Iterable[CountedRecord]
) -> CountedRegister:
    ordered = sorted(records, key=lambda r: (r.office_id, r.date or date.min, r.number, r.id))
    return CountedRegister(key, label, model.__tablename__, model, ordered)


def _as_counted(register: Register, row: Any) -> CountedRecord:
    title = str(register.columns[0].read(row) or "")
    day = getattr(row, "held_on", None)
    url = register.path.format(id=row.id)
    return CountedRecord(row.id, row.office_id, row.number, title, day, url, ())


def _present(session: Session, scope: Scope, period: Period) -> list[CountedRegister]:
    figures = with_parts(catalogue.figures_for(session, scope, period.year))
    found = []
    for weighed in weights(session, figures, scope, period):
        keys = _figures_by_record(weighed)
        source = weighed.source
        records = _described(session, scope, source, keys)
        found.append(_register(source.register, source.label, source.model, records))
    return found


def _figures_by_record(weighed: SourceWeights) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for figure in weighed.figures:
        for record_id in weighed.of(figure):
            found[record_id].append(figure.key)
    return {record_id: tuple(keys) for record_id, keys in found.items()}


def _described(
    session: Session, scope: Scope, source: Source, keys: Mapping[int, tuple[str, ...]]
) -> Iterable[CountedRecord]:
    day = source.date if source.date is not None else literal(None)
    part = source.part if source.part is not None else literal("")
    statement = (
        select(
            source.id.label("id"),
            source.office_id.label("office_id"),
            source.number.label("number"),
            source.title.label("title"),
            day.label("day"),
            part.label("part"),
        )
        .select_from(source.model)
        .where(scope.covers(source.office_id))
    )
    wanted = iter(sorted(keys))
    while ids := list(islice(wanted, _AT_A_TIME)):
        for row in session.execute(statement.where(source.id.in_(ids))):
            url = source.path.format(id=row.id, part=row.part)
            yield CountedRecord(
                row.id, row.office_id, row.number, row.title, row.day, url, keys[row.id]
            )


def _frozen(session: Session, scope: Scope, frozen: FrozenSet) -> list[CountedRegister]:
    sources = {
        figure.source.key: figure.source
        for figure in with_parts(catalogue.figures_for(session, scope, frozen.year))
    }
    of_figure = {each.key: each.source_key for each in queries.figures_of(session, frozen)}
    rows: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
    keys: dict[tuple[str, int], list[str]] = defaultdict(list)
    for key, members in queries.rows_by_figure(session, frozen).items():
        for row in members:
            rows[of_figure[key]].setdefault(row["record_id"], row)
            keys[of_figure[key], row["record_id"]].append(key)
    return [
        _register(
            source.register,
            source.label,
            source.model,
            (
                CountedRecord(
                    record_id,
                    row["record_office_id"],
                    row["number"],
                    row["title"],
                    row["day"],
                    row["url"],
                    tuple(keys[source_key, record_id]),
                )
                for record_id, row in rows[source_key].items()
            ),
        )
        for source_key, source in sources.items()
        if source_key in rows
    ]
