"""Certificates by the day on which they end, and renewing those of a day together."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.certification.support import (
    FAILED,
    PASSED,
    a_certificate,
    a_sitting,
    a_term,
    an_officer,
    own_rule,
    sat,
    scope_of,
    turned,
)
from tests.support.page import Page, Visitor
from tests.support.world import World, day
from tracker.certification.models import Certificate, CertificateTerm, Officer
from tracker.certification.operations import certificates
from tracker.certification.terms import CertificateStatus, SittingPurpose
from tracker.kernel import clock

ADDRESS = "/certification/certificates/ending/"
RENEW = "/certification/certificates/ending/renew?day=2025-10-31"
DAYS = {"发证日期": "2025-1-20", "有效期起": "2025-11-1", "有效期止": "2030-10-31"}


def ending(world: World, name: str, until: str = "2025-10-31") -> Certificate:
    return a_certificate(world, an_officer(world, name), a_term("2020-11-01", until))


def by_name(shown: Page) -> dict[str, list[str]]:
    return {row[0].split()[0]: row[1:] for row in shown.rows}


def terms(world: World) -> list[str]:
    """The terms that begin this year, with their holders."""
    with world.reading() as session:
        found = session.execute(
            select(Officer.name, CertificateTerm.valid_from, CertificateTerm.valid_to)
            .join(Certificate, Certificate.officer_id == Officer.id)
            .join(CertificateTerm, CertificateTerm.certificate_id == Certificate.id)
            .where(CertificateTerm.valid_from > day("2025-01-01"))
        )
        return sorted(f"{name} {first}—{last}" for name, first, last in found)


def test_the_day_of_most_certificates_stands_first_and_its_holders_below(
    page: Visitor, world: World
):
    """It is 20 January 2025."""
    for name in ("甲", "乙", "丙"):
        ending(world, name)
    ending(world, "早", "2025-03-01")
    ending(world, "已过", "2025-01-19")
    turned(world, ending(world, "收"), CertificateStatus.RETURNED, "2025-01-02")

    shown = page.get(ADDRESS)

    assert [row[:3] for row in shown.rows[:2]] == [
        ["2025-10-31 下面列出", "3", "284"],
        ["2025-03-01", "1", "40"],
    ]
    assert sorted(row[0] for row in shown.rows[2:]) == ["丙", "乙", "甲"]
    listed = page.get("/certification/certificates/?ends=2025-10-31")
    assert sorted(row[0] for row in listed.rows) == ["丙", "乙", "甲"]
    assert [row[0] for row in page.get(f"{ADDRESS}?day=2025-03-01").rows[2:]] == ["早"]
    assert page.get(f"{ADDRESS}?day=gestern").rows == shown.rows


def test_a_renewal_counts_from_its_issue(page: Visitor, world: World):
    card = ending(world, "甲")
    ending(world, "乙")
    with world.writing() as session:
        term = a_term("2025-01-20", "2030-10-31", "2025-11-01")
        certificates.add_term(session, scope_of(world), card.id, term, None, clock.today())

    assert [row[:2] for row in page.get(ADDRESS).rows[:2]] == [
        ["2025-10-31 下面列出", "1"],
        ["2030-10-31", "1"],
    ]


def test_holders_stand_with_their_renewal_exam(page: Visitor, world: World):
    renewal: dict[str, Any] = {"purpose": SittingPurpose.RENEWAL, "special": None}
    first = a_sitting(world, "2024-11-20", "换证一", **renewal)
    second = a_sitting(world, "2025-01-10", "换证二", **renewal)
    early = a_sitting(world, "2024-10-31", "太早", **renewal)
    people = {name: an_officer(world, name) for name in ("过", "挂", "等", "早", "无")}
    for officer in people.values():
        a_certificate(world, officer, a_term("2020-11-01", "2025-10-31"))
    sat(world, first, people["过"], general=PASSED)
    sat(world, second, people["过"], general=FAILED)
    sat(world, first, people["挂"], general=FAILED)
    sat(world, second, people["等"])
    sat(world, early, people["早"], general=PASSED)

    shown = by_name(page.get(ADDRESS))

    assert {name: row[2] for name, row in shown.items() if len(row) > 3} == {
        "过": "合格 2024-11-20 换证一",
        "挂": "不合格 2024-11-20 换证一",
        "等": "已报名，待登 2025-01-10 换证二",
        "早": "没有报名",
        "无": "没有报名",
    }


def test_those_of_a_day_are_renewed_in_one_go_after_a_preview(page: Visitor, world: World):
    for name in ("甲", "乙", "丙"):
        ending(world, name)

    preview = page.fill(RENEW, DAYS, press="预览")
    assert "预览：还没有保存" in preview.text
    assert terms(world) == []
    assert [row[1:] for row in preview.rows] == [
        ["2020-11-01 至 2025-10-31", "2025-11-01 至 2030-10-31"]
    ] * 3

    done = page.fill(preview, {}, press="确认换发 3 本")
    assert "已换发 3 本。" in done.message
    assert terms(world) == [f"{name} 2025-11-01—2030-10-31" for name in ("丙", "乙", "甲")]


def test_each_refused_one_is_named_and_nothing_is_half_done(page: Visitor, world: World):
    ending(world, "甲")
    ending(world, "乙")
    typed = {**DAYS, "有效期起": "2025-10-31"}

    refused = page.fill(RENEW, typed, press="预览", status=422)

    said = refused.error_beside("换发哪些证件")
    assert "甲（" in said
    assert "乙（" in said
    assert said.count("重叠") == 2
    assert terms(world) == []


def test_saving_other_days_than_were_shown_shows_them_first(page: Visitor, world: World):
    ending(world, "甲")
    preview = page.fill(RENEW, DAYS, press="预览")
    again = page.fill(preview, {"有效期止": "2028-10-31"}, press="确认换发 1 本")
    assert "2025-11-01 至 2028-10-31" in again.text
    assert terms(world) == []


def test_what_somebody_changed_meanwhile_is_named_with_409(page: Visitor, world: World):
    card = ending(world, "甲")
    ending(world, "乙")
    preview = page.fill(RENEW, DAYS, press="预览")
    with world.writing() as session:
        term = a_term("2025-01-20", "2026-10-31", "2025-11-01")
        certificates.add_term(session, scope_of(world), card.id, term, None, clock.today())

    stale = page.fill(preview, {}, press="确认换发 2 本", status=409)

    assert any("刚才有人改过这些证件" in each and "甲" in each for each in stale.errors)
    assert "乙" not in "".join(stale.errors)
    assert terms(world) == ["甲 2025-11-01—2026-10-31"]
    refused = page.fill(stale, {}, press="预览", status=422)
    assert "甲（" in refused.error_beside("换发哪些证件")


def test_the_certificate_of_somebody_who_left_is_not_renewed(page: Visitor, world: World):
    ending(world, "在岗")
    left = an_officer(world, "离岗", until="2025-01-02")
    a_certificate(world, left, a_term("2020-11-01", "2025-10-31"))
    assert "批量换发（1 本）" in page.get(ADDRESS).text
    assert "离岗" not in page.get(RENEW).text


def test_the_last_day_follows_from_the_offices_rule(page: Visitor, world: World):
    own_rule(world, "certificate_years", "5")
    ending(world, "甲")
    preview = page.fill(RENEW, {**DAYS, "有效期止": ""}, press="预览")
    assert "2025-11-01 至 2030-10-31" in preview.text
    longer = page.fill(preview, {"有效期止": "2031-10-31"}, press="预览")
    assert "超过规则的 5 年（应至 2030-10-31）" in longer.text


def test_another_offices_certificate_cannot_be_renewed(page: Visitor, world: World):
    own = ending(world, "甲")
    other = world.an_office("邻镇")
    theirs = a_certificate(
        world,
        an_officer(world, "邻", office=other),
        a_term("2020-11-01", "2025-10-31"),
        office=other,
    )
    form = page.get(RENEW).form("预览")
    values = {
        **form.values(),
        "valid_to": "2030-10-31",
        "certificate_ids": [str(own.id), str(theirs.id)],
        "preview": "1",
    }
    page.post(RENEW, values, status=422)


def test_a_reader_sees_the_days_and_cannot_renew(reader: Visitor, world: World):
    ending(world, "甲")
    assert "批量换发" not in reader.get(ADDRESS).text
    reader.get(RENEW, status=403)


@pytest.mark.parametrize("button", ["preview", "save"])
@pytest.mark.parametrize(
    "entry",
    [
        {"certificate_ids": ["0"]},
        {"certificate_ids": ["999999999"]},
        {"certificate_ids": ["1; DROP TABLE certificate"]},
        {"certificate_ids": []},
        {"versions": "x:y,1:99999999999999999999"},
        {"versions": ""},
        {"versions": "1:" + "9" * 100_000},
        {"shown": "\x00\u202e"},
        {"valid_from": "9999-99-99"},
        {"valid_to": "2025-10-31"},
        {"issued_on": "2025-01-21"},
        {"issued_on": "<script>"},
    ],
    ids=str,
)
def test_nothing_that_is_sent_does_harm(page: Visitor, world: World, button: str, entry: Any):
    ending(world, "甲")
    sent = {**page.get(RENEW).form("预览").values(), "valid_to": "2030-10-31", button: "1", **entry}

    answer = page.client.post(RENEW, data=sent)

    assert answer.status_code in (200, 409, 422)
    assert terms(world) == []
