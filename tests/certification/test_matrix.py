"""Officers against what is required of them, and that its totals are the year's figures."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from tests.certification.support import (
    a_certificate,
    a_sitting,
    a_term,
    a_training,
    an_officer,
    own_rule,
    sat,
    turned,
)
from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.certification.terms import CertificateStatus, EstablishmentKind

ADDRESS = "/certification/matrix/2024"


def by_name(shown: Page) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in shown.rows}


def total(shown: Page) -> list[str]:
    """The last row: its head, then its cells."""
    (foot,) = shown.main.all("tfoot")
    return [cell.text for cell in foot.all("th", "td")]


@pytest.fixture
def staff(world: World) -> None:
    """On the last day of 2024: 全 meets all, 欠 nothing, 旧 has a card from before the exams."""
    own_rule(world, "pass_years", "5")
    own_rule(world, "training_hours", "60")
    whole = an_officer(world, "全", law_qualified=True)
    short = an_officer(world, "欠", establishment=EstablishmentKind.CONTRACT)
    old = an_officer(world, "旧", establishment=EstablishmentKind.INSTITUTION)
    sitting = a_sitting(world, "2024-05-25")
    sat(world, sitting, whole, 80, 70)
    sat(world, sitting, short, 80, 50)
    # From now on; the contract worker was registered before.
    own_rule(world, "establishment_kinds", "administrative;institution")
    a_certificate(world, whole, a_term("2024-06-01", "2029-05-31"), number="湘1")
    a_certificate(world, old, a_term("2022-01-01", "2026-12-31"), number="湘2")
    a_training(world, hours="60", attendees=[whole, old])
    a_training(world, "2023-06-13", hours="30", attendees=[whole])
    an_officer(world, "已走", until="2024-12-31")
    an_officer(world, "内勤", enforcement=False)


def test_each_requirement_is_said_in_words_beside_its_mark(
    page: Visitor, world: World, staff: None
):
    shown = page.get(ADDRESS)
    assert by_name(shown) == {
        "旧": [
            "✓ 事业",
            "— 没有考试登记",
            "— 没有考试登记",
            "✓ 湘2，至 2026-12-31",
            "✓ 60／60 学时",
            "— 无",
        ],
        "欠": [
            "✗ 合同（不在可报名范围）",
            "✗ 专业法律知识未合格",
            "— 未合格",
            "✗ 没有有效证件",
            "✗ 0／60 学时",
            "— 无",
        ],
        "全": [
            "✓ 行政",
            "✓ 各科合格",
            "✓ 有效至 2029-05-24",
            "✓ 湘1，至 2029-05-31",
            "✓ 60／60 学时",
            "✓ 有",
        ],
    }
    assert total(shown) == [
        "合计 3 人",
        "✓ 2 人",
        "✓ 1 人",
        "✓ 1 人",
        "✓ 2 人",
        "✓ 2 人",
        "✓ 1 人",
    ]


def test_the_totals_are_the_figures_of_the_year(page: Visitor, world: World, staff: None):
    shown = page.get(ADDRESS)
    figures = world.readings(2024)
    assert total(shown)[0] == f"合计 {figures['certification.officers'].value} 人"
    assert total(shown)[4] == f"✓ {figures['certification.holders'].value} 人"
    assert figures["certification.holding_rate"].phrase.zh in shown.text
    assert figures["certification.holding_rate"].value == Decimal("0.6667")


def test_the_present_year_is_as_of_today(page: Visitor, world: World, staff: None):
    """It is 20 January 2025."""
    an_officer(world, "新来", since="2025-01-20")
    an_officer(world, "将来", since="2025-01-21")
    names = by_name(page.get("/certification/matrix/2025"))
    assert "新来" in names
    assert "将来" not in names
    page.get("/certification/matrix/2026", status=404)


def test_without_rules_nothing_is_held_against_anybody(page: Visitor, world: World):
    own_rule(world, "training_hours", "")
    officer = an_officer(world, "甲", since="2010-01-01", establishment=EstablishmentKind.CONTRACT)
    sat(world, a_sitting(world, "2010-05-25"), officer, 80, 70)
    a_training(world, hours="8", attendees=[officer])
    assert by_name(page.get(ADDRESS))["甲"] == [
        "— 合同（未设规则）",
        "✓ 各科合格",
        "✓ 2010-05-25 合格，不设年限",
        "✗ 没有有效证件",
        "— 8 学时（未设规则）",
        "— 无",
    ]


def test_a_lapsed_pass_and_a_returned_card_are_no_longer_good(page: Visitor, world: World):
    own_rule(world, "pass_years", "5")
    officer = an_officer(world, "甲", since="2019-01-01")
    sat(world, a_sitting(world, "2019-12-30"), officer, 80, 70)
    card = a_certificate(world, officer, a_term("2020-02-01", "2025-01-31"))
    turned(world, card, CertificateStatus.RETURNED, "2024-12-31")
    cells = by_name(page.get(ADDRESS))["甲"]
    assert cells[2:4] == ["✗ 2019-12-30 合格，已超过 5 年", "✗ 没有有效证件"]


def test_every_cell_opens_into_its_record(page: Visitor, world: World, staff: None):
    shown = page.get(ADDRESS)
    for words in ("✓ 湘1，至 2029-05-31", "✗ 专业法律知识未合格", "✓ 60／60 学时"):
        assert page.get(shown.links[words]).h1


def test_the_sheet_says_the_same_and_adds_up(page: Visitor, world: World, staff: None):
    answer = page.client.get(f"{ADDRESS}?export=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "2024年执法人员持证要求一览表" in str(cells[0][0])
    said = {str(row[1]): row[3:] for row in cells if row[1] in ("全", "旧", "欠")}
    assert said["全"][3] == "✓ 湘1，至 2029-05-31"
    assert said["欠"][1] == "✗ 专业法律知识未合格"
    assert {name: row[-2:] for name, row in said.items()} == {
        "旧": [1, 1],
        "欠": [1, 0],
        "全": [1, 1],
    }


def test_another_offices_officers_are_not_seen(page: Visitor, world: World):
    an_officer(world, "邻人", office=world.an_office("邻镇"))
    assert "没有执法岗位人员" in page.get(ADDRESS).text
