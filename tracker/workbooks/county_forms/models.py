"""The forms an office keeps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from tracker.kernel.model import Model, Recorded, recorded, text, whole
from tracker.workbooks.grid import MOST_BYTES

#: A survey of a form at its limits is about a third of this.
LONGEST_SURVEY = 1_000_000


class CountyForm(Recorded, Model):
    """上报表样: a workbook with marks, that the office fills again and again.

    ``survey`` is what was found in the file when it came in, so that showing the form opens no
    file. File and survey stay out of the change log, which notes the checksum instead.
    """

    __tablename__ = "county_form"
    __table_args__ = recorded(
        Index(None, "office_id", "name", "id"),
        Index(
            "uq_county_form_office_id_live_name",
            "office_id",
            "name",
            unique=True,
            sqlite_where=sql("voided_at IS NULL"),
            postgresql_where=sql("voided_at IS NULL"),
        ),
        CheckConstraint(f"length(content) BETWEEN 1 AND {MOST_BYTES}", name="content_size"),
        CheckConstraint("length(sha256) = 64", name="whole_sha256"),
    )
    number_prefix = "BG"
    log_hidden = frozenset({"content", "survey"})

    name: Mapped[str] = text(100)
    file_name: Mapped[str] = text(200)
    size: Mapped[int] = whole(1, MOST_BYTES)
    sha256: Mapped[str] = text(64)
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str] = text(60)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    survey: Mapped[str] = text(LONGEST_SURVEY, deferred=True)
