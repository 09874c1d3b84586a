"""Adding photos and files to a record, as an officer does it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from tests.support import pictures
from tests.support.furnishing import document_of, workbook_of
from tests.support.page import Visitor
from tests.support.world import World
from tracker.accounts.terms import Role
from tracker.evidence import refusals
from tracker.evidence.pictures import redraw
from tracker.evidence.sniffing import Form
from tracker.evidence.terms import EvidenceKind
from tracker.offices.models import Office
from tracker.offices.terms import OfficeLevel

from .support import add, colour, content_of, kept, picture_of, store_of


def test_photos_of_an_event_stand_on_its_page(page: Visitor, world: World):
    event = world.an_event("禁毒宣传")
    shown = add(page, event.id, ("IMG_1.jpg", pictures.photo()), ("IMG_2.jpg", pictures.photo()))
    assert shown.h1 == "禁毒宣传"
    assert "已添加 2 个文件" in shown.message
    assert "IMG_1.jpg" in shown.text
    assert [each.number for each in kept(world)] == ["ZZ-2025-001", "ZZ-2025-002"]


def test_nothing_a_phone_writes_down_is_left(page: Visitor, world: World):
    event = world.an_event()
    sent = pictures.photo(icc_profile=b"\0" * 200, dpi=(300, 300))
    assert b"HUAWEI" in sent
    add(page, event.id, ("a.jpg", sent + b"<script>alert(1)</script>PK\x03\x04tail"))
    [file] = kept(world)
    content = content_of(world, file)
    told = (b"Exif", b"HUAWEI", b"GPS", "架桥镇".encode(), b"<script", b"ICC_PROFILE", b"tail")
    for mark in told:
        assert mark not in content
    assert content.endswith(b"\xff\xd9")
    assert not picture_of(world, file).getexif()
    assert "comment" not in picture_of(world, file).info


def test_the_day_it_was_taken_is_kept_before_that(page: Visitor, world: World):
    event = world.an_event()
    shown = add(page, event.id, ("a.jpg", pictures.photo()))
    [file] = kept(world)
    assert str(file.taken_on) == "2024-06-26"
    assert page.click(shown, shown_link(shown, "a.jpg")).facts["拍摄（形成）日期"] == "2024-06-26"


def shown_link(shown, name: str) -> str:
    return next(text for text in shown.links if name in text)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_stand_upright(orientation: int, tmp_path: Path):
    """A phone held sideways says so in EXIF, which is taken away: the picture is turned instead."""
    upright = Image.new("RGB", (300, 200), "white")
    upright.paste((250, 0, 0), (0, 0, 150, 100))  # red stands top left
    turned = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    held = upright.transpose(turned) if turned is not None else upright
    source = tmp_path / "a.jpg"
    source.write_bytes(pictures.saved(held, exif=pictures.exif(orientation)))
    redraw(source, Form.JPEG, tmp_path / "out", tmp_path / "small")
    with Image.open(tmp_path / "out") as found:
        assert found.size == (300, 200)
        red, green, _ = colour(found, (40, 40))
        assert red > 200
        assert green < 60
        assert min(colour(found, (260, 160))) > 200


def test_large_photos_are_kept_at_1600_pixels_with_a_small_one_beside(page: Visitor, world: World):
    event = world.an_event()
    add(page, event.id, ("a.jpg", pictures.photo(4000, 3000)))
    [file] = kept(world)
    assert (file.width, file.height) == (1600, 1200)
    small = page.client.get(f"/evidence/{file.id}/thumbnail")
    assert max(Image.open(BytesIO(small.data)).size) == 480


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "LA", "P", "1", "I;16"])
def test_every_kind_of_png_is_taken(mode: str, tmp_path: Path):
    if mode == "I;16":
        drawn = pictures.picture(2500, 700, "I").point(lambda value: value * 256).convert(mode)
    else:
        drawn = pictures.picture(2500, 700, mode)
    source = tmp_path / "a.png"
    drawn.save(source)
    redraw(source, Form.PNG, tmp_path / "out", tmp_path / "small")
    with Image.open(tmp_path / "out") as found:
        assert found.size == (1600, 448)
        assert max(colour(found, (400, 100))) < 60
        assert min(colour(found, (1200, 100))) > 190


def test_a_large_png_cut_into_strips_is_the_same_picture(tmp_path: Path):
    """Rows are written as differences from the row above, also where a strip begins."""
    drawn = Image.radial_gradient("L").resize((3000, 2900))
    turned = drawn.transpose(Image.Transpose.ROTATE_180)
    drawn = Image.merge("RGB", (drawn, drawn.rotate(90), turned))
    source = tmp_path / "a.png"
    drawn.save(source)
    redraw(source, Form.PNG, tmp_path / "out", tmp_path / "small")
    wanted = drawn.resize((1600, 1547), Image.Resampling.LANCZOS)
    with Image.open(tmp_path / "out") as found:
        assert found.size == wanted.size
        for at in [(x, y) for x in range(5, 1600, 113) for y in range(3, 1547, 31)]:
            near = zip(colour(found, at), colour(wanted, at), strict=True)
            assert all(abs(a - b) < 12 for a, b in near), at


def test_documents_are_kept_as_they_are_and_only_handed_out(page: Visitor, world: World):
    event = world.an_event()
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    word, sheet = document_of("普法")[0].read(), workbook_of("普法")[0].read()
    files = (("方案.pdf", pdf), ("简报.docx", word), ("签到.xlsx", sheet))
    add(page, event.id, *files, kind="document")
    for file, (name, sent) in zip(kept(world), files, strict=True):
        assert content_of(world, file) == sent
        answer = page.client.get(f"/evidence/{file.id}/content")
        assert answer.data == sent
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "filename*=UTF-8''" in answer.headers["Content-Disposition"], name


def test_pictures_are_shown_and_nothing_runs_in_them(page: Visitor, world: World):
    event = world.an_event()
    add(page, event.id, ("赶集.jpg", pictures.photo()))
    [file] = kept(world)
    answer = page.client.get(f"/evidence/{file.id}/content")
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = page.client.get(
        f"/evidence/{file.id}/content", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_one_bad_file_among_ten_loses_none_of_the_others(page: Visitor, world: World):
    event = world.an_event()
    good = [(f"IMG_{n}.jpg", pictures.photo()) for n in range(9)]
    bad = ("动画.svg", b"<svg onload='alert(1)'/>")
    shown = add(page, event.id, *good[:4], bad, *good[4:], status=422)
    assert len(kept(world)) == 9
    assert "已添加 9 个文件" in shown.text
    [error] = shown.errors
    assert error.startswith("动画.svg：不收 SVG 图片")
    assert "JPG" in error


def test_more_than_so_many_at_once_are_told_to_be_sent_again(
    page: Visitor, world: World, monkeypatch
):
    monkeypatch.setattr(refusals, "MOST_FILES", 2)
    event = world.an_event()
    pdf = b"%%PDF-1.4\nstartxref\n%d\n%%%%EOF\n"
    shown = add(page, event.id, *((f"{n}.pdf", pdf % n) for n in range(4)), status=422)
    assert len(kept(world)) == 2
    assert [each.partition("：")[0] for each in shown.errors] == ["2.pdf", "3.pdf"]
    assert "请再传一次" in shown.errors[0]


def test_the_form_says_when_nothing_was_chosen(page: Visitor, world: World):
    event = world.an_event()
    shown = add(page, event.id, status=422)
    assert shown.error_beside("照片和文件") == "请选择要添加的照片或文件"


def test_the_same_photo_twice_on_a_record_is_one_and_it_says_so(page: Visitor, world: World):
    event, other = world.an_event("甲"), world.an_event("乙")
    same = pictures.photo()
    add(page, event.id, ("a.jpg", same))
    shown = add(page, event.id, ("b.jpg", same))
    assert "已有同样的文件，没有重复保存：b.jpg" in shown.message
    assert len(kept(world)) == 1
    add(page, other.id, ("c.jpg", same))
    assert len(kept(world)) == 2
    # Two records, one file and its small one.
    assert len(list(store_of(world).files())) == 2


def test_a_removed_file_is_off_the_record_and_can_be_brought_back(page: Visitor, world: World):
    event = world.an_event()
    add(page, event.id, ("a.jpg", pictures.photo()))
    [file] = kept(world)
    shown = page.fill(f"/evidence/{file.id}/void", {"作废原因": "拍错了"}, press="作废")
    assert "还没有添加照片或文件" in shown.text
    assert "另有 1 个文件已移除" in shown.text
    page.press(shown, "撤销")
    assert "a.jpg" in page.get(f"/outreach/events/{event.id}").text


def test_a_voided_record_keeps_its_files_and_takes_no_more(page: Visitor, world: World):
    event = world.an_event()
    add(page, event.id, ("a.jpg", pictures.photo()))
    world.void(event)
    shown = page.get(f"/outreach/events/{event.id}")
    assert "a.jpg" in shown.text
    assert "添加佐证" not in shown.links
    assert "不能再添加佐证" in page.get(f"/evidence/outreach_event/{event.id}/new").text
    refused = add(page, event.id, ("b.jpg", pictures.photo()), status=422)
    assert refused.errors == ["这条记录已作废，不能再添加佐证。请先撤销作废"]
    [file] = kept(world)
    assert page.client.get(f"/evidence/{file.id}/content").status_code == 200


def test_what_is_said_of_a_file_can_be_changed(page: Visitor, world: World):
    event = world.an_event()
    add(page, event.id, ("a.jpg", pictures.photo()))
    [file] = kept(world)
    shown = page.fill(
        f"/evidence/{file.id}/edit",
        {
            "材料类别": EvidenceKind.SIGN_IN.value,
            "文件说明": "签到表第一页",
            "拍摄（形成）日期": "2024.6.27",
        },
    )
    assert shown.h1 == "签到表第一页"
    assert shown.facts["材料类别"] == "签到表"
    assert shown.facts["拍摄（形成）日期"] == "2024-06-27"


def test_readers_see_files_and_add_none(reader: Visitor, page: Visitor, world: World):
    event = world.an_event()
    add(page, event.id, ("a.jpg", pictures.photo()))
    shown = reader.get(f"/outreach/events/{event.id}")
    assert "a.jpg" in shown.text
    assert "添加佐证" not in shown.links
    assert reader.client.get(f"/evidence/outreach_event/{event.id}/new").status_code in (403, 404)


def test_another_offices_files_are_missing_and_the_county_reads_them(page: Visitor, world: World):
    event = world.an_event()
    add(page, event.id, ("a.jpg", pictures.photo()))
    [file] = kept(world)
    stranger = somebody_of(world, world.an_office("别的镇", "430725116"))
    for ending in ("", "/content", "/thumbnail", "/edit", "/void"):
        assert stranger.client.get(f"/evidence/{file.id}{ending}").status_code == 404, ending
    assert stranger.client.get(f"/evidence/outreach_event/{event.id}/new").status_code == 404
    assert stranger.client.get(f"/evidence/{file.sha256}").status_code == 404
    county = somebody_of(world, world.an_office("某县", "430725", level=OfficeLevel.COUNTY))
    with world.writing() as session:
        below = session.get(Office, world.office_id)
        above = session.scalars(select(Office).where(Office.code == "430725")).one()
        assert below is not None
        below.parent_id = above.id
    assert "a.jpg" in county.get(f"/outreach/events/{event.id}").text
    assert county.client.get(f"/evidence/{file.id}/content").status_code == 200
    assert county.client.get(f"/evidence/{file.id}/edit").status_code == 404


def somebody_of(world: World, office: Office) -> Visitor:
    """A clerk of the office, signed in."""
    world.a_user(Role.CLERK, name=f"jingban{office.code}", office=office)
    person = Visitor(world.app)
    person.sign_in(f"jingban{office.code}")
    return person


def test_files_are_put_on_records_only(page: Visitor):
    for record_type in ("user", "evidence_file", "theme", "keine"):
        assert page.client.get(f"/evidence/{record_type}/1/new").status_code == 404
