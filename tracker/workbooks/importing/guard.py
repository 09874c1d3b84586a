"""What kind of file came in, told by its first bytes and never by its name.

This is all that the server itself looks at; the rest is done in a child process (`running`).
"""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import Literal

from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words
from tracker.workbooks.grid import MOST_BYTES

from . import refusals

#: .xlsx, .xlsm and .ods are zip files; .xls is an OLE2 file.
Container = Literal["zip", "ole2"]

ZIP = b"PK\x03\x04"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS: tuple[tuple[bytes, Words], ...] = (
    (b"%PDF", refusals.not_a_workbook(refusals.PDF)),
    (b"{\\rtf", refusals.not_a_workbook(refusals.RICH_TEXT)),
    (b"Rar!", refusals.ARCHIVE),
    (b"7z\xbc\xaf", refusals.ARCHIVE),
    (b"\x1f\x8b", refusals.ARCHIVE),
    (b"PK\x05\x06", refusals.DAMAGED),
    (b"\x89PNG", refusals.PICTURE),
    (b"\xff\xd8\xff", refusals.PICTURE),
    (b"GIF8", refusals.PICTURE),
    (b"BM", refusals.PICTURE),
    (b"II*\x00", refusals.PICTURE),
    (b"MM\x00*", refusals.PICTURE),
)
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|meta|style|script)\b|^mime-version:", re.IGNORECASE
)
_SNIFFED = 4096


def container(data: bytes, file_name: str) -> Container:
    """What holds the workbook, or a refusal that says what came in instead of one.

    The name only helps to word the refusal of a file that nothing else tells about.
    """
    if not data:
        raise TrackerError(refusals.EMPTY)
    if len(data) > MOST_BYTES:
        raise TrackerError(refusals.TOO_BIG)
    if data.startswith(ZIP):
        return "zip"
    if data.startswith(OLE2):
        return "ole2"
    raise TrackerError(_something_else(data[:_SNIFFED], file_name))


def _something_else(beginning: bytes, file_name: str) -> Words:
    for mark, words in _BEGINNINGS:
        if beginning.startswith(mark):
            return words
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # Many systems write their .xls downloads as tab-separated UTF-16 or as UTF-16 HTML.
        beginning = beginning.decode("utf-16", "ignore").encode()
    plain = beginning.removeprefix(codecs.BOM_UTF8).lstrip()
    if not plain:
        return refusals.EMPTY
    if _MARKUP.search(plain):
        return refusals.not_a_workbook(refusals.WEB_PAGE)
    if plain.startswith(b"<"):
        return refusals.not_a_workbook(refusals.OLD_XML)
    if PurePath(file_name).suffix.lower() == ".et":
        return refusals.not_a_workbook(refusals.WPS_TABLE)
    if _is_text(plain):
        return refusals.not_a_workbook(refusals.TEXT_TABLE)
    return refusals.UNKNOWN


def _is_text(data: bytes) -> bool:
    """Whether these bytes are text in UTF-8 or in a Chinese code page, cut off anywhere."""
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data):
        return False
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            decoder.decode(data)
        except UnicodeDecodeError:
            continue
        return True
    return False
