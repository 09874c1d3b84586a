"""Writing the year's report in the browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from tests.reports.support import opened, texts
from tests.support import application
from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.accounts.terms import Role
from tracker.offices.terms import OfficeLevel
from tracker.reports.models import Report, ReportSection

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def begin(person: Visitor, year: int = 2024, **entries: Any) -> Page:
    """Begin a report; returns its page."""
    return person.fill(f"/reports/{year}/start", entries)


def sections(world: World, year: int = 2024) -> dict[str, ReportSection]:
    """The sections of the report by their headings, in their order."""
    with world.reading() as session:
        found = session.scalars(
            select(ReportSection)
            .join(
                Report,
                (Report.id == ReportSection.report_id)
                & (Report.office_id == ReportSection.office_id),
            )
            .where(Report.year == year, ReportSection.voided_at.is_(None))
            .order_by(ReportSection.position, ReportSection.id)
        ).all()
    return {each.heading or "引言": each for each in found}


def named(world: World, part: str) -> ReportSection:
    """The section whose heading holds this."""
    return next(each for heading, each in sections(world).items() if part in heading)


def edit(world: World, part: str) -> str:
    """The address of a section's form."""
    return f"/reports/2024/sections/{named(world, part).id}/edit"


def headings(page: Page) -> list[str]:
    return [node.text for node in page.main.all("h3", "h4", "h5")]


def test_a_report_that_was_not_begun_shows_what_it_would_be(writer: Visitor) -> None:
    page = writer.get("/reports/2024/")
    assert "还没有开始编写" in page.text
    assert "全年举办普法宣传活动 8次" in page.text
    assert "1600多人" in page.text
    assert page.links["8次"] == "/yearbook/2024/outreach.events"
    assert "修改" not in page.links


def test_its_address_without_a_year_leads_to_the_year_being_written(writer: Visitor) -> None:
    assert writer.get("/reports/").url == "/reports/2024/"
    assert writer.get("/").tree.first("nav") is not None
    assert writer.get("/reports/1990/", status=404).status == 404
    assert writer.get("/reports/2030/", status=404).status == 404


def test_a_report_is_begun_from_the_shipped_text(example: World, writer: Visitor) -> None:
    page = begin(writer)
    assert headings(page)[:2] == ["一、主要举措和成效", "（一）加强组织领导，压实法治建设责任"]
    assert len(headings(page)) == 12
    assert page.links["1600多人"] == "/yearbook/2024/outreach.person_times"
    assert "{{outreach.events}}" in named(example, "普法").body
    assert writer.get("/reports/2024/start").url == "/reports/2024/"


def test_beginning_twice_makes_one_report(example: World, writer: Visitor) -> None:
    begin(writer)
    again = writer.post(
        "/reports/2024/start",
        {"start_from": "shipped", "title": "又一份", "signed_by": "示例镇"},
        status=422,
    )
    assert "已经开始编写" in again.text
    with example.reading() as session:
        assert len(session.scalars(select(Report)).all()) == 1


def test_a_section_is_written_with_marks(example: World, writer: Visitor) -> None:
    begin(writer)
    page = writer.fill(
        edit(example, "普法宣传"),
        {"正文": "全年{{普法宣传活动次数}}，上年{{outreach.events|上年}}。\n\n第二段。"},
    )
    assert page.message == "完成： 已保存。"
    assert "全年 8次 ，上年 11次 。" in page.text
    assert named(example, "普法宣传").paragraphs == [
        "全年{{普法宣传活动次数}}，上年{{outreach.events|上年}}。",
        "第二段。",
    ]


def test_what_each_mark_now_says_stands_under_the_text(example: World, writer: Visitor) -> None:
    begin(writer)
    page = writer.get(edit(example, "普法宣传"))
    assert ["{{outreach.person_times}}", "普法宣传参加人次", "1600多人"] in page.rows


def test_every_figure_can_be_copied_from_the_list(example: World, writer: Visitor) -> None:
    begin(writer)
    page = writer.get(edit(example, "公共法律服务"))
    marks = {row[0] for row in page.rows}
    assert {"{{certification.passed}}", "{{next_year}}", "{{worklog.law_exam.times}}"} <= marks
    found = writer.get("/reports/2024/marks?q=顾问").rows
    assert ["{{advisers.serving}}", "在任村（社区）法律顾问", "3人"] in found
    assert not [row for row in found if row[0] == "{{outreach.events}}"]
    assert "没有符合条件的标记" in writer.get("/reports/2024/marks?q=查无此数").text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "开展{{outreach.event}}。",
            "没有叫「outreach.event」的数字，是不是 {{outreach.events}}？",
        ),
        ("开展{{outreach.events|去年}}。", "不认识选项「去年」，是不是 上年？"),
        ("开展{{outreach.events。", "花括号不成对"),
        ("开展{{outreach.{{outreach.events}}}}。", "花括号不成对"),
        ("胜诉率{{worklog.litigation.success_rate}}。", "无法统计，请补登记录，或改写、删去这句话"),
    ],
)
def test_a_mark_that_says_nothing_is_refused_and_the_text_kept(
    example: World, writer: Visitor, text: str, message: str
) -> None:
    begin(writer)
    before = named(example, "普法宣传")
    page = writer.fill(edit(example, "普法宣传"), {"正文": f"第一句。{text}"}, status=422)
    beside = page.error_beside("正文")
    assert message in beside
    assert "深入开展普法宣传" in beside
    assert page.value("正文") == f"第一句。{text}"
    assert named(example, "普法宣传").version == before.version


def test_a_text_that_is_too_long_is_refused_with_its_length(
    example: World, writer: Visitor
) -> None:
    begin(writer)
    page = writer.fill(edit(example, "普法宣传"), {"正文": "字" * 100_000}, status=422)
    assert page.error_beside("正文") == "正文请勿超过 20000 字，现有 100000 字"
    assert page.value("正文") == "字" * 100_000


def test_markup_and_control_characters_are_text(example: World, writer: Visitor) -> None:
    begin(writer)
    page = writer.fill(
        edit(example, "普法宣传"), {"正文": "<script>alert(1)</script>\x00\x07\u202e结束。"}
    )
    assert "<script>alert(1)</script>结束。" in page.text
    assert not page.main.all("script")
    data = writer.client.get("/reports/2024/draft.docx").data
    assert "<script>alert(1)</script>结束。" in texts(opened(data))


def test_a_heading_needs_no_number_and_gets_its_own(example: World, writer: Visitor) -> None:
    begin(writer)
    page = writer.fill(
        "/reports/2024/sections/new",
        {
            "标题": "（十二）推进依法治校",
            "正文": "开展法治副校长工作。",
            "层次": "二级标题：（一）",
            "排在哪一节后面": named(example, "矛盾纠纷").heading,
        },
    )
    assert "（九）推进依法治校" in headings(page)
    assert list(sections(example))[10] == "推进依法治校"


def test_an_opening_with_a_heading_is_refused_rather_than_cut(
    example: World, writer: Visitor
) -> None:
    begin(writer)
    page = writer.fill(edit(example, "引言"), {"标题": "前言"}, status=422)
    assert page.error_beside("标题") == "引言没有标题，请清空标题，或者改选其他层次"


def test_a_point_without_a_part_above_it_is_shown_and_numbered(
    example: World, writer: Visitor
) -> None:
    begin(writer)
    page = writer.fill(
        "/reports/2024/sections/new",
        {
            "标题": "一件小事",
            "层次": "三级标题：1.",
            "排在哪一节后面": named(example, "不足").heading,
        },
    )
    assert "1.一件小事" in headings(page)


def test_a_section_without_a_heading_is_refused(writer: Visitor) -> None:
    begin(writer)
    page = writer.fill("/reports/2024/sections/new", {"正文": "没有标题。"}, status=422)
    assert page.error_beside("标题") == "请填写标题；只有引言没有标题"


def move(person: Visitor, world: World, part: str, where: str) -> Page:
    address = f"/reports/2024/sections/{named(world, part).id}/move"
    return person.post(address, {"direction": where})


def test_a_chapter_is_moved_with_what_stands_under_it(example: World, writer: Visitor) -> None:
    begin(writer)
    page = move(writer, example, "第一责任人", "up")
    found = headings(page)
    assert found[0] == "一、党政主要负责人履行推进法治建设第一责任人职责情况"
    assert found[1:3] == ["二、主要举措和成效", "（一）加强组织领导，压实法治建设责任"]
    assert found[-1] == "四、2025年度主要安排"
    page = move(writer, example, "第一责任人", "up")
    assert "已经在最前面" in page.message


def test_a_part_is_moved_within_its_chapter(example: World, writer: Visitor) -> None:
    begin(writer)
    page = move(writer, example, "学法用法", "down")
    assert headings(page)[2:4] == [
        "（二）坚持依法决策，严把合法性审查关",
        "（三）抓好学法用法，提升干部法治素养",
    ]
    assert "已经在最后面" in move(writer, example, "矛盾纠纷", "down").message


def test_a_section_taken_out_can_be_put_back(example: World, writer: Visitor) -> None:
    begin(writer)
    address = f"/reports/2024/sections/{named(example, '政务公开').id}/void"
    page = writer.fill(address, {"作废原因": "本年没有"}, press="作废")
    assert len(headings(page)) == 11
    kept = writer.click(page, "依法履行职能，推进政务公开")
    assert "本年没有" in kept.text
    assert "围绕群众关心的" in kept.text
    assert "（四）规范行政执法，加强执法队伍建设" in headings(page)
    page = writer.press(page, "撤销")
    assert "（四）依法履行职能，推进政务公开" in headings(page)


def test_two_people_who_change_one_section_see_both_texts(example: World, writer: Visitor) -> None:
    begin(writer)
    form = writer.get(edit(example, "不足"))
    writer.fill(edit(example, "不足"), {"正文": "先保存的文字。"})
    page = writer.fill(form, {"正文": "后保存的文字。"}, status=409)
    assert ["正文", "先保存的文字。", "后保存的文字。"] in page.rows
    assert page.value("正文") == "后保存的文字。"
    writer.fill(page, {})
    assert named(example, "不足").body == "后保存的文字。"


def test_sentences_left_out_are_offered_in_the_editor(world: World, page: Visitor) -> None:
    begin(page)
    shown = page.get(edit(world, "普法宣传"))
    assert "范本里有、这一节还没写的句子" in shown.text
    assert "全年举办普法宣传活动{{outreach.events}}。" in shown.text
    world.an_event(on="2024-05-20", headcount=30)
    page.fill(edit(world, "普法宣传"), {"正文": "全年举办普法宣传活动{{outreach.events}}。"})
    assert "全年举办普法宣传活动{{outreach.events}}。" not in [
        node.text for node in page.get(edit(world, "普法宣传")).main.all("li")
    ]


def test_settings_change_title_signature_and_day(example: World, writer: Visitor) -> None:
    begin(writer)
    page = writer.fill(
        "/reports/2024/edit",
        {
            "报告标题": "{{office}}人民政府{{year}}年法治政府建设工作报告",
            "主送机关": "县委：",
            "署名": "示例镇人民政府",
            "成文日期": "2025年3月8日",
        },
    )
    assert "示例镇人民政府2024年法治政府建设工作报告" in page.text.replace(" ", "")
    data = writer.client.get("/reports/2024/draft.docx").data
    found = texts(opened(data))
    assert found[0] == "示例镇人民政府2024年法治政府建设工作报告"
    assert "县委：" in found
    assert "2025年3月8日" in found
    wrong = writer.fill("/reports/2024/edit", {"报告标题": "{{offic}}报告"}, status=422)
    assert "没有叫「offic」的数字，是不是 {{office}}？" in wrong.error_beside("报告标题")


def test_the_draft_is_a_word_file(writer: Visitor) -> None:
    answer = writer.client.get("/reports/2024/draft.docx")
    assert answer.status_code == 200
    assert answer.mimetype == DOCX
    assert "20250120.docx" in answer.headers["Content-Disposition"]
    assert "现场参加群众1600多人" in "".join(texts(opened(answer.data)))


def test_a_draft_with_a_mark_that_came_to_say_nothing_is_refused(
    world: World, page: Visitor
) -> None:
    event = world.an_event(on="2024-05-20", headcount=30)
    begin(page)
    world.void(event)
    world.an_event(on="2024-05-21")
    shown = page.get("/reports/2024/")
    assert "有 1 处写不出来" in shown.text
    answer = page._follow(page.client.get("/reports/2024/draft.docx"), 200)
    assert "〔（六）深入开展普法宣传，增强群众法治意识〕" in answer.message
    assert "「普法宣传参加人次」2024年无法统计" in answer.message


# ----------------------------------------------------------------------------- last year's text


def test_last_years_text_is_copied_with_this_years_numbers(example: World, writer: Visitor) -> None:
    begin(writer, 2023)
    last = next(e for h, e in sections(example, 2023).items() if "普法宣传" in h)
    writer.fill(
        f"/reports/2023/sections/{last.id}/edit",
        {"正文": "举办活动{{outreach.events}}。\n2023年的做法得到肯定。"},
    )
    page = begin(writer, 2024)
    assert "举办活动 8次 。" in page.text
    assert "普法宣传活动次数：上年 11次，本年 8次" in page.text
    assert "这一段写着上年的年份" in page.text
    assert "沿用上年、待核对" not in page.text
    assert "沿用上年，待核对" in page.text
    assert re.search(r"有 \d+ 段沿用上年的文字", page.text)
    assert "四、2025年度主要安排" in headings(page)


def test_paragraphs_of_last_year_are_marked_until_somebody_confirms_or_changes_them(
    example: World, writer: Visitor
) -> None:
    begin(writer, 2023)
    begin(writer, 2024)
    section = named(example, "普法宣传")
    assert section.unconfirmed == [0, 1]
    address = f"/reports/2024/sections/{section.id}/confirm"
    writer.post(address, {"version": section.version, "place": "0"})
    assert named(example, "普法宣传").unconfirmed == [1]
    body = named(example, "普法宣传").body
    writer.fill(edit(example, "普法宣传"), {"正文": body + "\n新写的一段。"})
    assert named(example, "普法宣传").unconfirmed == [1]
    writer.fill(edit(example, "普法宣传"), {"正文": "全部重写。"})
    assert named(example, "普法宣传").unconfirmed == []
    section = named(example, "学法用法")
    writer.post(f"/reports/2024/sections/{section.id}/confirm", {"version": section.version})
    assert named(example, "学法用法").unconfirmed == []


def test_a_text_changed_meanwhile_is_not_confirmed_unseen(example: World, writer: Visitor) -> None:
    begin(writer, 2023)
    begin(writer, 2024)
    section = named(example, "普法宣传")
    writer.fill(edit(example, "普法宣传"), {"正文": section.body + "\n又一段。"})
    address = f"/reports/2024/sections/{section.id}/confirm"
    page = writer.post(address, {"version": section.version})
    assert "已被修改" in page.message
    assert named(example, "普法宣传").unconfirmed == [0, 1]


def test_without_a_report_of_last_year_there_is_nothing_to_copy(writer: Visitor) -> None:
    page = writer.fill("/reports/2024/start", {"从哪里开始": "上年的报告"}, status=422)
    assert page.error_beside("从哪里开始") == "没有 2023 年的报告可以沿用，请改选「范本」"


# ----------------------------------------------------------------------------- who may do what


def test_a_reader_sees_the_report_and_changes_nothing(
    world: World, page: Visitor, reader: Visitor
) -> None:
    begin(page)
    shown = reader.get("/reports/2024/")
    assert "修改" not in shown.links
    assert reader.client.get("/reports/2024/draft.docx").status_code == 200
    section = named(world, "普法宣传")
    base = f"/reports/2024/sections/{section.id}"
    for address in ("/reports/2024/edit", "/reports/2024/sections/new", "/reports/2025/start"):
        assert reader.client.get(address).status_code == 403
    for address in (f"{base}/edit", f"{base}/void"):
        assert reader.client.get(address).status_code == 404
    for address in (f"{base}/move", f"{base}/confirm", "/reports/2024/editions/new"):
        reader.post(address, status=403)
    assert named(world, "普法宣传").version == section.version


def test_other_offices_are_not_found_and_the_county_reads(world: World, page: Visitor) -> None:
    begin(page)
    with world.reading() as session:
        office_id = session.scalars(select(Report.office_id)).one()
    section = named(world, "普法宣传")
    other = world.an_office("邻镇", "NEIGHBOUR")
    world.a_user(Role.CLERK, name="linzhen", office=other)
    neighbour = Visitor(world.app)
    neighbour.sign_in("linzhen", application.PASSWORD)
    assert "还没有开始编写" in neighbour.get("/reports/2024/").text
    for address in (
        f"/reports/2024/?office={office_id}",
        f"/reports/2024/draft.docx?office={office_id}",
        f"/reports/2024/sections/{section.id}",
        f"/reports/2024/sections/{section.id}/edit",
    ):
        assert neighbour.client.get(address).status_code == 404


def test_a_county_reads_its_townships_reports(world: World) -> None:
    county = world.an_office("甲县", "COUNTY", level=OfficeLevel.COUNTY)
    township = world.an_office("乙镇", "TOWN", under=county)
    world.a_user(Role.CLERK, name="yizhen", office=township)
    world.a_user(Role.CLERK, name="xianren", office=county)
    world.an_event(on="2024-05-20", headcount=30, office=township)
    clerk, person = Visitor(world.app), Visitor(world.app)
    clerk.sign_in("yizhen", application.PASSWORD)
    person.sign_in("xianren", application.PASSWORD)
    begin(clerk)
    page = person.get("/reports/2024/")
    page = person.click(page, "乙镇")
    assert "乙镇：正文里的每个数字都取自台账" in page.text
    assert "1次" in page.text
    assert "修改" not in page.links
    answer = person.client.get(page.links["下载草稿（Word）"])
    assert "乙镇2024年法治政府建设年度报告" in texts(opened(answer.data))
    section = named(world, "普法宣传")
    person.post(f"/reports/2024/sections/{section.id}/move", status=404)
    assert person.client.get(f"/reports/2024/sections/{section.id}/edit").status_code == 404


def test_pages_speak_english(example: World, writer: Visitor) -> None:
    begin(writer)
    writer.read_in("en")
    assert writer.get("/reports/2024/").h1 == "Report on 2024"
    assert "Insert" not in writer.get(edit(example, "普法宣传")).text
    page = writer.fill(
        edit(example, "普法宣传"), {"Text": "{{outreach.event}}"}, press="Save", status=422
    )
    assert "there is no figure called “outreach.event”" in page.error_beside("Text")
