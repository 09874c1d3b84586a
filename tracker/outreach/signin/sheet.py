"""The printed sheet: its columns, its rows, and the picture that phones read."""

from __future__ import annotations

from dataclasses import dataclass

import segno

from tracker.kernel.words import Words

from .terms import EntryKind

#: How many blank rows a sheet may have, and what is printed unasked.
ROWS = (20, 40, 60, 100)
USUAL_ROWS = 40

_QUIET = 4


@dataclass(frozen=True)
class SheetColumn:
    """One column of the sheet; its width by a name of the style sheet."""

    label: Words
    width: str


_NUMBER = SheetColumn(Words("序号", "No."), "number")

COLUMNS = {
    EntryKind.PERSON: (
        _NUMBER,
        SheetColumn(Words("姓名", "Name"), "name"),
        SheetColumn(Words("村（社区）或单位", "Village or organisation"), "place"),
        SheetColumn(Words("签名", "Signature"), "signature"),
    ),
    EntryKind.CLASS: (
        _NUMBER,
        SheetColumn(Words("班级", "Class"), "name"),
        SheetColumn(Words("学生人数", "Pupils"), "pupils"),
        SheetColumn(Words("带班老师签名", "Teacher's signature"), "signature"),
    ),
}
_PHONE = SheetColumn(Words("联系电话（可不填）", "Telephone (optional)"), "place")


def columns(kind: EntryKind, *, with_phone: bool) -> tuple[SheetColumn, ...]:
    """The columns of a sheet for people or for classes."""
    found = COLUMNS[kind]
    if with_phone and kind is EntryKind.PERSON:
        return (*found[:3], _PHONE, found[3])
    return found


@dataclass(frozen=True)
class Picture:
    """A QR code as one path of an SVG picture, ``size`` units wide."""

    size: int
    path: str


def picture(address: str) -> Picture:
    """The address as a QR code that is read with 15 % of it soiled."""
    code = segno.make_qr(address, error="m")
    strokes = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            run = x
            while run < len(row) and row[run]:
                run += 1
            if run > x:
                strokes.append(f"M{x + _QUIET} {y + _QUIET}h{run - x}v1h-{run - x}z")
            x = run + 1
    return Picture(len(code.matrix) + 2 * _QUIET, "".join(strokes))
