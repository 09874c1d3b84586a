"""Where the marks of a chart stand: plain numbers for the SVG that the templates print.

A value of ``None`` («not recorded») gets no mark and is never drawn as 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from unicodedata import east_asian_width

from .chart_shapes import (
    Bar,
    BarChart,
    Column,
    ColumnChart,
    Number,
    Progress,
    Tile,
    TileLine,
    TileStep,
    VillageTiles,
)
from .wording import compact
from .words import Words

ROW = 40
BAR = 12
LABEL_EMS = 13
COLUMN_LABEL_EMS = 4
COLUMN_AREA = 150
COLUMN_SHARE = 0.64
TILE = 92
TILE_GAP = 8
TILES_PER_ROW = 4
TILE_LINE_EMS = 6
TILE_LINES = 2
STEPS = 4


def shortened(label: str, ems: float) -> str:
    """The label cut to a width in Han characters, with an ellipsis where it was cut."""
    if _ems(label) <= ems:
        return label
    kept = ""
    for character in label:
        if _ems(kept + character) > ems - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def bar_chart(
    key: str,
    title: str,
    unit: str,
    pairs: Sequence[tuple[str, Number | None]],
    urls: Sequence[str | None] = (),
) -> BarChart:
    """Rows of bars for any labels; ``key`` makes the ids on the page unique."""
    highest = _highest([value for _, value in pairs])
    bars = tuple(
        Bar(
            label=label,
            short_label=shortened(label, LABEL_EMS),
            value=value,
            text=_text(value),
            url=_at(urls, index),
            text_y=index * ROW + 16,
            y=index * ROW + 22,
            width=_share(value, highest, 100),
            height=BAR,
        )
        for index, (label, value) in enumerate(pairs)
    )
    return BarChart(key, title, unit, bars, height=len(bars) * ROW)


def column_chart(
    key: str,
    title: str,
    unit: str,
    pairs: Sequence[tuple[str, Number | None]],
    urls: Sequence[str | None] = (),
) -> ColumnChart:
    """Upright columns for a short run of short labels, such as the months of a year."""
    highest = _highest([value for _, value in pairs])
    top = 22
    baseline = top + COLUMN_AREA
    step = 100 / len(pairs) if pairs else 100.0
    columns = []
    for index, (label, value) in enumerate(pairs):
        height = round(_share(value, highest, COLUMN_AREA))
        if value is not None and value > 0:
            height = max(height, 2)
        columns.append(
            Column(
                label=label,
                short_label=shortened(label, COLUMN_LABEL_EMS),
                value=value,
                text=_text(value) if value is not None else "—",
                short_text=compact(value) if value is not None else Words.same("—"),
                url=_at(urls, index),
                x=round(index * step + step * (1 - COLUMN_SHARE) / 2, 3),
                centre=round(index * step + step / 2, 3),
                width=round(step * COLUMN_SHARE, 3),
                y=baseline - height,
                height=height,
                text_y=baseline - height - 6,
            )
        )
    return ColumnChart(
        key, title, unit, tuple(columns), baseline, label_y=baseline + 18, height=baseline + 26
    )


def village_tiles(
    key: str,
    title: str,
    unit: str,
    pairs: Sequence[tuple[str, int | None]],
    urls: Sequence[str | None] = (),
) -> VillageTiles:
    """One square per village. Step 0 is exactly 0; steps 1 to 4 are quarters of the highest."""
    highest = max((value for _, value in pairs if value is not None), default=0)
    pitch = TILE + TILE_GAP
    tiles = []
    for index, (label, value) in enumerate(pairs):
        x = index % TILES_PER_ROW * pitch
        y = index // TILES_PER_ROW * pitch
        lines = _wrapped(label, TILE_LINE_EMS, TILE_LINES)
        first = y + (28 if len(lines) == 1 else 20)
        tiles.append(
            Tile(
                label=label,
                lines=tuple(TileLine(text, first + 17 * at) for at, text in enumerate(lines)),
                value=value,
                text="" if value is None else _text(value),
                url=_at(urls, index),
                step=_step(value, highest),
                x=x,
                y=y,
                size=TILE,
                centre_x=x + TILE // 2,
                value_y=y + 74,
            )
        )
    rows = -(-len(tiles) // TILES_PER_ROW)
    return VillageTiles(
        key,
        title,
        unit,
        tuple(tiles),
        steps=_legend(highest),
        has_missing=any(value is None for _, value in pairs),
        width=TILES_PER_ROW * pitch - TILE_GAP,
        height=max(rows * pitch - TILE_GAP, 0),
    )


def progress(done: Number, planned: Number | None) -> Progress:
    """Done against planned; the share is rounded down, so 100% means reached."""
    if not planned or planned < 0:
        return Progress(_text(done), "", "", width=0.0, reached=False)
    share = Decimal(str(done)) / Decimal(str(planned))
    return Progress(
        done_text=_text(done),
        planned_text=_text(planned),
        share_text=f"{int(share * 100)}%",
        width=round(float(min(max(share, Decimal(0)), Decimal(1))) * 100, 2),
        reached=share >= 1,
    )


def _ems(text: str) -> float:
    return sum(map(_em, text))


def _em(character: str) -> float:
    if east_asian_width(character) in "WF" or character in "WM@%":
        return 1.0
    return 0.72 if character.isupper() else 0.56


def _text(value: Number | None) -> str:
    if value is None:
        return ""
    return f"{value:,}"


def _at(urls: Sequence[str | None], index: int) -> str | None:
    return urls[index] if index < len(urls) else None


def _highest(values: Sequence[Number | None]) -> float:
    return max((float(value) for value in values if value is not None), default=0.0)


def _share(value: Number | None, highest: float, whole: float) -> float:
    if value is None or highest <= 0 or value <= 0:
        return 0.0
    return round(float(value) / highest * whole, 2)


def _step(value: int | None, highest: int) -> int | None:
    if value is None:
        return None
    if value <= 0:
        return 0
    return -(-value * STEPS // highest)


def _legend(highest: int) -> tuple[TileStep, ...]:
    steps = [TileStep(0, "0")]
    for step in range(1, STEPS + 1):
        low, high = highest * (step - 1) // STEPS + 1, highest * step // STEPS
        if low <= high:
            steps.append(TileStep(step, _text(low) if low == high else f"{low:,}–{high:,}"))
    return tuple(steps)


def _wrapped(label: str, ems: float, most: int) -> list[str]:
    lines: list[str] = []
    rest = label
    while rest and len(lines) < most:
        if len(lines) == most - 1 or _ems(rest) <= ems:
            lines.append(shortened(rest, ems))
            break
        line = ""
        while rest and _ems(line + rest[0]) <= ems:
            line, rest = line + rest[0], rest[1:]
        lines.append(line)
    return lines
