"""All figures there are, collected from the domains that state them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.kernel.figure import AnyFigure
from tracker.kernel.scope import Scope
from tracker.offices import figures as offices
from tracker.outreach import figures as outreach

#: The figures a report opens with, shown as cards.
LEADING: tuple[str, ...] = (
    "outreach.events",
    "outreach.person_times",
    "advisers.villages_covered",
    "certification.passed",
)

#: Figures that are the same for every office, in the order they are shown.
STANDING: tuple[AnyFigure, ...] = (
    *outreach.ALL,
    *offices.ALL,
)


def figures_for(session: Session, scope: Scope, year: int) -> list[AnyFigure]:
    """Every figure in force for a year, with those of the offices' own kinds of work."""
    return [figure for figure in STANDING if figure.in_force(year)]


def figure_named(session: Session, scope: Scope, year: int, key: str) -> AnyFigure | None:
    """The figure with this key, if it is in force for the year."""
    return next((f for f in figures_for(session, scope, year) if f.key == key), None)
