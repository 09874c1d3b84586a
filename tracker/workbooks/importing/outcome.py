"""What an import would do or did, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.kernel.terms import Term
from tracker.kernel.words import Words

from .layout import NotData


class Fate(Term):
    """What becomes of a row."""

    NEW = "new", "新增", "New"
    UPDATED = "updated", "更新", "Updated"
    UNCHANGED = "unchanged", "无变化", "Unchanged"
    SKIPPED = "skipped", "跳过", "Skipped"
    WRONG = "wrong", "有误", "Wrong"


class OnExisting(Term):
    """What to do with a row whose record is already there."""

    UPDATE = "update", "更新", "Update"
    SKIP = "skip", "跳过", "Skip"


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a row. ``place`` is the cell's column from 0; None is the whole row."""

    column: str
    place: int | None
    value: str
    message: Words


@dataclass(frozen=True)
class Written:
    """A record that an import made or changed, with what is needed to take it back.

    ``before`` holds the changed fields as the form had them; empty for a new record. ``final``
    says that they do not tell all of the change, so that it cannot be taken back.
    """

    record_id: int
    version: int
    created: bool
    before: dict[str, list[str]] = field(default_factory=dict)
    final: bool = False


@dataclass
class RowOutcome:
    """One row of the table, from 0, and what becomes of it."""

    sheet: str
    row: int
    fate: Fate
    title: str = ""
    number: str = ""
    faults: list[Fault] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)
    changed: list[Words] = field(default_factory=list)
    written: Written | None = None


@dataclass
class Outcome:
    """A whole import. ``rows`` and ``not_data`` together are every row of every sheet."""

    register: str
    rows: list[RowOutcome] = field(default_factory=list)
    not_data: list[NotData] = field(default_factory=list)
    #: Heads of filled columns that are not taken in.
    left_out: list[str] = field(default_factory=list)
    #: Names that no record has, by what they would be: 村（社区） → 新村.
    unknown: dict[Words, list[str]] = field(default_factory=dict)
    created: dict[Words, list[str]] = field(default_factory=dict)

    def count(self, *fates: Fate) -> int:
        """Rows of these fates."""
        counts = self.counts
        return sum(counts[fate] for fate in fates)

    @property
    def counts(self) -> Counter[Fate]:
        return Counter(row.fate for row in self.rows)

    @property
    def rows_read(self) -> int:
        """Every row of every sheet: records, and rows that are none."""
        return len(self.rows) + len(self.not_data)

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong, so that it may be written."""
        return not self.counts[Fate.WRONG]

    def of(self, fates: Iterable[Fate]) -> list[RowOutcome]:
        """The rows of these fates, in the ledger's order."""
        wanted = set(fates)
        return [row for row in self.rows if row.fate in wanted]
