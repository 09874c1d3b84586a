"""Runs a process of our own for what may go wrong badly, such as opening somebody's file.

A file can make any reader of it abort or eat memory; a child that dies takes nobody along. It gets
its job on standard input and answers on its standard output.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

_log = logging.getLogger(__name__)


class TooSlow(Exception):
    """The child was not done in its time."""


class Died(Exception):
    """The child ended badly: out of memory, or killed by what it read."""


def run(module: str, sent: bytes, seconds: float) -> bytes:
    """The whole answer of a module run by this interpreter.

    One that hardly got to work, since the machine was busy, gets three times as long: it is not
    the file that is slow.

    :raises TooSlow: when it did not come to an end in this time.
    :raises Died: when it ended badly.
    """
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
            answer = _answer(child, sent, seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            _log.warning("%s took longer than %.1f s", module, seconds)
            raise TooSlow from None
        except BaseException:
            child.kill()
            raise
    if child.returncode == -getattr(signal, "SIGXCPU", 0) != 0:
        raise TooSlow
    if child.returncode:
        _log.warning("%s ended with %d", module, child.returncode)
        raise Died
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


def _surroundings() -> dict[str, str]:
    """The environment without Python's own settings, which may make a child start slowly."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    kept["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    return kept
