"""How signed sheets that were typed up are taken in."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from tracker.kernel.intake import Intake
from tracker.kernel.records import live
from tracker.kernel.scope import Scope
from tracker.offices.intake import VILLAGE

from . import register
from .drafts import AttendanceDraft
from .forms import AttendanceRowForm
from .models import Attendance
from .operations import roster
from .terms import EntryKind


def _rows(scope: Scope) -> Select[Any]:
    """The rows that a row may be: those whose names are kept."""
    return (
        live(Attendance, scope)
        .where(Attendance.name != "")
        .options(joinedload(Attendance.event), joinedload(Attendance.village))
    )


def _key(row: AttendanceDraft | Attendance) -> Hashable:
    """At one event, a name of one village is one person unless the telephones differ."""
    return (row.event_id, row.kind, row.name, row.village_id, row.phone)


ATTENDANCE = Intake(
    register=register.ATTENDANCE,
    form_of=lambda _cells: AttendanceRowForm,
    fields={"number": "", "event_title": "", "held_on": "", "village": "village_id"},
    defaults={"kind": EntryKind.PERSON},
    references={"village": VILLAGE},
    values_of=AttendanceRowForm.values_of,
    create=roster.enter,
    update=roster.change,
    existing=_rows,
    key=_key,
    key_of=_key,
    names_people=True,
    example={
        "name": "张三",
        "event": "PF-2024-001",
        "kind": "个人",
        "heads": "1",
        "village": "架桥村",
        "phone": "",
    },
)

ALL = (ATTENDANCE,)
