"""Enumerations whose members carry their official labels."""

from __future__ import annotations

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
