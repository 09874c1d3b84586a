"""Writes the example's plans, campaigns, events and rosters through the operations of outreach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel import records
from tracker.kernel.headcount import CountBasis
from tracker.kernel.scope import Scope
from tracker.outreach import drafts as reaching
from tracker.outreach import operations as outreach
from tracker.outreach.models import OutreachEvent, PlaceKind, Theme
from tracker.outreach.planning import operations as planning
from tracker.outreach.planning.drafts import PlanItemDraft
from tracker.outreach.signin.drafts import AttendanceDraft
from tracker.outreach.signin.operations import roster as signing
from tracker.outreach.signin.operations import switching

from . import (
    outreach_year,
    places,
    plan_years,
    roster,
)

Ids = dict[str, int]


@dataclass(frozen=True)
class Size:
    """How much of the example a township gets: the county's others are smaller."""

    villages: int = len(places.VILLAGES)
    heads: Fraction = Fraction(1)

    def of(self, heads: int | None) -> int | None:
        """A headcount at this size."""
        return None if heads is None else int(heads * self.heads)


WHOLE = Size()


def write_outreach(
    session: Session, office_id: int, villages: Ids, today: date, size: Size
) -> None:
    """Campaigns, plans, the events of 2023 and 2024, and some of the running year."""
    campaigns = {
        each.name: outreach.create_campaign(
            session,
            office_id,
            reaching.CampaignDraft(each.name, each.starts_on, each.ends_on, each.basis_document),
        ).id
        for each in outreach_year.CAMPAIGNS
    }
    themes = _by_name(session, Theme, office_id)
    kinds = _by_name(session, PlaceKind, office_id)
    plan = write_plans(session, office_id, today)
    for held in (*outreach_year.EVENTS, *outreach_year.lately(today)):
        draft = reaching.EventDraft(
            title=held.title,
            starts_on=held.day,
            ends_on=held.until or held.day,
            state=held.state,
            sessions=held.sessions,
            delivery=held.delivery,
            place_kind_id=kinds[held.place],
            campaign_id=campaigns.get(held.campaign),
            plan_item_id=plan.get((held.day.year, held.title)),
            publicity_day=plan_years.DAYS.get(held.title),
            theme_ids=tuple(themes[name] for name in held.themes),
            laws=held.laws,
            village_ids=tuple(villages[name] for name in held.villages if name in villages),
            venue=held.venue,
            lead_organisation=held.lead,
            partner_organisations=held.partners,
            speakers=held.speakers,
            audiences=held.audiences,
            headcount=size.of(held.heads),
            count_basis=held.basis if held.heads is not None else CountBasis.NOT_RECORDED,
            consultations=held.consultations,
            materials=held.materials,
            banners=held.banners,
            boards=held.boards,
            broadcasts=held.broadcasts,
            online_posts=held.posts,
            online_reads=held.reads,
            households=held.households,
            note=held.note,
        )
        event = outreach.create_event(session, office_id, draft, today)
        if held.void_reason:
            records.void(session, event, held.void_reason)
        if (held.day, held.title) == (roster.DAY, roster.TITLE):
            _write_roster(session, event, list(villages.values()), today)


def _write_roster(
    session: Session, event: OutreachEvent, village_ids: list[int], today: date
) -> None:
    """The event's roster, and beside it those who were there without signing."""
    heads = event.headcount or 0
    names = roster.NAMES[:heads]
    for place, name in enumerate(names):
        village_id = village_ids[place % len(village_ids)] if place % 9 else None
        draft = AttendanceDraft(event.id, name, village_id=village_id)
        signing.enter(session, event.office_id, draft, today)
    scope = Scope((event.office_id,), event.office_id, may_write=True)
    switching.count_walk_ins(session, scope, event.id, heads - len(names))


def write_plans(session: Session, office_id: int, today: date) -> dict[tuple[int, str], int]:
    """The plans of the years; returns the item that an event is held for, by year and title."""
    found: dict[tuple[int, str], int] = {}
    for year, items in plan_years.plans(today).items():
        for planned in items:
            item = planning.create_item(
                session,
                office_id,
                PlanItemDraft(
                    year=year,
                    content=planned.content,
                    laws=planned.laws,
                    leader=plan_years.LEADER,
                    responsible_person=plan_years.PERSON,
                    responsible_office=planned.office,
                    audience=planned.audience,
                    carrier=planned.carrier,
                    measure=planned.measure,
                    standard=planned.standard,
                    due_on=date(year, *planned.due),
                    target_events=planned.events,
                    target_person_times=planned.people,
                ),
            )
            found |= {(year, title): item.id for title in planned.held}
    return found


def _by_name(session: Session, model: Any, office_id: int) -> Ids:
    rows = session.execute(select(model.name, model.id).where(model.office_id == office_id))
    return {row[0]: row[1] for row in rows}
