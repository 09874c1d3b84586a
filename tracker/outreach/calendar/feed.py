"""The calendar of a year as a file for phones and mail programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tracker.kernel.ical import AllDay, calendar_file
from tracker.kernel.words import Words

from .days import Occurrence

_NAME = Words("{office} {year}年普法宣传日历", "{office}: publicity days of {year}")
_LAWS = Words("宣传的法律法规：{laws}", "Laws: {laws}")
_SURE = Words("日期：{sureness}", "Dates: {sureness}")
_NOTICE = Words("依据：{notice}", "By: {notice}")


def year_file(
    days: Sequence[Occurrence],
    *,
    year: int,
    office_name: str,
    office_code: str,
    at: datetime,
    language: str,
) -> bytes:
    """The days of a year whose dates are known; those that wait for a notice are left out."""
    entries = [
        AllDay(
            uid=f"{each.key}-{each.year}@{office_code}.publicity-days",
            title=each.day.name.say(language),
            first=each.span.first,
            last=each.span.last,
            changed=at,
            description=_description(each, language),
        )
        for each in days
        if each.is_known and each.span is not None
    ]
    name = _NAME.fill(office=office_name, year=year).say(language)
    return calendar_file(name, entries)


def _description(found: Occurrence, language: str) -> str:
    lines = [_SURE.fill(sureness=found.sureness.label)]
    if found.day.laws:
        lines.append(_LAWS.fill(laws="、".join(found.day.laws)))
    if basis := found.notice or found.day.source:
        lines.append(_NOTICE.fill(notice=basis))
    return "\n".join(line.say(language) for line in lines)
