"""Which events there are, and which of them count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.sql.base import ExecutableOption

from tracker.evidence import queries as evidence
from tracker.evidence.terms import EvidenceKind
from tracker.kernel.headcount import CountBasis
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.text import like
from tracker.offices.models import Village

from .models import Campaign, EventTheme, EventVillage, OutreachEvent, PlaceKind, Theme
from .terms import DeliveryForm, EventState


def begins_in(period: Period) -> ColumnElement[bool]:
    """Events whose first day lies in the period: an event belongs to the year it starts in."""
    return OutreachEvent.starts_on.between(period.first, period.last)


def held_in(period: Period) -> ColumnElement[bool]:
    """The events that count: held, not voided, beginning in the period.

    Planned and cancelled events do not count, nor do voided entries. An event that runs over New
    Year counts once, in the year it starts.
    """
    return and_(begins_in(period), is_held())


def is_held() -> ColumnElement[bool]:
    """Events of whatever year that count: held and not voided."""
    return and_(OutreachEvent.state == EventState.HELD, OutreachEvent.voided_at.is_(None))


def held_in_campaign(campaign_id: int) -> ColumnElement[bool]:
    """The events that count for a campaign: those under it that count in any year. One that
    begins before or after the campaign's days counts all the same: the person who put it there
    knew."""
    return and_(is_held(), OutreachEvent.campaign_id == campaign_id)


def has_theme(theme_id: int) -> ColumnElement[bool]:
    """Events that had a theme, be it one of several."""
    return OutreachEvent.themes.any(EventTheme.theme_id == theme_id)


def village_was_reached_in(period: Period) -> ColumnElement[bool]:
    """Villages in which at least one event counted by `held_in` took place."""
    return _village_was_reached(EventVillage.held_on.between(period.first, period.last), is_held())


def village_was_reached_by_campaign(campaign_id: int) -> ColumnElement[bool]:
    """Villages in which at least one event counted by `held_in_campaign` took place."""
    return _village_was_reached(held_in_campaign(campaign_id))


def _village_was_reached(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(
        select(EventVillage.id)
        .join(
            OutreachEvent,
            and_(
                OutreachEvent.office_id == EventVillage.office_id,
                OutreachEvent.id == EventVillage.event_id,
            ),
        )
        .where(
            EventVillage.office_id == Village.office_id,
            EventVillage.village_id == Village.id,
            *conditions,
        )
    )


@dataclass(frozen=True)
class EventFilter:
    """What a list of events is narrowed to."""

    search: str = ""
    year: int | None = None
    month: int | None = None
    state: EventState | None = None
    delivery: DeliveryForm | None = None
    theme_id: int | None = None
    village_id: int | None = None
    campaign_id: int | None = None
    place_kind_id: int | None = None
    without_headcount: bool = False
    #: Held events that lack evidence they should have: of one kind, or of any (True).
    lacks: EvidenceKind | bool = False
    voided: bool = False
    plan_item_id: int | None = None
    #: What a link narrows the list to, such as the events for a publicity day.
    also: ColumnElement[bool] | None = None


def find_events(scope: Scope, wanted: EventFilter) -> Select[OutreachEvent]:
    """Events of the list page, newest first; voided ones only where asked for."""
    event = OutreachEvent
    statement = select(event).where(
        scope.covers(event.office_id),
        event.voided_at.is_not(None) if wanted.voided else event.voided_at.is_(None),
    )
    if wanted.year:
        statement = statement.where(
            event.starts_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31))
        )
    if wanted.month:
        statement = statement.where(func.extract("month", event.starts_on) == wanted.month)
    if wanted.search:
        pattern = f"%{like(wanted.search)}%"
        columns = (event.title, event.number, event.venue, event.lead_organisation, event.laws)
        statement = statement.where(or_(*(c.ilike(pattern, escape="\\") for c in columns)))
    if wanted.state:
        statement = statement.where(event.state == wanted.state)
    if wanted.delivery:
        statement = statement.where(event.delivery == wanted.delivery)
    if wanted.campaign_id:
        statement = statement.where(event.campaign_id == wanted.campaign_id)
    if wanted.place_kind_id:
        statement = statement.where(event.place_kind_id == wanted.place_kind_id)
    if wanted.plan_item_id:
        statement = statement.where(event.plan_item_id == wanted.plan_item_id)
    if wanted.also is not None:
        statement = statement.where(wanted.also)
    if wanted.theme_id:
        statement = statement.where(has_theme(wanted.theme_id))
    if wanted.village_id:
        statement = statement.where(
            event.villages.any(EventVillage.village_id == wanted.village_id)
        )
    if wanted.without_headcount:
        statement = statement.where(
            event.state == EventState.HELD, event.count_basis == CountBasis.NOT_RECORDED
        )
    if wanted.lacks:
        kind = wanted.lacks if isinstance(wanted.lacks, EvidenceKind) else None
        statement = statement.where(
            event.state == EventState.HELD, evidence.lacks(OutreachEvent, kind)
        )
    return statement.order_by(event.starts_on.desc(), event.id.desc()).options(*_parts())


def events_of_period(scope: Scope, period: Period) -> Select[OutreachEvent]:
    """The year's ledger: every entry that begins in the period and is not voided, by day.

    Planned and cancelled events stand in it with their state; only held ones are counted.
    """
    return (
        select(OutreachEvent)
        .where(
            scope.covers(OutreachEvent.office_id),
            begins_in(period),
            OutreachEvent.voided_at.is_(None),
        )
        .order_by(OutreachEvent.starts_on, OutreachEvent.id)
        .options(*_parts())
    )


def events_of_campaign(scope: Scope, campaign_id: int) -> Select[OutreachEvent]:
    """The events that count for a campaign, by day."""
    return (
        select(OutreachEvent)
        .where(scope.covers(OutreachEvent.office_id), held_in_campaign(campaign_id))
        .order_by(OutreachEvent.starts_on, OutreachEvent.id)
        .options(*_parts())
    )


def _parts() -> tuple[ExecutableOption, ...]:
    return (
        selectinload(OutreachEvent.villages),
        selectinload(OutreachEvent.themes),
        selectinload(OutreachEvent.audiences),
        selectinload(OutreachEvent.materials),
        selectinload(OutreachEvent.campaign),
        selectinload(OutreachEvent.place_kind),
        selectinload(OutreachEvent.plan_item),
        selectinload(OutreachEvent.local_day),
    )


def first_event_day(session: Session, scope: Scope) -> date | None:
    """The day of the oldest event, for the choice of years."""
    return session.scalar(
        select(func.min(OutreachEvent.starts_on)).where(scope.covers(OutreachEvent.office_id))
    )


def has_events(session: Session, scope: Scope) -> bool:
    """Whether any event is entered, of whatever state."""
    return first_event_day(session, scope) is not None


def themes_of(session: Session, office_id: int, *, all_of_them: bool = False) -> Sequence[Theme]:
    """The office's themes in its own order; those out of use only where asked for."""
    statement = select(Theme).where(Theme.office_id == office_id)
    if not all_of_them:
        statement = statement.where(Theme.in_use)
    return session.scalars(statement.order_by(Theme.position, Theme.id)).all()


def place_kinds_of(
    session: Session, office_id: int, *, all_of_them: bool = False
) -> Sequence[PlaceKind]:
    """The office's «N进» list in its own order."""
    statement = select(PlaceKind).where(PlaceKind.office_id == office_id)
    if not all_of_them:
        statement = statement.where(PlaceKind.in_use)
    return session.scalars(statement.order_by(PlaceKind.position, PlaceKind.id)).all()


def theme_of(session: Session, office_id: int, theme_id: int) -> Theme | None:
    """One theme of the office."""
    return session.scalar(select(Theme).where(Theme.office_id == office_id, Theme.id == theme_id))


def place_kind_of(session: Session, office_id: int, place_kind_id: int) -> PlaceKind | None:
    """One place of the office's list."""
    return session.scalar(
        select(PlaceKind).where(PlaceKind.office_id == office_id, PlaceKind.id == place_kind_id)
    )


def find_campaigns(
    scope: Scope, search: str = "", year: int | None = None, *, voided: bool = False
) -> Select[Campaign]:
    """Campaigns of the list page, newest first."""
    statement = select(Campaign).where(
        scope.covers(Campaign.office_id),
        Campaign.voided_at.is_not(None) if voided else Campaign.voided_at.is_(None),
    )
    if search:
        statement = statement.where(Campaign.name.ilike(f"%{like(search)}%", escape="\\"))
    if year:
        statement = statement.where(
            Campaign.starts_on.between(date(year, 1, 1), date(year, 12, 31))
        )
    return statement.order_by(Campaign.starts_on.desc(), Campaign.id.desc())


def campaigns_of_period(scope: Scope, period: Period) -> Select[Campaign]:
    """The ledger of campaigns: those that begin in the period."""
    return (
        select(Campaign)
        .where(
            scope.covers(Campaign.office_id),
            Campaign.starts_on.between(period.first, period.last),
            Campaign.voided_at.is_(None),
        )
        .order_by(Campaign.starts_on, Campaign.id)
    )


def open_campaigns(session: Session, office_id: int) -> Sequence[Campaign]:
    """Campaigns a form offers, newest first."""
    return session.scalars(
        select(Campaign)
        .where(Campaign.office_id == office_id, Campaign.voided_at.is_(None))
        .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
        .limit(200)
    ).all()


def held_events(scope: Scope, period: Period) -> Select[OutreachEvent]:
    """The events that count in a period, by day, with their villages."""
    return (
        select(OutreachEvent)
        .where(scope.covers(OutreachEvent.office_id), held_in(period))
        .order_by(OutreachEvent.starts_on, OutreachEvent.id)
        .options(selectinload(OutreachEvent.villages))
    )


def events_without_headcount(scope: Scope, period: Period) -> Select[OutreachEvent]:
    """Held events of the period whose heads nobody wrote down."""
    return (
        select(OutreachEvent)
        .where(
            scope.covers(OutreachEvent.office_id),
            held_in(period),
            OutreachEvent.count_basis == CountBasis.NOT_RECORDED,
        )
        .order_by(OutreachEvent.starts_on, OutreachEvent.id)
    )


def planned_events_past(scope: Scope, today: date) -> Select[OutreachEvent]:
    """Planned events whose last day has gone by: held or cancelled, somebody should say."""
    return (
        select(OutreachEvent)
        .where(
            scope.covers(OutreachEvent.office_id),
            OutreachEvent.state == EventState.PLANNED,
            OutreachEvent.ends_on < today,
            OutreachEvent.voided_at.is_(None),
        )
        .order_by(OutreachEvent.starts_on, OutreachEvent.id)
    )
