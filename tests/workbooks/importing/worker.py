"""Reads one file after another as the product's child process does, so that thousands take minutes.

Run as a program it is that process: a length and a file in, a length and an answer out.
"""

from __future__ import annotations

import select
import struct
import subprocess
import sys
from typing import Any

from tests.house_rules.source import ROOT
from tracker.kernel.errors import TrackerError
from tracker.workbooks.grid import Grid
from tracker.workbooks.importing import child, guard, limits, refusals
from tracker.workbooks.importing.reading import SECONDS, grid_of

_LENGTH = struct.Struct("<I")
#: A process that lives long keeps memory that a fresh one would have.
_FILES_EACH = 300
_PROCESSOR_SECONDS = 3600


class Worker:
    """A process under the product's limits. One that dies is a refusal, and is replaced."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0
        self.deaths = self.timeouts = 0

    def read_grid(self, data: bytes) -> Grid:
        """What `reading.read_grid` would give."""
        guard.container(data, "")
        return grid_of(self._answer(data))

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._process, self._read = None, 0

    def _answer(self, data: bytes) -> bytes:
        if self._process is None or self._read >= _FILES_EACH:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.workbooks.importing.worker"],
                cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        self._read += 1
        process: Any = self._process
        try:
            process.stdin.write(_LENGTH.pack(len(data)) + data)
            process.stdin.flush()
            if not select.select([process.stdout], [], [], SECONDS)[0]:
                self.timeouts += 1
                self.close()
                raise TrackerError(refusals.TOO_SLOW)
            (length,) = _LENGTH.unpack(process.stdout.read(_LENGTH.size))
            answer: bytes = process.stdout.read(length)
        except (struct.error, BrokenPipeError):
            self.deaths += 1
            self.close()
            raise TrackerError(refusals.TOO_HEAVY) from None
        return answer


def main() -> None:
    """Be the process."""
    limits.limit_this_process(_PROCESSOR_SECONDS)
    while head := sys.stdin.buffer.read(_LENGTH.size):
        answer = child.answer(sys.stdin.buffer.read(_LENGTH.unpack(head)[0]))
        sys.stdout.buffer.write(_LENGTH.pack(len(answer)) + answer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
