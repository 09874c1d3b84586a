"""What is not a whole backup of ours is refused before anything is touched."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.safekeeping.helpers import rewritten
from tracker.safekeeping import archive
from tracker.safekeeping.archive import BadBackup

pytestmark = pytest.mark.sqlite("a PostgreSQL server makes its own backups")


def _refused(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "laid-out"
    target.mkdir()
    with pytest.raises(BadBackup):
        archive.extract(source, target)
    with pytest.raises(BadBackup):
        archive.check(source)
    outside = [path for path in tmp_path.rglob("*") if "escaped" in path.name]
    assert outside == []


@pytest.mark.parametrize(
    "name",
    [
        "../escaped",
        "evidence/../../escaped",
        "/tmp/escaped",  # noqa: S108  # a name in a file, not a place we use
        "evidence//escaped",
        "evidence\\..\\escaped",
        "C:escaped",
        "write.lock",
        "evidence/.hidden",
        "evidence/a b",
        "manifest.json/escaped",
    ],
)
def test_a_name_that_is_none_of_ours_is_refused(kept: Path, tmp_path: Path, name: str):
    def listed(body: dict[str, Any]) -> None:
        body["files"][name] = body["files"]["config.py"]

    with zipfile.ZipFile(kept) as file:
        content = file.read("config.py")
    _refused(rewritten(kept, tmp_path / "b.zip", manifest=listed, add={name: content}), tmp_path)


def test_a_file_that_the_manifest_does_not_name_is_refused(kept: Path, tmp_path: Path):
    _refused(rewritten(kept, tmp_path / "b.zip", add={"evidence/extra": b"x"}), tmp_path)


@pytest.mark.parametrize("name", ["config.py", "database.sqlite3", "audit.key"])
def test_a_missing_file_is_refused(kept: Path, tmp_path: Path, name: str):
    _refused(rewritten(kept, tmp_path / "b.zip", drop=name), tmp_path)


@pytest.mark.parametrize("name", ["database.sqlite3", "audit.key"])
def test_a_backup_without_database_or_key_is_refused(kept: Path, tmp_path: Path, name: str):
    def unlisted(body: dict[str, Any]) -> None:
        del body["files"][name]

    _refused(rewritten(kept, tmp_path / "b.zip", drop=name, manifest=unlisted), tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused(kept: Path, tmp_path: Path):
    _refused(rewritten(kept, tmp_path / "b.zip", add={"config.py": b"other"}), tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"size": 1},
        {"size": -1},
        {"size": "12"},
        {"sha256": "0" * 64},
        {"sha256": "none"},
    ],
)
def test_a_size_or_checksum_that_does_not_hold_is_refused(
    kept: Path, tmp_path: Path, change: dict[str, Any]
):
    def other(body: dict[str, Any]) -> None:
        body["files"]["config.py"].update(change)

    _refused(rewritten(kept, tmp_path / "b.zip", manifest=other), tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "something"},
        {"format_version": 99},
        {"format_version": "1"},
        {"files": []},
        {"files": {"config.py": None}},
        {"rows": {"village": "many"}},
        {"heads": [{}]},
        {"created_at": "yesterday"},
    ],
)
def test_a_manifest_that_is_none_is_refused(kept: Path, tmp_path: Path, change: dict[str, Any]):
    def other(body: dict[str, Any]) -> None:
        body.update(change)

    _refused(rewritten(kept, tmp_path / "b.zip", manifest=other), tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip" * 100])
def test_a_file_that_is_no_zip_is_refused(tmp_path: Path, content: bytes):
    source = tmp_path / "b.zip"
    source.write_bytes(content)
    _refused(source, tmp_path)


def test_a_zip_of_somebody_else_is_refused(tmp_path: Path):
    source = tmp_path / "b.zip"
    with zipfile.ZipFile(source, "w") as file:
        file.writestr("report.docx", "…")
    _refused(source, tmp_path)


def test_a_file_cut_off_anywhere_is_refused(kept: Path, tmp_path: Path):
    content, cut = kept.read_bytes(), tmp_path / "cut.zip"
    for length in range(0, len(content), len(content) // 40):
        cut.write_bytes(content[:length])
        with pytest.raises(BadBackup):
            archive.check(cut)


def test_a_flipped_bit_is_found_or_makes_no_difference(kept: Path, tmp_path: Path):
    """Some bits of a zip say nothing (times, modes); every other one is covered."""
    content, other = kept.read_bytes(), tmp_path / "flipped.zip"
    whole, dice, found = archive.check(kept), random.Random(4), 0
    for _ in range(200):
        flipped = bytearray(content)
        flipped[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        other.write_bytes(flipped)
        try:
            assert archive.check(other) == whole
        except BadBackup:
            found += 1
    assert found > 150


@pytest.mark.parametrize(
    ("place", "bit"),
    [(8, 1), (8, 32), (8, 64), (10, 128), (6, 128)],
    ids=["encrypted", "patched", "strongly encrypted", "method", "version"],
)
def test_a_manifest_whose_entry_says_something_else_is_refused(
    kept: Path, tmp_path: Path, place: int, bit: int
):
    """The bits of the directory that make the reader of zips give up in its own words."""
    content = bytearray(kept.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    assert content[entry + 46 :].startswith(archive.MANIFEST.encode())
    content[entry + place] ^= bit
    other = tmp_path / "other.zip"
    other.write_bytes(content)
    with pytest.raises(BadBackup):
        archive.read_manifest(other)
    with pytest.raises(BadBackup):
        archive.check(other)


def test_a_member_larger_than_it_says_is_not_unpacked(kept: Path, tmp_path: Path):
    """A bomb: a few kilobytes that unfold to a hundred megabytes."""
    source = tmp_path / "bomb.zip"
    rewritten(kept, source, drop="config.py")
    with zipfile.ZipFile(source, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("config.py", b"\0" * 100_000_000)
    target = tmp_path / "laid-out"
    target.mkdir()
    with pytest.raises(BadBackup):
        archive.extract(source, target)
    assert sum(path.stat().st_size for path in target.rglob("*") if path.is_file()) < 10_000_000
