"""How marks are written."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.kernel import marks
from tracker.kernel.marks import MarkKind
from tracker.kernel.period import Period
from tracker.workbooks.county_forms.spans import span_of

TODAY = date(2025, 1, 20)


def months(option: str) -> tuple[str, str] | None:
    """The first and the last day of a period in a form that is filled for 2024."""
    span = span_of(marks.spelled(option))
    if span is None:
        return None
    period = span.of(2024, TODAY)
    return period.first.isoformat(), period.last.isoformat()


@pytest.mark.parametrize(
    ("option", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023年", "2023-01-01", "2023-12-31"),
        ("2023-Q4", "2023-10-01", "2023-12-31"),
        ("2023-q1", "2023-01-01", "2023-03-31"),
        ("2023年第二季度", "2023-04-01", "2023-06-30"),
        ("2023-H1", "2023-01-01", "2023-06-30"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023年11月", "2023-11-01", "2023-11-30"),
        ("Q4", "2024-10-01", "2024-12-31"),
        ("第四季度", "2024-10-01", "2024-12-31"),
        ("Ｑ４", "2024-10-01", "2024-12-31"),
        ("H2", "2024-07-01", "2024-12-31"),
        ("下半年", "2024-07-01", "2024-12-31"),
        ("12", "2024-12-01", "2024-12-31"),
        ("2月", "2024-02-01", "2024-02-29"),
        ("1-9", "2024-01-01", "2024-09-30"),
        ("1—9月", "2024-01-01", "2024-09-30"),
        ("1月至9月", "2024-01-01", "2024-09-30"),
    ],
)
def test_periods(option: str, first: str, last: str) -> None:
    assert months(option) == (first, last)


@pytest.mark.parametrize(
    "option",
    ["Q5", "Q0", "H3", "13", "0", "2023-13", "9-1", "1899", "2100", "Q", "", "2023-Q", "x"],
)
def test_no_periods(option: str) -> None:
    assert months(option) is None


def test_the_same_months_a_year_before() -> None:
    before = Period.of_months(2024, 1, 2, TODAY).previous
    assert (before.first, before.last, before.as_at) == (
        date(2023, 1, 1),
        date(2023, 2, 28),
        date(2023, 2, 28),
    )


def test_states_of_running_months_are_read_today() -> None:
    assert Period.of_months(2025, 1, 3, TODAY).as_at == TODAY
    assert Period.of_months(2024, 10, 12, TODAY).as_at == date(2024, 12, 31)


@pytest.mark.parametrize("bounds", [(0, 3), (3, 2), (1, 13)])
def test_months_that_are_none_are_refused(bounds: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no months"):
        Period.of_months(2024, *bounds, TODAY)


@pytest.mark.parametrize(
    "raw",
    [
        "{{outreach.events|q4|phrase}}",
        "{{ Outreach.Events | Q4 | phrase }}",
        "｛｛outreach.events｜Ｑ４｜phrase｝｝",
    ],
)
def test_stray_spaces_and_full_width_signs_are_taken(raw: str) -> None:
    ((start, end, mark),) = marks.found_in(f"共{raw}次")
    assert (start, end) == (1, 1 + len(raw))
    assert (mark.kind, mark.name, mark.options) == (
        MarkKind.VALUE,
        "outreach.events",
        ("q4", "phrase"),
    )


def test_what_marks_do() -> None:
    found = [mark for _, _, mark in marks.found_in("{{#events|Q1}}{{#}}{{title}}{{/events}}")]
    assert [(mark.kind, mark.name) for mark in found] == [
        (MarkKind.START, "events"),
        (MarkKind.VALUE, "#"),
        (MarkKind.VALUE, "title"),
        (MarkKind.END, "events"),
    ]
    assert found[0].options == ("q1",)


@pytest.mark.parametrize("text", ["{{outreach.events}", "outreach.events}}", "{{{{x}}", "{{}}"])
def test_marks_that_are_not_whole(text: str) -> None:
    assert marks.is_broken(text)


@pytest.mark.parametrize("text", ["{outreach.events}", "{{title}}", "{a} {b}", "", "{{a}}{{b}}"])
def test_texts_without_loose_braces(text: str) -> None:
    assert not marks.is_broken(text)
