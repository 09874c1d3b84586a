"""How rosters show on pages: in the list, on a row's page, on the event's page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for

from tracker.kernel.records import moment_of
from tracker.kernel.register import Column
from tracker.kernel.tables import table
from tracker.kernel.words import Words

from .models import Attendance
from .register import ATTENDANCE
from .terms import EntrySource

_FORGOTTEN = Words("（姓名已删除）", "(name deleted)")
_ELSEWHERE = Words("其他", "Elsewhere")

NAME = Column(
    "name", ATTENDANCE.column("name").label, lambda row: row.name or _FORGOTTEN, in_list=True
)
_VILLAGE = Column(
    "village",
    ATTENDANCE.column("village").label,
    lambda row: row.village.name if row.village else _ELSEWHERE,
)
_TIME = Column("time", Words("时间", "Time"), lambda row: moment_of(row.created_at), "date")
SOURCE = Column("source", Words("来源", "Source"), lambda row: row.source, "term", term=EntrySource)
_REASON = Column("reason", Words("划掉原因", "Why struck out"), lambda row: row.void_reason or "")


def roster_table(found: Iterable[Attendance], *, with_phone: bool) -> dict[str, Any]:
    """The rows of one event's roster. Telephones show to those who may change the roster."""
    shown = list(found)
    columns = [NAME, ATTENDANCE.column("heads"), _VILLAGE, _TIME, SOURCE]
    if with_phone and any(row.phone for row in shown):
        columns.append(ATTENDANCE.column("phone"))
    if any(row.is_voided for row in shown):
        columns.append(_REASON)
    return table(columns, shown, lambda row: url_for("signin.attendance", record_id=row.id))


def ledger_table(found: Iterable[Attendance]) -> dict[str, Any]:
    """The rows of all events' rosters."""
    columns = [
        NAME,
        ATTENDANCE.column("event_title"),
        ATTENDANCE.column("held_on"),
        ATTENDANCE.column("heads"),
        _VILLAGE,
    ]
    return table(columns, found, lambda row: url_for("signin.attendance", record_id=row.id))
