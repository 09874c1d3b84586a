"""What the doctor says of one thing, and what there is to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracker.kernel.terms import Term
from tracker.kernel.words import Words


class State(Term):
    """How one thing stands."""

    OK = "ok", "正常", "OK"
    WARNING = "warning", "注意", "Attention"
    FAILED = "failed", "有问题", "Failed"


@dataclass(frozen=True)
class Check:
    """One finding."""

    key: str
    label: Words
    state: State
    message: Words
    advice: Words | None = None

    def as_json(self) -> dict[str, Any]:
        """The finding in both languages."""
        advice = self.advice
        return {
            "key": self.key,
            "label": self.label.zh,
            "label_en": self.label.en,
            "state": self.state.value,
            "message": self.message.zh,
            "message_en": self.message.en,
            "advice": advice.zh if advice else None,
            "advice_en": advice.en if advice else None,
        }
