"""Files the commands write: where to, and whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words


def target_of(output: Path, usual_name: str) -> Path:
    """The file to write: the one named, or one of the usual name in the folder named.

    :raises TrackerError: when the folder is not there.
    """
    target = output / usual_name if output.is_dir() else output
    if not target.parent.is_dir():
        raise TrackerError(
            Words("没有这个文件夹：{path}", "There is no folder {path}").fill(path=target.parent)
        )
    return target


def write_whole(target: Path, content: bytes) -> None:
    """The whole file, or what stood there before."""
    stream_whole(target, lambda stream: stream.write(content))


def stream_whole(target: Path, write: Callable[[BinaryIO], object]) -> None:
    """The whole file as it is written piece by piece, or what stood there before."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(0o644)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
