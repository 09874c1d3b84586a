"""What a file is, told by its first bytes and never by its name or what the browser calls it."""

from __future__ import annotations

import codecs
import re
from enum import Enum

from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words

from . import refusals

SNIFFED = 4096


class Form(Enum):
    """The kinds of file that are looked into."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIF = "heif"
    PDF = "pdf"
    ZIP = "zip"


_TAKEN: tuple[tuple[bytes, Form], ...] = (
    (b"\xff\xd8\xff", Form.JPEG),
    (b"\x89PNG\r\n\x1a\n", Form.PNG),
    (b"%PDF-", Form.PDF),
    (b"PK\x03\x04", Form.ZIP),
)
_REFUSED: tuple[tuple[bytes, Words], ...] = (
    (b"MZ", refusals.PROGRAM),
    (b"\x7fELF", refusals.PROGRAM),
    (b"#!", refusals.PROGRAM),
    (b"\xca\xfe\xba\xbe", refusals.PROGRAM),
    (b"\xcf\xfa\xed\xfe", refusals.PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", refusals.OLD_OFFICE),
    (b"{\\rtf", refusals.OLD_OFFICE),
    (b"Rar!", refusals.ARCHIVE),
    (b"7z\xbc\xaf", refusals.ARCHIVE),
    (b"\x1f\x8b", refusals.ARCHIVE),
    (b"PK\x05\x06", refusals.ARCHIVE),
    (b"PK\x07\x08", refusals.ARCHIVE),
    (b"GIF8", refusals.OTHER_PICTURE.fill(kind="GIF")),
    (b"BM", refusals.OTHER_PICTURE.fill(kind="BMP")),
    (b"II*\x00", refusals.OTHER_PICTURE.fill(kind="TIFF")),
    (b"MM\x00*", refusals.OTHER_PICTURE.fill(kind="TIFF")),
    (b"8BPS", refusals.OTHER_PICTURE.fill(kind="PSD")),
    (b"\x00\x00\x00\x0cjP  ", refusals.OTHER_PICTURE.fill(kind="JPEG 2000")),
    (b"\xff\x0a", refusals.OTHER_PICTURE.fill(kind="JPEG XL")),
    (b"ID3", refusals.VIDEO),
    (b"OggS", refusals.VIDEO),
    (b"\x1aE\xdf\xa3", refusals.VIDEO),
    (b"#!AMR", refusals.VIDEO),
)
#: Brands of the ISO media container that are still pictures in HEVC.
_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|meta|style|script|iframe)\b|^mime-version:",
    re.IGNORECASE,
)


def form_of(beginning: bytes) -> Form:
    """What the file is.

    :raises TrackerError: with what it is instead of something that can be taken.
    """
    if not beginning:
        raise TrackerError(refusals.EMPTY)
    for mark, form in _TAKEN:
        if beginning.startswith(mark):
            return form
    if beginning.startswith(b"RIFF"):
        if beginning[8:12] == b"WEBP":
            return Form.WEBP
        raise TrackerError(refusals.VIDEO)
    if beginning[4:8] == b"ftyp":
        return _of_container(beginning)
    # An AMR recording begins like a script.
    for mark, words in sorted(_REFUSED, key=lambda each: -len(each[0])):
        if beginning.startswith(mark):
            raise TrackerError(words)
    raise TrackerError(_text_or_unknown(beginning))


def _of_container(beginning: bytes) -> Form:
    brand = beginning[8:12]
    if brand in _HEIF:
        return Form.HEIF
    if brand in (b"avif", b"avis"):
        raise TrackerError(refusals.OTHER_PICTURE.fill(kind="AVIF"))
    raise TrackerError(refusals.VIDEO)


def _text_or_unknown(beginning: bytes) -> Words:
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        beginning = beginning.decode("utf-16", "ignore").encode()
    plain = beginning.removeprefix(codecs.BOM_UTF8).lstrip()
    if re.search(rb"<svg\b", plain, re.IGNORECASE):
        return refusals.SVG
    if _MARKUP.search(plain):
        return refusals.WEB_PAGE
    return refusals.UNKNOWN
