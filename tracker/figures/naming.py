"""Things called by their key or by their Chinese label, where only one of them has it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import TypeVar

from tracker.kernel.marks import spelled
from tracker.kernel.words import Words

T = TypeVar("T")


def named(name: str, known: Mapping[str, T], label: Callable[[T], Words | None]) -> T | None:
    """By key, else by a label that only one of them has. ``name`` is as `spelled` gives it."""
    by_key = next((found for key, found in known.items() if spelled(key) == name), None)
    if by_key is not None:
        return by_key
    labelled = ((found, label(found)) for found in known.values())
    found = [each for each, words in labelled if words and spelled(words.zh) == name]
    return found[0] if len(found) == 1 else None


def nearest(name: str, known: Mapping[str, Words | None], *, likeness: float = 0.6) -> str:
    """The key whose spelling, or whose label, is most like ``name``; empty where none is."""
    spellings = {spelled(key): key for key in known}
    for key, label in known.items():
        if label is not None:
            spellings.setdefault(spelled(label.zh), key)
    found = difflib.get_close_matches(name, spellings, n=1, cutoff=likeness)
    return spellings[found[0]] if found else ""
