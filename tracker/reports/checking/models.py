"""What an office said of its own turns of phrase."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from tracker.kernel.model import Logged, Model, Owned, owned, text

LONGEST_CUE = 200


class ReportBinding(Owned, Logged, Model):
    """Which figure an office's phrase speaks of: its clause without numbers, and the unit.

    A binding that is replaced or removed stays, so that this can be taken back.
    """

    __tablename__ = "report_binding"
    __table_args__ = owned(
        CheckConstraint("(removed_at IS NULL) = (removed_by IS NULL)", name="removed_by_somebody"),
        Index(
            "uq_report_binding_office_id_live_cue",
            "office_id",
            "cue",
            "unit",
            unique=True,
            sqlite_where=sql("removed_at IS NULL"),
            postgresql_where=sql("removed_at IS NULL"),
        ),
    )

    cue: Mapped[str] = text(LONGEST_CUE)
    unit: Mapped[str] = text(10, may_be_empty=True)
    figure_key: Mapped[str] = text(100)
    bound_at: Mapped[datetime] = mapped_column()
    bound_by: Mapped[str] = text(60)
    removed_at: Mapped[datetime | None] = mapped_column()
    removed_by: Mapped[str | None] = text(60)
