"""The figures of an office's year that a report is held against."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.figures import catalogue, reading
from tracker.kernel import clock
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope

from .expected import Expected, expected_of


def expected_figures(session: Session, scope: Scope, year: int) -> dict[str, Expected]:
    """Every figure of the year with its value now, by key."""
    period = Period.of_year(year, clock.today())
    found = reading.read(session, catalogue.figures_for(session, scope, year), scope, period)
    return expected_of(found.values())
