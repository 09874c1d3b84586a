"""The server's lock: one serving process on an instance, and no restore under its feet."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words

LOCK_FILE = "server.lock"


class InstanceInUse(TrackerError):
    """A server (or a restore) holds the instance."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            Words(
                "数据文件夹正在使用中：{folder}。请先停止正在运行的台账服务，再重试。",
                "The data folder is in use: {folder}. Stop the running server and try again.",
            ).fill(folder=folder)
        )


@contextmanager
def hold_server_lock(folder: Path) -> Iterator[None]:
    """Hold the instance until the block ends; the system lets go of it should the process die.

    ``tracker serve`` holds it on SQLite as long as it serves, ``tracker restore`` while it
    replaces the data.

    :raises InstanceInUse: at once, when another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK_FILE).open("a+b") as file:
        if not _lock(file):
            raise InstanceInUse(folder)
        try:
            yield
        finally:
            _unlock(file)


def _lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _unlock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_UN)
