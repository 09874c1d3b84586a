"""The figures of an office's year that a report is held against."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.figures import published
from tracker.kernel import clock
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope

from .expected import Expected, expected_of


def expected_figures(session: Session, scope: Scope, year: int) -> dict[str, Expected]:
    """Every figure of the year by key: as frozen where the year is, else as it stands now."""
    period = Period.of_year(year, clock.today())
    return expected_of(published.year_readings(session, scope, period).readings.values())
