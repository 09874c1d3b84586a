"""All figures there are, collected from the domains that state them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.advisers import figures as advisers
from tracker.certification import figures as certification
from tracker.kernel.figure import AnyFigure, Ratio
from tracker.kernel.scope import Scope
from tracker.offices import figures as offices
from tracker.outreach import figures as outreach
from tracker.worklog import figures as worklog

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
    *advisers.ALL,
    *certification.ALL,
    *offices.ALL,
)


def all_shipped() -> tuple[AnyFigure, ...]:
    """Every figure that comes with the program: the standing ones and those of the shipped kinds
    of work. The catalogue's documents are made from these."""
    return (*STANDING, *worklog.shipped_figures())


def figures_for(session: Session, scope: Scope, year: int) -> list[AnyFigure]:
    """Every figure in force for a year, with those of the offices' own kinds of work.

    Own kinds are read anew each time, in one statement: an office may add one at any moment.
    """
    figures = (*all_shipped(), *worklog.own_figures(session, scope))
    return [figure for figure in figures if figure.in_force(year)]


def figure_named(session: Session, scope: Scope, year: int, key: str) -> AnyFigure | None:
    """The figure with this key, if it is in force for the year; the two parts of a ratio can be
    asked for too."""
    figures = figures_for(session, scope, year)
    parts = [p for f in figures if isinstance(f, Ratio) for p in (f.numerator, f.denominator)]
    return next((f for f in (*figures, *parts) if f.key == key), None)
