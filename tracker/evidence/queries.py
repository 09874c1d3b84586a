"""Which files there are, on which records, and what is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session

from tracker.kernel.errors import RecordMissing
from tracker.kernel.model import Model, Recorded
from tracker.kernel.records import find
from tracker.kernel.scope import Scope

from .models import EvidenceFile
from .rules import Rule, rules_of
from .terms import EvidenceKind


def model_of(record_type: str) -> type[Recorded]:
    """The type of record that a table holds.

    :raises RecordMissing: for a table of anything that files cannot be put on.
    """
    for mapper in Model.registry.mappers:
        model = mapper.class_
        is_record = issubclass(model, Recorded) and model is not EvidenceFile
        if is_record and model.__tablename__ == record_type:
            return model
    raise RecordMissing


def record_of(session: Session, record_type: str, record_id: int, scope: Scope) -> Recorded:
    """The record that files are on, where the person may see it.

    :raises RecordMissing: when they may not, or there is none.
    """
    return find(session, model_of(record_type), record_id, scope)


def files_of(record: Recorded, *, with_voided: bool = False) -> Select[EvidenceFile]:
    """A record's files, those that count as its evidence, by kind and as they came.

    Removed ones only where asked for. A voided record keeps its files.
    """
    statement = select(EvidenceFile).where(*_on(record))
    if not with_voided:
        statement = statement.where(EvidenceFile.voided_at.is_(None))
    return statement.order_by(EvidenceFile.id)


def _on(record: Recorded) -> tuple[ColumnElement[bool], ...]:
    return (
        EvidenceFile.office_id == record.office_id,
        EvidenceFile.record_type == record.__tablename__,
        EvidenceFile.record_id == record.id,
    )


def latest_pictures(
    session: Session, model: type[Recorded], record_ids: Iterable[int], kind: EvidenceKind
) -> dict[int, EvidenceFile]:
    """Of each of these records the latest picture of a kind, removed ones not counted; records
    without one are left out."""
    found = session.scalars(
        select(EvidenceFile)
        .where(
            EvidenceFile.record_type == model.__tablename__,
            EvidenceFile.record_id.in_(list(record_ids)),
            EvidenceFile.kind == kind,
            EvidenceFile.width.is_not(None),
            EvidenceFile.voided_at.is_(None),
        )
        .order_by(EvidenceFile.id)
    )
    return {file.record_id: file for file in found}


def same_content(session: Session, record: Recorded, sha256: str, source: str) -> Any:
    """The record's file, not removed, that is the same as one that came in; None where none is."""
    return session.scalar(
        select(EvidenceFile)
        .where(
            *_on(record),
            EvidenceFile.voided_at.is_(None),
            or_(EvidenceFile.sha256 == sha256, EvidenceFile.source_sha256 == source),
        )
        .limit(1)
    )


def held_by(session: Session, record: Recorded) -> Counter[EvidenceKind]:
    """How many files of each kind a record has, removed ones not counted."""
    rows = session.execute(
        select(EvidenceFile.kind, func.count())
        .where(*_on(record), EvidenceFile.voided_at.is_(None))
        .group_by(EvidenceFile.kind)
    )
    return Counter({row[0]: row[1] for row in rows})


def held(
    session: Session, scope: Scope, record_type: str
) -> Mapping[int, Mapping[EvidenceKind, int]]:
    """The same for all records of a type, by their ids, in one statement."""
    found: dict[int, Counter[EvidenceKind]] = defaultdict(Counter)
    rows = session.execute(
        select(EvidenceFile.record_id, EvidenceFile.kind, func.count())
        .where(
            scope.covers(EvidenceFile.office_id),
            EvidenceFile.record_type == record_type,
            EvidenceFile.voided_at.is_(None),
        )
        .group_by(EvidenceFile.record_id, EvidenceFile.kind)
    )
    for record_id, kind, count in rows:
        found[record_id][kind] = count
    return found


def lacks(model: type[Any], kind: EvidenceKind | None = None) -> ColumnElement[bool]:
    """Records that have fewer files of a kind (of any kind, where None) than the rules ask for.

    Whether such a record counts is another question, asked beside this one.
    """
    found = [
        _falls_short(model, rule)
        for rule in rules_of(model.__tablename__)
        if kind is None or rule.kind is kind
    ]
    return or_(false(), *found)


def _falls_short(model: type[Any], rule: Rule) -> ColumnElement[bool]:
    count = (
        select(func.count(EvidenceFile.id))
        .where(
            EvidenceFile.office_id == model.office_id,
            EvidenceFile.record_type == rule.record_type,
            EvidenceFile.record_id == model.id,
            EvidenceFile.kind == rule.kind,
            EvidenceFile.voided_at.is_(None),
        )
        .correlate(model)
        .scalar_subquery()
    )
    meant = getattr(model, rule.by).in_(sorted(rule.parts)) if rule.by else true()
    return and_(meant, count < rule.least)


def files_on(
    session: Session, scope: Scope, record_type: str, ids: Iterable[int]
) -> Mapping[int, Sequence[EvidenceFile]]:
    """The files of these records, removed ones left out, by the record's id; in few statements."""
    wanted, found = sorted(set(ids)), defaultdict(list)
    for start in range(0, len(wanted), _AT_A_TIME):
        statement = (
            select(EvidenceFile)
            .where(
                scope.covers(EvidenceFile.office_id),
                EvidenceFile.record_type == record_type,
                EvidenceFile.record_id.in_(wanted[start : start + _AT_A_TIME]),
                EvidenceFile.voided_at.is_(None),
            )
            .order_by(EvidenceFile.record_id, EvidenceFile.id)
        )
        for file in session.scalars(statement):
            found[file.record_id].append(file)
    return found


_AT_A_TIME = 500


def contents(session: Session) -> Iterator[tuple[str, str, str | None, str, bool]]:
    """Of every row that still has its content, whatever office's: number, checksum, that of its
    thumbnail, media type, and whether it is removed."""
    rows = session.execute(
        select(
            EvidenceFile.number,
            EvidenceFile.sha256,
            EvidenceFile.thumbnail_sha256,
            EvidenceFile.media_type,
            EvidenceFile.voided_at.is_not(None),
        )
        .where(EvidenceFile.swept_at.is_(None))
        .order_by(EvidenceFile.office_id, EvidenceFile.id)
    )
    for number, sha256, thumbnail, media_type, voided in rows:
        yield number, sha256, thumbnail, media_type, bool(voided)


def named_among(session: Session, checksums: Sequence[str]) -> set[str]:
    """Those of these contents that some row, of whatever office, still has."""
    named: set[str] = set()
    for column in (EvidenceFile.sha256, EvidenceFile.thumbnail_sha256):
        named.update(
            each
            for each in session.scalars(
                select(column)
                .where(column.in_(checksums), EvidenceFile.swept_at.is_(None))
                .distinct()
            )
            if each is not None
        )
    return named
