"""On every day of three years the conditions agree with a walk through the days in plain Python.

They can only change on the days of the records, and where a band's limit reaches one: those days
and their neighbours are asked.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.certification import every_day
from tests.certification.every_day import FIRST, LAST, YEARS, Said
from tests.support.world import World
from tracker.certification import conditions
from tracker.certification.figures.certificates import HOLDING_RATE
from tracker.certification.figures.exams import PASSED, REGISTERED, SAT
from tracker.certification.models import Certificate, Officer
from tracker.certification.queries.cohort import cohort_of
from tracker.certification.queries.expiry import band_condition, expiry_on, limits
from tracker.certification.queries.passes import latest_passes
from tracker.figures import reading
from tracker.kernel.period import Period
from tracker.kernel.scope import Scope

#: How many offices' histories are walked through.
OFFICES = 60 if os.environ.get("TRACKER_FULL") else 2


def asked(session: Session, scope: Scope, day: date) -> Said:
    """What the database answers on a day."""
    bands = zip(every_day.BANDS, limits((180, 90, 30)), strict=True)
    of_certificates = {
        "valid": conditions.valid_on(day),
        "overdue": conditions.overdue_on(day),
        "to_return": conditions.to_be_returned_on(day),
        **{name: band_condition(day, *bounds) for name, bounds in bands},
    }
    of_officers = {
        "holds": conditions.holds_valid_on(day),
        "enforces": conditions.in_enforcement_post_on(day),
        "ends_in_90": conditions.ends_within(day, day + timedelta(days=90)),
        **{
            f"drew_{year}": conditions.drawn_in(Period.of_year(year, LAST), day)
            for year in every_day.cohorts_of(day)
        },
    }
    said: Said = {name: set() for name in (*of_certificates, *of_officers)}
    for model, questions in ((Certificate, of_certificates), (Officer, of_officers)):
        statement = select(model.id, *questions.values()).where(
            scope.covers(model.office_id), model.voided_at.is_(None)
        )
        for record_id, *answers in session.execute(statement):
            for name, answer in zip(questions, answers, strict=True):
                if answer:
                    said[name].add(record_id)
    passes = latest_passes(session, day, scope.covers(Officer.office_id))
    open_ones = {key: each for key, each in passes.items() if not each.drawn}
    said["good_pass"] = {
        key for key, each in open_ones.items() if each.is_good(every_day.PASS_YEARS, day)
    }
    said["lapsed_pass"] = set(open_ones) - said["good_pass"]
    return said


def holding_rate(said: Said) -> Decimal | None:
    """Worked out by hand."""
    if not said["enforces"]:
        return None
    share = Decimal(len(said["enforces"] & said["holds"])) / len(said["enforces"])
    return share.quantize(Decimal("0.0001"), ROUND_HALF_UP)


@pytest.mark.slow
def test_every_day_of_three_years_is_as_a_walk_through_the_days_says(world: World):
    seen: Counter[str] = Counter()
    for seed in range(OFFICES):
        office = world.an_office()
        with world.writing() as session:
            every_day.write_at_random(session, office.id, Random(seed))
        scope = world.scope(office)
        with world.reading() as session:
            records = every_day.histories(session, office.id)
            days = set(records.days_of_change())
            for day, said in every_day.walk(records, days):
                assert asked(session, scope, day) == said, (seed, day)
                if day.toordinal() % 4 == 0:
                    period = Period(date(day.year, 1, 1), date(day.year, 12, 31), day)
                    rate = reading.read(session, [HOLDING_RATE], scope, period)
                    assert rate[HOLDING_RATE.key].value == holding_rate(said), (seed, day)
                seen.update(name for name, ids in said.items() if ids)
            assert {FIRST, LAST} <= days

    questions = {"valid", "overdue", "to_return", "holds", "enforces", "ends_in_90"}
    assert questions | set(every_day.BANDS) <= set(seen)
    assert {"drew_2023", "drew_2024", "good_pass", "lapsed_pass"} <= set(seen)


def test_the_pages_lists_are_those_of_the_conditions(world: World):
    """The bands and the cohort that pages show, on a few days of a history."""
    office = world.an_office()
    with world.writing() as session:
        every_day.write_at_random(session, office.id, Random(1))
    scope = world.scope(office)
    with world.reading() as session:
        records = every_day.histories(session, office.id)
        days = records.days_of_change()[::12]
        for day, said in every_day.walk(records, days):
            found = expiry_on(session, scope, day)
            shown = {
                "to_return": found.to_return,
                "overdue": found.overdue,
                **dict(zip(every_day.BANDS, found.bands, strict=True)),
            }
            for name, band in shown.items():
                ids = [c.id for ending in band.endings for c in ending.certificates]
                assert sorted(ids) == sorted(said[name]), (name, day)
                last_days = [ending.last_day for ending in band.endings]
                assert last_days == sorted(set(last_days)), (name, day)
            period = Period.of_year(day.year, day)
            drew = {each.officer.id for each in cohort_of(session, scope, period, day).drawn}
            assert drew == said[f"drew_{day.year}"], day


def test_the_cohorts_numbers_are_those_of_the_figures(world: World):
    for seed in range(2):
        office = world.an_office()
        with world.writing() as session:
            every_day.write_at_random(session, office.id, Random(seed))
        scope = world.scope(office)
        for year in YEARS[1:]:
            with world.reading() as session:
                period = world.period(year)
                readings = reading.read(session, [REGISTERED, SAT, PASSED], scope, period)
                found = cohort_of(session, scope, period, LAST)
            numbers = {"registered": found.registered, "sat": found.sat, "passed": found.passed}
            for key, those in numbers.items():
                assert readings[f"certification.{key}"].value == len(those), (seed, year, key)
            assert {id(c) for c in found.drawn} <= {id(c) for c in found.passed}
