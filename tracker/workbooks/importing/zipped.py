"""Looks through a zipped workbook (.xlsx, .ods) before anything reads it, and packs it anew.

Every part is unpacked in pieces, counted and looked through (`scanning`); sizes that the file
states of itself are compared, not believed. What the reader then gets is a fresh zip of the parts
that were looked through, so that no oddity of the zip format can make it see others.
"""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass
from typing import Literal

from tracker.kernel import xml_scan, zips
from tracker.kernel.errors import TrackerError
from tracker.kernel.xml_scan import Broken, Scan, XmlRefused, is_xml
from tracker.kernel.zips import LOCAL, Part, ZipRefused, unpacked, whole

from . import refusals
from .scanning import ContentScan, Found, SheetScan

#: All XML of a workbook at the limit of cells, written as lengthily as LibreOffice does.
_MOST_UNPACKED = 128 * 1024 * 1024
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
#: Parts that need not be well-formed: drawings in the old markup never were, and no cell is there.
_LOOSE = re.compile(r"\.vml$|^docprops/|^customxml/|^xl/(drawings|theme|printersettings)/")
_ODS_MACROS = re.compile(
    r"^basic/[^/]+/(?!script-l[bc]\.xml$|dialog-l[bc]\.xml$)[^/]+$|^scripts/.+"
)


_REFUSED = {
    zips.Why.TOO_MANY_PARTS: refusals.TOO_MANY_PARTS,
    zips.Why.BOMB: refusals.BOMB,
    zips.Why.PASSWORD: refusals.PASSWORD,
    xml_scan.Why.DEFINITIONS: refusals.UNSAFE,
    xml_scan.Why.ENCODING: refusals.ENCODING,
}


@dataclass(frozen=True)
class Checked:
    """A workbook that may be read: its kind, the file to read, and what reading does not tell."""

    kind: Literal["xlsx", "ods"]
    data: bytes
    found: Found


def check(data: bytes) -> Checked:
    """Look the file through, or refuse it."""
    try:
        parts = list(zips.parts(data))
        kind = _kind(parts)
        found = Found()
        kept = _look_through(parts, kind, found)
    except (ZipRefused, XmlRefused) as refused:
        raise TrackerError(_REFUSED[refused.why]) from None
    except (*zips.DAMAGED, Broken):
        raise TrackerError(refusals.DAMAGED) from None
    return Checked(kind, _packed(kept), found)


def _kind(parts: list[Part]) -> Literal["xlsx", "ods"]:
    """The kind by the parts that make it, or a refusal that says what the file is."""
    names = {part.name.lower(): part for part in parts}
    if "xl/workbook.xml" in names:
        if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
            raise TrackerError(refusals.MACROS)
        return "xlsx"
    if "mimetype" in names and "meta-inf/manifest.xml" in names:
        _check_manifest(names["meta-inf/manifest.xml"])
        kind = whole(names["mimetype"], 200).strip()
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


def _check_manifest(part: Part) -> None:
    if b"encryption-data" in whole(part, 4 * 1024 * 1024):
        raise TrackerError(refusals.PASSWORD)


def _look_through(parts: list[Part], kind: str, found: Found) -> list[Part]:
    """The parts that a reader may see. Errors of an .xlsx are found by part and filed by sheet."""
    kept, total = [], 0
    scans: dict[str, SheetScan] = {}
    for part in parts:
        pieces = filter(None, unpacked(part))
        first = next(pieces, b"")
        if not is_xml(first):
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


def _is_loose(part: Part) -> bool:
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


def _packed(parts: list[Part]) -> bytes:
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
        target.write(LOCAL + fields + name + part.packed)
    start, listed = target.tell(), b"".join(directory)
    number = len(parts)
    target.write(listed)
    target.write(
        b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, number, number, len(listed), start, 0)
    )
    return target.getvalue()
