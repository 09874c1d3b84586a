"""Pictures: decoded whole, set upright, and drawn anew, so that nothing else of the file is left.

No place where it was taken (GPS), no comment, no colour profile, nothing behind the picture's end.
Runs in a child process (`child`); what it may cost is bounded there.
"""

from __future__ import annotations

import contextlib
import re
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from tracker.kernel.errors import TrackerError

from . import png_strips, refusals
from .sniffing import Form

MOST_PIXELS = 50_000_000
#: The longest side of any picture: what a JPEG can say of itself.
LONGEST_SIDE = 65_500
#: What decoded pixels may take; measured with the whole process in tests/evidence.
MOST_MEMORY = 96 * 1024 * 1024

SIDE, SMALL_SIDE = 1600, 480
_ROWS = 64
_QUALITY = 82
_ORIENTATION, _TAKEN, _TAKEN_ORIGINALLY, _EXIF = 0x0112, 0x0132, 0x9003, 0x8769
_TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_PILLOWS = {
    Form.JPEG: ["JPEG", "MPO"],
    Form.PNG: ["PNG"],
    Form.WEBP: ["WEBP"],
    Form.HEIF: ["HEIF"],
}

# Their sizes are looked at here, before anything is decoded.
Image.MAX_IMAGE_PIXELS = None
ImageFile.LOAD_TRUNCATED_IMAGES = False


@dataclass(frozen=True)
class Drawn:
    """A picture as it is kept."""

    width: int
    height: int
    taken_on: date | None


def redraw(source: Path, form: Form, target: Path, small: Path) -> Drawn:
    """Write the picture anew as a JPEG of at most 1,600 pixels, and one of at most 480.

    :raises TrackerError: when it is no whole picture, or more of one than can be opened.
    """
    with warnings.catch_warnings(), source.open("rb") as file:
        warnings.simplefilter("error")
        try:
            picture, taken_on = _read(file, form)
        except TrackerError:
            raise
        except MemoryError:
            raise TrackerError(refusals.TOO_HEAVY) from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning):
            raise TrackerError(refusals.DAMAGED) from None
        except (TypeError, KeyError, IndexError, AttributeError, struct.error, EOFError):
            # What Pillow's readers stumble over in files made to be wrong.
            raise TrackerError(refusals.DAMAGED) from None
    write_jpeg(picture, target)
    thumbnail = picture.copy()
    thumbnail.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    write_jpeg(thumbnail, small)
    return Drawn(picture.width, picture.height, taken_on)


def write_jpeg(picture: Image.Image, target: Path) -> None:
    """Write the pixels and nothing else."""
    picture.info.clear()
    picture.save(target, "JPEG", quality=_QUALITY, optimize=True, progressive=True)


def _read(file: BinaryIO, form: Form) -> tuple[Image.Image, date | None]:
    if form is Form.WEBP:
        # Pillow makes room for the whole picture before it says how large that is.
        _require_room(*_webp_size(file), 16)
        file.seek(0)
    if form is Form.HEIF:
        _know_heif()
    with Image.open(file, formats=_PILLOWS[form]) as picture:
        width, height = picture.size
        _require_room(width, height, 0)
        # A phone's portrait carries a second picture behind the first one (MPO).
        if form is not Form.JPEG and getattr(picture, "n_frames", 1) > 1:
            raise TrackerError(refusals.ANIMATED)
        exif = _exif_of(picture, form)
        taken_on = _day_taken(exif)
        turned = exif.get(_ORIENTATION, 1)
        profile = picture.info.get("icc_profile")
        if isinstance(picture, JpegImageFile):
            _require_room(width, height, _kept_by_jpeg(picture))
            longest = max(width, height, SIDE)
            picture.draft(picture.mode, (width * SIDE // longest, height * SIDE // longest))
        drawn = _reduced(file, picture, form)
    drawn.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    drawn = _in_srgb(drawn, profile)
    if turned in _TURNED:
        drawn = drawn.transpose(_TURNED[turned])
    return drawn, taken_on


def _require_room(width: int, height: int, each: float) -> None:
    """Refuse more pixels than are opened, and more bytes than there is room for.

    ``each`` is what a pixel takes while the picture is decoded.
    """
    if width < 1 or height < 1:
        raise TrackerError(refusals.DAMAGED)
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise TrackerError(refusals.TOO_MANY_PIXELS)
    if width * height * each > MOST_MEMORY:
        raise TrackerError(refusals.TOO_HEAVY)


def _kept_by_jpeg(picture: JpegImageFile) -> float:
    """Bytes a pixel that the decoder keeps: of one pass nothing to speak of, since it scales while
    it reads; of several passes all coefficients, and what is made of them."""
    if not picture.info.get("progressive"):
        return 0
    most = max(h * v for _, h, v, _ in picture.layer) or 1
    return 1 + 2 * sum(h * v / most for _, h, v, _ in picture.layer)


def _webp_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height as a WebP's first chunk says them."""
    file.seek(0)
    start = file.read(30).ljust(30, b"\0")
    kind, body = start[12:16], start[20:30]
    if kind == b"VP8X":
        return (
            1 + int.from_bytes(body[4:7], "little"),
            1 + int.from_bytes(body[7:10], "little"),
        )
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise TrackerError(refusals.DAMAGED)


def _know_heif() -> None:
    """Have Pillow open HEIC photos, where the extra of that name is installed."""
    try:
        from pi_heif import register_heif_opener
    except ImportError:
        raise TrackerError(refusals.HEIC) from None
    register_heif_opener()


def _reduced(file: BinaryIO, picture: Image.Image, form: Form) -> Image.Image:
    """The picture in three colours on white, its longest side below twice what is kept.

    Worked in strips, so that no second whole picture is ever held.
    """
    width, height = picture.size
    factor = max(1, max(width, height) // SIDE)
    reduced = Image.new("RGB", (-(-width // factor), -(-height // factor)), "white")
    for top, strip in _strips_of(file, picture, form, factor):
        flat = _flattened(strip)
        piece = flat.reduce(factor) if factor > 1 else flat
        reduced.paste(piece, (0, top // factor))
    return reduced


def _strips_of(
    file: BinaryIO, picture: Image.Image, form: Form, factor: int
) -> Iterator[tuple[int, Image.Image]]:
    """Strips from the top that begin at multiples of ``factor``."""
    if form is Form.PNG:
        head = png_strips.head_of(file)
        if head.can_be_cut:
            yield from _aligned(png_strips.strips(file, head), head, factor)
            return
        _require_room(head.width, head.height, _kept_by_png(head))
        file.seek(0)
    if form is Form.HEIF:
        _require_room(*picture.size, 8)
    if not isinstance(picture, JpegImageFile):
        _require_room(*picture.size, 1)
    picture.load()
    at_a_time = factor * max(1, _ROWS // factor)
    for top in range(0, picture.height, at_a_time):
        yield top, picture.crop((0, top, picture.width, min(picture.height, top + at_a_time)))


def _kept_by_png(head: png_strips.Head) -> int:
    if head.colour in (0, 3):
        return 2 if head.depth == 16 else 1
    return 4


def _aligned(
    found: Iterator[tuple[int, Image.Image]], head: png_strips.Head, factor: int
) -> Iterator[tuple[int, Image.Image]]:
    """The same picture in strips that begin at multiples of ``factor``."""
    kept: Image.Image | None = None
    for top, strip in found:
        if kept is not None:
            whole = Image.new(strip.mode, (head.width, kept.height + strip.height))
            whole.paste(kept, (0, 0))
            whole.paste(strip, (0, kept.height))
            top, strip = top - kept.height, whole
        is_last = top + strip.height == head.height
        rows = strip.height if is_last else strip.height - strip.height % factor
        kept = None if is_last else strip.crop((0, rows, head.width, strip.height))
        if rows:
            yield top, strip if is_last else strip.crop((0, 0, head.width, rows))
        if kept is not None and not kept.height:
            kept = None


def _flattened(strip: Image.Image) -> Image.Image:
    """Three colours of eight bits; what is see-through is white. CMYK stays for its profile."""
    if strip.mode.startswith("I") or strip.mode == "F":
        # 16 bits of grey: the upper eight.
        scaled = strip.convert("I").point(lambda value: value * (1 / 256))
        strip = scaled.convert("L")
    if strip.mode == "CMYK":
        return strip.convert("RGB")
    if "A" in strip.mode or "a" in strip.mode or "transparency" in strip.info:
        strip = strip.convert("RGBA")
        flat = Image.new("RGB", strip.size, "white")
        flat.paste(strip, mask=strip.getchannel("A"))
        return flat
    return strip.convert("RGB")


def _in_srgb(picture: Image.Image, profile: object) -> Image.Image:
    """The colours of another profile (phones' Display P3) as those of every screen."""
    if not isinstance(profile, bytes) or not 128 <= len(profile) <= 4 * 1024 * 1024:
        return picture
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        said = ImageCms.ImageCmsProfile(BytesIO(profile))
        if said.profile.xcolor_space.strip() != "RGB":
            return picture
        plain = ImageCms.createProfile("sRGB")
        changed = ImageCms.profileToProfile(picture, said, plain, outputMode="RGB")
        return changed or picture
    return picture


def _exif_of(picture: Image.Image, form: Form) -> Image.Exif:
    """What the camera wrote down. Of a PNG only what stands before the pixels: Pillow would decode
    the whole picture to look behind them."""
    if form is not Form.PNG:
        return picture.getexif()
    exif = Image.Exif()
    exif.load(picture.info.get("exif", b""))
    return exif


def _day_taken(exif: Image.Exif) -> date | None:
    """The day the camera wrote down, where it is a day."""
    for value in (exif.get_ifd(_EXIF).get(_TAKEN_ORIGINALLY), exif.get(_TAKEN)):
        found = re.match(r"([0-9]{4}):([0-9]{2}):([0-9]{2})\b", str(value or ""))
        if found and "1990" <= found[1] <= "2100":
            with contextlib.suppress(ValueError):
                return date(int(found[1]), int(found[2]), int(found[3]))
    return None
