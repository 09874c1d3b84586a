"""The records that are there already, and which of them a row is."""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel.intake import Intake
from tracker.kernel.scope import Scope
from tracker.kernel.text import half_width
from tracker.kernel.words import Words

from .phrases import ALIKE, NEW_NUMBER, VOIDED

#: An office's own count of its rows under 编号.
_OWN_COUNT = re.compile(r"[0-9]{1,4}")


def plain_number(text: str) -> str:
    """A record's number as it is kept: pf-2024-001 is PF-2024-001."""
    return half_width(text).replace(" ", "").upper()


class Existing:
    """The office's own records of a register, known by number, by key and by looser key."""

    def __init__(self, intake: Intake, session: Session, scope: Scope) -> None:
        self._intake, self._session, self._scope = intake, session, scope
        self._by_number: dict[str, Any] = {}
        self._by_key: dict[Hashable, Any] = {}
        self._alike: dict[Hashable, Any] = {}
        for record in session.scalars(intake.existing(scope)).unique():
            self._by_number[record.number] = record
            if (key := intake.key_of(record)) is not None:
                self._by_key.setdefault(key, record)
            if intake.alike_of and (alike := intake.alike_of(record)) is not None:
                self._alike.setdefault(alike, record)

    def numbered(self, number: str) -> Any:
        """The record of this number, or None."""
        return self._by_number.get(number) if number else None

    def keyed(self, key: Hashable | None) -> Any:
        """The record of this key, or None."""
        return self._by_key.get(key) if key is not None else None

    def refusal(self, number: str) -> Words | None:
        """Why a row with a number that no record has cannot be a new one."""
        return VOIDED.fill(number=number) if number in self._voided else None

    @staticmethod
    def note(number: str) -> Words | None:
        """What to say of a row that gets another number than it has; its own count is nothing."""
        is_count = not number or _OWN_COUNT.fullmatch(number)
        return None if is_count else NEW_NUMBER.fill(number=number)

    def likeness(self, draft: Any) -> Words | None:
        """What to say of a new record that looks like one that is there."""
        alike = self._intake.alike(draft) if self._intake.alike else None
        other = self._alike.get(alike) if alike is not None else None
        if other is None:
            return None
        column = next(c for c in self._intake.register.columns if c.required)
        title = str(column.read(other) or "")[:40]
        return ALIKE.fill(number=other.number, title=title)

    @cached_property
    def _voided(self) -> set[str]:
        model = self._intake.register.model
        return set(
            self._session.scalars(
                select(model.number).where(
                    self._scope.for_writing.covers(model.office_id), model.voided_at.is_not(None)
                )
            )
        )
