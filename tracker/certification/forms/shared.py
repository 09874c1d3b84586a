"""What the forms of certification have in common."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.certification.models import Officer
from tracker.certification.queries.officers import officers_to_choose
from tracker.kernel.fields import LineField, RecordField, RecordsField
from tracker.kernel.i18n import say
from tracker.kernel.model import Recorded
from tracker.kernel.text import half_width


class CodeField(LineField):
    """A number that is a name (certificate, phone): half-width; without spaces where ``tight``."""

    def __init__(self, label: Any, length: int, *, tight: bool = False, **options: Any) -> None:
        super().__init__(label, length, **options)
        self.filters = [*self.filters, _tight if tight else _plain]


def _plain(value: str | None) -> str:
    return half_width(value or "").strip()


def _tight(value: str | None) -> str:
    return re.sub(r"\s+", "", half_width(value or ""))


def offer_officers(
    field: RecordField | RecordsField,
    session: Session,
    office_id: int,
    also: Iterable[Officer] = (),
    without: Iterable[int] = (),
    notes: Mapping[int, str] | None = None,
    closed: Collection[int] = (),
) -> None:
    """Let a field choose among the office's officers, with those that are chosen already.

    ``notes`` and ``closed`` are those of `RecordsField.offer`; they need a field of several.
    """
    officers = {officer.id: officer for officer in officers_to_choose(session, office_id)}
    officers.update({officer.id: officer for officer in also})
    left_out = set(without)
    choices = [
        (key, f"{officer.full_name} · {say(officer.establishment.label)}")
        for key, officer in officers.items()
        if key not in left_out
    ]
    if isinstance(field, RecordsField):
        field.offer(
            choices,
            {key: officer.pinyin for key, officer in officers.items()},
            notes=notes,
            closed=closed,
        )
    else:
        field.offer(choices)


def values_of(record: Recorded, draft: type[Any], *left_out: str) -> dict[str, Any]:
    """A record as its form shows it: columns and fields carry the same names."""
    names = [name for name in draft.__dataclass_fields__ if name not in left_out]
    return {"version": str(record.version), **{name: getattr(record, name) for name in names}}
