"""Looks through an OLE2 file (.xls) before anything reads it.

Two small formats, as Microsoft describes them: [MS-CFB], a file system in a file, and the records
of [MS-XLS]. Read here are the names of the streams (a password, macros, another program's file),
which cells are filled, and the cells with errors, which calamine gives as if they were empty.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from tracker.kernel.errors import TrackerError

from . import refusals
from .scanning import Found, place

_END = 0xFFFFFFFA  # from here on: the end of a chain, free, or kept for the file itself
_FOLDER, _STREAM, _ROOT = 1, 2, 5
_NOT_WORKBOOKS = (
    ("worddocument", refusals.not_a_workbook(refusals.WORD)),
    ("powerpoint document", refusals.not_a_workbook(refusals.SLIDES)),
)
_BOOKS = ("workbook", "book")

_BEGINNING, _ENDING, _PASSWORD, _SHEET = 0x0809, 0x000A, 0x002F, 0x0085
_FORMULA, _MANY_NUMBERS, _TRUTH_OR_ERROR = 0x0006, 0x00BD, 0x0205
#: Number, label, short number, label from the table, rich label, and the above.
_FILLED = frozenset(
    {0x0203, 0x0204, 0x027E, 0x00FD, 0x00D6, _FORMULA, _MANY_NUMBERS, _TRUTH_OR_ERROR}
)
_MACRO_SHEETS = (1, 6)
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class _Entry(NamedTuple):
    name: str
    kind: int
    start: int
    size: int


class _Damaged(Exception):
    """The file's own structure leads nowhere."""


def check(data: bytes) -> Found:
    """Look the file through, or refuse it."""
    try:
        files = _Files(data)
        names = {entry.name for entry in files.entries}
        if "encryptedpackage" in names or "encryptioninfo" in names:
            raise TrackerError(refusals.PASSWORD)
        book = next((e for n in _BOOKS for e in files.entries if e.name == n), None)
        if book is None:
            words = (words for name, words in _NOT_WORKBOOKS if name in names)
            raise TrackerError(next(words, refusals.UNKNOWN))
        found = Found()
        _look_through(files.read(book), found)
        if "_vba_project_cur" in names or "_vba_project" in names:
            raise TrackerError(refusals.MACROS)
        return found
    except (_Damaged, struct.error, IndexError):
        raise TrackerError(refusals.DAMAGED) from None


class _Files:
    """The streams of an OLE2 file. Chains that bite their own tail are found by their length."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        big, small = struct.unpack_from("<HH", data, 30)
        if big not in (9, 12) or small != 6:
            raise _Damaged
        self._size, self._small_size = 1 << big, 1 << small
        first_folder, _, self._cutoff, first_small = struct.unpack_from("<IIII", data, 48)[:4]
        self._table = self._allocation()
        self.entries = list(self._listed(self._chain(first_folder)))
        if not self.entries or self.entries[0].kind != _ROOT:
            raise _Damaged
        self._small_table = _numbers(self._chain(first_small))
        root = self.entries[0]
        self._small = self._chain(root.start)[: root.size] if root.size else b""

    def read(self, entry: _Entry) -> bytes:
        """The whole content of one stream."""
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        size, pieces, at = self._small_size, [], entry.start
        while at < _END:
            pieces.append(self._small[at * size : (at + 1) * size])
            if len(pieces) > len(self._small_table):
                raise _Damaged
            at = self._small_table[at]
        return b"".join(pieces)[: entry.size]

    def _sector(self, number: int) -> bytes:
        sector = self._data[(number + 1) * self._size : (number + 2) * self._size]
        if not sector:
            raise _Damaged
        return sector

    def _allocation(self) -> tuple[int, ...]:
        """For every sector the one that follows it."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        at, _ = struct.unpack_from("<II", self._data, 68)
        most = len(self._data) // self._size + 1
        seen = 0
        while at < _END:
            *more, at = _numbers(self._sector(at))
            listed += more
            seen += 1
            if seen > most:
                raise _Damaged
        used = [number for number in listed if number < _END]
        if len(used) > most:
            raise _Damaged
        return _numbers(b"".join(self._sector(number) for number in used))

    def _chain(self, start: int) -> bytes:
        pieces, at = [], start
        while at < _END:
            pieces.append(self._sector(at))
            if len(pieces) > len(self._table):
                raise _Damaged
            at = self._table[at]
        return b"".join(pieces)

    def _listed(self, folder: bytes) -> Iterator[_Entry]:
        for at in range(0, len(folder) - 127, 128):
            length, kind = struct.unpack_from("<HB", folder, at + 64)
            if kind not in (_FOLDER, _STREAM, _ROOT) or not 2 <= length <= 64:
                continue
            name = folder[at : at + length - 2].decode("utf-16-le", "replace").lower()
            start, size = struct.unpack_from("<II", folder, at + 116)
            yield _Entry(name, kind, start, size)


def _numbers(data: bytes) -> tuple[int, ...]:
    count = len(data) // 4
    return struct.unpack(f"<{count}I", data[: count * 4])


def _look_through(book: bytes, found: Found) -> None:
    """The records of all sheets. A chart inside a sheet keeps numbers of its own, which are no
    cells."""
    sheets: dict[int, int] = {}
    at, end, depth, sheet = 0, len(book) - 4, 0, -1
    unpack = struct.Struct("<HH").unpack_from
    while at <= end:
        kind, length = unpack(book, at)
        if kind in _FILLED:
            if depth == 1 and sheet >= 0 and length >= 6:
                _cell(book, at + 4, kind, length, sheet, found)
        elif kind == _BEGINNING:
            depth += 1
            if depth == 1:
                sheet = sheets.get(at, -1)
        elif kind == _ENDING:
            depth = max(depth - 1, 0)
        elif kind == _SHEET and length >= 6:
            start, _, what = struct.unpack_from("<IBB", book, at + 4)
            if what in _MACRO_SHEETS:
                raise TrackerError(refusals.MACROS)
            sheets[start] = len(sheets)
        elif kind == _PASSWORD:
            raise TrackerError(refusals.PASSWORD)
        at += 4 + length


def _cell(book: bytes, at: int, kind: int, length: int, sheet: int, found: Found) -> None:
    row, column = struct.unpack_from("<HH", book, at)
    if kind == _MANY_NUMBERS:
        (last,) = struct.unpack_from("<H", book, at + length - 2)
        found.fill(row, last, max(last - column + 1, 1))
        return
    found.fill(row, column)
    code = None
    if kind == _TRUTH_OR_ERROR and length >= 8 and book[at + 7]:
        code = book[at + 6]
    elif kind == _FORMULA and length >= 14 and book[at + 12 : at + 14] == b"\xff\xff":
        code = book[at + 8] if book[at + 6] == 2 else None
    if code is not None:
        errors = found.errors.setdefault(sheet, {})
        errors[place(row, column)] = _ERRORS.get(code, "#N/A")
