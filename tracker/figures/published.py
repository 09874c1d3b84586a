"""The figures of a year as everything prints them: frozen where the year is frozen, else present.

Screen, Excel, Word, JSON and the command line all read a year here, so that they say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from tracker.kernel.figure import AnyFigure
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.scope import Scope

from . import catalogue, reading
from .freezing import queries
from .freezing.models import FrozenSet
from .readings import Reading


@dataclass(frozen=True)
class YearReadings:
    """All figures of a year by key, in the catalogue's order.

    ``frozen`` is the set they come from; None where they are read from the present records.
    ``parts`` are the two sides of ratios, which are no figures of their own.
    """

    period: Period
    readings: Mapping[str, Reading]
    parts: Mapping[str, Reading]
    frozen: FrozenSet | None = None

    def named(self, key: str) -> Reading | None:
        """The figure with this key, or the side of a ratio."""
        return self.readings.get(key) or self.parts.get(key)


def year_readings(session: Session, scope: Scope, period: Period) -> YearReadings:
    """The figures of a year: those of the newest frozen set, else as the records now stand."""
    frozen = queries.set_in_force(session, scope, period.year)
    if frozen is None:
        return present_readings(session, scope, period)
    found = queries.readings_of(session, frozen)
    shown = {key: each for key, each in found.items() if _is_shown(each)}
    parts = {key: each for key, each in found.items() if key not in shown}
    return YearReadings(frozen.period, shown, parts, frozen)


def _is_shown(found: Reading) -> bool:
    return bool(getattr(found.figure, "shown", True))


def present_readings(session: Session, scope: Scope, period: Period) -> YearReadings:
    """The figures of a year as the records now stand, compared with what was published of the year
    before where that year is frozen."""
    figures = catalogue.figures_for(session, scope, period.year)
    found = read(session, figures, scope, period)
    shown = {figure.key for figure in figures}
    return YearReadings(
        period,
        {key: each for key, each in found.items() if key in shown},
        {key: each for key, each in found.items() if key not in shown},
    )


def readings_of(
    session: Session, figures: Sequence[AnyFigure], scope: Scope, period: Period
) -> dict[str, Reading]:
    """These figures of any period: of a whole year that is frozen, as they were frozen.

    A figure that the frozen set does not have is read from the present records.
    """
    found = read(session, figures, scope, period)
    if period != _whole_year(period):
        return found
    frozen = queries.set_in_force(session, scope, period.year)
    if frozen is None:
        return found
    published = queries.readings_of(session, frozen)
    return {key: published.get(key, each) for key, each in found.items()}


def read(
    session: Session, figures: Sequence[AnyFigure], scope: Scope, period: Period
) -> dict[str, Reading]:
    """Present readings of these figures and of the parts of ratios; last year's values are the
    published ones where last year is frozen."""
    known = {figure.key for figure in figures}
    parts = [part for part in reading.simple_figures(figures) if part.key not in known]
    found = reading.read(session, [*figures, *parts], scope, period)
    if period != _whole_year(period) or period.year == FIRST_YEAR:
        return found
    before = queries.set_in_force(session, scope, period.year - 1)
    if before is None:
        return found
    published = {figure.key: figure for figure in queries.figures_of(session, before)}
    return {
        key: replace(each, previous=published[key].value) if key in published else each
        for key, each in found.items()
    }


def _whole_year(period: Period) -> Period:
    """The whole calendar year of a period, with its day for states."""
    whole = Period.of_year(period.year, period.as_at)
    return replace(whole, as_at=period.as_at)
