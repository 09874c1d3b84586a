"""What is missing or odd before a year is closed: each domain's findings, and those about figures
and late entries, with what was accepted and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.advisers import readiness as advisers
from tracker.advisers.figures.persons import TRAININGS as PERSON_TRAININGS
from tracker.advisers.figures.visits import VISITS
from tracker.certification import readiness as certification
from tracker.certification.figures.trainings import TRAININGS as OFFICER_TRAININGS
from tracker.kernel.clock import in_china
from tracker.kernel.figure import Source
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.readiness import Finding
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.outreach import readiness as outreach
from tracker.outreach.figures import EVENTS
from tracker.worklog.figures import ENTRIES

from ..counted import counted_records
from ..freezing import queries as freezing
from ..freezing.comparing import compare
from ..lacking import lacking
from . import queries
from .describing import sentence

_DOMAINS = (outreach.findings, advisers.findings, certification.findings)
#: Work on a day, which should be entered soon after it.
_WORK: tuple[Source, ...] = (EVENTS, VISITS, PERSON_TRAININGS, OFFICER_TRAININGS, ENTRIES)

#: An entry made later than this after its day is asked about.
LATE = timedelta(days=30)
#: From so many late entries of a register on they are said in one line.
NAMED = 5

_LATE = Words(
    "{days}天后才登记：{number} {day} {title}", "Entered {days} days later: {number} {day} {title}"
)
_MANY_LATE = Words(
    "「{register}」有 {count} 条是事后30天以上才登记的",
    "{count} entries of “{register}” were made more than 30 days after their day",
)
_WITHOUT_EVIDENCE = Words(
    "「{register}」计入数字的 {all} 条中，有 {count} 条缺{kind}",
    "Of {all} counted entries of “{register}”, {count} lack: {kind}",
)
_SINCE = Words("{year}年定稿后又有变化：{what}", "{year} changed after it was frozen: {what}")


def findings(session: Session, scope: Scope, year: int, today: date) -> list[Finding]:
    """Everything to look at before a year is closed; those accepted carry the reason."""
    period = Period.of_year(year, today)
    found: list[Finding] = []
    for domain in _DOMAINS:
        found += domain(session, scope, period, today)
    for source in _WORK:
        found += _late_entries(session, scope, period, source)
    found += _without_evidence(session, scope, period)
    found += _changed_since_last_year(session, scope, year, today)
    accepted = queries.accepted(session, scope, year)
    return [
        replace(each, accepted=acceptance.reason)
        if (acceptance := accepted.get((each.code, each.subject))) is not None
        else each
        for each in found
    ]


def _late_entries(
    session: Session, scope: Scope, period: Period, source: Source
) -> Sequence[Finding]:
    late = list(_entered_late(session, scope, period, source))
    if len(late) <= NAMED:
        return [
            Finding(
                "late_entry",
                f"{source.model.__tablename__}:{row.id}",
                _LATE.fill(days=days, number=row.number, day=row.day, title=row.title),
                source.path.format(id=row.id, part=row.part),
            )
            for row, days in late
        ]
    return [
        Finding(
            "late_entries",
            f"{source.register}:{len(late)}",
            _MANY_LATE.fill(register=source.label, count=len(late)),
            source.path.partition("{")[0],
        )
    ]


def _entered_late(
    session: Session, scope: Scope, period: Period, source: Source
) -> Iterator[tuple[Any, int]]:
    model, day = source.model, source.date
    if day is None:
        raise ValueError(f"{source.key} has no day")
    part = source.part if source.part is not None else source.number
    statement = (
        select(
            model.id,
            source.number.label("number"),
            source.title.label("title"),
            day.label("day"),
            model.created_at,
            part.label("part"),
        )
        .where(
            scope.covers(model.office_id),
            model.voided_at.is_(None),
            day.between(period.first, period.last),
        )
        .order_by(day, model.id)
    )
    for row in session.execute(statement):
        after = in_china(row.created_at).date() - row.day
        if after > LATE:
            yield row, after.days


def _without_evidence(session: Session, scope: Scope, period: Period) -> Iterator[Finding]:
    """One finding for each register and kind of evidence, however many records lack it.

    The records that count now are asked, since what is missing can be added at any time. With
    another number of them it is another finding, to be accepted anew.
    """
    counted = counted_records(session, scope, period, present=True)
    for each in lacking(session, scope, counted):
        table, kind = each.register.record_type, str(each.kind.value)
        yield Finding(
            "evidence.missing",
            f"{table}:{kind}:{len(each.records)}",
            _WITHOUT_EVIDENCE.fill(
                register=each.register.label,
                all=len(each.register.records),
                count=len(each.records),
                kind=each.kind.label,
            ),
            f"/inspection/{period.year}/missing/{table}/{kind}",
        )


def _changed_since_last_year(
    session: Session, scope: Scope, year: int, today: date
) -> list[Finding]:
    """The figures of the year before that no longer read as they were frozen."""
    before = freezing.set_in_force(session, scope, year - 1) if year > FIRST_YEAR else None
    if before is None:
        return []
    return [
        Finding(
            "figures.changed_since_frozen",
            # With what it says now: another change has to be accepted anew.
            f"{change.key}:{change.present.value if change.present else ''}"[:100],
            _SINCE.fill(year=before.year, what=sentence(change)),
            f"/yearbook/{before.year}/changes",
        )
        for change in compare(session, scope, before, today)
    ]
