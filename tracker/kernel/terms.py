"""Enumerations whose members carry their official labels."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Self

from .words import Words


class Term(Enum):
    """A closed list of codes, each with its Chinese and English label.

    Members are written ``HELD = "held", "已举办", "Held"``; ``value`` is the code that is stored.
    """

    label: Words

    def __new__(cls, code: str, zh: str = "", en: str = "") -> Self:
        # The defaults let `Role("clerk")` look a member up; a member without labels is refused.
        member = object.__new__(cls)
        member._value_ = code
        member.label = Words(zh, en)
        return member

    @classmethod
    def codes(cls) -> list[str]:
        """The stored codes in the order of declaration."""
        return [str(member.value) for member in cls]


def called(words: Mapping[Term, str]) -> dict[str, Term]:
    """What people call members besides their labels, word by word: {"群众": VILLAGERS}.

    ``words`` has them by member, with spaces between.
    """
    return {word: member for member, text in words.items() for word in text.split()}
