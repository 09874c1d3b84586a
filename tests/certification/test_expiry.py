"""Certificates that end soon, have ended or are to be taken back, on a chosen day."""

from __future__ import annotations

import pytest

from tests.certification.support import a_certificate, a_term, an_officer, own_rule, turned
from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.certification.queries.expiry import expiry_on
from tracker.certification.terms import CertificateStatus
from tracker.kernel import clock
from tracker.kernel.scope import Scope
from tracker.offices.queries import offices_below
from tracker.offices.terms import OfficeLevel

ADDRESS = "/certification/certificates/expiring"


def bands(shown: Page) -> dict[str, list[str]]:
    """The names in each band, by its heading, in order."""
    return {heading: [name for _, name in those] for heading, those in _bands(shown).items()}


def last_days(shown: Page) -> dict[str, list[str]]:
    """The captions of each band's tables."""
    return {
        heading: list(dict.fromkeys(caption for caption, _ in those))
        for heading, those in _bands(shown).items()
    }


def _bands(shown: Page) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for node in shown.main.all("h2", "table"):
        if node.tag == "h2":
            heading = node.text.partition("（")[0]
            found[heading] = []
        elif node.tag == "table":
            caption = node.all("caption")[0].text
            rows = [head.text for head in node.all("th", scope="row")]
            found[heading] += [(caption, name.split()[0]) for name in rows]
    return found


def ending(world: World, name: str, until: str, *, left: str = "") -> None:
    a_certificate(world, an_officer(world, name, until=left), a_term("2020-02-01", until))


def test_the_bands_of_a_day(page: Visitor, world: World):
    """It is 20 January 2025."""
    for name, until in {
        "昨天": "2025-01-19",
        "今天": "2025-01-20",
        "三十": "2025-02-19",
        "三一": "2025-02-20",
        "九十": "2025-04-20",
        "九一": "2025-04-21",
        "百八": "2025-07-19",
        "百八一": "2025-07-20",
    }.items():
        ending(world, name, until)

    assert bands(page.get(ADDRESS)) == {
        "已过期，仍在册": ["昨天"],
        "30 天内到期": ["今天", "三十"],
        "31 至 90 天内到期": ["三一", "九十"],
        "91 至 180 天内到期": ["九一", "百八"],
    }
    assert bands(page.get(f"{ADDRESS}?day=2025.1.19"))["30 天内到期"] == ["昨天", "今天"]


def test_cards_that_end_on_one_day_stand_together(page: Visitor, world: World):
    for name in ("甲", "乙", "丙"):
        ending(world, name, "2025-03-31")
    ending(world, "丁", "2025-03-01")

    assert last_days(page.get(ADDRESS)) == {
        "31 至 90 天内到期": ["有效期止 2025-03-01，1 本", "有效期止 2025-03-31，3 本"]
    }


def test_each_row_leads_to_its_renewal_which_settles_it(page: Visitor, world: World):
    ending(world, "甲", "2025-03-31")
    shown = page.get(ADDRESS)
    assert shown.links["换发"] == "/certification/certificates/1/terms/new"

    renewed = {"发证日期": "2025-01-20", "有效期起": "2025-04-01", "有效期止": "2030-03-31"}
    page.fill(shown.links["换发"], renewed)

    assert "没有要处理的证件" in page.get(ADDRESS).text
    assert bands(page.get(f"{ADDRESS}?day=2025-01-19")) == {"31 至 90 天内到期": ["甲"]}


def test_the_card_of_somebody_who_left_is_to_be_returned_in_one_form(page: Visitor, world: World):
    ending(world, "调走的", "2027-12-31", left="2024-12-01")
    shown = page.get(ADDRESS)
    assert bands(shown) == {"应收回：持证人已离岗": ["调走的"]}
    assert "2024-12-01 离岗" in shown.text

    entry = page.get(shown.links["登记收回"])
    assert entry.value("change") == "returned"
    page.fill(entry, {"原因": "调离执法岗位"})

    assert "没有要处理的证件" in page.get(ADDRESS).text


def test_who_left_is_in_no_band_and_who_leaves_later_still_is(page: Visitor, world: World):
    ending(world, "已离岗", "2025-03-31", left="2025-01-20")
    ending(world, "将离岗", "2025-03-31", left="2025-01-21")

    assert bands(page.get(ADDRESS)) == {
        "应收回：持证人已离岗": ["已离岗"],
        "31 至 90 天内到期": ["将离岗"],
    }


def test_an_ended_card_stays_listed_until_somebody_sees_to_it(page: Visitor, world: World):
    ending(world, "过期离岗", "2024-06-30", left="2024-12-01")
    cancelled = a_certificate(world, an_officer(world, "注销"), a_term("2019-01-01", "2024-06-30"))
    turned(world, cancelled, CertificateStatus.CANCELLED, "2024-07-01")
    world.void(a_certificate(world, an_officer(world, "作废"), a_term("2019-01-01", "2024-06-30")))
    world.void(an_officer(world, "无关"))

    shown = page.get(ADDRESS)

    assert bands(shown) == {"已过期，仍在册": ["过期离岗"]}
    assert shown.links["登记收回"].endswith("/status/new?change=returned")


def test_held_cards_and_cards_of_voided_officers_are_not_listed(page: Visitor, world: World):
    held = a_certificate(world, an_officer(world, "暂扣"), a_term("2020-02-01", "2025-02-01"))
    turned(world, held, CertificateStatus.HELD, "2025-01-20")
    officer = an_officer(world, "登错的人")
    a_certificate(world, officer, a_term("2020-02-01", "2025-02-01"))
    world.void(officer)

    assert bands(page.get(ADDRESS)) == {}
    assert bands(page.get(f"{ADDRESS}?day=2025-01-19")) == {"30 天内到期": ["暂扣"]}


@pytest.mark.parametrize("typed", ["没有这天", "2025-02-30", "1200-01-01"])
def test_what_is_no_day_is_said_and_stays(page: Visitor, world: World, typed: str):
    ending(world, "甲", "2025-02-01")

    shown = page.get(f"{ADDRESS}?day={typed}")

    assert shown.main.the("input", name="day").get("value") == typed
    assert "请填写一个日期" in shown.text
    assert bands(shown) == {"30 天内到期": ["甲"]}


def test_a_reader_sees_the_bands_and_no_act(reader: Visitor, world: World):
    ending(world, "甲", "2025-02-01")

    shown = reader.get(ADDRESS)

    assert bands(shown) == {"30 天内到期": ["甲"]}
    assert "换发" not in shown.links


def test_it_is_one_click_from_the_certificates(page: Visitor):
    assert page.get("/certification/certificates/").links["到期和应收回"] == ADDRESS


def test_a_change_named_in_the_address_must_be_one(page: Visitor, world: World):
    certificate = a_certificate(world, an_officer(world))
    address = f"/certification/certificates/{certificate.id}/status/new"

    assert page.get(f"{address}?change=lost").value("change") == "lost"
    assert page.get(f"{address}?change=nonsense").value("change") == ""


def test_the_bands_are_the_offices_own_rule(page: Visitor, world: World):
    own_rule(world, "expiry_bands", "400/60")
    for name, until in {"六十": "2025-03-21", "六一": "2025-03-22", "四百": "2026-02-24"}.items():
        ending(world, name, until)
    ending(world, "更晚", "2026-02-25")

    assert bands(page.get(ADDRESS)) == {
        "60 天内到期": ["六十"],
        "61 至 400 天内到期": ["六一", "四百"],
    }


def test_an_office_without_bands_still_lists_what_has_ended(page: Visitor, world: World):
    own_rule(world, "expiry_bands", "")
    ending(world, "明天", "2025-01-21")
    ending(world, "昨天", "2025-01-19")

    assert bands(page.get(ADDRESS)) == {"已过期，仍在册": ["昨天"]}


def test_a_county_sees_each_township_by_its_own_bands(world: World):
    """Of two townships, one is told 60 days before, the other 30."""
    county = world.an_office("桃源县司法局", level=OfficeLevel.COUNTY)
    for name, rule in (("甲镇", "60"), ("乙镇", "30")):
        township = world.an_office(name, under=county)
        own_rule(world, "expiry_bands", rule, office=township)
        for days, until in (("近", "2025-02-10"), ("远", "2025-03-10")):
            officer = an_officer(world, f"{name}{days}", office=township)
            a_certificate(world, officer, a_term("2020-02-01", until), office=township)
    with world.reading() as session:
        seen = offices_below(session, county.id)
        scope = Scope((county.id, *(each.id for each in seen)), county.id)
        found = expiry_on(session, scope, clock.today())
        those = {
            (band.above, band.days): [
                each.officer.name for ending in band.endings for each in ending.certificates
            ]
            for band in found.bands
        }
    assert {key: sorted(names) for key, names in those.items()} == {
        (None, 30): ["乙镇近"],
        (None, 60): ["甲镇近", "甲镇远"],
        (30, 90): [],
        (90, 180): [],
    }


def test_who_leaves_with_a_valid_certificate_is_asked_for_its_return(page: Visitor, world: World):
    officer = an_officer(world, "调走的")
    card = a_certificate(world, officer, a_term("2022-01-01", "2026-12-31"), number="湘A1")
    a_certificate(world, officer, a_term("2020-01-01", "2024-12-31"), number="已过期")
    edit = f"/certification/officers/{officer.id}/edit"

    asked = page.fill(edit, {"离岗日期": "2024-12-31", "离岗原因": "调县局"})
    assert (
        "调走的已于 2024-12-31 离岗，下面的证件还有效，请收回后登记。 湘A1 登记收回" in asked.text
    )
    assert list(asked.links).count("登记收回") == 1

    entry = page.click(asked, "登记收回")
    assert (entry.value("变动"), entry.value("起始日期"), entry.value("原因")) == (
        "returned",
        "2024-12-31",
        "调县局",
    )
    done = page.fill(entry, {})
    assert f"/certification/certificates/{card.id}" in done.url
    assert "请收回后登记" not in page.fill(edit, {"备注": "已办结"}).text


def test_who_leaves_later_or_without_a_certificate_is_not_asked(page: Visitor, world: World):
    later, none = an_officer(world, "将走的"), an_officer(world, "无证的")
    a_certificate(world, later)
    for officer, until in ((later, "2025-01-21"), (none, "2025-01-01")):
        saved = page.fill(f"/certification/officers/{officer.id}/edit", {"离岗日期": until})
        assert "请收回后登记" not in saved.text


def test_the_days_between_two_terms_are_shown(page: Visitor, world: World):
    card = a_certificate(
        world,
        an_officer(world),
        a_term("2014-06-01", "2019-05-31"),
        a_term("2019-06-01", "2024-05-31"),
        a_term("2024-07-01", "2029-06-30"),
    )
    shown = page.get(f"/certification/certificates/{card.id}")
    assert [row[3] for row in shown.rows] == [
        "换发，间断 30 天 2024-06-01 至 2024-06-30",
        "换发，前后相接",
        "首次发证",
    ]
