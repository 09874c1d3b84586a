"""The import template of a register: how to fill it in, an empty ledger, and its lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from sqlalchemy.orm import Session

from tracker.kernel.intake import Intake
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.models import Office

from . import cells
from .book import Book, bare_file_name
from .cells import Content, Pen
from .columns import SheetColumn
from .entry_rules import EntryRule, rules_of
from .entry_words import example_row, instructions, message, prompt
from .examples import EXAMPLE
from .grid import MOST_ROWS
from .sheets import FIRST_ROW, Ledger
from .widths import breadth

#: The sheets that hold no records; the import passes them over by these names.
HOW_TO = Words("填写说明", "How to fill in")
LISTS = Words("字典", "Lists")

_NUMBER = Words("序号", "No.")
_RULES = Words("说明", "Rule")
_TITLE = Words("{label}导入模板", "Import template: {label}")
_HOW_TITLE = Words("{label}导入模板填写说明", "How to fill in the import template: {label}")
_BY = Words("填报单位：{office}", "Office: {office}")
_MARKED = Words("橙色表头为必填列", "Orange heads must be filled in")
_FROM = Words("从第 {row} 行开始填写，每行一条", "One record a row, from row {row} on")
_DAY = Words("模板日期：{day}", "Made on {day}")
#: Rows with borders; those below look the same on the screen and are not printed empty.
_RULED = 30
#: Excel takes no longer title and no longer text in a message.
_TITLE_LENGTH, _TEXT_LENGTH = 32, 255
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class _Hints:
    """The second row of a sheet that nobody signs."""

    parts: tuple[Words, Words, Words]

    def line(self, language: str) -> tuple[str, str, str]:
        first, second, third = (part.say(language) for part in self.parts)
        return first, second, third


def write_template(
    session: Session,
    scope: Scope,
    office: Office,
    intake: Intake,
    target: Path | BinaryIO,
    *,
    today: date,
    language: str = "zh",
) -> None:
    """Write an empty ledger of a register with everything a clerk needs to fill it in.

    Its heads are the register's own; its lists are the office's. Cells of text columns stay text,
    so that long numbers keep their digits; numbers, days and choices are checked as they are
    typed. A path gets the whole file or stays as it was.
    """
    # Lists are offered to whoever writes; a reader who passes the template on needs them as well.
    seen = tuple(each for each in scope.office_ids if each == office.id)
    home = Scope(seen, office.id, may_write=bool(seen))
    rules = rules_of(session, home, intake, language)
    book = Book(language)
    label = intake.register.label
    by = _BY.fill(office=office.name)
    columns = [_number_column(language), *(_sheet_column(rule, language) for rule in rules)]

    guide = Ledger(
        book,
        HOW_TO.say(language),
        _HOW_TITLE.fill(label=label).say(language),
        _Hints((by, _MARKED, _DAY.fill(day=today.isoformat()))),
        columns,
        numbered=False,
        for_entry=True,
        lines=instructions(rules, label, language),
    )
    guide.write_row([_RULES.say(language), *(rule.say(language) for rule in rules)])
    for whole in (True, False):
        row = example_row(rules, intake.example, today, language, whole=whole)
        guide.write_row([EXAMPLE.say(language), *row])
    guide.close(totals=False)

    ledger = Ledger(
        book,
        label.say(language),
        _TITLE.fill(label=label).say(language),
        _Hints((by, _MARKED, _FROM.fill(row=FIRST_ROW))),
        columns,
        numbered=False,
        for_entry=True,
    )
    empty: list[Content] = [None] * len(columns)
    for _ in range(_RULED):
        ledger.write_row(empty)
    ranges = _write_lists(book, rules, language)
    for index, rule in enumerate(rules, 2):
        _add_check(ledger.sheet, get_column_letter(index), rule, ranges.get(index, ""), language)
    book.save(target)


def template_file_name(intake: Intake, language: str = "zh") -> str:
    """普法宣传活动导入模板.xlsx."""
    return bare_file_name(_TITLE.fill(label=intake.register.label).say(language))


def _number_column(language: str) -> SheetColumn:
    return SheetColumn(_NUMBER.say(language), 7, cells.CENTRED, blank=cells.GENERAL)


def _sheet_column(rule: EntryRule, language: str) -> SheetColumn:
    column = rule.column
    reads_along = column.kind in ("text", "long") and rule.shape in ("text", "several")
    blank = cells.AS_TEXT if rule.is_text else cells.GENERAL
    return SheetColumn(
        column.label.say(language),
        max(column.width, 9),
        cells.TEXT if reads_along else cells.CENTRED,
        as_text=rule.is_text,
        gives_way=reads_along,
        head=cells.REQUIRED_HEAD if rule.required else cells.HEAD,
        blank=cells.day_format(language) if rule.shape == "day" else blank,
    )


def _write_lists(book: Book, rules: Sequence[EntryRule], language: str) -> dict[int, str]:
    """The hidden sheet of choices; returns each list's range by its column of the ledger.

    Lists inside a validation end at 255 characters, beyond which Excel refuses the whole file.
    """
    listed = [(index, rule) for index, rule in enumerate(rules, 2) if rule.choices]
    sheet = book.new_sheet(LISTS.say(language))
    sheet.sheet_state = "hidden"
    heads = [rule.column.label.say(language) for _, rule in listed]
    for place, (head, (_, rule)) in enumerate(zip(heads, listed, strict=True), 1):
        width = max(breadth(text) for text in (head, *rule.choices))
        sheet.column_dimensions[get_column_letter(place)].width = min(width + 2, 60)
    if book.styles is None:  # the sheet is there, so its book has styles
        raise RuntimeError("a book has styles from its first sheet on")
    head_pen = Pen(book.styles, sheet, cells.HEAD)
    pen = Pen(book.styles, sheet, cells.TEXT, as_text=True)
    sheet.append(head_pen.write(head) for head in heads)
    for row in range(max((len(rule.choices) for _, rule in listed), default=0)):
        sheet.append(
            pen.write(rule.choices[row]) if row < len(rule.choices) else None for _, rule in listed
        )
    name = quote_sheetname(sheet.title)
    return {
        index: f"={name}!${letter}$2:${letter}${len(rule.choices) + 1}"
        for place, (index, rule) in enumerate(listed, 1)
        if (letter := get_column_letter(place))
    }


def _add_check(sheet: Any, letter: str, rule: EntryRule, choices: str, language: str) -> None:
    """What Excel checks as somebody types, and what it then says."""
    told = _said_by(rule, language)
    if rule.shape in ("one", "several", "flag") and choices:
        # One cell may hold several names, which no list knows: there the list only offers.
        check = DataValidation("list", choices.removeprefix("="), **told)
    elif rule.shape in ("whole", "decimal"):
        low, high = str(rule.low), str(rule.high)
        check = DataValidation(rule.shape, low, high, operator="between", **told)
    elif rule.shape == "day":
        first, last = (str((day - _EPOCH).days) for day in (rule.first, rule.last))
        check = DataValidation("date", first, last, operator="between", **told)
    elif "prompt" in told:
        check = DataValidation(None, **told)
    else:
        return
    check.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + MOST_ROWS - 1}")
    sheet.data_validations.append(check)


def _said_by(rule: EntryRule, language: str) -> dict[str, Any]:
    checked = rule.shape not in ("several", "text", "known") and not rule.partial
    told: dict[str, Any] = {"allow_blank": True, "showErrorMessage": checked}
    if checked:
        title, text = message(rule)
        told["errorTitle"] = title.say(language)[:_TITLE_LENGTH]
        told["error"] = text.say(language)[:_TEXT_LENGTH]
        # What an open list or an estimate may hold besides is asked about and not forbidden.
        told["errorStyle"] = "warning" if rule.open or rule.rough else "stop"
    if (words := prompt(rule)) is not None:
        told["showInputMessage"] = True
        told["promptTitle"] = rule.column.label.say(language)[:_TITLE_LENGTH]
        told["prompt"] = words.say(language)[:_TEXT_LENGTH]
    return told
