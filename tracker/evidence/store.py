"""Where the content of evidence lies: files named by their own checksum, each kept once.

``evidence/ab/abcd….jpg`` under the instance's folder. Backups carry the folder, the doctor compares
each file with its name. A file is there, whole and on the disk, before any row names it; what no
row names is swept later.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.kernel.disk import checksum, sync_file, sync_folder

FOLDER = "evidence"
#: Files that came in and are being looked into; a leftover is swept.
INCOMING = ".incoming-"
_CHUNK = 1 << 20
_NAMED = re.compile(r"([0-9a-f]{64})\.[a-z0-9]+")
EXTENSIONS = {
    "image/jpeg": "jpg",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


@dataclass(frozen=True)
class Store:
    """The folder of one instance."""

    instance: Path

    @property
    def root(self) -> Path:
        return self.instance / FOLDER

    def path(self, sha256: str, media_type: str) -> Path:
        """Where content of this checksum lies."""
        return self.root / sha256[:2] / f"{sha256}.{EXTENSIONS[media_type]}"

    def incoming(self) -> Path:
        """The folder for files that are being looked into, on the same disk."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.root

    def keep(self, file: Path, media_type: str) -> tuple[str, int]:
        """Take a finished file into the store: its checksum and size. The same content is kept
        once; that it is wanted again is noted, so that no sweep takes it away meanwhile."""
        sha256, size = checksum(file), file.stat().st_size
        target = self.path(sha256, media_type)
        if target.is_file():
            os.utime(target)
            file.unlink()
            return sha256, size
        target.parent.mkdir(mode=0o700, exist_ok=True)
        file.chmod(0o600)
        sync_file(file)
        file.replace(target)
        sync_folder(target.parent)
        sync_folder(self.root)
        return sha256, size

    def files(self) -> Iterator[tuple[str, Path]]:
        """Every kept file with the checksum it is named by."""
        for path in sorted(self.root.glob("*/*")):
            if (named := _NAMED.fullmatch(path.name)) and path.is_file():
                yield named[1], path

    def left_behind(self, seconds: float) -> Iterator[Path]:
        """Incoming files of a sending that never ended, older than this."""
        for path in self.root.glob(f"{INCOMING}*"):
            if is_older(path, seconds):
                yield path


def is_older(path: Path, seconds: float) -> bool:
    """Whether a file was last written, or wanted again, so long ago."""
    try:
        return path.stat().st_mtime < time.time() - seconds
    except FileNotFoundError:
        return False
