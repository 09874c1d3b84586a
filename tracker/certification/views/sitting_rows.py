"""A sitting's table: what each part came to for everybody registered, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from tracker.certification.models import ExamRegistration, ExamResult, ExamSitting, Officer
from tracker.certification.queries.officers import holders_among
from tracker.certification.queries.passes import Pass, latest_passes
from tracker.certification.terms import ExamPart, Outcome, SittingPurpose
from tracker.kernel import clock
from tracker.kernel.i18n import say
from tracker.kernel.tables import shown

OUTCOME_TONES = {
    Outcome.PENDING: "muted",
    Outcome.ABSENT: "warning",
    Outcome.PASSED: "success",
    Outcome.FAILED: "danger",
}


def sitting_rows(
    session: Session,
    sitting: ExamSitting,
    registrations: Sequence[ExamRegistration],
    may_edit: bool,
) -> list[dict[str, Any]]:
    """One row for each person of the sitting."""
    today = clock.today()
    passes: dict[int, Pass] = {}
    holders: set[int] = set()
    if sitting.purpose is SittingPurpose.QUALIFICATION and registrations:
        ids = [each.officer_id for each in registrations]
        passes = latest_passes(session, today, Officer.id.in_(ids))
        holders = holders_among(session, ids, today)
    rows = []
    for each in registrations:
        row = _row(sitting, each, passes.get(each.officer_id), today, may_edit)
        if not row["steps"]:
            after = _after_the_exam(
                each, passes.get(each.officer_id), each.officer_id in holders, may_edit
            )
            row["steps"] = [after]
        rows.append(row)
    return rows


def _row(
    sitting: ExamSitting,
    registration: ExamRegistration,
    passed: Pass | None,
    today: date,
    may_edit: bool,
) -> dict[str, Any]:
    steps = [
        step
        for part in sitting.parts
        if (step := _open_step(registration, part, passed, today)) is not None
    ]
    again = may_edit and any(part_is_to_retake(registration, part) for part in sitting.parts)
    return {
        "name": registration.officer.name,
        "note": registration.officer.station,
        "url": url_for(".registration", record_id=registration.id),
        "parts": [_part_cell(registration, part) for part in sitting.parts],
        "overall": {
            "text": say(registration.overall.label),
            "tone": OUTCOME_TONES[registration.overall],
        },
        "steps": [{"text": step, "url": ""} for step in steps],
        "retake_url": url_for(".add_retake", record_id=registration.id) if again else "",
    }


def part_is_to_retake(registration: ExamRegistration, part: ExamPart) -> bool:
    """Whether a part was failed or missed and no further attempt is under way."""
    result = registration.result(part)
    return result is not None and result.outcome in (Outcome.FAILED, Outcome.ABSENT)


def _open_step(
    registration: ExamRegistration, part: ExamPart, passed: Pass | None, today: date
) -> str | None:
    """What is open of a part; None where nothing is."""
    result = registration.result(part)
    if result is None or result.outcome is Outcome.PASSED:
        return None
    name = say(part.label)
    if passed is not None and part in passed.parts and _same_year(passed, registration):
        return gettext("%(part)s：已在另一场考试合格", part=name)
    if result.outcome is Outcome.PENDING:
        return _pending_step(registration, result, name, today)
    if result.outcome is Outcome.ABSENT:
        return gettext("%(part)s缺考，待安排补考", part=name)
    return gettext("%(part)s不合格，待安排补考", part=name)


def _same_year(passed: Pass, registration: ExamRegistration) -> bool:
    return passed.year == registration.sitting.held_on.year


def _pending_step(
    registration: ExamRegistration, result: ExamResult, name: str, today: date
) -> str:
    if not result.attempt:
        if registration.sitting.held_on > today:
            return gettext("%(part)s等待考试", part=name)
        return gettext("%(part)s成绩待登", part=name)
    if result.sat_on is None:
        return gettext("%(part)s补考：日期和成绩待登", part=name)
    if result.sat_on > today:
        return gettext("%(part)s等待 %(day)s 补考", part=name, day=result.sat_on)
    return gettext("%(part)s补考成绩待登（%(day)s）", part=name, day=result.sat_on)


def _after_the_exam(
    registration: ExamRegistration, passed: Pass | None, holds: bool, may_edit: bool
) -> dict[str, str]:
    """What follows once every part is passed."""
    sitting, text, url = registration.sitting, "", ""
    if sitting.purpose is SittingPurpose.RENEWAL:
        text = gettext("合格，待在证件页面登记换证")
    elif passed is None or passed.year != sitting.held_on.year:
        text = gettext("本场合格，另一场还有未合格的科目")
    elif passed.drawn:
        text = gettext("已领证")
    elif holds:
        text = gettext("合格，已持有效证件")
    else:
        text = gettext("合格，待登记证件")
        if may_edit:
            url = url_for(".new_certificate", officer=registration.officer_id)
    return {"text": text, "url": url}


def _part_cell(registration: ExamRegistration, part: ExamPart) -> dict[str, str]:
    result = registration.result(part)
    if result is None:
        return {"text": ""}
    notes = [gettext("补考%(n)s", n=result.attempt)] if result.attempt else []
    if result.score is not None:
        notes.append(gettext("%(score)s 分", score=shown(result.score)))
    return {
        "text": say(result.outcome.label),
        "tone": OUTCOME_TONES[result.outcome],
        "note": " · ".join(notes),
    }
