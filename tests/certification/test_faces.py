"""What stands on certificates' faces: one as a card, all as a list to print."""

from __future__ import annotations

from tests.certification.support import a_certificate, a_term, an_officer
from tests.evidence.support import add, kept
from tests.support import pictures
from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.certification.terms import Sex

LIST = "/certification/certificates/faces"


def face(shown: Page) -> dict[str, str]:
    """The card: each thing with what stands beside it."""
    (card,) = [n for n in shown.main.all("dl") if "face-facts" in (n.get("class") or "")]
    heads, texts = card.all("dt"), card.all("dd")
    return {head.text: text.text for head, text in zip(heads, texts, strict=True)}


def test_a_certificate_shows_what_stands_on_its_face(page: Visitor, world: World):
    officer = an_officer(world, "李四", sex=Sex.MALE, station="综合行政执法队")
    card = a_certificate(world, officer, a_term("2022-11-01", "2027-10-31"), number="湘1")
    address = f"/certification/certificates/{card.id}"
    assert face(page.get(address)) == {
        "姓名": "李四（男）",
        "工作单位": "综合行政执法队",
        "证件号": "湘1",
        "执法区域": "—",
        "发证机关": "—",
        "有效期": "2022-11-01 至 2027-10-31",
        "年度审验": "—",
    }

    entered = {"工作单位": "架桥镇人民政府", "年度审验": "2023、2024", "执法区域": "本镇"}
    changed = face(page.fill(f"{address}/edit", entered))
    assert {key: changed[key] for key in entered} == entered


def test_the_latest_picture_marked_as_a_photo_is_the_face(page: Visitor, world: World):
    card = a_certificate(world, an_officer(world, "李四"))
    address = f"/certification/certificates/{card.id}"
    add(page, card.id, ("证.jpg", pictures.photo()), record_type="certificate", kind="copy")
    assert not [i for i in page.get(address).main.all("img") if i.get("alt") == "李四的照片"]

    photo = page.get(address).links["添加照片"]
    assert "kind=photo" in photo
    add(page, card.id, ("脸.jpg", pictures.photo(quality=50)), record_type="certificate")
    file = kept(world)[-1]

    for where in (address, LIST):
        (shown,) = [i for i in page.get(where).main.all("img") if i.get("alt") == "李四的照片"]
        assert shown.get("src") == f"/evidence/{file.id}/thumbnail"


def test_the_list_has_every_certificate_but_voided_ones_and_other_offices(
    page: Visitor, world: World
):
    a_certificate(world, an_officer(world, "李四"), a_term("2020-01-01", "2024-12-31"))
    world.void(a_certificate(world, an_officer(world, "王五")))
    other = world.an_office("邻镇")
    a_certificate(world, an_officer(world, "邻人", office=other), office=other)

    (row,) = page.get(LIST).rows
    assert row[0] == "李四"
    assert row[-1] == "已过期"
