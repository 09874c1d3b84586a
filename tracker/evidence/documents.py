"""Documents that are kept as they are: PDF, .docx and .xlsx, after a look into them.

They are only ever handed out as downloads, so what a viewer might run in them runs nowhere here.
"""

from __future__ import annotations

import re

from tracker.kernel import zips
from tracker.kernel.errors import TrackerError

from . import refusals

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_MAIN = {
    f"{DOCX}.main+xml": DOCX,
    f"{XLSX}.main+xml": XLSX,
}
_CONTENT_TYPES = "[Content_Types].xml"
#: Parts that run something when the document is opened.
_RUNS = re.compile(r"vbaproject|activex/|/embeddings/.*\.(?:exe|bin|js|vbs|bat)$", re.IGNORECASE)
_LARGEST_TYPES = 1024 * 1024
#: What may stand behind the end of a PDF: line breaks and the padding of some scanners.
_LONGEST_TAIL = 1024
_WHY = {
    zips.Why.TOO_MANY_PARTS: refusals.TOO_HEAVY,
    zips.Why.BOMB: refusals.TOO_HEAVY,
    zips.Why.PASSWORD: refusals.PASSWORD,
}


def pdf(data: bytes) -> str:
    """The media type of a PDF that is there to its end.

    :raises TrackerError: when it is cut off, or something else is attached to it.
    """
    end = data.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in data or not re.match(rb"%PDF-[12]\.[0-9]", data):
        raise TrackerError(refusals.DAMAGED_DOCUMENT)
    if len(data) - end > _LONGEST_TAIL:
        raise TrackerError(refusals.TAIL)
    return PDF


def office(data: bytes) -> str:
    """The media type of a Word or Excel document without anything in it that runs.

    :raises TrackerError: for any other zip, a damaged one, a bomb, macros or a password.
    """
    try:
        kind = _looked_into(data)
    except zips.ZipRefused as refused:
        raise TrackerError(_WHY[refused.why]) from None
    except zips.DAMAGED:
        raise TrackerError(refusals.DAMAGED_DOCUMENT) from None
    # The zip's directory ends the file: 22 bytes and no comment.
    if data[-22:-18] != b"PK\x05\x06" or data[-2:] != b"\0\0":
        raise TrackerError(refusals.TAIL)
    return kind


def _looked_into(data: bytes) -> str:
    types = b""
    for part in zips.parts(data):
        if _RUNS.search(part.name):
            raise TrackerError(refusals.MACROS)
        if part.name == _CONTENT_TYPES:
            types = zips.whole(part, _LARGEST_TYPES)
        else:
            for _ in zips.unpacked(part):
                pass
    if b"macroEnabled" in types:
        raise TrackerError(refusals.MACROS)
    for main, kind in _MAIN.items():
        if f'"{main}"'.encode() in types:
            return kind
    raise TrackerError(refusals.NOT_OFFICE)
