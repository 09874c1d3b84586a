"""The heads of a ledger as a person sees them, to say which column each one means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.kernel.intake import Intake
from tracker.kernel.text import shorten
from tracker.kernel.words import Words
from tracker.workbooks.grid import Cell, Grid, Sheet

from .heads import RUNNING, Heads, normal
from .layout import shown
from .sheets import HeadNotFound, find_tables

_SAMPLES = 3
_LONGEST_SAMPLE = 20
_LONGEST_HEAD = 100


@dataclass
class HeadSeen:
    """A head, the columns that have it (from 0), what stands below, and the column it is known as.

    ``key`` None is a head that nobody knows; '' is one that the office leaves out.
    """

    text: str
    key: str | None
    places: list[int] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class HeadsSeen:
    """What the page of columns shows: the heads, where they stand, and what is wrong with them."""

    sheet: str
    row: int
    heads: list[HeadSeen]
    problem: Words | None = None


def look(
    grid: Grid,
    intake: Intake,
    taught: Mapping[str, str],
    head_row: int | None = None,
    others: Sequence[Intake] = (),
) -> HeadsSeen:
    """The heads of all of the register's tables; where there is none, of the likeliest row."""
    known = Heads.of(intake.register, taught)
    sheets = {sheet.name: sheet for sheet in grid.sheets}
    seen: dict[str, HeadSeen] = {}
    try:
        found = find_tables(grid, intake, taught, head_row, others)
    except HeadNotFound as error:
        name, row, heads = error.sheet, error.row, error.heads
        if name and head_row is not None and head_row != row:
            row, heads, error.means = head_row, _texts_of(sheets[name], head_row), {}
        keys = {place: error.means.get(place, known.find(text)) for place, text in heads.items()}
        if name:
            _add(seen, sheets[name], row, heads, keys)
        return HeadsSeen(name, row, list(seen.values()), error.message)
    for table in found.tables:
        at = {place: key for key, place in table.places.items()}
        keys = {place: at.get(place, known.find(text)) for place, text in table.heads.items()}
        _add(seen, sheets[table.sheet], table.head_row, table.heads, keys)
    first = found.tables[0]
    return HeadsSeen(first.sheet, first.head_row, list(seen.values()))


def _texts_of(sheet: Sheet, row: int) -> dict[int, str]:
    cells = sheet.rows[row] if row < len(sheet.rows) else []
    return {place: text for place, cell in enumerate(cells) if (text := shown(cell))}


def _add(
    seen: dict[str, HeadSeen],
    sheet: Sheet,
    row: int,
    heads: Mapping[int, str],
    keys: Mapping[int, str | None],
) -> None:
    """Note a table's heads. Those that are called alike are one, of several columns."""
    here: dict[str, list[int]] = {}
    for place, text in sorted(heads.items()):
        name = normal(text)[:_LONGEST_HEAD]
        if not name or keys[place] == RUNNING:
            continue
        if name not in seen:
            seen[name] = HeadSeen(shorten(text, _LONGEST_HEAD), keys[place])
            seen[name].samples = _samples(sheet.rows[row + 1 :], place)
        here.setdefault(name, []).append(place)
    for name, places in here.items():
        if len(places) > len(seen[name].places):
            seen[name].places = places


def _samples(rows: Iterable[list[Cell]], place: int) -> list[str]:
    """The first few different values of a column."""
    found: list[str] = []
    for row in rows:
        text = shown(row[place]) if place < len(row) else ""
        if text and (short := shorten(text, _LONGEST_SAMPLE)) not in found:
            found.append(short)
            if len(found) == _SAMPLES:
                break
    return found
