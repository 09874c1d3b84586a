"""Looks through a zipped workbook (.xlsx, .ods) before anything reads it, and packs it anew.

Every part is unpacked in pieces, counted and looked through (`scanning`); sizes that the file
states of itself are compared, not believed. What the reader then gets is a fresh zip of the parts
that were looked through, so that no oddity of the zip format can make it see others.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tracker.kernel.errors import TrackerError

from . import refusals
from .scanning import Broken, ContentScan, Found, Scan, SheetScan

_MOST_PARTS = 2_000
#: All XML of a workbook at the limit of cells, written as lengthily as LibreOffice does.
_MOST_UNPACKED = 128 * 1024 * 1024
#: What is not XML (pictures) is never unpacked, but may not claim to be larger than this.
_MOST_CLAIMED = 512 * 1024 * 1024
_RATIO, _RATIO_FROM = 500, 16 * 1024 * 1024
_PIECE = 256 * 1024
_STORED, _DEFLATED = 0, 8
_LOCAL = b"PK\x03\x04"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
#: Parts that need not be well-formed: drawings in the old markup never were, and no cell is there.
_LOOSE = re.compile(r"\.vml$|^docprops/|^customxml/|^xl/(drawings|theme|printersettings)/")
_ODS_MACROS = re.compile(
    r"^basic/[^/]+/(?!script-l[bc]\.xml$|dialog-l[bc]\.xml$)[^/]+$|^scripts/.+"
)


@dataclass(frozen=True)
class _Part:
    name: str
    method: int
    crc: int
    packed: bytes
    size: int


@dataclass(frozen=True)
class Checked:
    """A workbook that may be read: its kind, the file to read, and what reading does not tell."""

    kind: Literal["xlsx", "ods"]
    data: bytes
    found: Found


def check(data: bytes) -> Checked:
    """Look the file through, or refuse it."""
    try:
        parts = list(_parts(data))
        kind = _kind(parts)
        found = Found()
        kept = _look_through(parts, kind, found)
    except (zipfile.BadZipFile, zlib.error, struct.error, Broken, NotImplementedError):
        raise TrackerError(refusals.DAMAGED) from None
    return Checked(kind, _packed(kept), found)


def _parts(data: bytes) -> Iterator[_Part]:
    """The parts as the zip's directory lists them, still packed."""
    # A directory of very many parts would cost much before it could be counted.
    if data.count(b"PK\x01\x02") > 5 * _MOST_PARTS:
        raise TrackerError(refusals.TOO_MANY_PARTS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (ValueError, OverflowError, UnicodeDecodeError, OSError):
        raise zipfile.BadZipFile from None
    if len(listed) > _MOST_PARTS:
        raise TrackerError(refusals.TOO_MANY_PARTS)
    if sum(entry.file_size for entry in listed) > _MOST_CLAIMED:
        raise TrackerError(refusals.BOMB)
    seen = set()
    for entry in listed:
        name = _plain_name(entry.filename)
        if name.lower() in seen:
            raise zipfile.BadZipFile
        seen.add(name.lower())
        # Encrypted, strongly encrypted, or with a masked directory.
        if entry.flag_bits & 0x2041:
            raise TrackerError(refusals.PASSWORD)
        if entry.compress_type not in (_STORED, _DEFLATED):
            raise zipfile.BadZipFile
        yield _Part(
            name, entry.compress_type, entry.CRC, _packed_bytes(data, entry), entry.file_size
        )


def _plain_name(name: str) -> str:
    """Some old programs write backslashes; whatever leads elsewhere is refused."""
    name = name.replace("\\", "/")
    steps = name.split("/")
    if not name.isprintable() or ":" in name or "" in steps or ".." in steps or "." in steps:
        raise zipfile.BadZipFile
    return name


def _packed_bytes(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    start = entry.header_offset
    if start < 0 or data[start : start + 4] != _LOCAL:
        raise zipfile.BadZipFile
    name_length, extra_length = struct.unpack_from("<HH", data, start + 26)
    first = start + 30 + name_length + extra_length
    packed = data[first : first + entry.compress_size]
    if len(packed) != entry.compress_size:
        raise zipfile.BadZipFile
    return packed


def _kind(parts: list[_Part]) -> Literal["xlsx", "ods"]:
    """The kind by the parts that make it, or a refusal that says what the file is."""
    names = {part.name.lower(): part for part in parts}
    if "xl/workbook.xml" in names:
        if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
            raise TrackerError(refusals.MACROS)
        return "xlsx"
    if "mimetype" in names and "meta-inf/manifest.xml" in names:
        _check_manifest(names["meta-inf/manifest.xml"])
        kind = _whole(names["mimetype"], 200).strip()
        if "content.xml" in names and kind.startswith(_SPREADSHEET):
            if any(_ODS_MACROS.search(name) for name in names):
                raise TrackerError(refusals.MACROS)
            return "ods"
        raise TrackerError(refusals.not_a_workbook(refusals.OTHER_OPEN_DOCUMENT))
    for name, words in (
        ("xl/workbook.bin", refusals.not_a_workbook(refusals.BINARY_WORKBOOK)),
        ("word/document.xml", refusals.not_a_workbook(refusals.WORD)),
        ("ppt/presentation.xml", refusals.not_a_workbook(refusals.SLIDES)),
        ("[content_types].xml", refusals.DAMAGED),
    ):
        if name in names:
            raise TrackerError(words)
    raise TrackerError(refusals.ARCHIVE)


def _check_manifest(part: _Part) -> None:
    if b"encryption-data" in _whole(part, 4 * 1024 * 1024):
        raise TrackerError(refusals.PASSWORD)


def _look_through(parts: list[_Part], kind: str, found: Found) -> list[_Part]:
    """The parts that a reader may see. Errors of an .xlsx are found by part and filed by sheet."""
    kept, total = [], 0
    scans: dict[str, SheetScan] = {}
    for part in parts:
        pieces = filter(None, _unpacked(part))
        first = next(pieces, b"")
        if not _is_xml(first):
            if part.name == "mimetype":
                kept.append(part)
            elif part.name.lower().endswith((".xml", ".rels")) and not _is_loose(part):
                raise Broken
            continue
        scan: Scan
        if kind == "xlsx":
            scan = scans[part.name] = SheetScan(found)
        else:
            scan = ContentScan(found) if part.name == "content.xml" else Scan()
        try:
            while first:
                total += len(first)
                if total > _MOST_UNPACKED:
                    raise TrackerError(refusals.BOMB)
                if part.name == "[Content_Types].xml" and b"vbaProject" in first:
                    raise TrackerError(refusals.MACROS)
                scan.feed(first)
                first = next(pieces, b"")
            scan.close()
        except Broken:
            if not _is_loose(part):
                raise
        else:
            kept.append(part)
    if kind == "xlsx":
        _file_errors(scans, found)
    return kept


def _is_xml(first: bytes) -> bool:
    """Whether this is the beginning of an XML part, in whatever encoding."""
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\x00" in first[:4] and b"<" in first[:4]):
        raise TrackerError(refusals.ENCODING)
    return first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def _is_loose(part: _Part) -> bool:
    return bool(_LOOSE.search(part.name.lower()))


def _file_errors(scans: dict[str, SheetScan], found: Found) -> None:
    book = scans.get("xl/workbook.xml")
    relations = scans.get("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return
    for number, relation in enumerate(book.sheets):
        target = relations.targets.get(relation, "").replace("\\", "/")
        path = target[1:] if target.startswith("/") else f"xl/{target}"
        if path in scans and scans[path].errors:
            found.errors[number] = scans[path].errors


def _unpacked(part: _Part) -> Iterator[bytes]:
    """The part in pieces. That all of it was right is known at its end."""
    pieces = _sliced(part.packed) if part.method == _STORED else _inflated(part.packed)
    size = crc = 0
    for piece in pieces:
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        if size > part.size:
            raise zipfile.BadZipFile
        if size > _RATIO_FROM and size > _RATIO * len(part.packed):
            raise TrackerError(refusals.BOMB)
        yield piece
    if size != part.size or crc != part.crc:
        raise zipfile.BadZipFile


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


def _whole(part: _Part, most: int) -> bytes:
    if part.size > most:
        raise zipfile.BadZipFile
    return b"".join(_unpacked(part))


def _packed(parts: list[_Part]) -> bytes:
    """A plain zip of these parts, whose packed bytes stay as they were."""
    target, directory = io.BytesIO(), []
    for part in parts:
        name = part.name.encode()
        fields = struct.pack(
            "<HHHHHIIIHH",
            20,
            0x800,
            part.method,
            0,
            0x21,
            part.crc,
            len(part.packed),
            part.size,
            len(name),
            0,
        )
        directory.append(
            b"PK\x01\x02\x14\x00" + fields + struct.pack("<HHHII", 0, 0, 0, 0, target.tell()) + name
        )
        target.write(_LOCAL + fields + name + part.packed)
    start, listed = target.tell(), b"".join(directory)
    number = len(parts)
    target.write(listed)
    target.write(
        b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, number, number, len(listed), start, 0)
    )
    return target.getvalue()
