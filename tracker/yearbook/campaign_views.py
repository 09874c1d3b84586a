"""A campaign's totals against its targets, on one page to print."""

from __future__ import annotations

from typing import Any

from flask import url_for

from tracker.accounts.record_pages import seen
from tracker.accounts.viewer import viewer
from tracker.figures import reading
from tracker.figures.readings import Reading
from tracker.kernel import clock
from tracker.kernel.charts import progress
from tracker.kernel.db import db
from tracker.kernel.i18n import say
from tracker.kernel.period import Period
from tracker.kernel.tables import facts, table
from tracker.kernel.web import page
from tracker.outreach import queries, register
from tracker.outreach.figures import EVENTS_HELD, PERSON_TIMES
from tracker.outreach.models import Campaign
from tracker.outreach.narrowed_figures import of_campaign
from tracker.outreach.terms import EventState

from . import pages
from .views import bp

#: What the printed list of a campaign's events shows.
_COLUMNS = ("starts_on", "title", "villages", "delivery", "headcount", "count_basis")


@bp.get("/outreach/campaigns/<int(max=2147483647):record_id>/summary")
def campaign_summary(record_id: int) -> Any:
    """What a campaign has done: its totals, against its targets where it has any, and its events.

    Every total is that of the year's figure of the same name, counted over the campaign's events.
    """
    campaign = seen(Campaign, record_id)
    session, scope = db.session(), viewer().scope
    period = Period.of_year(campaign.starts_on.year, clock.today())
    found = reading.read(session, of_campaign(record_id), scope, period)
    events = session.scalars(queries.events_of_campaign(scope, record_id)).unique().all()
    held = url_for("outreach.events", campaign=record_id, state=EventState.HELD.value)
    columns = [c for c in register.EVENTS.columns if c.key in _COLUMNS]
    return page(
        "yearbook/campaign.html",
        campaign=campaign,
        facts=facts(register.CAMPAIGNS, campaign),
        totals=_totals(found, held),
        targets=_targets(campaign, found, held),
        table=table(columns, events, lambda event: url_for("outreach.event", record_id=event.id)),
        today=clock.today(),
    )


def _totals(found: dict[str, Reading], held: str) -> list[dict[str, Any]]:
    """The cards of what there is, each leading to the events: no banners, no card of banners."""
    leading = (EVENTS_HELD.key, PERSON_TIMES.key)
    shown = [each for key, each in found.items() if each.value or key in leading]
    return [{**pages.card(each), "url": held, "previous": "", "change": ""} for each in shown]


def _targets(campaign: Campaign, found: dict[str, Reading], held: str) -> list[dict[str, Any]]:
    """Done against what the basis document asks for."""
    targets = (
        (EVENTS_HELD, campaign.target_events),
        (PERSON_TIMES, campaign.target_person_times),
    )
    return [
        {
            "label": say(figure.label),
            "bar": progress(found[figure.key].value or 0, target),
            "url": held,
        }
        for figure, target in targets
        if target
    ]
