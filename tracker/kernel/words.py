"""Official terms in both languages, kept beside the code that means them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True)
class Words:
    """One phrase in Chinese and English. Neither may be empty."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh.strip() or not self.en.strip():
            raise ValueError(f"a phrase needs both languages: {self!r}")

    def say(self, language: str) -> str:
        """The phrase in one language; anything but ``en`` is Chinese."""
        return self.en if language == "en" else self.zh

    def fill(self, **values: object) -> Words:
        """The same phrase with ``{names}`` filled in; a ``Words`` value is said in its language."""
        return Words(
            self.zh.format(**{k: _said(v, "zh") for k, v in values.items()}),
            self.en.format(**{k: _said(v, "en") for k, v in values.items()}),
        )

    @classmethod
    def same(cls, text: str) -> Words:
        """A name that is the same in both languages, such as one an office typed."""
        return cls(text, text)


def _said(value: object, language: str) -> object:
    return value.say(language) if isinstance(value, Words) else value


class Labelled(Protocol):
    """Anything that carries a label in both languages, such as a member of a term."""

    @property
    def label(self) -> Words: ...
