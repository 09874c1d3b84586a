"""Runs the child process that opens people's workbooks, and bounds what it may cost.

See `kernel.children`. The child gets its job on one line and then the file, and answers on its
standard output: lines of JSON, or a workbook after a first line. The children of one server that
run at a time are few: each may use as much memory as `limits` says.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from typing import Any

from tracker.kernel import children
from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words

from . import refusals

_CHILD = "tracker.workbooks.importing.child"
_AT_A_TIME = 2
_PATIENCE = 30.0
_turns = threading.BoundedSemaphore(_AT_A_TIME)


def run(job: Mapping[str, Any], data: bytes, seconds: float, child: str = _CHILD) -> bytes:
    """The child's whole answer, or a refusal if it did not come to an end in this time.

    ``child`` is the module that does the job. One that hardly got to work, since the machine was
    busy, gets three times as long: it is not the file that is slow.
    """
    if not _turns.acquire(timeout=_PATIENCE):
        raise TrackerError(refusals.BUSY)
    try:
        return _run(job, data, seconds, child)
    finally:
        _turns.release()


def _run(job: Mapping[str, Any], data: bytes, seconds: float, module: str) -> bytes:
    line = json.dumps({**job, "seconds": seconds}).encode() + b"\n"
    try:
        return children.run(module, line + data, seconds)
    except children.TooSlow:
        raise TrackerError(refusals.TOO_SLOW) from None
    except children.Died:
        raise TrackerError(refusals.TOO_HEAVY) from None


def refused(line: Mapping[str, Any]) -> None:
    """Raise what the child refused with, if this line of its answer says so."""
    if "refused" in line:
        raise TrackerError(Words(*line["refused"]))


def content(answer: bytes) -> bytes:
    """The file in an answer that is one."""
    first, _, whole = answer.partition(b"\n")
    try:
        line = json.loads(first)
    except ValueError:  # it died before it had said anything
        raise TrackerError(refusals.TOO_HEAVY) from None
    refused(line)
    if line.get("file") != len(whole):
        raise TrackerError(refusals.TOO_HEAVY)
    return whole
