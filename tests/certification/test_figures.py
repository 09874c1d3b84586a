"""What the figures of certification say, and why they leave out whom they leave out."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.certification import oracle
from tests.certification.support import (
    ABSENT,
    FAILED,
    PASSED,
    a_certificate,
    a_sitting,
    a_term,
    a_training,
    an_officer,
    registered,
    retaken,
    sat,
    turned,
)
from tests.support.world import World
from tracker.certification.terms import CertificateStatus, SittingPurpose
from tracker.figures.members import OTHERWISE

KEYS = (
    "registered",
    "sat",
    "passed",
    "pass_rate",
    "certificates_issued",
    "certificates_new",
    "certificates_valid",
    "certificates_expiring",
    "officers",
    "holders",
    "holding_rate",
    "trainings",
    "training_attendances",
    "training_hours",
)


def says(world: World, *keys: str, year: int = 2024) -> tuple[object, ...]:
    readings = world.readings(year)
    return tuple(readings[f"certification.{key}"].value for key in keys)


def test_three_registered_two_sat_one_passed(world: World):
    sitting = a_sitting(world)
    sat(world, sitting, an_officer(world, "甲"), general=80, special=75)
    sat(world, sitting, an_officer(world, "乙"), general=80, special=50)
    sat(world, sitting, an_officer(world, "丙"), general=ABSENT, special=ABSENT)
    registered(world, sitting, an_officer(world, "丁"))
    an_officer(world, "戊")

    assert says(world, "registered", "sat", "passed", "pass_rate") == (4, 2, 1, Decimal("0.5"))
    assert world.reasons("certification.passed") == {
        "乙": "考试未全部合格",
        "丙": "未参加考试（缺考或成绩待登）",
        "丁": "未参加考试（缺考或成绩待登）",
        "戊": "本年度没有报名资格考试",
    }


def test_who_passes_the_retake_has_passed_and_counts_once(world: World):
    sitting, officer = a_sitting(world), an_officer(world)
    sat(world, sitting, officer, general=80, special=50)
    retaken(world, sitting, officer, special=62, on="2024-08-01")

    assert says(world, "registered", "sat", "passed") == (1, 1, 1)


def test_a_part_passed_in_spring_and_the_other_in_autumn_make_a_pass(world: World):
    spring, autumn = a_sitting(world, "2024-04-01"), a_sitting(world, "2024-10-01", special=60)
    officer = an_officer(world)
    sat(world, spring, officer, general=80, special=50)
    assert says(world, "passed") == (0,)

    sat(world, autumn, officer, general=ABSENT, special=62)

    assert says(world, "registered", "sat", "passed") == (1, 1, 1)


def test_a_part_that_only_the_second_sitting_has_must_be_passed_too(world: World):
    officer = an_officer(world)
    sat(world, a_sitting(world, "2024-04-01", special=None), officer, general=80)
    assert says(world, "passed") == (1,)

    registered(world, a_sitting(world, "2024-10-01", general=None), officer)

    assert says(world, "sat", "passed") == (1, 0)


def test_a_retake_in_the_next_year_counts_in_the_year_of_the_sitting(world: World):
    sitting, officer = a_sitting(world, "2024-12-20", special=None), an_officer(world)
    sat(world, sitting, officer, general=50)
    retaken(world, sitting, officer, general=70, on="2025-01-15")

    assert says(world, "passed", year=2024) == (1,)
    assert says(world, "passed", "registered", year=2025) == (0, 0)


def test_renewal_exams_and_voided_entries_do_not_count(world: World):
    officer = an_officer(world)
    renewal = a_sitting(world, title="换证", purpose=SittingPurpose.RENEWAL)
    sat(world, renewal, officer, general=80, special=80)
    voided = a_sitting(world, title="作废")
    sat(world, voided, officer, general=80, special=80)
    world.void(voided)
    taken_back = sat(world, a_sitting(world, title="撤回"), officer, general=80, special=80)
    world.void(taken_back)

    assert says(world, "registered", "sat", "passed") == (0, 0, 0)
    assert says(world, "pass_rate") == (None,)


def test_an_officer_with_two_certificates_counts_once(world: World):
    officer = an_officer(world)
    a_certificate(world, officer, a_term("2024-03-01", "2029-02-28"), number="A")
    a_certificate(world, officer, a_term("2024-06-01", "2029-05-31"), number="B")

    assert says(world, "certificates_issued", "certificates_new", "certificates_valid") == (1, 1, 1)


def test_a_renewal_is_issued_but_not_new(world: World):
    a_certificate(
        world,
        an_officer(world),
        a_term("2019-03-01", "2024-02-28"),
        a_term("2024-03-01", "2029-02-28"),
    )

    assert says(world, "certificates_issued", "certificates_new") == (1, 0)
    assert world.reasons("certification.certificates_new") == {"张三": "以前年度已领过证"}


def test_certificates_that_end_within_twelve_months(world: World):
    since = "2025-04-01"
    for name, terms in {
        "期末当天": [a_term("2020-01-01", "2024-12-31")],
        "次日": [a_term("2020-01-01", "2025-01-01")],
        "整一年": [a_term("2020-01-01", "2025-12-31")],
        "更晚": [a_term("2020-01-01", "2026-01-01")],
        "已换发": [a_term("2020-01-01", "2025-03-31"), a_term("2024-12-01", "2030-03-31", since)],
        "次年才换发": [a_term("2020-01-01", "2025-01-05"), a_term("2025-01-06", "2030-01-05")],
        "已过期": [a_term("2019-01-01", "2023-12-31")],
    }.items():
        a_certificate(world, an_officer(world, name), *terms)
    both = an_officer(world, "另有一本")
    a_certificate(world, both, a_term("2020-01-01", "2025-06-30"), number="甲")
    a_certificate(world, both, a_term("2023-01-01", "2027-12-31"), number="乙")

    counted = {member.title for member in world.members_of("certification.certificates_expiring")}

    assert counted == {"次日", "整一年", "次年才换发"}
    assert world.reasons("certification.certificates_expiring") == {
        "期末当天": "证件于期末当天到期",
        "更晚": "证件在十二个月后仍有效",
        "已换发": "证件在十二个月后仍有效",
        "另有一本": "证件在十二个月后仍有效",
        "已过期": "期末没有有效证件",
    }


def test_a_held_certificate_that_runs_longer_is_no_cover(world: World):
    officer = an_officer(world)
    a_certificate(world, officer, a_term("2020-01-01", "2025-06-30"), number="甲")
    held = a_certificate(world, officer, a_term("2023-01-01", "2027-12-31"), number="乙")
    turned(world, held, CertificateStatus.HELD, "2024-05-01")

    assert says(world, "certificates_expiring") == (1,)


def test_enforcement_posts_and_who_of_them_holds_a_certificate(world: World):
    a_certificate(world, an_officer(world, "持证"))
    an_officer(world, "无证")
    a_certificate(world, an_officer(world, "辅助", enforcement=False))
    a_certificate(world, an_officer(world, "当天离岗", until="2024-12-31"))
    an_officer(world, "次日离岗", until="2025-01-01")
    an_officer(world, "未到岗", since="2025-01-01")

    assert says(world, "officers", "holders", "certificates_valid") == (3, 1, 3)
    assert says(world, "holding_rate") == (Decimal("0.3333"),)
    assert world.reasons("certification.holders") == {
        "无证": "期末没有有效证件",
        "次日离岗": "期末没有有效证件",
        "辅助": "不在执法岗位",
        "当天离岗": "期末已离岗",
        "未到岗": "期末尚未到岗",
    }


def test_the_running_year_is_read_today(world: World):
    """It is 20 January 2025: a certificate that ends in February is still valid."""
    a_certificate(world, an_officer(world), a_term("2020-03-01", "2025-02-28"))

    assert says(world, "certificates_valid", "certificates_expiring", year=2025) == (1, 1)


def test_trainings_attendances_and_hours(world: World):
    first, second = an_officer(world, "甲"), an_officer(world, "乙")
    a_training(world, "2024-06-13", "12.5", [first, second])
    a_training(world, "2024-11-07", "7.5", [first])
    a_training(world, "2024-12-01", "1", title="没有名单")
    a_training(world, "2023-11-07", "40", [first], title="上年")
    world.void(a_training(world, "2024-09-01", "30", [first], title="登错"))

    assert says(world, "trainings", "training_attendances", "training_hours") == (3, 3, 21)
    assert world.reasons("certification.training_attendances") == {
        "没有名单": "未登记参训人员",
        "上年": "不在本年度",
        "登错": "已作废",
    }


def test_voided_officers_are_left_out_and_said_so(world: World):
    officer = an_officer(world)
    a_certificate(world, officer)
    sat(world, a_sitting(world), officer, general=FAILED, special=PASSED)
    world.void(officer)

    for key in ("registered", "sat", "certificates_valid", "officers", "holders"):
        assert says(world, key) == (0,)
        assert world.reasons(f"certification.{key}") == {"张三": "已作废"}


@settings(max_examples=12)
@given(seed=st.integers(0, 2**32))
def test_the_figures_agree_with_counting_by_hand(world: World, seed: int):
    office = world.an_office()
    with world.writing() as session:
        oracle.write_at_random(session, office.id, Random(seed))  # no secret
    scope = world.scope(office)

    for year in (2023, 2024, 2025):
        period = world.period(year)
        readings = world.readings(year, scope)
        with world.reading() as session:
            by_hand = oracle.count(session, office.id, period)
        found = {key: readings[f"certification.{key}"].value for key in KEYS}
        assert found == by_hand, year
        assert by_hand["passed"] <= by_hand["sat"] <= by_hand["registered"]
        assert by_hand["holders"] <= by_hand["officers"]
        for key in KEYS:
            left_out = world.left_out_of(f"certification.{key}", year, scope)
            assert OTHERWISE not in {record.reason for record in left_out}, key
