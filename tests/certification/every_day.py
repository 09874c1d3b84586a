"""Certificates and cohorts day by day: a naive walk over the records, for `conditions` to agree
with.

Every day is walked through in its order; what happens on it is done to a state of sets, and the
state is what the day is asked about. Nothing here looks ahead, and nothing asks the database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.certification import oracle
from tracker.certification.drafts import (
    CertificateDraft,
    RegistrationDraft,
    ResultDraft,
    SittingDraft,
    TermDraft,
)
from tracker.certification.models import Certificate, CertificateTerm, ExamRegistration, Officer
from tracker.certification.operations import certificates, exams
from tracker.certification.terms import CertificateStatus, ExamPart, Outcome, SittingPurpose
from tracker.kernel import clock
from tracker.kernel.scope import Scope

FIRST, LAST = date(2023, 1, 1), date(2025, 12, 31)
YEARS = (2022, 2023, 2024, 2025)
ONE = timedelta(days=1)
#: No record of a history is older.
_BEGINNING = date(2020, 1, 1)
#: Bands of expiry as an office says them, in days left: written out once more, on purpose.
BANDS = {"within_30": (0, 30), "within_90": (31, 90), "within_180": (91, 180)}

#: For how many years a pass is good here.
PASS_YEARS = 1

_MOSTLY = (Outcome.PASSED, Outcome.PASSED, Outcome.PASSED, Outcome.FAILED)

#: What is said of a day: the ids of the records that each question is answered yes for.
Said = dict[str, set[int]]


@dataclass
class Histories:
    """An office's records as they stand in the database, voided ones sorted out."""

    officers: Sequence[Officer]
    certificates: Sequence[Certificate]
    registrations: Sequence[ExamRegistration]

    def days_of_change(self) -> list[date]:
        """Every day of the three years on which an answer could become another, and its
        neighbours: the days of the records, and those from which a band's limit reaches them."""
        found: set[date] = set()
        for officer in self.officers:
            found |= {officer.post_from, *([officer.post_until] if officer.post_until else [])}
        for certificate in self.certificates:
            found |= {change.since for change in certificate.status_changes}
            for term in certificate.terms:
                found |= {term.issued_on, term.valid_from, term.valid_to}
                found |= {term.valid_to - timedelta(days=days) for days in (30, 90, 180)}
        passed = {day for each in self.registrations for _, day in _passes(each)}
        found |= passed | {lapses_on(day) for day in passed}
        near = {day + step * ONE for day in found for step in (-1, 0, 1)}
        return sorted(day for day in near | {FIRST, LAST} if FIRST <= day <= LAST)


def write_at_random(session: Session, office_id: int, chance: Random) -> None:
    """The histories of `oracle.write_at_random`, and exams that are mostly passed with cards drawn
    before and after, which mere chance hardly makes."""
    oracle.write_at_random(session, office_id, chance)
    scope = Scope((office_id,), office_id, may_write=True)
    of_office = (Officer.office_id == office_id, Officer.voided_at.is_(None))
    people = session.scalars(select(Officer.id).where(*of_office)).all()
    for number in range(4 if people else 0):
        day = FIRST + timedelta(days=chance.randint(0, 600))
        special = chance.choice([None, Decimal(60)])
        draft = SittingDraft(f"考试{number}", day, special_mark=special)
        sitting = exams.create_sitting(session, office_id, draft)
        some = chance.sample(people, min(2, len(people)))
        reason = RegistrationDraft(exception_reason="历年资料")
        exams.register_officers(session, scope, sitting.id, some, reason)
        entered = session.scalars(
            select(ExamRegistration).where(ExamRegistration.sitting_id == sitting.id)
        ).all()
        results = [
            ResultDraft(each.id, result.part, 0, chance.choice(_MOSTLY))
            for each in entered
            for result in each.results
        ]
        exams.record_results(session, scope, sitting.id, results, None, clock.today())
        for officer_id in some:
            issued = day + timedelta(days=chance.choice((-40, -1, 0, 1, 60)))
            term = TermDraft(issued, issued, issued + timedelta(days=chance.randint(100, 500)))
            card = CertificateDraft(officer_id, f"考{number}-{officer_id}", exception_reason="补录")
            certificates.create_certificate(session, office_id, card, term, clock.today())
    session.flush()


def histories(session: Session, office_id: int) -> Histories:
    """The records of an office."""

    def rows(model: type[Any]) -> list[Any]:
        found = session.scalars(select(model).where(model.office_id == office_id))
        return [row for row in found if row.voided_at is None]

    officers = rows(Officer)
    sitting_counts = [
        each
        for each in rows(ExamRegistration)
        if each.sitting.voided_at is None
        and each.sitting.purpose is SittingPurpose.QUALIFICATION
        and each.officer.voided_at is None
    ]
    return Histories(officers, rows(Certificate), sitting_counts)


def _passes(registration: ExamRegistration) -> list[tuple[ExamPart, date]]:
    """The parts passed, each with its day."""
    return [
        (result.part, result.sat_on or registration.sitting.held_on)
        for result in registration.results
        if result.outcome is Outcome.PASSED
    ]


def lapses_on(passed_on: date) -> date:
    """The first day on which a pass is no longer good, found by counting the days."""
    day, years = passed_on, 0
    while years < PASS_YEARS:
        day += ONE
        years += _is_same_day(day, passed_on)
    return day


def _is_same_day(day: date, passed_on: date) -> bool:
    """Whether a day is the same of its year as that of a pass; 1 March is, where a year has no
    29 February."""
    same = (day.month, day.day) == (passed_on.month, passed_on.day)
    yesterday = day - ONE
    skipped = (passed_on.month, passed_on.day) == (2, 29) and (yesterday.month, yesterday.day) == (
        2,
        28,
    )
    return same or (skipped and (day.month, day.day) == (3, 1))


@dataclass
class _State:
    """What is so at the end of a day."""

    in_post: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    out_of_force: set[int] = field(default_factory=set)
    known: dict[int, set[date]] = field(default_factory=dict)
    got: dict[tuple[int, int], set[ExamPart]] = field(default_factory=dict)
    drew: set[tuple[int, int]] = field(default_factory=set)
    #: The cohorts that an officer has passed in.
    whole: set[tuple[int, int]] = field(default_factory=set)
    #: The latest pass of each officer that no certificate was drawn for: its cohort, and the days
    #: of the year gone round since.
    passed: dict[int, tuple[int, date, int]] = field(default_factory=dict)


def walk(records: Histories, days: Collection[date]) -> Iterator[tuple[date, Said]]:
    """Lives through every day up to the last of these, and says of these what is so on them."""
    state, wanted = _State(), _wanted(records)
    day, last = _BEGINNING, max(days)
    while day <= last:
        _live_through(state, records, wanted, day)
        if day in days:
            yield day, _said(state, records, day)
        day += ONE


def _wanted(records: Histories) -> dict[tuple[int, int], set[ExamPart]]:
    """The parts that an officer's exams of a year have, by officer and year."""
    wanted: dict[tuple[int, int], set[ExamPart]] = {}
    for each in records.registrations:
        key = (each.officer_id, each.sitting.held_on.year)
        wanted.setdefault(key, set()).update(each.sitting.parts)
    return wanted


def _live_through(
    state: _State, records: Histories, wanted: dict[tuple[int, int], set[ExamPart]], day: date
) -> None:
    """Do to the state what happens on a day."""
    for officer in records.officers:
        if officer.post_from == day:
            state.in_post.add(officer.id)
        if officer.post_until == day:
            state.in_post.discard(officer.id)
            state.left.add(officer.id)
    for registration in records.registrations:
        key = (registration.officer_id, registration.sitting.held_on.year)
        for part, passed_on in _passes(registration):
            if passed_on == day:
                state.got.setdefault(key, set()).add(part)
    _let_passes_age(state, wanted, day)
    for certificate in records.certificates:
        for change in sorted(certificate.status_changes, key=lambda each: each.id):
            if change.since == day and change.status is CertificateStatus.VALID:
                state.out_of_force.discard(certificate.id)
            elif change.since == day:
                state.out_of_force.add(certificate.id)
        for term in certificate.terms:
            if day in (term.issued_on, term.valid_from):
                state.known.setdefault(certificate.id, set()).add(term.valid_to)
            if term.issued_on == day:
                state.drew |= {
                    (officer_id, year)
                    for (officer_id, year), parts in wanted.items()
                    if officer_id == certificate.officer_id
                    and parts <= state.got.get((officer_id, year), set())
                }
                state.passed.pop(certificate.officer_id, None)


def _let_passes_age(state: _State, wanted: dict[tuple[int, int], set[ExamPart]], day: date) -> None:
    """Count the years of passes that are there, then take up those of the day."""
    for officer_id, (year, passed_on, rounds) in state.passed.items():
        state.passed[officer_id] = (year, passed_on, rounds + _is_same_day(day, passed_on))
    for (officer_id, year), parts in wanted.items():
        if parts <= state.got.get((officer_id, year), set()) and (officer_id, year) not in (
            state.whole
        ):
            state.whole.add((officer_id, year))
            state.passed[officer_id] = (year, day, 0)


def _said(state: _State, records: Histories, day: date) -> Said:
    """What the state answers on a day."""
    people = {officer.id: officer for officer in records.officers}
    said: Said = {name: set() for name in (*BANDS, "valid", "overdue", "to_return")}
    runs_until: dict[int, date] = {}
    for certificate in records.certificates:
        if certificate.id in state.out_of_force:
            continue
        holder = certificate.officer_id
        if ends := state.known.get(certificate.id):
            runs_until[holder] = max(runs_until.get(holder, date.min), *ends)
        if any(_covers(term, day) for term in certificate.terms):
            said["valid"].add(certificate.id)
            left_days = (max(state.known[certificate.id]) - day).days
            if holder in state.left:
                said["to_return"].add(certificate.id)
            elif holder in people:
                for name, (least, most) in BANDS.items():
                    if least <= left_days <= most:
                        said[name].add(certificate.id)
        elif all(term.valid_to < day for term in certificate.terms) and holder in people:
            said["overdue"].add(certificate.id)
    said["holds"] = {c.officer_id for c in records.certificates if c.id in said["valid"]}
    said["holds"] &= set(people)
    said["enforces"] = {each for each in state.in_post if people[each].enforcement_post}
    said["ends_in_90"] = {each for each in said["holds"] if 0 < (runs_until[each] - day).days <= 90}
    good = {each for each, (_, _, rounds) in state.passed.items() if rounds < PASS_YEARS}
    said["good_pass"] = good & set(people)
    said["lapsed_pass"] = (set(state.passed) - good) & set(people)
    for year in cohorts_of(day):
        said[f"drew_{year}"] = {officer for officer, of in state.drew if of == year}
    return said


def cohorts_of(day: date) -> tuple[int, int]:
    """The years whose cohorts are asked about on a day: its own and the one before."""
    return (day.year - 1, day.year)


def _covers(term: CertificateTerm, day: date) -> bool:
    return term.valid_from <= day <= term.valid_to
