"""What is odd about a certificate's term that breaks no rule: asked once, before it is saved."""

from __future__ import annotations

from tracker.kernel.doubts import Doubt
from tracker.kernel.period import last_day_of
from tracker.kernel.words import Words
from tracker.rulepacks.rules import Rules

from .drafts import TermDraft

_LONG = Words(
    "有效期 {start} 至 {end}，超过规则的 {years} 年（应至 {usual}），请核对",
    "From {start} to {end} is longer than the {years} years of the rule (until {usual})",
)


def of_term(rules: Rules, term: TermDraft) -> list[Doubt]:
    """A term longer than the office's rule. A shorter one is no doubt: a replacement runs as long
    as what it replaces."""
    years = rules.certificate_years
    if years is None or term.valid_to <= (usual := last_day_of(term.valid_from, years)):
        return []
    message = _LONG.fill(start=term.valid_from, end=term.valid_to, years=years, usual=usual)
    return [Doubt(f"long:{term.valid_from}:{term.valid_to}", "valid_to", message)]
