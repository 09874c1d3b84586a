"""Workbooks over the web: who gets them, what they are called, what is in them."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.support.page import Visitor
from tests.support.world import World
from tests.workbooks.support import records_in, summary_of
from tracker import collections

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def opened(answer: Any) -> Any:
    """The workbook an answer carries."""
    assert answer.status_code == 200
    assert answer.mimetype == XLSX
    assert answer.content_length == len(answer.data)
    return load_workbook(io.BytesIO(answer.data))


def test_the_year_page_offers_its_tally(world: World, page: Visitor) -> None:
    world.an_event(on="2024-05-20", headcount=320)
    links = page.get("/yearbook/2024").links
    assert links["下载 Excel 汇总表"] == "/yearbook/2024/tally.xlsx"


def test_the_tally_is_named_after_office_year_and_day(client: FlaskClient) -> None:
    answer = client.get("/yearbook/2024/tally.xlsx")
    disposition = unquote(answer.headers["Content-Disposition"])
    assert disposition.startswith("attachment")
    assert "filename*=UTF-8''架桥镇_2024_年终汇总_20250120.xlsx" in disposition


def test_the_tally_says_what_the_year_page_says(world: World, client: FlaskClient) -> None:
    world.an_event(on="2024-05-20", headcount=320)
    book = opened(client.get("/yearbook/2024/tally.xlsx"))
    shown = {each["key"]: each for each in client.get("/api/figures/2024").json["figures"]}  # type: ignore[index]
    lines = summary_of(book)
    assert set(lines) == set(shown)
    for key, line in lines.items():
        expected = shown[key]["value"]
        assert line["本年"] == ("无法统计" if expected is None else expected), key
    assert "填报人：经办人小李    联系电话：" in [cell.value for cell in book["汇总"][2]]


def test_a_reader_may_take_workbooks_away(reader: Visitor) -> None:
    assert reader.client.get("/yearbook/2024/tally.xlsx").status_code == 200
    assert reader.client.get("/registers/events/2024.xlsx").status_code == 200


def test_nobody_gets_one_without_signing_in(visitor: Visitor) -> None:
    for address in ("/yearbook/2024/tally.xlsx", "/registers/events/2024.xlsx"):
        answer = visitor.client.get(address)
        assert answer.status_code == 302
        assert "/sign-in" in answer.location


@pytest.mark.parametrize(
    "address",
    [
        "/registers/nothing/2024.xlsx",
        "/registers/events/1990.xlsx",
        "/registers/events/2027.xlsx",
        "/registers/events/99999.xlsx",
        "/registers/events/abc.xlsx",
        "/yearbook/1989/tally.xlsx",
        "/yearbook/2027/tally.xlsx",
    ],
)
def test_what_there_is_not_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_every_register_is_sent_under_its_key(client: FlaskClient) -> None:
    for register in collections.REGISTERS:
        book = opened(client.get(f"/registers/{register.key}/2024.xlsx"))
        assert book.worksheets[0]["A1"].value == f"架桥镇2024年{register.title.zh}"


def test_another_offices_records_are_not_sent(world: World, client: FlaskClient) -> None:
    other = world.an_office("邻镇")
    world.an_event("邻镇的活动", on="2024-05-20", headcount=7, office=other)
    world.an_event("本镇的活动", on="2024-05-20", headcount=5)
    for address in ("/yearbook/2024/tally.xlsx", "/registers/events/2024.xlsx"):
        book = opened(client.get(address))
        texts = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
        assert any("本镇的活动" in text for text in texts)
        assert not any("邻镇" in text for text in texts)


def test_the_workbook_speaks_the_persons_language(world: World, client: FlaskClient) -> None:
    world.an_event("民法典", on="2024-05-20", headcount=5)
    client.set_cookie("tracker_language", "en")
    book = opened(client.get("/registers/events/2024.xlsx"))
    assert book.worksheets[0]["A1"].value == "架桥镇 2024: ledger of outreach events"
    assert "Headcount" in [cell.value for cell in book.worksheets[0][3]]


def test_a_ledger_shows_what_was_logged(world: World, client: FlaskClient) -> None:
    world.an_event("民法典", on="2024-05-20", headcount=5)
    (row,) = records_in(opened(client.get("/registers/events/2024.xlsx")).worksheets[0])
    assert (row["活动名称"], row["参加人次"]) == ("民法典", 5)


def test_openpyxl_is_not_loaded_before_a_workbook_is_asked_for() -> None:
    code = "import sys, tracker.app; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
