"""Tables of the advisers' domain."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, relationship

from tracker.kernel.exceptions import reason_column
from tracker.kernel.headcount import CountBasis
from tracker.kernel.model import (
    Model,
    Recorded,
    flag,
    recorded,
    refers,
    term,
    text,
    whole,
)
from tracker.kernel.model import hours as class_hours
from tracker.offices.models import Village
from tracker.outreach.models import OutreachEvent

from .literate.models import LiterateReview, LiterateTrainee
from .literate.terms import NominationWay
from .terms import (
    AdviserIdentity,
    AssignmentTarget,
    FirmKind,
    PersonGroup,
    Sex,
    VisitKind,
    VisitMode,
)

_LIVE = sql("voided_at IS NULL")
_LICENSED = sql("voided_at IS NULL AND licence_number <> ''")
_ON_REGISTER = sql("voided_at IS NULL AND left_on IS NULL")


class LawFirm(Recorded, Model):
    """A law firm or legal-service office from which advisers come."""

    __tablename__ = "law_firm"
    __table_args__ = recorded(
        Index(
            "uq_law_firm_office_id_live_name",
            "office_id",
            "name",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )
    number_prefix = "LS"

    name: Mapped[str] = text(100)
    pinyin: Mapped[str] = text(200, may_be_empty=True)
    kind: Mapped[FirmKind] = term(FirmKind)
    address: Mapped[str] = text(200, may_be_empty=True)
    phone: Mapped[str] = text(60, may_be_empty=True)
    note: Mapped[str] = text(2000, may_be_empty=True)


class Adviser(Recorded, Model):
    """A person who gives legal advice to villages or to the township government.

    Whom they serve, and when, is said by their assignments only.
    """

    __tablename__ = "adviser"
    __table_args__ = recorded(
        refers("firm_id", "law_firm"),
        Index(None, "office_id", "name"),
        Index(None, "office_id", "firm_id"),
        Index(
            "uq_adviser_office_id_live_licence_number",
            "office_id",
            "licence_number",
            unique=True,
            sqlite_where=_LICENSED,
            postgresql_where=_LICENSED,
        ),
    )
    number_prefix = "GW"

    name: Mapped[str] = text(40)
    pinyin: Mapped[str] = text(200, may_be_empty=True)
    identity: Mapped[AdviserIdentity] = term(AdviserIdentity)
    firm_id: Mapped[int | None]
    licence_number: Mapped[str] = text(40, may_be_empty=True)
    phone: Mapped[str] = text(60, may_be_empty=True)
    note: Mapped[str] = text(2000, may_be_empty=True)

    firm: Mapped[LawFirm | None] = relationship(viewonly=True)


class AdviserAssignment(Recorded, Model):
    """聘任: an adviser serves one village, or the township itself, from a day to a day.

    Both days are days of service. «Serving» is `queries.serving_between`, never a stored mark.
    """

    __tablename__ = "adviser_assignment"
    __table_args__ = recorded(
        refers("adviser_id", "adviser"),
        refers("village_id", "village"),
        Index(None, "office_id", "village_id", "starts_on"),
        Index(None, "office_id", "adviser_id", "starts_on"),
        Index(None, "office_id", "starts_on", "id"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("(target = 'village') = (village_id IS NOT NULL)", name="target_is_said"),
        CheckConstraint("ends_on IS NOT NULL OR end_reason = ''", name="end_reason_has_end"),
    )
    number_prefix = "PR"

    adviser_id: Mapped[int]
    target: Mapped[AssignmentTarget] = term(AssignmentTarget)
    village_id: Mapped[int | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    #: Serves beside another adviser of the village, on purpose.
    additional: Mapped[bool] = flag("additional")
    renewal: Mapped[bool] = flag("renewal")
    contract_signed_on: Mapped[date | None]
    plate_put_up_on: Mapped[date | None]
    #: Yuan for one year of service.
    fee: Mapped[int | None] = whole(0, 9_999_999)
    # How a government counsel was chosen: three steps, each with its day.
    qualification_checked_on: Mapped[date | None]
    screened_on: Mapped[date | None]
    appointed_on: Mapped[date | None]
    end_reason: Mapped[str] = text(200, may_be_empty=True)
    exception_reason: Mapped[str] = reason_column()
    note: Mapped[str] = text(2000, may_be_empty=True)

    adviser: Mapped[Adviser] = relationship(viewonly=True)
    village: Mapped[Village | None] = relationship(viewonly=True)


class AdviserVisit(Recorded, Model):
    """One visit or one matter of an adviser's log; without a village it was for the township.

    A lecture that was also an outreach event names it: the event counts among events, the visit
    among lectures, and the heads of the one are never added to those of the other.
    """

    __tablename__ = "adviser_visit"
    __table_args__ = recorded(
        refers("adviser_id", "adviser"),
        refers("village_id", "village"),
        refers("event_id", "outreach_event"),
        Index(None, "office_id", "held_on", "id"),
        Index(None, "office_id", "adviser_id", "held_on"),
        Index(None, "office_id", "village_id", "held_on"),
        Index(None, "office_id", "event_id"),
        CheckConstraint("hours IS NULL OR hours > 0", name="hours_above_zero"),
    )
    number_prefix = "FW"

    adviser_id: Mapped[int]
    village_id: Mapped[int | None]
    held_on: Mapped[date]
    kind: Mapped[VisitKind] = term(VisitKind)
    mode: Mapped[VisitMode] = term(VisitMode)
    matter: Mapped[str] = text(200)
    result: Mapped[str] = text(500, may_be_empty=True)
    event_id: Mapped[int | None]
    hours: Mapped[Decimal | None] = class_hours(0, 12)
    people_consulted: Mapped[int | None] = whole(0, 9_999_999)
    attendees: Mapped[int | None] = whole(0, 9_999_999)
    opinions: Mapped[int | None] = whole(0, 99_999)
    contracts_reviewed: Mapped[int | None] = whole(0, 99_999)
    documents: Mapped[int | None] = whole(0, 99_999)
    mediations: Mapped[int | None] = whole(0, 99_999)
    legal_aid_cases: Mapped[int | None] = whole(0, 99_999)
    enterprises: Mapped[int | None] = whole(0, 99_999)
    exception_reason: Mapped[str] = reason_column()
    note: Mapped[str] = text(2000, may_be_empty=True)

    adviser: Mapped[Adviser] = relationship(viewonly=True)
    village: Mapped[Village | None] = relationship(viewonly=True)
    event: Mapped[OutreachEvent | None] = relationship(viewonly=True)


class LegalLiteratePerson(Recorded, Model):
    """法律明白人: a villager trained to bring the law to the neighbours, on a village's register.

    On the register from ``appointed_on`` until the day before ``left_on``.
    """

    __tablename__ = "legal_literate_person"
    __table_args__ = recorded(
        refers("village_id", "village"),
        refers("adviser_id", "adviser"),
        Index(None, "office_id", "village_id", "appointed_on"),
        Index(None, "office_id", "adviser_id"),
        Index(None, "office_id", "name"),
        Index(
            "uq_legal_literate_person_office_id_live",
            "office_id",
            "village_id",
            "name",
            "phone",
            unique=True,
            sqlite_where=_ON_REGISTER,
            postgresql_where=_ON_REGISTER,
        ),
        CheckConstraint("left_on IS NULL OR left_on >= appointed_on", name="left_after_appointed"),
        CheckConstraint("(left_on IS NULL) = (leave_reason = '')", name="leaving_has_reason"),
        CheckConstraint(
            "assessed_on IS NULL OR assessed_on <= appointed_on", name="assessed_before_appointed"
        ),
    )
    number_prefix = "MB"

    name: Mapped[str] = text(40)
    pinyin: Mapped[str] = text(200, may_be_empty=True)
    village_id: Mapped[int]
    sex: Mapped[Sex | None] = term(Sex)
    identity: Mapped[PersonGroup] = term(PersonGroup)
    phone: Mapped[str] = text(60, may_be_empty=True)
    appointed_on: Mapped[date]
    left_on: Mapped[date | None]
    leave_reason: Mapped[str] = text(200, may_be_empty=True)
    certificate_number: Mapped[str] = text(40, may_be_empty=True)
    star_level: Mapped[int | None] = whole(0, 5)
    adviser_id: Mapped[int | None]
    note: Mapped[str] = text(2000, may_be_empty=True)
    #: The villagers' group they live in, as the village calls it; None where it was not noted.
    villagers_group: Mapped[str | None] = text(40)
    # How they were chosen: proposed, assessed, appointed, given the certificate.
    nominated: Mapped[NominationWay | None] = term(NominationWay)
    assessed_on: Mapped[date | None]
    certificate_issued_on: Mapped[date | None]

    village: Mapped[Village] = relationship(viewonly=True)
    adviser: Mapped[Adviser | None] = relationship(viewonly=True)
    #: Their yearly reviews that are not voided, the latest first.
    reviews: Mapped[list[LiterateReview]] = relationship(
        viewonly=True,
        primaryjoin=(
            "and_(LegalLiteratePerson.office_id == LiterateReview.office_id, "
            "LegalLiteratePerson.id == LiterateReview.person_id, "
            "LiterateReview.voided_at.is_(None))"
        ),
        order_by="LiterateReview.year.desc()",
    )

    @property
    def current_star(self) -> int | None:
        """The star of the latest review that gave one; before any, the one typed at entry."""
        return next((r.star for r in self.reviews if r.star is not None), self.star_level)

    @property
    def full_name(self) -> str:
        """The name with the village and, of somebody who left, the day: who is meant in a ledger.

        Nobody stands on a village's register twice, but some come back after they left.
        """
        left = f" {self.left_on.isoformat()}退出" if self.left_on else ""
        return f"{self.name}（{self.village.name}{left}）"


class LegalLiterateTraining(Recorded, Model):
    """A training of legal-literate persons; its headcount is of person-times.

    It may name who took part. The names are never added to the headcount: they are among it.
    """

    __tablename__ = "legal_literate_training"
    __table_args__ = recorded(
        Index(None, "office_id", "held_on", "id"),
        CheckConstraint(
            "(headcount IS NULL) = (count_basis = 'not_recorded')", name="count_has_basis"
        ),
        CheckConstraint("hours IS NULL OR hours > 0", name="hours_above_zero"),
    )
    number_prefix = "MP"
    log_collections = ("attendees",)

    title: Mapped[str] = text(200)
    held_on: Mapped[date]
    organiser: Mapped[str] = text(100, may_be_empty=True)
    headcount: Mapped[int | None] = whole(0, 9_999_999)
    count_basis: Mapped[CountBasis] = term(CountBasis)
    hours: Mapped[Decimal | None] = class_hours(0, 200)
    note: Mapped[str] = text(2000, may_be_empty=True)

    attendees: Mapped[list[LiterateTrainee]] = relationship(
        cascade="all, delete-orphan", order_by=LiterateTrainee.id
    )
