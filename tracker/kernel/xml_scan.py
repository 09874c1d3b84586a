"""Reads XML from outside once, without keeping it.

A real parser looks, since patterns can be dodged by prefixes, other quotes or another encoding.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


class Broken(Exception):
    """This XML is not well-formed."""


class Why(Enum):
    """Why well-formed XML is refused all the same."""

    #: A document type or entities, which may grow without end or name other files.
    DEFINITIONS = "definitions"
    ENCODING = "encoding"


class XmlRefused(Exception):
    """The XML holds what no office file needs."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class Scan:
    """Reads one XML part. Anything but plain UTF-8 without definitions is refused."""

    def __init__(self) -> None:
        self._parser: XMLParserType = expat.ParserCreate()
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = _refuse_definitions
        self._parser.EntityDeclHandler = _refuse_definitions
        self._parser.XmlDeclHandler = _check_encoding

    def feed(self, data: bytes) -> None:
        """The next piece of the part."""
        self._parse(data, last=False)

    def close(self) -> None:
        """There is no more of it."""
        self._parse(b"", last=True)

    def _parse(self, data: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            raise Broken from error

    def _start(self, name: str, attributes: list[str]) -> None:
        self.start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def start(self, local: str, attributes: list[str]) -> None:
        """An element begins. Its attributes are names and values in turn."""


def is_xml(first: bytes) -> bool:
    """Whether this is the beginning of an XML part; in UTF-16 it is refused."""
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\x00" in first[:4] and b"<" in first[:4]):
        raise XmlRefused(Why.ENCODING)
    return first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def _refuse_definitions(*_: object) -> NoReturn:
    raise XmlRefused(Why.DEFINITIONS)


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise XmlRefused(Why.ENCODING)
