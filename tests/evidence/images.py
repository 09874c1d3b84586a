"""A thousand pictures as phones, scanners and mischief make them, each from its number."""

from __future__ import annotations

import os
import random
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, features

from tests.support import pictures
from tracker.evidence import png_strips

_MODES = ("L", "RGB", "RGBA", "LA", "P", "1", "CMYK", "I;16")
_SMALL = ((1, 1), (3, 2000), (640, 480), (300, 700), (1700, 20))
_LARGE = (*_SMALL, (1080, 2340), (3000, 4000), (4032, 3024), (200, 9000))
_FULL = os.environ.get("TRACKER_FULL") == "1"


def images(count: int) -> Iterator[tuple[str, bytes]]:
    """So many files with their names; the same ones each time."""
    for number in range(count):
        chance = random.Random(number)
        make = _MAKERS[number % len(_MAKERS)]
        yield make(chance, number)


def _drawn(chance: random.Random, mode: str) -> Image.Image:
    width, height = chance.choice(_LARGE if _FULL else _SMALL)
    if mode == "I;16":
        return pictures.picture(width, height, "I").point(lambda v: v * 256).convert("I;16")
    return pictures.picture(width, height, mode)


def _phone(chance: random.Random, number: int) -> tuple[str, bytes]:
    options: dict[str, Any] = {"progressive": chance.random() < 0.3}
    options["quality"] = chance.choice((40, 75, 95))
    mode = chance.choice(("RGB", "RGB", "L", "CMYK"))
    exif = pictures.exif(chance.randrange(0, 10))
    return f"IMG_{number}.jpg", pictures.saved(_drawn(chance, mode), exif=exif, **options)


def _screenshot(chance: random.Random, number: int) -> tuple[str, bytes]:
    modes = [mode for mode in _MODES if mode != "CMYK"]
    drawn = _drawn(chance, chance.choice(modes))
    options: dict[str, Any] = {}
    if chance.random() < 0.5:
        options["exif"] = pictures.exif(chance.randrange(1, 9))
    return f"截屏_{number}.png", pictures.saved(drawn, "PNG", compress_level=1, **options)


def _webp(chance: random.Random, number: int) -> tuple[str, bytes]:
    if not features.check("webp"):
        return _phone(chance, number)
    drawn = pictures.picture(chance.choice((60, 1200, 2000)), 900, chance.choice(("RGB", "RGBA")))
    exif = pictures.exif(6)
    content = pictures.saved(drawn, "WEBP", exif=exif, lossless=chance.random() < 0.3, method=0)
    return f"mmexport{number}.webp", content


def _two_in_one(chance: random.Random, number: int) -> tuple[str, bytes]:
    """A portrait as phones keep it: a second picture behind the first (MPO)."""
    first, second = pictures.picture(1200, 900), pictures.picture(300, 225)
    return f"PORTRAIT_{number}.jpg", pictures.saved(
        first, "MPO", save_all=True, append_images=[second], exif=pictures.exif(8)
    )


def _tail(chance: random.Random, number: int) -> tuple[str, bytes]:
    name, content = chance.choice((_phone, _screenshot))(chance, number)
    tail = chance.choice((b"<script>alert(1)</script>", b"PK\x03\x04" + b"z" * 500, b"MZ" * 900))
    return name, content + tail


def _cut(chance: random.Random, number: int) -> tuple[str, bytes]:
    name, content = chance.choice((_phone, _screenshot, _webp))(chance, number)
    return name, content[: chance.randrange(1, len(content))]


def _damaged(chance: random.Random, number: int) -> tuple[str, bytes]:
    name, content = chance.choice((_phone, _screenshot, _webp, _two_in_one))(chance, number)
    changed = bytearray(content)
    for _ in range(chance.choice((1, 4, 40))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return name, bytes(changed)


def _lying(chance: random.Random, number: int) -> tuple[str, bytes]:
    """It says it is larger than it is, or large beyond use."""
    width, height = chance.choice(
        ((13_000, 13_000), (60_000, 800), (7_000, 7_000), (2**31 - 1, 1), (0, 5), (900, 2**31))
    )
    rows = chance.choice((0, 1, 40))
    rows = rows if width < 70_000 else 0
    colour = chance.choice((0, 2, 4, 6))
    return f"bomb_{number}.png", pictures.png_claiming(width, height, rows, colour=colour)


def _whole_but_large(chance: random.Random, number: int) -> tuple[str, bytes]:
    """Every pixel of what it says is there."""
    colour, side = chance.choice(((0, 7000), (2, 5000), (6, 4500), (4, 5000)))
    side = side if _FULL else side // 4
    return f"scan_{number}.png", pictures.png_claiming(side, side, side, colour=colour)


def _animated(chance: random.Random, number: int) -> tuple[str, bytes]:
    form, ending = chance.choice((("PNG", "png"), ("WEBP", "webp"), ("GIF", "gif")))
    frames = [pictures.picture(200, 100) for _ in range(4)]
    content = pictures.saved(frames[0], form, save_all=True, append_images=frames[1:])
    return f"动图{number}.{ending}", content


def _chunks(chance: random.Random, number: int) -> tuple[str, bytes]:
    """A PNG with a text or profile that unpacks to very much, and chunks out of order."""
    plain = pictures.saved(pictures.picture(300, 200), "PNG")
    packed = _packed_much()
    kind, body = chance.choice(
        (
            (b"zTXt", b"Comment\0\0" + packed),
            (b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + packed),
            (b"iCCP", b"profile\0\0" + packed),
            (b"eXIf", b"Exif\0\0" + bytes(chance.randrange(256) for _ in range(200))),
            (b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0)),
        )
    )
    return f"text_{number}.png", plain[:33] + png_strips._chunk(kind, body) + plain[33:]


@cache
def _packed_much() -> bytes:
    return zlib.compress(b"\0" * 80_000_000, 6)


def _not_a_picture(chance: random.Random, number: int) -> tuple[str, bytes]:
    return chance.choice(
        (
            (f"a{number}.jpg", b""),
            (f"a{number}.svg", b"<?xml version='1.0'?><svg onload='alert(1)'></svg>"),
            (f"a{number}.jpg", b"<!DOCTYPE html><script>alert(1)</script>"),
            (f"photo{number}.jpg.exe", b"MZ" + b"\0" * 400),
            (f"a{number}.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 300),
            (f"a{number}.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0isom" + b"\0" * 300),
            (f"a{number}.tif", pictures.saved(pictures.picture(30, 20), "TIFF")),
            (f"a{number}.bmp", pictures.saved(pictures.picture(30, 20), "BMP")),
            (f"a{number}.jpg", random.Random(number).randbytes(3000)),
            (f"a{number}.jpg", b"\xff\xd8\xff" + random.Random(number).randbytes(3000)),
            (f"a{number}.png", b"\x89PNG\r\n\x1a\n" + random.Random(number).randbytes(3000)),
            (f"a{number}.webp", b"RIFF\xff\xff\0\0WEBPVP8X" + random.Random(number).randbytes(90)),
        )
    )


_MAKERS = (
    _phone,
    _screenshot,
    _not_a_picture,
    _cut,
    _damaged,
    _tail,
    _webp,
    _two_in_one,
    _lying,
    _chunks,
    _animated,
    _damaged,
    _whole_but_large,
)


def is_clean(content: bytes) -> bool:
    """A whole JPEG with nothing beside its pixels."""
    with Image.open(BytesIO(content)) as found:
        found.load()
        beside = set(found.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        plain = beside <= {"progressive", "progression"} and not found.getexif()
        return (
            found.format == "JPEG"
            and plain
            and max(found.size) <= 1600
            and content.endswith(b"\xff\xd9")
            and content.count(b"\xff\xe1") == 0
        )
