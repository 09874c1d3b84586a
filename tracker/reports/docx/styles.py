"""The style sheet of the document: the house's own looks, or an office's where it supplies them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from .look import LATIN, OWN, SUPPLIED, TIGHTER, Face, Fonts, Look

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Supplied:
    """Styles taken out of an office's own document.

    ``styles`` is XML of whole style elements, those they rest on included; ``ids`` says which of
    them stands for which look.
    """

    defaults: str
    styles: Sequence[str]
    ids: Mapping[str, str]
    taken: frozenset[str]
    #: The looks whose style says itself how far its first line is drawn in.
    indented: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StyleSheet:
    """The whole sheet, and the id of the style for each look."""

    xml: str
    ids: Mapping[str, str]


_DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
    '<w:sz w:val="32"/><w:szCs w:val="32"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
)
_FIXED = (
    '<w:style w:type="character" w:default="1" w:styleId="{character}">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="{table}"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    "</w:style>"
)


def style_sheet(fonts: Fonts, line: float, supplied: Supplied | None) -> StyleSheet:
    """The sheet for these fonts and this height of a line."""
    taken = supplied.taken if supplied else frozenset()
    ids = {look.id: look.id for look in (*SUPPLIED, *OWN)}
    for look in SUPPLIED:
        if supplied and look.id in supplied.ids:
            ids[look.id] = supplied.ids[look.id]
        elif look.id in taken:
            ids[look.id] = f"Tracker{look.id}"
    own = [look for look in SUPPLIED if not supplied or look.id not in supplied.ids]
    parts = [
        supplied.defaults if supplied else _DEFAULTS.format(fonts=_fonts(fonts.faces[Face.TEXT])),
        _FIXED.format(character="TrackerCharacter", table="TrackerTable"),
        *(supplied.styles if supplied else ()),
        *(_style(look, fonts, line, ids) for look in (*own, *OWN)),
    ]
    return StyleSheet(f'<w:styles xmlns:w="{W}">{"".join(parts)}</w:styles>', ids)


def _style(look: Look, fonts: Fonts, line: float, ids: Mapping[str, str]) -> str:
    height = line if look.line == Look.line else look.line
    default = ' w:default="1"' if look.id == "Normal" else ' w:customStyle="1"'
    if look.id in ("Title", *(f"Heading{n}" for n in (1, 2, 3))):
        default = ""
    based = f"<w:basedOn w:val={quoteattr(ids[look.base])}/>" if look.base else ""
    following = f"<w:next w:val={quoteattr(ids['Normal'])}/>" if look.heading else ""
    keep = "<w:keepNext/><w:keepLines/>" if look.heading else ""
    outline = f'<w:outlineLvl w:val="{look.heading - 1}"/>' if look.heading else ""
    first = (
        f'<w:ind w:firstLineChars="{int(look.first_line * 100)}" '
        f'w:firstLine="{int(look.first_line * look.size * 20)}"/>'
        if look.first_line
        else '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    )
    # Lines of another height would each take whole lines of the page's grid.
    snap = "" if look.line == Look.line else '<w:snapToGrid w:val="0"/>'
    bold = fonts.bold_title and look.face is Face.TITLE
    return (
        f'<w:style w:type="paragraph"{default} w:styleId={quoteattr(ids[look.id])}>'
        f"<w:name w:val={quoteattr(look.name)}/>{based}{following}<w:qFormat/>"
        # Alone at the foot or the head of a page, a line stands in the 22 all the same.
        f'<w:pPr>{keep}<w:widowControl w:val="0"/>{snap}'
        f'<w:spacing w:before="0" w:after="0" w:line="{round(height * 20)}" w:lineRule="exact"/>'
        f'{first}<w:jc w:val="{look.align}"/>{outline}</w:pPr>'
        f"<w:rPr>{_fonts(fonts.faces[look.face])}"
        f'<w:b w:val="{int(bold)}"/><w:bCs w:val="{int(bold)}"/>'
        f'<w:color w:val="{"595959" if look.grey else "000000"}"/>'
        f'<w:spacing w:val="{TIGHTER}"/><w:kern w:val="0"/>'
        f'<w:sz w:val="{round(look.size * 2)}"/><w:szCs w:val="{round(look.size * 2)}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )


def _fonts(east_asian: str) -> str:
    """Both fonts by name: a font of the theme would win over either."""
    return (
        f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" '
        f"w:eastAsia={quoteattr(east_asian)}/>"
    )
