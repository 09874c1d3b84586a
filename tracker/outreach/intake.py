"""How ledgers of outreach are taken in."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.kernel.headcount import CountBasis
from tracker.kernel.intake import Intake, Reference, undated
from tracker.kernel.records import live
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.intake import VILLAGE

from . import operations, register, said
from .drafts import CampaignDraft, EventDraft
from .forms import CampaignForm, EventForm
from .models import Campaign, EventTheme, EventVillage, OutreachEvent
from .planning import intake as planning_intake
from .terms import DeliveryForm, EventState


def _new_theme(session: Session, office_id: int, name: str) -> int:
    theme = operations.save_theme(session, office_id, None, name=name, laws="", in_use=True)
    return theme.id


def _new_place(session: Session, office_id: int, name: str) -> int:
    return operations.save_place_kind(session, office_id, None, name=name, in_use=True).id


def _events(scope: Scope) -> Select[Any]:
    """The events that a row may be, with all that a row says."""
    return live(OutreachEvent, scope).options(
        selectinload(OutreachEvent.villages).joinedload(EventVillage.village),
        selectinload(OutreachEvent.themes).joinedload(EventTheme.theme),
        selectinload(OutreachEvent.audiences),
        selectinload(OutreachEvent.materials),
        joinedload(OutreachEvent.campaign),
        joinedload(OutreachEvent.place_kind),
        joinedload(OutreachEvent.plan_item),
        joinedload(OutreachEvent.local_day),
    )


def _event_key(event: EventDraft | OutreachEvent) -> Hashable:
    """Two events of one name on one day are one, unless they were held in different villages."""
    villages = (
        event.village_ids
        if isinstance(event, EventDraft)
        else [link.village_id for link in event.villages]
    )
    return (event.title, event.starts_on, frozenset(villages))


def _event_alike(event: EventDraft | OutreachEvent) -> Hashable | None:
    """Held on the same day for as many people: most likely entered under another name."""
    return None if event.headcount is None else (event.starts_on, event.headcount)


EVENTS = Intake(
    register=register.EVENTS,
    form_of=lambda _cells: EventForm,
    fields={
        "number": "",
        "place_kind": "place_kind_id",
        "campaign": "campaign_id",
        "plan_item": "plan_item_id",
        "themes": "theme_ids",
        "villages": "village_ids",
    },
    defaults={
        "state": EventState.HELD,
        "delivery": DeliveryForm.STAND,
        "count_basis": CountBasis.NOT_RECORDED,
    },
    references={
        "villages": VILLAGE,
        "themes": Reference(Words("主题", "theme"), _new_theme),
        "place_kind": Reference(Words("场所类别", "kind of place"), _new_place),
        "campaign": Reference(Words("专项活动", "campaign")),
        "plan_item": Reference(Words("普法计划事项", "item of the plan")),
    },
    choices={"publicity_day": lambda form: [label for _, label in form.publicity_day.offered]},
    said={
        "state": said.STATES,
        "delivery": said.DELIVERY,
        "audiences": said.AUDIENCES,
        "count_basis": said.BASES,
    },
    bases={"headcount": "count_basis"},
    values_of=EventForm.values_of,
    create=operations.create_event,
    update=operations.update_event,
    existing=_events,
    key=_event_key,
    key_of=_event_key,
    alike=_event_alike,
    alike_of=_event_alike,
    example={
        "title": "民法典宣传进集市",
        "sessions": "1",
        "laws": "民法典、反电信网络诈骗法",
        "venue": "镇农贸市场",
        "lead_organisation": "镇司法所",
        "partner_organisations": "派出所、妇联",
        "speakers": "张三、李四",
        "headcount": "320",
        "count_basis": "清点",
        "consultations": "12",
        "material_leaflet": "300",
        "banners": "2",
        "note": "现场发放资料，设咨询台",
    },
)


def _campaign_key(campaign: CampaignDraft | Campaign) -> Hashable:
    return (campaign.name, campaign.starts_on)


CAMPAIGNS = Intake(
    register=register.CAMPAIGNS,
    form_of=lambda _cells: CampaignForm,
    fields={"number": ""},
    values_of=CampaignForm.values_of,
    create=undated(operations.create_campaign),
    update=undated(operations.update_campaign),
    existing=lambda scope: live(Campaign, scope),
    key=_campaign_key,
    key_of=_campaign_key,
    example={
        "name": "宪法宣传周",
        "starts_on": "2024-12-01",
        "ends_on": "2024-12-07",
        "basis_document": "关于开展宪法宣传周活动的通知",
    },
)

ALL = (EVENTS, CAMPAIGNS, *planning_intake.ALL)
