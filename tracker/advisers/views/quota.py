"""Visits and lectures of a year against the rules, and the log of a village to sign."""

from __future__ import annotations

from typing import Any

from flask import abort, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import seen
from tracker.accounts.viewer import viewer
from tracker.advisers import queries
from tracker.advisers.queries import Due, VillageQuota
from tracker.advisers.terms import QuotaState, VisitKind
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.i18n import say
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.scope import Scope
from tracker.kernel.web import page
from tracker.kernel.wording import plain
from tracker.kernel.words import Words
from tracker.offices.models import Village
from tracker.rulepacks.queries import rules_by_office
from tracker.rulepacks.rules import NO_RULE, RULES, Rules
from tracker.rulepacks.terms import VisitMeasure

from .shared import bp, month_label

#: What stands in a cell beside its number; the rest is told under the table.
_MARKS = {
    QuotaState.MISSED: (Words("缺", "missed"), "danger"),
    QuotaState.UNKNOWN: (Words("待核", "unclear"), "warning"),
    QuotaState.PART: (Words("部分", "part"), "muted"),
    QuotaState.RUNNING: (Words("未到期", "running"), "info"),
    QuotaState.NO_ADVISER: (Words("无顾问", "no adviser"), "warning"),
    QuotaState.NOT_THERE: (Words("已撤并", "merged"), "muted"),
}


@bp.get("/quota/")
def quota_now() -> Any:
    """The running year."""
    return _shown(clock.today().year)


@bp.get("/quota/<int(max=9999):year>")
def quota(year: int) -> Any:
    """A year, village by village and month by month."""
    return _shown(year)


def _shown(year: int) -> Any:
    today, scope, session = clock.today(), viewer().scope, db.session()
    period = _period(year)
    rules = rules_by_office(session, scope.office_ids)
    found = queries.visits_against_quota(session, scope, period, today, rules)
    months = [month for each in found for month in each.months]
    quarters = [quarter for each in found for quarter in each.quarters]
    return page(
        "advisers/quota.html",
        year=year,
        rows=[_row(each) for each in found],
        months=[month_label(str(n)) for n in range(1, 13)],
        quarters=[month_label(f"q{n}") for n in range(1, 5)],
        rules=_rules_said(found),
        month_sums=_sums(months),
        quarter_sums=_sums(quarters),
        legend=[(say(mark), tone, say(state.label)) for state, (mark, tone) in _MARKS.items()],
        previous_year=year - 1 if year - 1 > FIRST_YEAR else None,
        next_year=year + 1 if year < today.year else None,
    )


def _period(year: int) -> Period:
    today = clock.today()
    if not FIRST_YEAR < year <= today.year + 1:
        abort(404)
    return Period.of_year(year, today)


def _sums(spans: list[Due]) -> dict[str, int]:
    """How many were met, and how many missed, of those of which that can be said."""
    met, missed = len(queries.met(spans)), len(queries.missed(spans))
    return {"met": met, "missed": missed, "due": met + missed}


def _rules_said(found: list[VillageQuota]) -> list[dict[str, Any]]:
    """The rules the page goes by, for each office on it."""
    offices: dict[int, Rules] = {each.village.office_id: each.rules for each in found}
    several = len(viewer().scope.office_ids) > 1
    return [
        {
            "office": viewer().office_names.get(office_id, "") if several else "",
            "visits": _visit_rule(rules),
            "lectures": _lecture_rule(rules),
        }
        for office_id, rules in offices.items()
    ]


def _visit_rule(rules: Rules) -> Words:
    quota = rules.visit_quota
    return NO_RULE if quota is None else RULES["visit_quota"].said_with.fill(value=quota.said)


def _lecture_rule(rules: Rules) -> Words:
    count = rules.lecture_quota
    return NO_RULE if count is None else RULES["lecture_quota"].said_with.fill(value=count)


def _row(found: VillageQuota) -> dict[str, Any]:
    village, year = found.village, found.months[0].span.year
    several = len(viewer().scope.office_ids) > 1
    measure = found.rules.visit_quota.measure if found.rules.visit_quota else VisitMeasure.VISITS
    months = [_month_cell(found, due, measure) for due in found.months]
    quarters = [
        _cell(due, str(due.work.lectures), due.work.lectures, found, kind=VisitKind.LECTURE)
        for due in found.quarters
    ]
    return {
        "village": village.name,
        "office": viewer().office_names.get(village.office_id, "") if several else "",
        "url": url_for("offices.village", record_id=village.id),
        "log_url": url_for(".visit_log", year=year, village_id=village.id),
        "months": months,
        "quarters": quarters,
        "sum": plain(found.work.amount(measure)),
        "sum_url": _visits_url(found, year) if found.work.visits else "",
        "lectures": found.work.lectures,
        "lectures_url": (
            _visits_url(found, year, kind=VisitKind.LECTURE) if found.work.lectures else ""
        ),
        "missed_months": [_name(due) for due in queries.missed(found.months)],
        "missed_quarters": [_name(due) for due in queries.missed(found.quarters)],
        "others": _others(found),
    }


def _month_cell(found: VillageQuota, due: Due, measure: VisitMeasure) -> dict[str, Any]:
    work = due.work
    cell = _cell(due, plain(work.amount(measure)), work.visits, found)
    notes = []
    if measure is not VisitMeasure.VISITS and work.visits:
        notes.append(gettext("%(count)s 条记录", count=work.visits))
    if measure is VisitMeasure.HOURS and work.without_hours:
        notes.append(gettext("%(count)s 条没填时长", count=work.without_hours))
    return {**cell, "note": "，".join(notes)}


def _cell(
    due: Due, text: str, records: int, found: VillageQuota, kind: VisitKind | None = None
) -> dict[str, Any]:
    mark = _MARKS.get(due.state)
    blank = not records and due.state in (QuotaState.COMING, QuotaState.NOT_THERE)
    return {
        "text": "" if blank else text,
        "url": _visits_url(found, due.span.year, _code(due), kind) if records else "",
        "mark": say(mark[0]) if mark else "",
        "tone": mark[1] if mark else "",
        "note": "",
    }


def _visits_url(
    found: VillageQuota, year: int, month: str | None = None, kind: VisitKind | None = None
) -> str:
    """The records behind a number."""
    return url_for(
        ".visits",
        year=year,
        month=month,
        village=found.village.id,
        kind=kind.value if kind else None,
    )


def _code(due: Due) -> str:
    """How the list of visits names the span: ``3`` is March, ``q2`` the second quarter."""
    first = due.span.first.month
    return str(first) if due.span.last.month == first else f"q{(first + 2) // 3}"


def _name(due: Due) -> str:
    return month_label(_code(due))


def _others(found: VillageQuota) -> list[str]:
    """What else is to be said of a village's months, in words."""
    told = (
        QuotaState.UNKNOWN,
        QuotaState.RUNNING,
        QuotaState.NO_ADVISER,
        QuotaState.PART,
        QuotaState.NOT_THERE,
    )
    said = []
    for state in told:
        names = [_name(due) for due in found.months if due.state is state]
        if names:
            said.append(
                gettext("%(months)s：%(state)s", months=_joined(names), state=say(state.label))
            )
    return said


def _joined(names: list[str]) -> str:
    return gettext("、").join(names)


@bp.get("/visits/log/<int(max=9999):year>/<int(max=2147483647):village_id>")
def visit_log(year: int, village_id: int) -> Any:
    """A village's log of a year, to print and sign: one line for each visit and each matter."""
    village = seen(Village, village_id)
    period = _period(year)
    own = Scope((village.office_id,), village.office_id)
    visits = db.session().scalars(
        queries.visits_of_period(own, period).where(queries.made_for(village.id))
    )
    found = list(visits)
    return page(
        "advisers/visit_log.html",
        year=year,
        village=village,
        office=viewer().office_names.get(village.office_id, viewer().office_name),
        visits=found,
        advisers=list(dict.fromkeys(visit.adviser.name for visit in found)),
        hours=plain(sum((visit.hours for visit in found if visit.hours is not None), start=0)),
        without_hours=sum(visit.hours is None for visit in found),
    )
