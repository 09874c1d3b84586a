"""Which member of a closed list a word means: by its label, a part of it, or another word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from tracker.kernel.terms import Term
from tracker.kernel.words import Words

from .entry import refusal

#: What a word may have more than a label without meaning something else.
_HARMLESS = re.compile(
    r"(?:开展|进行|举办|采取|通过|以|法治|普法|法律|宣传|专题|主题|活动|事项|工作|形式|方式|类型|类别|类|型|式|为主|等|全体|广大|辖区|全镇"
    r"|人员|群体|同志|编制|证件?)*"
)
#: No word for a choice is longer; what is cell after cell the same is worked out once.
_SHORT = 60
_PARTS = re.compile(r"[/、，,]+")


def plain_name(text: str) -> str:
    """A name without spaces, brackets and letter case, to be compared."""
    return _known_plain(text) if len(text) <= _SHORT else _plain(text)


@lru_cache(maxsize=10_000)
def _known_plain(text: str) -> str:
    return _plain(text)


def _plain(text: str) -> str:
    return re.sub(
        r"[\s()（）「」“”\"《》]+", "", unicodedata.normalize("NFKC", text).replace("其它", "其他")
    ).lower()


def read_term(text: str, members: Sequence[Term], said: Mapping[str, Term] | None = None) -> str:
    """The code of the member that a word means; ``said`` are other words for members.

    :raises NotUnderstood: when it means none, or could mean several.
    """
    plain = plain_name(text)
    names = _names_of(tuple(members))
    exact = {member for member, known in names.items() if plain in known}
    words = (said or {}).items()
    exact = exact or {m for word, m in words if m in names and plain == plain_name(word)}
    near = exact or {
        *(member for member, known in names.items() if any(_near(plain, n) for n in known)),
        *(m for word, m in words if m in names and _is_longer(plain, word)),
    }
    if len(near) == 1:
        return str(near.pop().value)
    raise refusal(
        Words(
            "「{text}」不在可选项里，请从中选择：{choices}",
            "“{text}” is none of the choices: {choices}",
        ).fill(
            text="{text}",
            choices=Words(
                "、".join(m.label.zh for m in members), ", ".join(m.label.en for m in members)
            ),
        ),
        text,
    )


def _near(plain: str, name: str) -> bool:
    """Whether a word is most of the name's beginning, half of it as its end, or more than it.

    法律 may be any of many; 咨询 says what matters of 法律咨询.
    """
    if len(plain) < 2 or len(name) < 2:
        return False
    if name.startswith(plain):
        return len(plain) * 4 >= len(name) * 3
    if name.endswith(plain):
        return len(plain) * 2 >= len(name)
    return _is_longer(plain, name)


def _is_longer(plain: str, name: str) -> bool:
    before, found, after = plain.partition(plain_name(name))
    return bool(found) and all(_HARMLESS.fullmatch(rest) for rest in (before, after))


@cache
def _names_of(members: tuple[Term, ...]) -> dict[Term, set[str]]:
    """Each member's labels and code, and the parts that 集中宣传／设咨询台 is made of."""
    found = {}
    for member in members:
        label = plain_name(member.label.zh)
        parts = {part for part in _PARTS.split(label) if len(part) > 1}
        found[member] = {label, plain_name(member.label.en), str(member.value), *parts}
    return found
