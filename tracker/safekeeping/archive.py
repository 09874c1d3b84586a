"""The backup file: a zip with a manifest that names every file, its size and its checksum."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tracker.kernel.disk import sync_file, sync_folder
from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words

from .files import AUDIT_KEY, CHUNK, DATABASE, is_backup_name

MANIFEST = "manifest.json"
FORMAT = "tracker-backup"
FORMAT_VERSION = 1
#: A manifest of a million attached files is still smaller.
LARGEST_MANIFEST = 256 * 2**20
#: What must stay free on the disk after a restore has laid its files beside the old ones.
ROOM_TO_SPARE = 50 * 2**20

#: What the zip reader raises on a damaged file: a checksum, a stream cut off, and, when a flag
#: changed, an encryption, a method or a version it does not know (`RuntimeError` and its kind).
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, OverflowError, RuntimeError, ValueError),
)

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class BadBackup(TrackerError):
    """A file that is no backup, or no whole one."""


@dataclass(frozen=True)
class Stored:
    """One file of a backup."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    created_at: str
    program: str
    schema: str | None
    files: dict[str, Stored]
    rows: dict[str, int]
    #: Office code, number of entries and hash of the last one: the anchors of the change log.
    heads: list[dict[str, Any]]

    def to_json(self) -> str:
        """The manifest as it stands in the file."""
        body = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self)}
        return json.dumps(body, ensure_ascii=False, indent=1)


def write(part: Path, members: Iterable[tuple[str, Path]], **facts: Any) -> Manifest:
    """Write a backup file readable only by its owner, and wait until it is on the disk."""
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    files: dict[str, Stored] = {}
    with os.fdopen(handle, "w+b") as raw:
        with zipfile.ZipFile(raw, "w", allowZip64=True) as archive:
            for name, path in members:
                try:
                    files[name] = _add(archive, name, path)
                except FileNotFoundError:
                    # A file nobody refers to, swept while the backup ran; the manifest names none.
                    continue
            manifest = Manifest(files=files, **facts)
            archive.writestr(_entry(MANIFEST, zipfile.ZIP_DEFLATED), manifest.to_json())
        raw.flush()
        os.fsync(raw.fileno())
    return manifest


def _entry(name: str, method: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = method
    entry.external_attr = 0o600 << 16
    return entry


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> Stored:
    # Photos and scans do not get smaller.
    method = zipfile.ZIP_STORED if "/" in name else zipfile.ZIP_DEFLATED
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source:
        entry = _entry(name, method)
        with archive.open(entry, "w", force_zip64=True) as target:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
    return Stored(size, digest.hexdigest())


def read_manifest(source: Path) -> Manifest:
    """What a backup says of itself, without reading the files in it.

    :raises BadBackup: when it is no backup of this program.
    """
    with _open(source) as archive:
        return _manifest(archive)


def check(source: Path) -> Manifest:
    """Read a backup back, every byte of it, and compare it with its manifest.

    :raises BadBackup: when anything is missing, too much, or not as the manifest says.
    """
    return _walk(source, None)


def extract(source: Path, folder: Path) -> Manifest:
    """Lay a backup's files into an empty folder, each checked against the manifest.

    :raises BadBackup: see `check`; also when the disk has no room for it.
    """
    manifest = _walk(source, folder)
    sync_folder(folder)
    return manifest


def _open(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except FileNotFoundError:
        raise BadBackup(
            Words("没有找到备份文件：{path}", "There is no backup file {path}").fill(path=source)
        ) from None
    except _UNREADABLE:
        raise _not_whole(
            Words("不是备份文件，或没有复制完整", "not a backup, or cut off")
        ) from None


def _not_whole(why: Words) -> BadBackup:
    return BadBackup(
        Words(
            "这个备份不能用（{why}）。没有改动任何数据，请换一个备份。",
            "This backup cannot be used ({why}). Nothing was changed; try another one.",
        ).fill(why=why)
    )


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise ValueError("manifest too large")
        with archive.open(MANIFEST) as file:
            body = json.loads(file.read(LARGEST_MANIFEST + 1))
        return _parsed(body)
    except (*_UNREADABLE, AttributeError, KeyError, TypeError) as error:
        raise _not_whole(Words("清单无法读取", "its manifest cannot be read")) from error


def _parsed(body: dict[str, Any]) -> Manifest:
    if body["format"] != FORMAT or not isinstance(body["format_version"], int):
        raise ValueError("not a tracker backup")
    if body["format_version"] > FORMAT_VERSION:
        raise _not_whole(
            Words(
                "由更新版本的程序制作，请先升级", "made by a newer program; upgrade this one first"
            )
        )
    files = {}
    for name, facts in body["files"].items():
        size, mark = facts["size"], facts["sha256"]
        if not is_backup_name(name) or not isinstance(size, int) or size < 0:
            raise ValueError("unknown file")
        if not _SHA256.fullmatch(mark):
            raise ValueError("no checksum")
        files[name] = Stored(size, mark)
    if not {DATABASE, AUDIT_KEY} <= files.keys():
        raise ValueError("no database or no key")
    rows = {str(name): int(count) for name, count in body["rows"].items()}
    heads = [
        {"office": str(h["office"]), "sequence": int(h["sequence"]), "hash": str(h["hash"])}
        for h in body["heads"]
    ]
    schema = None if body["schema"] is None else str(body["schema"])
    if not _MOMENT.fullmatch(body["created_at"]):
        raise ValueError("no moment")
    return Manifest(body["created_at"], str(body["program"]), schema, files, rows, heads)


def _walk(source: Path, folder: Path | None) -> Manifest:
    with _open(source) as archive:
        manifest = _manifest(archive)
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        if sorted(names) != sorted([*manifest.files, MANIFEST]):
            raise _not_whole(Words("文件与清单不符", "its files are not those of its manifest"))
        if folder is not None:
            _require_room(folder, manifest)
        for name, stored in manifest.files.items():
            if archive.getinfo(name).file_size != stored.size:
                raise _not_whole(Words("文件大小与清单不符", "a file's size is wrong"))
            chunks = _chunks(archive, name, stored.size)
            if not _take(chunks, stored, folder / name if folder else None):
                raise _not_whole(
                    Words("文件 {name} 已损坏", "the file {name} is damaged").fill(name=name)
                )
    return manifest


def _require_room(folder: Path, manifest: Manifest) -> None:
    needed = sum(stored.size for stored in manifest.files.values())
    if needed + ROOM_TO_SPARE > shutil.disk_usage(folder).free:
        raise BadBackup(
            Words(
                "磁盘空间不足：恢复需要约 {mib} MB。请腾出空间后重试，没有改动任何数据。",
                "The disk is too full: restoring needs about {mib} MB. Nothing was changed.",
            ).fill(mib=needed // 2**20 + 1)
        )


def _chunks(archive: zipfile.ZipFile, name: str, size: int) -> Iterator[bytes]:
    """What can be read of one file, at most a byte more than its size.

    It ends where the file is damaged: the reader's errors are not to be taken for those of the
    disk that is written to.
    """
    left = size + 1
    try:
        with archive.open(name) as member:
            while left > 0 and (chunk := member.read(min(CHUNK, left))):
                left -= len(chunk)
                yield chunk
    except _UNREADABLE:
        return


def _take(chunks: Iterable[bytes], stored: Stored, target: Path | None) -> bool:
    """Take in one file; whether it is the one promised."""
    digest, size = hashlib.sha256(), 0
    with contextlib.ExitStack() as stack:
        out = None
        if target is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            out = stack.enter_context(os.fdopen(handle, "wb"))
        for chunk in chunks:
            size += len(chunk)
            digest.update(chunk)
            if out is not None:
                out.write(chunk)
    if target is not None:
        sync_file(target)
    return size == stored.size and digest.hexdigest() == stored.sha256
