"""What the marks of a form are filled with."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.statements import counting
from tests.support.world import World
from tests.workbooks.county_forms.filled import filled, looked_up
from tests.workbooks.county_forms.forms import small
from tracker import collections
from tracker.kernel import clock
from tracker.offices.models import Office
from tracker.offices.terms import OfficeLevel
from tracker.workbooks.county_forms import filling, vocabulary
from tracker.workbooks.county_forms.values import single_values


def cells(world: World, texts: dict[str, Any], year: int = 2024, **options: Any) -> dict[str, Any]:
    """The cells of a form after it was filled."""
    sheet = filled(world, small(texts), year, **options)["附表1"]
    return {place: sheet[place].value for place in texts}


def test_facts(world: World) -> None:
    found = cells(
        world,
        {
            "A1": "{{office}}",
            "A2": "{{year}}",
            "A3": "{{year}}年",
            "A4": "{{prepared_by}}",
            "A5": "{{date}}填",
            "A6": "{{单位}}{{年度}}",
        },
    )
    assert found == {
        "A1": "架桥镇",
        "A2": 2024,
        "A3": "2024年",
        "A4": "经办小李",
        "A5": "2025年1月20日填",
        "A6": "架桥镇2024",
    }


def test_nobody_named_leaves_room_for_a_signature(world: World) -> None:
    found = cells(world, {"A1": "填表人：{{prepared_by}}", "A2": "{{prepared_by}}"}, prepared_by="")
    assert found == {"A1": "填表人：", "A2": None}


def test_periods(world: World) -> None:
    for month in (1, 2, 2, 5, 11, 12):
        world.an_event(on=f"2024-{month:02d}-10", headcount=month)
    world.an_event(on="2023-11-10")
    asked = {
        "A1": "{{outreach.events}}",
        "A2": "{{outreach.events|Q1}}",
        "A3": "{{outreach.events|2024-Q4}}",
        "A4": "{{outreach.events|H1}}",
        "A5": "{{outreach.events|11}}",
        "A6": "{{outreach.events|2024-02}}",
        "A7": "{{outreach.events|2023}}",
        "A8": "{{outreach.events|Q4|previous}}",
        "A9": "{{outreach.events|1-9}}",
        "B1": "{{outreach.events|previous|records}}",
        "B2": "{{outreach.person_times|Q4}}",
    }
    assert list(cells(world, asked).values()) == [6, 3, 2, 4, 1, 2, 1, 1, 4, 1, 23]


def test_the_parts_of_a_year_add_up_to_it(world: World) -> None:
    for number in range(40):
        world.an_event(on=f"2024-{number % 12 + 1:02d}-{number % 27 + 1:02d}", headcount=number)
    texts = {"A1": "{{outreach.person_times}}"}
    texts |= {f"B{n}": f"{{{{outreach.person_times|{n}}}}}" for n in range(1, 13)}
    texts |= {f"C{n}": f"{{{{outreach.person_times|Q{n}}}}}" for n in range(1, 5)}
    texts |= {f"D{n}": f"{{{{outreach.person_times|H{n}}}}}" for n in range(1, 3)}
    found = cells(world, texts)
    for letter in "BCD":
        assert sum(v for place, v in found.items() if place[0] == letter) == found["A1"] == 780


def test_options(world: World) -> None:
    world.an_event(on="2024-01-10", headcount=1623)
    world.an_event(on="2024-01-11")
    world.an_event(on="2023-01-11", headcount=1600)
    found = cells(
        world,
        {
            "A1": "{{outreach.person_times|phrase}}",
            "A2": "{{outreach.person_times|records}}",
            "A3": "{{outreach.person_times|previous}}",
            "A4": "{{outreach.person_times|previous|phrase}}",
            "A5": "参加{{outreach.person_times|表述}}，上年{{outreach.person_times|上年}}",
        },
    )
    assert list(found.values()) == ["1600多人", 1, 1600, "1600人", "参加1600多人，上年1600"]


def test_what_cannot_be_said(world: World) -> None:
    """No village, no coverage: nothing in a cell of its own, a dash in a sentence."""
    world.an_event(on="2024-01-10")  # nobody counted
    found = cells(
        world,
        {
            "A1": "{{outreach.village_coverage}}",
            "A2": "覆盖率{{outreach.village_coverage}}",
            "A3": "{{outreach.person_times}}",
            "A4": "{{outreach.person_times|phrase}}",
            "A5": "参加{{outreach.person_times|phrase}}",
        },
    )
    assert list(found.values()) == [None, "覆盖率—", None, None, "参加—"]


def test_months_that_have_not_begun_stay_empty(world: World) -> None:
    """It is 20 January 2025: of the second quarter nothing can be said yet, not even 0."""
    world.an_event(on="2025-01-10")
    found = cells(
        world,
        {
            "A1": "{{outreach.events|Q1}}",
            "A2": "{{outreach.events|Q2}}",
            "A3": "{{advisers.serving|Q2}}",
            "A4": "{{advisers.serving|Q1}}",
            "A5": "{{#events|Q2}}{{title}}",
        },
        2025,
    )
    assert found == {"A1": 1, "A2": None, "A3": None, "A4": 0, "A5": None}


def test_rows_of_some_months(world: World) -> None:
    for month in (2, 5, 6, 11):
        world.an_event(f"{month}月活动", f"2024-{month:02d}-10")
    sheet = filled(world, small({"A1": "{{#events|Q2}}{{#}}", "B1": "{{title}}"}))["附表1"]
    assert [[c.value for c in row] for row in sheet["A1:B3"]] == [
        [1, "5月活动"],
        [2, "6月活动"],
        [None, None],
    ]


def test_figures_and_facts_in_rows(world: World) -> None:
    world.an_event("活动", "2024-02-10")
    texts = {"A1": "{{#events}}{{title}}", "B1": "共{{outreach.events}}次", "C1": "{{office}}"}
    assert list(cells(world, texts).values()) == ["活动", "共1次", "架桥镇"]


def test_names_in_chinese(world: World) -> None:
    world.an_event("活动", "2024-02-10", headcount=7)
    texts = {"A1": "{{#普法宣传活动}}{{活动名称}}", "B1": "{{参加人次}}", "A2": "{{/普法宣传活动}}"}
    assert list(cells(world, texts).values())[:2] == ["活动", 7]


def test_every_figure_says_what_the_year_page_says(example: World) -> None:
    readings = example.readings(2024)
    keys = list(readings)
    found = cells(example, {f"A{n}": "{{" + key + "}}" for n, key in enumerate(keys, 1)})
    for key, value in zip(keys, found.values(), strict=True):
        expected = readings[key].value
        assert value == (None if expected is None else pytest.approx(float(expected))), key
    assert sum(bool(value) for value in found.values()) > 30


def test_every_column_of_every_register_can_be_asked_for(example: World) -> None:
    texts = {}
    for row, register in enumerate(collections.REGISTERS, 1):
        texts[f"A{row}"] = "{{#" + register.key + "}}{{#}}"
        for place, column in enumerate(register.columns, 2):
            texts[small_cell(row, place)] = "{{" + column.key + "}}"
    form = small(texts)
    assert looked_up(example, form).problems == ()
    shown = {c.value for row in filled(example, form)["附表1"].iter_rows() for c in row}
    with example.reading() as session:
        for register in collections.REGISTERS:
            statement = register.of_period(example.scope(), example.period(2024))
            for record in session.scalars(statement):
                assert record.number in shown, register.key


def small_cell(row: int, column: int) -> str:
    """The name of a cell."""
    first, second = divmod(column - 1, 26)
    return f"{chr(64 + first) if first else ''}{chr(65 + second)}{row}"


def test_entries_of_one_kind_of_work(example: World) -> None:
    with example.reading() as session:
        known = vocabulary.Vocabulary(session, example.scope(), collections.REGISTERS, 2024)
        kinds = [kind for kind in known.kinds().values() if kind.part]
    counted = {}
    for kind in kinds[:12]:
        texts = {"A1": "{{#" + kind.key + "}}{{title}}"}
        sheet = filled(example, small(texts))["附表1"]
        counted[kind.key] = sum(1 for row in sheet["A"] if row.value)
    everything = filled(example, small({"A1": "{{#worklog}}{{title}}"}))["附表1"]
    assert any(counted.values())
    assert sum(counted.values()) <= everything.max_row


def test_each_period_is_read_in_one_pass(world: World) -> None:
    """Twelve marks of one source in three periods: three statements, whatever the marks, and two
    that ask whether the year, and the one before, are frozen."""
    keys = ("outreach.events", "outreach.sessions", "outreach.person_times", "outreach.materials")
    texts = {
        f"{letter}{n}": "{{" + key + option + "}}"
        for n, key in enumerate(keys, 1)
        for letter, option in (("A", ""), ("B", "|Q1"), ("C", "|Q2"))
    }
    understood = looked_up(world, small(texts))
    with world.reading() as session:
        scope = world.scope()
        office = session.get_one(Office, scope.home_office_id)
        occasion = filling.occasion_of(session, scope, office, 2024, clock.today(), "")
        known = vocabulary.Vocabulary(session, scope, collections.REGISTERS, 2024)
        known.figures()
        with counting(world.app) as asked:
            single_values(session, known, understood, occasion)
    assert len(asked.about("outreach_event")) == 3
    assert len(asked.about("frozen_set")) == 2
    assert asked.count == 5


def test_a_countys_own_form_says_all_its_townships(world: World) -> None:
    county = world.an_office("甲县", level=OfficeLevel.COUNTY)
    for name in ("一镇", "二镇"):
        town = world.an_office(name, under=county)
        world.an_event(f"{name}的活动", "2024-02-10", office=town)
    world.an_event("别县的活动", "2024-02-10")
    sheet = filled(
        world,
        small(
            {
                "A1": "{{office}}",
                "B1": "{{outreach.events}}",
                "A2": "{{#events}}{{title}}",
                "B2": "{{office}}",
            }
        ),
        scope=world.scope(county),
    )["附表1"]
    assert [[c.value for c in row] for row in sheet["A1:B3"]] == [
        ["甲县", 2],
        ["一镇的活动", "一镇"],
        ["二镇的活动", "二镇"],
    ]


def test_an_empty_year(world: World) -> None:
    world.an_event(on="2024-02-10")
    texts = {"A1": "{{outreach.events}}", "A2": "{{#events}}{{title}}", "A3": "合计"}
    assert cells(world, texts, 2020) == {"A1": 0, "A2": None, "A3": "合计"}
