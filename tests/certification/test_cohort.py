"""The cohort of a year: registered, sat, passed, drawn, and who is stuck where."""

from __future__ import annotations

import pytest

from tests.certification.support import (
    ABSENT,
    PASSED,
    a_certificate,
    a_sitting,
    a_term,
    an_officer,
    registered,
    retaken,
    sat,
    scope_of,
    turned,
)
from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.accounts.terms import Role
from tracker.certification.drafts import RegistrationDraft
from tracker.certification.models import Officer
from tracker.certification.operations import exams
from tracker.certification.terms import CertificateStatus, Outcome, SittingPurpose
from tracker.offices.terms import OfficeLevel

STAGES = ("已报名", "已参考", "已合格", "已领证")
ADDRESS = "/certification/cohort/2024"


def stages(shown: Page) -> dict[str, tuple[str, str]]:
    """Each stage with its number and its names."""
    return {row[0]: (row[1], "".join(row[2].split())) for row in shown.rows if row[0] in STAGES}


def stuck(shown: Page) -> dict[str, list[str]]:
    """Who is stuck, and what is said of it."""
    return {row[0]: row[1:] for row in shown.rows if row[0] not in stages(shown)}


def who_passed(world: World, name: str = "张三", on: str = "2024-05-25") -> Officer:
    officer = an_officer(world, name)
    sat(world, a_sitting(world, on, title=f"考试{name}"), officer, general=80, special=75)
    return officer


def test_from_registration_to_the_certificate_with_names(page: Visitor, world: World):
    sitting = a_sitting(world)
    people = {name: an_officer(world, name) for name in "甲乙丙丁戊"}
    for name in "甲乙":
        sat(world, sitting, people[name], general=80, special=75)
    sat(world, sitting, people["丙"], general=80, special=50)
    sat(world, sitting, people["丁"], general=ABSENT, special=ABSENT)
    registered(world, sitting, people["戊"])
    a_certificate(world, people["甲"], a_term("2024-07-01", "2029-06-30"))

    shown = page.get(ADDRESS)

    assert stages(shown) == {
        "已报名": ("5", "丙、丁、甲、戊、乙"),
        "已参考": ("3", "丙、甲、乙"),
        "已合格": ("2", "甲、乙"),
        "已领证": ("1", "甲"),
    }
    assert stuck(shown) == {
        "丙": ["未全部合格", "专业法律知识", "安排补考"],
        "丁": ["报名后缺考", "公共法律知识、专业法律知识", "安排补考"],
        "戊": ["成绩待登", "公共法律知识、专业法律知识", "登记成绩"],
        "乙": ["考试合格，还没有领证", "— 未填写", "登记证件"],
    }
    for key, label in (("registered", "已报名"), ("sat", "已参考"), ("passed", "已合格")):
        assert str(world.value(f"certification.{key}")) == stages(shown)[label][0]


def test_each_act_leads_on_and_settles_it(page: Visitor, world: World):
    passed = who_passed(world, "甲")
    open_one = registered(world, a_sitting(world, title="待登"), an_officer(world, "乙"))
    links = page.get(ADDRESS).links

    assert links["登记成绩"] == f"/certification/sittings/{open_one.sitting_id}/results"
    assert links["登记证件"] == f"/certification/certificates/new?officer={passed.id}"
    page.fill(
        links["登记证件"], {"证件号": "湘1", "发证日期": "2024-07-10", "有效期止": "2029-07-09"}
    )

    assert stages(page.get(ADDRESS))["已领证"] == ("1", "甲")
    assert "登记证件" not in page.get(ADDRESS).links


@pytest.mark.parametrize(
    ("issued", "drawn"), [("2024-05-24", "0"), ("2024-05-25", "1"), ("2024-12-31", "1")]
)
def test_a_certificate_from_before_the_pass_was_not_drawn_for_it(
    page: Visitor, world: World, issued: str, drawn: str
):
    a_certificate(world, who_passed(world), a_term(issued, "2029-12-31"))

    assert stages(page.get(ADDRESS))["已领证"][0] == drawn


def test_a_retake_counts_from_the_day_it_was_sat(page: Visitor, world: World):
    sitting, officer = a_sitting(world), an_officer(world)
    sat(world, sitting, officer, general=80, special=50)
    retaken(world, sitting, officer, special=70, on="2024-09-01")
    certificate = a_certificate(
        world, officer, a_term("2024-08-31", "2029-08-30"), exception_reason="先发证后补考"
    )
    assert stages(page.get(ADDRESS))["已领证"][0] == "0"

    world.void(certificate)
    a_certificate(world, officer, a_term("2024-09-01", "2029-08-31"), number="补发")

    assert stages(page.get(ADDRESS))["已领证"][0] == "1"


def test_a_certificate_drawn_after_the_year_is_said_and_nobody_is_stuck(
    page: Visitor, world: World
):
    a_certificate(world, who_passed(world), a_term("2025-01-15", "2030-01-14"))

    shown = page.get(ADDRESS)

    assert stages(shown)["已领证"] == ("0", "没有")
    assert "2024-12-31 以后才领证的： 张三" in shown.text
    assert stuck(shown) == {}


def test_what_became_of_the_certificate_does_not_matter_but_a_voided_one_was_never_drawn(
    page: Visitor, world: World
):
    returned = a_certificate(world, who_passed(world, "甲"), a_term("2024-07-01", "2029-06-30"))
    turned(world, returned, CertificateStatus.RETURNED, "2024-08-01")
    voided = a_certificate(world, who_passed(world, "乙"), a_term("2024-07-01", "2029-06-30"))
    world.void(voided)

    assert stages(page.get(ADDRESS))["已领证"] == ("1", "甲")


def test_renewal_exams_voided_officers_and_other_years_are_not_in_it(page: Visitor, world: World):
    renewal = a_sitting(world, title="换证", purpose=SittingPurpose.RENEWAL)
    sat(world, renewal, an_officer(world, "换证的"), general=80, special=80)
    who_passed(world, "上年的", on="2023-05-25")
    world.void(who_passed(world, "作废的"))

    shown = page.get(ADDRESS)

    assert stages(shown)["已报名"] == ("0", "没有")
    assert "没有人停在半路" in shown.text


def test_who_left_meanwhile_is_said(page: Visitor, world: World):
    officer = an_officer(world, "调走的", until="2024-10-01")
    sat(world, a_sitting(world), officer, general=80, special=75)

    assert "已于 2024-10-01 离岗" in page.get(ADDRESS).text


def test_a_part_failed_in_spring_and_open_in_autumn_goes_on_in_autumn(page: Visitor, world: World):
    officer = an_officer(world)
    sat(world, a_sitting(world, "2024-04-01"), officer, general=80, special=50)
    autumn = a_sitting(world, "2024-10-01", title="秋季")
    sat(world, autumn, officer, general=PASSED)

    shown = page.get(ADDRESS)

    assert stuck(shown) == {"张三": ["成绩待登", "专业法律知识", "登记成绩"]}
    assert shown.links["登记成绩"] == f"/certification/sittings/{autumn.id}/results"


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2025-01-20", ["成绩待登", "公共法律知识", "登记成绩"]),
        ("2025-01-21", ["等待 2025-01-21 考试", "公共法律知识", "查看"]),
        ("", ["成绩待登", "公共法律知识", "登记成绩"]),
    ],
)
def test_a_retake_under_way_waits_for_its_day_and_then_for_its_result(
    page: Visitor, world: World, on: str, said: list[str]
):
    sitting, officer = a_sitting(world, special=None), an_officer(world)
    sat(world, sitting, officer, general=40)
    retaken(world, sitting, officer, general=Outcome.PENDING, on=on)

    assert stuck(page.get(ADDRESS)) == {"张三": said}


def test_a_reader_is_led_to_where_it_stands(reader: Visitor, world: World):
    officer = who_passed(world)

    assert reader.get(ADDRESS).links["查看"] == f"/certification/officers/{officer.id}"


def test_a_county_sees_whose_officer_it_is(page: Visitor, world: World):
    county = world.an_office("桃源县司法局", level=OfficeLevel.COUNTY)
    township = world.an_office("枫树镇", under=county)
    officer = an_officer(world, "枫树人", office=township)
    sitting = a_sitting(world, office=township)
    with world.writing() as session:
        exams.register_officers(
            session, scope_of(world, township), sitting.id, [officer.id], RegistrationDraft()
        )
    person = world.a_user(Role.READER, office=county, name="xianju")
    visitor = Visitor(page.app)
    visitor.sign_in(person.name)

    assert stuck(visitor.get(ADDRESS))["枫树人"][:2] == ["枫树镇", "成绩待登"]


@pytest.mark.parametrize("key", ["registered", "sat", "passed", "pass_rate"])
def test_it_is_one_click_from_the_exams_and_from_the_figures(page: Visitor, world: World, key: str):
    who_passed(world)

    assert page.get("/certification/sittings/?year=2024").links["2024年从报名到领证"] == ADDRESS
    assert page.get(f"/yearbook/2024/certification.{key}").links["2024年从报名到领证"] == ADDRESS
    assert "2024年从报名到领证" not in page.get("/yearbook/2024/outreach.events").links


def test_years_that_nothing_can_be_recorded_of_are_not_there(page: Visitor):
    for year in (1990, 2027, 9999):
        page.get(f"/certification/cohort/{year}", status=404)
    assert "至 2025-01-20" in page.get("/certification/cohort/2025").text
