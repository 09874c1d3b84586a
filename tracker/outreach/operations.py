"""Every write of outreach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel import records
from tracker.kernel.errors import RuleBroken
from tracker.kernel.headcount import CountBasis
from tracker.kernel.scope import Scope
from tracker.kernel.text import clean_line
from tracker.kernel.words import Words

from .calendar.days import shipped_days
from .calendar.queries import all_days
from .drafts import CampaignDraft, EventDraft
from .models import (
    Campaign,
    EventAudience,
    EventMaterial,
    EventTheme,
    EventVillage,
    OutreachEvent,
    PlaceKind,
    Theme,
)
from .shipped_lists import PLACE_KINDS, THEMES
from .signin.operations import headcount
from .terms import EventState

L = TypeVar("L", Theme, PlaceKind)
P = TypeVar("P")

#: An event longer than this is a campaign.
LONGEST_DAYS = 366

#: Plain columns of an event that the draft gives under the same name.
_PLAIN = (
    "title",
    "starts_on",
    "ends_on",
    "sessions",
    "state",
    "delivery",
    "place_kind_id",
    "campaign_id",
    "plan_item_id",
    "publicity_day",
    "laws",
    "venue",
    "lead_organisation",
    "partner_organisations",
    "speakers",
    "headcount",
    "count_basis",
    "consultations",
    "banners",
    "boards",
    "broadcasts",
    "online_posts",
    "online_reads",
    "households",
    "note",
)


def start_lists(session: Session, office_id: int) -> None:
    """Give a new office the usual themes and places to start from."""
    for position, (name, laws) in enumerate(THEMES):
        session.add(Theme(office_id=office_id, name=name, laws=laws, position=position))
    for position, name in enumerate(PLACE_KINDS):
        session.add(PlaceKind(office_id=office_id, name=name, position=position))
    session.flush()


def create_event(session: Session, office_id: int, draft: EventDraft, today: date) -> OutreachEvent:
    """Log an event.

    :raises RuleBroken: see `_require_sound` and `_require_known_day`.
    """
    _require_sound(draft, today)
    _require_known_day(session, office_id, draft)
    event = OutreachEvent(office_id=office_id)
    _fill(event, draft)
    records.add_new(session, event, draft.starts_on)
    return event


def update_event(
    session: Session,
    scope: Scope,
    event_id: int,
    draft: EventDraft,
    version: int | None,
    today: date,
) -> OutreachEvent:
    """Change an event.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `_require_sound`, `_require_known_day` and
        `headcount.require_agreement`.
    """
    _require_sound(draft, today)
    _require_known_day(session, scope.home_office_id, draft)
    event = records.find_to_write(session, OutreachEvent, event_id, scope, version)
    headcount.require_agreement(session, event, draft)
    _fill(event, draft)
    records.sign(session, event)
    return event


def _require_sound(draft: EventDraft, today: date) -> None:
    """What a form cannot see field by field.

    :raises RuleBroken: when it ends before it begins or lasts over a year, when an event that is
        still to come is «held», or when headcount and basis contradict each other.
    """
    if draft.ends_on < draft.starts_on:
        raise RuleBroken(
            "ends_on",
            Words(
                "结束日期不能早于开始日期，请核对",
                "The end cannot come before the beginning; please check both days",
            ),
        )
    if (draft.ends_on - draft.starts_on).days > LONGEST_DAYS:
        raise RuleBroken(
            "ends_on",
            Words(
                "一场活动不超过一年；更长的请建为专项活动",
                "An event lasts at most a year; enter a longer one as a campaign",
            ),
        )
    if draft.state is EventState.HELD and draft.starts_on > today:
        raise RuleBroken(
            "state",
            Words(
                "日期在将来的活动请选「计划中」，举办后再改为「已举办」",
                "Choose “Planned” for an event that is still to come",
            ),
        )
    if draft.headcount is None and draft.count_basis is not CountBasis.NOT_RECORDED:
        raise RuleBroken(
            "headcount",
            Words(
                "请填写参加人次；没有统计的，计数方式请选「未登记」",
                "Enter the headcount, or choose “Not recorded” as its basis",
            ),
        )
    if draft.headcount is not None and draft.count_basis is CountBasis.NOT_RECORDED:
        raise RuleBroken(
            "count_basis",
            Words(
                "请选择人次是签到、清点还是估计得来",
                "Say whether the heads were signed in, counted or estimated",
            ),
        )


def _require_known_day(session: Session, office_id: int, draft: EventDraft) -> None:
    """:raises RuleBroken: when the office's calendar has no such publicity day."""
    if draft.publicity_day is None or draft.publicity_day in shipped_days():
        return
    if draft.publicity_day not in all_days(session, office_id):
        raise RuleBroken(
            "publicity_day",
            Words("宣传日历中没有这一天，请从列表中选择", "Choose a day of the publicity calendar"),
        )


def _fill(event: OutreachEvent, draft: EventDraft) -> None:
    for name in _PLAIN:
        setattr(event, name, getattr(draft, name))
    office_id = event.office_id
    _sync(
        event.villages,
        "village_id",
        draft.village_ids,
        lambda key: EventVillage(office_id=office_id, village_id=key, held_on=draft.starts_on),
    )
    for link in event.villages:
        link.held_on = draft.starts_on
    _sync(
        event.themes,
        "theme_id",
        draft.theme_ids,
        lambda key: EventTheme(office_id=office_id, theme_id=key),
    )
    _sync(
        event.audiences,
        "audience",
        draft.audiences,
        lambda key: EventAudience(office_id=office_id, audience=key),
    )
    _sync(
        event.materials,
        "kind",
        tuple(draft.materials),
        lambda key: EventMaterial(office_id=office_id, kind=key, copies=0),
    )
    for material in event.materials:
        material.copies = draft.materials[material.kind]


def _sync(rows: list[P], key: str, wanted: tuple[Any, ...], make: Callable[[Any], P]) -> None:
    """Make the rows of a collection those wanted, keeping the ones that stay."""
    if not rows and not wanted:
        return
    have = {getattr(row, key): row for row in rows}
    for value, row in have.items():
        if value not in wanted:
            rows.remove(row)
    rows.extend(make(value) for value in dict.fromkeys(wanted) if value not in have)


def create_campaign(session: Session, office_id: int, draft: CampaignDraft) -> Campaign:
    """Enter a campaign.

    :raises RuleBroken: when it ends before it begins.
    """
    _require_order(draft)
    campaign = Campaign(office_id=office_id)
    _fill_campaign(campaign, draft)
    records.add_new(session, campaign, draft.starts_on)
    return campaign


def update_campaign(
    session: Session, scope: Scope, campaign_id: int, draft: CampaignDraft, version: int | None
) -> Campaign:
    """Change a campaign.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: when it ends before it begins.
    """
    _require_order(draft)
    campaign = records.find_to_write(session, Campaign, campaign_id, scope, version)
    _fill_campaign(campaign, draft)
    records.sign(session, campaign)
    return campaign


def _require_order(draft: CampaignDraft) -> None:
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        raise RuleBroken(
            "ends_on",
            Words(
                "结束日期不能早于开始日期，请核对",
                "The end cannot come before the beginning; please check both days",
            ),
        )


def _fill_campaign(campaign: Campaign, draft: CampaignDraft) -> None:
    campaign.name = draft.name
    campaign.starts_on = draft.starts_on
    campaign.ends_on = draft.ends_on
    campaign.basis_document = draft.basis_document
    campaign.target_events = draft.target_events
    campaign.target_person_times = draft.target_person_times
    campaign.note = draft.note


def save_theme(
    session: Session, office_id: int, theme_id: int | None, *, name: str, laws: str, in_use: bool
) -> Theme:
    """Add a theme to the office's list or change one.

    :raises RuleBroken: for a missing or taken name, or a theme that is not the office's.
    """
    name = _require_list_name(session, Theme, office_id, name, theme_id)
    theme = _list_entry(session, Theme, office_id, theme_id)
    theme.name, theme.laws, theme.in_use = name, clean_line(laws)[:300], in_use
    session.add(theme)
    session.flush()
    return theme


def save_place_kind(
    session: Session, office_id: int, place_kind_id: int | None, *, name: str, in_use: bool
) -> PlaceKind:
    """Add a place to the office's «N进» list or change one.

    :raises RuleBroken: for a missing or taken name, or a place that is not the office's.
    """
    name = _require_list_name(session, PlaceKind, office_id, name, place_kind_id)
    place = _list_entry(session, PlaceKind, office_id, place_kind_id)
    place.name, place.in_use = name, in_use
    session.add(place)
    session.flush()
    return place


def _list_entry(session: Session, model: type[L], office_id: int, entry_id: int | None) -> L:
    if entry_id is None:
        return model(office_id=office_id, position=9999)
    entry = session.scalar(select(model).where(model.office_id == office_id, model.id == entry_id))
    if entry is None:
        raise RuleBroken("", Words("没有找到这一项", "This entry was not found"))
    return entry


def _require_list_name(
    session: Session,
    model: type[Theme] | type[PlaceKind],
    office_id: int,
    name: str,
    own_id: int | None,
) -> str:
    name = clean_line(name)[:40]
    if not name:
        raise RuleBroken("name", Words("请填写名称", "Enter a name"))
    taken = session.scalar(select(model.id).where(model.office_id == office_id, model.name == name))
    if taken is not None and taken != own_id:
        raise RuleBroken("name", Words("列表中已有这一名称", "This name is already on the list"))
    return name
