"""The table of evidence."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped

from tracker.kernel.model import Model, Recorded, recorded, term, text, whole
from tracker.kernel.records import LARGEST_ID

from .terms import EvidenceKind

_LIVE = sql("voided_at IS NULL")


class EvidenceFile(Recorded, Model):
    """佐证材料: one file on one record of the office, of whatever type.

    The content lies in the instance's folder under its own checksum, once however many rows name
    it (`store`). A picture is kept as it was drawn anew, ``source_sha256`` is what was sent.
    A row that is voided keeps its content until it is swept; then ``swept_at`` says so.
    """

    __tablename__ = "evidence_file"
    __table_args__ = recorded(
        Index(None, "office_id", "record_type", "record_id"),
        Index(None, "office_id", "sha256"),
        Index(
            "uq_evidence_file_office_id_live_content",
            "office_id",
            "record_type",
            "record_id",
            "sha256",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        CheckConstraint("(width IS NULL) = (height IS NULL)", name="has_both_sides"),
        CheckConstraint(
            "(width IS NULL) = (thumbnail_sha256 IS NULL)", name="pictures_have_thumbnails"
        ),
        CheckConstraint("swept_at IS NULL OR voided_at IS NOT NULL", name="swept_when_voided"),
    )
    number_prefix = "ZZ"

    #: The table of the record it belongs to, and the record's id in it.
    record_type: Mapped[str] = text(40)
    record_id: Mapped[int] = whole(1, LARGEST_ID)
    kind: Mapped[EvidenceKind] = term(EvidenceKind)
    sha256: Mapped[str] = text(64)
    source_sha256: Mapped[str] = text(64)
    thumbnail_sha256: Mapped[str | None] = text(64)
    media_type: Mapped[str] = text(100)
    size: Mapped[int] = whole(1)
    width: Mapped[int | None] = whole(1, 100_000)
    height: Mapped[int | None] = whole(1, 100_000)
    #: What the file was called where it came from.
    name: Mapped[str] = text(200)
    caption: Mapped[str] = text(200, may_be_empty=True)
    taken_on: Mapped[date | None]
    swept_at: Mapped[datetime | None]

    @property
    def is_picture(self) -> bool:
        return self.width is not None
