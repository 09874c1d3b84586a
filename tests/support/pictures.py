"""Pictures for tests: ordinary ones as phones make them, and what no phone makes."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from itertools import count
from typing import Any

from PIL import Image

from tracker.evidence.png_strips import _chunk

_SERIAL = count(1)
PLACE = b"N\x00E\x00"


def picture(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """A picture that is no other: left half dark, right half light, with a mark of its own."""
    drawn = Image.new("L", (width, height), 40)
    drawn.paste(210, (width // 2, 0, width, height))
    number = next(_SERIAL)
    drawn.paste(90 + number * 37 % 120, (0, height // 2, max(1, number * 13 % width), height))
    return drawn.convert(mode)


def exif(orientation: int = 1, day: str = "2024:06:26 09:30:00") -> Image.Exif:
    """What a phone writes down: which way up, when, with what, and where."""
    said = Image.Exif()
    said[0x0112], said[0x010F], said[0x9C9C] = orientation, "HUAWEI", "机密".encode("utf-16-le")
    said.get_ifd(0x8769)[0x9003] = day
    place = said.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (28.0, 54.0, 12.5), "E", (111.0, 28.0, 40.1)
    return said


def saved(drawn: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    """The picture as a file's content."""
    file = BytesIO()
    drawn.save(file, form, **options)
    return file.getvalue()


def photo(width: int = 640, height: int = 480, **options: Any) -> bytes:
    """A photo as a phone makes it: JPEG with all that EXIF tells, a comment, a profile."""
    return saved(
        picture(width, height),
        exif=exif(options.pop("orientation", 1)),
        comment="拍摄于架桥镇",
        **options,
    )


def photo_file(name: str = "IMG_2024.jpg") -> tuple[BytesIO, str]:
    """A photo as a form sends it."""
    return BytesIO(photo()), name


def png_claiming(width: int, height: int, rows: int = 0, *, colour: int = 2) -> bytes:
    """A small PNG that says it is so large; ``rows`` of it are there."""
    pixel = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    packer = zlib.compressobj(1)
    line = b"\0" * (1 + width * pixel)
    body = b"".join(packer.compress(line) for _ in range(rows)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    )
