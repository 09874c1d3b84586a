"""What a process may cost that opens somebody's workbook; see `kernel.limits`."""

from __future__ import annotations

from tracker.kernel import limits

#: Address space on POSIX and memory on Windows, the interpreter included.
MEMORY = 300 * 1024 * 1024


def limit_this_process(seconds: int) -> None:
    """No more memory than ``MEMORY``, no more processor time than this, no memory dump."""
    limits.limit_this_process(seconds, MEMORY)
