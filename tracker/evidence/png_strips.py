"""Large PNG pictures, cut into strips that are decoded one after another.

The decoder would hold the whole picture: 200 MB at 50 megapixels. A PNG's rows stand in one
compressed stream, each written as its difference from the row above; so a strip is a small PNG of
its own once the last row of the strip before it stands in front of its rows.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image

from tracker.kernel.errors import TrackerError

from . import refusals

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Bytes of a pixel by PNG's colour type: RGB, grey with alpha, RGB with alpha.
_PIXEL = {2: 3, 4: 2, 6: 4}
_STRIP = 1024 * 1024
_PIECE = 64 * 1024


@dataclass(frozen=True)
class Head:
    """What a PNG says of itself."""

    width: int
    height: int
    depth: int
    colour: int
    interlaced: bool

    @property
    def can_be_cut(self) -> bool:
        """Whether its rows follow one another in whole bytes that the decoder gives back exactly.

        Grey and palette pictures take one byte a pixel as they are, and need no cutting.
        """
        return self.depth == 8 and self.colour in _PIXEL and not self.interlaced


def head_of(file: BinaryIO) -> Head:
    """The head of a PNG.

    :raises TrackerError: when there is none.
    """
    file.seek(0)
    start = file.read(33)
    if len(start) < 33 or start[:8] != _SIGNATURE or start[12:16] != b"IHDR":
        raise TrackerError(refusals.DAMAGED)
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", start[16:29])
    return Head(width, height, depth, colour, bool(interlaced))


def strips(file: BinaryIO, head: Head) -> Iterator[tuple[int, Image.Image]]:
    """The picture in strips from the top, each with the row it begins at.

    :raises TrackerError: when rows are missing or damaged.
    """
    length = 1 + head.width * _PIXEL[head.colour]
    at_a_time = max(1, _STRIP // length)
    above = bytes(length - 1)
    done = 0
    pending = bytearray()
    for piece in _inflated(file):
        pending += piece
        while done < head.height:
            rows = min(at_a_time, head.height - done)
            if len(pending) < rows * length:
                break
            strip = _decoded(head, above, bytes(pending[: rows * length]), rows)
            del pending[: rows * length]
            above = strip.crop((0, rows - 1, head.width, rows)).tobytes()
            yield done, strip
            done += rows
        if done == head.height:
            return
    raise TrackerError(refusals.DAMAGED)


def _decoded(head: Head, above: bytes, rows: bytes, count: int) -> Image.Image:
    # Not compressed again: only the container is needed.
    content = zlib.compress(b"\x00" + above + rows, 0)
    about = struct.pack(">IIBBBBB", head.width, count + 1, 8, head.colour, 0, 0, 0)
    small = _SIGNATURE + _chunk(b"IHDR", about) + _chunk(b"IDAT", content) + _chunk(b"IEND", b"")
    with Image.open(BytesIO(small), formats=["PNG"]) as picture:
        return picture.crop((0, 1, head.width, count + 1))


def _chunk(kind: bytes, content: bytes) -> bytes:
    crc = zlib.crc32(content, zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)


def _inflated(file: BinaryIO) -> Iterator[bytes]:
    """The rows as they stand in the file, in pieces."""
    stream = zlib.decompressobj()
    for packed in _packed(file):
        while packed:
            try:
                yield stream.decompress(packed, _PIECE)
            except zlib.error:
                raise TrackerError(refusals.DAMAGED) from None
            packed = stream.unconsumed_tail
    yield stream.flush()


def _packed(file: BinaryIO) -> Iterator[bytes]:
    """The content of the picture's data chunks, with their checksums checked."""
    file.seek(len(_SIGNATURE))
    while True:
        start = file.read(8)
        if len(start) < 8:
            return
        left, kind = struct.unpack(">I4s", start)
        if kind != b"IDAT":
            if kind == b"IEND":
                return
            file.seek(left + 4, 1)
            continue
        crc = zlib.crc32(kind)
        while left:
            piece = file.read(min(_PIECE, left))
            if not piece:
                raise TrackerError(refusals.DAMAGED)
            left -= len(piece)
            crc = zlib.crc32(piece, crc)
            yield piece
        if file.read(4) != struct.pack(">I", crc):
            raise TrackerError(refusals.DAMAGED)
