"""What is waiting to be done, as each domain states it for the home page and for what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .words import Words


@dataclass(frozen=True)
class TodoItem:
    """One thing to do: what, where to do it, and by when (None: no day)."""

    text: Words
    url: str
    due: date | None = None
    #: ``danger`` is late, ``warning`` is near, ``info`` can wait.
    tone: str = "info"
    #: Whom it is about, or who has to see to it, where it is one person.
    person: str = ""
