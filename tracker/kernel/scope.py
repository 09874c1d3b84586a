"""Whose records a person may see, and whose they may write."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, false
from sqlalchemy.orm import InstrumentedAttribute


@dataclass(frozen=True)
class Scope:
    """The offices a person reads, and the one (if any) they write.

    A township's person reads and writes their own office. A county's person reads the county and
    all of its townships and writes none of the townships' records.
    """

    office_ids: tuple[int, ...]
    home_office_id: int
    may_write: bool = False
    #: Whether they may enter what a rule forbids, with a reason: administrators, where they write.
    may_except: bool = False

    def covers(self, office_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """The condition every query of owned records carries."""
        if not self.office_ids:
            return false()
        if len(self.office_ids) == 1:
            return office_id == self.office_ids[0]
        return office_id.in_(self.office_ids)

    def writes(self, office_id: int) -> bool:
        """Whether the person may change this office's records."""
        return self.may_write and office_id == self.home_office_id

    @property
    def for_writing(self) -> Scope:
        """The same person's scope where they write: their own office, or nothing."""
        own = (self.home_office_id,) if self.may_write else ()
        return replace(self, office_ids=own)
