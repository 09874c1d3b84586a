"""The one place where cells are written.

Whatever a person typed stays text: it never becomes a formula, an error value or a rounded number.
Numbers are numbers and days are real dates, so that the county can calculate with them.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from tracker.kernel import clock
from tracker.kernel.register import Value
from tracker.kernel.terms import Term
from tracker.kernel.text import clean
from tracker.kernel.wording import Number
from tracker.kernel.words import Words

GENERAL = "General"
AS_TEXT = "@"
DAY = 'yyyy"年"m"月"d"日"'
DAY_EN = "yyyy-mm-dd"
MOMENT = "yyyy-mm-dd hh:mm"
WHOLE = "#,##0"
PERCENT = "0.00%"
CHANGE = "+#,##0.##;-#,##0.##;0"
CHANGE_WHOLE = "+#,##0;-#,##0;0"
POINTS = Words(
    '+0.00"个百分点";-0.00"个百分点";0"个百分点"', '+0.00" points";-0.00" points";0" points"'
)

#: The most a cell holds, in UTF-16 units, as Excel counts.
LONGEST = 32_767
#: From here on a spreadsheet rounds: it keeps 15 digits.
_TOO_LARGE = 10**15
#: What a spreadsheet may take for the beginning of a formula, when the cell is typed anew.
_FORMULA_MARKS = frozenset("=+-@＝＋－＠")
#: Spreadsheets read _x0041_ in a file as the character of that code.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_DAY = date(1900, 3, 1)
YES_NO = (Words("是", "Yes"), Words("否", "No"))


@dataclass(frozen=True)
class Formula:
    """A formula of our own making; nothing typed by a person ever becomes one."""

    text: str
    number_format: str = GENERAL


@dataclass(frozen=True)
class Quantity:
    """A number with its own number format."""

    value: Number
    number_format: str


#: What a row of a sheet is made of.
Content = Value | Formula | Quantity


#: The size of type in the table, in points.
BODY_SIZE = 11


@dataclass(frozen=True)
class Look:
    """How a cell looks. Font names are requests: a machine without them shows its own."""

    font: str = "仿宋"
    size: int = BODY_SIZE
    bold: bool = False
    fill: str = ""
    across: str = "left"
    border: bool = True
    wrap: bool = True


TITLE = Look("方正小标宋简体", 20, across="center", border=False)
LINE_LEFT = Look(border=False)
LINE_MIDDLE = Look(across="center", border=False)
LINE_RIGHT = Look(across="right", border=False)
REMARK = Look(size=10, border=False)
ASIDE = Look(size=10, border=False, wrap=False)
HEAD = Look("黑体", fill="DDE7F3", across="center")
REQUIRED_HEAD = Look("黑体", bold=True, fill="FFD9C2", across="center")
CHECK_HEAD = Look("黑体", 10, fill="EFEFEF", across="center")
GROUP = Look("黑体", fill="F3F6FA")
TEXT = Look()
CENTRED = Look(across="center")
SMALL = Look(size=9)
CHECK = Look(size=10, across="center", wrap=False)
TOTAL = Look("黑体", across="center")

_THIN = Side(style="thin", color="000000")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def day_format(language: str) -> str:
    """How days are shown."""
    return DAY_EN if language == "en" else DAY


def safe_text(value: str) -> str:
    """The text without anything a workbook refuses, cut with … where no cell would hold it."""
    if not value.isprintable():
        value = ILLEGAL_CHARACTERS_RE.sub("", clean(value))
    if "_x" in value:
        value = _ESCAPED.sub("_x005F_", value)
    if len(value) * 2 > LONGEST:
        units = value.encode("utf-16-le")
        if len(units) > LONGEST * 2:
            value = units[: (LONGEST - 1) * 2].decode("utf-16-le", "ignore") + "…"
    return value


class Styles:
    """The styles of one workbook, each prepared once: making one per cell costs twice the time."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[Look, str, bool], Any] = {}

    def get(self, look: Look, number_format: str = GENERAL, *, quoted: bool = False) -> Any:
        """The prepared style. A ``quoted`` cell stays text even where somebody edits it."""
        key = (look, number_format, quoted)
        if key not in self._made:
            self._made[key] = self._make(look, number_format, quoted)
        return self._made[key]

    def _make(self, look: Look, number_format: str, quoted: bool) -> Any:
        cell: Any = WriteOnlyCell(self._workbook.worksheets[0])
        cell.font = Font(name=look.font, size=look.size, bold=look.bold)
        cell.alignment = Alignment(
            horizontal=look.across, vertical="center", wrap_text=look.wrap or None
        )
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        if look.border:
            cell.border = _BORDER
        cell.number_format = number_format
        style = copy(cell._style)
        style.quotePrefix = int(quoted)
        return style


class Pen:
    """Writes the cells of one column. The cell is used again row after row: it is on its way to
    the file before the next one is asked for."""

    def __init__(
        self,
        styles: Styles,
        sheet: Any,
        look: Look,
        *,
        language: str = "zh",
        as_text: bool = False,
        blank: str | None = None,
    ) -> None:
        self._styles = styles
        self._look = look
        self._language = language
        self._cell: Any = WriteOnlyCell(sheet)
        self._plain = styles.get(look, AS_TEXT if as_text else GENERAL)
        self._quoted = styles.get(look, AS_TEXT if as_text else GENERAL, quoted=True)
        self._blank = self._plain if blank is None else styles.get(look, blank)
        self._day = styles.get(look, day_format(language))
        self._as_text = as_text

    def write(self, value: Content) -> Any:
        """The cell that holds this value."""
        if isinstance(value, str):
            return self._text(value)
        if value is None:
            return self._put(None, "n", self._blank)
        if isinstance(value, bool):
            return self._text(YES_NO[0 if value else 1].say(self._language))
        if isinstance(value, int | Decimal):
            return self._number(value, self._plain)
        if isinstance(value, Term):
            return self._text(value.label.say(self._language))
        if isinstance(value, date):
            return self._date(value)
        if isinstance(value, Words):
            return self._text(value.say(self._language))
        style = self._styles.get(self._look, value.number_format)
        if isinstance(value, Quantity):
            return self._number(value.value, style)
        return self._put("=" + value.text, "f", style)

    def _put(self, value: object, data_type: str, style: Any) -> Any:
        cell = self._cell
        # The style first: openpyxl chooses a format of its own for a day without one.
        cell._style = style
        cell.value = value
        cell.data_type = data_type
        return cell

    def _text(self, value: str) -> Any:
        text = safe_text(value)
        if not text:
            return self._put(None, "n", self._plain)
        quoted = text[0] in _FORMULA_MARKS
        return self._put(text, "s", self._quoted if quoted else self._plain)

    def _number(self, value: Number, style: Any) -> Any:
        if self._as_text or not -_TOO_LARGE < value < _TOO_LARGE:
            return self._put(str(value), "s", self._styles.get(self._look, AS_TEXT))
        return self._put(value, "n", style)

    def _date(self, value: date) -> Any:
        if value.year < 1900 or (not isinstance(value, datetime) and value < _FIRST_DAY):
            # Spreadsheets know no day before 1900, and disagree about its first two months.
            return self._text(value.isoformat())
        if isinstance(value, datetime):
            moment = clock.in_china(value).replace(tzinfo=None)
            return self._put(moment, "d", self._styles.get(self._look, MOMENT))
        return self._put(value, "d", self._day)
