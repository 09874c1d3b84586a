"""What is missing or odd before a year is closed, as each domain states it."""

from __future__ import annotations

from dataclasses import dataclass

from .words import Words


@dataclass(frozen=True)
class Finding:
    """One thing to put right, or to accept with a reason, before a year is closed.

    ``code`` is the rule that found it, ``subject`` what it found it in (``outreach_event:12``):
    together they name the finding as long as it stands, so that an acceptance stays with it.
    """

    code: str
    subject: str
    text: Words
    url: str
    #: Why it was accepted; empty while it is open.
    accepted: str = ""

    @property
    def is_open(self) -> bool:
        return not self.accepted
