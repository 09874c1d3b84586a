"""Who passed when, and until which day a pass is good.

A pass is one officer's in one year: every part that their qualification exams of the year had is
passed (see `conditions.passed_in`), on the day on which the last of them was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, extract, func, not_, select
from sqlalchemy.orm import Session

from tracker.certification import conditions
from tracker.certification.models import (
    Certificate,
    CertificateTerm,
    ExamRegistration,
    ExamResult,
    ExamSitting,
    Officer,
)
from tracker.certification.terms import ExamPart, Outcome, SittingPurpose
from tracker.kernel.period import last_day_of
from tracker.kernel.scope import Scope
from tracker.rulepacks.queries import offices_by, rules_by_office

#: A pass that lapses within so many days lapses soon.
SOON = 180
#: A pass that lapsed longer ago is no longer waited for; its cohort still tells of it.
LAPSED_FOR = 366

_HAS = {ExamPart.GENERAL: ExamSitting.has_general, ExamPart.SPECIAL: ExamSitting.has_special}


@dataclass(frozen=True)
class Pass:
    """An officer's pass of one year. ``drawn``: a certificate, not voided, was issued on its day
    or later (see `conditions.drawn_in`), and so it is used up."""

    officer_id: int
    office_id: int
    year: int
    parts: frozenset[ExamPart]
    passed_on: date
    drawn: bool = False

    def last_day(self, years: int | None) -> date | None:
        """The last day it is good on; None where passes are good for ever."""
        return None if years is None else last_day_of(self.passed_on, years)

    def is_good(self, years: int | None, day: date) -> bool:
        """Whether it is good on a day."""
        last = self.last_day(years)
        return self.passed_on <= day and (last is None or day <= last)


def latest_passes(
    session: Session, day: date, *who: ColumnElement[bool], since: date | None = None
) -> dict[int, Pass]:
    """The latest pass, by a day, of each officer, not voided, who meets the conditions; two
    statements. Exams held before ``since`` are not looked at."""
    found: dict[int, Pass] = {}
    for each in _passes(session, day, since, *who):
        known = found.get(each.officer_id)
        if known is None or known.passed_on < each.passed_on:
            found[each.officer_id] = each
    return _with_drawn(session, found, day)


def _passes(
    session: Session, day: date, since: date | None, *who: ColumnElement[bool]
) -> Iterable[Pass]:
    year = extract("year", ExamSitting.held_on)
    wanted = {part: func.max(case((has, 1), else_=0)) for part, has in _HAS.items()}
    got = {
        part: func.min(
            case(
                (
                    and_(ExamResult.part == part, ExamResult.outcome == Outcome.PASSED),
                    func.coalesce(ExamResult.sat_on, ExamSitting.held_on),
                )
            )
        )
        for part in _HAS
    }
    kept = [ExamSitting.held_on >= since] if since else []
    rows = session.execute(
        select(
            Officer.id,
            Officer.office_id,
            year,
            *(wanted[part].label(f"has_{part.value}") for part in _HAS),
            *(got[part].label(f"got_{part.value}") for part in _HAS),
        )
        .join(
            ExamRegistration,
            and_(
                ExamRegistration.office_id == Officer.office_id,
                ExamRegistration.officer_id == Officer.id,
            ),
        )
        .join(
            ExamSitting,
            and_(
                ExamSitting.office_id == ExamRegistration.office_id,
                ExamSitting.id == ExamRegistration.sitting_id,
            ),
        )
        .join(
            ExamResult,
            and_(
                ExamResult.office_id == ExamRegistration.office_id,
                ExamResult.registration_id == ExamRegistration.id,
            ),
        )
        .where(
            Officer.voided_at.is_(None),
            ExamRegistration.voided_at.is_(None),
            ExamSitting.voided_at.is_(None),
            ExamSitting.purpose == SittingPurpose.QUALIFICATION,
            *kept,
            *who,
        )
        .group_by(Officer.id, Officer.office_id, year)
        .having(
            and_(
                *(
                    case((wanted[part] == 0, 1), (got[part].is_not(None), 1), else_=0) == 1
                    for part in _HAS
                )
            )
        )
    )
    for row in rows:
        has, days = row[3 : 3 + len(_HAS)], row[3 + len(_HAS) :]
        parts = frozenset(part for part, wants in zip(_HAS, has, strict=True) if wants)
        passed_on = max(each for part, each in zip(_HAS, days, strict=True) if part in parts)
        if passed_on <= day:
            yield Pass(row[0], row[1], int(row[2]), parts, passed_on)


def _with_drawn(session: Session, found: dict[int, Pass], day: date) -> dict[int, Pass]:
    if not found:
        return found
    issued = session.execute(
        select(Certificate.officer_id, func.max(CertificateTerm.issued_on))
        .join(
            CertificateTerm,
            and_(
                CertificateTerm.office_id == Certificate.office_id,
                CertificateTerm.certificate_id == Certificate.id,
            ),
        )
        .where(
            Certificate.officer_id.in_(list(found)),
            Certificate.voided_at.is_(None),
            CertificateTerm.issued_on <= day,
        )
        .group_by(Certificate.officer_id)
    )
    for officer_id, last in issued:
        if last >= found[officer_id].passed_on:
            found[officer_id] = replace(found[officer_id], drawn=True)
    return found


def pass_years_by_office(session: Session, scope: Scope) -> Mapping[int, int]:
    """For how many years passes are good, by office; offices where they are for ever are left
    out."""
    rules = rules_by_office(session, scope.office_ids)
    years = offices_by(rules, lambda each: each.pass_years)
    return {office_id: number for number, offices in years.items() for office_id in offices}


@dataclass(frozen=True)
class Lapse:
    """A pass without a certificate that lapses soon, or has lapsed."""

    officer: Officer
    passed_on: date
    last_day: date


def lapses(session: Session, scope: Scope, today: date) -> list[Lapse]:
    """Passes without a certificate that lapse within `SOON` days, or have lapsed no longer than
    `LAPSED_FOR` days ago; those that end first on top.

    Of officers in post without a valid certificate, who have not been registered for a
    qualification exam since they passed. Only the latest pass of each counts. Offices without the
    rule have none.
    """
    years = pass_years_by_office(session, scope)
    if not years:
        return []
    # What lapses soon was passed so many years ago, in a year that began before.
    oldest = date(today.year - max(years.values()) - 2, 1, 1)
    found = latest_passes(
        session,
        today,
        Officer.office_id.in_(list(years)),
        conditions.in_post_on(today),
        not_(conditions.holds_valid_on(today)),
        since=oldest,
    )
    ending: dict[int, tuple[Pass, date]] = {}
    for key, each in found.items():
        last = last_day_of(each.passed_on, years[each.office_id])
        if not each.drawn and -LAPSED_FOR <= (last - today).days <= SOON:
            ending[key] = (each, last)
    if not ending:
        return []
    officers = session.execute(
        select(Officer, _last_exam()).where(Officer.id.in_(list(ending)))
    ).all()
    return sorted(
        (
            Lapse(officer, ending[officer.id][0].passed_on, ending[officer.id][1])
            for officer, last_exam in officers
            if last_exam <= ending[officer.id][0].passed_on
        ),
        key=lambda each: (each.last_day, each.officer.pinyin, each.officer.id),
    )


def _last_exam() -> Any:
    """The day of an officer's latest qualification exam."""
    return (
        select(func.max(ExamSitting.held_on))
        .join(
            ExamRegistration,
            and_(
                ExamRegistration.office_id == ExamSitting.office_id,
                ExamRegistration.sitting_id == ExamSitting.id,
            ),
        )
        .where(
            ExamRegistration.office_id == Officer.office_id,
            ExamRegistration.officer_id == Officer.id,
            ExamRegistration.voided_at.is_(None),
            ExamSitting.voided_at.is_(None),
            ExamSitting.purpose == SittingPurpose.QUALIFICATION,
        )
        .correlate(Officer)
        .scalar_subquery()
    )
