"""What is waiting in certification."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import Session

from tracker.kernel.period import Period
from tracker.kernel.scope import Scope
from tracker.kernel.todo import TodoItem
from tracker.kernel.words import Words

from . import conditions
from .models import Officer
from .queries import certificates, exams
from .terms import ENDING_DAYS

#: No more than this many of a kind are listed on the home page.
MOST = 20

_ENDING = Words("执法证即将到期：{name}", "Certificate ends soon: {name}")
_ENDED = Words("执法证已过期，仍在执法岗位：{name}", "Certificate ended, still in post: {name}")
_NONE = Words(
    "执法岗位人员没有有效证件：{name}", "In an enforcement post without a certificate: {name}"
)
_GONE = Words("已离岗，执法证尚未收回：{name}", "Left, certificate not returned: {name}")
_NOT_DRAWN = Words("考试合格，尚未登记领证：{name}", "Passed, certificate not entered: {name}")
_RESULTS = Words("补登考试成绩：{name}", "Enter the exam results: {name}")


def waiting(session: Session, scope: Scope, today: date) -> list[TodoItem]:
    """Certificates about to end, ended, missing or not returned; passes without a certificate;
    exams without results."""
    soon = today + timedelta(days=ENDING_DAYS)
    enforcing = conditions.in_enforcement_post_on(today)
    valid = conditions.holds_valid_on(today)
    ended = conditions.holds(conditions.ended_by(today))
    ending = and_(valid, not_(conditions.covered_beyond(today, soon)))
    gone = and_(Officer.voided_at.is_(None), Officer.post_until <= today)
    kinds: tuple[tuple[Words, str, bool, ColumnElement[bool]], ...] = (
        (_ENDING, "warning", True, and_(conditions.in_post_on(today), ending)),
        (_ENDED, "danger", True, and_(enforcing, not_(valid), ended)),
        (_NONE, "warning", False, and_(enforcing, not_(valid), not_(ended))),
        (_GONE, "warning", False, and_(gone, valid)),
        (_NOT_DRAWN, "info", False, _passed_without_certificate(today)),
    )
    items = [
        TodoItem(
            text.fill(name=officer.full_name),
            f"/certification/officers/{officer.id}",
            last_day if dated else None,
            tone,
        )
        for text, tone, dated, condition in kinds
        for officer, last_day in session.execute(
            select(Officer, certificates.last_covered_day(today))
            .where(scope.covers(Officer.office_id), condition)
            .order_by(Officer.office_id, Officer.pinyin, Officer.id)
            .limit(MOST)
        )
    ]
    items += [
        TodoItem(
            _RESULTS.fill(name=sitting.title),
            (
                f"/certification/sittings/{sitting.id}/results"
                if scope.writes(sitting.office_id)
                else f"/certification/sittings/{sitting.id}"
            ),
            sitting.held_on,
            "danger",
        )
        for sitting in session.scalars(exams.sittings_without_results(scope, today).limit(MOST))
    ]
    return items


def _passed_without_certificate(today: date) -> ColumnElement[bool]:
    """Officers who passed this year or last year and drew no certificate from then on."""
    this_year = Period.of_year(today.year, today)
    years = (this_year, this_year.previous)
    passed = or_(
        *(
            and_(conditions.passed_in(year), not_(conditions.issued_between(year.first, today)))
            for year in years
        )
    )
    return and_(conditions.in_post_on(today), not_(conditions.holds_valid_on(today)), passed)
