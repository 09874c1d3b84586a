"""Rows of a roster, as the office writes them: by hand, from paper, from a ledger."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy.orm import Session

from tracker.kernel import records
from tracker.kernel.errors import RecordMissing, RuleBroken
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.models import Village
from tracker.outreach.models import OutreachEvent
from tracker.outreach.signin import queries
from tracker.outreach.signin.drafts import AttendanceDraft
from tracker.outreach.signin.models import Attendance, EventRoster
from tracker.outreach.signin.retention import kept_until
from tracker.outreach.signin.terms import EntryKind, EntrySource

#: An identity number, or a telephone in the field for names.
_NUMBERS = re.compile(r"[0-9]{7,}")


def event_to_write(session: Session, scope: Scope, event_id: int) -> OutreachEvent:
    """An event of the writer's own office, whose sign-in they may change.

    :raises RecordMissing: when it is not there or not theirs.
    """
    # By its key, so that the rows of a ledger look each event up once.
    event = session.get(OutreachEvent, event_id) if 0 < event_id <= records.LARGEST_ID else None
    if event is None or not scope.writes(event.office_id):
        raise RecordMissing
    return event


def roster_for(session: Session, event: OutreachEvent) -> EventRoster:
    """The event's roster; it is made where there is none yet."""
    roster = queries.roster_of(session, event)
    if roster is None:
        roster = EventRoster(
            office_id=event.office_id,
            event_id=event.id,
            is_open=False,
            kind=EntryKind.PERSON,
            with_phone=False,
            walk_ins=0,
            noted=0,
            forgotten=0,
        )
        session.add(roster)
        session.flush()
    return roster


def note(session: Session, event: OutreachEvent) -> EventRoster:
    """Put the roster's heads into the change log, which tells of it in numbers only."""
    session.flush()
    roster = roster_for(session, event)
    roster.noted = queries.signed_heads(session, event.office_id, event.id)
    session.flush()
    return roster


def require_sound(draft: AttendanceDraft) -> None:
    """What holds for every row, whoever writes it.

    :raises RuleBroken: without a name, with a number in the place of a name, or when a person is
        more than one.
    """
    if not draft.name:
        raise RuleBroken("name", Words("请填写姓名", "Enter the name"))
    if draft.kind is EntryKind.PERSON and _NUMBERS.search(draft.name):
        raise RuleBroken(
            "name",
            Words(
                "这里只填姓名，请不要填身份证号或电话号码",
                "Enter the name only, no identity or telephone number",
            ),
        )
    if draft.kind is EntryKind.PERSON and draft.heads != 1:
        raise RuleBroken(
            "heads",
            Words(
                "按个人登记的每行 1 人；整班登记请把「登记方式」选为「班级」",
                "A person is one head; for a whole class choose “Class”",
            ),
        )


def enter(session: Session, office_id: int, draft: AttendanceDraft, today: date) -> Attendance:
    """Put a person or a class on an event's roster.

    :raises RecordMissing: when the office has no such event.
    :raises RuleBroken: see `require_sound` and `_require_takes_names`.
    """
    require_sound(draft)
    scope = Scope((office_id,), office_id, may_write=True)
    with session.no_autoflush:  # the rows of a ledger are written together
        event = event_to_write(session, scope, draft.event_id)
        _require_takes_names(session, event, draft.kind, today)
        row = Attendance(office_id=office_id, source=EntrySource.PAPER, device="", once=None)
        _fill(session, row, draft)
        roster = roster_for(session, event)
        roster.noted = min(roster.noted + row.heads, 99_999_999)
        records.add_new(session, row, event.starts_on)
    return row


def change(
    session: Session,
    scope: Scope,
    row_id: int,
    draft: AttendanceDraft,
    version: int | None,
    today: date,
) -> Attendance:
    """Correct a row.

    :raises RecordMissing, StaleEdit: see `records.find_to_write`.
    :raises RuleBroken: see `require_sound` and `_require_takes_names`; when the name was deleted.
    """
    require_sound(draft)
    row = records.find_to_write(session, Attendance, row_id, scope, version)
    if row.is_forgotten:
        raise RuleBroken("name", _FORGOTTEN)
    event = event_to_write(session, scope, draft.event_id)
    _require_takes_names(session, event, draft.kind, today)
    before = event_to_write(session, scope, row.event_id)
    _fill(session, row, draft)
    records.sign(session, row)
    for each in {before.id: before, event.id: event}.values():
        note(session, each)
    return row


_FORGOTTEN = Words(
    "这一行的姓名已按规定删除，只保留人数，不能再修改",
    "The name in this row was deleted as the rules say; only its count is kept",
)


def _fill(session: Session, row: Attendance, draft: AttendanceDraft) -> None:
    row.event_id = draft.event_id
    row.kind, row.name, row.heads = draft.kind, draft.name, draft.heads
    row.village_id, row.phone = draft.village_id, draft.phone
    if draft.village_id is not None:
        _require_own_village(session, row.office_id, draft.village_id)


def _require_own_village(session: Session, office_id: int, village_id: int) -> None:
    village = session.get(Village, village_id)
    if village is None or village.office_id != office_id:
        raise RuleBroken("village_id", Words("请从列表中选择村", "Choose a village of the list"))


def _require_takes_names(
    session: Session, event: OutreachEvent, kind: EntryKind, today: date
) -> None:
    """:raises RuleBroken: for a voided or cancelled event, and for persons once the time for which
    names are kept has gone by."""
    if not queries.takes_place(event):
        raise RuleBroken(
            "event",
            Words(
                "这场活动已取消或作废，不能登记签到",
                "This event was cancelled or voided; nobody can be signed in",
            ),
        )
    if kind is not EntryKind.PERSON or queries.keeps_invented_names(session, event.office_id):
        return
    until = kept_until(event.ends_on, queries.months_kept(session, event.office_id))
    if today > until:
        raise RuleBroken(
            "event",
            Words(
                "这场活动的姓名只保存到 {until}，现在不再登记姓名；人数请直接填在活动的参加人次里",
                "Names of this event were kept until {until} and are no longer entered; "
                "put the number into the event's headcount",
            ).fill(until=until),
        )


def strike_out(session: Session, scope: Scope, row_id: int, reason: str) -> Attendance:
    """Take a wrong row out of the roster, with the reason.

    :raises RecordMissing: when there is none of the writer's office.
    :raises RuleBroken: when no reason is given.
    """
    row = _row(session, scope, row_id)
    records.void(session, row, reason)
    note(session, row.event)
    return row


def put_back(session: Session, scope: Scope, row_id: int) -> Attendance:
    """Undo `strike_out`.

    :raises RecordMissing: when there is none of the writer's office.
    """
    row = _row(session, scope, row_id)
    records.unvoid(session, row)
    note(session, row.event)
    return row


def _row(session: Session, scope: Scope, row_id: int) -> Attendance:
    return records.find_to_write(session, Attendance, row_id, scope, None)
