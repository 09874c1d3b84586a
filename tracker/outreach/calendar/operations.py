"""Every write of the publicity calendar."""

from __future__ import annotations

import re
from calendar import monthrange

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel import clock
from tracker.kernel.errors import RecordMissing, RuleBroken
from tracker.kernel.period import FIRST_YEAR, LAST_YEAR
from tracker.kernel.pinyin import search_key
from tracker.kernel.records import writer_name
from tracker.kernel.text import clean_line
from tracker.kernel.words import Words

from . import queries
from .days import OWN_PREFIX, shipped_days
from .drafts import ConfirmationDraft, LocalDayDraft
from .models import DayChoice, DayConfirmation, LocalDay

#: No publicity day lasts longer.
LONGEST_DAYS = 124
#: A year in which February is short: a day of every year exists in it.
_COMMON_YEAR = 2023


def save_local_day(
    session: Session, office_id: int, day_id: int | None, draft: LocalDayDraft
) -> LocalDay:
    """Add a day of the office's own or change one. Its key never changes.

    :raises RecordMissing: when the office has no such day.
    :raises RuleBroken: for a missing or taken name, a date that not every year has, or an end
        before the beginning.
    """
    name = clean_line(draft.name)[:60]
    _require_free_name(session, office_id, name, day_id)
    _require_days(draft)
    if day_id is None:
        day = LocalDay(office_id=office_id, key=_new_key(session, office_id, name))
    else:
        found = queries.local_day_of(session, office_id, day_id)
        if found is None:
            raise RecordMissing
        day = found
    for each in LocalDayDraft.__dataclass_fields__:
        setattr(day, each, getattr(draft, each))
    day.name = name
    session.add(day)
    session.flush()
    return day


def _require_free_name(session: Session, office_id: int, name: str, own_id: int | None) -> None:
    if not name:
        raise RuleBroken("name", Words("请填写名称", "Enter a name"))
    shipped = any(day.name.zh == name for day in shipped_days().values())
    taken = session.scalar(
        select(LocalDay.id).where(LocalDay.office_id == office_id, LocalDay.name == name)
    )
    if shipped or (taken is not None and taken != own_id):
        raise RuleBroken(
            "name", Words("日历中已有这一名称", "The calendar has a day of this name already")
        )


def _require_days(draft: LocalDayDraft) -> None:
    for field, month, day in (
        ("day", draft.month, draft.day),
        ("end_day", draft.end_month, draft.end_day),
    ):
        if not 1 <= day <= monthrange(_COMMON_YEAR, month)[1]:
            raise RuleBroken(
                field,
                Words(
                    "{month}月没有每年都有的{day}日，请核对",
                    "Not every year has day {day} in month {month}; please check",
                ).fill(month=month, day=day),
            )
    if (draft.end_month, draft.end_day) < (draft.month, draft.day):
        raise RuleBroken(
            "end_month",
            Words(
                "结束日期不能早于开始日期，跨年的请分成两个",
                "The end cannot come before the beginning; split one that runs over New Year",
            ),
        )


def _new_key(session: Session, office_id: int, name: str) -> str:
    """``own_7_ganji``: the office and the name in pinyin, numbered where two sound alike."""
    pinyin = re.sub(r"[^a-z0-9]", "", search_key(name).partition(" ")[0])[:36] or "day"
    stem = f"{OWN_PREFIX}{office_id}_{pinyin}"
    taken = set(
        session.scalars(
            select(LocalDay.key).where(
                LocalDay.office_id == office_id, LocalDay.key.startswith(stem, autoescape=True)
            )
        )
    )
    return next(
        key
        for n in range(1, len(taken) + 2)
        if (key := stem if n == 1 else f"{stem}_{n}") not in taken
    )


def keep_day(session: Session, office_id: int, key: str, *, kept: bool) -> None:
    """Take a shipped day out of the office's calendar, or back into it.

    Events that name it keep it.

    :raises RecordMissing: when there is no such shipped day.
    """
    if key not in shipped_days():
        raise RecordMissing
    choice = session.scalar(
        select(DayChoice).where(DayChoice.office_id == office_id, DayChoice.day_key == key)
    )
    if choice is None:
        choice = DayChoice(office_id=office_id, day_key=key)
        session.add(choice)
    choice.kept = kept
    session.flush()


def confirm_dates(
    session: Session, office_id: int, year: int, key: str, draft: ConfirmationDraft
) -> DayConfirmation:
    """Write down when a day falls in a year, by which notice; again where it is known better.

    :raises RecordMissing: when the office's calendar has no such day in the year.
    :raises RuleBroken: when the dates are of another year, out of order or very far apart, or when
        no notice is named.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RecordMissing
    if queries.occurrence_of(session, office_id, year, key) is None:
        raise RecordMissing
    _require_sound(year, draft)
    found = queries.confirmation_of(session, office_id, year, key)
    if found is None:
        found = DayConfirmation(office_id=office_id, year=year, day_key=key)
        session.add(found)
    found.first_on, found.last_on, found.notice = draft.first_on, draft.last_on, draft.notice
    found.confirmed_at, found.confirmed_by = clock.now(), writer_name(session)
    session.flush()
    return found


def _require_sound(year: int, draft: ConfirmationDraft) -> None:
    if draft.first_on.year != year:
        raise RuleBroken(
            "first_on",
            Words("请填{year}年的日期", "Enter the dates of {year}").fill(year=year),
        )
    if draft.last_on < draft.first_on:
        raise RuleBroken(
            "last_on",
            Words(
                "结束日期不能早于开始日期，请核对",
                "The end cannot come before the beginning; please check both days",
            ),
        )
    if (draft.last_on - draft.first_on).days >= LONGEST_DAYS:
        raise RuleBroken(
            "last_on",
            Words(
                "宣传日（周、月）不超过四个月，请核对",
                "A publicity day, week or month lasts at most four months; please check",
            ),
        )
    if not clean_line(draft.notice):
        raise RuleBroken(
            "notice", Words("请写明依据哪份通知", "Name the notice that sets the dates")
        )


def take_back_confirmation(session: Session, office_id: int, year: int, key: str) -> None:
    """Go back to the dates the calendar knew without it. The change log keeps what stood there.

    :raises RecordMissing: when there is none.
    """
    found = queries.confirmation_of(session, office_id, year, key)
    if found is None:
        raise RecordMissing
    session.delete(found)
    session.flush()
