"""What a valid entry contains."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RuleDraft:
    """An office's own value of a rule, as text (`rules`), with what it rests on."""

    value: str
    basis: str
