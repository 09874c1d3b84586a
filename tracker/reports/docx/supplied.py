"""Styles taken from an office's own document: only what its text and headings look like.

Nothing else of the file is used or kept: no text, no pictures, no macros, no address it refers to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tracker.kernel import zips
from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words
from tracker.kernel.zips import Part, Why, ZipRefused

from .look import SUPPLIED
from .styles import Supplied, W

#: The largest document taken, and what its sheet of styles may be unpacked.
MOST_BYTES = 10 * 2**20
MOST_STYLES = 4 * 2**20
#: As it is kept: five styles and what they rest on.
MOST_KEPT = 200_000

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHAIN = 20
#: What a style may not bring along: numbers are typed, frames and sections are no look of a text.
_DROPPED = frozenset({"numPr", "sectPr", "framePr", "rPrChange", "pPrChange", "pStyle", "rStyle"})
_KEPT = frozenset({"name", "basedOn", "uiPriority", "qFormat", "pPr", "rPr"})

TOO_LARGE = Words(
    "样式文件请勿超过 10 MB；可以删去文档里的图片再上传",
    "The style document can be at most 10 MB; remove its pictures and try again",
)
NOT_WORD = Words(
    "这不是 Word 文档（.docx），请用 WPS 或 Word 另存为 .docx 后再用",
    "This is no Word document (.docx); save it as .docx in WPS or Word first",
)
OLD_WORD = Words(
    "这是旧格式（.doc）或者加了密码的文档，请用 WPS 或 Word 去掉密码、另存为 .docx 后再用",
    "This is an old .doc, or has a password; save it as .docx without a password first",
)
MACROS = Words(
    "文档里带有宏，不能使用；请另存为不含宏的 .docx",
    "The document holds macros and is not taken; save it as a .docx without macros",
)
DAMAGED = Words(
    "文档已损坏，打不开；请用 WPS 或 Word 打开后另存一份再用",
    "The document is damaged; open it in WPS or Word and save it anew",
)
BOMB = Words(
    "文档解压后过大，不像一份普通的公文，没有打开",
    "Unpacked, the document is far too large for an ordinary one; it was not opened",
)


def supplied_by(data: bytes) -> Supplied:
    """The styles of a document.

    :raises TrackerError: when it is none that can be read, holds macros, or is too large.
    """
    if len(data) > MOST_BYTES:
        raise TrackerError(TOO_LARGE)
    if data.startswith(_OLD):
        raise TrackerError(OLD_WORD)
    if not data.startswith(b"PK"):
        raise TrackerError(NOT_WORD)
    try:
        sheet, theme = _parts(data)
        found = _taken(fromstring(sheet, forbid_dtd=True), _theme_fonts(theme))
    except ZipRefused as refused:
        raise TrackerError(OLD_WORD if refused.why is Why.PASSWORD else BOMB) from None
    except (*zips.DAMAGED, ParseError, DefusedXmlException, ValueError, KeyError):
        raise TrackerError(DAMAGED) from None
    if len(to_json(found)) > MOST_KEPT:
        raise TrackerError(BOMB)
    return found


def to_json(found: Supplied) -> str:
    """The styles as they are kept."""
    return json.dumps(
        {
            "defaults": found.defaults,
            "styles": list(found.styles),
            "ids": dict(found.ids),
            "taken": sorted(found.taken),
            "indented": sorted(found.indented),
        },
        ensure_ascii=False,
    )


def from_json(text: str) -> Supplied:
    """`to_json` read back."""
    found: dict[str, Any] = json.loads(text)
    return Supplied(
        found["defaults"],
        tuple(found["styles"]),
        found["ids"],
        frozenset(found["taken"]),
        frozenset(found["indented"]),
    )


def _parts(data: bytes) -> tuple[bytes, bytes]:
    """The sheet of styles and the theme, which may be missing."""
    found = {part.name.lower(): part for part in zips.parts(data)}
    if "word/document.xml" not in found:
        raise TrackerError(NOT_WORD)
    if any("vbaproject" in name for name in found):
        raise TrackerError(MACROS)
    if b"macroEnabled" in _read(found["[content_types].xml"]):
        raise TrackerError(MACROS)
    theme = found.get("word/theme/theme1.xml")
    return _read(found["word/styles.xml"]), _read(theme) if theme is not None else b""


def _read(part: Part) -> bytes:
    """A part, unpacked no further than it may be; what it says of its size is not believed."""
    content = b""
    for piece in zips.unpacked(part):
        content += piece
        if len(content) > MOST_STYLES:
            raise TrackerError(BOMB)
    return content


def _taken(sheet: Element, fonts: Mapping[str, str]) -> Supplied:
    register_namespace("w", W)
    paragraphs = {
        each.get(f"{{{W}}}styleId", ""): each
        for each in sheet.findall(f"{{{W}}}style")
        if each.get(f"{{{W}}}type") == "paragraph"
    }
    named = {_value(each, "name").lower(): key for key, each in paragraphs.items() if key}
    ids = {look.id: named[look.name.lower()] for look in SUPPLIED if look.name.lower() in named}
    needed: dict[str, Element] = {}
    for style_id in ids.values():
        for each in _chain(style_id, paragraphs):
            needed[each] = _plain(paragraphs[each], fonts, _KEPT)
    defaults = sheet.find(f"{{{W}}}docDefaults")
    plain_defaults = Element(f"{{{W}}}docDefaults")
    if defaults is not None:
        plain_defaults = _plain(defaults, fonts)
    indented = {look for look, key in ids.items() if _draws_in(key, paragraphs)}
    return Supplied(
        tostring(plain_defaults, "unicode"),
        tuple(tostring(each, "unicode") for each in needed.values()),
        ids,
        frozenset(needed),
        frozenset(indented),
    )


def _chain(style_id: str, known: Mapping[str, Element]) -> Iterator[str]:
    """A style and those it rests on."""
    for _ in range(_CHAIN):
        if style_id not in known:
            return
        yield style_id
        style_id = _value(known[style_id], "basedOn")


def _value(style: Element, name: str) -> str:
    found = style.find(f"{{{W}}}{name}")
    return "" if found is None else found.get(f"{{{W}}}val", "")


def _draws_in(style_id: str, known: Mapping[str, Element]) -> bool:
    for each in _chain(style_id, known):
        for indent in known[each].iter(f"{{{W}}}ind"):
            if any(indent.get(f"{{{W}}}{name}") for name in ("firstLine", "firstLineChars")):
                return True
    return False


def _plain(
    element: Element, fonts: Mapping[str, str], only: frozenset[str] | None = None
) -> Element:
    """The element with what belongs to WordprocessingML alone, its theme fonts by their names."""
    kept = Element(element.tag)
    for key, value in element.attrib.items():
        if key.startswith(f"{{{W}}}"):
            kept.set(key, value)
    if element.tag == f"{{{W}}}rFonts":
        _name_fonts(kept, fonts)
    for child in element:
        tag = str(child.tag)
        name = tag.rpartition("}")[2]
        is_foreign = not tag.startswith(f"{{{W}}}")
        if is_foreign or name in _DROPPED or (only is not None and name not in only):
            continue
        kept.append(_plain(child, fonts))
    return kept


def _name_fonts(element: Element, fonts: Mapping[str, str]) -> None:
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        attribute = f"{{{W}}}cstheme" if kind == "cs" else f"{{{W}}}{kind}Theme"
        theme = element.attrib.pop(attribute, "")
        if font := fonts.get(theme):
            element.set(f"{{{W}}}{kind}", font)


def _theme_fonts(theme: bytes) -> dict[str, str]:
    """The fonts a theme's names stand for: minorEastAsia → 等线."""
    if not theme:
        return {}
    found: dict[str, str] = {}
    root = fromstring(theme, forbid_dtd=True)
    for kind in ("major", "minor"):
        group = root.find(f".//{{{_A}}}{kind}Font")
        if group is None:
            continue
        latin, east = (_typeface(group, name) for name in ("latin", "ea"))
        hans = next((f.get("typeface", "") for f in group if f.get("script") == "Hans"), "")
        for name, font in (("Ascii", latin), ("HAnsi", latin), ("EastAsia", east or hans)):
            if font:
                found[f"{kind}{name}"] = font
    return found


def _typeface(group: Element, name: str) -> str:
    found = group.find(f"{{{_A}}}{name}")
    return "" if found is None else found.get("typeface", "")
