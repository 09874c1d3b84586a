"""Takes in a file that somebody sent: looked into by a child process, then laid into the store.

Done before any write transaction begins. The server holds none of the content: it goes from the
sender to the disk, and the child reads it there. One file at a time, whoever sends it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

from tracker.kernel import children
from tracker.kernel.errors import TrackerError
from tracker.kernel.text import clean_line
from tracker.kernel.words import Words

from . import refusals
from .drafts import Kept
from .store import INCOMING, Store

_CHILD = "tracker.evidence.child"
_SECONDS = 20.0
_PATIENCE = 120.0
_CHUNK = 256 * 1024
_LONGEST_NAME = 200
#: One at a time: two large pictures at once would take more memory than there is for them.
_turn = threading.Lock()


def take_in(store: Store, name: str, sent: IO[bytes]) -> Kept:
    """Look into a file and keep what is kept of it.

    :raises TrackerError: with the reason why it is not taken, and what to do instead.
    """
    with _room_needed(), _apart(store) as (source, target, small):
        source_sha256 = _written(sent, source)
        found = _looked_into(source, target, small)
        media_type = found["media_type"]
        called = clean_name(name)
        if "width" not in found:
            sha256, size = store.keep(source, media_type)
            return Kept(called, media_type, sha256, source_sha256, size)
        sha256, size = store.keep(target, media_type)
        thumbnail, _ = store.keep(small, media_type)
        taken = found["taken_on"]
        return Kept(
            called,
            media_type,
            sha256,
            source_sha256,
            size,
            found["width"],
            found["height"],
            thumbnail,
            date.fromisoformat(taken) if taken else None,
        )


def clean_name(name: str) -> str:
    """The file's own name without folders and what shows nothing; long ones keep their ending."""
    plain = clean_line(name.replace("\\", "/").rpartition("/")[2])
    if len(plain) > _LONGEST_NAME:
        stem, dot, ending = plain.rpartition(".")
        ending = f"{dot}{ending}" if dot and len(ending) <= 5 else ""
        plain = (stem or plain)[: _LONGEST_NAME - len(ending)] + ending
    return plain or "未命名"


@contextmanager
def _room_needed() -> Iterator[None]:
    """A full disk is the office's affair and no fault of the program."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise TrackerError(refusals.NO_ROOM) from None


@contextmanager
def _apart(store: Store) -> Iterator[tuple[Path, Path, Path]]:
    """Three names in the store's folder for what comes in and what is made of it."""
    with tempfile.TemporaryDirectory(prefix=INCOMING, dir=store.incoming()) as folder:
        yield Path(folder) / "source", Path(folder) / "target", Path(folder) / "small"


def _written(sent: IO[bytes], source: Path) -> str:
    """Write what is sent to the disk, no more of it than is taken; returns its checksum."""
    digest, size = hashlib.sha256(), 0
    with source.open("wb") as file:
        while piece := sent.read(_CHUNK):
            size += len(piece)
            if size > refusals.MOST_BYTES:
                raise TrackerError(refusals.TOO_BIG)
            digest.update(piece)
            file.write(piece)
    if not size:
        raise TrackerError(refusals.EMPTY)
    return digest.hexdigest()


def _looked_into(source: Path, target: Path, small: Path) -> dict[str, Any]:
    job = {"source": str(source), "target": str(target), "small": str(small)}
    if not _turn.acquire(timeout=_PATIENCE):
        raise TrackerError(refusals.BUSY)
    try:
        answer = children.run(_CHILD, json.dumps(job).encode() + b"\n", _SECONDS)
        found: dict[str, Any] = json.loads(answer)
    except children.TooSlow:
        raise TrackerError(refusals.TOO_SLOW) from None
    except (children.Died, ValueError):
        raise TrackerError(refusals.TOO_HEAVY) from None
    finally:
        _turn.release()
    if "refused" in found:
        raise TrackerError(Words(*found["refused"]))
    return found
