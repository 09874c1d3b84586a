"""Files that are not taken, each with what to do instead; names that lie."""

from __future__ import annotations

import errno
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.support import pictures
from tests.support.furnishing import document_of
from tests.support.page import Visitor
from tests.support.world import World
from tracker.evidence import child, opening, refusals
from tracker.evidence.store import Store
from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words

from .support import add, kept


def word(**more: bytes) -> bytes:
    """A Word document with further parts in it."""
    file = document_of("普法")[0]
    with zipfile.ZipFile(file, "a") as archive:
        for name, content in more.items():
            archive.writestr(name, content)
    return file.getvalue()


def archive(**parts: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def frames(form: str) -> bytes:
    shown = [pictures.picture(60, 40) for _ in range(3)]
    return pictures.saved(shown[0], form, save_all=True, append_images=shown[1:])


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n"
PHOTO = pictures.photo()

REFUSED: dict[str, tuple[bytes, Words]] = {
    "empty": (b"", refusals.EMPTY),
    "svg": (b"<?xml version='1.0'?>\n<svg onload='alert(1)'/>", refusals.SVG),
    "svg in utf-16": ("<svg onload='alert(1)'/>".encode("utf-16"), refusals.SVG),
    "html": (b"\xef\xbb\xbf <!DOCTYPE html><script>1</script>", refusals.WEB_PAGE),
    "program": (b"MZ\x90\0" + b"\0" * 300, refusals.PROGRAM),
    "script": (b"#!/bin/sh\nrm -rf /\n", refusals.PROGRAM),
    "cut photo": (PHOTO[: len(PHOTO) // 2], refusals.DAMAGED),
    "cut png": (pictures.saved(pictures.picture(900, 700), "PNG")[:900], refusals.DAMAGED),
    "png without rows": (pictures.png_claiming(3000, 3000, 10), refusals.DAMAGED),
    "bomb": (pictures.png_claiming(13_000, 13_000, 5), refusals.TOO_MANY_PIXELS),
    "long": (pictures.png_claiming(70_000, 10, 0), refusals.TOO_MANY_PIXELS),
    "gif": (frames("GIF"), refusals.OTHER_PICTURE.fill(kind="GIF")),
    "moving webp": (frames("WEBP"), refusals.ANIMATED),
    "moving png": (frames("PNG"), refusals.ANIMATED),
    "tiff": (pictures.saved(pictures.picture(), "TIFF"), refusals.OTHER_PICTURE.fill(kind="TIFF")),
    "video": (b"\0\0\0\x18ftypmp42\0\0\0\0isom" + b"\0" * 99, refusals.VIDEO),
    "recording": (b"#!AMR\n" + b"\0" * 99, refusals.VIDEO),
    "archive": (b"Rar!\x1a\x07\0" + b"\0" * 99, refusals.ARCHIVE),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, refusals.OLD_OFFICE),
    "any zip": (archive(**{"a.txt": b"x"}), refusals.NOT_OFFICE),
    "macros": (word(**{"word/vbaProject.bin": b"x"}), refusals.MACROS),
    "empty zip": (archive(), refusals.ARCHIVE),
    "word with a tail": (word() + b"<script>alert(1)</script>", refusals.TAIL),
    "cut word": (word()[:-400], refusals.DAMAGED_DOCUMENT),
    "cut pdf": (PDF[:-12], refusals.DAMAGED_DOCUMENT),
    "pdf with a tail": (PDF + b"PK\x03\x04" + b"z" * 2000, refusals.TAIL),
    "noise": (bytes(range(1, 256)) * 9, refusals.UNKNOWN),
}


def opened(content: bytes, folder: Path) -> dict[str, object]:
    source = folder / "source"
    source.write_bytes(content)
    job = {"source": str(source), "target": str(folder / "t"), "small": str(folder / "s")}
    return child.answer(job)


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_taken_says_what_to_do(kind: str, tmp_path: Path):
    content, words = REFUSED[kind]
    assert opened(content, tmp_path)["refused"] == [words.zh, words.en]


def test_a_document_that_unpacks_to_very_much_is_refused(tmp_path: Path):
    file = document_of("普法")[0]
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/media/a.bin", b"\0" * 60_000_000)
    assert opened(file.getvalue(), tmp_path)["refused"] == [
        refusals.TOO_HEAVY.zh,
        refusals.TOO_HEAVY.en,
    ]


def test_heic_says_how_to_save_as_jpeg_where_nothing_opens_it(tmp_path: Path):
    answer = opened(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 300, tmp_path)
    try:
        import pi_heif  # noqa: F401
    except ImportError:
        assert answer["refused"] == [refusals.HEIC.zh, refusals.HEIC.en]
    else:
        assert answer["refused"] == [refusals.DAMAGED.zh, refusals.DAMAGED.en]


def test_what_is_too_large_is_not_read_to_its_end(tmp_path: Path):
    class Endless:
        read_so_far = 0

        def read(self, size: int = -1) -> bytes:
            self.read_so_far += size
            return b"\xff" * size

    sent = Endless()
    with pytest.raises(TrackerError) as refused:
        opening.take_in(Store(tmp_path), "a.jpg", sent)  # type: ignore[arg-type]
    assert refused.value.message == refusals.TOO_BIG
    assert sent.read_so_far < refusals.MOST_BYTES + 2**20
    assert list(tmp_path.rglob("*")) == [tmp_path / "evidence"]


def test_a_child_that_dies_is_a_refusal_and_leaves_nothing(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(opening, "_CHILD", "tests.evidence.no_such_module")
    with pytest.raises(TrackerError) as refused:
        opening.take_in(Store(tmp_path), "a.jpg", BytesIO(PHOTO))
    assert refused.value.message == refusals.TOO_HEAVY
    assert list(tmp_path.rglob("*")) == [tmp_path / "evidence"]


def test_a_full_disk_is_said_so(tmp_path: Path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Store, "keep", full)
    with pytest.raises(TrackerError) as refused:
        opening.take_in(Store(tmp_path), "a.jpg", BytesIO(PHOTO))
    assert refused.value.message == refusals.NO_ROOM
    assert list(tmp_path.rglob("*")) == [tmp_path / "evidence"]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\相册\\赶集.jpg", "赶集.jpg"),
        ("gpj.\u202eexe.jpg", "gpj.exe.jpg"),
        ("a\r\nSet-Cookie: x=1.jpg", "a Set-Cookie: x=1.jpg"),
        ("", "未命名"),
        ("长" * 300 + ".jpg", "长" * 196 + ".jpg"),
    ],
)
def test_names_are_made_plain(sent: str, shown: str):
    assert opening.clean_name(sent) == shown


def test_a_name_breaks_no_header_and_runs_no_script(page: Visitor, world: World):
    event = world.an_event()
    add(page, event.id, ('<img src=x onerror="alert(1)">".jpg', PHOTO))
    [file] = kept(world)
    shown = page.get(f"/outreach/events/{event.id}")
    assert "<img src=x" not in shown.html
    told = page.client.get(f"/evidence/{file.id}/content").headers["Content-Disposition"]
    assert "<" not in told
    assert told.count('"') == 2
