"""Reads files in a process that has done nothing else, so that its memory tells of the reading.

Run with a folder: every file in it is read, and one line of JSON says how that went. With ``mark``
before it, files that can be read are marked as well.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from tracker.kernel.errors import TrackerError
from tracker.workbooks.grid import Mark
from tracker.workbooks.importing.reading import read_grid


def main(folder: Path, *, mark: bool) -> None:
    """Read the files in the order of their names."""
    for path in sorted(folder.iterdir()):
        print(json.dumps({"file": path.name, **judge(path, mark=mark)}), flush=True)  # noqa: T201


def judge(path: Path, *, mark: bool) -> dict[str, object]:
    """What became of one file, and what it cost."""
    data = path.read_bytes()
    outcome: dict[str, object] = {}
    started, used = time.monotonic(), _used()
    try:
        grid = read_grid(data, path.name)
        outcome["rows"] = sum(len(sheet.rows) for sheet in grid.sheets)
        outcome["seconds"] = time.monotonic() - started
        outcome["processor"] = _used() - used
    except TrackerError as error:
        outcome["refused"] = error.message.zh
    else:
        if mark:
            from tracker.workbooks.importing.marking import mark_workbook

            before = time.monotonic()
            mark_workbook(data, grid, [Mark(grid.sheets[0].name, 0, 0, "请改正")])
            outcome["marking_seconds"] = time.monotonic() - before
    return {
        "seconds": time.monotonic() - started,
        "processor": _used() - used,
        **outcome,
        "own_memory": _own_megabytes(),
        "child_memory": _megabytes(resource.RUSAGE_CHILDREN),
    }


def _used() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _own_megabytes() -> float:
    """The most memory of this process. Linux counts for a process what its parent had as well."""
    status = Path("/proc/self/status")
    if not status.exists():
        return _megabytes(resource.RUSAGE_SELF)
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _megabytes(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


if __name__ == "__main__":
    main(Path(sys.argv[-1]), mark="mark" in sys.argv[1:-1])
