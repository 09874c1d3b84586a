"""Numbers of cells: whole ones as `kernel.counts` reads them, and hours."""

from __future__ import annotations

import re

from tracker.kernel.counts import TwoNumbers, parse_count, require_one_number
from tracker.kernel.words import Words

from .entry import Entry, refusal

_NOT_WHOLE = Words(
    "「{text}」不是一个整数，请只填数字，例如 120",
    "“{text}” is not one whole number; enter digits alone, such as 120",
)
_NOT_ONE = Words(
    "「{text}」不是一个数字，请只填一个数，例如 1.5",
    "“{text}” is not one number; enter one alone, such as 1.5",
)
_TAKEN_AS = Words("「{text}」按 {number} 录入", "“{text}” is taken as {number}")
_HOURS = re.compile(r"(?:个?学时|个?课时|个?小时|h|H)$")
#: Of hours these would be minutes.
_SCORE = re.compile(r"(?:分|元)$")


def read_whole(text: str) -> Entry:
    """The whole number that a cell says, and whether it was counted.

    :raises NotUnderstood: when it says none, or several.
    """
    try:
        count = parse_count(text)
    except ValueError:
        raise refusal(_NOT_WHOLE, text) from None
    notes = [_TAKEN_AS.fill(text=text, number=count.number)] if count.rough else []
    return Entry([str(count.number)], rough=count.rough, notes=notes)


def is_count(text: str) -> bool:
    """Whether a cell says a whole number and nothing else."""
    try:
        parse_count(text)
    except ValueError:
        return False
    return True


def read_decimal(text: str, *, is_hours: bool) -> Entry:
    """The number that a cell says, without its unit; the form refuses what is none."""
    try:
        plain = require_one_number(text)
    except TwoNumbers:
        raise refusal(_NOT_ONE, text) from None
    unit = _HOURS if is_hours else _SCORE
    return Entry([unit.sub("", plain)])
