"""What a new event's form starts with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tracker.kernel import clock
from tracker.kernel.headcount import CountBasis

from .forms import EventForm
from .models import OutreachEvent
from .terms import DeliveryForm, EventState

#: Texts entered within so many days are offered again.
USUAL_DAYS = timedelta(days=730)

#: What a copy takes over: what the event was, not when and how many.
_COPIED = (
    "title",
    "delivery",
    "place_kind_id",
    "campaign_id",
    "theme_ids",
    "laws",
    "village_ids",
    "venue",
    "lead_organisation",
    "partner_organisations",
    "speakers",
    "audiences",
)


def blank(latest: OutreachEvent | None, office_name: str) -> dict[str, Any]:
    """An empty form: today, and where the latest entry was, if that was one village.

    Events of the whole township say nothing of where the next one is. Partners are offered while
    typing and not filled in: they stand in the folded part, where nobody would take them out.
    """
    villages = [link.village_id for link in latest.villages] if latest is not None else []
    return {
        **_at_hand(),
        "delivery": DeliveryForm.STAND,
        "lead_organisation": office_name,
        "village_ids": villages if len(villages) == 1 else [],
    }


def copied(event: OutreachEvent) -> dict[str, Any]:
    """What a new event takes over from an earlier one."""
    values = EventForm.values_of(event)
    return {**{name: values[name] for name in _COPIED}, **_at_hand()}


def _at_hand() -> dict[str, Any]:
    return {
        "starts_on": clock.today(),
        "state": EventState.HELD,
        "count_basis": CountBasis.COUNTED,
    }
