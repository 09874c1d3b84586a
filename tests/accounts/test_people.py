"""Administrators and their list of people; everybody's own password and language."""

from __future__ import annotations

import pytest

from tests.support.application import PASSWORD, PEOPLE, SLOW
from tests.support.page import Visitor
from tests.support.world import World
from tracker.accounts import passwords
from tracker.accounts.models import User
from tracker.accounts.queries import user_by_name
from tracker.accounts.terms import Role
from tracker.kernel.errors import RuleBroken


def _user(world: World, name: str) -> User:
    with world.reading() as session:
        user = user_by_name(session, name)
        assert user is not None
        return user


NEW = {"用户名": "zhangsan", "姓名": "张三", "角色": "经办人", "初始密码": "mima-zhangsan-2"}


def test_an_administrator_opens_an_account_that_works(admin: Visitor, visitor: Visitor) -> None:
    shown = admin.fill("/users/new", {**NEW, "初始密码": "qingchen-2025"})
    assert "账户已建立" in shown.message
    assert "张三" in shown.text
    assert visitor.sign_in("zhangsan", "qingchen-2025").h1 == "2025年工作"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("用户名", "", "请填写用户名"),
        ("用户名", "z", "用户名请用 2 到 40 个字母、数字或汉字，不含空格"),
        ("用户名", "zhang san", "用户名请用 2 到 40 个字母、数字或汉字，不含空格"),
        ("用户名", "jingban", "这个用户名已被使用"),
        ("姓名", "", "请填写姓名"),
        ("姓名", "张" * 41, "姓名请勿超过 40 字，现有 41 字"),
        ("初始密码", "", "请填写初始密码"),
        ("初始密码", "1234567", "密码至少 8 个字符"),
        ("初始密码", "12345678", "这个密码太容易被猜到，请换一个，勿含用户名"),
        ("初始密码", "aaaaaaaaaa", "这个密码太容易被猜到，请换一个，勿含用户名"),
        ("初始密码", "my-zhangsan-1", "这个密码太容易被猜到，请换一个，勿含用户名"),
        ("初始密码", "长" * 129, "密码请勿超过 128 个字符"),
    ],
)
def test_a_new_account_must_be_right(admin: Visitor, field: str, value: str, message: str) -> None:
    good = {**NEW, "初始密码": "qingchen-2025"}
    shown = admin.fill("/users/new", {**good, field: value}, status=422)
    assert shown.errors == [message]
    assert shown.error_beside(field) == message
    if field != "姓名":
        assert shown.value("姓名") == "张三"


def test_the_last_administrator_stays(admin: Visitor, world: World) -> None:
    me = _user(world, PEOPLE[Role.ADMINISTRATOR])
    only = "这是本单位唯一的管理员，请先指定另一位管理员"
    assert admin.fill(f"/users/{me.id}", {"角色": "经办人"}, status=422).errors == [only]
    assert only in admin.press(admin.get(f"/users/{me.id}"), "停用账户", status=422).text
    assert world.again(me).role is Role.ADMINISTRATOR
    assert world.again(me).disabled_at is None


def test_one_of_two_administrators_may_go(admin: Visitor, world: World) -> None:
    other = world.a_user(Role.ADMINISTRATOR, name="dier")
    admin.press(admin.get(f"/users/{other.id}"), "停用账户")
    assert world.again(other).disabled_at is not None
    admin.press(admin.get(f"/users/{other.id}"), "启用账户")
    assert world.again(other).disabled_at is None


def test_a_closed_administrator_does_not_count_as_another_one(admin: Visitor, world: World) -> None:
    other = world.a_user(Role.ADMINISTRATOR, name="dier")
    admin.press(admin.get(f"/users/{other.id}"), "停用账户")
    me = _user(world, PEOPLE[Role.ADMINISTRATOR])
    admin.fill(f"/users/{me.id}", {"角色": "经办人"}, status=422)


@pytest.mark.parametrize("role", [Role.CLERK, Role.READER])
def test_only_administrators_see_the_accounts(app, world: World, role: Role) -> None:
    person = Visitor(app)
    person.sign_in(PEOPLE[role])
    someone = _user(world, PEOPLE[Role.ADMINISTRATOR]).id
    for path in ("/users/", "/users/new", f"/users/{someone}", f"/users/{someone}/password"):
        assert person.get(path, status=403).h1 == "没有权限"
    assert "账户管理" not in person.get("/").tree.text
    for path in (f"/users/{someone}", f"/users/{someone}/disable", "/users/new"):
        assert person.send(path, {"display_name": "改", "role": "reader"}).status_code == 403
    assert world.again(_user(world, PEOPLE[Role.ADMINISTRATOR])).role is Role.ADMINISTRATOR


def test_the_people_of_another_office_are_missing(admin: Visitor, world: World) -> None:
    foreign = world.a_user(office=world.an_office("邻镇"), display_name="邻镇人")
    assert "邻镇人" not in admin.get("/users/").text
    for path in ("", "/password"):
        admin.get(f"/users/{foreign.id}{path}", status=404)
    for path in ("", "/password", "/disable", "/enable"):
        sent = admin.send(
            f"/users/{foreign.id}{path}",
            {"display_name": "改", "role": "reader", "password": "yige-xin-mima"},
        )
        assert sent.status_code == 404
    assert world.again(foreign).display_name == "邻镇人"


def test_somebody_changes_their_own_password(reader: Visitor, visitor: Visitor) -> None:
    new = "yuedu-de-ren-25"
    entries = {"原密码": PASSWORD, "新密码": new, "再输一次新密码": new}
    reader.fill("/account/password", entries, press="修改密码")
    assert visitor.sign_in(PEOPLE[Role.READER], new).h1 == "2025年工作"


@pytest.mark.parametrize(
    ("old", "new", "again", "field", "message"),
    [
        ("bushi-zhege", "xin-mima-2025", "xin-mima-2025", "原密码", "原密码不对，请重新输入"),
        (PASSWORD, "xin-mima-2025", "xin-mima-2026", "再输一次新密码", "两次输入的新密码不一致"),
        (PASSWORD, "duan", "duan", "新密码", "密码至少 8 个字符"),
        (PASSWORD, "", "", "新密码", "请填写新密码"),
    ],
)
def test_a_changed_password_must_be_right(
    page: Visitor, visitor: Visitor, old: str, new: str, again: str, field: str, message: str
) -> None:
    entries = {"原密码": old, "新密码": new, "再输一次新密码": again}
    shown = page.fill("/account/password", entries, press="修改密码", status=422)
    assert shown.error_beside(field) == message
    assert visitor.sign_in(PEOPLE[Role.CLERK]).h1 == "2025年工作"


def test_passwords_are_kept_as_slow_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "METHOD", SLOW)
    stored = passwords.hash_password("yige-mima-2025")
    assert stored.startswith("scrypt:65536:8:2$")
    assert passwords.matches(stored, "yige-mima-2025")
    assert not passwords.matches(stored, "yige-mima-2024")
    assert not passwords.matches(None, "yige-mima-2025")


@pytest.mark.parametrize("password", ["", "short", "password", "88888888", "abababab", "x-li-y-li"])
def test_easily_guessed_passwords_are_refused(password: str) -> None:
    with pytest.raises(RuleBroken):
        passwords.require_fit(password, "li")


def test_the_language_is_remembered_for_the_person(page: Visitor, visitor: Visitor) -> None:
    page.send("/language", {"lang": "en", "next": "/outreach/events/"})
    assert page.get("/outreach/events/").tree.the("html").get("lang") == "en"
    visitor.sign_in(PEOPLE[Role.CLERK])
    visitor.client.delete_cookie("tracker_language")
    assert visitor.get("/").tree.the("html").get("lang") == "en"
