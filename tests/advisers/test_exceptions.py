"""A visit outside the contract and an overlap: refused, unless an administrator says why."""

from __future__ import annotations

import pytest

from tests.advisers.support import a_visit, an_adviser, an_assignment, draft_of
from tests.support.page import Visitor
from tests.support.world import World
from tracker.advisers import operations, readiness
from tracker.kernel import clock
from tracker.kernel.exceptions import ExceptionNeeded

REASON = "续聘合同正在走流程，村委会有书面邀请"
OUTSIDE = {
    "法律顾问": "张三",
    "服务日期": "2024-08-05",
    "服务的村（社区）": "架桥村",
    "事项": "咨询",
}


@pytest.fixture
def served(world: World) -> World:
    """张三 serves 架桥村 until June; nobody serves 新建村."""
    adviser = an_adviser(world, "张三")
    an_assignment(world, adviser, world.a_village("架桥村"), "2024-01-01", "2024-06-30")
    world.a_village("新建村")
    return world


def test_a_clerk_is_told_of_the_contract_and_whom_to_ask(page: Visitor, served: World) -> None:
    refused = page.fill("/advisers/visits/new", OUTSIDE, status=422)

    assert refused.error_beside("服务日期") == (
        "2024-08-05 不在张三的聘期内（PR-2024-001，2024-01-01 起，至2024-06-30）。请核对日期，"
        "或先登记续聘。确需这样登记的，请管理员填写例外理由"
    )
    assert refused.value("事项") == "咨询"
    assert "exception_reason" not in refused.form().names


def test_a_village_without_a_contract_is_named_beside_the_village(
    page: Visitor, served: World
) -> None:
    refused = page.fill(
        "/advisers/visits/new", {**OUTSIDE, "服务的村（社区）": "新建村"}, status=422
    )

    assert "张三没有受聘服务这个村（社区）" in refused.error_beside("服务的村（社区）")


def test_an_administrator_gives_the_reason_and_it_is_listed(
    admin: Visitor, page: Visitor, served: World
) -> None:
    refused = admin.fill("/advisers/visits/new", OUTSIDE, status=422)
    shown = admin.fill(refused, {"例外理由": REASON})

    assert shown.facts["例外理由"] == REASON
    [(record, kind, rule, reason, given)] = page.get("/exceptions/").rows
    assert record == "FW-2024-001 2024-08-05 张三 咨询"
    assert (kind, rule, reason) == ("法律顾问服务记录", "服务不在聘期内", REASON)
    assert given.split()[0] == "管理员小李"


def test_a_clerk_may_change_the_rest_of_it_and_not_the_reason(
    admin: Visitor, page: Visitor, served: World
) -> None:
    admin.fill(admin.fill("/advisers/visits/new", OUTSIDE, status=422), {"例外理由": REASON})

    shown = page.fill("/advisers/visits/1/edit", {"结果": "已答复"})
    forged = page.fill("/advisers/visits/1/edit", {"例外理由": "我也可以"}, status=422)

    assert (shown.facts["结果"], shown.facts["例外理由"]) == ("已答复", REASON)
    assert forged.error_beside("例外理由") == "例外理由由管理员填写；请删去，或请管理员登记"


def test_a_clerk_cannot_send_a_reason_that_the_page_did_not_offer(
    page: Visitor, served: World
) -> None:
    sent = (
        page.get("/advisers/visits/new")
        .form()
        .filled({k: v for k, v in OUTSIDE.items() if k != "服务的村（社区）"})
    )

    refused = page.post(
        "/advisers/visits/new", {**sent, "exception_reason": "我说可以"}, status=422
    )

    assert refused.error_beside("例外理由") == "例外理由由管理员填写；请删去，或请管理员登记"
    assert page.get("/advisers/visits/").rows == []


def test_an_exception_that_is_no_longer_needed_says_so(admin: Visitor, served: World) -> None:
    admin.fill(admin.fill("/advisers/visits/new", OUTSIDE, status=422), {"例外理由": REASON})
    admin.fill("/advisers/assignments/1/edit", {"结束日期": "2024-12-31"})

    assert admin.get("/exceptions/").rows[0][2] == "现已不违反规则"


def test_an_overlap_is_possible_with_a_reason(admin: Visitor, served: World) -> None:
    an_adviser(served, "李四")
    entries = {"法律顾问": "李四", "村（社区）": "架桥村", "开始日期": "2024-06-01"}

    refused = admin.fill("/advisers/assignments/new", entries, status=422)
    assert "确需这样登记的，请管理员填写例外理由" in refused.error_beside("开始日期")
    admin.fill(refused, {"例外理由": "交接期一个月"})

    assert admin.get("/exceptions/").rows[0][2] == "与张三的聘期重叠（PR-2024-001）"


def test_no_exception_makes_an_end_come_before_its_start(admin: Visitor, served: World) -> None:
    refused = admin.fill("/advisers/assignments/1/edit", {"结束日期": "2023-12-31"}, status=422)

    assert refused.error_beside("结束日期") == "结束日期不能早于开始日期，请核对"
    assert "exception_reason" not in refused.form().names


def test_an_adviser_of_whom_no_contract_is_known_is_asked_about_once(
    page: Visitor, world: World
) -> None:
    an_adviser(world, "王五")
    entries = {"法律顾问": "王五", "服务日期": "2024-08-05", "事项": "咨询"}

    asked = page.fill("/advisers/visits/new", entries, status=422)
    assert "还没有登记这名法律顾问的聘任" in asked.text
    saved = page.fill(asked, {})

    assert saved.h1 == "咨询"


def test_a_visit_to_the_township_is_within_any_contract_of_the_day(served: World) -> None:
    adviser = an_adviser(served, "赵六")
    an_assignment(served, adviser, served.a_village("石桥村"), "2024-01-01", "2024-06-30")

    assert a_visit(served, adviser, None, "2024-06-30").number
    with pytest.raises(ExceptionNeeded):
        a_visit(served, adviser, None, "2024-07-01")


def test_visits_that_a_shortened_contract_leaves_outside_are_named_before_the_year_is_closed(
    world: World,
) -> None:
    adviser, village = an_adviser(world, "张三"), world.a_village("架桥村")
    contract = an_assignment(world, adviser, village, "2024-01-01", "2024-06-30")
    a_visit(world, adviser, village, "2024-06-20")
    with world.writing() as session:
        draft = draft_of(contract, ends_on="2024-05-31")
        operations.update_assignment(session, world.scope(), contract.id, draft, None)

    with world.reading() as session:
        found = readiness.findings(session, world.scope(), world.period(2024), clock.today())

    assert [f.text.zh for f in found if f.code == "advisers.outside_contract"] == [
        "张三 2024-06-20 的服务（FW-2024-001）不在登记的聘期内"
    ]
