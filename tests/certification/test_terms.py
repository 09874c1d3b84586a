"""Terms and the office's rule of years: filled in where left empty, asked about where longer."""

from __future__ import annotations

import pytest

from tests.certification.support import a_certificate, a_term, an_officer, own_rule
from tests.support.page import Visitor
from tests.support.world import World

NEW = "/certification/certificates/new"


def typed(**more: str) -> dict[str, str]:
    return {"持证人": "李四 · 行政", "证件号": "湘1", "发证日期": "2024-07-10"} | more


def test_the_last_day_follows_from_the_rule_where_it_is_left_empty(page: Visitor, world: World):
    own_rule(world, "certificate_years", "5")
    an_officer(world, "李四")
    assert "留空的按规则填：有效期起满 5 年的前一天" in page.get(NEW).text
    assert page.fill(NEW, typed()).facts["有效期止"] == "2029-07-09"


def test_without_a_rule_the_last_day_is_asked_for(page: Visitor, world: World):
    an_officer(world, "李四")
    refused = page.fill(NEW, typed(), status=422)
    assert "请填写有效期止" in refused.error_beside("有效期止")


@pytest.mark.parametrize("last", ["2029-07-09", "2027-07-09"])
def test_a_term_of_the_rule_or_shorter_is_not_asked_about(page: Visitor, world: World, last: str):
    own_rule(world, "certificate_years", "5")
    an_officer(world, "李四")
    assert page.fill(NEW, typed(有效期止=last)).facts["有效期止"] == last


def test_a_longer_term_is_asked_about_once(page: Visitor, world: World):
    own_rule(world, "certificate_years", "5")
    an_officer(world, "李四")
    asked = page.fill(NEW, typed(有效期止="2029-07-10"), status=422)
    assert "超过规则的 5 年（应至 2029-07-09），请核对" in asked.text
    assert page.fill(asked, {}).facts["有效期止"] == "2029-07-10"


def test_a_renewal_begins_after_the_last_term(page: Visitor, world: World):
    """It is 20 January 2025."""
    own_rule(world, "certificate_years", "5")
    card = a_certificate(world, an_officer(world), a_term("2020-03-01", "2025-02-28"))
    address = f"/certification/certificates/{card.id}/terms/new"
    form = page.get(address)
    assert (form.value("发证日期"), form.value("有效期起")) == ("2025-01-20", "2025-03-01")
    renewed = page.fill(form, {})
    assert renewed.rows[0][:4] == ["2025-01-20", "2025-03-01", "2030-02-28", "换发，前后相接"]
