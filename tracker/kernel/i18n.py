"""The language of the present request. Chinese first; the address carries no language."""

from __future__ import annotations

from flask import g, has_request_context, request
from flask_babel import get_locale

from .words import Words

COOKIE = "tracker_language"


def select_locale() -> str:
    """Flask-Babel's question: the person's language, else the browser's cookie, else Chinese."""
    if not has_request_context():
        return "zh_Hans_CN"
    chosen = request.cookies.get(COOKIE)
    if chosen not in ("zh", "en"):
        viewer = g.get("viewer")
        chosen = viewer.language if viewer is not None else "zh"
    return "en" if chosen == "en" else "zh_Hans_CN"


def language() -> str:
    """``zh`` or ``en``."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


def say(words: Words) -> str:
    """A phrase in the language of the request."""
    return words.say(language())
