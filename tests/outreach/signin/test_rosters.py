"""The office's side: the roster, what it adds up to, and what it says to the headcount."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import select

from tests.outreach.signin.support import (
    TOMORROW,
    Phone,
    a_class,
    open_event,
    roster_of,
    sign_on_paper,
    signed,
)
from tests.support.application import TODAY
from tests.support.command_line import Line
from tests.support.page import Visitor
from tests.support.world import World
from tracker.audit.models import ChangeLog
from tracker.figures.closing.readiness import findings
from tracker.kernel.errors import RuleBroken
from tracker.kernel.headcount import CountBasis
from tracker.offices.terms import OfficeLevel
from tracker.outreach.models import OutreachEvent
from tracker.outreach.signin import queries
from tracker.outreach.signin.drafts import AttendanceDraft
from tracker.outreach.signin.models import Attendance, EventRoster
from tracker.outreach.signin.operations import roster, switching
from tracker.outreach.signin.terms import EntryKind
from tracker.outreach.terms import EventState


def place(event: OutreachEvent, more: str = "") -> str:
    return f"/outreach/events/{event.id}/sign-in{more}"


def said_by(line: Line, *words: object, exit_code: int = 0) -> Any:
    """What a command answers, as JSON where it is asked for that."""
    result = line(*(str(word) for word in words))
    assert result.exit_code == exit_code, result.output
    return json.loads(result.stdout) if "--json" in words else result.stdout


def sum_on(page: Visitor, event: OutreachEvent) -> str:
    """What the sign-in page says of who was there."""
    shown = page.get(place(event))
    return next(p.text for p in shown.main.all("p") if "data-counts" in p.attrs)


def test_the_page_adds_up_who_signed_and_who_did_not(app: Flask, world: World, page: Visitor):
    event, code = open_event(world)
    assert sum_on(page, event) == "签到 0 + 未签到到场 0 = 合计 0"
    Phone(app, code).sign("张三")
    sign_on_paper(world, event, "李四", "王五")
    page.fill(place(event, "/walk-ins"), {"未签到到场人数": "12"})
    assert sum_on(page, event) == "签到 3 + 未签到到场 12 = 合计 15"
    counts = page.get(place(event, "/counts")).json
    assert counts == {"signed": 3, "walk_ins": 12, "total": 15, "open": True}


def test_signing_in_changes_neither_the_event_nor_its_version(
    app: Flask, world: World, page: Visitor
):
    event, code = open_event(world)
    form = page.get(f"/outreach/events/{event.id}/edit")
    Phone(app, code).sign("张三")
    assert world.again(event).version == 1
    assert world.again(event).headcount is None
    page.fill(form, {"备注": "现场很热闹"})


def test_taking_the_roster_over_makes_it_the_headcount_by_sign_in(
    app: Flask, world: World, page: Visitor
):
    event, code = open_event(world, kind=EntryKind.PERSON)
    Phone(app, code).sign("张三")
    a_class(world, event, "三年级2班", 42)
    page.fill(place(event, "/walk-ins"), {"未签到到场人数": "7"})
    shown = page.press(page.get(place(event)), "采用签到人数")
    assert "参加人次已改为 50，计数方式为签到" in shown.message
    found = world.again(event)
    assert (found.headcount, found.count_basis) == (50, CountBasis.SIGNED_IN)
    assert found.version == 2
    assert world.value("outreach.person_times", 2025) == 50


def test_a_planned_event_that_was_taken_over_was_held(world: World, page: Visitor):
    event = world.an_event("计划中的", TODAY, state=EventState.PLANNED)
    sign_on_paper(world, event, "张三")
    page.press(page.get(place(event)), "采用签到人数")
    assert world.again(event).state is EventState.HELD


@pytest.mark.parametrize("why", ["nobody", "future"])
def test_there_are_rosters_that_cannot_be_taken_over(world: World, page: Visitor, why: str):
    day = TOMORROW if why == "future" else TODAY
    event = world.an_event("普法", day, state=EventState.PLANNED)
    if why == "future":
        sign_on_paper(world, event, "来早了的人")
    shown = page.press(page.get(place(event)), "采用签到人数")
    said = {"nobody": "还没有人签到", "future": "活动还没有举办"}[why]
    assert said in shown.message
    assert world.again(event).headcount is None


def test_people_on_the_paper_sheet_are_entered_one_after_another(world: World, page: Visitor):
    world.a_village("架桥村")
    event = world.an_event("普法赶集", TODAY)
    form = page.click(page.get(place(event)), "补录签到")
    form = page.fill(form, {"姓名或班级": "张三", "村（社区）": "架桥村"}, press="保存并再登一条")
    assert form.value("name") == "", "the next one at once"
    shown = page.fill(form, {"姓名或班级": "李四"})
    assert [row[0] for row in shown.rows] == ["李四", "张三"]
    assert [row[2] for row in shown.rows] == ["其他", "架桥村"]
    assert all(row[4] == "补录" for row in shown.rows)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"姓名或班级": ""}, "请填写姓名或班级"),
        ({"姓名或班级": "430725199001011234"}, "这里只填姓名，请不要填身份证号或电话号码"),
        ({"姓名或班级": "张三", "人数": "3"}, "按个人登记的每行 1 人"),
        ({"姓名或班级": "三年级", "登记方式": "班级"}, "请填写这个班的人数"),
        ({"姓名或班级": "张三", "联系电话": "不知道"}, "电话请填 6 到 20 位数字"),
    ],
)
def test_what_a_roster_does_not_take(
    world: World, page: Visitor, entry: dict[str, Any], message: str
):
    event = world.an_event("普法赶集", TODAY)
    shown = page.fill(place(event, "/new"), entry, status=422)
    assert message in shown.errors[0]
    assert signed(world, event) == []


def test_a_wrong_row_is_struck_out_with_a_reason_and_can_be_put_back(world: World, page: Visitor):
    event = world.an_event("普法赶集", TODAY)
    sign_on_paper(world, event, "张三", "写错了")
    row = page.click(page.get(place(event)), "写错了")
    shown = page.fill(page.click(row, "划掉"), {"作废原因": "同一人签了两次"}, press="作废")
    assert "已划掉：写错了" in shown.message
    assert sum_on(page, event) == "签到 1 + 未签到到场 0 = 合计 1"
    struck = page.get(place(event, "?voided=1"))
    assert struck.rows[0][0] == "写错了"
    assert "同一人签了两次" in struck.rows[0]
    page.press(page.get(struck.links["写错了"]), "撤销作废")
    assert sum_on(page, event) == "签到 2 + 未签到到场 0 = 合计 2"


def test_the_roster_is_searched_and_taken_away(world: World, page: Visitor):
    village = world.a_village("青山社区")
    event = world.an_event("普法赶集", TODAY)
    sign_on_paper(world, event, "张三", "李四")
    sign_on_paper(world, event, "王五", village_id=village.id)
    assert [row[0] for row in page.get(place(event, "?q=李")).rows] == ["李四"]
    assert [row[0] for row in page.get(place(event, "?q=青山")).rows] == ["王五"]
    answer = page.client.get(place(event, "?export=xlsx"))
    assert answer.data[:2] == b"PK"


def test_a_long_roster_is_shown_page_by_page(world: World, page: Visitor):
    event = world.an_event("普法赶集", TODAY)
    sign_on_paper(world, event, *(f"第{n}人" for n in range(1, 56)))
    assert len(page.get(place(event)).rows) == 50
    assert [row[0] for row in page.get(place(event, "?page=2")).rows] == [
        f"第{n}人" for n in range(5, 0, -1)
    ]


def test_the_change_log_tells_of_rosters_in_numbers_only(world: World, page: Visitor):
    event, code = open_event(world)
    page.fill(place(event, "/new"), {"姓名或班级": "不该留痕", "联系电话": "13900001111"})
    row = page.click(page.get(place(event)), "不该留痕")
    page.fill(page.click(row, "修改"), {"姓名或班级": "也不该留痕"})
    row = page.click(page.get(place(event)), "也不该留痕")
    page.fill(page.click(row, "划掉"), {"作废原因": "不该留痕签错了"}, press="作废")
    with world.reading() as session:
        told = "".join(e.before + e.after for e in session.scalars(select(ChangeLog)))
        kept = session.scalars(select(ChangeLog).where(ChangeLog.subject == "event_roster")).all()
    assert "不该留痕" not in told
    assert "13900001111" not in told
    assert code not in told
    assert [entry.after for entry in kept][-2:] == ['{"noted": 1}', '{"noted": 0}']
    assert kept[-1].subject_number == event.number


# ------------------------------------------------------------------------------ the headcount


def test_a_headcount_below_the_roster_is_refused_with_what_to_do(world: World, page: Visitor):
    event = world.an_event("普法赶集", TODAY)
    sign_on_paper(world, event, "张三", "李四", "王五")
    edit = f"/outreach/events/{event.id}/edit"
    shown = page.fill(edit, {"参加人次": "2", "计数方式": "清点"}, status=422)
    assert "签到名单上已有 3 人，参加人次不能比它少" in shown.error_beside("headcount")
    assert "到「签到」页划掉错行" in shown.errors[0]
    page.fill(edit, {"参加人次": "3", "计数方式": "清点"})
    assert world.again(event).headcount == 3


def test_a_headcount_far_above_the_roster_by_sign_in_is_asked_about(world: World, page: Visitor):
    event = world.an_event("普法赶集", TODAY)
    sign_on_paper(world, event, *(f"人{n}" for n in range(10)))
    edit = f"/outreach/events/{event.id}/edit"
    entry = {"参加人次": "60", "计数方式": "签到"}
    shown = page.fill(edit, entry, status=422)
    assert "合计只有 10 人，比这里少 50 人" in shown.error_beside("headcount")
    page.fill(edit, {**entry, "参加人次": "30"})  # twenty more are not asked about
    page.fill(edit, {**entry, "计数方式": "清点"})
    page.fill(edit, {**entry, "备注": "另有 50 人未签到"})
    page.fill(edit, {"备注": "", "参加人次": "10"})
    page.fill(place(event, "/walk-ins"), {"未签到到场人数": "50"})
    page.fill(edit, entry)


def test_a_ledger_that_says_less_than_the_roster_is_refused_by_its_row(
    world: World, line: Line, tmp_path: Any
):
    event = world.an_event("普法赶集", "2025-01-10", headcount=5)
    sign_on_paper(world, event, "张三", "李四", "王五")
    book = Workbook()
    book.worksheets[0].append(["编号", "活动名称", "开始日期", "参加人次", "计数方式"])
    book.worksheets[0].append([event.number, "普法赶集", "2025-01-10", 2, "签到"])
    book.save(tmp_path / "a.xlsx")
    told = said_by(
        line,
        "import",
        tmp_path / "a.xlsx",
        "--register",
        "events",
        "--on-existing",
        "update",
        "--json",
        exit_code=1,
    )
    assert "签到名单上已有 3 人" in told["errors"][0]["message"]
    assert world.again(event).headcount == 5


@given(
    people=st.integers(0, 6),
    classes=st.lists(st.integers(1, 60), max_size=4),
    struck=st.integers(0, 3),
    walk_ins=st.integers(0, 500),
    headcount=st.one_of(st.none(), st.integers(0, 900)),
    basis=st.sampled_from([CountBasis.SIGNED_IN, CountBasis.COUNTED]),
)
def test_roster_and_walk_ins_add_up_and_bound_the_headcount(
    world: World,
    people: int,
    classes: list[int],
    struck: int,
    walk_ins: int,
    headcount: int | None,
    basis: CountBasis,
):
    from tracker.outreach.drafts import EventDraft
    from tracker.outreach.operations import update_event

    with world.trying() as session:
        scope = world.scope()
        world.session = session
        try:
            event = world.an_event("算术", "2025-01-10")
            sign_on_paper(world, event, *(f"人{n}" for n in range(people)))
            for n, heads in enumerate(classes):
                a_class(world, event, f"{n}班", heads)
            rows = list(session.scalars(select(Attendance.id).order_by(Attendance.id)))
            for row_id in rows[:struck]:
                roster.strike_out(session, scope, row_id, "错行")
            made = switching.count_walk_ins(session, scope, event.id, walk_ins)
            each = [1] * people + classes
            expected = sum(each[struck:])
            there = queries.heads_of(session, event, made)
            assert (there.signed, there.walk_ins, there.total) == (
                expected,
                walk_ins,
                expected + walk_ins,
            )
            assert made.noted == expected
            draft = EventDraft(
                "算术",
                date(2025, 1, 10),
                date(2025, 1, 10),
                headcount=headcount,
                count_basis=CountBasis.NOT_RECORDED if headcount is None else basis,
            )
            too_few = headcount is not None and headcount < expected
            unexplained = (
                headcount is not None
                and expected > 0
                and basis is CountBasis.SIGNED_IN
                and headcount > there.total + 20
                and headcount > there.total * 1.5
            )
            if too_few or unexplained:
                with pytest.raises(RuleBroken):
                    update_event(session, scope, event.id, draft, None, TODAY)
            else:
                update_event(session, scope, event.id, draft, None, TODAY)
            if expected:
                taken = switching.take_over(session, scope, event.id, TODAY)
                assert taken.headcount == expected + walk_ins
                assert not queries.not_taken_over(session, scope, TODAY)
        finally:
            world.session = None


# ------------------------------------------------------------------------------ what is waiting


def test_a_closed_roster_that_nobody_took_over_is_waiting(
    app: Flask, world: World, page: Visitor, on_day: Any
):
    event, code = open_event(world)
    Phone(app, code).sign("张三")
    assert "请采用签到人数" not in page.get("/").text, "sign-in is still open"
    on_day(date(2025, 1, 23))
    assert "签到已结束（共 1 人），请采用签到人数：院坝普法" in page.get("/").text
    with world.reading() as session:
        codes = [f.code for f in findings(session, world.scope(), 2025, date(2025, 1, 23))]
    assert "outreach.roster_not_taken_over" in codes
    page.press(page.get(place(event)), "采用签到人数")
    assert "请采用签到人数" not in page.get("/").text
    sign_on_paper(world, event, "后来补录的")
    assert "请采用签到人数" in page.get("/").text


def test_a_better_count_than_the_roster_is_not_asked_about(world: World, page: Visitor):
    event = world.an_event("清点过的", "2025-01-10", headcount=200)
    sign_on_paper(world, event, "张三")
    assert "请采用签到人数" not in page.get("/").text


# ------------------------------------------------------------------------------ offices, ledgers


def test_nobody_of_another_office_sees_or_writes_a_roster(app: Flask, world: World):
    event, code = open_event(world)
    sign_on_paper(world, event, "本镇的人")
    with world.reading() as session:
        row_id = session.scalars(select(Attendance.id)).one()
    other = world.an_office("邻镇")
    world.a_user(name="linzhen", office=other)
    stranger = Visitor(app)
    stranger.sign_in("linzhen")
    for path in ("", "/sheet", "/counts", "/open", "/walk-ins", "/new"):
        assert stranger.client.get(place(event, path)).status_code == 404, path
    for path in ("/close", "/new-code", "/take-over", "/open", "/walk-ins", "/new"):
        data = {"csrf_token": stranger.token, "walk_ins": "9", "kind": "person", "name": "夺"}
        answer = stranger.client.post(place(event, path), data=data)
        assert answer.status_code == 404, path
    for path in ("", "/edit", "/void"):
        assert stranger.client.get(f"/outreach/attendance/{row_id}{path}").status_code == 404
    assert stranger.get("/outreach/attendance/").rows == []
    assert roster_of(world, event).code == code
    assert signed(world, event) == ["本镇的人"]


def test_a_county_reads_rosters_and_writes_none(app: Flask, world: World):
    county = world.an_office("甲县", level=OfficeLevel.COUNTY)
    town = world.an_office("丙镇", under=county)
    event = world.an_event("丙镇普法", TODAY, office=town)
    with world.writing() as session:
        draft = AttendanceDraft(event.id, "丙镇的人")
        roster.enter(session, town.id, draft, TODAY)
    world.a_user(name="xian", office=county)
    visitor = Visitor(app)
    visitor.sign_in("xian")
    shown = visitor.get(place(event))
    assert shown.rows[0][0] == "丙镇的人"
    assert not shown.main.all("form", method="post")
    assert visitor.client.get(place(event, "/open")).status_code == 404
    data = {"csrf_token": visitor.token}
    assert visitor.client.post(place(event, "/close"), data=data).status_code == 404


def test_a_typed_up_sheet_is_taken_in_by_the_events_number(world: World, line: Line, tmp_path: Any):
    world.a_village("架桥村")
    event = world.an_event("普法赶集", "2025-01-10", headcount=5)
    book = Workbook()
    rows: list[list[Any]] = [
        ["姓名", "活动编号", "村", "登记方式", "人数", "电话"],
        ["张三", event.number, "架桥村", "", "", "13900001111"],
        ["李四", event.number, "", "个人", 1, ""],
        ["三年级2班", event.number, "", "班级", 42, ""],
    ]
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "a.xlsx")
    told = said_by(line, "import", tmp_path / "a.xlsx", "--register", "attendance", "--json")
    assert (told["new"], told["errors"]) == (3, [])
    assert signed(world, event) == ["张三", "李四", "三年级2班"]
    assert roster_of(world, event).noted == 44
    again = said_by(line, "import", tmp_path / "a.xlsx", "--register", "attendance", "--json")
    assert (again["new"], again["updated"]) == (0, 0)
    book.worksheets[0].append(["王五", "PF-2025-999", "", "", "", ""])
    book.save(tmp_path / "b.xlsx")
    bad = said_by(
        line, "import", tmp_path / "b.xlsx", "--register", "attendance", "--json", exit_code=1
    )
    assert "没有编号为 PF-2025-999 的活动" in bad["errors"][0]["message"]


def test_an_export_comes_back_and_changes_nothing(world: World, line: Line, tmp_path: Any):
    event = world.an_event("普法赶集", "2025-01-10")
    sign_on_paper(world, event, "张三", "李四", phone="13900001111")
    a_class(world, event, "三年级", 40)
    said_by(line, "export", "attendance", "--year", "2025", "-o", tmp_path / "a.xlsx")
    told = said_by(line, "import", tmp_path / "a.xlsx", "--register", "attendance", "--json")
    assert (told["new"], told["updated"], told["errors"]) == (0, 0, [])


def test_what_an_import_changed_of_names_is_kept_nowhere(world: World, line: Line, tmp_path: Any):
    from tracker.workbooks.importing.models import ImportedRecord

    event = world.an_event("普法赶集", "2025-01-10")
    sign_on_paper(world, event, "原来的名字")
    with world.reading() as session:
        number = session.scalars(select(Attendance.number)).one()
    book = Workbook()
    book.worksheets[0].append(["编号", "姓名", "活动编号"])
    book.worksheets[0].append([number, "改后的名字", event.number])
    book.save(tmp_path / "a.xlsx")
    arguments = ("import", tmp_path / "a.xlsx", "--register", "attendance")
    told = said_by(line, *arguments, "--on-existing", "update", "--json")
    assert told["updated"] == 1
    with world.reading() as session:
        assert [each.before for each in session.scalars(select(ImportedRecord))] == ["{}"]


def test_a_cancelled_event_takes_no_rows(world: World, page: Visitor):
    event = world.an_event("取消的", TODAY, state=EventState.CANCELLED)
    shown = page.fill(place(event, "/new"), {"姓名或班级": "张三"}, status=422)
    assert "已取消或作废" in shown.errors[0]
    with world.reading() as session:
        assert session.scalars(select(EventRoster)).all() == []
