"""Tables of offices and villages."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from tracker.kernel.model import Logged, Model, Recorded, flag, recorded, term, text, whole

from .terms import OfficeLevel, VillageKind


class Office(Logged, Model):
    """A government office whose people keep records: a county bureau or a township."""

    __tablename__ = "office"
    __table_args__ = (
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    code: Mapped[str] = text(20, unique=True)
    name: Mapped[str] = text(60)
    level: Mapped[OfficeLevel] = term(OfficeLevel)
    #: Holds invented records only; every page says so.
    is_example: Mapped[bool] = flag("is_example")
    created_at: Mapped[datetime]


class Village(Recorded, Model):
    """A village or community of a township. One that was merged away keeps its history."""

    __tablename__ = "village"
    __table_args__ = recorded(
        Index(None, "office_id", "name"),
        Index(
            "uq_village_office_id_live_name",
            "office_id",
            "name",
            unique=True,
            sqlite_where=sql("voided_at IS NULL"),
            postgresql_where=sql("voided_at IS NULL"),
        ),
    )
    number_prefix = "CW"

    name: Mapped[str] = text(40)
    pinyin: Mapped[str] = text(200, may_be_empty=True)
    kind: Mapped[VillageKind] = term(VillageKind)
    population: Mapped[int | None] = whole(0, 1_000_000)
    households: Mapped[int | None] = whole(0, 1_000_000)
    #: The day from which it no longer exists, merged into another one for instance.
    closed_on: Mapped[date | None]
    note: Mapped[str] = text(500, may_be_empty=True)

    @property
    def log_name(self) -> str:
        return self.name
