"""Pinyin of names, for search by 汉字, full pinyin or initials."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def search_key(name: str) -> str:
    """``架桥村`` → ``jiaqiaocun jqc``: what a search for pinyin or initials looks into.

    The dictionary is loaded on first use, because it costs half a second.
    """
    from pypinyin import Style, lazy_pinyin

    whole = "".join(lazy_pinyin(name, errors="ignore"))
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore"))
    return f"{whole} {initials}".strip().lower()[:200]
