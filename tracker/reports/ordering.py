"""The order of a report's sections: a chapter is moved with all that stands under it."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.kernel.errors import RuleBroken
from tracker.kernel.words import Words

from .models import ReportSection
from .terms import Direction

#: The distance between two sections, so that others fit between them.
STEP = 1000

_FIRST = Words("这一节已经在最前面", "This section is the first of its kind already")
_LAST = Words("这一节已经在最后面", "This section is the last of its kind already")


def place_after(sections: Sequence[ReportSection], after: int | None) -> int:
    """Where a new section stands: after that one, or last. Makes room where there is none."""
    places = [each.position for each in sections]
    index = next((n for n, each in enumerate(sections) if each.id == after), len(sections) - 1)
    before = places[index] if places else 0
    if index + 1 >= len(places):
        return before + STEP
    if places[index + 1] - before < 2:
        for number, each in enumerate(sections, 1):
            each.position = number * STEP
        before = (index + 1) * STEP
        return before + STEP // 2
    return (before + places[index + 1]) // 2


def moved(
    sections: Sequence[ReportSection], section: ReportSection, direction: Direction
) -> list[ReportSection]:
    """The sections with this one, and those under it, moved past its neighbour of the same level.

    :raises RuleBroken: when it has none on that side.
    """
    everything = list(sections)
    start = next(n for n, each in enumerate(everything) if each.id == section.id)
    stop = _end(everything, start)
    if direction is Direction.UP:
        other = _before(everything, start)
        if other is None:
            raise RuleBroken("", _FIRST)
        return [
            *everything[:other],
            *everything[start:stop],
            *everything[other:start],
            *everything[stop:],
        ]
    if stop >= len(everything) or everything[stop].level < section.level:
        raise RuleBroken("", _LAST)
    after = _end(everything, stop)
    return [
        *everything[:start],
        *everything[stop:after],
        *everything[start:stop],
        *everything[after:],
    ]


def _end(sections: Sequence[ReportSection], start: int) -> int:
    """The place after the last section under this one."""
    level = sections[start].level
    for place in range(start + 1, len(sections)):
        if sections[place].level <= level:
            return place
    return len(sections)


def _before(sections: Sequence[ReportSection], start: int) -> int | None:
    """Where the neighbour before begins, if there is one under the same heading."""
    level = sections[start].level
    for place in range(start - 1, -1, -1):
        if sections[place].level == level:
            return place
        if sections[place].level < level:
            return None
    return None
