"""What valid entries of certification contain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

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

#: The pass mark a new sitting starts with; each sitting keeps its own.
USUAL_MARK = Decimal(60)


@dataclass(frozen=True)
class OfficerDraft:
    """An officer as the form gives it."""

    name: str
    post_from: date
    establishment: EstablishmentKind = EstablishmentKind.ADMINISTRATIVE
    enforcement_post: bool = False
    sex: Sex | None = None
    station: str = ""
    post: str = ""
    post_until: date | None = None
    leave_reason: str = ""
    phone: str = ""
    law_qualified: bool = False
    pinyin: str = ""
    note: str = ""


@dataclass(frozen=True)
class SittingDraft:
    """A sitting as the form gives it. A part without a mark is one the sitting does not have."""

    title: str
    held_on: date
    organiser: str = ""
    purpose: SittingPurpose = SittingPurpose.QUALIFICATION
    general_mark: Decimal | None = USUAL_MARK
    special_mark: Decimal | None = USUAL_MARK
    list_handed_in_on: date | None = None
    note: str = ""

    def mark(self, part: ExamPart) -> Decimal | None:
        """The pass mark of a part; None where the sitting does not have it."""
        return self.general_mark if part is ExamPart.GENERAL else self.special_mark


@dataclass(frozen=True)
class RegistrationDraft:
    """What is noted of a registration beside who and where."""

    registered_on: date | None = None
    eligibility_note: str = ""
    exception_reason: str = ""


@dataclass(frozen=True)
class ResultDraft:
    """One attempt as entered. A score with the outcome still open lets the pass mark decide."""

    registration_id: int
    part: ExamPart
    attempt: int = 0
    outcome: Outcome = Outcome.PENDING
    score: Decimal | None = None
    sat_on: date | None = None

    def field(self, name: str) -> str:
        """What the field of this attempt is called in a form of many."""
        return result_field(self.registration_id, self.part, self.attempt, name)


@dataclass(frozen=True)
class PartEntry:
    """How one part ended as a ledger's row says it; without either it is still open."""

    outcome: Outcome | None = None
    score: Decimal | None = None


@dataclass(frozen=True)
class ResultRow(RegistrationDraft):
    """A row of the ledger of results: one officer in one sitting, with how each part ended.

    ``others_registered``: somebody was registered for the sitting before this ledger came, so that
    the row is one of a list that is kept here, and not of an old ledger taken in whole.
    """

    officer_id: int = field(kw_only=True)
    sitting_id: int = field(kw_only=True)
    results: Mapping[ExamPart, PartEntry] = field(kw_only=True)
    others_registered: bool = field(kw_only=True)
    #: The results are of a 补考, sat on ``sat_on`` where that is another day than the exam's.
    retake: bool = field(default=False, kw_only=True)
    sat_on: date | None = field(default=None, kw_only=True)

    @property
    def has_results(self) -> bool:
        """Whether the row says how any part ended."""
        return any(
            entry.score is not None or entry.outcome not in (None, Outcome.PENDING)
            for entry in self.results.values()
        )


def result_field(registration_id: int, part: ExamPart, attempt: int, name: str) -> str:
    """The form field of one attempt of one registration: ``r12_general_0_score``."""
    return f"r{registration_id}_{part.value}_{attempt}_{name}"


@dataclass(frozen=True)
class TermDraft:
    """One span of validity."""

    issued_on: date
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class CertificateDraft:
    """A certificate as the form gives it, without its terms."""

    officer_id: int
    certificate_number: str
    category: CertificateCategory = CertificateCategory.ENFORCEMENT
    issuer: str = ""
    area: str = ""
    employer: str = ""
    yearly_check: str = ""
    note: str = ""
    exception_reason: str = ""


@dataclass(frozen=True)
class StatusDraft:
    """A change of a certificate's status."""

    status: CertificateStatus
    since: date
    reason: str


@dataclass(frozen=True)
class CertificateRow(CertificateDraft):
    """A row of the ledger of certificates, with its latest term and latest change of status."""

    term: TermDraft = field(kw_only=True)
    change: StatusDraft | None = field(kw_only=True)


@dataclass(frozen=True)
class TrainingDraft:
    """A training as the form gives it."""

    title: str
    held_on: date
    hours: Decimal
    kind: TrainingKind = TrainingKind.GENERAL
    organiser: str = ""
    officer_ids: tuple[int, ...] = ()
    note: str = ""
