"""What a telephone at an event is shown and told, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import cycle

import pytest
from flask import Flask
from sqlalchemy import select

from tests.outreach.signin.support import (
    CLOSED,
    IN_TWO_DAYS,
    TOMORROW,
    Phone,
    open_event,
    opened,
    rows_of,
    sign_on_paper,
    signed,
)
from tests.support import nasty
from tests.support.application import TODAY
from tests.support.page import Visitor
from tests.support.world import World
from tracker.kernel.text import clean_line
from tracker.outreach.models import OutreachEvent
from tracker.outreach.signin.models import Attendance
from tracker.outreach.signin.operations import switching
from tracker.outreach.signin.terms import EntryKind
from tracker.outreach.terms import EventState

OnDay = Callable[[date], None]


def test_a_person_signs_in_with_name_and_village(app: Flask, world: World):
    world.a_village("架桥村")
    event, code = open_event(world)
    phone = Phone(app, code)
    page = phone.open()
    assert page.h1 == "院坝普法"
    assert "架桥镇" in page.text
    assert "架桥村部" in page.text
    assert str(TODAY) in page.text
    assert "保存到2026-01-20" in page.text
    assert list(page.form().choices("village_id")) == ["请选择", "架桥村", "其他"]
    assert page.form().visible_names == ["name", "village_id"], "no telephone, no identity number"
    answer = phone.sign("张桂英", "架桥村")
    assert answer.h1 == "已签到"
    assert "张桂英" in answer.text
    assert signed(world, event) == ["张桂英"]
    with world.reading() as session:
        row = session.scalars(select(Attendance)).one()
        assert (row.number, row.created_by, row.heads) == ("QD-2025-001", "手机签到", 1)


def test_sign_in_is_closed_until_the_office_opens_it(app: Flask, world: World, page: Visitor):
    event = world.an_event("普法赶集", TODAY)
    shown = page.get(f"/outreach/events/{event.id}/sign-in")
    assert "没有开放" in shown.text
    shown = page.fill(page.click(shown, "开放签到"), {})
    assert "签到已开放，到 2025-01-21 当天结束时自动关闭" in shown.text
    phone = Phone(app, shown.links["查看手机上的签到页"].removeprefix("/s/"))
    assert phone.sign("李四").h1 == "已签到"


def test_the_same_telephone_is_told_that_it_has_signed_in(app: Flask, world: World):
    event, code = open_event(world)
    phone = Phone(app, code)
    phone.sign("王五")
    assert phone.open().h1 == "您已经签到过"
    # Somebody goes back to the form that is still in the browser.
    form = {"name": "王五", "village_id": "0", "once": "x" * 24}
    assert "您已经签到过" in phone.client.post(phone.path, data=form).text
    assert signed(world, event) == ["王五"]


def test_a_family_member_signs_in_on_the_same_telephone_and_counts(app: Flask, world: World):
    event, code = open_event(world)
    phone = Phone(app, code)
    phone.sign("王五")
    for name in ("王小五", "赵奶奶", "王大爷", "王小六"):
        form = phone.click(phone.open(), "替家人签到")
        assert "家人的姓名" in form.text
        answer = phone.fill(form, {"name": name, "village_id": "其他"}, press="签到")
        assert answer.h1 == "已签到"
    assert len(signed(world, event)) == 5
    full = phone.click(phone.open(), "替家人签到")
    assert full.h1 == "这部手机的签到次数已满"
    sixth = {"name": "第六人", "village_id": "0", "another": "1", "once": "y" * 24}
    assert "签到次数已满" in phone.client.post(phone.path, data=sixth).text
    assert len(signed(world, event)) == 5
    Phone(app, code).sign("另一家人")
    assert len(signed(world, event)) == 6


@pytest.mark.parametrize("cookies", [True, False], ids=["with the mark", "without any cookie"])
def test_a_form_sent_twice_is_one_row_and_two_equal_answers(
    app: Flask, world: World, cookies: bool
):
    event, code = open_event(world)
    phone = Phone(app, code)
    form = {"name": "双击", "village_id": "0", "once": phone.open().form().values()["once"][0]}
    answers = []
    for _ in range(2):
        if not cookies:
            phone = Phone(app, code)
        answers.append(phone.client.post(phone.path, data=form))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].data == answers[1].data
    assert "已签到" in answers[0].text
    assert signed(world, event) == ["双击"]


def test_one_form_sent_twenty_times_at_once_is_one_row(app: Flask, world: World):
    event, code = open_event(world)
    form = {"name": "连点", "village_id": "0", "once": "z" * 32}

    def send(n: int) -> int:
        phone = Phone(app, code)
        if n % 2:  # half of them have kept the mark of one telephone
            phone.client.set_cookie("tracker_phone", "A" * 22, path="/s/")
        answer = phone.client.post(phone.path, data=form)
        assert "已签到" in answer.text
        return answer.status_code

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(send, range(20))) == {200}
    assert signed(world, event) == ["连点"]


@pytest.fixture
def closed_codes(world: World) -> dict[str, str]:
    """Codes that open nothing, and why."""
    codes = {
        "unknown": "2345ABCD6789EFGH",
        "mistyped": "%20%3Cb%3E",
        "short": "A",
        "long": "A" * 500,
    }
    for reason in ("closed", "gone by", "voided", "cancelled", "renewed"):
        event = world.an_event(f"{reason}的活动", TODAY)
        codes[reason] = opened(world, event)
        scope = world.scope()
        with world.writing() as session:
            found = session.get(OutreachEvent, event.id)
            assert found is not None
            if reason == "closed":
                switching.close_sign_in(session, scope, event.id)
            elif reason == "renewed":
                switching.renew_code(session, scope, event.id)
            elif reason == "cancelled":
                found.state = EventState.CANCELLED
            elif reason == "gone by":
                found.starts_on = found.ends_on = date(2025, 1, 18)
        if reason == "voided":
            world.void(event)
    return codes


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_every_code_that_opens_nothing_gets_one_and_the_same_answer(
    app: Flask, closed_codes: dict[str, str], method: str
):
    answers = {
        reason: Phone(app, "").client.open(
            f"/s/{code}", method=method, data={"name": "试", "village_id": "0"}
        )
        for reason, code in closed_codes.items()
    }
    said = {(a.status_code, a.data, str(sorted(a.headers))) for a in answers.values()}
    assert len(said) == 1, {reason: a.status_code for reason, a in answers.items()}
    answer = answers["closed"]
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers
    if method != "HEAD":
        assert CLOSED in answer.text
        assert "活动" not in answer.text.replace("普法活动签到", "")


def test_whether_there_is_such_a_code_takes_the_same_statements(
    app: Flask, closed_codes: dict[str, str]
):
    from tests.support.statements import counting

    asked = {}
    Phone(app, "A").open(status=404)  # the first request of all asks whether there is an office
    for reason, code in closed_codes.items():
        with counting(app) as statements:
            Phone(app, code).open(status=404)
        asked[reason] = statements.count
    assert set(asked.values()) == {1}, asked


def test_sign_in_closes_by_itself_after_the_day_that_follows_the_event(
    app: Flask, world: World, on_day: OnDay
):
    event, code = open_event(world)
    on_day(TOMORROW)
    Phone(app, code).sign("补签的人")
    on_day(IN_TWO_DAYS)
    assert Phone(app, code).open(status=404).h1 == CLOSED
    opened(world, event, closes_on=IN_TWO_DAYS)
    Phone(app, code).sign("再开放后")
    assert signed(world, event) == ["补签的人", "再开放后"]


def test_a_form_that_was_open_when_sign_in_closed_is_told_so_and_writes_nothing(
    app: Flask, world: World
):
    event, code = open_event(world)
    form = Phone(app, code)
    shown = form.open()
    world.void(event)
    answer = form.fill(shown, {"name": "晚了", "village_id": "其他"}, press="签到", status=404)
    assert answer.h1 == CLOSED
    assert rows_of(world) == 0


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(app: Flask, world: World):
    village = world.a_village("架桥村")
    _event, code = open_event(world, with_phone=True)
    phone = Phone(app, code)
    for entry, field, message in (
        ({"name": "", "village_id": "架桥村"}, "name", "请填写姓名"),
        ({"name": "长" * 41, "village_id": "架桥村"}, "name", "请勿超过 40 个字"),
        ({"name": "430725199001011234", "village_id": "架桥村"}, "name", "请不要填身份证号"),
        ({"name": "张三", "village_id": "请选择"}, "village_id", "请选择您来自哪个村"),
        ({"name": "张三", "village_id": "架桥村", "phone": "没有"}, "phone", "电话请填 6 到 20 位"),
    ):
        shown = phone.fill(phone.open(), entry, press="签到", status=422)
        assert message in shown.error_beside(field)
        assert shown.title.startswith("错误：")
        assert shown.value("name") == entry["name"]
        if entry["village_id"] == "架桥村":
            assert shown.value("village_id") == str(village.id)
    assert rows_of(world) == 0


def test_villages_of_other_offices_cannot_be_chosen(app: Flask, world: World):
    _event, code = open_event(world)
    foreign = world.a_village("别处村", office=world.an_office())
    phone = Phone(app, code)
    assert "别处村" not in phone.open().text
    data = {"name": "张三", "village_id": str(foreign.id)}
    assert phone.client.post(phone.path, data=data).status_code == 422
    assert rows_of(world) == 0


def test_teachers_enter_classes_and_no_names_of_pupils(app: Flask, world: World):
    event, code = open_event(world, kind=EntryKind.CLASS, with_phone=True)
    phone = Phone(app, code)
    form = phone.open()
    assert form.form().visible_names == ["name", "heads"]
    assert "不填学生姓名" in form.text
    wrong = phone.fill(form, {"班级": "三年级2班", "学生人数": "很多"}, press="签到", status=422)
    assert wrong.error_beside("heads") == "请用数字填写人数，例如 42"
    phone.fill(form, {"班级": "三年级2班", "学生人数": "４２"}, press="签到")
    more = phone.click(phone.open(), "再登记一个班")
    phone.fill(more, {"班级": "四年级1班", "学生人数": "40"}, press="签到")
    assert signed(world, event) == ["三年级2班", "四年级1班"]
    with world.reading() as session:
        assert sorted(session.scalars(select(Attendance.heads))) == [40, 42]


def test_whatever_is_sent_is_saved_plainly_or_refused(app: Flask, world: World):
    event, code = open_event(world, with_phone=True)
    fields = cycle(("village_id", "phone", "once", "another"))
    for value in nasty.ALL:
        for field in ("name", next(fields)):
            phone = Phone(app, code)
            data = {"name": "张三", "village_id": "0", "phone": "", "once": "", field: value}
            answer = phone.client.post(phone.path, data=data)
            assert answer.status_code in (200, 422), (field, value)
            assert "<nasty" not in answer.text, (field, value)
    names = signed(world, event)
    assert len(names) > 50
    assert all(0 < len(name) <= 40 and clean_line(name) == name for name in names)


def test_the_page_needs_no_session_and_sets_one_cookie(app: Flask, world: World):
    _event, code = open_event(world)
    answer = Phone(app, code).client.get(f"/s/{code}")
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("tracker_phone=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/s/" in cookie
    assert "<script" not in answer.text


def test_a_form_on_another_site_is_refused(app: Flask, world: World):
    _event, code = open_event(world)
    answer = Phone(app, code).client.post(
        f"/s/{code}",
        data={"name": "别人", "village_id": "0"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 400
    assert rows_of(world) == 0


def test_the_mark_of_a_telephone_is_kept_as_a_hash_of_this_event_alone(app: Flask, world: World):
    _first, code = open_event(world)
    other = world.an_event("另一场", TODAY)
    phone = Phone(app, code)
    phone.sign("张三")
    phone.path = f"/s/{opened(world, other)}"
    assert phone.open().h1 == "另一场", "signed in elsewhere is not signed in here"
    phone.sign("张三")
    mark = phone.client.get_cookie("tracker_phone", path="/s/")
    assert mark is not None
    with world.reading() as session:
        marks = session.scalars(select(Attendance.device)).all()
    assert len(set(marks)) == 2
    assert all(mark.value not in kept and len(kept) == 64 for kept in marks)


def test_the_code_is_read_however_it_is_typed(app: Flask, world: World):
    _event, code = open_event(world)
    assert len(code) * 4.95 > 60, "bits"
    assert set(code) <= set(switching.ALPHABET)
    for typed in (code.lower(), f"{code[:4]}-{code[4:8]} {code[8:]}", code + " "):
        assert Phone(app, typed).open().h1 == "院坝普法"


def test_codes_do_not_repeat():
    assert len({switching.new_code() for _ in range(2000)}) == 2000


def test_the_page_is_read_in_english_too(app: Flask, world: World):
    _event, code = open_event(world)
    phone = Phone(app, code)
    shown = phone.client.get(f"/s/{code}?lang=en").text
    assert 'lang="en"' in shown
    assert "Your name" in shown
    answer = phone.client.post(f"/s/{code}?lang=en", data={"name": "Li", "village_id": "0"})
    assert "Signed in" in answer.text


def test_names_stand_on_no_page_of_the_telephones(app: Flask, world: World):
    event, code = open_event(world)
    sign_on_paper(world, event, "名单上的人")
    Phone(app, code).sign("先来的人")
    later = Phone(app, code)
    texts = [later.open().html, later.sign("后来的人").html]
    assert not any(name in text for text in texts for name in ("名单上的人", "先来的人"))


def test_a_telephones_sign_in_is_not_in_the_change_log(app: Flask, world: World):
    from tracker.audit.models import ChangeLog

    event, code = open_event(world)
    with world.reading() as session:
        before = len(session.scalars(select(ChangeLog.id)).all())
    Phone(app, code).sign("不留痕的人")
    sign_on_paper(world, event, "手工补的人")
    with world.reading() as session:
        entries = session.scalars(select(ChangeLog)).all()
        told = [entry.before + entry.after for entry in entries]
        rows = session.scalars(select(Attendance.name)).all()
    assert len(rows) == 2
    assert len(entries) == before + 1, "the office's own act, in numbers"
    assert '"noted": 1' in told[-1]
    assert not any(name in text for name in rows for text in told)
