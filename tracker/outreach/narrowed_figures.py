"""The figures of outreach, narrowed to some of the events: of a campaign, of a theme."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import and_

from tracker.kernel.figure import Figure
from tracker.offices.models import Village

from .figures import EVENTS, EVENTS_HELD, FIGURES, VILLAGES_REACHED
from .queries import has_theme, held_in, held_in_campaign, village_was_reached_by_campaign


def of_campaign(campaign_id: int) -> tuple[Figure, ...]:
    """What the year's figures count, of a campaign's events instead of a year's.

    Unit, weight, wording and basis of the count are those of the year; only which records count
    differs: see `held_in_campaign`. They have no comparison with the year before.
    """
    source = replace(EVENTS, key=f"{EVENTS.key}.of_campaign", within=None, left_out=())
    narrowed = [
        replace(figure, source=source, criterion=lambda _: held_in_campaign(campaign_id))
        for figure in FIGURES
    ]
    reached = replace(
        VILLAGES_REACHED,
        criterion=lambda _: and_(
            Village.voided_at.is_(None), village_was_reached_by_campaign(campaign_id)
        ),
        left_out=(),
    )
    return (*narrowed, reached)


def events_of_theme(theme_id: int) -> Figure:
    """The year's events that had a theme; an event of two themes is among those of both."""
    return replace(EVENTS_HELD, criterion=lambda period: and_(held_in(period), has_theme(theme_id)))
