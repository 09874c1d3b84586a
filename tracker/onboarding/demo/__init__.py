"""The example township: invented, complete, and marked as example data wherever it shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SignIn:
    """How to get into the example office."""

    name: str
    password: str


SIGN_IN = SignIn("demo", "shifan-2024")


def load() -> None:
    """Load the example township."""
    raise NotImplementedError
