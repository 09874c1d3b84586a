"""Which column of a register a head of an office's own ledger means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.kernel.register import Column, Register

#: Heads that say nothing about the record: running numbers.
_RUNNING = frozenset({"序号", "序", "no", "no.", "№", "#", "行号"})
_BRACKETED = re.compile(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]")
_UNIT = re.compile(r"/ *(?:人次|人|份|条|块|次|场次|场|个|元|户|张|册|本|件|小时|学时)$")
_MARKS = re.compile(r"[\s()（）\[\]【】〔〕*＊:：、，,。.／/\\_\-—·]+")
#: What stands below a head without being one: its unit, or how to fill it in.
_HINT = re.compile(r"年月日|年月|是否|必填|选填|人|份|条|块|元|个|件|张|册|本")
#: Numbers of something that only the head above says.
_COUNTS = frozenset({"人数", "人次", "数量", "份数", "次数", "场次", "场数", "件数", "数", "个数"})
#: The whole of what a head above is divided into.
_WHOLES = frozenset({"小计", "合计", "总计", "总数", "共计", "计", *_COUNTS})
#: Heads above others that only say that what follows belongs together.
_GATHERING = re.compile(
    r"(?:基本|情况|信息|活动|内容|概况|成效|成果|统计|普法|宣传|参加|参与|现场|法治|工作|人员|群众)+"
)

RUNNING = "#"
IGNORED = ""
#: How sure a head is: taught by the office, the register's own, another word for it, or the sum
#: of what the head above is divided into.
TAUGHT, OWN, OTHER, WHOLE, UNKNOWN = 4, 3, 2, 1, 0


def normal(text: str) -> str:
    """A head without spaces, marks and letter case: 参加人次（人） and 参加人次 (人) are one."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).lower()


def bare(text: str) -> str:
    """A head without what stands in brackets or after a stroke, which is its unit."""
    return normal(_UNIT.sub("", _BRACKETED.sub("", unicodedata.normalize("NFKC", text))))


def is_hint(text: str) -> bool:
    """Whether a text is the unit of the head above it, or says how to fill it in."""
    return not bare(text) or _HINT.fullmatch(normal(text)) is not None


@dataclass(frozen=True)
class Heads:
    """The heads that a register's columns are known by, and what an office taught it."""

    known: Mapping[str, str]
    taught: Mapping[str, str]
    own: frozenset[str] = frozenset()

    @classmethod
    def of(cls, register: Register, taught: Mapping[str, str] | None = None) -> Heads:
        """``taught`` maps normal heads to column keys; `IGNORED` is a column to leave out."""
        exact: dict[str, str] = {}
        loose: dict[str, set[str]] = {}
        for column in register.columns:
            for name in _names(column):
                exact.setdefault(normal(name), column.key)
                loose.setdefault(bare(name), set()).add(column.key)
        for name, keys in loose.items():
            if len(keys) == 1 and name:
                exact.setdefault(name, next(iter(keys)))
        labels = [label for c in register.columns for label in (c.label.zh, c.label.en)]
        own = frozenset(name for label in labels for name in (normal(label), bare(label)))
        return cls(exact, dict(taught or {}), own)

    def find(self, text: str) -> str | None:
        """The column's key, `RUNNING`, `IGNORED`, or None for a head nobody knows."""
        return self.look_up(text)[0]

    def look_up(self, text: str) -> tuple[str | None, int]:
        """What a head means, and how sure that is."""
        head = normal(text)
        if not head:
            return None, UNKNOWN
        if head in self.taught:
            return self.taught[head], TAUGHT
        if unicodedata.normalize("NFKC", text).strip().lower() in _RUNNING or head in _RUNNING:
            return RUNNING, OWN
        for name in (head, bare(text)):
            if key := self.known.get(name):
                return key, OWN if name in self.own else OTHER
        return None, UNKNOWN

    def read(self, parts: Sequence[str]) -> tuple[str | None, int]:
        """What heads that stand one above the other mean together.

        A count whose head above speaks of something else (线上 over 人数) is not guessed.
        """
        if (whole := normal("".join(parts))) in self.taught:
            return self.taught[whole], TAUGHT
        told = [part for part in parts if not is_hint(part)] or list(parts[:1])
        above, leaf = told[:-1], normal(told[-1])
        tries = ["".join(parts)] if len(told) < len(parts) else []
        tries += ["".join(told), "".join(told[-2:])]
        if leaf not in _COUNTS or all(_GATHERING.fullmatch(normal(part)) for part in above):
            tries.append(told[-1])
        for text in tries:
            key, sure = self.look_up(text)
            if key is not None:
                return key, sure
        if above and leaf in _WHOLES and (key := self.look_up(above[-1])[0]) is not None:
            return key, WHOLE
        return None, UNKNOWN


def _names(column: Column) -> tuple[str, ...]:
    return (column.label.zh, column.label.en, *column.also)
