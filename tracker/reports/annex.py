"""数据说明: every figure the text speaks of, exactly, with what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.figures.freezing.models import FrozenSet
from tracker.figures.readings import Reading
from tracker.kernel.clock import in_china
from tracker.kernel.words import Words

from .composing import Composed
from .marks import chinese_day, exact

UNFROZEN = "未定稿"
_NO_VALUE = "无法统计"


@dataclass(frozen=True)
class AnnexRow:
    """One figure of the text."""

    label: str
    phrases: tuple[str, ...]
    exact: str
    definition: str
    records: int
    basis: str


@dataclass(frozen=True)
class Annex:
    """What stands behind the report's numbers."""

    #: The number of the frozen set, or 未定稿.
    frozen: str
    note: str
    rows: tuple[AnnexRow, ...]
    #: What is missing before the year can be closed.
    missing: tuple[str, ...] = ()


def annex_of(
    composed: Composed,
    readings: Mapping[str, Reading],
    frozen: FrozenSet | None,
    day: date,
    missing: Sequence[Words] = (),
) -> Annex:
    """The annex of a report. ``day`` is when its numbers were read, where they are not frozen."""
    rows = tuple(
        _row(readings[key], tuple(composed.phrases_of(key)))
        for key in composed.keys
        if key in readings
    )
    if frozen is None:
        note = (
            f"正文共用到{len(rows)}个统计数字，尚未定稿，按{chinese_day(day)}的台账算出，"
            "定稿前可能变化。"
        )
    else:
        when = chinese_day(in_china(frozen.frozen_at).date())
        note = (
            f"正文共用到{len(rows)}个统计数字，全部取自定稿数据{frozen.number}，"
            f"由{frozen.frozen_by}于{when}定稿。"
        )
    number = frozen.number if frozen else UNFROZEN
    return Annex(number, note, rows, tuple(each.zh for each in missing))


def _row(reading: Reading, phrases: tuple[str, ...]) -> AnnexRow:
    figure = reading.figure
    note = f"；{reading.basis_note.zh}" if reading.basis_note else ""
    return AnnexRow(
        figure.label.zh,
        phrases,
        _NO_VALUE if reading.value is None else exact(reading.value, figure),
        figure.definition.zh,
        reading.records,
        f"{figure.basis.label.zh}{note}",
    )
