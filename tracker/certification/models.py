"""Tables of certification."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, relationship

from tracker.kernel.exceptions import reason_column
from tracker.kernel.model import (
    Model,
    Owned,
    Recorded,
    flag,
    hours,
    owned,
    recorded,
    refers,
    term,
    text,
    whole,
)

from .terms import (
    CertificateCategory,
    CertificateStatus,
    EstablishmentKind,
    ExamPart,
    Outcome,
    Sex,
    SittingPurpose,
    TrainingKind,
)

_LIVE = sql("voided_at IS NULL")

#: The full mark of a part, in points.
FULL_MARK = 100
#: The most attempts at one part, the first one included.
MOST_ATTEMPTS = 10


class Officer(Recorded, Model):
    """干部职工: somebody of the township, in an enforcement post or not.

    ``post_until`` is the first day no longer in post. «In post» is asked of a day, never stored.
    """

    __tablename__ = "officer"
    __table_args__ = recorded(
        Index(None, "office_id", "name", "id"),
        Index(
            "uq_officer_office_id_live_name_station",
            "office_id",
            "name",
            "station",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        CheckConstraint("post_until IS NULL OR post_until >= post_from", name="leaves_after_start"),
        CheckConstraint("leave_reason = '' OR post_until IS NOT NULL", name="reason_has_day"),
    )
    number_prefix = "RY"

    name: Mapped[str] = text(40)
    pinyin: Mapped[str] = text(200, may_be_empty=True)
    sex: Mapped[Sex | None] = term(Sex)
    station: Mapped[str] = text(60, may_be_empty=True)
    post: Mapped[str] = text(60, may_be_empty=True)
    establishment: Mapped[EstablishmentKind] = term(EstablishmentKind)
    enforcement_post: Mapped[bool] = flag("enforcement_post")
    post_from: Mapped[date]
    post_until: Mapped[date | None]
    leave_reason: Mapped[str] = text(100, may_be_empty=True)
    phone: Mapped[str] = text(40, may_be_empty=True)
    law_qualified: Mapped[bool] = flag("law_qualified")
    note: Mapped[str] = text(2000, may_be_empty=True)

    @property
    def log_name(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name with the station, to tell people of one name apart."""
        return f"{self.name}（{self.station}）" if self.station else self.name


class ExamSitting(Recorded, Model):
    """考试: one exam on its day, of one or two parts, each with its pass mark out of 100.

    ``list_handed_in_on`` is the day on which the list of candidates went up (已上报); from then on
    the registrations stand.
    """

    __tablename__ = "exam_sitting"
    __table_args__ = recorded(
        Index(None, "office_id", "held_on", "id"),
        CheckConstraint("has_general OR has_special", name="has_a_part"),
        CheckConstraint("has_general = (general_mark IS NOT NULL)", name="general_has_mark"),
        CheckConstraint("has_special = (special_mark IS NOT NULL)", name="special_has_mark"),
    )
    number_prefix = "KS"

    title: Mapped[str] = text(100)
    held_on: Mapped[date]
    organiser: Mapped[str] = text(100, may_be_empty=True)
    purpose: Mapped[SittingPurpose] = term(SittingPurpose)
    has_general: Mapped[bool] = flag("has_general")
    has_special: Mapped[bool] = flag("has_special")
    general_mark: Mapped[Decimal | None] = hours(0, FULL_MARK)
    special_mark: Mapped[Decimal | None] = hours(0, FULL_MARK)
    list_handed_in_on: Mapped[date | None]
    note: Mapped[str] = text(2000, may_be_empty=True)

    @property
    def parts(self) -> tuple[ExamPart, ...]:
        """The parts this sitting has."""
        has = {ExamPart.GENERAL: self.has_general, ExamPart.SPECIAL: self.has_special}
        return tuple(part for part in ExamPart if has[part])

    def mark(self, part: ExamPart) -> Decimal | None:
        """The pass mark of a part; None where the sitting does not have it."""
        return self.general_mark if part is ExamPart.GENERAL else self.special_mark


class ExamResult(Owned, Model):
    """One attempt of one person at one part: attempt 0 is the first, 1 and on are 补考."""

    __tablename__ = "exam_result"
    __table_args__ = owned(
        refers("registration_id", "exam_registration", on_delete="CASCADE"),
        UniqueConstraint("office_id", "registration_id", "part", "attempt"),
        CheckConstraint(
            "score IS NULL OR outcome IN ('passed', 'failed')", name="score_has_outcome"
        ),
    )

    registration_id: Mapped[int]
    part: Mapped[ExamPart] = term(ExamPart)
    attempt: Mapped[int] = whole(0, MOST_ATTEMPTS - 1, default=0)
    sat_on: Mapped[date | None]
    outcome: Mapped[Outcome] = term(Outcome, default=Outcome.PENDING)
    score: Mapped[Decimal | None] = hours(0, FULL_MARK)

    @property
    def log_name(self) -> str:
        attempt = f"补考{self.attempt}" if self.attempt else "首考"
        day = f" {self.sat_on}" if self.sat_on else ""
        score = "" if self.score is None else f" {self.score}"
        return f"{self.part.label.zh} {attempt}{day} {self.outcome.label.zh}{score}"


class ExamRegistration(Recorded, Model):
    """报名: one officer in one sitting, with the results of each part."""

    __tablename__ = "exam_registration"
    __table_args__ = recorded(
        refers("sitting_id", "exam_sitting"),
        refers("officer_id", "officer"),
        Index(None, "office_id", "officer_id", "sitting_id"),
        Index(
            "uq_exam_registration_office_id_live",
            "office_id",
            "sitting_id",
            "officer_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )
    number_prefix = "BM"
    log_collections = ("results",)

    sitting_id: Mapped[int]
    officer_id: Mapped[int]
    registered_on: Mapped[date | None]
    eligibility_note: Mapped[str] = text(200, may_be_empty=True)
    exception_reason: Mapped[str] = reason_column()

    sitting: Mapped[ExamSitting] = relationship(innerjoin=True, viewonly=True)
    officer: Mapped[Officer] = relationship(innerjoin=True, viewonly=True)
    results: Mapped[list[ExamResult]] = relationship(
        cascade="all, delete-orphan", order_by=(ExamResult.part, ExamResult.attempt)
    )

    def attempts(self, part: ExamPart) -> list[ExamResult]:
        """The attempts at one part, the first one first."""
        return sorted((r for r in self.results if r.part is part), key=lambda r: r.attempt)

    def result(self, part: ExamPart) -> ExamResult | None:
        """The attempt that says how a part ended: the passed one, else the latest."""
        attempts = self.attempts(part)
        passed = [result for result in attempts if result.outcome is Outcome.PASSED]
        return passed[0] if passed else attempts[-1] if attempts else None

    @property
    def was_retaken(self) -> bool:
        """Whether there is an attempt after the first at any part."""
        return any(result.attempt for result in self.results)

    @property
    def overall(self) -> Outcome:
        """Passed when every part of the sitting is passed; failed or absent once nothing is open.

        This is about one sitting. The year's figures look at all sittings of a person together.
        """
        found = [self.result(part) for part in self.sitting.parts]
        outcomes = {result.outcome if result else Outcome.PENDING for result in found}
        for outcome in (Outcome.PENDING, Outcome.FAILED, Outcome.ABSENT):
            if outcome in outcomes:
                return outcome
        return Outcome.PASSED


class CertificateTerm(Owned, Model):
    """One span of validity of a certificate; a renewal adds one."""

    __tablename__ = "certificate_term"
    __table_args__ = owned(
        refers("certificate_id", "certificate", on_delete="CASCADE"),
        UniqueConstraint("office_id", "certificate_id", "valid_from"),
        Index(None, "office_id", "issued_on"),
        CheckConstraint("valid_to > valid_from", name="ends_after_start"),
        CheckConstraint("issued_on <= valid_to", name="issued_before_end"),
    )

    certificate_id: Mapped[int]
    issued_on: Mapped[date]
    valid_from: Mapped[date]
    valid_to: Mapped[date]

    @property
    def log_name(self) -> str:
        return f"{self.issued_on} 发证，{self.valid_from} 至 {self.valid_to}"


class CertificateStatusChange(Owned, Model):
    """A day from which a certificate was held, returned, … or valid again, and why."""

    __tablename__ = "certificate_status_change"
    __table_args__ = owned(
        refers("certificate_id", "certificate", on_delete="CASCADE"),
        Index(None, "office_id", "certificate_id", "since", "id"),
    )

    certificate_id: Mapped[int]
    status: Mapped[CertificateStatus] = term(CertificateStatus)
    since: Mapped[date]
    reason: Mapped[str] = text(200)

    @property
    def log_name(self) -> str:
        return f"{self.since} {self.status.label.zh}：{self.reason}"


class Certificate(Recorded, Model):
    """执法证: one numbered certificate of an officer, with its terms and changes of status.

    Whether it is valid is asked of a day: `conditions.valid_on` is the one answer.
    """

    __tablename__ = "certificate"
    __table_args__ = recorded(
        refers("officer_id", "officer"),
        Index(None, "office_id", "officer_id"),
        Index(
            "uq_certificate_office_id_live_certificate_number",
            "office_id",
            "certificate_number",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )
    number_prefix = "ZJ"
    log_collections = ("terms", "status_changes")

    officer_id: Mapped[int]
    certificate_number: Mapped[str] = text(60)
    category: Mapped[CertificateCategory] = term(CertificateCategory)
    issuer: Mapped[str] = text(100, may_be_empty=True)
    area: Mapped[str] = text(100, may_be_empty=True)
    #: The unit as it stands on the face, where it is not the officer's station of today.
    employer: Mapped[str] = text(100, may_be_empty=True, server_default="")
    #: 年度审验: the marks on the card, such as «2024、2025».
    yearly_check: Mapped[str] = text(60, may_be_empty=True, server_default="")
    #: Why it was entered without the passes the rule asks for.
    exception_reason: Mapped[str] = reason_column()
    note: Mapped[str] = text(2000, may_be_empty=True)

    officer: Mapped[Officer] = relationship(innerjoin=True, viewonly=True)
    terms: Mapped[list[CertificateTerm]] = relationship(
        cascade="all, delete-orphan", order_by=CertificateTerm.valid_from
    )
    status_changes: Mapped[list[CertificateStatusChange]] = relationship(
        cascade="all, delete-orphan",
        order_by=(CertificateStatusChange.since, CertificateStatusChange.id),
    )

    @property
    def unit(self) -> str:
        """The unit on the face: as entered, else the holder's station."""
        return self.employer or self.officer.station

    @property
    def first_issue(self) -> date | None:
        """The day its first term was issued."""
        return min((term.issued_on for term in self.terms), default=None)

    @property
    def latest_term(self) -> CertificateTerm | None:
        """The term that runs the longest."""
        return max(self.terms, key=lambda term: term.valid_to, default=None)

    @property
    def latest_change(self) -> CertificateStatusChange | None:
        """The last change of status that is entered."""
        return self.status_changes[-1] if self.status_changes else None


class TrainingAttendee(Owned, Model):
    """An officer who took part in a training."""

    __tablename__ = "training_attendee"
    __table_args__ = owned(
        refers("training_id", "officer_training", on_delete="CASCADE"),
        refers("officer_id", "officer"),
        UniqueConstraint("office_id", "training_id", "officer_id"),
        Index(None, "office_id", "officer_id"),
    )

    training_id: Mapped[int]
    officer_id: Mapped[int]

    officer: Mapped[Officer] = relationship(lazy="joined", innerjoin=True, viewonly=True)

    @property
    def log_name(self) -> str:
        return self.officer.name if self.officer else str(self.officer_id)


class OfficerTraining(Recorded, Model):
    """执法人员培训: one training on its day, its class hours, and who took part."""

    __tablename__ = "officer_training"
    __table_args__ = recorded(
        Index(None, "office_id", "held_on", "id"),
        CheckConstraint("hours > 0", name="lasts"),
    )
    number_prefix = "PX"
    log_collections = ("attendees",)

    title: Mapped[str] = text(200)
    held_on: Mapped[date]
    organiser: Mapped[str] = text(100, may_be_empty=True)
    kind: Mapped[TrainingKind] = term(TrainingKind)
    hours: Mapped[Decimal] = hours(0, 200)
    note: Mapped[str] = text(2000, may_be_empty=True)

    attendees: Mapped[list[TrainingAttendee]] = relationship(
        cascade="all, delete-orphan", order_by=TrainingAttendee.id
    )
