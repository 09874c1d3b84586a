"""What stays of an import: the batch, the records it wrote, and the heads an office taught us."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from tracker.kernel.model import Logged, Model, Owned, flag, owned, refers, term, text, whole
from tracker.kernel.terms import Term
from tracker.workbooks.grid import MOST_BYTES

from .outcome import OnExisting

#: As long as JSON of a long form can be.
LONGEST_BEFORE = 40_000


class BatchState(Term):
    """How far an import has come."""

    WAITING = "waiting", "待确认", "Waiting"
    DONE = "done", "已导入", "Done"
    UNDONE = "undone", "已撤销", "Undone"


class ImportBatch(Owned, Logged, Model):
    """One ledger that came in.

    The file is kept while the batch waits to be confirmed, and no longer.
    """

    __tablename__ = "import_batch"
    __table_args__ = owned(
        CheckConstraint(
            f"file IS NULL OR length(file) BETWEEN 1 AND {MOST_BYTES}", name="file_size"
        ),
        CheckConstraint("(state = 'waiting') = (file IS NOT NULL)", name="waits_with_its_file"),
        Index(None, "office_id", "created_at"),
    )
    log_hidden = frozenset({"file"})

    register: Mapped[str] = text(60)
    name: Mapped[str] = text(200)
    file: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    state: Mapped[BatchState] = term(BatchState)
    on_existing: Mapped[OnExisting] = term(OnExisting)
    create_missing: Mapped[bool] = flag("create_missing")
    year: Mapped[int | None] = whole(1990, 2100)
    #: The head's last row, from 0, where a person has pointed at it.
    head_row: Mapped[int | None] = whole(0, 20_000)
    new_rows: Mapped[int] = whole()
    updated_rows: Mapped[int] = whole()
    unchanged_rows: Mapped[int] = whole()
    skipped_rows: Mapped[int] = whole()
    other_rows: Mapped[int] = whole()
    created_at: Mapped[datetime] = mapped_column()
    created_by: Mapped[str] = text(60)
    done_at: Mapped[datetime | None] = mapped_column()
    undone_at: Mapped[datetime | None] = mapped_column()
    undone_by: Mapped[str | None] = text(60)

    records: Mapped[list[ImportedRecord]] = relationship(
        cascade="all, delete-orphan", order_by="ImportedRecord.id", passive_deletes=True
    )


class ImportedRecord(Owned, Model):
    """A record that an import made or changed, as it then stood.

    ``before`` is JSON of the changed form fields before the import; empty for a made record.
    """

    __tablename__ = "imported_record"
    __table_args__ = owned(
        refers("batch_id", "import_batch", on_delete="CASCADE"),
        Index(None, "office_id", "batch_id"),
    )

    batch_id: Mapped[int] = mapped_column()
    record_id: Mapped[int] = whole(1)
    record_version: Mapped[int] = whole(1)
    before: Mapped[str] = text(LONGEST_BEFORE, may_be_empty=True)


class TaughtHead(Owned, Model):
    """A head of an office's own ledger and the column it means there.

    ``column_key`` empty: the column is left out.
    """

    __tablename__ = "taught_head"
    __table_args__ = owned(UniqueConstraint("office_id", "register", "head"))

    register: Mapped[str] = text(60)
    head: Mapped[str] = text(100)
    column_key: Mapped[str] = text(60, may_be_empty=True)
