"""The tables of closing a year."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from tracker.kernel.immutable import written_once
from tracker.kernel.model import Logged, Model, Owned, owned, refers, term, text, whole
from tracker.kernel.period import FIRST_YEAR, LAST_YEAR

from .terms import ClosingAct, ClosingState

#: The longest correction note.
LONGEST_NOTE = 100_000


class YearClosing(Owned, Logged, Model):
    """How far an office's year is. There is a row from the first step on; before it, it is open.

    ``approved_digest`` stands for the figures as they were approved: if they change before the
    year is frozen, it has to be approved again.
    """

    __tablename__ = "year_closing"
    __table_args__ = owned(UniqueConstraint("office_id", "year"))

    year: Mapped[int] = whole(FIRST_YEAR, LAST_YEAR)
    state: Mapped[ClosingState] = term(ClosingState)
    approved_digest: Mapped[str] = text(64, may_be_empty=True)

    @property
    def name(self) -> str:
        """What the change log calls it."""
        return str(self.year)


class ClosingStep(Owned, Logged, Model):
    """One step of closing a year: who did what and when, with a note. Written once."""

    __tablename__ = "closing_step"
    __table_args__ = owned(Index(None, "office_id", "year", "id"))

    year: Mapped[int] = whole(FIRST_YEAR, LAST_YEAR)
    act: Mapped[ClosingAct] = term(ClosingAct)
    at: Mapped[datetime]
    by: Mapped[str] = text(60)
    note: Mapped[str] = text(500, may_be_empty=True)

    @property
    def name(self) -> str:
        """What the change log calls it."""
        return str(self.year)


class Acceptance(Owned, Logged, Model):
    """Why a finding is left as it is: 「因为……，按现状接受」."""

    __tablename__ = "finding_acceptance"
    __table_args__ = owned(UniqueConstraint("office_id", "year", "code", "subject"))

    year: Mapped[int] = whole(FIRST_YEAR, LAST_YEAR)
    code: Mapped[str] = text(60)
    subject: Mapped[str] = text(100)
    reason: Mapped[str] = text(200)
    accepted_at: Mapped[datetime]
    accepted_by: Mapped[str] = text(60)

    @property
    def name(self) -> str:
        """What the change log calls it."""
        return self.subject


class CorrectionNote(Owned, Logged, Model):
    """更正说明: what changed since a year was frozen, in words, for the file. Written once."""

    __tablename__ = "correction_note"
    __table_args__ = owned(
        refers("set_id", "frozen_set"),
        UniqueConstraint("office_id", "number"),
        Index(None, "office_id", "set_id"),
    )
    number_prefix = "GZ"
    log_hidden = frozenset({"body"})

    set_id: Mapped[int]
    number: Mapped[str] = text(40)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = text(60)
    remark: Mapped[str] = text(500, may_be_empty=True)
    #: One line for each figure, indented ones for its records.
    body: Mapped[str] = text(LONGEST_NOTE)

    @property
    def name(self) -> str:
        """What the change log calls it."""
        return self.number


for _model in (ClosingStep, CorrectionNote):
    written_once(_model)
