"""Writes the change log: every flush of a logged record, in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

from flask import current_app
from sqlalchemy import event, insert, inspect, select, update
from sqlalchemy.orm import MANYTOONE, Mapper, Session, object_session
from sqlalchemy.orm.attributes import set_committed_value

from tracker.kernel import clock
from tracker.kernel.model import Logged, Recorded
from tracker.kernel.records import writer_name
from tracker.kernel.terms import Term

from .chain import seal
from .models import LONGEST, ChangeHead, ChangeKind, ChangeLog

#: Columns that say nothing beyond what the entry itself says.
_SILENT = frozenset(
    {"id", "office_id", "version", "created_at", "created_by", "updated_at", "updated_by", "pinyin"}
)
_HIDDEN = "***"


@event.listens_for(Session, "after_flush")
def _log_flush(session: Session, _context: object) -> None:
    entries = list(_entries(session))
    if not entries:
        return
    connection = session.connection()
    key: bytes = current_app.extensions["audit_key"]
    moment, actor = clock.now(), writer_name(session)
    for office_id in sorted({entry["office_id"] for entry in entries}):
        head = connection.execute(
            select(ChangeHead.sequence, ChangeHead.hash)
            .where(ChangeHead.office_id == office_id)
            .with_for_update()
        ).one_or_none()
        sequence, previous = (head.sequence, head.hash) if head else (0, "")
        rows = []
        for entry in (e for e in entries if e["office_id"] == office_id):
            sequence += 1
            row = {**entry, "sequence": sequence, "at": moment, "actor": actor}
            previous = row["hash"] = seal(key, previous, row)
            rows.append(row)
        connection.execute(insert(ChangeLog), rows)
        values = {"sequence": sequence, "hash": previous}
        move: Any = (
            update(ChangeHead).where(ChangeHead.office_id == office_id).values(values)
            if head
            else insert(ChangeHead).values(office_id=office_id, **values)
        )
        connection.execute(move)


def _entries(session: Session) -> Iterator[dict[str, Any]]:
    for record in session.new:
        if _is_told(record):
            yield _entry(record, ChangeKind.CREATED, {}, _whole(record))
    for record in session.dirty:
        if _is_told(record):
            before, after = _difference(record)
            if before or after:
                yield _entry(record, _kind(after), before, after)
    for record in session.deleted:
        if _is_told(record):
            yield _entry(record, ChangeKind.DELETED, _whole(record), {})


def _is_told(record: object) -> bool:
    return isinstance(record, Logged) and not record.log_apart


def _kind(after: dict[str, Any]) -> ChangeKind:
    if "voided_at" not in after:
        return ChangeKind.CHANGED
    return ChangeKind.VOIDED if after["voided_at"] else ChangeKind.RESTORED


def _entry(
    record: Any, kind: ChangeKind, before: dict[str, Any], after: dict[str, Any]
) -> dict[str, Any]:
    named = record.number if isinstance(record, Recorded) else getattr(record, "name", "")
    return {
        "office_id": getattr(record, "office_id", None) or record.id,
        "kind": kind.value,
        "subject": record.__tablename__,
        "subject_id": record.id,
        "subject_number": str(named)[:200],
        "before": _json(before),
        "after": _json(after),
    }


def _whole(record: Any) -> dict[str, Any]:
    values = {
        key: _plain(record, key, value)
        for key in _told(inspect(type(record)))
        if (value := getattr(record, key)) is not None and value != ""
    }
    for name in record.log_collections:
        if members := getattr(record, name):
            values[name] = [_name(member) for member in members]
    return values


@cache
def _told(model: Mapper[Any]) -> tuple[str, ...]:
    """The columns of a model that an entry speaks of."""
    return tuple(a.key for a in model.column_attrs if a.key not in _SILENT)


def _difference(record: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that changed, before and after."""
    state = inspect(record)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if attribute.key in _SILENT or not history.has_changes():
            continue
        old = history.deleted[0] if history.deleted else None
        new = history.added[0] if history.added else None
        if old != new:
            before[attribute.key] = _plain(record, attribute.key, old)
            after[attribute.key] = _plain(record, attribute.key, new)
    for name in record.log_collections:
        history = state.attrs[name].history
        kept = history.unchanged or ()
        old_names = [_name_before(member) for member in (*kept, *(history.deleted or ()))]
        new_names = [_name(member) for member in (*kept, *(history.added or ()))]
        if sorted(old_names) != sorted(new_names):
            before[name], after[name] = sorted(old_names), sorted(new_names)
    return before, after


def _name(member: Any) -> str:
    """What a part of a record is called in the log."""
    session = object_session(member)
    if session is not None and inspect(member).pending:
        # A part that is only just being written still has to find what it refers to.
        session.enable_relationship_loading(member)
        _look_up_known(session, member)
    return str(member.log_name)


def _look_up_known(session: Session, member: Any) -> None:
    """Fill in what a part refers to from the records at hand, without a statement for each.

    By composite keys nothing is found in the identity map; by the primary key it is.
    """
    for relation, attribute, target in _references(inspect(type(member))):
        key = target.identity_key_from_primary_key((getattr(member, attribute),))
        known = session.identity_map.get(key)
        if known is not None and known.office_id == member.office_id:
            set_committed_value(member, relation, known)


@cache
def _references(mapper: Mapper[Any]) -> tuple[tuple[str, str, Mapper[Any]], ...]:
    """What a part refers to: relationship, the attribute that holds the key, and whose key."""
    found = []
    for relation in mapper.relationships:
        target = relation.mapper
        if relation.direction is not MANYTOONE or len(target.primary_key) != 1:
            continue
        [key] = [near for near, far in relation.local_remote_pairs if far in target.primary_key]
        found.append((relation.key, mapper.get_property_by_column(key).key, target))
    return tuple(found)


def _name_before(member: Any) -> str:
    """What a part of a record was called before this flush."""
    changed = {
        attribute.key: history.deleted[0]
        for attribute in inspect(member).mapper.column_attrs
        if (history := inspect(member).attrs[attribute.key].history).deleted
    }
    if not changed:
        return _name(member)
    return str(type(member).log_name.fget(_AsItWas(member, changed)))


class _AsItWas:
    """A part of a record with the values it had."""

    def __init__(self, member: Any, values: dict[str, Any]) -> None:
        self._member, self._values = member, values

    def __getattr__(self, name: str) -> Any:
        return self._values[name] if name in self._values else getattr(self._member, name)


def _plain(record: Any, key: str, value: Any) -> Any:
    if key in record.log_hidden and value is not None:
        return _HIDDEN
    if isinstance(value, Term):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | bool):
        return value
    return str(value)


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)[:LONGEST]
