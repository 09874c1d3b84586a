"""How the parts of the document look: GB/T 9704-2012 as sizes, fonts and distances.

The recipe that gives 22 lines of 28 characters: no character grid, an exact line of 28.95 pt on
every style of the text, and a quarter point taken from between the characters (28 × 16 pt would
exceed the 156 mm of the type area).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Literal

#: Points of a line of text, and what is taken from between two characters, in twentieths.
LINE = 28.95
TIGHTER = -5
GRID_PITCH = 579
TEXT_SIZE = 16.0
LATIN = "Times New Roman"


class Face(Enum):
    """What a font is for; which font that is depends on the machine."""

    TITLE = "title"
    BLACK = "black"
    KAI = "kai"
    TEXT = "text"
    SONG = "song"


@dataclass(frozen=True)
class Fonts:
    """The fonts of one kind of machine. None is shipped: Founder's are licensed."""

    name: str
    faces: Mapping[Face, str]
    #: Whether the title's font must be made heavier to look like 小标宋.
    bold_title: bool = False


#: The fonts that offices buy.
OFFICE = Fonts(
    "机关字库",
    {
        Face.TITLE: "方正小标宋简体",
        Face.BLACK: "黑体",
        Face.KAI: "楷体_GB2312",
        Face.TEXT: "仿宋_GB2312",
        Face.SONG: "宋体",
    },
)
#: What comes with Windows.
SYSTEM = Fonts(
    "系统自带",
    {
        Face.TITLE: "华文中宋",
        Face.BLACK: "黑体",
        Face.KAI: "楷体",
        Face.TEXT: "仿宋",
        Face.SONG: "宋体",
    },
    bold_title=True,
)
PRESETS: Mapping[str, Fonts] = {fonts.name: fonts for fonts in (OFFICE, SYSTEM)}

Align = Literal["both", "center", "left", "right"]


@dataclass(frozen=True)
class Look:
    """One paragraph style. Indents are in characters of its own size."""

    id: str
    #: The name Word knows it by; built-in ones are shown in the person's language.
    name: str
    face: Face
    size: float = TEXT_SIZE
    line: float = LINE
    align: Align = "both"
    first_line: float = 0
    heading: int = 0
    grey: bool = False
    #: The look it rests on.
    base: str = ""


TEXT = Look("Normal", "Normal", Face.TEXT, first_line=2)
TITLE = Look("Title", "Title", Face.TITLE, 22, 35, "center", base="Normal")
HEADINGS: tuple[Look, ...] = (
    Look("Heading1", "heading 1", Face.BLACK, first_line=2, heading=1, base="Normal"),
    Look("Heading2", "heading 2", Face.KAI, first_line=2, heading=2, base="Normal"),
    Look("Heading3", "heading 3", Face.TEXT, first_line=2, heading=3, base="Normal"),
)
#: Styles an office's own document may supply, by the name Word keeps them under.
SUPPLIED: tuple[Look, ...] = (TEXT, TITLE, *HEADINGS)

ADDRESSEE = Look("TrackerAddressee", "公文主送", Face.TEXT)
SIGNATURE = Look("TrackerSignature", "公文署名", Face.TEXT, align="right")
BLANK = Look("TrackerBlank", "公文空行", Face.TEXT)
ANNEX_MARK = Look("TrackerAnnexMark", "公文附件", Face.BLACK, align="left")
ANNEX_TITLE = Look("TrackerAnnexTitle", "公文附件标题", Face.TITLE, 22, 35, align="center")
NOTE = Look("TrackerNote", "公文附注", Face.TEXT, size=12, line=20, first_line=2)
CELL_HEAD = Look("TrackerCellHead", "公文表头", Face.BLACK, size=9, line=13, align="center")
CELL = Look("TrackerCell", "公文表格", Face.TEXT, size=9, line=13, align="left")
CELL_NUMBER = Look("TrackerCellNumber", "公文表格数字", Face.TEXT, 9, 13, align="center")
DRAFT_MARK = Look(
    "TrackerDraftMark", "公文草稿标记", Face.BLACK, size=12, line=16, align="center", grey=True
)
PAGE_ODD = Look("TrackerPageOdd", "公文页码单", Face.SONG, size=14, line=16, align="right")
PAGE_EVEN = Look("TrackerPageEven", "公文页码双", Face.SONG, size=14, line=16, align="left")
OWN: tuple[Look, ...] = (
    ADDRESSEE,
    SIGNATURE,
    BLANK,
    ANNEX_MARK,
    ANNEX_TITLE,
    NOTE,
    CELL_HEAD,
    CELL,
    CELL_NUMBER,
    DRAFT_MARK,
    PAGE_ODD,
    PAGE_EVEN,
)
