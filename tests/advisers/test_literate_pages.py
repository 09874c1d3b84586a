"""The pages of services, reviews, villages, opinions and counsel, as a clerk uses them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.advisers.support import (
    a_person,
    a_review,
    a_service,
    a_training,
    an_adviser,
    an_assignment,
    an_opinion,
)
from tests.support.page import Visitor
from tests.support.world import World
from tracker.advisers.counsel.terms import Adoption, DecisionKind
from tracker.advisers.literate.terms import ReviewResult
from tracker.advisers.models import LegalLiteratePerson

LISTS = ("/advisers/legal-literate/services/", "/advisers/legal-literate/reviews/",
         "/advisers/opinions/")  # fmt: skip


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_list_says_what_to_do(page: Visitor, address: str, language: str) -> None:
    page.read_in(language)

    assert any(link.endswith("/new") for link in page.get(address).links.values())
    assert page.get(f"{address}new").form().visible_names


def test_a_person_is_entered_with_how_they_were_chosen(page: Visitor, world: World) -> None:
    world.a_village("架桥村")
    typed = {
        "姓名": "王明白",
        "村（社区）": "架桥村",
        "聘任日期": "2024-03-01",
        "村（居）民小组": "三组",
        "推荐方式": "自荐",
        "考核日期": "2024.3.5",
        "证书颁发日期": "2024-03-10",
    }

    refused = page.fill("/advisers/legal-literate/new", typed, status=422)
    shown = page.fill("/advisers/legal-literate/new", {**typed, "考核日期": "2024.2.20"})

    assert "先考核、后聘任" in refused.error_beside("考核日期")
    assert refused.value("村（居）民小组") == "三组"
    assert shown.facts["推荐方式"] == "自荐"
    assert shown.facts["考核日期"] == "2024-02-20"
    assert shown.facts["村（居）民小组"] == "三组"


def test_a_persons_page_tells_of_trainings_services_and_reviews(
    page: Visitor, world: World
) -> None:
    person = a_person(world, world.a_village("架桥村"), star_level=2)
    a_training(world, "第一期", headcount=20, person_ids=(person.id,))
    a_training(world, "没有点名的")
    world.void(a_training(world, "作废的", person_ids=(person.id,)))
    a_service(world, person, matter="调解邻里排水纠纷")
    world.void(a_service(world, person, matter="作废的事"))
    a_review(world, person, 2024, star=4, result=ReviewResult.EXCELLENT)

    shown = page.get(f"/advisers/legal-literate/{person.id}")

    assert shown.facts["星级"] == "2"
    assert shown.facts["现星级"] == "4"
    assert [row[0] for row in shown.rows] == ["2024", "调解邻里排水纠纷", "第一期"]
    assert "退出" not in shown.links
    assert page.get("/advisers/legal-literate/").rows[0][-2] == "4"


def test_whoever_failed_is_offered_to_leave_with_the_reason_filled_in(
    page: Visitor, world: World
) -> None:
    person = a_person(world, world.a_village("架桥村"))
    review = a_review(world, person, 2024, result=ReviewResult.UNQUALIFIED)

    shown = page.get(f"/advisers/legal-literate/{person.id}")
    leaving = page.get(shown.links["退出"])
    left = page.fill(shown.links["退出"], {})

    assert "仍在册" in shown.text
    assert leaving.value("退出原因") == "考核不合格"
    assert leaving.value("退出日期") == "2025-01-20"
    assert left.facts["退出日期"] == "2025-01-20"
    assert "退出" not in left.links
    assert "退出" not in page.get(f"/advisers/legal-literate/reviews/{review.id}").links


def test_usual_reasons_are_suggested_and_any_other_is_taken(page: Visitor, world: World) -> None:
    person = a_person(world, world.a_village("架桥村"))
    address = f"/advisers/legal-literate/{person.id}/edit"

    form = page.get(address)
    options = form.tree.the("datalist", id="usual-leave-reasons").all("option")
    left = page.fill(address, {"退出日期": "2024-05-01", "退出原因": "外出务工两年"})

    assert [each.get("value") for each in options] == [
        "本人申请", "迁出", "死亡", "违法违纪", "考核不合格", "其他",
    ]  # fmt: skip
    assert left.facts["退出原因"] == "外出务工两年"


def test_a_service_is_logged_corrected_voided_and_taken_back(page: Visitor, world: World) -> None:
    person = a_person(world, world.a_village("架桥村"), "王明白", "2024-03-01")
    new = f"/advisers/legal-literate/services/new?person={person.id}"
    typed = {"服务事项": "引导申请法律援助", "服务日期": "2024-02-29", "服务户数": "2"}

    early = page.fill(new, typed, status=422)
    logged = page.fill(new, {**typed, "服务日期": "2024-03-01", "服务类别": "纠纷调解"})
    changed = page.fill(f"{logged.url}/edit", {"服务人次": "3"})
    page.fill(f"{logged.url}/void", {"作废原因": "录错了"}, press="作废")
    listed = page.get("/advisers/legal-literate/services/?voided=1")

    assert "2024-03-01 聘任" in early.error_beside("服务日期")
    assert early.value("服务事项") == "引导申请法律援助"
    assert logged.facts["法律明白人"] == "王明白（架桥村）"
    assert logged.facts["服务类别"] == "纠纷调解"
    assert changed.facts["服务人次"] == "3"
    assert listed.rows[0][0] == "引导申请法律援助"
    assert page.get("/advisers/legal-literate/services/?q=wang").rows == []
    page.press(page.get(logged.url), "撤销作废")
    assert len(page.get("/advisers/legal-literate/services/?q=wang").rows) == 1


def test_services_are_found_by_person_village_kind_and_year(page: Visitor, world: World) -> None:
    village, other = world.a_village("架桥村"), world.a_village("太平村")
    a_service(world, a_person(world, village, "王明白"), "2024-05-06", "调解甲")
    a_service(world, a_person(world, other, "赵清楚"), "2023-06-06", "宣传乙")
    at = "/advisers/legal-literate/services/"

    def found(query: str) -> list[str]:
        return [row[0] for row in page.get(f"{at}?{query}").rows]

    assert found("q=wangmingbai") == ["调解甲"]
    assert found(f"village={other.id}") == ["宣传乙"]
    assert found("year=2023") == ["宣传乙"]
    assert found("kind=mediation") == []
    assert found("q=甲&year=2024") == ["调解甲"]


def test_a_second_review_of_a_year_leads_to_the_first(page: Visitor, world: World) -> None:
    person = a_person(world, world.a_village("架桥村"), "王明白")
    address = f"/advisers/legal-literate/reviews/new?person={person.id}"
    fresh = page.get(address)
    typed = {"考评结果": "合格", "评定星级（0 到 5）": "3"}

    odd = page.fill(address, {**typed, "考评年度": "去年"}, status=422)
    shown = page.fill(address, {**typed, "考评年度": "２０２４年度"})
    again = page.fill(address, typed, status=422)

    assert fresh.value("考评年度") == "2024", "in January it is the year before that is reviewed"
    assert odd.error_beside("考评年度") == "考评年度请写成 2024 的样子"
    assert odd.value("考评年度") == "去年"
    assert shown.h1 == "王明白 2024 年度考评"
    assert "MK-2024-001" in again.error_beside("法律明白人")


def test_a_training_names_who_took_part(page: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    for name in ("王明白", "赵清楚"):
        a_person(world, village, name)
    both = ["王明白（架桥村）", "赵清楚（架桥村）"]
    typed = {"培训名称": "第一期", "培训日期": "2024-09-10", "参训人次": "1", "参训人员": both}

    refused = page.fill("/advisers/trainings/new", typed, status=422)
    shown = page.fill("/advisers/trainings/new", {**typed, "参训人次": "12"})
    fewer = page.fill(f"{shown.url}/edit", {"参训人员": both[:1]})

    assert "点名了 2 人" in refused.error_beside("参训人次")
    assert [row[0] for row in shown.rows] == ["王明白", "赵清楚"]
    assert "点名 2 人，都在参训人次之内" in shown.text
    assert shown.facts["参训人次"] == "12"
    assert [row[0] for row in fewer.rows] == ["王明白"]
    assert world.value("advisers.legal_literate_trained") == 12


def test_villages_stand_against_the_rule_on_one_page(page: Visitor, world: World) -> None:
    village = world.a_village("架桥村")
    gone = an_adviser(world, "王五")
    an_assignment(world, gone, village, "2023-01-01", "2023-12-31")
    person = a_person(world, village, "王明白", adviser_id=gone.id)
    a_service(world, person, "2024-05-06")
    a_training(world, "没有点名的", headcount=5)

    shown = page.get("/advisers/legal-literate/villages/2024")
    row = shown.rows[0]

    assert row[0] == "架桥村"
    assert row[1] == "1 缺 2 ：架桥村"
    assert row[2:6] == ["3", "0", "1", "1"]
    assert "王五 （1 名） 结对顾问已不在任" in row[6]
    assert "1 场培训没有点名" in shown.text
    assert page.get(shown.links["1"]).rows
    assert page.get("/advisers/legal-literate/villages/").rows[0][1] == row[1]
    page.get("/advisers/legal-literate/villages/2026", status=404)
    assert (
        "/advisers/legal-literate/villages/" in page.get("/advisers/legal-literate/").links.values()
    )


def test_an_opinion_is_entered_for_a_day_on_which_the_counsel_served(
    page: Visitor, world: World
) -> None:
    adviser = an_adviser(world, "张三")
    an_assignment(world, adviser, None, "2024-01-01", "2024-06-30")
    an_adviser(world, "李四")
    typed = {"征求意见事项": "停车管理规定", "事项类别": "规范性文件", "出具人": "张三"}

    form = page.get("/advisers/opinions/new")
    late = page.fill("/advisers/opinions/new", {**typed, "出具日期": "2024-07-01"}, status=422)
    shown = page.fill("/advisers/opinions/new", {**typed, "出具日期": "2024-06-30"})
    decided = page.fill(
        f"{shown.url}/edit", {"采纳情况": "部分采纳", "决策文号": "镇政发〔2024〕3号"}
    )

    assert set(form.form().choices("adviser_id")) == {"（未选）", "张三"}
    assert "不在任政府法律顾问" in late.error_beside("出具人")
    assert shown.facts["采纳情况"] == "尚未决定"
    assert decided.facts["采纳情况"] == "部分采纳"
    assert world.value("advisers.decision_opinions") == 1


def test_the_counsels_page_says_which_steps_are_missing(page: Visitor, world: World) -> None:
    done, lacking = an_adviser(world, "张三"), an_adviser(world, "李四")
    an_assignment(
        world,
        done,
        None,
        "2024-01-01",
        "2026-12-31",
        qualification_checked_on="2023-12-01",
        screened_on="2023-12-10",
        appointed_on="2023-12-20",
    )
    an_assignment(world, lacking, None, "2024-02-01", screened_on="2024-01-20")
    an_assignment(world, an_adviser(world, "村顾问"), world.a_village())
    an_opinion(world, done, "2025-01-10", kind=DecisionKind.CONTRACT, adopted=Adoption.ADOPTED)
    an_opinion(world, None, "2025-01-11", kind=DecisionKind.CONTRACT)
    world.void(an_opinion(world, None, "2025-01-12"))
    an_opinion(world, done, "2024-12-31", matter="上年的")

    shown = page.get("/advisers/counsel/")
    first, second, *kinds = shown.rows

    assert first[0].startswith("张三")
    assert first[1:4] == ["2023-12-01", "2023-12-10", "2023-12-20"]
    assert first[4:] == ["2024-01-01 至 2026-12-31", "1", "齐全"]
    assert second[1:4] == ["缺", "2024-01-20", "缺"]
    assert "缺：资格审核、聘任、聘期截止日期" in second[6]
    assert "村顾问" not in shown.text
    assert ["合同协议", "1", "0", "0", "1", "2 ：合同协议"] in kinds
    assert kinds[-1] == ["合计", "1", "0", "0", "1", "2"]
    assert "本单位自己出具 1 份" in shown.text
    assert page.get("/advisers/counsel/2024").rows[-1][-1] == "1"


def test_the_opinions_list_is_narrowed_and_taken_away(page: Visitor, world: World) -> None:
    an_opinion(world, matter="甲合同", kind=DecisionKind.CONTRACT, given_on=date(2024, 5, 6))
    an_opinion(world, matter="乙决策", adopted=Adoption.ADOPTED)

    shown = page.get("/advisers/opinions/?kind=contract")
    answer = page.client.get("/advisers/opinions/?kind=contract&export=xlsx")
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row}

    assert [row[0] for row in shown.rows] == ["甲合同"]
    assert [row[0] for row in page.get("/advisers/opinions/?adopted=adopted").rows] == ["乙决策"]
    assert {"甲合同", "本单位"} <= texts
    assert "乙决策" not in texts


def test_a_reader_changes_nothing(reader: Visitor, world: World) -> None:
    person: LegalLiteratePerson = a_person(world, world.a_village("架桥村"))
    review = a_review(world, person, 2024, result=ReviewResult.UNQUALIFIED)
    opinion = an_opinion(world)

    for address in (
        f"/advisers/legal-literate/{person.id}",
        f"/advisers/legal-literate/reviews/{review.id}",
        f"/advisers/opinions/{opinion.id}",
        "/advisers/counsel/",
        "/advisers/legal-literate/villages/",
    ):
        links = reader.get(address).links.values()
        assert not [link for link in links if "/new" in link or "/edit" in link], address
