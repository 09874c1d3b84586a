"""Days as offices write them: 2024.3.15, 3月15日至17日, 二〇二四年三月十五日."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from tracker.kernel.text import half_width
from tracker.kernel.words import Words
from tracker.workbooks.grid import Cell

from .entry import Entry, refusal

_LONGEST = 80
_EARLIEST, _LATEST = 1990, 2100
#: Days that spreadsheets count from; 1954-10-03 to 2120 are written so.
_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_401)
#: Two digits of a year stand for 2000 to 2049; 98.3.15 is as likely to be of the last century.
_SHORT_YEARS = range(50)

_FULL = re.compile(r"([0-9]{4}|[0-9]{2})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH_DAY = re.compile(r"([0-9]{1,2})[月./-]([0-9]{1,2})日?")
_DASHED = re.compile(r"[0-9]{1,2}-[0-9]{1,2}")
_DAY = re.compile(r"([0-9]{1,2})日?")
_MONTH = re.compile(r"(?:[0-9]{2,4}[年./-])?[0-9]{1,2}月(?:份|初|底|末|中|[上中下]旬)?")
_YEAR_MONTH = re.compile(r"[0-9]{4}[年./-][0-9]{1,2}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?")
_BETWEEN = re.compile(r"-{1,2}|[—–]+|~|～|至|到")

_PART_OF_DAY = "上午|下午|晚上|早上|中午|凌晨|傍晚|全天|早晨|晚|早"
_HOUR = r"[0-9]{1,2}(?:[:：][0-9]{2}){1,2}|[0-9]{1,2}[时点](?:半|整|[0-9]{1,2}分?)?"
_TIME = rf"(?:(?:{_PART_OF_DAY})\s*(?:{_HOUR})?|{_HOUR})"
_TO = r"\s*(?:-|—|–|~|至|到)+\s*"
#: Said with a day without being part of it, at its end. Hours alone stand apart from the day.
_BESIDE = re.compile(
    rf"\s*(?:(?:(?<=[\s日T])|(?={_PART_OF_DAY})){_TIME}(?:{_TO}{_TIME})?"
    r"|(?:星期|周|礼拜)[一二三四五六日天]|[.,。，;；T])$"
)
_IN_BRACKETS = re.compile(
    rf"[(（](?:共?[0-9]+天|农历[^)）]*|(?:星期|周|礼拜)[一二三四五六日天]|[一二三四五六日]|{_TIME}(?:{_TO}{_TIME})?)[)）]"
)
_APART = re.compile(r"([0-9]{4}) ([0-9]{1,2}) ([0-9]{1,2})")
_CHINESE_YEAR = re.compile(r"^([〇零○一二三四五六七八九]{4})(?=年)")
_LONG_DASHES = re.compile(r"^([0-9]{4})[—–]([0-9]{1,2})[—–]([0-9]{1,2})$")
_CHINESE_NUMBER = re.compile(r"([一二三四五六七八九十]{1,3})(?=[月日号])")
_DIGITS = {sign: str(number) for number, sign in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": "0", "○": "0"}
#: What people type for the point between numbers, and for 日.
_SIGNS = str.maketrans({"。": ".", "·": ".", "•": ".", "号": "日"})

_NOT_WHOLE = Words(
    "「{text}」不是完整的日期，请写成 2024-03-15 的样子",
    "“{text}” is not a whole date; write it like 2024-03-15",
)
_NO_DAY = Words(
    "「{text}」只写到月份，请写明是哪一天，例如 2024-03-15",
    "“{text}” names no day; write it like 2024-03-15",
)
_NO_YEAR = Words(
    "「{text}」没有写年份，请写成 2024-03-15 的样子，或在导入时选定年份",
    "“{text}” has no year; write it like 2024-03-15, or choose the year of the ledger",
)
_NO_SUCH_DAY = Words(
    "没有「{text}」这一天，请核对后写成 2024-03-15 的样子",
    "There is no day “{text}”; check it and write it like 2024-03-15",
)
_WHICH_CENTURY = Words(
    "「{text}」的年份请写全四位，例如 1998-03-15",
    "Write the year of “{text}” with four digits, like 1998-03-15",
)
_OUTSIDE = Words(
    "「{text}」的年份不对，应在 1990 到 2100 之间，请核对",
    "The year of “{text}” should be from 1990 to 2100; check it",
)
_BACKWARDS = Words(
    "「{text}」的结束日期早于开始日期，请核对，跨年的请写全年份",
    "“{text}” ends before it begins; write the year of both days",
)
#: Whoever types 3月15日 in January gets a day of the new year.
_LATER_YEAR = Words(
    "「{text}」不在这本台账的 {year} 年，请确认年份没有填错",
    "“{text}” is after {year}, the year of this ledger; make sure of its year",
)
_FIRST_OR_TENTH = Words(
    "「{text}」是数字，分不清是 {month} 月 {day} 日还是 {month} 月 {day}0 日，"
    "请写成 2024-03-15 的样子",
    "“{text}” is a number: day {day} or day {day}0 of month {month}? Write it like 2024-03-15",
)


class _NoSuchDayError(ValueError):
    """Written like a day, and none."""


def in_digits(text: str) -> str:
    """A number spelt sign by sign, such as 二〇二四."""
    return "".join(_DIGITS[sign] for sign in text)


def read_day(cell: Cell, text: str, year: int | None) -> Entry:
    """The day that a cell names; ``year`` is that of the ledger, for days written without one.

    :raises NotUnderstood: when it names none, or more than one that it could be.
    """
    if isinstance(cell, date):
        if not _EARLIEST <= cell.year <= _LATEST:
            raise refusal(_OUTSIDE, text)
        later = year is not None and cell.year > year
        notes = [_LATER_YEAR.fill(text=text, year=year)] if later else []
        return Entry([text], notes=notes)
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool) and int(cell) in _SERIALS:
        return Entry([(_EPOCH + timedelta(days=int(cell))).isoformat()])
    if isinstance(cell, Decimal):
        _require_two_digits(cell, text, year)
    if len(text) > _LONGEST:
        raise refusal(_NOT_WHOLE, text)
    plain = _plain(text)
    try:
        if (day := _one_day(plain, year)) is not None:
            return Entry([day.isoformat()])
        if (span := _span(plain, year, text)) is not None:
            first, last = span
            return Entry([first.isoformat()], until=last.isoformat())
    except _NoSuchDayError:
        raise refusal(_NO_SUCH_DAY, text) from None
    raise refusal(_why(plain, year), text)


def _require_two_digits(number: Decimal, text: str, year: int | None) -> None:
    """Refuse 3.1 as a number, which 3.10 became as well; 3.15 and 3.4 have one meaning."""
    month, _, day = text.partition(".")
    if year is not None and day in ("1", "2", "3") and 1 <= number < 13:
        raise refusal(_FIRST_OR_TENTH.fill(text="{text}", month=month, day=day), text)


def _plain(text: str) -> str:
    """A day without the time, the weekday and the signs that people write around it."""
    plain = _IN_BRACKETS.sub("", half_width(text)).translate(_SIGNS).strip()
    while (shorter := _BESIDE.sub("", plain)) != plain and shorter:
        plain = shorter
    plain = _APART.sub(r"\1.\2.\3", plain)
    if re.search(r"[0-9]\s+[0-9]", plain):
        return plain  # two numbers are not one: 2024.3.1 5
    plain = re.sub(r"起(?=[至到—–~-])|(?<=日)[起止]$", "", re.sub(r"\s+", "", plain))
    plain = _LONG_DASHES.sub(r"\1-\2-\3", plain)
    plain = _CHINESE_YEAR.sub(lambda match: in_digits(match[1]), plain)
    return _CHINESE_NUMBER.sub(lambda match: _arabic(match[1]), plain)


def _arabic(text: str) -> str:
    """十五 as 15; what is no such number stays."""
    match = re.fullmatch(r"([二三])?(十)?([一二三四五六七八九])?", text)
    if match is None or (match[1] and not match[2] and match[3]):
        return text
    if not match[2]:
        return _DIGITS[match[1] or match[3]]
    return f"{_DIGITS[match[1]] if match[1] else 1}{_DIGITS[match[3]] if match[3] else 0}"


def _one_day(text: str, year: int | None) -> date | None:
    """The day that the whole of a text is.

    :raises _NoSuchDayError: when it is written like a day and none.
    :raises NotUnderstood: when its year is outside what a ledger may say.
    """
    if match := _FULL.fullmatch(text) or _COMPACT.fullmatch(text):
        if len(match[1]) == 2 and int(match[1]) not in _SHORT_YEARS:
            raise refusal(_WHICH_CENTURY, text)
        number = int(match[1]) + (2000 if len(match[1]) == 2 else 0)
        if not _EARLIEST <= number <= _LATEST:
            raise refusal(_OUTSIDE, text)
        return _date(number, match[2], match[3])
    if year is not None and (match := _MONTH_DAY.fullmatch(text)):
        return _date(year, match[1], match[2])
    return None


def _date(year: int, month: str, day: str) -> date:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        raise _NoSuchDayError from None


def _span(text: str, year: int | None, said: str) -> tuple[date, date] | None:
    """The two days that a text names, where there is one way only to read it.

    :raises NotUnderstood: when the last comes before the first.
    """
    found: set[tuple[date, date]] = set()
    for mark in _BETWEEN.finditer(text):
        left, right = text[: mark.start()], text[mark.end() :]
        if mark[0] == "-" and _DASHED.fullmatch(left):
            continue  # 1-2-3 may be anything
        try:
            first = _one_day(left, year)
            if first is None:
                continue
            last = _one_day(right, first.year)
            if last is None and (match := _DAY.fullmatch(right)):
                last = _date(first.year, str(first.month), match[1])
        except ValueError:
            continue
        if last is not None:
            found.add((first, last))
    if len(found) != 1:
        return None
    first, last = found.pop()
    if last < first:
        raise refusal(_BACKWARDS, said)
    return first, last


def _why(text: str, year: int | None) -> Words:
    if _YEAR.fullmatch(text) or _YEAR_MONTH.fullmatch(text):
        return _NO_DAY
    first = _BETWEEN.split(text, maxsplit=1)[0]
    if year is None and (_MONTH_DAY.fullmatch(text) or _MONTH_DAY.fullmatch(first)):
        return _NO_YEAR
    if "月" in text and _MONTH.fullmatch(text):
        return _NO_DAY
    return _NOT_WHOLE
