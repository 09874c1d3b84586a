"""Rules as data: packs, an office's own values, what is checked and reminded of by them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import event, select

from tests.advisers.support import a_person, a_visit, an_adviser, an_assignment
from tests.support.page import Visitor
from tests.support.world import World
from tracker.advisers import readiness as advisers_readiness
from tracker.advisers import todo as advisers_todo
from tracker.audit.models import ChangeLog
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.errors import RuleBroken
from tracker.kernel.period import Period
from tracker.offices.terms import OfficeLevel
from tracker.rulepacks import operations
from tracker.rulepacks.drafts import RuleDraft
from tracker.rulepacks.queries import rules_by_office, rules_of
from tracker.rulepacks.rules import RULES, Rules, VisitQuota, packs
from tracker.rulepacks.terms import Certainty, EstablishmentKind, Pack, VisitMeasure

SETTINGS = "/settings/rules/"


def todo(world: World) -> list[str]:
    with world.reading() as session:
        return [
            each.text.zh for each in advisers_todo.waiting(session, world.scope(), clock.today())
        ]


def in_force(world: World, office_id: int | None = None) -> Rules:
    with world.reading() as session:
        return rules_of(session, office_id or world.office_id)


def choose(world: World, pack: Pack) -> None:
    with world.writing() as session:
        operations.choose_pack(session, world.office_id, pack)


def own(world: World, key: str, value: str, basis: str = "镇政府办公会议定") -> None:
    with world.writing() as session:
        operations.set_rule(session, world.office_id, key, RuleDraft(value, basis))


# ------------------------------------------------------------------ the packs


def test_every_value_of_the_packs_says_what_it_rests_on():
    for pack, provisions in packs().items():
        assert list(provisions) == list(RULES), pack
        assert all(each.basis for each in provisions.values())


def test_what_is_only_a_choice_carries_no_documents_date():
    """A date beside it would make it look like a rule somebody made."""
    for provisions in packs().values():
        for each in provisions.values():
            assert each.certainty is not Certainty.CHOICE or not each.document_date


def test_nothing_without_an_official_text_is_called_one():
    """The domain notes have no value of these from an official text (domain.md B1, C, D1)."""
    found = [e for each in packs().values() for e in each.values()]
    assert not [each.key for each in found if each.certainty is Certainty.VERIFIED]


def test_a_new_office_starts_with_the_national_rules(world: World):
    rules = in_force(world)
    assert rules.persons_per_village == 3
    assert rules.visit_quota == VisitQuota(Decimal(1), VisitMeasure.VISITS)
    assert rules.villages_per_adviser is None
    assert rules.expiry_bands == (180, 90, 30)


def test_the_hunan_rules_ask_for_five_persons_and_bar_contract_staff(world: World):
    choose(world, Pack.HUNAN)
    rules = in_force(world)
    assert (rules.persons_per_village, rules.certificate_years) == (5, 5)
    assert EstablishmentKind.CONTRACT not in rules.establishment_kinds
    assert EstablishmentKind.CIVIL_SERVICE_LIKE in rules.establishment_kinds


def test_the_blank_pack_has_no_rule_at_all(world: World):
    choose(world, Pack.BLANK)
    assert in_force(world) == Rules()


def test_the_rules_of_many_offices_take_one_statement(world: World):
    offices = [world.office_id, *(world.an_office(f"镇{n}").id for n in range(3))]
    own(world, "persons_per_village", "4")
    with world.reading() as session:
        session.scalar(select(1))
        statements: list[str] = []
        listener = lambda *arguments: statements.append(arguments[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        try:
            found = rules_by_office(session, offices)
        finally:
            event.remove(db.engine, "before_cursor_execute", listener)
    assert len(statements) == 1
    assert [found[each].persons_per_village for each in offices] == [4, 3, 3, 3]


# ------------------------------------------------------------------ an office's own values


def test_an_own_value_stands_before_the_packs_and_stays_when_the_pack_changes(world: World):
    own(world, "persons_per_village", "4")
    choose(world, Pack.HUNAN)
    assert in_force(world).persons_per_village == 4
    with world.writing() as session:
        operations.drop_own_rule(session, world.office_id, "persons_per_village")
        operations.drop_own_rule(session, world.office_id, "persons_per_village")
    assert in_force(world).persons_per_village == 5


def test_another_offices_rules_are_its_own(world: World):
    other = world.an_office("邻镇")
    own(world, "persons_per_village", "9")
    assert in_force(world, other.id).persons_per_village == 3


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("persons_per_village", "0"),
        ("persons_per_village", "03"),
        ("persons_per_village", "三"),
        ("persons_per_village", "²"),
        ("visit_quota", "1"),
        ("visit_quota", "1.5 days"),
        ("visit_quota", "8.25 hours"),
        ("visit_quota", "NaN hours"),
        ("visit_quota", "1 weeks"),
        ("expiry_bands", "30/90"),
        ("expiry_bands", "90/90"),
        ("expiry_bands", "90/"),
        ("establishment_kinds", "cadre"),
    ],
)
def test_a_value_that_a_rule_cannot_have_is_refused(world: World, key: str, value: str):
    with pytest.raises(RuleBroken):
        own(world, key, value)
    assert in_force(world) == in_force(world, world.an_office("从未设定").id)


def test_an_own_value_says_what_it_rests_on(world: World):
    with pytest.raises(RuleBroken) as refused:
        own(world, "persons_per_village", "4", basis="")
    assert refused.value.field == "basis"


def test_changes_of_rules_are_in_the_change_log(world: World, admin: Visitor):
    own(world, "persons_per_village", "4")
    choose(world, Pack.HUNAN)
    with world.reading() as session:
        found = session.scalars(
            select(ChangeLog.subject_number).where(ChangeLog.subject == "office_rule")
        ).all()
    assert found == ["每个村（社区）法律明白人至少", "规则包"]
    shown = admin.get("/changes/").text
    assert "每个村（社区）法律明白人至少" in shown


# ------------------------------------------------------------------ what moves


def test_villages_with_too_few_persons_are_told_by_the_offices_rule(world: World):
    village = world.a_village("石桥村")
    for name in "甲乙丙":
        a_person(world, village, f"{name}明白")
    assert not [each for each in todo(world) if "法律明白人不足" in each]
    choose(world, Pack.HUNAN)
    assert "有 1 个村（社区）的法律明白人不足 5 名" in todo(world)
    choose(world, Pack.BLANK)
    assert not [each for each in todo(world) if "法律明白人不足" in each]


def test_too_few_persons_are_told_before_the_year_is_closed(world: World):
    village = world.a_village("石桥村")
    for name in "甲乙":
        a_person(world, village, f"{name}明白")
    a_person(world, village, "后来的", "2025-01-05")

    def said() -> list[str]:
        period = Period.of_year(2024, clock.today())
        with world.reading() as session:
            return [
                each.text.zh
                for each in advisers_readiness.findings(
                    session, world.scope(), period, clock.today()
                )
                if each.code == "advisers.too_few_persons"
            ]

    assert said() == ["2024-12-31有 1 个村（社区）的法律明白人不足 3 名：石桥村 2"]
    own(world, "persons_per_village", "2")
    assert said() == []


def test_the_end_of_an_assignment_is_told_so_many_days_before(world: World):
    """It is 20 January 2025; 45 days are left."""
    an_assignment(world, an_adviser(world), world.a_village("石桥村"), "2024-01-01", "2025-03-06")
    assert [each for each in todo(world) if "聘期将满" in each]
    own(world, "days_before_end", "44")
    assert not [each for each in todo(world) if "聘期将满" in each]
    own(world, "days_before_end", "45")
    assert [each for each in todo(world) if "聘期将满" in each]
    own(world, "days_before_end", "")
    assert not [each for each in todo(world) if "聘期将满" in each]


def test_without_a_quota_of_visits_nobody_is_reminded_of_one(world: World, page: Visitor):
    an_assignment(world, an_adviser(world), world.a_village("石桥村"))
    assert "石桥村本季度还没有法律顾问服务记录" in todo(world)
    own(world, "visit_quota", "")
    assert "石桥村本季度还没有法律顾问服务记录" not in todo(world)


def test_a_county_sees_each_township_by_its_own_rules(world: World):
    county = world.an_office("桃源县", level=OfficeLevel.COUNTY)
    strict, loose = world.an_office("甲镇", under=county), world.an_office("乙镇", under=county)
    for office in (strict, loose):
        a_person(world, world.a_village("村", office=office), "王明白")
    with world.writing() as session:
        operations.set_rule(session, loose.id, "persons_per_village", RuleDraft("1", "镇里定的"))
    with world.reading() as session:
        items = advisers_todo.waiting(session, world.scope(county), clock.today())
    said = [each.text.zh for each in items if "法律明白人不足" in each.text.zh]
    assert said == ["有 1 个村（社区）的法律明白人不足 3 名"]


def test_no_published_figure_moves_with_the_rules(world: World):
    """The page of the rules says so."""
    village = world.a_village("石桥村")
    adviser = an_adviser(world)
    an_assignment(world, adviser, village)
    a_visit(world, adviser, village)
    a_person(world, village)
    before = {key: each.value for key, each in world.readings(2024).items()}
    choose(world, Pack.BLANK)
    assert {key: each.value for key, each in world.readings(2024).items()} == before
    assert before["advisers.legal_literate_persons"] == before["advisers.visits"] == 1


# ------------------------------------------------------------------ the pages


def test_the_page_says_each_value_with_its_basis_date_and_certainty(admin: Visitor):
    shown = admin.get(SETTINGS)
    rows = {row[0]: row for row in shown.rows}
    persons = rows["每个村（社区）法律明白人至少"]
    assert "3 名" in persons[1]
    assert "培养工作规范" in persons[2]
    assert "文件日期：2021-11-08" in persons[2]
    assert persons[3] == "见于转述"
    assert "首页待办「法律明白人不足」" in persons[4]
    assert "不设（不检查、不提醒）" in rows["每名法律顾问至多服务"][1]
    assert "公布的年度数字都不随规则变化" in shown.text


def test_an_office_of_hunan_is_offered_the_rules_of_hunan(admin: Visitor):
    assert "可以改用「湖南规则」" in admin.get(SETTINGS).text
    admin.fill(f"{SETTINGS}pack", {"规则包": "湖南规则"})
    shown = admin.get(SETTINGS)
    assert "可以改用「湖南规则」" not in shown.text
    assert "5 名" in {row[0]: row for row in shown.rows}["每个村（社区）法律明白人至少"][1]


def test_a_rule_is_changed_with_its_basis_and_put_back(world: World, admin: Visitor):
    address = f"{SETTINGS}persons_per_village"
    refused = admin.fill(address, {"每个村（社区）法律明白人至少": "4"}, status=422)
    assert refused.errors
    admin.fill(address, {"每个村（社区）法律明白人至少": "4", "依据": "县司法局2025年1号文"})
    row = {row[0]: row for row in admin.get(SETTINGS).rows}["每个村（社区）法律明白人至少"]
    assert "4 名" in row[1]
    assert "本单位设定" in row[1]
    assert "规则包：3 名" in row[1]
    assert (row[2], row[3]) == ("县司法局2025年1号文", "自行选定")
    admin.post(f"{address}/reset")
    assert in_force(world).persons_per_village == 3


def test_the_quota_of_visits_can_be_counted_in_hours(world: World, admin: Visitor):
    address = f"{SETTINGS}visit_quota"
    admin.fill(address, {"每月": "1.5", "按什么计": "天", "依据": "县里定的"}, status=422)
    admin.fill(address, {"每月": "8", "按什么计": "小时", "依据": "县里定的"})
    assert in_force(world).visit_quota == VisitQuota(Decimal(8), VisitMeasure.HOURS)
    assert "每月 8 小时" in admin.get(SETTINGS).text
    admin.fill(address, {"每月": "", "依据": "县里不再要求"})
    assert in_force(world).visit_quota is None


@pytest.mark.parametrize(
    ("typed", "kept"), [("１８０、９０、３０", (180, 90, 30)), ("60", (60,)), ("", ())]
)
def test_bands_are_taken_as_people_write_them(
    world: World, admin: Visitor, typed: str, kept: tuple[int, ...]
):
    admin.fill(f"{SETTINGS}expiry_bands", {"到期前几天（分档）": typed, "依据": "县里定的"})
    assert in_force(world).expiry_bands == kept


@pytest.mark.parametrize("typed", ["30/90", "90/九十", "0", "90//30", "9999"])
def test_bands_out_of_order_are_refused_with_an_example(admin: Visitor, typed: str):
    refused = admin.fill(
        f"{SETTINGS}expiry_bands", {"到期前几天（分档）": typed, "依据": "县里定的"}, status=422
    )
    assert "180/90/30" in refused.errors[0]


def test_only_administrators_set_rules(page: Visitor, admin: Visitor):
    for address in (SETTINGS, f"{SETTINGS}pack", f"{SETTINGS}visit_quota"):
        page.get(address, status=403)
    admin.get(f"{SETTINGS}no_such_rule", status=404)


def test_an_adviser_with_more_villages_than_the_rule_allows_is_told_of(world: World, page: Visitor):
    """Those served before or later, and the township itself, do not count."""
    adviser = an_adviser(world, "唐志强")
    an_assignment(world, adviser, world.a_village("旧村"), "2023-01-01", "2023-12-31")
    an_assignment(world, adviser, world.a_village("新村"), "2025-06-01")
    an_assignment(world, adviser, None)
    an_assignment(world, adviser, world.a_village("甲村"))
    last = an_assignment(world, adviser, world.a_village("乙村"))
    address = f"/advisers/assignments/{last.id}"
    assert "至多" not in page.get(address).text
    own(world, "villages_per_adviser", "2")
    assert "至多" not in page.get(address).text
    own(world, "villages_per_adviser", "1")
    assert "现在服务 2 个村（社区），本单位的规则是至多 1 个" in page.get(address).text
