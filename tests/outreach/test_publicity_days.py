"""When publicity days fall: rules, verified tables, and years nobody has published."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime, timedelta

import pytest

from tests.outreach import astronomy
from tracker.outreach.calendar import days, rules
from tracker.outreach.calendar.days import Occurrence, shipped_days
from tracker.outreach.calendar.terms import Sureness

YEARS = range(2024, 2031)


def falls(key: str, year: int) -> Occurrence:
    return shipped_days()[key].in_year(year)


def span(key: str, year: int) -> tuple[str, str]:
    found = falls(key, year).span
    assert found is not None, f"{key} {year}"
    return found.first.isoformat(), found.last.isoformat()


def test_all_days_of_the_reference_are_shipped_with_their_source():
    assert len(shipped_days()) == 47
    assert all(day.source and day.name.zh and day.name.en for day in shipped_days().values())


@pytest.mark.parametrize("year", YEARS)
def test_the_ninth_of_the_ninth_is_what_the_moon_says(year: int):
    computed, margin = astronomy.ninth_of_the_ninth(year)
    # In 2026 it is ten minutes before midnight; the terms left out come to less than two.
    assert margin > timedelta(minutes=5), "too near to midnight for this computation"
    assert span("elder_day", year) == (computed.isoformat(), computed.isoformat())
    assert falls("elder_day", year).sureness is Sureness.LISTED


@pytest.mark.parametrize("year", YEARS)
def test_the_harvest_festival_is_the_day_the_sun_crosses_the_equator(year: int):
    moment = astronomy.when_sun_is_at(180, year)
    midnight = datetime.combine(moment.date(), datetime.min.time())
    assert timedelta(minutes=30) < moment - midnight < timedelta(hours=23, minutes=30)
    assert span("farmers_harvest_festival", year)[0] == moment.date().isoformat()


def test_the_computation_finds_what_is_printed():
    """The dates that the reference prints, so that the computation itself is held to something."""
    printed = {2026: date(2026, 10, 18), 2027: date(2027, 10, 8), 2028: date(2028, 10, 26)}
    assert {y: astronomy.ninth_of_the_ninth(y)[0] for y in printed} == printed
    assert astronomy.when_sun_is_at(180, 2027).date() == date(2027, 9, 23)


@pytest.mark.parametrize("year", YEARS)
def test_weekday_rules_mean_the_weekday_they_name(year: int):
    safety = date.fromisoformat(span("school_safety_day", year)[0])
    assert (safety.month, safety.weekday()) == (3, 0)
    assert (safety + timedelta(days=7)).month == 4, "the last Monday of March"
    for key, month, weekday in (("disabled_help_day", 5, 6), ("defense_education_day", 9, 5)):
        day = date.fromisoformat(span(key, year)[0])
        assert (day.month, day.weekday()) == (month, weekday)
        assert 15 <= day.day <= 21, "the third of its weekday"
    first, last = (date.fromisoformat(d) for d in span("family_education_week", year))
    assert first <= date(year, 5, 15) <= last
    assert (first.weekday(), (last - first).days) == (0, 6)


@pytest.mark.parametrize(
    ("key", "year", "first", "last"),
    [
        # The dates of 2027 that the reference table gives.
        ("school_safety_day", 2027, "2027-03-29", "2027-03-29"),
        ("family_education_week", 2027, "2027-05-10", "2027-05-16"),
        ("disabled_help_day", 2027, "2027-05-16", "2027-05-16"),
        ("defense_education_day", 2027, "2027-09-18", "2027-09-18"),
        ("cybersecurity_week", 2027, "2027-09-13", "2027-09-19"),
        ("reading_week", 2027, "2027-04-22", "2027-04-28"),
        ("food_safety_week", 2027, "2027-06-15", "2027-06-21"),
        # Published dates in the source column.
        ("constitution_week", 2018, "2018-12-02", "2018-12-08"),
        ("constitution_week", 2019, "2019-12-01", "2019-12-07"),
        ("constitution_week", 2021, "2021-11-29", "2021-12-05"),
        ("constitution_week", 2022, "2022-12-04", "2022-12-10"),
        ("constitution_week", 2023, "2023-12-01", "2023-12-07"),
        ("constitution_week", 2025, "2025-12-01", "2025-12-07"),
        ("cybersecurity_week", 2023, "2023-09-11", "2023-09-17"),
        ("cybersecurity_week", 2024, "2024-09-09", "2024-09-15"),
        ("anti_fraud_month", 2023, "2023-06-15", "2023-06-15"),
        ("anti_fraud_month", 2024, "2024-06-24", "2024-06-24"),
        ("anti_fraud_month", 2025, "2025-06-16", "2025-06-16"),
        ("ethnic_unity_week", 2026, "2026-09-21", "2026-09-27"),
        ("safety_consultation_day", 2030, "2030-06-16", "2030-06-16"),
        ("occupational_disease_week", 2024, "2024-04-25", "2024-05-01"),
    ],
)
def test_days_fall_where_their_source_says(key: str, year: int, first: str, last: str):
    assert span(key, year) == (first, last)


def test_a_published_week_is_sure_and_a_usual_one_is_not():
    assert falls("constitution_week", 2025).is_known
    assert falls("constitution_week", 2026).sureness is Sureness.USUAL
    assert not falls("constitution_week", 2026).is_known
    assert not falls("ethnic_unity_week", 2026).is_known, "seen only in a weak source"


def test_the_usual_week_is_the_one_that_was_published():
    """The third week of September, counted as on the wall, is what 2023 and 2024 published."""
    rule = rules.read_rule("usual 3rd week of 9")
    for year in (2023, 2024):
        assert rule.in_year(year).span == falls("cybersecurity_week", year).span


@pytest.mark.parametrize(
    "key", ["elder_day", "farmers_harvest_festival", "anti_fraud_month", "ethnic_unity_week"]
)
def test_a_year_without_data_has_no_dates_and_says_so(key: str):
    found = falls(key, 2031)
    assert found.span is None
    assert found.warning is not None
    assert found.warning.zh == "2031年的日期尚未公布，请按通知确认"


def test_every_day_that_a_notice_moves_says_that_its_notice_is_missing():
    for day in shipped_days().values():
        found = day.in_year(2031)
        if day.rule.moves and found.sureness is not Sureness.BY_RULE:
            assert found.warning is not None, day.key
            assert not found.is_known, day.key
        else:
            assert found.warning is None, day.key


def test_nobody_waits_for_the_notice_of_a_year_gone_by():
    said = falls("constitution_week", 2020).said(date(2025, 1, 20))
    assert said is not None
    assert said.zh == "没有2020年公布日期的资料，请按当年的通知确认"


@pytest.mark.parametrize(
    ("key", "first_year"),
    [
        ("reading_week", 2026),
        ("ecology_day", 2023),
        ("ethnic_unity_week", 2026),
        ("constitution_day", 2014),
        ("science_month", 2025),
        ("anti_fraud_month", 2023),
    ],
)
def test_a_day_does_not_appear_before_it_began(key: str, first_year: int):
    day = shipped_days()[key]
    assert day.is_kept_in(first_year)
    assert not day.is_kept_in(first_year - 1)


def test_every_year_the_tracker_knows_can_be_worked_out():
    for year in range(1990, 2101):
        for day in shipped_days().values():
            found = day.in_year(year)
            if found.span is not None:
                assert {found.span.first.year, found.span.last.year} == {year}, (day.key, year)


@pytest.mark.parametrize(
    "text", ["", "on 13-1 x", "4th monday", "monday of 3", "usual", "6th sunday of 5", "on６-26"]
)
def test_a_rule_nobody_wrote_is_refused(text: str):
    with pytest.raises((ValueError, IndexError)):
        rules.read_rule(text)


def test_dates_of_the_shipped_tables_are_those_of_their_year():
    with days._DATES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["first"][:4] == row["year"] == row["last"][:4]
            assert row["source"], row
            assert re.fullmatch(r"listed|published|reported", row["sureness"])
