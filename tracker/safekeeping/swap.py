"""Replacing an instance's files with others so that, whatever happens, the old or the new stand.

A journal is written before anything moves. Should the machine stop between two moves, the next
start finds the journal and puts the old files back. Moves are renames within one folder.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from tracker.kernel.disk import sync_folder

from .files import AUDIT_KEY, DATABASE, EVIDENCE, SECRET_KEY, SETTINGS
from .locks import hold_server_lock

JOURNAL = "restore.journal"


@dataclass(frozen=True)
class Plan:
    """One replacement: the folders beside the data, and the names that move."""

    database: str
    staging: str
    aside: str
    old: list[str]

    @property
    def places(self) -> dict[str, str]:
        """Where each part of a backup belongs in the data folder."""
        parts = (SETTINGS, AUDIT_KEY, SECRET_KEY, EVIDENCE)
        return {DATABASE: self.database, **{name: name for name in parts}}


def managed(database: str) -> list[str]:
    """The names in the data folder that a restore replaces."""
    sides = [database + tail for tail in ("", "-wal", "-shm", "-journal")]
    return [*sides, SETTINGS, AUDIT_KEY, SECRET_KEY, EVIDENCE]


class Move:
    """One replacement at work. The caller holds the server's lock."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self._folder, self._plan = folder, plan

    def begin(self) -> None:
        """Move the old files aside and the staged ones in; on any failure the old stand again."""
        folder, plan = self._folder, self._plan
        _write_journal(folder / JOURNAL, plan)
        try:
            aside = folder / plan.aside
            aside.mkdir(mode=0o700)
            for name in plan.old:
                os.rename(folder / name, aside / name)
            for part, name in plan.places.items():
                if (folder / plan.staging / part).exists():
                    os.rename(folder / plan.staging / part, folder / name)
            sync_folder(aside)
            sync_folder(folder)
        except BaseException:
            self.undo()
            raise

    def undo(self) -> None:
        """Put the old files back."""
        _put_back(self._folder, self._plan)

    def finish(self) -> None:
        """The new files stand; the old ones stay in the folder aside."""
        (self._folder / JOURNAL).unlink()
        sync_folder(self._folder)


def recover(folder: Path) -> bool:
    """Put the old files back after a restore that was cut off; whether there was one.

    Called before anything in the folder is read or made.

    :raises InstanceInUse: while a restore is still at work there.
    """
    journal = folder / JOURNAL
    if not journal.exists():
        return False
    with hold_server_lock(folder):
        try:
            plan = Plan(**json.loads(journal.read_text("utf-8")))
        except FileNotFoundError:
            return False  # the restore that was at work has just finished
        _put_back(folder, plan)
    return True


def _put_back(folder: Path, plan: Plan) -> None:
    """Undo a replacement from wherever it stopped. Safe to be cut off and run again."""
    aside, staging = folder / plan.aside, folder / plan.staging
    rejected = staging / "rejected"
    for name in managed(plan.database):
        moved_away = (aside / name).exists()
        untouched = name in plan.old and not moved_away
        if (folder / name).exists() and not untouched:
            rejected.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.rename(folder / name, rejected / name)
        if moved_away:
            os.rename(aside / name, folder / name)
    sync_folder(folder)
    (folder / JOURNAL).unlink(missing_ok=True)
    if aside.is_dir():
        aside.rmdir()
    shutil.rmtree(staging, ignore_errors=True)
    sync_folder(folder)


def _write_journal(journal: Path, plan: Plan) -> None:
    part = journal.with_name(journal.name + ".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(asdict(plan), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, journal)
    sync_folder(journal.parent)
