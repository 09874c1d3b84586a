"""Pictures of the example township: drawn, not photographed, and marked 示例 across."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PIL import Image, ImageDraw

from tracker.kernel.disk import checksum

from .drafts import Kept
from .pictures import SMALL_SIDE, write_jpeg
from .store import INCOMING, Store

_SIZE = (960, 720)
_Line = tuple[int, int, int, int]
#: The strokes of 示 and 例 in a square of 100: no font is needed that a machine may not have.
_STROKES: tuple[tuple[_Line, ...], ...] = (
    (
        (22, 15, 78, 15),
        (5, 38, 95, 38),
        (50, 38, 50, 94),
        (50, 94, 38, 84),
        (28, 55, 12, 82),
        (70, 55, 88, 82),
    ),
    (
        (26, 5, 5, 45),
        (17, 30, 17, 95),
        (32, 14, 66, 14),
        (48, 14, 32, 54),
        (43, 34, 64, 34),
        (64, 34, 34, 92),
        (42, 50, 52, 62),
        (75, 18, 75, 68),
        (92, 5, 92, 93),
        (92, 93, 82, 84),
    ),
)


class Scene(Enum):
    """What a picture shows."""

    STAND = "stand"
    TALK = "talk"
    SHEET = "sheet"
    PAPER = "paper"


def keep_sample(store: Store, scene: Scene, variant: int, name: str) -> Kept:
    """Draw a picture of the example and lay it into the store. Another ``variant``, another one."""
    picture = Image.new("RGB", _SIZE, "white")
    pen = ImageDraw.Draw(picture)
    _SCENES[scene](pen, variant)
    _mark(pen)
    with tempfile.TemporaryDirectory(prefix=INCOMING, dir=store.incoming()) as folder:
        target, small = Path(folder) / "target", Path(folder) / "small"
        write_jpeg(picture, target)
        source = checksum(target)
        sha256, size = store.keep(target, "image/jpeg")
        width, height = picture.size
        picture.thumbnail((SMALL_SIDE, SMALL_SIDE))
        write_jpeg(picture, small)
        thumbnail, _ = store.keep(small, "image/jpeg")
    return Kept(name, "image/jpeg", sha256, source, size, width, height, thumbnail)


def _mark(pen: ImageDraw.ImageDraw) -> None:
    for position, strokes in enumerate(_STROKES):
        left, top, scale = 300 + position * 190, 500, 1.7
        for x1, y1, x2, y2 in strokes:
            ends = (left + x1 * scale, top + y1 * scale, left + x2 * scale, top + y2 * scale)
            pen.line(ends, fill=(176, 50, 43), width=11)


def _people(pen: ImageDraw.ImageDraw, count: int, ground: int, variant: int) -> None:
    for number in range(count):
        x = 60 + number * 860 // max(1, count - 1)
        shade = (70 + (number * 47 + variant * 31) % 120, 90 + number * 29 % 90, 120)
        pen.ellipse((x - 18, ground - 96, x + 18, ground - 60), fill=(226, 190, 160))
        pen.rounded_rectangle((x - 27, ground - 58, x + 27, ground + 30), 12, fill=shade)


def _stand(pen: ImageDraw.ImageDraw, variant: int) -> None:
    pen.rectangle((0, 0, 960, 400), fill=(206, 224, 232))
    pen.rectangle((0, 400, 960, 720), fill=(196, 186, 168))
    pen.rectangle((90, 70, 870, 150), fill=(176, 50, 43))
    for x in range(130, 840, 60):
        pen.rectangle((x, 95, x + 34, 125), fill=(250, 225, 150))
    pen.rectangle((180, 300, 780, 380), fill=(235, 235, 225), outline=(90, 90, 90), width=4)
    _people(pen, 6 + variant % 3, 470, variant)


def _talk(pen: ImageDraw.ImageDraw, variant: int) -> None:
    pen.rectangle((0, 0, 960, 720), fill=(236, 232, 220))
    pen.rectangle((240, 60, 720, 300), fill=(40, 80, 92), outline=(90, 70, 50), width=8)
    for row in range(4):
        pen.line((290, 110 + row * 45, 620 - row * 60, 110 + row * 45), fill="white", width=7)
    _people(pen, 5, 420, variant)
    _people(pen, 8, 560, variant + 3)


def _sheet(pen: ImageDraw.ImageDraw, variant: int) -> None:
    pen.rectangle((0, 0, 960, 720), fill=(216, 208, 196))
    pen.rectangle((110, 30, 850, 700), fill="white", outline=(120, 120, 120), width=2)
    pen.line((330, 80, 630, 80), fill=(30, 30, 30), width=9)
    for row in range(12):
        y = 130 + row * 45
        pen.line((150, y, 810, y), fill=(60, 60, 60), width=2)
        if row < 9:
            for column in range(4):
                x = 170 + column * 160
                pen.line(
                    (x, y + 28, x + 50 + (row * 13 + variant * 7) % 50, y + 18), (40, 50, 120), 4
                )
    for column in range(5):
        pen.line((150 + column * 165, 130, 150 + column * 165, 625), fill=(60, 60, 60), width=2)


def _paper(pen: ImageDraw.ImageDraw, variant: int) -> None:
    pen.rectangle((0, 0, 960, 720), fill=(216, 208, 196))
    pen.rectangle((190, 20, 770, 710), fill="white", outline=(120, 120, 120), width=2)
    pen.line((280, 90, 680, 90), fill=(176, 50, 43), width=14)
    pen.line((230, 130, 730, 130), fill=(176, 50, 43), width=3)
    for row in range(13):
        end = 700 - (row * 61 + variant * 37) % 190 if row % 4 == 3 else 720
        pen.line((240, 180 + row * 36, end, 180 + row * 36), fill=(70, 70, 70), width=6)


_SCENES: dict[Scene, Callable[[ImageDraw.ImageDraw, int], None]] = {
    Scene.STAND: _stand,
    Scene.TALK: _talk,
    Scene.SHEET: _sheet,
    Scene.PAPER: _paper,
}
