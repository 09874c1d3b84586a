"""Full-width marks between Han characters, as official documents have them."""

from __future__ import annotations

import re

_WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！"})
_HAN = "\u3400-\u9fff"
#: What may stand on either side of a mark for it to belong to Chinese text.
_BEFORE = f"[{_HAN}）》」』”’〕】％%。]"
_AFTER = f"[{_HAN}（《「『“‘〔【]"
_MARKS = re.compile(
    rf"(?<={_BEFORE})[,;:?!](?=\s*(?:{_AFTER}|$))|(?<=[0-9A-Za-z])[,;:?!](?=\s*{_AFTER})"
    rf"|(?<=[{_HAN}）》」』”’〕】])[,;:?!](?=\s*[0-9A-Za-z])"
)
_STOP = re.compile(rf"(?<=[{_HAN}）》」』”’〕】%])\.(?=\s*(?:{_AFTER}|$))")
_BRACKETS = re.compile(r"\(([^()（）]*)\)")
_QUOTED = re.compile(r'"([^"\n]*)"')
_SPACES = re.compile(rf"(?<=[{_HAN}，；：？！。、])[ \u3000]+(?=[{_HAN}“《（])")
_HAS_HAN = re.compile(f"[{_HAN}]")


def full_width(text: str) -> str:
    """The text with the marks of its Chinese parts in full width.

    Numbers, times and Latin words keep theirs: 1,640, 9:30, (GB/T 9704).
    """
    if not _HAS_HAN.search(text):
        return text
    text = _BRACKETS.sub(_bracketed, text)
    text = _QUOTED.sub(r"“\1”", text)
    text = _MARKS.sub(lambda match: match[0].translate(_WIDE), text)
    text = _STOP.sub("。", text)
    return _SPACES.sub("", text)


def _bracketed(match: re.Match[str]) -> str:
    inside = match[1]
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    chinese = _HAS_HAN.search(inside) or _HAS_HAN.match(before) or _HAS_HAN.match(after)
    return f"（{inside}）" if chinese else match[0]
