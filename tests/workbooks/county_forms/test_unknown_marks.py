"""Marks that cannot be filled: all of them are named before anything is written."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl import Workbook

from tests.support.world import World
from tests.workbooks.county_forms.filled import filled, looked_up, problems, surveyed
from tests.workbooks.county_forms.forms import county_form, saved, small
from tracker.kernel.errors import TrackerError
from tracker.workbooks.county_forms.filling import UnknownMarks
from tracker.workbooks.county_forms.meanings import FAULTS


@pytest.mark.parametrize(
    ("mark", "nearest"),
    [
        ("{{outreach.event}}", "outreach.events"),
        ("{{outreach.persontimes}}", "outreach.person_times"),
        ("{{advisers.vilage_coverage}}", "advisers.village_coverage"),
        ("{{ofice}}", "office"),
        ("{{outreach.events|phrases}}", "phrase"),
        ("{{outreach.events|record}}", "records"),
        ("{{outreach.events|2024-Q5}}", "2024-q4"),
        ("{{参加人次数}}", ""),
        ("{{zzzz.qqqq}}", ""),
    ],
)
def test_a_misspelt_mark_is_named_with_the_nearest(world: World, mark: str, nearest: str) -> None:
    found = problems(world, small({"B3": mark}))
    assert found["B3"].raw == mark
    if nearest:
        assert found["B3"].nearest == nearest
        assert f"是不是 {nearest}？" in found["B3"].message.zh


@pytest.mark.parametrize(
    ("cells", "where", "nearest"),
    [
        ({"A1": "{{#event}}{{title}}"}, "A1", "events"),
        ({"A1": "{{#events}}{{titel}}"}, "A1", "title"),
        ({"A1": "{{#events}}", "B1": "{{start_on}}"}, "B1", "starts_on"),
        ({"A1": "{{#events|Q7}}{{title}}"}, "A1", "q4"),
        ({"A1": "{{title}}"}, "A1", ""),
        ({"A1": "{{#}}"}, "A1", ""),
        ({"A1": "{{#events}}{{title|phrase}}"}, "A1", ""),
        ({"A1": "{{year|2023}}"}, "A1", ""),
        ({"A1": "{{outreach.events|Q1|Q2}}"}, "A1", ""),
        ({"A1": "{{outreach.events|phrase|records}}"}, "A1", ""),
    ],
)
def test_what_cannot_be_meant_here(
    world: World, cells: dict[str, str], where: str, nearest: str
) -> None:
    found = problems(world, small(cells))
    assert set(found) == {where}
    if nearest:
        assert found[where].nearest.casefold() == nearest


@pytest.mark.parametrize(
    ("cells", "where", "code"),
    [
        ({"A1": "{{outreach.events}"}, "A1", "broken"),
        ({"A1": '="共"&"{{outreach.events}}"'}, "A1", "in_formula"),
        ({"A1": "{{/events}}"}, "A1", "end_alone"),
        ({"A1": "{{#events}}", "A3": "{{/campaigns}}"}, "A3", "end_differs"),
        ({"A1": "{{#events}}", "C1": "{{#campaigns}}"}, "C1", "two_in_row"),
        ({"A1": "{{#events}}", "A2": "{{/events}}", "B2": "{{#campaigns}}"}, "B2", "two_in_row"),
        ({"A1": "{{#events}}", "A90": "{{/events}}"}, "A1", "too_high"),
    ],
)
def test_marks_in_places_where_none_can_be(
    world: World, cells: dict[str, str], where: str, code: str
) -> None:
    found = problems(world, small(cells))
    assert found[where].message == FAULTS[code]


def test_every_fault_has_words() -> None:
    assert all(words.zh and words.en for words in FAULTS.values())
    assert "{{outreach.events}}" in FAULTS["broken"].zh


def test_repeated_rows_in_a_header_and_marks_in_a_sheets_name(world: World) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "{{year}}年"
    sheet["A1"] = "{{year}}"
    sheet.oddHeader.center.text = "{{#events}}{{outreach.evnts}}"
    found = looked_up(world, saved(book)).problems
    assert {each.message for each in found} >= {FAULTS["in_sheet_name"], FAULTS["in_header"]}
    assert "outreach.events" in [each.nearest for each in found]


def test_all_are_named_and_nothing_is_made(world: World) -> None:
    form = small(
        {
            "A1": "{{outreach.events}}",
            "A2": "{{outreach.event}}",
            "A3": "共{{outreach.sesions}}场、{{outreach.materal}}份",
            "A4": "{{#event}}{{title}}",
        }
    )
    with pytest.raises(UnknownMarks) as refused:
        filled(world, form)
    found = [(each.sheet, each.cell, each.raw, each.nearest) for each in refused.value.problems]
    assert found == [
        ("附表1", "A4", "{{#event}}", "events"),
        ("附表1", "A2", "{{outreach.event}}", "outreach.events"),
        ("附表1", "A3", "{{outreach.sesions}}", "outreach.sessions"),
        ("附表1", "A3", "{{outreach.materal}}", "outreach.materials"),
    ]
    message = refused.value.message.zh
    assert "4 处" in message
    assert "附表1!A2 {{outreach.event}}：没有这个标记，是不是 outreach.events？" in message


def test_a_form_without_marks_is_refused(world: World) -> None:
    with pytest.raises(TrackerError, match="没有找到标记"):
        filled(world, small({"A1": "普法活动次数"}))


def test_a_countys_form_has_no_problems(world: World) -> None:
    assert problems(world, county_form()) == {}
    assert len(surveyed(county_form()).blocks) == 1


def test_too_many_marks_are_refused(world: World) -> None:
    form = small({f"A{n}": "{{outreach.events}}" for n in range(1, 3100)})
    assert FAULTS["too_many"] in [each.message for each in looked_up(world, form).problems]
