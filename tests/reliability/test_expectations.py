"""What a person expects of voiding, of editing together, and of the change log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Flask

from tests.reliability.harness import YEAR, Page, event_fields, faults, query

EVENTS = "/outreach/events"


def _figures(page: Page) -> Any:
    return page.json(f"/api/figures/{YEAR}")


def _entered(page: Page, title: str = "禁毒宣传", **fields: Any) -> str:
    status, address, text = page.post(f"{EVENTS}/new", event_fields(title, **fields))
    assert status == 303, text
    return address


def _log(folder: Path) -> list[tuple[Any, ...]]:
    return query(
        folder,
        "SELECT kind, before, after, actor FROM change_log"
        " WHERE subject = 'outreach_event' ORDER BY sequence",
    )


def test_the_second_editor_sees_the_first_ones_change_and_keeps_what_they_typed(
    page: Page, folder: Path, instance: Flask
):
    other, address = Page(instance), _entered(page, headcount="40")
    seen = page.version(f"{address}/edit")
    assert other.version(f"{address}/edit") == seen

    first = event_fields("禁毒宣传", headcount="41", version=seen)
    assert page.post(f"{address}/edit", first)[0] == 303
    second = event_fields("禁毒宣传进校园", headcount="42", venue="镇中学", version=seen)
    status, _location, text = other.post(f"{address}/edit", second)

    assert status == 409
    assert "刚被别人修改过" in text
    conflict = text[text.index("conflict-title") : text.index("</section>")]
    assert "41" in conflict, "what the first one saved"
    assert "禁毒宣传进校园" in conflict, "what the second one typed"
    for typed in ("禁毒宣传进校园", "42", "镇中学"):
        assert f'value="{typed}"' in text, "still in the form"
    assert query(folder, "SELECT title, headcount FROM outreach_event") == [("禁毒宣传", 41)]


def test_saving_again_after_the_conflict_lets_the_second_editor_override(
    page: Page, folder: Path, instance: Flask
):
    other, address = Page(instance), _entered(page)
    seen = page.version(f"{address}/edit")
    assert page.post(f"{address}/edit", event_fields("甲", version=seen))[0] == 303
    _status, _location, text = other.post(f"{address}/edit", event_fields("乙", version=seen))
    shown = text.split('name="version"')[1].split('value="')[1].split('"')[0]
    assert other.post(f"{address}/edit", event_fields("乙", version=shown))[0] == 303
    assert query(folder, "SELECT title FROM outreach_event") == [("乙",)]
    assert faults(folder) == []


def test_the_second_save_of_two_is_never_silent(page: Page, folder: Path, instance: Flask):
    """Whoever saves first, the other one is told: over every order of two people's steps."""
    people = [page, Page(instance)]
    for order in ("0101", "0110", "1001", "1010"):
        address = _entered(page, f"顺序 {order}")
        versions, statuses = {}, []
        for step, who in enumerate(order):
            if who not in order[:step]:
                versions[who] = people[int(who)].version(f"{address}/edit")
            else:
                fields = event_fields(f"{order} {who}", version=versions[who])
                statuses.append(people[int(who)].post(f"{address}/edit", fields)[0])
        assert statuses == [303, 409]
    assert faults(folder) == []


def test_taking_a_void_back_restores_every_figure_exactly(page: Page):
    _entered(page, "留下的", headcount="100")
    address = _entered(page, "作废的", headcount="60", consultations="7", material_leaflet="500")
    before = _figures(page)

    assert page.post(f"{address}/void", {"reason": "重复登记"})[0] == 303
    without = _figures(page)
    held = {figure["key"]: figure["value"] for figure in without["figures"]}
    assert held["outreach.events"] == 1
    assert held["outreach.person_times"] == 100

    assert page.post(f"{address}/restore", {})[0] == 303
    assert _figures(page) == before


def test_voiding_twice_changes_nothing_the_second_time(page: Page, folder: Path):
    address = _entered(page)
    assert page.post(f"{address}/void", {"reason": "重复登记"})[0] == 303
    voided, log = query(folder, "SELECT * FROM outreach_event"), _log(folder)
    assert page.post(f"{address}/void", {"reason": "另一个原因"})[0] == 303
    assert query(folder, "SELECT * FROM outreach_event") == voided
    assert _log(folder) == log


def test_taking_a_void_back_twice_changes_nothing_the_second_time(page: Page, folder: Path):
    address = _entered(page)
    page.post(f"{address}/void", {"reason": "重复登记"})
    assert page.post(f"{address}/restore", {})[0] == 303
    restored, log = query(folder, "SELECT * FROM outreach_event"), _log(folder)
    assert page.post(f"{address}/restore", {})[0] == 303
    assert query(folder, "SELECT * FROM outreach_event") == restored
    assert _log(folder) == log


def test_every_write_leaves_one_entry_with_before_and_after(page: Page, folder: Path):
    address = _entered(page, "原名", headcount="40", village_ids=["1"], material_leaflet="500")
    version = page.version(f"{address}/edit")
    changed = event_fields("新名", headcount="41", material_leaflet="300", version=version)
    page.post(f"{address}/edit", changed)
    page.post(f"{address}/void", {"reason": "重复登记"})
    page.post(f"{address}/restore", {})

    created, edited, voided, restored = [
        (kind, json.loads(before), json.loads(after), actor)
        for kind, before, after, actor in _log(folder)
    ]
    assert (created[0], created[1], created[3]) == ("created", {}, "李")
    assert (created[2]["title"], created[2]["headcount"]) == ("原名", 40)
    assert created[2]["villages"] == ["架桥村"]
    (handed_out,), fewer = created[2]["materials"], edited[2]["materials"]
    assert (handed_out.split()[-1], fewer[0].split()[-1]) == ("500", "300")
    assert edited[:3] == (
        "changed",
        {
            "title": "原名",
            "venue": "原名",
            "headcount": 40,
            "villages": ["架桥村"],
            "materials": [handed_out],
        },
        {
            "title": "新名",
            "venue": "新名",
            "headcount": 41,
            "villages": ["架桥村", "青山社区"],
            "materials": fewer,
        },
    )
    assert (voided[0], voided[1]["void_reason"]) == ("voided", None)
    assert voided[2]["void_reason"] == "重复登记"
    assert (restored[0], restored[2]["void_reason"]) == ("restored", None)


def test_a_save_that_is_refused_leaves_no_entry(page: Page, folder: Path):
    address = _entered(page)
    log = _log(folder)
    version = page.version(f"{address}/edit")
    wrong = event_fields("禁毒宣传", ends_on=f"{YEAR}-06-01", version=version)
    status, _location, text = page.post(f"{address}/edit", wrong)
    assert status == 422
    assert "结束日期不能早于开始日期" in text
    assert _log(folder) == log
