"""What an event starts with when it is entered for a publicity day or an item of the plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from ..planning.models import PlanItem
from ..queries import themes_of
from ..terms import EventState
from . import queries
from .days import Occurrence


def for_day(session: Session, office_id: int, key: str, year: int, today: date) -> dict[str, Any]:
    """Title, day, theme and laws of an event for a publicity day; nothing where there is none.

    It begins today where the day's dates run today, else on their first day. What is still to come
    is planned. The theme is the office's own that is about the day, if it has one.
    """
    found = queries.occurrence_of(session, office_id, year, key)
    if found is None:
        return {}
    themes = queries.themes_for(themes_of(session, office_id), found.day)
    values: dict[str, Any] = {
        "title": _title(found),
        "laws": "、".join(found.day.laws)[:300],
        "theme_ids": [theme.id for theme in themes[:1]],
        "publicity_day": found.key,
    }
    if found.span is not None:
        running = found.span.first <= today <= found.span.last
        starts_on = today if running else found.span.first
        values["starts_on"] = starts_on
        values["state"] = EventState.PLANNED if starts_on > today else EventState.HELD
    return values


def _title(found: Occurrence) -> str:
    name = found.day.name.zh  # a record's title is what the office would write
    return f"{name}活动" if "宣传" in name else f"{name}宣传活动"


def for_item(item: PlanItem) -> dict[str, Any]:
    """What an event for an item of the plan takes from it."""
    return {
        "title": item.content[:200],
        "laws": item.laws,
        "plan_item_id": item.id,
    }
