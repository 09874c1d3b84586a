"""What a cell was understood as, and the refusals of those that say nothing a field can hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.kernel.errors import TrackerError
from tracker.kernel.text import shorten
from tracker.kernel.words import Words
from tracker.workbooks.grid import NOT_WORKED_OUT

_DITTO = frozenset({"同上", "同前", "同左", "〃", "″", "”", "“", '"', "''", "′′"})
_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|#{2,}")
#: A number of more than 15 digits that a spreadsheet took for a quantity: the rest is lost.
_DAMAGED = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{2,}")


class NotUnderstood(TrackerError):
    """A cell that says nothing this field can hold."""


@dataclass
class Entry:
    """The strings for one field. ``rough`` counts were written 约, 余 or 左右; ``until`` is the
    last day where the cell names two; ``notes`` tell how a loose wording was read."""

    values: list[str]
    rough: bool = False
    until: str = ""
    notes: list[Words] = field(default_factory=list)


def refusal(words: Words, text: str) -> NotUnderstood:
    """What to write instead of this text."""
    return NotUnderstood(words.fill(text=shorten(text, 40)))


def require_meaning(text: str) -> None:
    """Refuse what stands for something else than itself.

    :raises NotUnderstood: for ditto marks, errors of formulas, and numbers that lost their digits.
    """
    first = text[:1]
    if first in "同〃″”“\"'′" and text in _DITTO:
        raise refusal(
            Words(
                "「{text}」请写出具体内容，每行写全",
                "Write out what “{text}” stands for in each row",
            ),
            text,
        )
    if first == "#" and text.startswith(NOT_WORKED_OUT):
        raise refusal(
            Words(
                "「{text}」是公式，文件里没有它的结果。请用 Excel 或 WPS 打开、保存，再导入",
                "“{text}” is a formula without a result in the file; open it in a spreadsheet, "
                "save it, and import it again",
            ),
            text.removeprefix(NOT_WORKED_OUT),
        )
    if first == "#" and _ERROR.fullmatch(text):
        raise refusal(
            Words(
                "「{text}」是公式出错的结果，请改成正确的内容",
                "“{text}” is the error of a formula; write what it should be",
            ),
            text,
        )
    if first.isdigit() and len(text) > 4 and _DAMAGED.fullmatch(text):
        raise refusal(
            Words(
                "「{text}」是长号码被当成数字存坏了，请把该列设为文本后重填",
                "“{text}” is a long number that lost its digits; set the column to text and "
                "enter it again",
            ),
            text,
        )
