"""Tables of the yearly assessment: the office's score sheet, and what it was filled with.

An assessment keeps the text, the most points and the bounds it was made with: its score rows are
copies of the sheet's items, not references to them. So a sheet may be changed at any time for the
assessments to come, and a signed paper and its record never drift apart. (The other way, a new
version of the whole sheet for every change, would leave an office with a row of nearly equal sheets
while it still words its first one.)
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, relationship

from tracker.advisers.models import Adviser
from tracker.advisers.terms import AssignmentTarget
from tracker.kernel.model import (
    Model,
    Owned,
    Recorded,
    hours,
    owned,
    recorded,
    refers,
    term,
    text,
    whole,
)
from tracker.kernel.period import FIRST_YEAR, LAST_YEAR
from tracker.kernel.wording import plain
from tracker.offices.models import Village

from .terms import Grade, ScoreBasis

#: Points have at most one decimal; those of an item are whole or half. Kept in whole tenths.
tenths = hours

#: No sheet has more items, and none of them more points.
MOST_ITEMS = 60
MOST_POINTS = 200

_LIVE_VILLAGE = sql("voided_at IS NULL AND village_id IS NOT NULL")
_LIVE_TOWNSHIP = sql("voided_at IS NULL AND village_id IS NULL")


class ScoreItem(Owned, Model):
    """One line of a score sheet: what is asked for, and the most points it can bring."""

    __tablename__ = "score_item"
    __table_args__ = owned(
        refers("sheet_id", "score_sheet", on_delete="CASCADE"),
        Index(None, "office_id", "sheet_id", "position", "id"),
        CheckConstraint("most > 0 AND most % 5 = 0", name="half_points"),
    )

    sheet_id: Mapped[int]
    position: Mapped[int] = whole(0, 9999)
    heading: Mapped[str] = text(60)
    criterion: Mapped[str] = text(500)
    most: Mapped[Decimal] = tenths(0, MOST_POINTS)
    basis: Mapped[ScoreBasis | None] = term(ScoreBasis)

    @property
    def log_name(self) -> str:
        return f"{self.position} {self.heading} {plain(self.most)}：{self.criterion}"


class ScoreSheet(Recorded, Model):
    """评分表: what advisers are assessed by from a year on.

    A year's sheet is the one with the latest ``from_year`` up to it, of several the newest.
    """

    __tablename__ = "score_sheet"
    __table_args__ = recorded(
        Index(None, "office_id", "from_year", "id"),
        CheckConstraint(
            "excellent_from > passed_from AND (good_from IS NULL OR "
            "(excellent_from > good_from AND good_from > passed_from))",
            name="bounds_fall",
        ),
    )
    number_prefix = "PB"
    log_collections = ("items",)

    title: Mapped[str] = text(100)
    from_year: Mapped[int] = whole(FIRST_YEAR, LAST_YEAR)
    excellent_from: Mapped[Decimal] = tenths(0, 1000)
    #: None: the office has no grade between excellent and passed.
    good_from: Mapped[Decimal | None] = tenths(0, 1000)
    passed_from: Mapped[Decimal] = tenths(0, 1000)
    note: Mapped[str] = text(2000, may_be_empty=True)

    items: Mapped[list[ScoreItem]] = relationship(
        cascade="all, delete-orphan", order_by=(ScoreItem.position, ScoreItem.id)
    )

    @property
    def most(self) -> Decimal:
        """The most points it can bring."""
        return sum((item.most for item in self.items), Decimal(0))


class AssessmentScore(Owned, Model):
    """One line of an assessment: the item as it was worded then, and the points given."""

    __tablename__ = "assessment_score"
    __table_args__ = owned(
        refers("assessment_id", "adviser_assessment", on_delete="CASCADE"),
        Index(None, "office_id", "assessment_id", "position", "id"),
        CheckConstraint("most > 0 AND most % 5 = 0", name="half_points"),
        CheckConstraint("points <= most AND points % 5 = 0", name="points_within"),
    )

    assessment_id: Mapped[int]
    position: Mapped[int] = whole(0, 9999)
    heading: Mapped[str] = text(60)
    criterion: Mapped[str] = text(500)
    most: Mapped[Decimal] = tenths(0, MOST_POINTS)
    basis: Mapped[ScoreBasis | None] = term(ScoreBasis)
    points: Mapped[Decimal] = tenths(0, MOST_POINTS)
    remark: Mapped[str] = text(200, may_be_empty=True)

    @property
    def log_name(self) -> str:
        remark = f"（{self.remark}）" if self.remark else ""
        return f"{self.position} {self.heading} {plain(self.points)}／{plain(self.most)}{remark}"


class AdviserAssessment(Recorded, Model):
    """年度考核: how one adviser did for one village (or for the township) in one year.

    One live one for adviser, village and year. ``total`` and ``grade`` are what the signed paper
    says: of an assessment by items the sum of its scores and the grade of its own bounds, set with
    them in one write; of one taken in from a ledger, which has no scores and no bounds, as given.
    """

    __tablename__ = "adviser_assessment"
    __table_args__ = recorded(
        refers("adviser_id", "adviser"),
        refers("village_id", "village"),
        refers("sheet_id", "score_sheet"),
        Index(None, "office_id", "year", "id"),
        Index(None, "office_id", "adviser_id", "year"),
        Index(
            "uq_adviser_assessment_office_id_live_village",
            "office_id",
            "year",
            "adviser_id",
            "village_id",
            unique=True,
            sqlite_where=_LIVE_VILLAGE,
            postgresql_where=_LIVE_VILLAGE,
        ),
        Index(
            "uq_adviser_assessment_office_id_live_township",
            "office_id",
            "year",
            "adviser_id",
            unique=True,
            sqlite_where=_LIVE_TOWNSHIP,
            postgresql_where=_LIVE_TOWNSHIP,
        ),
    )
    number_prefix = "KH"
    log_collections = ("scores",)

    year: Mapped[int] = whole(FIRST_YEAR, LAST_YEAR)
    adviser_id: Mapped[int]
    #: None: as counsel of the township government.
    village_id: Mapped[int | None]
    #: The sheet its items were copied from.
    sheet_id: Mapped[int | None]
    total: Mapped[Decimal] = tenths(0, 1000)
    grade: Mapped[Grade] = term(Grade)
    excellent_from: Mapped[Decimal | None] = tenths(0, 1000)
    good_from: Mapped[Decimal | None] = tenths(0, 1000)
    passed_from: Mapped[Decimal | None] = tenths(0, 1000)
    assessed_on: Mapped[date]
    assessor: Mapped[str] = text(100, may_be_empty=True)
    village_view: Mapped[str] = text(500, may_be_empty=True)
    note: Mapped[str] = text(2000, may_be_empty=True)

    adviser: Mapped[Adviser] = relationship(viewonly=True)
    village: Mapped[Village | None] = relationship(viewonly=True)
    scores: Mapped[list[AssessmentScore]] = relationship(
        cascade="all, delete-orphan", order_by=(AssessmentScore.position, AssessmentScore.id)
    )

    @property
    def target(self) -> AssignmentTarget:
        return AssignmentTarget.TOWNSHIP if self.village_id is None else AssignmentTarget.VILLAGE

    @property
    def most(self) -> Decimal | None:
        """The most points there were; None where only the total is known."""
        return sum((score.most for score in self.scores), Decimal(0)) if self.scores else None
