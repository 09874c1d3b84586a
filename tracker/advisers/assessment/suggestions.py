"""What the records tell of an item of the score sheet: points suggested, with the numbers.

Nothing is decided here. Where the records or the office's rules say nothing, no points are
suggested, and it is said why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from tracker.advisers.models import AdviserVisit
from tracker.advisers.queries import Work, made_in
from tracker.advisers.terms import VisitKind
from tracker.kernel.period import Period
from tracker.kernel.words import Words
from tracker.rulepacks.rules import Rules
from tracker.rulepacks.terms import VisitMeasure

from .queries import Served
from .terms import ScoreBasis

_HALF = Decimal("0.5")
_NONE = Decimal(0)


@dataclass(frozen=True)
class Suggestion:
    """Points the records speak for, or None where they do not say; and the numbers behind it."""

    points: Decimal | None
    said: Words


@dataclass(frozen=True)
class Facts:
    """What is on record of one adviser's service of one village in one year."""

    served: Served
    #: What the adviser did for the village, by month.
    months: Mapping[int, Work]
    #: Log entries, and those of them that say what came of it.
    entries: int
    with_result: int
    rules: Rules
    year: int
    today: date


def facts_of(session: Session, served: Served, period: Period, rules: Rules, today: date) -> Facts:
    """Read the records of one service; visits count as the figures count them (`made_in`), but
    only this adviser's."""
    visit = AdviserVisit
    month = func.extract("month", visit.held_on)
    statement = (
        select(
            month,
            func.count(visit.id),
            func.count(visit.held_on.distinct()),
            func.sum(visit.hours),
            func.count(case((visit.hours.is_(None), 1))),
            func.count(case((visit.kind == VisitKind.LECTURE, 1))),
            func.count(case((visit.result != "", 1))),
        )
        .where(
            visit.office_id == served.office_id,
            visit.adviser_id == served.adviser.id,
            visit.village_id.is_(None)
            if served.village is None
            else visit.village_id == served.village.id,
            made_in(period),
        )
        .group_by(month)
    )
    months: dict[int, Work] = defaultdict(Work)
    entries = with_result = 0
    for number, visits, days, hours, without, lectures, results in session.execute(statement):
        months[int(number)] = Work(visits, days, hours or _NONE, without, lectures)
        entries += visits
        with_result += results
    return Facts(served, months, entries, with_result, rules, period.year, today)


def suggestion(basis: ScoreBasis | None, most: Decimal, facts: Facts) -> Suggestion | None:
    """What the records say of an item; None for an item that no record speaks of."""
    return _WAYS[basis](most, facts) if basis is not None else None


_SIGNED = Words(
    "{on_time} 份合同按时签订，{late} 份晚于开始日期，{missing} 份没有签订日期",
    "Contracts signed by their first day: {on_time}; later: {late}; without a day: {missing}",
)
_PLATES = Words(
    "{up} 段聘期有公示牌上墙日期，{missing} 段没有", "Plates put up: {up}; not on record: {missing}"
)
_VISITS = Words(
    "全程服务且已过完的 {due} 个月中，{met} 个月达到「{rule}」",
    "Of {due} months wholly served and over, {met} meet “{rule}”",
)
_UNCLEAR = Words(
    "{said}；另有 {count} 个月没填时长，不能判断",
    "{said}; hours are missing in {count} more months",
)
_NO_QUOTA = Words(
    "全年 {count} 次服务；没有适用的服务次数规则，请自行评分",
    "{count} visits in the year; no rule on visits applies, so please judge",
)
_LECTURES = Words(
    "全程服务且已过完的 {due} 个季度中，{met} 个季度达到每季度 {least} 场讲座",
    "Of {due} quarters wholly served and over, {met} have {least} lectures",
)
_NO_LECTURE_RULE = Words(
    "全年 {count} 场讲座；没有适用的讲座规则，请自行评分",
    "{count} lectures in the year; no rule on lectures applies, so please judge",
)
_LOG = Words(
    "全年 {entries} 条服务记录，{results} 条写明结果",
    "{entries} entries in the year, {results} of them with a result",
)


def _contract(most: Decimal, facts: Facts) -> Suggestion:
    signed = [(a.contract_signed_on, a.starts_on) for a in facts.served.assignments]
    on_time = sum(day is not None and day <= first for day, first in signed)
    missing = sum(day is None for day, _ in signed)
    said = _SIGNED.fill(on_time=on_time, late=len(signed) - on_time - missing, missing=missing)
    return Suggestion(_part(most, on_time, len(signed)), said)


def _plate(most: Decimal, facts: Facts) -> Suggestion:
    assignments = facts.served.assignments
    up = sum(each.plate_put_up_on is not None for each in assignments)
    said = _PLATES.fill(up=up, missing=len(assignments) - up)
    return Suggestion(_part(most, up, len(assignments)), said)


def _visits(most: Decimal, facts: Facts) -> Suggestion:
    quota = facts.rules.visit_quota
    if quota is None or facts.served.village is None:
        return Suggestion(None, _NO_QUOTA.fill(count=facts.entries))
    over = [facts.months[span.first.month] for span in _over(facts, 1)]
    met = [work for work in over if work.amount(quota.measure) >= quota.amount]
    unclear = [
        work
        for work in over
        if quota.measure is VisitMeasure.HOURS and work.without_hours and work not in met
    ]
    due = len(over) - len(unclear)
    said = _VISITS.fill(due=due, met=len(met), rule=quota.said)
    if unclear:
        said = _UNCLEAR.fill(said=said, count=len(unclear))
    return Suggestion(_part(most, len(met), due), said)


def _lectures(most: Decimal, facts: Facts) -> Suggestion:
    least = facts.rules.lecture_quota
    if least is None or facts.served.village is None:
        count = sum(work.lectures for work in facts.months.values())
        return Suggestion(None, _NO_LECTURE_RULE.fill(count=count))
    over = [
        sum(facts.months[span.first.month + n].lectures for n in range(3))
        for span in _over(facts, 3)
    ]
    met = sum(lectures >= least for lectures in over)
    said = _LECTURES.fill(due=len(over), met=met, least=least)
    return Suggestion(_part(most, met, len(over)), said)


def _log(most: Decimal, facts: Facts) -> Suggestion:
    said = _LOG.fill(entries=facts.entries, results=facts.with_result)
    points = _part(most, facts.with_result, facts.entries) if facts.entries else _NONE
    return Suggestion(points, said)


def _over(facts: Facts, length: int) -> Sequence[Period]:
    """The months, or quarters, that are over and were served on all of their days."""
    spans = [
        Period.of_months(facts.year, first, first + length - 1, facts.today)
        for first in range(1, 13, length)
    ]
    return [
        span
        for span in spans
        if span.last < facts.today and facts.served.all_of(span.first, span.last)
    ]


def _part(most: Decimal, met: int, due: int) -> Decimal | None:
    """The share of the most points, rounded down to half a point; None where nothing was due."""
    if not due:
        return None
    return (most * met / due / _HALF).to_integral_value("ROUND_FLOOR") * _HALF


_WAYS = {
    ScoreBasis.CONTRACT: _contract,
    ScoreBasis.PLATE: _plate,
    ScoreBasis.VISITS: _visits,
    ScoreBasis.LECTURES: _lectures,
    ScoreBasis.LOG: _log,
}
