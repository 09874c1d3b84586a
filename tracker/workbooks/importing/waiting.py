"""A ledger that waits to be confirmed, opened again for each page about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy.orm import Session

from tracker.kernel.errors import RecordMissing, TrackerError
from tracker.kernel.intake import Intake
from tracker.kernel.scope import Scope
from tracker.workbooks.grid import Grid

from . import batches
from .importer import Options
from .models import BatchState
from .reading import read_grid
from .sheets import Found, find_tables


class UnreadableError(TrackerError):
    """The kept file cannot be opened at this moment."""


@dataclass(frozen=True)
class Waiting:
    """The ledger with what was chosen for it. It holds no record of the session."""

    batch_id: int
    name: str
    intake: Intake
    options: Options
    head_row: int | None
    data: bytes
    grid: Grid
    taught: Mapping[str, str]
    #: All ways in: a sheet that fits another one better is not of this register.
    others: Sequence[Intake]

    @cached_property
    def found(self) -> Found:
        """Its tables.

        :raises HeadNotFound: when a column must be mapped by hand first.
        """
        return find_tables(self.grid, self.intake, self.taught, self.head_row, self.others)

    @property
    def rows(self) -> int:
        """How many rows its tables have."""
        return sum(len(table.lines) for table in self.found.tables)

    def creating(self) -> Options:
        """The same choices, with unknown names to be created."""
        return replace(self.options, create_missing=True)


def intake_of(intakes: Sequence[Intake], key: str) -> Intake | None:
    """The way in of a register, where it has one."""
    return next((each for each in intakes if each.register.key == key), None)


def open_waiting(
    session: Session, scope: Scope, batch_id: int, intakes: Sequence[Intake]
) -> Waiting | None:
    """The ledger, or None where it was confirmed already.

    :raises RecordMissing: when there is none in the writer's own office.
    :raises UnreadableError: when its file cannot be opened now.
    """
    batch = batches.find_batch(session, scope.for_writing, batch_id, file=True)
    if batch.state is not BatchState.WAITING or batch.file is None:
        return None
    intake = intake_of(intakes, batch.register)
    if intake is None:
        raise RecordMissing
    try:
        grid = read_grid(batch.file, batch.name)
    except TrackerError as error:
        raise UnreadableError(error.message) from error
    return Waiting(
        batch.id,
        batch.name,
        intake,
        batches.options_of(batch),
        batch.head_row,
        batch.file,
        grid,
        batches.taught_heads(session, batch.office_id).get(batch.register, {}),
        intakes,
    )
