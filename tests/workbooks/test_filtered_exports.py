"""A list page is taken away as it shows: the same records, all pages of them, as a 台账."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from openpyxl import load_workbook

from tests.support.page import Page, Visitor
from tests.support.statements import counting
from tests.support.world import World
from tests.workbooks.support import records_in, totals_of
from tests.workbooks.test_office import SOFFICE, converted
from tracker import collections
from tracker.accounts.terms import Role
from tracker.offices.models import Office
from tracker.workbooks.grid import Sheet
from tracker.workbooks.importing.heads import Heads
from tracker.workbooks.importing.layout import Table, find_table
from tracker.worklog import operations as worklog
from tracker.worklog.drafts import EntryDraft
from tracker.worklog.kinds import shipped_kinds
from tracker.worklog.register import WORKLOG

#: Every list page of the example township, and the register it shows.
LISTS = {
    "/outreach/events/": "events",
    "/outreach/campaigns/": "campaigns",
    "/outreach/plan/2024": "plan_items",
    "/outreach/attendance/": "attendance",
    "/advisers/": "advisers",
    "/advisers/assignments/": "adviser_assignments",
    "/advisers/assessments/": "adviser_assessments",
    "/advisers/subsidies/": "adviser_subsidies",
    "/advisers/visits/": "adviser_visits",
    "/advisers/firms/": "law_firms",
    "/advisers/legal-literate/": "legal_literate_persons",
    "/advisers/trainings/": "legal_literate_trainings",
    "/advisers/legal-literate/services/": "literate_services",
    "/advisers/legal-literate/reviews/": "literate_reviews",
    "/advisers/opinions/": "counsel_opinions",
    "/certification/officers/": "officers",
    "/certification/sittings/": "exam_sittings",
    "/certification/certificates/": "certificates",
    "/certification/trainings/": "officer_trainings",
    "/worklog/rule_of_law_meeting/": "worklog",
    "/villages/": "villages",
}


def export_link(page: Page) -> tuple[str, str]:
    """The button that takes the list away: what it says, and where it leads."""
    found = [(text, url) for text, url in page.links.items() if "export=xlsx" in url]
    assert len(found) == 1, page.links
    return found[0]


def taken(visitor: Visitor, address: str) -> Any:
    """The only sheet of the workbook that a list page gives."""
    _, url = export_link(visitor.get(address))
    answer = visitor.client.get(url)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return load_workbook(io.BytesIO(answer.data)).worksheets[0]


def names(sheet: Any, head: str = "活动名称") -> list[str]:
    return [row[head] for row in records_in(sheet)]


@pytest.fixture
def clerk(example: World) -> Visitor:
    """A clerk of the example township."""
    name = "kehu"
    with example.reading() as session:
        office = session.get(Office, example.office_id)
    example.a_user(Role.CLERK, name=name, office=office)
    person = Visitor(example.app)
    person.sign_in(name)
    return person


@contextmanager
def one_transaction(world: World) -> Iterator[None]:
    """Many records at once take one transaction and not one each."""
    with world.writing() as session:
        world.session = session
        try:
            yield
        finally:
            world.session = None


def test_every_list_of_the_product_is_tried(example: World) -> None:
    assert set(LISTS.values()) | {"exam_results"} == {r.key for r in collections.REGISTERS}


@pytest.mark.parametrize("address", LISTS)
def test_a_list_is_taken_away_whole(clerk: Visitor, address: str) -> None:
    page = clerk.get(address)
    label, _ = export_link(page)
    said = re.fullmatch(r"导出全部(\d+)条（Excel）", label)
    assert said is not None, label
    assert len(records_in(taken(clerk, address))) == int(said[1]) > 0


def test_every_page_of_a_long_list_is_in_it(world: World, page: Visitor) -> None:
    with one_transaction(world):
        for number in range(120):
            world.an_event(f"活动{number}", on="2024-05-20", headcount=1)
    sheet = taken(page, "/outreach/events/?page=2")
    assert sorted(names(sheet)) == sorted(f"活动{number}" for number in range(120))
    assert totals_of(sheet)["参加人次"] == 120


def test_only_what_the_filter_shows_is_in_it(world: World, page: Visitor) -> None:
    village = world.a_village("架桥村")
    world.an_event("民法典进集市", on="2024-05-20", headcount=5, villages=[village])
    world.an_event("民法典进校园", on="2023-05-20", headcount=7, villages=[village])
    world.an_event("禁毒宣传", on="2024-06-26", headcount=9)
    for query, expected in [
        ("?year=2024", ["民法典进集市", "禁毒宣传"]),
        ("?q=民法典", ["民法典进校园", "民法典进集市"]),
        (f"?village={village.id}&year=2024", ["民法典进集市"]),
    ]:
        assert names(taken(page, f"/outreach/events/{query}")) == expected


def test_the_button_says_what_it_gives(world: World, page: Visitor) -> None:
    world.an_event("甲", on="2024-05-20")
    world.an_event("乙", on="2023-05-20")

    def label(query: str) -> str:
        return export_link(page.get(f"/outreach/events/{query}"))[0]

    assert label("") == "导出全部2条（Excel）"
    assert label("?year=2024") == "导出2024年的1条（Excel）"
    assert label("?q=甲") == "导出筛选出的1条（Excel）"


def test_where_nothing_is_found_nothing_is_offered(world: World, page: Visitor) -> None:
    world.an_event("甲")
    assert not [url for url in page.get("/outreach/events/?q=乙").links.values() if "export" in url]


@pytest.mark.parametrize(
    ("query", "title", "file"),
    [
        (
            "",
            "架桥镇普法宣传活动台账（全部年份）",
            "架桥镇_普法宣传活动台账_20250120.xlsx",
        ),
        (
            "?year=2024",
            "架桥镇2024年普法宣传活动台账",
            "架桥镇_2024_普法宣传活动台账_20250120.xlsx",
        ),
        (
            "?year=2024&state=held&q=甲",
            "架桥镇2024年普法宣传活动台账（搜索：甲；状态：已举办）",
            "架桥镇_2024_普法宣传活动台账_20250120.xlsx",
        ),
        (
            "?headcount=none",
            "架桥镇普法宣传活动台账（全部年份；参加人次：未登记）",
            "架桥镇_普法宣传活动台账_20250120.xlsx",
        ),
    ],
)
def test_a_part_never_looks_like_the_whole(
    world: World, page: Visitor, query: str, title: str, file: str
) -> None:
    world.an_event("甲", on="2024-05-20")
    _, url = export_link(page.get(f"/outreach/events/{query}"))
    answer = page.client.get(url)
    assert file in unquote(answer.headers["Content-Disposition"])
    assert load_workbook(io.BytesIO(answer.data)).worksheets[0]["A1"].value == title


def test_a_list_without_years_says_none(world: World, page: Visitor) -> None:
    world.a_village("架桥村")
    assert taken(page, "/villages/?year=2019")["A1"].value == "架桥镇村（社区）名册"


def test_a_merged_village_is_named_by_its_filter(world: World, page: Visitor) -> None:
    """A filter that is no longer offered still narrows, so it is still said."""
    village = world.a_village("撤并村", closed_on=date(2024, 6, 1))
    world.an_event("甲", on="2024-05-20", villages=[village])
    world.an_event("乙", on="2024-05-20")
    label, _ = export_link(page.get(f"/outreach/events/?village={village.id}"))
    assert label == "导出筛选出的1条（Excel）"


def test_a_ledger_begins_with_the_oldest(world: World, page: Visitor) -> None:
    for day in ("2024-05-20", "2024-03-01", "2024-11-11"):
        world.an_event(day, on=day)
    shown = [row[0] for row in page.get("/outreach/events/?year=2024").rows]
    assert names(taken(page, "/outreach/events/?year=2024")) == sorted(shown) == shown[::-1]


def test_voided_records_are_taken_away_only_where_they_are_shown(
    world: World, page: Visitor
) -> None:
    world.an_event("好的", on="2024-05-20")
    world.an_event("作废的", on="2024-05-20", voided="重复登记")
    assert names(taken(page, "/outreach/events/")) == ["好的"]
    sheet = taken(page, "/outreach/events/?voided=1")
    assert names(sheet) == ["作废的"]
    assert "只看作废" in sheet["A1"].value


# --------------------------------------------------------------------------------- kinds of work


def an_entry(world: World, kind: str, title: str, **numbers: Any) -> None:
    with world.writing() as session:
        draft = EntryDraft(kind=kind, title=title, held_on=date(2024, 5, 20), **numbers)
        worklog.create_entry(session, world.office_id, draft, date(2024, 5, 20))


def test_a_kind_of_work_gives_its_own_entries_in_its_own_words(world: World, page: Visitor) -> None:
    an_entry(world, "rule_of_law_meeting", "一季度法治专题会", times=1, people=12)
    an_entry(world, "rule_of_law_meeting", "二季度法治专题会", times=1, people=10)
    an_entry(world, "rule_of_law_committee", "别的会议", times=1)
    sheet = taken(page, "/worklog/rule_of_law_meeting/?year=2024")
    assert sheet["A1"].value == f"架桥镇2024年{sheet.title}台账"
    assert names(sheet, "标题") == ["一季度法治专题会", "二季度法治专题会"]
    heads = [cell.value for cell in sheet[3]]
    assert totals_of(sheet)["人次"] == 22
    assert not [head for head in heads if head.startswith(("数量", "应做数", "办成数"))]


def test_a_kinds_own_words_stand_behind_the_ledgers(world: World, page: Visitor) -> None:
    """So that people read what was counted, and an import still knows the column."""
    an_entry(world, "rule_of_law_inspection", "法治督察", times=1, items=7)
    sheet = taken(page, "/worklog/rule_of_law_inspection/")
    kind = shipped_kinds()["rule_of_law_inspection"]
    assert kind.items_label is not None
    head = next(cell.value for cell in sheet[3] if cell.value.startswith("数量（"))
    assert kind.items_label.zh in head
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    table = find_table(Sheet("x", rows), WORKLOG, Heads.of(WORKLOG))
    assert table is not None
    assert not table.unknown
    assert heads_of(table)["items"] == head


def heads_of(table: Table) -> dict[str, str]:
    return {key: table.heads[place] for key, place in table.places.items()}


def test_results_of_exams_are_offered_beside_the_exams(world: World, page: Visitor) -> None:
    links = page.get("/certification/sittings/?year=2024").links
    assert links["导出2024年考试成绩台账（Excel）"] == "/registers/exam_results/2024.xlsx"
    assert page.client.get("/registers/exam_results/2024.xlsx").status_code == 200


# ----------------------------------------------------------------------------------- who and how


def test_whoever_is_not_signed_in_is_asked_to(visitor: Visitor) -> None:
    answer = visitor.client.get("/outreach/events/?export=xlsx")
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_a_reader_takes_lists_away_too(world: World, reader: Visitor) -> None:
    world.an_event("甲")
    assert names(taken(reader, "/outreach/events/")) == ["甲"]


def test_another_offices_records_are_not_in_it(world: World, page: Visitor) -> None:
    world.an_event("邻镇的", office=world.an_office("邻镇"))
    world.an_event("本镇的")
    assert names(taken(page, "/outreach/events/")) == ["本镇的"]


def test_a_countys_list_says_whose_each_record_is(example: World, county: Office) -> None:
    example.a_user(Role.READER, name="xian", office=county)
    person = Visitor(example.app)
    person.sign_in("xian")
    offices = {row["单位"] for row in records_in(taken(person, "/villages/"))}
    assert len(offices) == 4


def test_it_asks_as_often_for_many_rows_as_for_few(app: Flask, world: World, page: Visitor) -> None:
    village = world.a_village("架桥村")

    def asked() -> int:
        with counting(app) as found:
            assert page.client.get("/outreach/events/?export=xlsx").status_code == 200
        return found.count

    with one_transaction(world):
        world.an_event(headcount=1, villages=[village], themes=["禁毒"])
    few = asked()
    with one_transaction(world):
        for number in range(300):
            world.an_event(f"活动{number}", headcount=1, villages=[village], themes=["禁毒"])
    assert asked() == few <= 25


# ------------------------------------------------------------------------------ text stays text

TEXTS = ["430725198001011234", "13812345678", "=1+1", "+86", "-7", "@name", "007"]


@pytest.fixture
def with_texts(world: World) -> Sequence[str]:
    for text in TEXTS:
        world.an_event(text, on="2024-05-20", headcount=1, venue=text)
    return TEXTS


def test_what_looks_like_a_number_or_a_formula_is_text(
    with_texts: Sequence[str], page: Visitor
) -> None:
    sheet = taken(page, "/outreach/events/")
    for head in ("活动名称", "地点"):
        column = [cell.value for cell in sheet[3]].index(head) + 1
        cells = [sheet.cell(row, column) for row in range(4, 4 + len(with_texts))]
        assert [cell.value for cell in cells] == list(with_texts)
        assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not there")
def test_it_is_still_text_after_somebody_saved_it_again(
    with_texts: Sequence[str], page: Visitor, tmp_path: Path
) -> None:
    path = tmp_path / "events.xlsx"
    path.write_bytes(page.client.get("/outreach/events/?export=xlsx").data)
    sheet = load_workbook(converted(path, "xlsx", tmp_path)).worksheets[0]
    cells = [sheet.cell(row, 2) for row in range(4, 4 + len(with_texts))]
    assert [cell.value for cell in cells] == list(with_texts)
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize("address", LISTS)
def test_every_list_can_be_printed(clerk: Visitor, address: str) -> None:
    """By a page of all its records, or by itself where it is a sheet already."""
    shown = clerk.get(address)
    link = shown.links.get("打印（A4）")
    sheet = shown if link is None else clerk.get(link)
    assert any("data-print" in button.attrs for button in sheet.tree.all("button"))
    assert sheet.rows


def test_a_long_list_is_printed_on_one_page_under_its_title(world: World, page: Visitor) -> None:
    with one_transaction(world):
        for number in range(120):
            world.an_event(f"活动{number}", on="2024-05-20", headcount=1)
        world.an_event("往年", on="2023-05-20", headcount=1)
    listed = page.get("/outreach/events/?year=2024&page=2")
    printed = page.click(listed, "打印（A4）")
    assert printed.h1 == "架桥镇2024年普法宣传活动台账"
    assert len(printed.rows) == 120
    assert page.click(printed, "返回列表").h1 == listed.h1
