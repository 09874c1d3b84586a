"""The pages of forms, and the command that fills one."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.command_line import Line
from tests.support.page import Page, Visitor
from tests.support.world import World
from tests.workbooks.county_forms.forms import county_form, opened, small
from tracker.audit.models import ChangeLog
from tracker.offices.terms import OfficeLevel
from tracker.workbooks.county_forms.models import CountyForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRONG = small({"A1": "{{outreach.event}}", "A2": "{{outreach.sessions}}", "A3": "{{#event}}"})


def send(
    person: Visitor,
    address: str,
    data: bytes | None,
    *,
    file_name: str = "普法统计表.xlsx",
    status: int = 200,
    **fields: str,
) -> Page:
    """Fill the upload form."""
    form = person.get(address).form("保存")
    entries: dict[str, Any] = {**form.filled(fields)}
    if data is not None:
        entries["file"] = (io.BytesIO(data), file_name)
    answer = person.client.post(address, data=entries, content_type="multipart/form-data")
    return person._follow(answer, status)


def upload(person: Visitor, data: bytes | None = None, **options: Any) -> Page:
    """Keep a form."""
    return send(person, "/county-forms/new", data or county_form(), **options)


def kept(world: World) -> CountyForm:
    """The only form there is."""
    with world.reading() as session:
        return session.scalars(select(CountyForm)).one()


def test_a_form_is_uploaded_and_shows_its_marks(world: World, page: Visitor) -> None:
    world.an_event(on="2024-05-20", headcount=320)
    shown = upload(page)
    assert shown.h1 == "普法统计表"
    lines = {row[0]: row for row in shown.rows}
    assert (
        lines["{{outreach.events}}"][2:] == ["普法宣传活动次数", "1"]
        or lines["{{outreach.events}}"][3] == "1"
    )
    assert lines["{{outreach.person_times|Q2}}"][3] == "320"
    assert "第2季度" in lines["{{outreach.person_times|Q2}}"][2]
    assert lines["{{#events}}"][3] == "1 条"
    assert lines["{{title}}"][3] == "逐条填写"
    assert lines["{{outreach.village_coverage}}"][3] == "—"
    assert "普法情况统计表!A12" in lines["{{#events}}"][1]
    assert shown.facts["表样文件"] == "普法统计表.xlsx"


def test_the_filled_form_is_downloaded(world: World, page: Visitor) -> None:
    world.an_event("赶集", on="2024-05-20", headcount=320)
    shown = upload(page)
    answer = page.client.get(shown.links["生成2024年的表"])
    assert (answer.status_code, answer.mimetype) == (200, XLSX)
    disposition = unquote(answer.headers["Content-Disposition"])
    assert "filename*=UTF-8''架桥镇_2024_普法统计表_20250120.xlsx" in disposition
    sheet = opened(answer.data)["普法情况统计表"]
    assert (sheet["C6"].value, sheet["B12"].value, sheet["F12"].value) == (1, "赶集", 320)
    assert sheet["A17"].value == "填表人：经办人小李"


def test_another_year_is_chosen(world: World, page: Visitor) -> None:
    world.an_event(on="2023-05-20", headcount=7)
    upload(page)
    shown = page.fill(f"/county-forms/{kept(world).id}", {"year": "2023年"}, press="查询")
    assert {row[0]: row[3] for row in shown.rows}["{{outreach.person_times}}"] == "7"
    assert shown.links["生成2023年的表"].endswith("/2023.xlsx")


def test_unknown_marks_are_shown_and_nothing_is_filled(world: World, page: Visitor) -> None:
    shown = upload(page, WRONG)
    wrong = {row[0]: row for row in shown.rows if len(row) == 3}
    assert set(wrong) == {"{{outreach.event}}", "{{#event}}"}
    assert wrong["{{outreach.event}}"][1] == "附表1!A1"
    assert "是不是 outreach.events？" in wrong["{{outreach.event}}"][2]
    assert not [label for label in shown.links if label.startswith("生成")]
    address = f"/county-forms/{kept(world).id}/2024.xlsx"
    answer = page.client.get(address)
    assert answer.status_code == 302
    assert "有 2 处标记" in page.get(address).text


def test_a_mended_file_replaces_the_wrong_one(world: World, page: Visitor) -> None:
    upload(page, WRONG)
    address = f"/county-forms/{kept(world).id}/edit"
    shown = send(page, address, county_form(), file_name="C:/表/改好.xlsx")
    assert "生成2024年的表" in shown.links
    assert shown.facts["表样文件"] == "改好.xlsx"
    assert kept(world).version == 2
    renamed = send(page, address, None, name="年度统计表")
    assert renamed.h1 == "年度统计表"
    assert renamed.facts["表样文件"] == "改好.xlsx"


def test_the_form_itself_is_given_back_unchanged(world: World, page: Visitor) -> None:
    upload(page)
    answer = page.client.get(f"/county-forms/{kept(world).id}/original.xlsx")
    assert hashlib.sha256(answer.data).hexdigest() == kept(world).sha256
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"", "空的"),
        (small({"A1": "没有标记"}), "没有找到标记"),
        (b"PK\r\n" * (5 * 2**19 + 1), "超过 10 MB"),
    ],
    ids=["pdf", "empty", "no marks", "large"],
)
def test_what_is_no_form_is_refused(page: Visitor, world: World, data: bytes, said: str) -> None:
    form = page.get("/county-forms/new").form("保存")
    entries = {**form.filled({"表格名称": "甲表"}), "file": (io.BytesIO(data), "a.xlsx")}
    answer = page.client.post("/county-forms/new", data=entries)
    answer.request.environ["wsgi.input"].close()  # the test client keeps a large body in a file
    shown = page.read(answer)
    assert shown.status == 422
    assert said in shown.error_beside("file")
    assert shown.value("表格名称") == "甲表"
    with world.reading() as session:
        assert session.scalars(select(CountyForm)).all() == []


def test_a_file_must_be_chosen(page: Visitor) -> None:
    shown = send(page, "/county-forms/new", None, status=422)
    assert shown.error_beside("file") == "请选择表样文件"


def test_two_forms_cannot_have_one_name(page: Visitor) -> None:
    upload(page)
    shown = upload(page, status=422)
    assert "已有同名的表格" in shown.errors[0]
    assert upload(page, name="另一份").h1 == "另一份"


def test_the_list(page: Visitor) -> None:
    assert "还没有上报表格" in page.get("/county-forms/").text
    upload(page)
    shown = page.get("/county-forms/")
    assert [row[0] for row in shown.rows] == ["普法统计表"]
    assert [row[0] for row in page.get("/county-forms/?q=统计").rows] == ["普法统计表"]
    assert "没有符合条件的记录" in page.get("/county-forms/?q=没有的").text


def test_a_form_is_put_away_and_taken_back(world: World, page: Visitor) -> None:
    upload(page)
    address = f"/county-forms/{kept(world).id}"
    listed = page.fill(f"{address}/void", {"作废原因": "县里改了表样"}, press="作废")
    assert page.get("/county-forms/").rows == []
    assert "县里改了表样" in page.get(address).text
    assert not [label for label in page.get(address).links if label.startswith("生成")]
    page.press(listed, "撤销")
    assert [row[0] for row in page.get("/county-forms/").rows] == ["普法统计表"]


def test_the_change_log_holds_no_file(world: World, page: Visitor) -> None:
    upload(page)
    send(page, f"/county-forms/{kept(world).id}/edit", small({"A1": "{{year}}"}))
    with world.reading() as session:
        entries = session.scalars(
            select(ChangeLog).where(ChangeLog.subject == "county_form").order_by(ChangeLog.id)
        ).all()
    assert len(entries) == 2
    first, second = (json.loads(entry.after) for entry in entries)
    assert first["content"] == first["survey"] == second["content"] == "***"
    assert first["sha256"] != second["sha256"]
    assert all(len(entry.before + entry.after) < 1000 for entry in entries)


def test_the_marks_one_may_use(world: World, page: Visitor) -> None:
    world.an_event(on="2024-05-20", headcount=320)
    shown = page.get("/county-forms/marks")
    marks = {row[0]: row[1:] for row in reversed(shown.rows)}
    assert marks["{{outreach.person_times}}"][-1] == "320"
    assert marks["{{office}}"] == ["单位", "架桥镇"]
    assert {"{{#events}}", "{{/events}}", "{{starts_on}}", "{{#worklog}}"} <= set(marks)
    narrowed = page.get("/county-forms/marks?q=人次")
    assert 0 < len(narrowed.rows) < len(shown.rows)
    assert all("人次" in row[1] for row in narrowed.rows)
    assert "没有符合条件的标记" in page.get("/county-forms/marks?q=没有的标记").text


def test_the_pages_in_english(page: Visitor) -> None:
    page.strict = False  # the catalogue of translations is made last
    upload(page)
    page.read_in("en")
    for address in ("/county-forms/", "/county-forms/marks", "/county-forms/new"):
        assert page.get(address).status == 200


def test_the_form_is_offered_where_the_numbers_of_the_year_are(page: Visitor) -> None:
    assert "/county-forms/" in page.get("/yearbook/2024").links.values()


# Who may


def test_a_reader_fills_and_writes_nothing(world: World, page: Visitor, reader: Visitor) -> None:
    upload(page)
    form = kept(world)
    shown = reader.get(f"/county-forms/{form.id}")
    assert reader.client.get(shown.links["生成2024年的表"]).status_code == 200
    assert set(shown.links) & {"修改或换文件", "作废"} == set()
    token = {"csrf_token": reader.token}
    for address in ("new", f"{form.id}/edit", f"{form.id}/void", f"{form.id}/restore"):
        assert reader.client.post(f"/county-forms/{address}", data=token).status_code == 403


def test_another_offices_form_is_not_there(world: World, page: Visitor) -> None:
    upload(page)
    form = kept(world)
    other = world.an_office("邻镇")
    world.a_user(name="linzhen", office=other)
    stranger = Visitor(page.app)
    stranger.sign_in("linzhen")
    assert stranger.get("/county-forms/").rows == []
    for address in ("", "/edit", "/void", "/original.xlsx", "/2024.xlsx"):
        answer = stranger.client.get(f"/county-forms/{form.id}{address}")
        assert answer.status_code == 404, address
    data = {"csrf_token": stranger.token, "reason": "夺走", "name": "夺走"}
    for address in ("/edit", "/void", "/restore"):
        answer = stranger.client.post(f"/county-forms/{form.id}{address}", data=data)
        assert answer.status_code == 404, address
    assert kept(world).version == 1


def test_a_county_fills_a_townships_form_with_the_townships_numbers(
    world: World, app: Flask
) -> None:
    county = world.an_office("甲县", level=OfficeLevel.COUNTY)
    towns = [world.an_office(name, under=county) for name in ("一镇", "二镇")]
    for town in towns:
        world.an_event(f"{town.name}的活动", "2024-02-10", office=town)
    world.a_user(name="yizhen", office=towns[0])
    world.a_user(name="jiaxian", office=county)
    clerk, above = Visitor(app), Visitor(app)
    clerk.sign_in("yizhen")
    above.sign_in("jiaxian")
    upload(clerk)
    address = f"/county-forms/{kept(world).id}"
    assert above.get(address).facts["单位"] == "一镇"
    sheet = opened(above.client.get(f"{address}/2024.xlsx").data)["普法情况统计表"]
    assert (sheet["C6"].value, sheet["B12"].value) == (1, "一镇的活动")
    assert sheet["A2"].value == "填报单位：一镇"
    assert above.client.get(f"{address}/edit").status_code == 404


@pytest.mark.parametrize("year", [1990, 2027, 9999])
def test_years_that_no_form_can_be_of(world: World, page: Visitor, year: int) -> None:
    upload(page)
    assert page.client.get(f"/county-forms/{kept(world).id}/{year}.xlsx").status_code == 404


# The command line


def test_a_form_is_filled_from_the_command_line(world: World, line: Line, tmp_path: Path) -> None:
    world.an_event("赶集", on="2024-05-20", headcount=320)
    form, made = tmp_path / "表.xlsx", tmp_path / "填好.xlsx"
    form.write_bytes(county_form())
    result = line("fill", str(form), "2024", "-o", str(made), "--prepared-by", "李某")
    assert result.exit_code == 0, result.output
    sheet = opened(made.read_bytes())["普法情况统计表"]
    assert (sheet["B12"].value, sheet["A17"].value) == ("赶集", "填表人：李某")
    usual = line("fill", str(form), "2024", "-o", str(tmp_path))
    assert usual.exit_code == 0
    assert (tmp_path / "架桥镇_2024_表_20250120.xlsx").is_file()


def test_the_command_line_lists_unknown_marks_and_writes_nothing(
    line: Line, tmp_path: Path
) -> None:
    form, made = tmp_path / "表.xlsx", tmp_path / "填好.xlsx"
    form.write_bytes(WRONG)
    made.write_bytes(b"before")
    result = line("fill", str(form), "2024", "-o", str(made))
    assert result.exit_code == 1
    assert "附表1!A1 {{outreach.event}}：没有这个标记，是不是 outreach.events？" in result.stderr
    assert "附表1!A3 {{#event}}" in result.stderr
    assert made.read_bytes() == b"before"
    assert sorted(each.name for each in tmp_path.glob("*.xlsx")) == ["填好.xlsx", "表.xlsx"]
