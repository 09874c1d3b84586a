"""What is the same for every record people write: numbering, signing, versions, voiding."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from . import clock
from .errors import RecordMissing, RuleBroken, StaleEdit
from .model import Recorded
from .numbering import next_number
from .scope import Scope
from .text import clean_line
from .words import Words

R = TypeVar("R", bound=Recorded)

#: The largest id any address or database takes.
LARGEST_ID = 2_147_483_647

_MANY, _COUNTERS = "many", "counters"


def writer_name(session: Session) -> str:
    """Who writes in this transaction."""
    actor = session.info.get("actor")
    return actor.name if actor is not None else "系统"


def add_new(session: Session, record: Recorded, day: date | None = None) -> None:
    """Number and sign a new record and put it into the database.

    ``day`` decides the year in the number; today where the record has no day of its own.
    """
    year = (day or clock.today()).year
    counters = session.info.setdefault(_COUNTERS, {}) if session.info.get(_MANY) else None
    record.number = next_number(session, record.office_id, record.number_prefix, year, counters)
    moment, name = clock.now(), writer_name(session)
    record.created_at = record.updated_at = moment
    record.created_by = record.updated_by = name
    session.add(record)
    if not session.info.get(_MANY):
        session.flush()


@contextmanager
def many(session: Session) -> Iterator[None]:
    """Within it, new records are written together when the next statement needs them.

    For imports: their ids and versions are known only after the block. Counters are locked once.
    """
    session.info[_MANY] = True
    try:
        yield
        session.flush()
    finally:
        del session.info[_MANY]
        session.info.pop(_COUNTERS, None)


def find(session: Session, model: type[R], record_id: int, scope: Scope) -> R:
    """A record the scope covers, voided ones included.

    :raises RecordMissing: when there is none there, which is also said of other offices' records.
    """
    if not 0 < record_id <= LARGEST_ID:
        raise RecordMissing
    statement = select(model).where(model.id == record_id, scope.covers(_office_of(model)))
    record = session.scalar(statement)
    if record is None:
        raise RecordMissing
    return record


def live(model: type[Any], scope: Scope) -> Select[Any]:
    """Every record of the writer's own office that is not voided."""
    return select(model).where(
        scope.for_writing.covers(_office_of(model)), model.voided_at.is_(None)
    )


def find_to_write(
    session: Session, model: type[R], record_id: int, scope: Scope, version: int | None
) -> R:
    """A record of the writer's own office, locked, still as the writer saw it.

    :raises RecordMissing: when it is not there or not theirs to write.
    :raises StaleEdit: when its version is no longer ``version`` (None: any version will do).
    """
    if not 0 < record_id <= LARGEST_ID:
        raise RecordMissing
    statement = (
        select(model)
        .where(model.id == record_id, scope.for_writing.covers(_office_of(model)))
        .with_for_update()
        .execution_options(populate_existing=True)
        # Loaded later, they would flush half of the edit first: two versions, two log entries.
        .options(*(selectinload(getattr(model, name)) for name in model.log_collections))
    )
    record = session.scalar(statement)
    if record is None:
        raise RecordMissing
    if version is not None and record.version != version:
        raise StaleEdit(record.version)
    return record


def sign(session: Session, record: Recorded) -> None:
    """Note who changed the record and raise its version, even where only its parts changed."""
    record.updated_at = clock.now()
    record.updated_by = writer_name(session)
    session.flush()


def void(session: Session, record: Recorded, reason: str) -> None:
    """Take a record out of every count, with the reason. Voiding twice changes nothing.

    :raises RuleBroken: when no reason is given.
    """
    reason = clean_line(reason)
    if not reason:
        raise RuleBroken("reason", Words("请填写作废原因", "Give the reason for voiding"))
    if len(reason) > 200:
        raise RuleBroken(
            "reason", Words("作废原因请勿超过 200 字", "Keep the reason under 200 characters")
        )
    if record.is_voided:
        return
    record.voided_at = clock.now()
    record.voided_by = writer_name(session)
    record.void_reason = reason
    sign(session, record)


def unvoid(session: Session, record: Recorded) -> None:
    """Undo `void`. A record that is not voided stays as it is."""
    if not record.is_voided:
        return
    record.voided_at = record.voided_by = record.void_reason = None
    sign(session, record)


def _office_of(model: type[Recorded]) -> Any:
    return model.office_id


def moment_of(value: datetime | None) -> str:
    """A stored moment as the office reads it: 2024-06-26 15:04, China's time."""
    return clock.in_china(value).strftime("%Y-%m-%d %H:%M") if value else ""
