"""Names are kept as long as they are needed; counts stay for ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from tests.outreach.signin.support import (
    Phone,
    a_class,
    opened,
    roster_of,
    sign_on_paper,
    signed,
)
from tests.support.command_line import Line
from tests.support.page import Visitor
from tests.support.world import World
from tracker.audit.models import ChangeLog
from tracker.kernel.headcount import CountBasis
from tracker.outreach.models import OutreachEvent
from tracker.outreach.signin.models import Attendance
from tracker.outreach.signin.operations import roster
from tracker.outreach.signin.retention import kept_until, last_day_forgotten
from tracker.outreach.signin.views import forget_everywhere

OnDay = Callable[[date], None]
DAY = date(2025, 1, 20)
LAST = date(2026, 1, 20)
AFTER = date(2026, 1, 21)


@pytest.fixture
def event(app: Flask, world: World) -> OutreachEvent:
    """An event with people by phone and on paper, a struck row, a class, and its headcount."""
    village = world.a_village("架桥村")
    event = world.an_event(
        "普法赶集", DAY, headcount=50, count_basis=CountBasis.COUNTED, villages=[village]
    )
    Phone(app, opened(world, event, with_phone=True)).sign("扫码的人", "架桥村")
    sign_on_paper(world, event, "纸上的人", village_id=village.id, phone="13900001111")
    sign_on_paper(world, event, "划掉的人")
    a_class(world, event, "三年级2班", 42)
    scope = world.scope()
    with world.writing() as session:
        row = session.scalars(select(Attendance.id).where(Attendance.name == "划掉的人")).one()
        roster.strike_out(session, scope, row, "划掉的人写了两次")
    return event


def rows(world: World) -> list[Attendance]:
    with world.reading() as session:
        return list(session.scalars(select(Attendance).order_by(Attendance.id)))


def test_names_are_kept_to_the_last_day_and_gone_on_the_next(
    world: World, event: OutreachEvent, page: Visitor, on_day: OnDay
):
    on_day(LAST)
    page.get("/")
    assert "扫码的人" in signed(world, event)
    on_day(AFTER)
    page.get("/")
    assert signed(world, event) == ["", "", "三年级2班"]
    for row in rows(world):
        assert row.phone == ""
        assert (row.device, row.once) == ("", None)
        assert "划掉的人" not in (row.void_reason or "")
    shown = page.get(f"/outreach/events/{event.id}/sign-in")
    assert "姓名已于 2026-01-21 按规定删除，共 3 人" in shown.text
    assert [row[0] for row in shown.rows] == ["三年级2班", "（姓名已删除）", "（姓名已删除）"]


def test_counts_figures_and_exports_are_the_same_afterwards(
    app: Flask, world: World, event: OutreachEvent, page: Visitor, on_day: OnDay
):
    path = f"/outreach/events/{event.id}/sign-in"
    on_day(LAST)
    export = lambda: page.client.get(f"{path}?export=xlsx").data  # noqa: E731
    before = (page.get(f"{path}/counts").json, page.get("/api/figures/2025").json, export())
    on_day(AFTER)
    after = (page.get(f"{path}/counts").json, page.get("/api/figures/2025").json, export())
    assert after[0] == {**before[0], "open": False}
    assert after[1] == before[1]
    sheets = [cells(data) for data in (before[2], after[2])]
    assert [len(row) for row in sheets[0]] == [len(row) for row in sheets[1]]
    names, phones = ("扫码的人", "纸上的人"), ("13900001111",)
    kept = [[None if c in (*names, *phones) else c for c in row] for row in sheets[0]]
    assert [row[1:] for row in kept] == [row[1:] for row in sheets[1]]
    assert not any(name in str(sheets[1]) for name in (*names, *phones))


def cells(data: bytes) -> list[list[Any]]:
    book = load_workbook(BytesIO(data))
    return [list(row) for row in book.worksheets[0].iter_rows(min_row=3, values_only=True)]


def test_the_log_says_how_many_were_forgotten_and_not_who(
    app: Flask, world: World, event: OutreachEvent, on_day: OnDay
):
    on_day(AFTER)
    with app.app_context():
        done = forget_everywhere()
        assert [each.names for each in done] == [3]
        assert forget_everywhere() == [], "a second time there is nothing to do"
    with world.reading() as session:
        entry = session.scalars(select(ChangeLog).order_by(ChangeLog.id.desc())).first()
        told = "".join(e.before + e.after for e in session.scalars(select(ChangeLog)))
    assert entry is not None
    assert '"forgotten": 3' in entry.after
    assert not any(name in told for name in ("扫码的人", "纸上的人", "划掉的人", "13900001111"))
    assert roster_of(world, event).forgotten == 3


@pytest.mark.sqlite("reads its file")
def test_no_trace_of_a_name_stays_in_the_database_file(
    app: Flask, world: World, event: OutreachEvent, on_day: OnDay
):
    on_day(AFTER)
    with app.app_context():
        forget_everywhere()
    file = Path(app.instance_path) / "tracker.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = file.read_bytes()
    assert "三年级2班".encode() in data
    for name in ("扫码的人", "纸上的人", "划掉的人", "13900001111"):
        assert name.encode() not in data, name


def test_a_form_that_was_open_brings_no_name_back(
    world: World, event: OutreachEvent, page: Visitor, on_day: OnDay
):
    row = next(each for each in rows(world) if each.name == "纸上的人")
    form = page.get(f"/outreach/attendance/{row.id}/edit")
    on_day(AFTER)
    page.get("/")
    page.fill(form, {"联系电话": "13900002222"}, status=409)
    refused = page.fill(f"/outreach/attendance/{row.id}/edit", {"姓名或班级": "又来了"}, status=422)
    assert "已按规定删除" in refused.errors[0]
    assert "纸上的人" not in signed(world, event)


def test_names_of_an_old_event_are_no_longer_taken_and_classes_are(
    world: World, event: OutreachEvent, page: Visitor, on_day: OnDay
):
    on_day(AFTER)
    new = f"/outreach/events/{event.id}/sign-in/new"
    refused = page.fill(new, {"姓名或班级": "来晚了"}, status=422)
    assert "姓名只保存到 2026-01-20" in refused.errors[0]
    page.fill(new, {"姓名或班级": "四年级", "登记方式": "班级", "人数": "40"})
    assert signed(world, event)[-1] == "四年级"


def test_an_office_may_keep_names_for_a_shorter_time(
    world: World, event: OutreachEvent, admin: Visitor, on_day: OnDay
):
    settings = "/outreach/sign-in/settings"
    assert admin.get(settings).value("keep_months") == "12"
    admin.fill(settings, {"姓名保存几个月": "0"}, status=422)
    admin.fill(settings, {"姓名保存几个月": "1"})
    shown = admin.get(f"/outreach/events/{event.id}/sign-in")
    assert "姓名保存到 2025-02-20" in shown.text
    on_day(date(2025, 2, 21))
    admin.get("/")
    assert signed(world, event) == ["", "", "三年级2班"]


def test_only_administrators_say_how_long_names_are_kept(page: Visitor):
    assert page.client.get("/outreach/sign-in/settings").status_code == 403


def test_another_offices_time_is_its_own(app: Flask, world: World, on_day: OnDay):
    """Each office's names are due by its own rule, and one page of anybody sees to all."""
    from tracker.outreach.signin.drafts import AttendanceDraft
    from tracker.outreach.signin.operations import forgetting

    other = world.an_office("邻镇")
    theirs = world.an_event("邻镇普法", DAY, office=other)
    with world.writing() as session:
        roster.enter(session, other.id, AttendanceDraft(theirs.id, "邻镇的人"), DAY)
        forgetting.keep_names_for(session, other.id, 24)
    on_day(AFTER)
    with app.app_context():
        assert forget_everywhere() == []
    on_day(date(2027, 1, 21))
    with app.app_context():
        assert [each.names for each in forget_everywhere()] == [1]


def test_the_command_names_what_is_due_and_deletes_it(
    world: World, event: OutreachEvent, line: Line, on_day: OnDay
):
    assert "没有到期的姓名" in line("attendance", "forget").output
    on_day(AFTER)
    tried = line("attendance", "forget", "--dry-run")
    assert f"{event.number} 普法赶集：3 人" in tried.output
    assert "扫码的人" in signed(world, event)
    assert "已删除 3 个姓名" in line("attendance", "forget").output
    assert signed(world, event) == ["", "", "三年级2班"]
    assert "没有到期的姓名" in line("attendance", "forget").output


def test_an_examples_invented_names_stay(app: Flask, world: World, on_day: OnDay):
    from tracker.outreach.signin.drafts import AttendanceDraft

    example = world.an_office("示例乡", is_example=True)
    event = world.an_event("示例普法", "2020-06-26", office=example)
    with world.writing() as session:
        roster.enter(session, example.id, AttendanceDraft(event.id, "赵某（示例）"), DAY)
    on_day(AFTER)
    with app.app_context():
        assert forget_everywhere() == []
    assert signed(world, event) == ["赵某（示例）"]


@given(
    today=st.dates(date(2020, 1, 1), date(2060, 1, 1)),
    months=st.integers(1, 36),
)
def test_the_last_day_forgotten_is_the_last_that_is_due(today: date, months: int):
    last = last_day_forgotten(today, months)
    assert kept_until(last, months) < today
    assert kept_until(last + timedelta(days=1), months) >= today


@given(day=st.dates(date(2020, 1, 1), date(2060, 1, 1)), months=st.integers(1, 36))
def test_names_are_kept_for_whole_months(day: date, months: int):
    until = kept_until(day, months)
    assert (until.year - day.year) * 12 + until.month - day.month == months
    assert until.day == day.day or (until + timedelta(days=1)).day == 1
