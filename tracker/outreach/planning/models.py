"""The table of the year's plan."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, query_expression

from tracker.kernel.model import Model, Recorded, recorded, refers, text, whole
from tracker.kernel.period import FIRST_YEAR, LAST_YEAR
from tracker.kernel.text import shorten

from .terms import PlanState

#: A choice on a form shows so much of what an item is about.
_NAMED = 40


class PlanItem(Recorded, Model):
    """普法责任清单的一项: what is to be done in a year, by whom, for whom and until when.

    What was done is never written here: it is read from the events that name the item. The
    ``held_…`` facts are filled by queries with `queries.with_progress`, and None without it.
    """

    __tablename__ = "plan_item"
    __table_args__ = recorded(
        refers("copied_from_id", "plan_item"),
        # Copying a year twice makes nothing twice.
        UniqueConstraint("office_id", "year", "copied_from_id"),
        Index(None, "office_id", "year", "position", "id"),
        CheckConstraint("copied_from_id IS NULL OR copied_from_id <> id", name="not_its_own_copy"),
    )
    number_prefix = "JH"

    year: Mapped[int] = whole(FIRST_YEAR, LAST_YEAR)
    #: 序号: where it stands in the list.
    position: Mapped[int] = whole(0, 9999, default=0)
    content: Mapped[str] = text(300)
    laws: Mapped[str] = text(300, may_be_empty=True)
    leader: Mapped[str] = text(100, may_be_empty=True)
    responsible_person: Mapped[str] = text(100, may_be_empty=True)
    responsible_office: Mapped[str] = text(200, may_be_empty=True)
    audience: Mapped[str] = text(200, may_be_empty=True)
    carrier: Mapped[str] = text(300, may_be_empty=True)
    measure: Mapped[str] = text(500, may_be_empty=True)
    standard: Mapped[str] = text(500, may_be_empty=True)
    #: None: by the end of its year.
    due_on: Mapped[date | None]
    target_events: Mapped[int | None] = whole(0, 9999)
    target_person_times: Mapped[int | None] = whole(0, 9_999_999)
    note: Mapped[str] = text(2000, may_be_empty=True)
    #: Last year's item that this one was copied from.
    copied_from_id: Mapped[int | None]

    #: Events that count for it, their heads, and how many of them have no headcount.
    held_events: Mapped[int | None] = query_expression()
    held_person_times: Mapped[int | None] = query_expression()
    held_uncounted: Mapped[int | None] = query_expression()

    @property
    def label(self) -> str:
        """What a form or a ledger calls it: its number and the beginning of its content."""
        return f"{self.number} {shorten(self.content, _NAMED)}"

    @property
    def last_day(self) -> date:
        """The day it has to be done by."""
        return self.due_on or date(self.year, 12, 31)

    @property
    def is_reached(self) -> bool:
        """Whether every target is reached; without a target, whether an event was held for it.

        Heads that nobody wrote down do not count towards a target of person-times.
        """
        held = self.held_events or 0
        if self.target_events is None and self.target_person_times is None:
            return held > 0
        return held >= (self.target_events or 0) and (self.held_person_times or 0) >= (
            self.target_person_times or 0
        )

    def state(self, today: date) -> PlanState:
        """Done; else late where its last day has gone by; else under way once an event was held."""
        if self.is_reached:
            return PlanState.DONE
        if self.last_day < today:
            return PlanState.LATE
        return PlanState.UNDER_WAY if self.held_events else PlanState.NOT_BEGUN
