"""Tables of the change log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.kernel.model import Model, text, whole
from tracker.kernel.terms import Term

#: The longest before- or after-text of one entry.
LONGEST = 60_000


class ChangeKind(Term):
    """What was done to a record."""

    CREATED = "created", "新建", "Created"
    CHANGED = "changed", "修改", "Changed"
    VOIDED = "voided", "作废", "Voided"
    RESTORED = "restored", "撤销作废", "Restored"
    DELETED = "deleted", "删除", "Deleted"


class ChangeLog(Model):
    """One write of one record. Rows are only ever added."""

    __tablename__ = "change_log"
    __table_args__ = (
        UniqueConstraint("office_id", "sequence"),
        Index(None, "office_id", "subject", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    sequence: Mapped[int] = whole(1)
    at: Mapped[datetime]
    actor: Mapped[str] = text(60)
    kind: Mapped[str] = text(20)
    #: The record's table, id and readable number or name.
    subject: Mapped[str] = text(60)
    subject_id: Mapped[int] = whole(1, 2_147_483_647)
    subject_number: Mapped[str] = text(200, may_be_empty=True)
    #: JSON objects of the fields that changed.
    before: Mapped[str] = text(LONGEST)
    after: Mapped[str] = text(LONGEST)
    #: HMAC-SHA-256 of the previous entry's hash and this entry.
    hash: Mapped[str] = text(64)


class ChangeHead(Model):
    """The end of an office's chain, so that a cut tail is noticed."""

    __tablename__ = "change_head"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    sequence: Mapped[int] = whole(0)
    hash: Mapped[str] = text(64, may_be_empty=True)
