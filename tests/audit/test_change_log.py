"""Every write is in the log, with what stood before and after, and the log shows when it is cut."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.support.application import PEOPLE
from tests.support.page import Visitor
from tests.support.world import World
from tracker.accounts.models import User
from tracker.accounts.terms import Role
from tracker.audit import chain
from tracker.audit.listener import _SILENT as SILENT
from tracker.audit.models import ChangeLog
from tracker.kernel.db import db
from tracker.kernel.model import Logged, Model
from tracker.outreach.models import OutreachEvent
from tracker.worklog.kinds import shipped_kinds


def _last(world: World, subject: str = "outreach_event") -> ChangeLog:
    with world.reading() as session:
        found = session.scalars(
            select(ChangeLog).where(ChangeLog.subject == subject).order_by(ChangeLog.id.desc())
        ).first()
        assert found is not None
        return found


def test_a_new_record_is_logged_with_all_it_says(page: Visitor, world: World) -> None:
    world.a_village("架桥村")
    page.fill(
        "/outreach/events/new",
        {
            "活动名称": "禁毒宣传",
            "活动日期": "2024-06-26",
            "参加人次": 823,
            "村（社区）": ["架桥村"],
        },
    )
    entry = _last(world)
    assert (entry.kind, entry.actor, entry.subject_number) == (
        "created",
        "经办人小李",
        "PF-2024-001",
    )
    assert json.loads(entry.before) == {}
    after = json.loads(entry.after)
    assert (after["title"], after["headcount"]) == ("禁毒宣传", 823)
    assert after["villages"] == ["架桥村"]


def test_a_change_is_logged_with_before_and_after_and_nothing_else(
    page: Visitor, world: World
) -> None:
    event = world.an_event(headcount=823)
    page.fill(f"/outreach/events/{event.id}/edit", {"参加人次": 328})
    entry = _last(world)
    assert entry.kind == "changed"
    assert json.loads(entry.before) == {"headcount": 823}
    assert json.loads(entry.after) == {"headcount": 328}


def test_a_change_of_the_villages_alone_is_logged(page: Visitor, world: World) -> None:
    first, second = world.a_village("甲村"), world.a_village("乙村")
    event = world.an_event(villages=[first], headcount=5)
    page.fill(f"/outreach/events/{event.id}/edit", {"村（社区）": [second.name]})
    entry = _last(world)
    assert json.loads(entry.before) == {"villages": ["甲村"]}
    assert json.loads(entry.after) == {"villages": ["乙村"]}


def test_saving_without_a_change_logs_nothing(page: Visitor, world: World) -> None:
    event = world.an_event(headcount=5)
    before = _last(world).id
    page.fill(f"/outreach/events/{event.id}/edit", {})
    assert _last(world).id == before


def test_voiding_and_taking_it_back_are_logged(page: Visitor, world: World) -> None:
    event = world.an_event()
    voided = page.fill(f"/outreach/events/{event.id}/void", {"作废原因": "重复登记"}, press="作废")
    entry = _last(world)
    assert entry.kind == "voided"
    assert json.loads(entry.after)["void_reason"] == "重复登记"
    page.press(voided, "撤销")
    assert _last(world).kind == "restored"


def test_a_write_that_was_refused_is_not_logged(page: Visitor, world: World) -> None:
    world.an_event()
    before = _last(world).id
    page.fill("/outreach/events/new", {"活动日期": "2024-06-26"}, status=422)
    assert _last(world).id == before


def test_passwords_are_never_in_the_log(admin: Visitor, world: World) -> None:
    admin.fill(
        "/users/new",
        {"用户名": "zhangsan", "姓名": "张三", "角色": "查阅人", "初始密码": "qingchen-2025"},
    )
    with world.reading() as session:
        user = session.scalars(select(User).where(User.name == "zhangsan")).one()
    admin.fill(f"/users/{user.id}/password", {"新密码": "huanghun-2025"})
    with world.reading() as session:
        entries = session.scalars(select(ChangeLog).where(ChangeLog.subject == "user")).all()
    logged = " ".join(entry.before + entry.after for entry in entries)
    assert '"password_hash": "***"' in logged
    assert "pbkdf2" not in logged
    assert "scrypt" not in logged


def test_the_page_of_a_records_history_says_what_changed(page: Visitor, world: World) -> None:
    event = world.an_event("禁毒宣传", headcount=823)
    page.fill(f"/outreach/events/{event.id}/edit", {"参加人次": 328, "地点": "集市"})
    shown = page.click(page.get(f"/outreach/events/{event.id}"), "修改记录")
    assert "经办人小李" in shown.text
    assert ["参加人次", "823", "328"] in shown.rows
    assert ["地点", "— 未填写", "集市"] in shown.rows
    assert ["开展形式", "— 未填写", "集中宣传／设咨询台"] in shown.rows


def test_administrators_read_the_whole_log(admin: Visitor, page: Visitor, world: World) -> None:
    world.an_event("禁毒宣传")
    assert "PF-2024-001" in admin.get("/changes/").text
    page.get("/changes/", status=403)


def test_the_history_of_accounts_is_the_administrators(page: Visitor, admin: Visitor) -> None:
    admin.get("/changes/user/1")
    page.get("/changes/user/1", status=404)


def test_who_did_it_is_logged_even_where_two_work_at_once(app: Flask, world: World) -> None:
    world.a_user(Role.CLERK, name="lisi", display_name="李四")
    names = {"jingban": PEOPLE[Role.CLERK], "lisi": "lisi"}
    people = {key: Visitor(app) for key in names}
    for key, person in people.items():
        person.sign_in(names[key])
    for day, key in enumerate(("jingban", "lisi", "jingban"), start=1):
        people[key].fill(
            "/outreach/events/new",
            {"活动名称": key, "活动日期": f"2024-06-{day:02}", "参加人次": 1},
        )
    with world.reading() as session:
        entries = session.scalars(
            select(ChangeLog).where(ChangeLog.subject == "outreach_event").order_by(ChangeLog.id)
        ).all()
    assert [entry.actor for entry in entries] == ["经办人小李", "李四", "经办人小李"]


def test_the_log_is_numbered_without_gaps(page: Visitor, world: World) -> None:
    for number in range(3):
        world.an_event(f"活动{number}")
    with world.reading() as session:
        sequence = session.scalars(
            select(ChangeLog.sequence)
            .where(ChangeLog.office_id == world.office_id)
            .order_by(ChangeLog.id)
        ).all()
    assert list(sequence) == list(range(1, len(sequence) + 1))


TAMPERING = [
    "UPDATE change_log SET actor = '别人' WHERE id = 2",
    "UPDATE change_log SET after = '{}' WHERE id = 2",
    "UPDATE change_log SET at = '2024-01-01 00:00:00' WHERE id = 2",
    "DELETE FROM change_log WHERE id = 2",
    "DELETE FROM change_log WHERE id = (SELECT max(id) FROM change_log)",
    "UPDATE change_log SET sequence = 900000 + sequence WHERE id = 2",
    "UPDATE change_log SET subject_id = 77 WHERE id = 2",
]


def _broken(app: Flask) -> list[str]:
    """What the product's own check says is wrong with the log."""
    with app.app_context():
        return [fault.zh for fault in chain.broken_links(db.session(), app.extensions["audit_key"])]


@pytest.mark.parametrize("tampering", TAMPERING)
def test_tampering_with_the_log_is_noticed(app: Flask, world: World, tampering: str) -> None:
    world.an_event()
    assert _broken(app) == []
    with world.writing() as session:
        session.execute(text(tampering))
    assert _broken(app) != []


def test_the_record_itself_is_unchanged_by_reading_its_history(page: Visitor, world: World) -> None:
    event = world.an_event(headcount=3)
    page.get(f"/changes/outreach_event/{event.id}")
    again: OutreachEvent = world.again(event)
    assert (again.version, again.headcount) == (1, 3)


def test_every_logged_field_has_its_name_in_words(app: Flask) -> None:
    labels = app.extensions["field_labels"]
    wordless = []
    for mapper in Model.registry.mappers:
        kind = mapper.class_
        if not issubclass(kind, Logged) or kind.log_apart:
            continue
        table = str(kind.__dict__["__tablename__"])
        keys = [column.key for column in mapper.column_attrs if column.key not in SILENT]
        wordless += [table] if labels.subject(table).zh == table else []
        wordless += [
            f"{table}.{key}"
            for key in (*keys, *kind.log_collections)
            if labels.field(table, key).zh == key
        ]
    assert not wordless, "give them a column in their register, or a word in audit/labels.py"


def test_the_kind_of_an_entry_is_logged_by_its_name(admin: Visitor, world: World) -> None:
    """People read 「法治工作会议」, not the key it is stored under."""
    admin.fill("/worklog/rule_of_law_meeting/new", {"标题": "年初部署会"})
    row = next(row for row in admin.get("/changes/").rows if row[0] == "分类")
    assert "rule_of_law" not in row[-1]
    assert row[-1] == shipped_kinds()["rule_of_law_meeting"].label.zh
