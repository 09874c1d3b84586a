"""Looks into a zip that comes from outside before anything else reads it.

Every part is unpacked in pieces and counted; sizes that the file states of itself are compared, not
believed. What the zip is (a workbook, a Word document) and what a person is told is the caller's.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

#: What a damaged zip raises while it is read.
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError)

_MOST_PARTS = 2_000
#: What is not looked at (pictures) is never unpacked, but may not claim to be larger than this.
_MOST_CLAIMED = 512 * 1024 * 1024
_RATIO, _RATIO_FROM = 500, 16 * 1024 * 1024
_PIECE = 256 * 1024
_STORED, _DEFLATED = 0, 8
LOCAL = b"PK\x03\x04"


class Why(Enum):
    """Why a zip is not looked into any further."""

    TOO_MANY_PARTS = "too_many_parts"
    BOMB = "bomb"
    PASSWORD = "password"  # noqa: S105  # no password


class ZipRefused(Exception):
    """The zip is whole, and refused all the same."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Part:
    """One file of the zip, still packed."""

    name: str
    method: int
    crc: int
    packed: bytes
    size: int


def parts(data: bytes) -> Iterator[Part]:
    """The parts as the zip's directory lists them, still packed.

    :raises ZipRefused: for too many parts, sizes no office file has, and passwords.
    """
    # A directory of very many parts would cost much before it could be counted.
    if data.count(b"PK\x01\x02") > 5 * _MOST_PARTS:
        raise ZipRefused(Why.TOO_MANY_PARTS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (ValueError, OverflowError, UnicodeDecodeError, OSError):
        raise zipfile.BadZipFile from None
    if len(listed) > _MOST_PARTS:
        raise ZipRefused(Why.TOO_MANY_PARTS)
    if sum(entry.file_size for entry in listed) > _MOST_CLAIMED:
        raise ZipRefused(Why.BOMB)
    seen = set()
    for entry in listed:
        name = _plain_name(entry.filename)
        if name.lower() in seen:
            raise zipfile.BadZipFile
        seen.add(name.lower())
        # Encrypted, strongly encrypted, or with a masked directory.
        if entry.flag_bits & 0x2041:
            raise ZipRefused(Why.PASSWORD)
        if entry.compress_type not in (_STORED, _DEFLATED):
            raise zipfile.BadZipFile
        yield Part(
            name, entry.compress_type, entry.CRC, _packed_bytes(data, entry), entry.file_size
        )


def unpacked(part: Part) -> Iterator[bytes]:
    """The part in pieces. That all of it was right is known at its end."""
    pieces = _sliced(part.packed) if part.method == _STORED else _inflated(part.packed)
    size = crc = 0
    for piece in pieces:
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        if size > part.size:
            raise zipfile.BadZipFile
        if size > _RATIO_FROM and size > _RATIO * len(part.packed):
            raise ZipRefused(Why.BOMB)
        yield piece
    if size != part.size or crc != part.crc:
        raise zipfile.BadZipFile


def whole(part: Part, most: int) -> bytes:
    """A small part at once."""
    if part.size > most:
        raise zipfile.BadZipFile
    return b"".join(unpacked(part))


def _plain_name(name: str) -> str:
    """Some old programs write backslashes; whatever leads elsewhere is refused."""
    name = name.replace("\\", "/")
    steps = name.split("/")
    if not name.isprintable() or ":" in name or "" in steps or ".." in steps or "." in steps:
        raise zipfile.BadZipFile
    return name


def _packed_bytes(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    start = entry.header_offset
    if start < 0 or data[start : start + 4] != LOCAL:
        raise zipfile.BadZipFile
    name_length, extra_length = struct.unpack_from("<HH", data, start + 26)
    first = start + 30 + name_length + extra_length
    packed = data[first : first + entry.compress_size]
    if len(packed) != entry.compress_size:
        raise zipfile.BadZipFile
    return packed


def _sliced(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _PIECE):
        yield data[start : start + _PIECE]


def _inflated(packed: bytes) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for rest in _sliced(packed):
        if stream.eof:
            raise zipfile.BadZipFile
        while rest:
            yield stream.decompress(rest, _PIECE)
            rest = stream.unconsumed_tail
    yield stream.flush()
    if not stream.eof or stream.unused_data:
        raise zipfile.BadZipFile
