"""What valid entries of outreach contain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.kernel.headcount import CountBasis

from .terms import Audience, DeliveryForm, EventState, MaterialKind


@dataclass(frozen=True)
class EventDraft:
    """An event as the form gives it. None is «not recorded», never 0."""

    title: str
    starts_on: date
    ends_on: date
    state: EventState = EventState.HELD
    sessions: int = 1
    delivery: DeliveryForm = DeliveryForm.STAND
    place_kind_id: int | None = None
    campaign_id: int | None = None
    plan_item_id: int | None = None
    publicity_day: str | None = None
    theme_ids: tuple[int, ...] = ()
    laws: str = ""
    village_ids: tuple[int, ...] = ()
    venue: str = ""
    lead_organisation: str = ""
    partner_organisations: str = ""
    speakers: str = ""
    audiences: tuple[Audience, ...] = ()
    headcount: int | None = None
    count_basis: CountBasis = CountBasis.NOT_RECORDED
    consultations: int | None = None
    materials: Mapping[MaterialKind, int] = field(default_factory=dict)
    banners: int | None = None
    boards: int | None = None
    broadcasts: int | None = None
    online_posts: int | None = None
    online_reads: int | None = None
    households: int | None = None
    note: str = ""


@dataclass(frozen=True)
class CampaignDraft:
    """A campaign as the form gives it."""

    name: str
    starts_on: date
    ends_on: date | None = None
    basis_document: str = ""
    target_events: int | None = None
    target_person_times: int | None = None
    note: str = ""
