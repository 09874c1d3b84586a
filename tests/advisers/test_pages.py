"""The pages of advisers, as a clerk uses them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.advisers.support import (
    a_firm,
    a_person,
    a_training,
    a_visit,
    an_adviser,
    an_assignment,
)
from tests.support.page import Visitor
from tests.support.world import World
from tracker.accounts.terms import Role
from tracker.offices.terms import OfficeLevel

LISTS = (
    "/advisers/",
    "/advisers/assignments/",
    "/advisers/visits/",
    "/advisers/firms/",
    "/advisers/legal-literate/",
    "/advisers/trainings/",
)


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_list_says_what_to_do(page: Visitor, address: str, language: str) -> None:
    page.read_in(language)

    shown = page.get(address)
    form = page.get(f"{address}new")

    assert any(link.endswith("/new") for link in shown.links.values())
    assert form.form().visible_names


def test_a_clerk_enters_a_firm_an_adviser_and_an_assignment(page: Visitor, world: World) -> None:
    world.a_village("架桥村")
    page.fill("/advisers/firms/new", {"机构名称": "湘正律师事务所", "电话": "０７３６-6651234"})
    adviser = page.fill(
        "/advisers/new",
        {"姓名": "张正", "身份": "律师", "执业机构": "湘正律师事务所", "执业证号": "0143072"},
    )
    listed = page.get("/advisers/?q=xiangzheng")
    assignment = page.fill(
        "/advisers/assignments/new",
        {
            "法律顾问": "张正",
            "村（社区）": "架桥村",
            "开始日期": "2024.1.1",
            "公示牌上墙日期": "2024年1月15日",
            "年度服务费（元）": "1,500",
        },
    )

    assert adviser.facts["执业证号"] == "0143072"
    assert listed.rows == []
    assert assignment.h1 == "张正：架桥村"
    assert assignment.facts["公示牌上墙日期"] == "2024-01-15"
    assert world.value("advisers.villages_covered") == 1
    assert page.get("/advisers/").rows[0][-3] == "架桥村"
    assert "张正" in page.get("/advisers/firms/1").text
    assert page.get("/advisers/firms/1").facts["电话"] == "0736-6651234"


def test_a_second_adviser_is_refused_beside_the_field_and_kept(page: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    an_assignment(world, an_adviser(world, "张三"), village, "2024-01-01")
    an_adviser(world, "李四")

    refused = page.fill(
        "/advisers/assignments/new",
        {"法律顾问": "李四", "村（社区）": "架桥村", "开始日期": "2024-05-01", "备注": "接替"},
        status=422,
    )
    again = page.fill(refused, {"增配": "y"})

    assert "张三（2024-01-01起，未填结束日期）" in refused.error_beside("开始日期")
    assert refused.value("备注") == "接替"
    assert again.facts["增配"] == "是"


def test_without_a_village_the_form_asks_for_it(page: Visitor, world: World) -> None:
    an_adviser(world, "张三")

    refused = page.fill(
        "/advisers/assignments/new", {"法律顾问": "张三", "开始日期": "2024-05-01"}, status=422
    )
    counsel = page.fill(refused, {"服务对象": "政府法律顾问", "资格审核日期": "2024-04-01"})

    assert refused.error_beside("村（社区）") == "请选择村（社区）"
    assert counsel.h1 == "张三：乡镇（街道）本级"


def test_the_void_of_an_assignment_cannot_be_taken_back_over_another(
    page: Visitor, world: World
) -> None:
    village = world.a_village()
    first = an_assignment(world, an_adviser(world, "张三"), village)
    voided = page.fill(f"/advisers/assignments/{first.id}/void", {"作废原因": "登错"}, press="作废")
    an_assignment(world, an_adviser(world, "李四"), village)

    refused = page.press(voided, "撤销")

    assert "李四" in refused.message
    assert "这条记录已作废" in refused.text


def test_a_renewal_begins_the_day_after(page: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    ending = an_assignment(world, an_adviser(world, "张三"), village, "2024-01-01", "2024-12-31")
    shown = page.get(f"/advisers/assignments/{ending.id}")

    form = page.click(shown, "续聘")
    renewed = page.fill(form, {"结束日期": "2025-12-31"})

    assert form.value("开始日期") == "2025-01-01"
    assert renewed.facts["续聘"] == "是"
    assert renewed.facts["村（社区）"] == "架桥村"


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("时长（小时）", "0", "时长应大于 0 且不超过 12 小时；没有记录的请留空"),
        ("时长（小时）", "13", "时长（小时）应在 0 到 12 之间"),
        ("时长（小时）", "1.25", "时长（小时）请填数字，最多一位小数，例如 1.5"),
        ("解答咨询人次", "-3", "解答咨询人次不能小于 0"),
        ("解答咨询人次", "1234567890", "解答咨询人次不能大于 9999999，请核对"),
        ("讲座听讲人数", "六十", "讲座听讲人数请填整数，例如 120"),
        ("事项", "", "请填写事项"),
        ("事项", "长" * 201, "事项请勿超过 200 字，现有 201 字"),
        ("服务日期", "2024.13.1", "服务日期填的这一天不存在，请核对"),
        ("服务日期", "2025-02-01", "服务日期不能在今天之后，请在服务完成后登记"),
        ("法律顾问", "99", "请从列表中选择法律顾问"),
    ],
)
def test_odd_input_of_a_visit_is_answered_beside_its_field(
    page: Visitor, world: World, field: str, typed: str, message: str
) -> None:
    an_assignment(world, an_adviser(world, "张三"), world.a_village())
    good = {"法律顾问": "张三", "服务日期": "2024-06-01", "事项": "咨询", "结果": "已答复"}

    refused = page.fill("/advisers/visits/new", {**good, field: typed}, status=422)

    assert refused.error_beside(field) == message
    assert refused.value("结果") == "已答复"


def test_what_looks_like_code_is_a_text(page: Visitor, world: World) -> None:
    an_assignment(world, an_adviser(world, "张三"), world.a_village())

    shown = page.fill(
        "/advisers/visits/new",
        {
            "法律顾问": "张三",
            "服务日期": "２０２４年６月１日",
            "事项": "<script>alert(1)</script>=1+1 😀",
            "解答咨询人次": "１，２００",
        },
    )

    assert shown.h1 == "<script>alert(1)</script>=1+1 😀"
    assert shown.facts["服务日期"] == "2024-06-01"
    assert shown.facts["解答咨询人次"] == "1,200"
    assert shown.facts["服务对象"] == "乡镇（街道）本级"


def test_a_phone_is_a_number(page: Visitor, world: World) -> None:
    world.a_village("架桥村")
    entries = {"姓名": "王明白", "村（社区）": "架桥村", "聘任日期": "2023-06-01"}

    refused = page.fill(
        "/advisers/legal-literate/new", {**entries, "电话": "没有电话😀"}, status=422
    )
    shown = page.fill(refused, {"电话": "０１３８ 0000 0001"})

    assert refused.error_beside("电话") == "电话只填号码，例如 0736-6651234"
    assert refused.value("电话") == "没有电话😀"
    assert shown.facts["电话"] == "0138 0000 0001"


def test_the_lists_are_narrowed_by_the_address(page: Visitor, world: World) -> None:
    here, there = world.a_village("架桥村"), world.a_village("翰林村")
    zhang, li = an_adviser(world, "张三"), an_adviser(world, "李四")
    an_assignment(world, zhang, here, "2023-01-01", "2023-12-31")
    an_assignment(world, li, here, "2024-01-01")
    an_assignment(world, zhang, there, "2025-03-01")
    a_visit(world, li, here, "2024-05-01", "甲")
    a_visit(world, zhang, None, "2023-05-01", "乙")

    def names(address: str) -> list[str]:
        first = 1 if "/assignments/" in address else 0
        return [row[first] for row in page.get(address).rows]

    assert names("/advisers/assignments/?state=serving") == ["李四"]
    assert names("/advisers/assignments/?state=ended") == ["张三"]
    assert names("/advisers/assignments/?state=coming") == ["张三"]
    assert names(f"/advisers/assignments/?village={there.id}") == ["张三"]
    assert names("/advisers/assignments/?year=2023") == ["张三"]
    assert names("/advisers/assignments/?q=hlc") == ["张三"]
    assert names("/advisers/?duty=serving") == ["李四"]
    assert names("/advisers/?duty=not_serving") == ["张三"]
    assert names("/advisers/visits/?year=2024") == ["甲"]
    assert names(f"/advisers/visits/?adviser={zhang.id}") == ["乙"]
    assert names("/advisers/visits/?kind=lecture") == []
    assert names("/advisers/visits/?village=99999999999&kind=nonsense&year=0") == ["甲", "乙"]


def test_the_list_of_assignments_names_the_villages_without_an_adviser(
    page: Visitor, world: World
) -> None:
    covered = world.a_village("架桥村")
    world.a_village("翰林村")
    an_assignment(world, an_adviser(world), covered)

    shown = page.get("/advisers/assignments/")
    form = page.click(shown, "翰林村")

    assert "在册 2 个村（社区），今天有在任法律顾问的 1 个。" in shown.text
    assert form.form().values()["village_id"] != [""]


def _one_of_each(world: World) -> dict[str, int]:
    village = world.a_village()
    adviser = an_adviser(world)
    return {
        "/advisers/{}": adviser.id,
        "/advisers/firms/{}": a_firm(world).id,
        "/advisers/assignments/{}": an_assignment(world, adviser, village).id,
        "/advisers/visits/{}": a_visit(world, adviser, village).id,
        "/advisers/legal-literate/{}": a_person(world, village).id,
        "/advisers/trainings/{}": a_training(world, headcount=30).id,
    }


def test_every_record_has_its_pages_in_both_languages(page: Visitor, world: World) -> None:
    for language in ("zh", "en"):
        page.read_in(language)
        for address, key in (_one_of_each(world) if language == "zh" else {}).items():
            for below in ("", "/edit", "/void"):
                assert page.get(address.format(key) + below).h1
        for address in LISTS:
            assert page.get(address).rows


def test_saving_an_edit_unchanged_changes_nothing_but_the_version(
    page: Visitor, world: World
) -> None:
    for address, key in _one_of_each(world).items():
        before = page.get(address.format(key))
        after = page.fill(address.format(key) + "/edit", {})
        assert after.facts == before.facts, address


def test_every_record_can_be_voided_and_brought_back(page: Visitor, world: World) -> None:
    for address, key in reversed(_one_of_each(world).items()):
        voided = page.fill(address.format(key) + "/void", {"作废原因": "登错"}, press="作废")
        assert "这条记录已作废" in page.get(address.format(key)).text
        page.press(voided, "撤销")
        assert "这条记录已作废" not in page.get(address.format(key)).text


def test_another_offices_records_are_not_there(page: Visitor, world: World) -> None:
    neighbour = world.an_office("邻镇")
    clerk = world.a_user(office=neighbour, name="linzhen")
    addresses = _one_of_each(world)
    stranger = Visitor(page.app)
    stranger.sign_in(clerk.name)

    for address, key in addresses.items():
        for below in ("", "/edit", "/void"):
            stranger.get(address.format(key) + below, status=404)
        stranger.post(address.format(key) + "/restore", status=404)
    for address in LISTS:
        assert stranger.get(address).rows == []


def test_another_offices_village_and_adviser_cannot_be_chosen(page: Visitor, world: World) -> None:
    neighbour = world.an_office("邻镇")
    theirs = world.a_village("邻村", office=neighbour)
    stranger = an_adviser(world, "外人", office=neighbour)
    an_adviser(world, "张三")

    refused = page.fill(
        f"/advisers/assignments/new?village={theirs.id}&adviser={stranger.id}",
        {"法律顾问": stranger.id, "村（社区）": theirs.id, "开始日期": "2024-01-01"},
        status=422,
    )

    assert refused.error_beside("法律顾问") == "请从列表中选择法律顾问"
    assert refused.error_beside("村（社区）") == "请从列表中选择村（社区）"
    assert "邻村" not in refused.html
    assert "外人" not in refused.html


def test_a_reader_reads_and_writes_nothing(reader: Visitor, world: World) -> None:
    for address, key in _one_of_each(world).items():
        assert "修改" not in reader.get(address.format(key)).links
        reader.get(address.format(key) + "/edit", status=404)
    for address in LISTS:
        assert not any(link.endswith("/new") for link in reader.get(address).links.values())


def test_two_people_who_edit_one_visit_see_each_other(page: Visitor, world: World) -> None:
    visit = a_visit(world, an_adviser(world))
    mine = page.get(f"/advisers/visits/{visit.id}/edit")
    page.fill(f"/advisers/visits/{visit.id}/edit", {"结果": "同事填的"})

    shown = page.fill(mine, {"结果": "我填的"}, status=409)

    assert ["结果", "同事填的", "我填的"] in shown.rows


def test_the_navigation_marks_one_page(page: Visitor, world: World) -> None:
    shown = page.get("/advisers/visits/")

    here = [
        link.text
        for link in shown.tree.all("a")
        if link.get("aria-current") == "page" and link.get("href").startswith("/advisers/")
    ]

    assert set(here) == {"服务记录"}


def test_home_says_what_is_waiting(
    page: Visitor, world: World, on_day: Callable[[date], None]
) -> None:
    visited, unvisited = world.a_village("架桥村"), world.a_village("翰林村")
    world.a_village("枫树村")
    adviser, follower = an_adviser(world, "张三"), an_adviser(world, "李四")
    an_assignment(world, adviser, visited, "2024-01-01", "2025-03-21")
    an_assignment(world, adviser, unvisited, "2024-01-01", "2025-02-28")
    an_assignment(world, follower, unvisited, "2025-03-01", "2026-03-01")
    an_assignment(world, an_adviser(world, "王五"), None, "2024-01-01", "2025-03-22")
    a_visit(world, adviser, visited, "2025-01-02")

    shown = [row[0] for row in page.get("/").rows]
    on_day(date(2025, 4, 1))
    next_quarter = [row[0] for row in page.get("/").rows]

    assert "枫树村没有在任的法律顾问" in shown
    assert "翰林村本季度还没有法律顾问服务记录" in shown
    assert "张三的聘期将满（架桥村），请续聘或改聘" in shown
    assert "有 3 个村（社区）的法律明白人不足 3 名" in shown
    assert not any("架桥村本季度" in text for text in shown)
    assert not any("（翰林村）" in text for text in shown)
    assert not any("王五" in text for text in shown)
    assert "架桥村没有在任的法律顾问" in next_quarter


def test_more_villages_than_a_few_are_said_in_one_line(page: Visitor, world: World) -> None:
    for _ in range(7):
        world.a_village()

    shown = [row[0] for row in page.get("/").rows]

    assert "有 7 个村（社区）没有在任的法律顾问" in shown


def test_a_county_sees_whose_assignment_it_is(page: Visitor, world: World) -> None:
    county = world.an_office("桃源县司法局", level=OfficeLevel.COUNTY)
    township = world.an_office("枫树镇", under=county)
    village = world.a_village("枫树村", office=township)
    an_assignment(world, an_adviser(world, "张三", office=township), village)
    person = world.a_user(Role.READER, office=county, name="xianju")
    visitor = Visitor(page.app)
    visitor.sign_in(person.name)

    shown = visitor.get("/advisers/assignments/")

    assert shown.rows == [["枫树村", "张三", "2024-01-01", "— 未填写", "在任", "枫树镇"]]
    assert "登记聘任" not in shown.links


def test_the_tally_holds_the_advisers_ledgers(page: Visitor, world: World) -> None:
    _one_of_each(world)

    answer = page.client.get("/yearbook/2024/tally.xlsx")

    assert answer.status_code == 200
    names = load_workbook(BytesIO(answer.data), read_only=True).sheetnames
    assert {"法律顾问服务记录", "法律明白人", "法律顾问聘任"} <= set(names)
