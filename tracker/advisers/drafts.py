"""What valid entries of the advisers' domain contain. None is «not recorded», never 0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.kernel.headcount import CountBasis

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


@dataclass(frozen=True)
class FirmDraft:
    """A firm as the form gives it."""

    name: str
    kind: FirmKind = FirmKind.LAW_FIRM
    address: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True)
class AdviserDraft:
    """An adviser as the form gives them."""

    name: str
    identity: AdviserIdentity = AdviserIdentity.LAWYER
    firm_id: int | None = None
    licence_number: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True)
class AssignmentDraft:
    """An assignment as the form gives it; without ``ends_on`` it is open."""

    adviser_id: int
    starts_on: date
    target: AssignmentTarget = AssignmentTarget.VILLAGE
    village_id: int | None = None
    ends_on: date | None = None
    additional: bool = False
    renewal: bool = False
    contract_signed_on: date | None = None
    plate_put_up_on: date | None = None
    fee: int | None = None
    qualification_checked_on: date | None = None
    screened_on: date | None = None
    appointed_on: date | None = None
    end_reason: str = ""
    exception_reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class HandoverDraft:
    """One adviser follows another: the last day of the one, and the assignment of the other.

    The other begins the day after, since no village has two advisers on one day.
    """

    last_day: date
    end_reason: str
    adviser_id: int
    ends_on: date | None = None
    contract_signed_on: date | None = None
    fee: int | None = None
    note: str = ""


@dataclass(frozen=True)
class VisitDraft:
    """A visit as the form gives it; without a village it was made for the township."""

    adviser_id: int
    held_on: date
    matter: str
    kind: VisitKind = VisitKind.CONSULTATION
    mode: VisitMode = VisitMode.ON_SITE
    village_id: int | None = None
    event_id: int | None = None
    hours: Decimal | None = None
    people_consulted: int | None = None
    attendees: int | None = None
    opinions: int | None = None
    contracts_reviewed: int | None = None
    documents: int | None = None
    mediations: int | None = None
    legal_aid_cases: int | None = None
    enterprises: int | None = None
    result: str = ""
    exception_reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class PersonDraft:
    """A legal-literate person as the form gives them."""

    name: str
    village_id: int
    appointed_on: date
    identity: PersonGroup = PersonGroup.VILLAGE_CADRE
    sex: Sex | None = None
    phone: str = ""
    certificate_number: str = ""
    star_level: int | None = None
    adviser_id: int | None = None
    left_on: date | None = None
    leave_reason: str = ""
    note: str = ""
    villagers_group: str = ""
    nominated: NominationWay | None = None
    assessed_on: date | None = None
    certificate_issued_on: date | None = None


@dataclass(frozen=True)
class TrainingDraft:
    """A training of legal-literate persons as the form gives it."""

    title: str
    held_on: date
    organiser: str = ""
    headcount: int | None = None
    count_basis: CountBasis = CountBasis.NOT_RECORDED
    hours: Decimal | None = None
    note: str = ""
    #: Who took part, as far as they are named.
    person_ids: tuple[int, ...] = ()
