"""Signing in and out, and what ends a session."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.support.application import PASSWORD, PEOPLE
from tests.support.page import Visitor
from tests.support.world import World
from tracker.accounts import gate, operations, queries
from tracker.accounts.models import SignInAttempt, User
from tracker.accounts.terms import Role
from tracker.kernel import clock

CLERK = PEOPLE[Role.CLERK]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    """Lets time go by."""
    start = datetime(2025, 1, 20, 2, 0)
    monkeypatch.setattr(clock, "now", lambda: start)

    def pass_by(**by: float) -> None:
        nonlocal start
        start += timedelta(**by)

    return pass_by


def _try(visitor: Visitor, name: str = CLERK, password: str = "falsch-geraten") -> list[str]:
    return visitor.fill(
        "/sign-in", {"用户名": name, "密码": password}, press="登录", status=422
    ).errors


def test_who_signs_in_gets_home(visitor: Visitor) -> None:
    assert visitor.sign_in(CLERK).h1 == "2025年工作"


def test_who_asked_for_a_page_gets_there_after_signing_in(visitor: Visitor) -> None:
    asked = visitor.get("/outreach/events/?year=2024")
    assert asked.h1 == "登录"
    there = visitor.fill(asked, {"用户名": CLERK, "密码": PASSWORD}, press="登录")
    assert there.url == "/outreach/events/?year=2024"


def test_unknown_name_wrong_password_and_closed_account_are_answered_alike(
    visitor: Visitor, world: World
) -> None:
    closed = world.a_user(name="yijin-tingyong")
    with world.writing() as session:
        operations.disable_user(session, session.get_one(User, closed.id))
    wrong = ["用户名或密码不对，请重试"]
    assert _try(visitor) == wrong
    assert _try(visitor, name="meiyou-zhege-ren") == wrong
    assert _try(visitor, name="yijin-tingyong", password=PASSWORD) == wrong


def test_both_fields_must_be_filled(visitor: Visitor) -> None:
    assert _try(visitor, name="", password="") == ["请填写用户名", "请填写密码"]


def test_the_password_is_not_shown_again_after_a_wrong_try(visitor: Visitor) -> None:
    shown = visitor.fill(
        "/sign-in", {"用户名": CLERK, "密码": "cuo-de-mima-123"}, press="登录", status=422
    )
    assert shown.value("用户名") == CLERK
    assert "cuo-de-mima-123" not in shown.html


def test_after_five_wrong_tries_even_the_right_password_must_wait(visitor: Visitor, later) -> None:
    for _ in range(5):
        assert _try(visitor) == ["用户名或密码不对，请重试"]
    locked = _try(visitor, password=PASSWORD)
    assert locked == ["连续输错次数过多，请 15 分钟后再试，或请管理员重设密码"]
    later(minutes=14)
    assert _try(visitor, password=PASSWORD) == locked
    later(minutes=2)
    assert visitor.sign_in(CLERK).h1 == "2025年工作"


def test_a_success_clears_the_failures_before_it(visitor: Visitor, later) -> None:
    for _ in range(4):
        _try(visitor)
    later(seconds=1)
    visitor.sign_in(CLERK)
    visitor.sign_out()
    later(seconds=1)
    for _ in range(4):
        _try(visitor)
    assert visitor.sign_in(CLERK).h1 == "2025年工作"


def test_failures_from_elsewhere_do_not_keep_a_person_out(visitor: Visitor, app) -> None:
    stranger = Visitor(app)
    stranger.client.environ_base["REMOTE_ADDR"] = "10.9.9.9"
    for _ in range(6):
        _try(stranger)
    assert visitor.sign_in(CLERK).h1 == "2025年工作"


def test_guessing_many_names_from_one_address_is_stopped(visitor: Visitor, world: World) -> None:
    with world.writing() as session:
        for number in range(queries.FAILURES_PER_ADDRESS):
            operations.note_attempt(session, f"name{number}", "127.0.0.1", succeeded=False)
    assert _try(visitor, password=PASSWORD)[0].startswith("连续输错次数过多")


def test_a_very_long_name_is_a_wrong_name(visitor: Visitor) -> None:
    assert _try(visitor, name="n" * 5000)
    assert _try(visitor, password="p" * 5000) == ["用户名或密码不对，请重试"]


def test_every_try_is_written_down(visitor: Visitor, world: World) -> None:
    _try(visitor, name="shei")
    visitor.sign_in(CLERK)
    with world.reading() as session:
        noted = session.query(SignInAttempt).order_by(SignInAttempt.id).all()
    assert [(n.name, n.succeeded) for n in noted] == [("shei", False), (CLERK, True)]


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\\/evil.example",
        "http://evil.example",
        "https://evil.example/outreach/",
        "https:evil.example",
        "HTTPS:/evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/%09/evil.example\t",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r\nSet-Cookie: a=b",
        " //evil.example",
        "/ /evil.example",
        "evil.example",
        "@evil.example",
        "/" + "a" * 600,
        "．．//evil.example",
        "\u2028//evil.example",
        "",
    ],
)
def test_signing_in_never_leads_to_another_site(visitor: Visitor, target: str) -> None:
    token = visitor.token
    answer = visitor.client.post(
        "/sign-in",
        query_string={"next": target},
        data={"csrf_token": token, "name": CLERK, "password": PASSWORD},
    )
    assert answer.status_code == 303
    assert answer.location == "/", answer.location
    switched = visitor.send("/language", {"lang": "en", "next": target})
    assert switched.location == "/", switched.location


@pytest.mark.parametrize("target", ["/%2f/evil.example", "/%5cevil.example", "/outreach//x"])
def test_an_odd_address_of_this_site_stays_on_it(visitor: Visitor, target: str) -> None:
    answer = visitor.client.post(
        "/sign-in",
        query_string={"next": target},
        data={"csrf_token": visitor.token, "name": CLERK, "password": PASSWORD},
    )
    assert answer.location.startswith("/")
    assert not answer.location.startswith("//")


# ------------------------------------------------------------------------- ends of sessions


def _thief(page: Visitor) -> Visitor:
    """Another browser with a copy of this one's session."""
    other = Visitor(page.app)
    stolen = page.client.get_cookie(gate.COOKIE)
    assert stolen is not None
    other.client.set_cookie(gate.COOKIE, stolen.value)
    assert other.get("/").h1 == "2025年工作"
    return other


def _is_out(visitor: Visitor) -> bool:
    return visitor.get("/").h1 == "登录"


def test_signing_out_ends_the_session_for_copies_of_the_cookie_too(page: Visitor) -> None:
    other = _thief(page)
    page.sign_out()
    assert _is_out(page)
    assert _is_out(other)


def test_a_new_password_ends_all_other_sessions(page: Visitor) -> None:
    other = _thief(page)
    page.fill(
        "/account/password",
        {"原密码": PASSWORD, "新密码": "xin-de-mima-2025", "再输一次新密码": "xin-de-mima-2025"},
        press="修改密码",
    )
    assert _is_out(other)
    assert page.get("/").h1 == "2025年工作"


def test_closing_an_account_ends_its_sessions_at_once(
    page: Visitor, admin: Visitor, world: World
) -> None:
    admin.press(admin.get(f"/users/{_id_of(world, CLERK)}"), "停用账户")
    assert _is_out(page)


def test_a_changed_role_ends_the_sessions(page: Visitor, admin: Visitor, world: World) -> None:
    admin.fill(f"/users/{_id_of(world, CLERK)}", {"角色": "查阅人"})
    assert _is_out(page)
    page.sign_in(CLERK)
    page.get("/outreach/events/")
    page.get("/outreach/events/new", status=403)
    assert page.send("/outreach/events/new").status_code == 403


def test_a_reset_password_ends_the_sessions(page: Visitor, admin: Visitor, world: World) -> None:
    admin.fill(f"/users/{_id_of(world, CLERK)}/password", {"新密码": "chongshe-2025-ok"})
    assert _is_out(page)


def test_a_session_ends_when_it_is_not_used(visitor: Visitor, later) -> None:
    visitor.sign_in(CLERK)
    later(minutes=110)
    assert not _is_out(visitor)
    later(minutes=110)
    assert not _is_out(visitor)
    later(minutes=121)
    assert _is_out(visitor)


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(visitor: Visitor, later) -> None:
    visitor.sign_in(CLERK)
    for _ in range(11):
        later(minutes=60)
        assert not _is_out(visitor)
    later(minutes=61)
    assert _is_out(visitor)


def test_each_sign_in_is_a_new_session(visitor: Visitor) -> None:
    visitor.client.set_cookie(gate.COOKIE, "chosen-by-somebody-else-0123456789")
    visitor.sign_in(CLERK)
    cookie = visitor.client.get_cookie(gate.COOKIE)
    assert cookie is not None
    assert cookie.value != "chosen-by-somebody-else-0123456789"
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_the_secret_of_a_session_is_stored_nowhere(visitor: Visitor, tmp_path) -> None:
    visitor.sign_in(CLERK)
    cookie = visitor.client.get_cookie(gate.COOKIE)
    assert cookie is not None
    for file in (tmp_path / "instance").rglob("*"):
        if file.is_file():
            assert cookie.value.encode() not in file.read_bytes(), file


@pytest.mark.parametrize("cookie", ["", "x", "x" * 50, "x" * 4000, "a\u00e9" * 20, "'; --" * 6])
def test_a_made_up_cookie_opens_nothing(visitor: Visitor, cookie: str) -> None:
    visitor.client.set_cookie(gate.COOKIE, cookie)
    assert _is_out(visitor)


def _id_of(world: World, name: str) -> int:
    with world.reading() as session:
        user = queries.user_by_name(session, name)
        assert user is not None
        return user.id
