"""Taking in the rows of a ledger: all in one transaction, or none.

A trial run does the same and takes everything back, so that what it says is what would happen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from tracker.kernel import records
from tracker.kernel.db import REFUSALS
from tracker.kernel.errors import RuleBroken, TrackerError
from tracker.kernel.intake import Intake, Reference
from tracker.kernel.memory import rare_collections
from tracker.kernel.scope import Scope
from tracker.workbooks.examples import IS_EXAMPLE, is_example

from .comparing import as_sent, printed, same
from .completing import is_told
from .entering import Entered, Entrance
from .existing import Existing, plain_number
from .layout import Line, Table
from .outcome import Fate, Fault, OnExisting, Outcome, RowOutcome, Written
from .phrases import CLASH, EARLIER_WRONG, TWICE
from .sheets import Found

#: New records written with one flush.
_TOGETHER = 200


@dataclass(frozen=True)
class _New:
    table: Table
    line: Line
    row: RowOutcome
    draft: Any


@dataclass(frozen=True)
class Options:
    """What the person chose. ``year`` is for days written without one, where the sheet has none."""

    create_missing: bool = False
    on_existing: OnExisting = OnExisting.UPDATE
    year: int | None = None


class Import:
    """One import at work, inside the caller's write transaction.

    The caller commits only an outcome that `Outcome.is_clean`.
    """

    def __init__(
        self, session: Session, scope: Scope, found: Found, options: Options, today: date
    ) -> None:
        self._session, self._scope, self._today = session, scope, today
        self._intake: Intake = found.intake
        self._found, self._options = found, options
        self._entrance = Entrance(found.intake, session, scope)
        self._columns = {column.key: column for column in found.intake.register.columns}
        self.outcome = Outcome(found.intake.register.key, not_data=list(found.not_data))
        self._seen: dict[Hashable, RowOutcome] = {}
        #: The rows by the existing record that they are about: two of one record are a mistake.
        self._claimed: dict[int, RowOutcome] = {}
        self._waiting: list[_New] = []
        #: Which row made or changed a record first.
        self._first: dict[int, RowOutcome] = {}

    def run(self, progress: Callable[[int, int], None] | None = None) -> Outcome:
        """Take in every row. ``progress`` is told how many of how many are done."""
        with rare_collections():
            return self._run(progress)

    def _run(self, progress: Callable[[int, int], None] | None) -> Outcome:
        self._existing = Existing(self._intake, self._session, self._scope)
        total = sum(len(table.lines) for table in self._found.tables)
        for table in self._found.tables:
            self.outcome.not_data += table.not_data
            self.outcome.left_out += [text for _, text in sorted(table.unknown.items())]
            for line in table.lines:
                self.outcome.rows.append(self._take(table, line))
                done = len(self.outcome.rows)
                if progress is not None and (done % 200 == 0 or done == total):
                    progress(done, total)
        self._write_waiting()
        self._name_columns()
        return self.outcome

    def _name_columns(self) -> None:
        """Faults name the columns by the ledger's own heads."""
        heads = {table.sheet: table.heads for table in self._found.tables}
        for row in self.outcome.rows:
            row.faults = [
                replace(fault, column=heads[row.sheet].get(fault.place, fault.column))
                if fault.place is not None
                else fault
                for fault in row.faults
            ]

    def _take(self, table: Table, line: Line) -> RowOutcome:
        row = RowOutcome(table.sheet, line.row, Fate.WRONG, title=self._title(line))
        if is_example((line.running, *line.texts.values())):
            row.faults.append(Fault("", None, "", IS_EXAMPLE))
            return row
        number = plain_number(line.texts.get("number", ""))
        if (record := self._existing.numbered(number)) is not None:
            self._change(table, line, row, record, frozenset(line.cells))
            return row
        if (refusal := self._existing.refusal(number)) is not None:
            row.faults.append(Fault("编号", table.places.get("number"), number, refusal))
            return row
        entered = self._enter(table, line)
        row.notes = [note for note in (self._existing.note(number), *entered.notes) if note]
        if entered.draft is None:
            row.faults += entered.faults
            return row
        key = self._intake.key(entered.draft)
        goes_on = self._intake.goes_on is not None and self._intake.goes_on(entered.draft)
        if (record := self._existing.keyed(key)) is not None:
            # What such a row leaves open stays as it is; by its number it would be emptied.
            told = frozenset(k for k in line.texts if is_told(self._columns[k], line.texts))
            self._change(table, line, row, record, told, goes_on=goes_on)
        elif key is not None and goes_on and key in self._seen:
            self._go_on(table, line, row, self._seen[key])
        elif key is not None and key in self._seen:
            _refuse_twice(row, self._seen[key])
        else:
            self._create(table, line, row, entered)
        if key is not None:
            self._seen.setdefault(key, row)
        return row

    def _go_on(self, table: Table, line: Line, row: RowOutcome, earlier: RowOutcome) -> None:
        """Change what an earlier row of this ledger made."""
        self._write_waiting()
        if earlier.written is None:
            message = EARLIER_WRONG.fill(sheet=earlier.sheet, row=earlier.row + 1)
            row.faults.append(Fault("", None, "", message))
            return
        record = self._session.get_one(self._intake.register.model, earlier.written.record_id)
        told = frozenset(k for k in line.texts if is_told(self._columns[k], line.texts))
        self._change(table, line, row, record, told, goes_on=True)

    def _title(self, line: Line) -> str:
        first = next((c.key for c in self._intake.register.columns if c.required), "")
        return line.texts.get(first, "")[:60]

    def _enter(
        self,
        table: Table,
        line: Line,
        record: Any = None,
        changed: frozenset[str] | None = None,
    ) -> Entered:
        year = table.year or self._options.year
        entered = self._entrance.enter(line, table.places, year, record, changed)
        if entered.unknown:
            if not self._options.create_missing:
                for reference, name in entered.unknown:
                    names = self.outcome.unknown.setdefault(reference.label, [])
                    if name not in names:
                        names.append(name)
            elif self._make(entered.unknown):
                return self._entrance.enter(line, table.places, year, record, changed)
        return entered

    def _make(self, unknown: list[tuple[Reference, str]]) -> bool:
        """Enter what the cells name and nobody knows; whether all of it could be entered."""
        for reference, name in unknown:
            if reference.create is None:
                return False
            try:
                with self._session.begin_nested():
                    key = reference.create(self._session, self._scope.home_office_id, name)
            except (TrackerError, *REFUSALS):
                return False
            self._entrance.learn(reference, key, name)
            self.outcome.created.setdefault(reference.label, []).append(name)
        return True

    def _change(
        self,
        table: Table,
        line: Line,
        row: RowOutcome,
        record: Any,
        taken: frozenset[str],
        *,
        goes_on: bool = False,
    ) -> None:
        row.number, row.notes = str(record.number), []
        earlier = self._claimed.setdefault(record.id, row)
        if earlier is not row and not goes_on:
            _refuse_twice(row, earlier)
            return
        changed = [
            column
            for key in table.places
            if key in taken
            and self._intake.field_of(column := self._columns[key])
            and not same(line.cells.get(key), column.read(record))
        ]
        if self._options.on_existing is OnExisting.SKIP:
            row.fate = Fate.SKIPPED if changed else Fate.UNCHANGED
            return
        if not changed:
            row.fate = Fate.UNCHANGED
            return
        keys = frozenset(column.key for column in changed)
        entered = self._enter(table, line, record, keys)
        row.notes = list(entered.notes)
        row.faults += entered.faults
        if entered.draft is None:
            return
        before = {name: as_sent(value) for name, value in self._intake.values_of(record).items()}
        differing = self._differing(entered, before, record)
        if not differing:
            row.fate = Fate.UNCHANGED  # written otherwise, and the same: 2024.3.8 and 2024-03-08
            return
        self._write_waiting()
        write = self._intake.update
        done = self._attempt(
            row,
            table,
            line,
            lambda: write(
                self._session,
                self._scope,
                record.id,
                entered.draft,
                record.version,
                self._today,
            ),
        )
        if done is None:
            return
        row.fate = Fate.UPDATED
        row.changed = [
            column.label
            for column in self._columns.values()
            if self._intake.field_of(column) in differing
        ]
        old = {name: before[name] for name in entered.sent}
        row.written = self._rewritten(row, Written(record.id, record.version, False, old, goes_on))

    def _rewritten(self, row: RowOutcome, written: Written) -> Written | None:
        """What a change leaves to be taken back, where a row before it wrote the record too: of a
        record that this import made, voiding it is enough."""
        first = self._first.setdefault(written.record_id, row)
        if first is row or first.written is None:
            return written
        first.written = replace(first.written, version=written.version)
        return None if first.written.created else written

    def _differing(
        self, entered: Entered, before: Mapping[str, list[str]], record: Any
    ) -> set[str]:
        """The fields that get another value than the record has, as its form or its row says it."""
        shown = {
            self._intake.field_of(column): printed(column.read(record))
            for column in self._columns.values()
        }
        return {
            name
            for name, value in entered.values.items()
            if sorted(as_sent(value)) != sorted(before.get(name, []))
            and as_sent(value) != [shown.get(name)]
        }

    def _create(self, table: Table, line: Line, row: RowOutcome, entered: Entered) -> None:
        if (likeness := self._existing.likeness(entered.draft)) is not None:
            row.notes.append(likeness)
        # Written with others: a row of its own savepoint and statements costs three times as much.
        row.fate = Fate.NEW
        self._waiting.append(_New(table, line, row, entered.draft))
        if len(self._waiting) >= _TOGETHER:
            self._write_waiting()

    def _write_waiting(self) -> None:
        """Write the new records that wait; where one is refused, each by itself to find which."""
        waiting, self._waiting = self._waiting, []
        try:
            with self._session.begin_nested(), records.many(self._session):
                made = [self._make_record(new.draft) for new in waiting]
        except (TrackerError, *REFUSALS):
            for new in waiting:
                new.row.fate = Fate.WRONG
                record = self._attempt(
                    new.row, new.table, new.line, partial(self._make_record, new.draft)
                )
                self._note_made(new.row, record)
        else:
            for new, record in zip(waiting, made, strict=True):
                self._note_made(new.row, record)

    def _make_record(self, draft: Any) -> Any:
        office_id = self._scope.home_office_id
        return self._intake.create(self._session, office_id, draft, self._today)

    def _note_made(self, row: RowOutcome, record: Any) -> None:
        if record is not None:
            row.fate, row.number = Fate.NEW, str(record.number)
            row.written = Written(record.id, record.version, created=True)
            self._first[record.id] = row

    def _attempt(self, row: RowOutcome, table: Table, line: Line, write: Callable[[], Any]) -> Any:
        """Write one row; a refusal leaves nothing of it and stands beside its cell."""
        try:
            with self._session.begin_nested():
                return write()
        except RuleBroken as error:
            row.faults.append(self._entrance.fault(error, table.places, line))
        except TrackerError as error:
            row.faults.append(Fault("", None, "", error.message))
        except REFUSALS:
            row.faults.append(Fault("", None, "", CLASH))
        return None


def _refuse_twice(row: RowOutcome, earlier: RowOutcome) -> None:
    message = TWICE.fill(sheet=earlier.sheet, row=earlier.row + 1)
    row.faults.append(Fault("", None, "", message))
