"""Names of files and folders that every system takes, Windows above all."""

from __future__ import annotations

import re

from tracker.kernel.text import clean_line, shorten

_RESERVED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
#: Windows opens devices under these names, whatever their ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
#: In bytes: Linux takes 255 of a name, of which Chinese characters need three each.
_MOST_BYTES = 240


def safe(name: str, longest: int = 60) -> str:
    """The name with what no system takes replaced, and cut to a length that paths have room for."""
    text = _RESERVED.sub("-", clean_line(name))
    text = shorten(text, longest)
    while len(text.encode()) > _MOST_BYTES:
        text = text[:-2] + "…"
    text = text.strip(" .")
    if _DEVICES.match(text):
        text = f"_{text}"
    return text or "未命名"
