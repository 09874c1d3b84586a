"""Calendars as files that phones and mail programs read (RFC 5545): whole days, nothing else.

Lines end in CRLF and are folded at 75 octets without cutting a character; text is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MIMETYPE = "text/calendar"

#: A line holds so many octets, its end not counted (RFC 5545, 3.1).
_OCTETS = 75
_PRODUCT = "-//Township rule-of-law tracker//Calendar//ZH"
# Control characters have no place in a text value; the tab may stay, a line break is escaped.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class AllDay:
    """One entry of whole days, ``first`` to ``last``, both included.

    ``uid`` names it as long as it exists: a program that reads the file again finds by it what it
    has already, instead of showing it twice. ``changed`` is when it last changed, in UTC.
    """

    uid: str
    title: str
    first: date
    last: date
    changed: datetime
    description: str = ""
    url: str = ""


def calendar_file(name: str, entries: Iterable[AllDay]) -> bytes:
    """The file: a calendar of this name with these entries."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for entry in entries for line in _entry(entry)),
        "END:VCALENDAR",
    ]
    return b"".join(part for line in lines for part in folded(line))


def _entry(entry: AllDay) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{entry.changed:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}"
    # The end of whole days is the day after (RFC 5545, 3.6.1).
    yield f"DTEND;VALUE=DATE:{entry.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.description:
        yield f"DESCRIPTION:{escaped(entry.description)}"
    if entry.url:
        yield f"URL:{_CONTROL.sub('', entry.url)}"
    # A publicity day takes nobody's time.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(value: str) -> str:
    """A text value: backslash, semicolon, comma and line break escaped (RFC 5545, 3.3.11)."""
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).translate(_ESCAPED)


def folded(line: str) -> Iterator[bytes]:
    """A content line in pieces of at most 75 octets, each with its CRLF; none cuts a character."""
    piece = b""
    for character in line:
        octets = character.encode("utf-8", "replace")
        if len(piece) + len(octets) > _OCTETS:
            yield piece + b"\r\n"
            piece = b" "
        piece += octets
    yield piece + b"\r\n"
