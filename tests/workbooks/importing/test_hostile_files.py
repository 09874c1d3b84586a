"""Every hostile file is refused with what to do about it, or read, for little time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house_rules.source import ROOT
from tests.workbooks.importing.hostile_files import CASES, Case

#: Of the clock; of one that got little of a busy machine's processors, three times as many.
SECONDS, MEGABYTES = 5.0, 300.0


def _judged(folder: Path) -> Iterator[dict[str, Any]]:
    """What became of the files, in the order of the cases. They are read one after another, by a
    process that does nothing else."""
    for number, case in enumerate(CASES):
        (folder / f"{number:03}.xlsx").write_bytes(case.make())
    told = subprocess.run(
        [sys.executable, "-m", "tests.workbooks.importing.judge", "mark", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    for line in told.stdout.splitlines():
        yield json.loads(line)


def _faults(case: Case, outcome: dict[str, Any]) -> Iterator[str]:
    if case.says is None and "rows" not in outcome:
        yield f"{case.name}: harmless, but refused: {outcome['refused']}"
    if case.says is not None:
        refused = outcome.get("refused", "read")
        if not any(part in refused for part in case.says):
            yield f"{case.name}: {refused}"
    for what in ("seconds", "marking_seconds"):
        is_busy = outcome["processor"] < outcome["seconds"] / 2
        most = 3 * SECONDS if is_busy else SECONDS
        if outcome.get(what, 0.0) > most:
            yield f"{case.name}: {what} {outcome[what]:.1f}"
    for what in ("own_memory", "child_memory"):
        if outcome[what] > MEGABYTES:
            yield f"{case.name}: {what} {outcome[what]:.0f} MB"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory is not told there")
def test_every_file_is_read_or_refused_in_words(tmp_path: Path, record_property: Any):
    """And what can be read can be marked. One test, as making the files takes longest."""
    outcomes = list(_judged(tmp_path))
    slowest = max(outcomes, key=lambda outcome: outcome["seconds"])
    record_property(
        "reliability",
        f"{len(outcomes)} hostile files: {sum('refused' in each for each in outcomes)} refused; "
        f"slowest {slowest['seconds']:.1f} s, server {outcomes[-1]['own_memory']:.0f} MB, "
        f"child {outcomes[-1]['child_memory']:.0f} MB",
    )
    faults = [
        fault
        for case, outcome in zip(CASES, outcomes, strict=True)
        for fault in _faults(case, outcome)
    ]
    assert not faults, "\n".join(faults)
