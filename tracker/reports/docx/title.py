"""The title's lines: broken by sense and about equally long, as the standard asks."""

from __future__ import annotations

import unicodedata

#: Characters of 22 pt that the type area of 156 mm holds.
MOST = 20
_GOOD_BREAKS = ("关于", "法治政府", "年度报告", "工作")


def width(text: str) -> float:
    """How many Han characters wide a text is."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def lines(text: str) -> list[str]:
    """The title in as many lines as it needs; broken before a word that begins a part of it."""
    if width(text) <= MOST:
        return [text]
    needed = -(-int(width(text) + 0.5) // MOST)
    return _broken(text, needed)


def _broken(text: str, needed: int) -> list[str]:
    if needed <= 1:
        return [text]
    ideal = width(text) / needed
    places = [
        p for p in range(1, len(text)) if width(text[:p]) <= MOST and text[p] not in "）》」”、，"
    ]
    rest = [p for p in places if width(text[p:]) <= MOST * (needed - 1)] or places
    if not rest:
        return [text]

    def badness(place: int) -> float:
        after_year = text[place - 1] == "年"
        before_word = text[place:].startswith(_GOOD_BREAKS)
        splits_number = text[place - 1].isdigit() and text[place].isdigit()
        return (
            abs(width(text[:place]) - ideal)
            - (4 if after_year or before_word else 0)
            + (50 if splits_number or text[place] == "年" else 0)
        )

    best = min(rest, key=badness)
    return [text[:best], *_broken(text[best:], needed - 1)]
