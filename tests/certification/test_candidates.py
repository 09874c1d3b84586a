"""The list of candidates that is handed in: the page to print and its sheet."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.certification.support import a_sitting, an_officer, registered
from tests.support.page import Visitor
from tests.support.world import World
from tracker.certification.models import ExamSitting
from tracker.certification.terms import EstablishmentKind, Sex
from tracker.offices.terms import OfficeLevel


def a_list(world: World) -> ExamSitting:
    sitting = a_sitting(world, title="2024年执法资格考试", organiser="县司法局")
    officer = an_officer(
        world,
        "张三",
        sex=Sex.MALE,
        station="农业综合服务站",
        post="站长",
        establishment=EstablishmentKind.INSTITUTION,
        phone="07366651234",
    )
    world.void(registered(world, sitting, an_officer(world, "退了的")))
    registered(world, sitting, officer)
    registered(world, sitting, an_officer(world, "李四"))
    return sitting


def sheet_of(visitor: Visitor, sitting: ExamSitting, language: str = "zh") -> Any:
    visitor.read_in(language)
    answer = visitor.client.get(f"/certification/sittings/{sitting.id}/candidates?export=xlsx")
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.data)).worksheets[0]


def test_the_page_prints_everybody_registered_with_what_is_asked_for(page: Visitor, world: World):
    sitting = a_list(world)
    page.fill(
        page.get("/certification/sittings/registrations/2/edit"),
        {"报名日期": "2024-04-01", "资格审核": "县司法局审核通过"},
    )

    shown = page.click(page.get(f"/certification/sittings/{sitting.id}"), "报名名单")

    assert shown.rows[0] == [
        "1", "张三", "男", "农业综合服务站", "站长", "事业", "07366651234",
        "公共法律知识、专业法律知识", "2024-04-01", "县司法局审核通过", "— 未填写",
    ]  # fmt: skip
    assert shown.rows[1][:2] == ["2", "李四"]
    assert "退了的" not in shown.text
    for said in ("考试日期：2024-05-25", "组织单位：县司法局", "共 2 人", "填报人签名", "单位盖章"):
        assert said in shown.text


def test_the_sheet_says_the_same_under_its_head_and_is_signed_below(page: Visitor, world: World):
    sheet = sheet_of(page, a_list(world))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]

    assert rows[0][0] == "架桥镇2024年执法资格考试报名名单"
    assert rows[1][0] == "填报单位：架桥镇"
    assert rows[2][0] == "考试日期：2024-05-25    组织单位：县司法局"
    assert rows[3][:4] == ["序号", "姓名", "性别", "所在站所"]
    assert rows[4][1:7] == ["张三", "男", "农业综合服务站", "站长", "事业", "07366651234"]
    assert sheet.cell(5, 7).data_type == "s"
    assert rows[5][:2] == [2, "李四"]
    assert rows[6][0] == "共 2 人"
    assert "负责人（签名）" in rows[7][0]
    assert "盖章" in rows[7][0]
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_area.endswith("$K$8")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nobody_registered_is_a_list_too(page: Visitor, world: World, language: str):
    sitting = a_sitting(world)

    sheet = sheet_of(page, sitting, language)

    assert sheet.max_row == 6
    shown = page.get(f"/certification/sittings/{sitting.id}/candidates")
    assert len(shown.rows) == 1


def test_text_that_looks_like_a_formula_stays_text(page: Visitor, world: World):
    sitting = a_sitting(world, title="=1+1")
    registered(world, sitting, an_officer(world, "=HYPERLINK(1)"))

    sheet = sheet_of(page, sitting)

    assert sheet["B5"].data_type == "s"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_day_of_handing_in_stands_on_the_page(page: Visitor, world: World):
    sitting = a_list(world)
    page.fill(f"/certification/sittings/{sitting.id}/edit", {"名单上报日期": "2024.5.6"})

    shown = page.get(f"/certification/sittings/{sitting.id}/candidates")
    assert "名单已于 2024-05-06 上报" in shown.text
    assert page.get(f"/certification/sittings/{sitting.id}").facts["名单上报日期"] == "2024-05-06"


def test_a_county_reads_a_townships_list_under_the_townships_name(page: Visitor, world: World):
    county = world.an_office("桃源县司法局", level=OfficeLevel.COUNTY)
    township = world.an_office("枫树镇", under=county)
    sitting = a_sitting(world, office=township)
    person = world.a_user(office=county, name="xianju")
    visitor = Visitor(page.app)
    visitor.sign_in(person.name)

    shown = visitor.get(f"/certification/sittings/{sitting.id}/candidates")

    assert "填报单位：枫树镇" in shown.text
    assert sheet_of(visitor, sitting)["A2"].value == "填报单位：枫树镇"
    page.get(f"/certification/sittings/{sitting.id}/candidates", status=404)
