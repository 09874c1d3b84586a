"""Rosters that nobody took over: before a year is closed, and on the home page."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tracker.kernel.period import Period
from tracker.kernel.readiness import Finding
from tracker.kernel.scope import Scope
from tracker.kernel.todo import TodoItem
from tracker.kernel.words import Words

from . import queries

_NOT_TAKEN_OVER = Words(
    "签到已结束，名单和未签到到场共 {total} 人，参加人次为 {heads}：{event}",
    "Sign-in has closed with {total} people, the headcount is {heads}: {event}",
)
_TO_DO = Words(
    "签到已结束（共 {total} 人），请采用签到人数：{title}",
    "Sign-in has closed with {total} people; take them over: {title}",
)
_NO_HEADS = Words("未登记", "not recorded")


def findings(session: Session, scope: Scope, period: Period, today: date) -> list[Finding]:
    """Events of the period whose sign-in closed with more heads than their headcount says."""
    return [
        Finding(
            "outreach.roster_not_taken_over",
            f"outreach_event:{each.event.id}",
            _NOT_TAKEN_OVER.fill(
                total=each.heads.total,
                heads=_NO_HEADS if each.event.headcount is None else each.event.headcount,
                event=f"{each.event.number} {each.event.starts_on} {each.event.title}",
            ),
            f"/outreach/events/{each.event.id}/sign-in",
        )
        for each in queries.not_taken_over(session, scope, today, period)
    ]


def waiting(session: Session, scope: Scope, today: date, most: int) -> list[TodoItem]:
    """The same, of whatever year, for the home page."""
    return [
        TodoItem(
            _TO_DO.fill(total=each.heads.total, title=each.event.title),
            f"/outreach/events/{each.event.id}/sign-in",
            each.event.ends_on,
            "warning",
        )
        for each in queries.not_taken_over(session, scope, today)[:most]
    ]
