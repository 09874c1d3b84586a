"""Runs the child process that opens people's files, and bounds what it may cost.

A file can make any reader of it abort or eat memory; a child that dies takes nobody along. It gets
its job on one line and then the file, and answers on its standard output. The children of one
server that run at a time are few: each may use as much memory as `limits` says.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words

from . import refusals

_CHILD = "tracker.workbooks.importing.child"
_AT_A_TIME = 2
_PATIENCE = 30.0
_turns = threading.BoundedSemaphore(_AT_A_TIME)
_log = logging.getLogger(__name__)


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
    with subprocess.Popen(  # noqa: S603  # this very interpreter, and no shell
        # -S: what a machine starts with every interpreter is not for this one; the search path
        # comes from this process. -P: and the current folder is not on it.
        [sys.executable, "-S", "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_surroundings(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            answer = _answer(child, line + data, seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            _log.warning("a file took longer than %.1f s to read", seconds)
            raise TrackerError(refusals.TOO_SLOW) from None
        except BaseException:
            child.kill()
            raise
    if child.returncode == -getattr(signal, "SIGXCPU", 0) != 0:
        raise TrackerError(refusals.TOO_SLOW)
    if child.returncode:
        _log.warning("reading a file ended with %d", child.returncode)
        raise TrackerError(refusals.TOO_HEAVY)
    return answer


def _answer(child: subprocess.Popen[bytes], sent: bytes, seconds: float) -> bytes:
    try:
        return child.communicate(sent, timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        if _worked(child.pid, otherwise=seconds) > seconds / 4:
            raise
    return child.communicate(timeout=2 * seconds)[0]


def _worked(process: int, *, otherwise: float) -> float:
    """The seconds of processor time that a process has used, where the system tells (Linux)."""
    try:
        told = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return otherwise


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


def _surroundings() -> dict[str, str]:
    """The environment without Python's own settings, which may make a child start slowly."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    kept["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    return kept
