"""Every write of closing a year."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel import clock
from tracker.kernel.errors import RuleBroken
from tracker.kernel.numbering import next_number
from tracker.kernel.period import Period
from tracker.kernel.readiness import Finding
from tracker.kernel.records import writer_name
from tracker.kernel.scope import Scope
from tracker.kernel.text import clean_line
from tracker.kernel.wording import plain
from tracker.kernel.words import Words

from .. import published
from ..freezing import operations as freezing
from ..freezing.comparing import compare
from ..freezing.models import FrozenSet
from . import queries
from .describing import correction_lines
from .models import LONGEST_NOTE, Acceptance, ClosingStep, CorrectionNote, YearClosing
from .terms import ClosingAct, ClosingState

_WRONG_STATE = Words(
    "这一年现在是「{state}」，不能{act}。请刷新页面后再看。",
    "The year is “{state}” now; this step is not possible. Load the page again.",
)
_CHANGED = Words(
    "批准以后数字有变化，请核对后重新批准。",
    "The figures changed since they were approved; check them and approve again.",
)
_NOTHING_CHANGED = Words("定稿以后数字没有变化。", "Nothing changed since the year was frozen.")
_WHY_RETURN = Words("请填写退回的原因", "Say why it is returned")
_WHY_ACCEPT = Words("请填写接受的原因", "Say why it is accepted")
_TOO_LONG = Words("请勿超过 {most} 字", "Keep it under {most} characters")

#: From which states each act leads on, and where to.
_STEPS = {
    ClosingAct.SUBMIT: (
        {ClosingState.OPEN, ClosingState.RETURNED, ClosingState.FROZEN},
        ClosingState.SUBMITTED,
    ),
    ClosingAct.RETURN: ({ClosingState.SUBMITTED, ClosingState.APPROVED}, ClosingState.RETURNED),
    ClosingAct.APPROVE: ({ClosingState.SUBMITTED, ClosingState.APPROVED}, ClosingState.APPROVED),
    ClosingAct.FREEZE: ({ClosingState.APPROVED}, ClosingState.FROZEN),
}


def submit(session: Session, scope: Scope, year: int, note: str = "") -> YearClosing:
    """Hand a year in for approval; a frozen one again, once its figures changed.

    :raises RuleBroken: in any other state.
    """
    return _step(session, scope, year, ClosingAct.SUBMIT, note)


def send_back(session: Session, scope: Scope, year: int, note: str) -> YearClosing:
    """Return a submitted or approved year with the reason.

    :raises RuleBroken: without a reason, or in any other state.
    """
    if not clean_line(note):
        raise RuleBroken("note", _WHY_RETURN)
    return _step(session, scope, year, ClosingAct.RETURN, note)


def approve(session: Session, scope: Scope, year: int, today: date, note: str = "") -> YearClosing:
    """Approve a submitted year as its figures now stand.

    :raises RuleBroken: in any other state.
    """
    closing = _step(session, scope, year, ClosingAct.APPROVE, note)
    closing.approved_digest = _digest(session, scope, year, today)
    session.flush()
    return closing


def freeze(
    session: Session,
    scope: Scope,
    year: int,
    today: date,
    findings: Sequence[Finding],
    note: str = "",
) -> FrozenSet:
    """Freeze an approved year.

    :raises RuleBroken: in any other state; when the figures changed since they were approved; see
        also `freezing.operations.freeze`.
    """
    closing = _locked(session, scope, year)
    _require(closing.state, ClosingAct.FREEZE)
    if closing.approved_digest != _digest(session, scope, year, today):
        raise RuleBroken("", _CHANGED)
    frozen = freezing.freeze(session, scope, year, today, note=clean_note(note), findings=findings)
    _step(session, scope, year, ClosingAct.FREEZE, note or frozen.number)
    return frozen


def freeze_at_once(
    session: Session,
    scope: Scope,
    year: int,
    today: date,
    findings: Sequence[Finding],
    note: str = "",
) -> FrozenSet:
    """All the steps that are left, in one: for the command line, whose operator answers for it.

    :raises RuleBroken: see `freezing.operations.freeze`.
    """
    state = _locked(session, scope, year).state
    if state in _STEPS[ClosingAct.SUBMIT][0]:
        submit(session, scope, year, note)
    approve(session, scope, year, today, note)
    return freeze(session, scope, year, today, findings, note)


def accept(
    session: Session, scope: Scope, year: int, code: str, subject: str, reason: str
) -> Acceptance:
    """Leave a finding as it is, with the reason; a second reason replaces the first.

    :raises RuleBroken: without a reason, or with one that is too long.
    """
    reason = clean_line(reason)
    if not reason:
        raise RuleBroken("reason", _WHY_ACCEPT)
    if len(reason) > 200:
        raise RuleBroken("reason", _TOO_LONG.fill(most=200))
    found = session.scalar(
        select(Acceptance).where(
            Acceptance.office_id == scope.home_office_id,
            Acceptance.year == year,
            Acceptance.code == code,
            Acceptance.subject == subject,
        )
    )
    if found is None:
        found = Acceptance(
            office_id=scope.home_office_id, year=year, code=code[:60], subject=subject[:100]
        )
        session.add(found)
    found.reason = reason
    found.accepted_at, found.accepted_by = clock.now(), writer_name(session)
    session.flush()
    return found


def take_back(session: Session, scope: Scope, year: int, code: str, subject: str) -> None:
    """Open an accepted finding again; one that was not accepted stays as it is."""
    for found in session.scalars(
        select(Acceptance).where(
            Acceptance.office_id == scope.home_office_id,
            Acceptance.year == year,
            Acceptance.code == code,
            Acceptance.subject == subject,
        )
    ):
        session.delete(found)
    session.flush()


def note_corrections(
    session: Session, scope: Scope, frozen: FrozenSet, today: date, remark: str = ""
) -> CorrectionNote:
    """Write down what changed since a year was frozen, as a note for the file.

    :raises RuleBroken: when nothing changed, or the remark is too long.
    """
    changes = compare(session, scope, frozen, today)
    if not changes:
        raise RuleBroken("", _NOTHING_CHANGED)
    remark = clean_note(remark)
    note = CorrectionNote(
        office_id=scope.home_office_id,
        set_id=frozen.id,
        number=next_number(
            session, scope.home_office_id, CorrectionNote.number_prefix, frozen.year
        ),
        made_at=clock.now(),
        made_by=writer_name(session),
        remark=remark,
        body=_whole_lines(correction_lines(changes)),
    )
    session.add(note)
    session.flush()
    return note


def clean_note(note: str) -> str:
    """A note as it is kept.

    :raises RuleBroken: when it is longer than 500 characters.
    """
    note = clean_line(note)
    if len(note) > 500:
        raise RuleBroken("note", _TOO_LONG.fill(most=500))
    return note


def _whole_lines(lines: Sequence[str]) -> str:
    """The lines that fit, with a last one that says how many more there are."""
    kept: list[str] = []
    size = 0
    for number, line in enumerate(lines):
        size += len(line) + 1
        if size > LONGEST_NOTE - 100:
            return "\n".join([*kept, f"……另有 {len(lines) - number} 行，见系统中的变更清单。"])
        kept.append(line)
    return "\n".join(kept)


def _step(session: Session, scope: Scope, year: int, act: ClosingAct, note: str) -> YearClosing:
    note = clean_note(note)
    closing = _locked(session, scope, year)
    _require(closing.state, act)
    closing.state = _STEPS[act][1]
    session.add(
        ClosingStep(
            office_id=closing.office_id,
            year=year,
            act=act,
            at=clock.now(),
            by=writer_name(session),
            note=note,
        )
    )
    session.flush()
    return closing


def _locked(session: Session, scope: Scope, year: int) -> YearClosing:
    """The year's row, locked; made where there is none."""
    closing = queries.closing_of(session, scope, year, lock=True)
    if closing is None:
        closing = YearClosing(
            office_id=scope.home_office_id, year=year, state=ClosingState.OPEN, approved_digest=""
        )
        session.add(closing)
        session.flush()
    return closing


def _require(state: ClosingState, act: ClosingAct) -> None:
    if state not in _STEPS[act][0]:
        raise RuleBroken("", _WRONG_STATE.fill(state=state.label, act=act.label))


def _digest(session: Session, scope: Scope, year: int, today: date) -> str:
    """What stands for the present figures: their values and how heads were counted."""
    found = published.present_readings(session, scope, Period.of_year(year, today))
    said = [
        (key, None if each.value is None else plain(each.value), dict(each.count_basis or {}))
        for key, each in found.readings.items()
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
