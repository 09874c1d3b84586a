"""What is odd about an entry that breaks no rule: asked once, before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from wtforms import HiddenField

from .forms import RecordForm
from .text import clean_line
from .words import Words

D = TypeVar("D")

_SEPARATOR = ","


@dataclass(frozen=True)
class Doubt:
    """One thing to look at again.

    ``key`` names the doubt and what it is about (``alike:12``), so that a person who has seen it
    is not asked again, and is asked anew when something else turns up. ``url`` leads to the record
    it is about, where there is one.
    """

    key: str
    field: str
    message: Words
    url: str = ""


class DoubtingForm(RecordForm[D], Generic[D]):
    """A form that shows doubts before it is saved; sending it again says they are none."""

    #: The keys of the doubts that the person has been shown.
    seen = HiddenField()
    doubts: Sequence[Doubt] = ()

    def ask(self, doubts: Sequence[Doubt]) -> bool:
        """Show the doubts where one of them is new; returns whether there is one."""
        known = clean_line(str(self.seen.data or "")[:2000]).split(_SEPARATOR)
        if all(doubt.key in known for doubt in doubts):
            return False
        self.doubts = doubts
        self.seen.data = _SEPARATOR.join(doubt.key for doubt in doubts)
        self.status = 422
        return True
