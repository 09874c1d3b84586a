"""Changes since a freeze, in the sentences of a correction note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.kernel.units import Unit
from tracker.kernel.wording import Number, Rounding, Wording, phrase
from tracker.kernel.words import Words

from ..freezing.changes import FigureChange, RecordChange

_FIGURE = Words(
    "{label}：定稿 {frozen}，现为 {present}。", "{label}: frozen {frozen}, now {present}."
)
_GONE = Words(
    "{label}：定稿 {frozen}，现在的指标目录里没有这一项。",
    "{label}: frozen {frozen}; the catalogue no longer has it.",
)
_RECORD = Words(
    "{number} {day}{title}：{change}（{reason}）", "{number} {day}{title}: {change} ({reason})"
)
_PLUS = Words("+{amount}", "+{amount}")
_MINUS = Words("−{amount}", "−{amount}")


def exact(value: Number | None, unit: Unit) -> Words:
    """A value with its unit, never rounded."""
    rounding = Rounding.PERCENT if unit is Unit.PERCENT else Rounding.EXACT
    return phrase(value, Wording(unit.label, rounding))


def sentence(change: FigureChange) -> Words:
    """«frozen 8, now 9»."""
    frozen = exact(change.frozen.value, change.unit)
    if change.present is None:
        return _GONE.fill(label=change.label, frozen=frozen)
    present = exact(change.present.value, change.unit)
    return _FIGURE.fill(label=change.label, frozen=frozen, present=present)


def record_sentence(record: RecordChange, unit: Unit) -> Words:
    """«PF-2024-011 2024-11-12 秋收普法：+1次（定稿后登记）»."""
    size = exact(record.amount if record.amount >= 0 else -record.amount, unit)
    amount = (_MINUS if record.amount < 0 else _PLUS).fill(amount=size)
    day = f"{record.date} " if record.date else ""
    return _RECORD.fill(
        number=record.number, day=day, title=record.title, change=amount, reason=record.reason
    )


def correction_lines(changes: Sequence[FigureChange]) -> list[str]:
    """The lines of a correction note, in Chinese as the office files it."""
    return [line for change in changes for line in _lines(change, "")]


def _lines(change: FigureChange, indent: str) -> Iterator[str]:
    yield indent + sentence(change).zh
    for record in change.records:
        yield f"{indent}　　{record_sentence(record, change.unit).zh}"
    for part in change.parts:
        yield from _lines(part, f"{indent}　　")
