"""The table of opinions on decisions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, relationship

from tracker.advisers.models import Adviser, AdviserVisit
from tracker.kernel.model import Model, Recorded, recorded, refers, term, text

from .terms import Adoption, DecisionKind


class CounselOpinion(Recorded, Model):
    """法律意见: an opinion given to the township on a decision, by its counsel or its own staff.

    It may name the visit of the counsel's log that it came from. The figures of the log sum the
    numbers typed there and know nothing of this table, so that no opinion is counted twice.
    """

    __tablename__ = "counsel_opinion"
    __table_args__ = recorded(
        refers("adviser_id", "adviser"),
        refers("visit_id", "adviser_visit"),
        Index(None, "office_id", "given_on", "id"),
        Index(None, "office_id", "adviser_id", "given_on"),
        Index(None, "office_id", "visit_id"),
        CheckConstraint("asked_on IS NULL OR asked_on <= given_on", name="asked_before_given"),
        CheckConstraint("visit_id IS NULL OR adviser_id IS NOT NULL", name="visit_has_adviser"),
    )
    number_prefix = "YJ"

    #: None: the office's own, given by its staff.
    adviser_id: Mapped[int | None]
    asked_on: Mapped[date | None]
    given_on: Mapped[date]
    matter: Mapped[str] = text(200)
    kind: Mapped[DecisionKind] = term(DecisionKind)
    summary: Mapped[str] = text(2000, may_be_empty=True)
    adopted: Mapped[Adoption] = term(Adoption)
    #: The decision, document or contract it was given on: 镇政发〔2024〕3号.
    decision_reference: Mapped[str] = text(200, may_be_empty=True)
    visit_id: Mapped[int | None]
    note: Mapped[str] = text(2000, may_be_empty=True)

    adviser: Mapped[Adviser | None] = relationship(viewonly=True)
    visit: Mapped[AdviserVisit | None] = relationship(viewonly=True)
