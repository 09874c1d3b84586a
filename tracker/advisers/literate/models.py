"""Tables of what legal-literate persons do and how they are judged."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, relationship

from tracker.kernel.model import Model, Owned, Recorded, owned, recorded, refers, term, text, whole
from tracker.kernel.period import FIRST_YEAR, LAST_YEAR

from .terms import LiterateServiceKind, ReviewResult

if TYPE_CHECKING:
    from tracker.advisers.models import LegalLiteratePerson

_LIVE = sql("voided_at IS NULL")


class LiterateService(Recorded, Model):
    """法律明白人服务记录: one matter in which a legal-literate person served the neighbours."""

    __tablename__ = "literate_service"
    __table_args__ = recorded(
        refers("person_id", "legal_literate_person"),
        Index(None, "office_id", "held_on", "id"),
        Index(None, "office_id", "person_id", "held_on"),
    )
    number_prefix = "MF"

    person_id: Mapped[int]
    held_on: Mapped[date]
    kind: Mapped[LiterateServiceKind] = term(LiterateServiceKind)
    matter: Mapped[str] = text(200)
    people: Mapped[int | None] = whole(0, 9_999_999)
    households: Mapped[int | None] = whole(0, 9_999_999)
    note: Mapped[str] = text(2000, may_be_empty=True)

    person: Mapped[LegalLiteratePerson] = relationship(viewonly=True)


class LiterateReview(Recorded, Model):
    """年度考评: what a year's review of a legal-literate person came to, with the star it gave.

    A person has one of a year. It changes nothing on the register: whoever fails leaves by an
    entry of their own.
    """

    __tablename__ = "literate_review"
    __table_args__ = recorded(
        refers("person_id", "legal_literate_person"),
        Index(None, "office_id", "year", "id"),
        Index(
            "uq_literate_review_office_id_live",
            "office_id",
            "person_id",
            "year",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )
    number_prefix = "MK"

    person_id: Mapped[int]
    year: Mapped[int] = whole(FIRST_YEAR, LAST_YEAR)
    result: Mapped[ReviewResult] = term(ReviewResult)
    star: Mapped[int | None] = whole(0, 5)
    reviewed_on: Mapped[date]
    note: Mapped[str] = text(2000, may_be_empty=True)

    person: Mapped[LegalLiteratePerson] = relationship(viewonly=True)


class LiterateTrainee(Owned, Model):
    """A legal-literate person who took part in a training; never added to its headcount."""

    __tablename__ = "literate_trainee"
    __table_args__ = owned(
        refers("training_id", "legal_literate_training", on_delete="CASCADE"),
        refers("person_id", "legal_literate_person"),
        UniqueConstraint("office_id", "training_id", "person_id"),
        Index(None, "office_id", "person_id"),
    )

    training_id: Mapped[int]
    person_id: Mapped[int]

    person: Mapped[LegalLiteratePerson] = relationship(lazy="joined", innerjoin=True, viewonly=True)

    @property
    def log_name(self) -> str:
        return self.person.name if self.person else str(self.person_id)
