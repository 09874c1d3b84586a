"""What an office adds to the shipped calendar: own days, days not kept, and confirmed dates."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from tracker.kernel.model import Logged, Model, Owned, flag, owned, text, whole
from tracker.kernel.period import FIRST_YEAR, LAST_YEAR
from tracker.kernel.words import Words

from .days import PublicityDay
from .rules import On, Rule, Usual

#: The longest key of a day.
KEY_LENGTH = 60


class LocalDay(Owned, Logged, Model):
    """A publicity day of the office's own, the same month and day every year or about then."""

    __tablename__ = "local_day"
    __table_args__ = owned(
        UniqueConstraint("office_id", "key"),
        UniqueConstraint("office_id", "name"),
        CheckConstraint("end_month * 100 + end_day >= month * 100 + day", name="ends_after_start"),
    )

    #: Made once from the name and never changed: events hold it.
    key: Mapped[str] = text(KEY_LENGTH)
    name: Mapped[str] = text(60)
    month: Mapped[int] = whole(1, 12)
    day: Mapped[int] = whole(1, 31)
    end_month: Mapped[int] = whole(1, 12)
    end_day: Mapped[int] = whole(1, 31)
    #: Its dates are named by a notice every year; those above are the usual ones.
    by_notice: Mapped[bool] = flag("by_notice")
    laws: Mapped[str] = text(300, may_be_empty=True)
    basis: Mapped[str] = text(200, may_be_empty=True)
    in_use: Mapped[bool] = flag("in_use", default=True)

    @property
    def log_name(self) -> str:
        return self.name

    def as_day(self) -> PublicityDay:
        """The day it states."""
        rule: Rule = On(self.month, self.day, self.end_month, self.end_day)
        return PublicityDay(
            key=self.key,
            name=Words.same(self.name),
            laws=tuple(law for law in self.laws.replace(";", "、").split("、") if law),
            rule=Usual(rule) if self.by_notice else rule,
            source=self.basis,
        )


class DayChoice(Owned, Logged, Model):
    """Whether the office keeps a shipped day. Without a row it does."""

    __tablename__ = "day_choice"
    __table_args__ = owned(UniqueConstraint("office_id", "day_key"))

    day_key: Mapped[str] = text(KEY_LENGTH)
    kept: Mapped[bool] = flag("kept", default=True)

    @property
    def name(self) -> str:
        return self.day_key


class DayConfirmation(Owned, Logged, Model):
    """The dates of a day in one year as the office confirmed them, and by which notice."""

    __tablename__ = "day_confirmation"
    __table_args__ = owned(
        UniqueConstraint("office_id", "year", "day_key"),
        CheckConstraint("last_on >= first_on", name="ends_after_start"),
    )

    year: Mapped[int] = whole(FIRST_YEAR, LAST_YEAR)
    day_key: Mapped[str] = text(KEY_LENGTH)
    first_on: Mapped[date]
    last_on: Mapped[date]
    notice: Mapped[str] = text(200)
    confirmed_at: Mapped[datetime]
    confirmed_by: Mapped[str] = text(60)

    @property
    def name(self) -> str:
        return f"{self.year} {self.day_key}"
