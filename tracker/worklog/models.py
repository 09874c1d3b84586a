"""Tables of the worklog."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from tracker.kernel.figure import Basis
from tracker.kernel.model import (
    Logged,
    Model,
    Owned,
    Recorded,
    flag,
    owned,
    recorded,
    refers,
    term,
    text,
    whole,
)
from tracker.kernel.units import Unit
from tracker.kernel.words import Words
from tracker.offices.models import Village

from .kinds import Number, WorkKind, shipped_kinds
from .terms import WorkArea

#: The most of each number; fines and fees are in yuan, so items go further than people.
MOST_PEOPLE = 9_999_999
MOST_ITEMS = 999_999_999


class OwnKind(Owned, Logged, Model):
    """A kind of work an office added. Its key is made once and stays."""

    __tablename__ = "own_kind"
    __table_args__ = owned(
        UniqueConstraint("office_id", "key"),
        UniqueConstraint("office_id", "label_zh"),
        CheckConstraint("counts_times OR counts_people OR counts_items", name="counts_something"),
        CheckConstraint(
            "basis = 'during' OR (counts_items AND NOT counts_times AND NOT counts_people)",
            name="inventory_counts_items",
        ),
        CheckConstraint("counts_items = (items_unit IS NOT NULL)", name="items_have_unit"),
        CheckConstraint("counts_items = (items_label <> '')", name="items_have_label"),
    )

    key: Mapped[str] = text(60)
    label_zh: Mapped[str] = text(40)
    label_en: Mapped[str] = text(80, may_be_empty=True)
    area: Mapped[WorkArea] = term(WorkArea)
    basis: Mapped[Basis] = term(Basis)
    counts_times: Mapped[bool] = flag("counts_times")
    counts_people: Mapped[bool] = flag("counts_people")
    counts_items: Mapped[bool] = flag("counts_items")
    items_unit: Mapped[Unit | None] = term(Unit)
    items_label: Mapped[str] = text(40, may_be_empty=True)
    definition: Mapped[str] = text(500)
    in_use: Mapped[bool] = flag("in_use", default=True)

    @property
    def name(self) -> str:
        return self.label_zh

    @property
    def log_name(self) -> str:
        return self.label_zh

    def as_kind(self, office_name: str = "") -> WorkKind:
        """The kind it states; ``office_name`` tells like-named kinds of several offices apart."""
        mark = f"（{office_name}）" if office_name else ""
        counted: tuple[tuple[Number, bool], ...] = (
            ("times", self.counts_times),
            ("people", self.counts_people),
            ("items", self.counts_items),
        )
        return WorkKind(
            key=self.key,
            label=Words(self.label_zh + mark, (self.label_en or self.label_zh) + mark),
            area=self.area,
            basis=self.basis,
            asks=frozenset(number for number, asked in counted if asked),
            definition=Words.same(self.definition),
            items_unit=self.items_unit,
            items_label=Words.same(self.items_label) if self.items_label else None,
            in_use=self.in_use,
        )


class WorklogEntry(Recorded, Model):
    """One entry of a kind: something done on a day, or something that stands from a day on.

    ``kind`` is the key of a shipped kind or of one of the office's own; the operations see to it.
    A number is empty where the kind does not ask for it, or where nobody wrote it down.
    """

    __tablename__ = "worklog_entry"
    __table_args__ = recorded(
        refers("village_id", "village"),
        Index(None, "office_id", "kind", "held_on", "id"),
        Index(None, "office_id", "held_on", "id"),
        Index(None, "office_id", "village_id"),
        CheckConstraint("ended_on IS NULL OR ended_on >= held_on", name="ends_after_start"),
    )
    number_prefix = "TZ"

    kind: Mapped[str] = text(60)
    title: Mapped[str] = text(200)
    #: The day it took place; of an inventory, the day it was set up.
    held_on: Mapped[date]
    #: Its last day; of an inventory, the last day it stood.
    ended_on: Mapped[date | None]
    times: Mapped[int | None] = whole(0, MOST_PEOPLE)
    people: Mapped[int | None] = whole(0, MOST_PEOPLE)
    items: Mapped[int | None] = whole(0, MOST_ITEMS)
    due: Mapped[int | None] = whole(0, MOST_ITEMS)
    succeeded: Mapped[int | None] = whole(0, MOST_ITEMS)
    village_id: Mapped[int | None]
    venue: Mapped[str] = text(200, may_be_empty=True)
    organiser: Mapped[str] = text(100, may_be_empty=True)
    participants: Mapped[str] = text(300, may_be_empty=True)
    note: Mapped[str] = text(2000, may_be_empty=True)

    village: Mapped[Village | None] = relationship(viewonly=True)
    own_kind: Mapped[OwnKind | None] = relationship(
        primaryjoin="and_(foreign(WorklogEntry.office_id) == OwnKind.office_id, "
        "foreign(WorklogEntry.kind) == OwnKind.key)",
        viewonly=True,
        uselist=False,
    )

    @property
    def work_kind(self) -> WorkKind | None:
        """The kind the entry belongs to."""
        shipped = shipped_kinds().get(self.kind)
        if shipped is None and self.own_kind is not None:
            return self.own_kind.as_kind()
        return shipped

    def count_of(self, number: Number) -> int | None:
        """One of its numbers."""
        value: int | None = getattr(self, number)
        return value
