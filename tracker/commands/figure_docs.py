"""``docs/figures.md``: every figure with its definition, written from the catalogue."""

from __future__ import annotations

from decimal import Decimal

from tracker.figures import catalogue
from tracker.kernel.figure import AnyFigure, Ratio
from tracker.kernel.wording import Number, Rounding, phrase

_HEAD = """\
# 指标口径 · Figures

Written by `tracker docs` from the catalogue; do not edit. Every number on screen, in sheets, JSON
and on the command line is a reading of one of these, and opens into the records that count.

- **本年发生 · during the year**: what took place from 1 January to 31 December.
- **期末状态 · as at the last day**: how things stand on 31 December, or today while the year runs.
- A changed meaning is a new key. 说法 · wording shows how the report speaks the number: rounding is
  always down, and only in words.
"""
_COLUMNS = (
    "键 Key",
    "指标 Figure",
    "单位 Unit",
    "统计方式 Basis",
    "口径 Definition",
    "来源 Source",
    "说法 Wording",
)


def page() -> str:
    """The whole document; the same for the same catalogue."""
    groups: dict[tuple[str, str], list[AnyFigure]] = {}
    for figure in catalogue.all_shipped():
        groups.setdefault((figure.group.zh, figure.group.en), []).append(figure)
    parts = [_HEAD]
    for (zh, en), figures in groups.items():
        lines = [_COLUMNS, ("---",) * len(_COLUMNS), *map(_line, figures)]
        table = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
        parts.append(f"## {zh} · {en}\n\n{table}\n")
    return "\n".join(parts)


def _line(figure: AnyFigure) -> tuple[str, ...]:
    key = f"`{figure.key}`"
    if figure.since is not None or figure.until is not None:
        key += f"<br>{figure.since or ''}–{figure.until or ''}"
    cells = (
        key,
        f"{figure.label.zh}<br>{figure.label.en}",
        f"{figure.unit.label.zh}<br>{figure.unit.label.en}",
        f"{figure.basis.label.zh}<br>{figure.basis.label.en}",
        f"{figure.definition.zh}<br>{figure.definition.en}",
        _source(figure),
        _wording(figure),
    )
    return tuple(cell.replace("|", "\\|").replace("\n", " ") for cell in cells)


def _source(figure: AnyFigure) -> str:
    if isinstance(figure, Ratio):
        return f"`{figure.numerator.key}` / `{figure.denominator.key}`"
    return f"{figure.source.label.zh}<br>{figure.source.label.en}"


def _wording(figure: AnyFigure) -> str:
    samples: dict[Rounding, Number] = {
        Rounding.EXACT: 8,
        Rounding.FLOOR: 1643,
        Rounding.PERCENT: Decimal("0.9914"),
    }
    value = samples[figure.wording.rounding]
    spoken = phrase(value, figure.wording)
    return f"{value} → {spoken.zh}<br>{spoken.en}"
