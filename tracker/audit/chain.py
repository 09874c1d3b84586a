"""Chaining and checking entries. Knows no web, so that the command line can verify."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel.words import Words

from .models import ChangeHead, ChangeLog

#: The fields an entry's hash covers, in order.
COVERED = (
    "office_id",
    "sequence",
    "at",
    "actor",
    "kind",
    "subject",
    "subject_id",
    "subject_number",
    "before",
    "after",
)


def seal(key: bytes, previous: str, entry: Mapping[str, Any]) -> str:
    """The hash of an entry that follows the one with hash ``previous``."""
    parts = [previous, *(_text(entry[name]) for name in COVERED)]
    # Lengths keep the boundary between fields from being moved.
    message = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()


def _text(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def broken_links(session: Session, key: bytes) -> Iterator[Words]:
    """Where a chain does not hold: an entry altered, moved, missing or cut off.

    Of each office the first such place, because everything after it is in doubt anyway.
    """
    heads = {
        head.office_id: (head.sequence, head.hash) for head in session.scalars(select(ChangeHead))
    }
    chained = session.scalars(select(ChangeLog.office_id).distinct())
    for office_id in sorted({*heads, *chained}):
        previous, expected = "", 1
        entries = session.scalars(
            select(ChangeLog)
            .where(ChangeLog.office_id == office_id)
            .order_by(ChangeLog.sequence)
            .execution_options(yield_per=500)
        )
        for entry in entries:
            fields = {name: getattr(entry, name) for name in COVERED}
            if entry.sequence != expected or entry.hash != seal(key, previous, fields):
                entries.close()
                yield Words(
                    "修改记录第 {n} 条与前后不衔接",
                    "Change-log entry {n} does not fit its neighbours",
                ).fill(n=entry.sequence)
                break
            previous, expected = entry.hash, expected + 1
        else:
            # Entries without any head are an end that was taken away as well.
            end = heads.get(office_id, (0, ""))
            if end != (expected - 1, previous):
                yield Words(
                    "修改记录末尾缺失：应有 {want} 条，实有 {have} 条",
                    "The change log's end is missing: {want} entries expected, {have} found",
                ).fill(want=end[0], have=expected - 1)
