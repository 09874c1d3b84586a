"""What a text is held against: figures with their values, present or frozen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.figures.readings import Reading
from tracker.kernel.units import Unit
from tracker.kernel.wording import Number, Wording, phrase
from tracker.kernel.words import Words


@dataclass(frozen=True)
class Expected:
    """A figure with the value a text has to say; ``previous`` is that of the year before."""

    key: str
    label: Words
    unit: Unit
    wording: Wording
    value: Number | None
    previous: Number | None = None
    #: How many records made the value; None where that is not known.
    records: int | None = None

    @property
    def phrase(self) -> Words:
        """The value as the report says it."""
        return phrase(self.value, self.wording)


def expected_of(readings: Iterable[Reading]) -> dict[str, Expected]:
    """Readings as what a text is held against, by key."""
    return {
        each.figure.key: Expected(
            each.figure.key,
            each.figure.label,
            each.figure.unit,
            each.figure.wording,
            each.value,
            each.previous,
            each.records,
        )
        for each in readings
    }
