"""Damages files: bytes anywhere, and the parts of a zip so that the zip itself stays whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.workbooks.importing.making import parts_of, zipped

_TAG = re.compile(rb"<[^<>]+>")
_VALUE = re.compile(rb'"[^"<>]*"')
_DIGITS = re.compile(rb"[0-9]+")
_NASTY = (
    b"-1", b"0", b"65536", b"1048577", b"4294967296", b"99999999999999999999", b"1e400", b"NaN",
    b"", b"&#0;", b"&x;", b"\xff\xfe", b"<![CDATA[", b"]]>", b"<!--", b"<c>", b"</row>", b"XFD1",
    b"../x", b"\x00", b"=", b"s", b"e", b"d",
)  # fmt: skip


def damaged(data: bytes, chance: Random) -> bytes:
    """The bytes with a few of them changed, lost, doubled or put in."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 40))):
        at = chance.randrange(len(changed) + 1)
        some = chance.choice((1, 2, 4, 16, 300))
        match chance.randrange(6):
            case 0:
                changed[at : at + some] = chance.randbytes(some)
            case 1:
                del changed[at : at + some]
            case 2:
                changed[at:at] = changed[at : at + some]
            case 3:
                changed[at : at + some] = bytes([chance.choice((0, 255))]) * some
            case 4:
                changed[at:at] = chance.choice(_NASTY)
            case _:
                del changed[max(at, len(changed) // 2) :]
        if not changed:
            return b"\0"
    return bytes(changed)


def damaged_parts(data: bytes, chance: Random) -> bytes:
    """The zipped file with parts of it changed, lost, renamed or exchanged."""
    parts = parts_of(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        name = chance.choice(list(parts))
        match chance.randrange(10):
            case 0:
                del parts[name]
                if not parts:
                    return b"PK\x05\x06" + bytes(18)
            case 1:
                parts[name + chance.choice(("x", "/", ".bin", "é"))] = parts.pop(name)
            case 2:
                other = chance.choice(list(parts))
                parts[name], parts[other] = parts[other], parts[name]
            case 3:
                parts[name] = damaged(parts[name] or b"\0", chance)
            case _:
                parts[name] = _other_markup(parts[name], chance)
    return zipped(parts)


def _other_markup(xml: bytes, chance: Random) -> bytes:
    """XML of which tags, values and numbers are others, doubled or gone."""
    pattern = chance.choice((_TAG, _VALUE, _DIGITS))
    found = list(pattern.finditer(xml))
    if not found:
        return xml
    spot, source = chance.choice(found), chance.choice(found)
    replace: Callable[[], bytes] = chance.choice(
        (
            lambda: b"",
            lambda: source[0],
            lambda: spot[0] * chance.choice((2, 1000)),
            lambda: (b'"%s"' if pattern is _VALUE else b"%s") % chance.choice(_NASTY),
        )
    )
    return xml[: spot.start()] + replace() + xml[spot.end() :]
