"""The shapes of charts as the templates print them: every coordinate already worked out.

Horizontal places are percentages, vertical ones pixels, so a picture fits any width while its
text keeps its size. Tiles alone are drawn in units of their own and scaled as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .words import Words

Number = int | Decimal


@dataclass(frozen=True)
class Bar:
    """One row: its label and value in a line, the bar under them."""

    label: str
    short_label: str
    value: Number | None
    text: str
    url: str | None
    text_y: int
    y: int
    width: float
    height: int


@dataclass(frozen=True)
class BarChart:
    """Rows of bars, longest value at full width."""

    key: str
    title: str
    unit: str
    bars: tuple[Bar, ...]
    height: int


@dataclass(frozen=True)
class Column:
    """One upright column with its value above and its label below."""

    label: str
    short_label: str
    value: Number | None
    text: str
    #: For the narrow place above the column.
    short_text: Words
    url: str | None
    x: float
    centre: float
    width: float
    y: int
    height: int
    text_y: int


@dataclass(frozen=True)
class ColumnChart:
    """Upright columns over one base line, highest value at full height."""

    key: str
    title: str
    unit: str
    columns: tuple[Column, ...]
    baseline: int
    label_y: int
    height: int


@dataclass(frozen=True)
class TileLine:
    """One line of a tile's label."""

    text: str
    y: int


@dataclass(frozen=True)
class Tile:
    """One village: a square whose step says how much, with the number in it."""

    label: str
    lines: tuple[TileLine, ...]
    value: int | None
    text: str
    url: str | None
    step: int | None
    x: int
    y: int
    size: int
    centre_x: int
    value_y: int


@dataclass(frozen=True)
class TileStep:
    """One step of the legend and the values it stands for."""

    step: int
    text: str


@dataclass(frozen=True)
class VillageTiles:
    """All villages in rows of squares, with the legend of the steps in use."""

    key: str
    title: str
    unit: str
    tiles: tuple[Tile, ...]
    steps: tuple[TileStep, ...]
    has_missing: bool
    width: int
    height: int


@dataclass(frozen=True)
class Progress:
    """Done against planned. Without a plan there is no share and the bar stays empty."""

    done_text: str
    planned_text: str
    share_text: str
    width: float
    reached: bool
