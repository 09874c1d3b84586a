"""Where, about what and when the year's events were held, as tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from tracker.figures import members
from tracker.kernel.chart_shapes import VillageTiles
from tracker.kernel.charts import village_tiles
from tracker.kernel.figure import Figure
from tracker.kernel.i18n import say
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.units import Unit
from tracker.kernel.words import Words
from tracker.offices.queries import open_villages
from tracker.outreach.figures import EVENTS_HELD
from tracker.outreach.narrowed_figures import events_of_theme

_BY_VILLAGE = Words("普法活动次数，按村（社区）", "Outreach events by village")
_BY_OFFICE = Words("普法活动次数，按单位", "Outreach events by office")
_BY_THEME = Words("普法活动次数，按主题", "Outreach events by theme")
_BY_MONTH = Words("普法活动次数，按月份", "Outreach events by month")


@dataclass(frozen=True)
class Asked:
    """What the page is narrowed to: the whole year where neither is given."""

    year: int
    month: int | None = None
    theme_id: int | None = None


@dataclass(frozen=True)
class Spread:
    """The three pictures, and how many events stand in none of the first."""

    places: VillageTiles
    themes: VillageTiles
    months: VillageTiles
    #: Held events that name no village: of the whole township.
    without_village: int = 0
    by_office: bool = False


@dataclass(frozen=True)
class _Reader:
    """Breaks the figure «events held» down; what it counts is the figure's own."""

    session: Session
    scope: Scope
    asked: Asked
    period: Period
    #: Breakdowns ask for the whole year where only they are narrowed by month.
    year: Period = field(kw_only=True)

    def records(self, figure: Figure, period: Period, key: str) -> dict[Any, tuple[Words, int]]:
        dimension = members.dimensions_of(figure)[key]
        found = members.break_down(self.session, figure, self.scope, period, dimension)
        return {part.code: (part.label, part.records) for part in found.parts}

    def events(self, **narrowed: object) -> str:
        """The list of the events behind a number."""
        asked: Mapping[str, object] = {
            "year": self.asked.year,
            "state": "held",
            "month": self.asked.month,
            "theme": self.asked.theme_id,
            **narrowed,
        }
        return "/outreach/events/?" + urlencode({k: v for k, v in asked.items() if v is not None})


def spread(session: Session, scope: Scope, asked: Asked, year: Period, part: Period) -> Spread:
    """The events of a year by place, theme and month. ``part`` is the month asked for, or the year.

    Places and months are narrowed to the theme asked for; places and themes to the month.
    """
    figure = events_of_theme(asked.theme_id) if asked.theme_id else EVENTS_HELD
    reader = _Reader(session, scope, asked, part, year=year)
    by_office = len(scope.office_ids) > 1
    places, without = _offices(reader, figure) if by_office else _villages(reader, figure)
    return Spread(places, _themes(reader), _months(reader, figure), without, by_office)


def _tiles(
    key: str, title: Words, pairs: Sequence[tuple[str, int]], urls: Sequence[str]
) -> VillageTiles:
    return village_tiles(key, say(title), say(Unit.TIMES.label), pairs, urls)


def _villages(reader: _Reader, figure: Figure) -> tuple[VillageTiles, int]:
    held = reader.records(figure, reader.period, "village")
    there = {village.id: village.name for village in open_villages(reader.session, reader.scope)}
    # A village that was merged away keeps the events that were held in it.
    gone = {code: say(name) for code, (name, _) in held.items() if code and code not in there}
    named = {**there, **gone}
    pairs = [(name, held[code][1] if code in held else 0) for code, name in named.items()]
    urls = [reader.events(village=code) for code in named]
    return _tiles("by-village", _BY_VILLAGE, pairs, urls), held[None][1] if None in held else 0


def _offices(reader: _Reader, figure: Figure) -> tuple[VillageTiles, int]:
    held = reader.records(figure, reader.period, "office")
    pairs = [(say(name), records) for name, records in held.values()]
    return _tiles("by-office", _BY_OFFICE, pairs, []), 0


def _themes(reader: _Reader) -> VillageTiles:
    held = reader.records(EVENTS_HELD, reader.period, "theme")
    pairs = [(say(name), records) for name, records in held.values()]
    urls = [reader.events(theme=code) if code else "" for code in held]
    return _tiles("by-theme", _BY_THEME, pairs, urls)


def _months(reader: _Reader, figure: Figure) -> VillageTiles:
    held = reader.records(figure, reader.year, "month")
    pairs = [(say(name), records) for name, records in held.values()]
    return _tiles("by-month", _BY_MONTH, pairs, [reader.events(month=code) for code in held])
