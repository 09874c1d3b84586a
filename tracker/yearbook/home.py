"""The home page: what needs doing, and how the year goes."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tracker.advisers import queries as advisers
from tracker.advisers.models import AdviserAssignment
from tracker.certification.queries import exams as certification
from tracker.figures import catalogue, members, reading
from tracker.kernel.charts import column_chart, village_tiles
from tracker.kernel.i18n import say
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.units import Unit
from tracker.kernel.words import Words
from tracker.offices.queries import open_villages
from tracker.outreach import queries as outreach
from tracker.outreach.figures import EVENTS_HELD

from . import due, pages

#: So many years before this one are led to.
YEARS_BEFORE = 3

_BY_MONTH = Words("本年普法活动，按月", "This year's outreach events by month")
_BY_VILLAGE = Words("本年普法活动，按村（社区）", "This year's outreach events by village")


def contents(session: Session, scope: Scope, today: date) -> dict[str, Any]:
    """What the template of the home page prints."""
    period = Period.of_year(today.year, today)
    figures = catalogue.figures_for(session, scope, period.year)
    leading = [figure for figure in figures if figure.key in catalogue.LEADING]
    found = reading.read(session, leading, scope, period)
    return {
        "period": period,
        "todo": due.waiting(session, scope, today),
        "cards": [pages.card(found[key]) for key in catalogue.LEADING if key in found],
        "months": _months(session, scope, period),
        "tiles": _tiles(session, scope, period),
        "years_before": _years_before(session, scope, today),
    }


def _years_before(session: Session, scope: Scope, today: date) -> list[int]:
    """The years that are looked up most: the latest before this one, back to the oldest record of
    the three domains the report is made of."""
    oldest = (
        outreach.first_event_day(session, scope),
        advisers.first_day(session, scope, AdviserAssignment.starts_on, AdviserAssignment),
        certification.first_sitting_day(session, scope),
    )
    first = min((day.year for day in oldest if day is not None), default=today.year)
    return list(range(today.year - 1, max(first, today.year - YEARS_BEFORE) - 1, -1))


def _months(session: Session, scope: Scope, period: Period) -> Any:
    dimension = members.dimensions_of(EVENTS_HELD)["month"]
    found = members.break_down(session, EVENTS_HELD, scope, period, dimension)
    if not found.parts:
        return None
    pairs = [(say(part.label), part.value) for part in found.parts]
    return column_chart("home-months", say(_BY_MONTH), say(Unit.TIMES.label), pairs)


def _tiles(session: Session, scope: Scope, period: Period) -> Any:
    villages = open_villages(session, scope)
    if not villages:
        return None
    dimension = members.dimensions_of(EVENTS_HELD)["village"]
    found = members.break_down(session, EVENTS_HELD, scope, period, dimension)
    held = {part.code: part.records for part in found.parts}
    return village_tiles(
        "home-villages",
        say(_BY_VILLAGE),
        say(Unit.TIMES.label),
        [(village.name, held.get(village.id, 0)) for village in villages],
        [
            f"/outreach/events/?year={period.year}&state=held&village={village.id}"
            for village in villages
        ],
    )
