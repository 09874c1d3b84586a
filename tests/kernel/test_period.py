"""The span of days a figure speaks of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.kernel.period import Period


def test_states_of_a_finished_year_are_read_on_its_last_day() -> None:
    assert Period.of_year(2024, date(2025, 1, 20)).as_at == date(2024, 12, 31)


def test_states_of_the_running_year_are_read_today() -> None:
    assert Period.of_year(2025, date(2025, 1, 20)).as_at == date(2025, 1, 20)
    assert Period.of_year(2025, date(2025, 12, 31)).as_at == date(2025, 12, 31)


def test_the_year_before_is_whole_even_while_this_one_runs() -> None:
    before = Period.of_year(2025, date(2025, 1, 20)).previous
    assert (before.first, before.last, before.as_at) == (
        date(2024, 1, 1),
        date(2024, 12, 31),
        date(2024, 12, 31),
    )


@pytest.mark.parametrize("year", [1989, 2101, 0, -1, 9999, 10**9])
def test_years_nobody_works_in_are_refused(year: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        Period.of_year(year, date(2025, 1, 20))


@given(st.integers(1990, 2100), st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_the_day_of_reading_lies_in_the_year(year: int, today: date) -> None:
    period = Period.of_year(year, today)
    assert period.first <= period.as_at <= period.last
    assert period.year == year


def test_twelve_months_on_from_the_leap_day_is_the_day_before_march() -> None:
    assert Period.of_year(2024, date(2024, 2, 29)).twelve_months_on == date(2025, 2, 28)
