"""Access tokens: how scripts read the JSON addresses without a session."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.support.addresses import routes, texts_for
from tests.support.application import PASSWORD, PEOPLE, TODAY
from tests.support.command_line import Line, refusal
from tests.support.digest import digest
from tests.support.page import Page, Visitor
from tests.support.world import World
from tracker.accounts import queries
from tracker.accounts.models import AccessToken, SignInAttempt
from tracker.accounts.terms import Role
from tracker.audit.models import ChangeLog
from tracker.kernel import clock
from tracker.offices.terms import OfficeLevel

FIGURES = "/api/figures/2024"
NEW = "/account/tokens/new"


def made(person: Visitor, purpose: str = "县局汇总", **entries: str) -> str:
    """The secret of a new token, as its page shows it."""
    shown = person.fill(NEW, {"用途": purpose, **entries}, press="建立令牌", status=201)
    found = re.search(r"\btracker_[\w-]{43}\b", shown.text)
    assert found is not None, shown.text
    return found[0]


def error_of(answer: TestResponse) -> int:
    """The code that a refusal in JSON names."""
    assert answer.json is not None
    return int(answer.json["error"]["code"])


def ask(app: Flask, secret: str, path: str = FIGURES, method: str = "GET") -> TestResponse:
    """A script's request: no cookie, only the token."""
    headers = {"Authorization": f"Bearer {secret}"}
    return app.test_client().open(path, method=method, headers=headers)


def count(world: World, model: type) -> int:
    with world.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_script_with_a_token_reads_what_its_person_reads(
    app: Flask, page: Visitor, world: World
) -> None:
    world.an_event("普法赶集", headcount=40)
    secret = made(page)
    for path in (FIGURES, f"{FIGURES}/outreach.events", "/api/openapi.json"):
        answer = ask(app, secret, path)
        assert answer.status_code == 200, path
        assert answer.json == page.client.get(path).json
        assert "Set-Cookie" not in answer.headers
    assert ask(app, secret, method="HEAD").status_code == 200
    assert ask(app, secret, "/api/figures/1800").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_everybody_may_make_tokens_readers_too(app: Flask, role: Role) -> None:
    person = Visitor(app)
    person.sign_in(PEOPLE[role])
    assert ask(app, made(person)).status_code == 200


def test_the_token_is_shown_once_and_kept_only_as_a_hash(
    app: Flask, page: Visitor, admin: Visitor, world: World
) -> None:
    secret = made(page)
    assert secret not in page.get("/account/tokens/").html
    assert secret not in admin.get("/users/tokens/").html
    with world.reading() as session:
        kept = session.scalars(select(AccessToken)).one()
        assert kept.secret_hash == hashlib.sha256(secret.encode()).hexdigest()
        log = "".join(f"{e.before}{e.after}" for e in session.scalars(select(ChangeLog)))
    assert secret not in log
    assert kept.secret_hash not in log
    assert "县局汇总" in log
    for file in Path(app.instance_path).rglob("*"):
        assert not file.is_file() or secret.encode() not in file.read_bytes(), file


def test_the_answer_that_shows_it_is_stored_by_no_browser(page: Visitor) -> None:
    shown = page.fill(NEW, {"用途": "汇总"}, press="建立令牌", status=201)
    assert shown.answer.headers["Cache-Control"] == "no-store"


def test_sending_the_form_twice_makes_one_token(page: Visitor, world: World) -> None:
    made(page)
    again = page.fill(NEW, {"用途": "县局汇总"}, press="建立令牌", status=422)
    assert again.error_beside("用途") == "已有同名的令牌，请换一个名称，或先撤销原来的"
    assert count(world, AccessToken) == 1


@pytest.mark.parametrize(
    ("entries", "field", "message"),
    [
        ({"用途": ""}, "用途", "请填写用途"),
        ({"用途": "长" * 41}, "用途", "用途请勿超过 40 字，现有 41 字"),
        ({"有效期至": ""}, "有效期至", "请填写有效期至"),
        ({"有效期至": "明年"}, "有效期至", "有效期至请写成 2024-06-26 的样子"),
        ({"有效期至": "2025-01-19"}, "有效期至", "有效期请选今天到一年之内的一天"),
        ({"有效期至": "2026-01-22"}, "有效期至", "有效期请选今天到一年之内的一天"),
    ],
)
def test_a_token_needs_a_purpose_and_an_end(
    page: Visitor, world: World, entries: dict[str, str], field: str, message: str
) -> None:
    typed = {"用途": "县局汇总", **entries}
    shown = page.fill(NEW, typed, press="建立令牌", status=422)
    assert shown.error_beside(field) == message
    assert count(world, AccessToken) == 0


def test_twenty_tokens_are_enough_for_anybody(page: Visitor, world: World) -> None:
    for number in range(20):
        made(page, f"第{number}个")
    refused = page.fill(NEW, {"用途": "再一个"}, press="建立令牌", status=422)
    assert refused.errors == ["令牌已有 20 个，请先撤销不用的"]
    assert count(world, AccessToken) == 20


def test_a_token_is_good_on_its_last_day_and_not_after(app: Flask, page: Visitor, on_day) -> None:
    secret = made(page, 有效期至="2025-02-03")
    on_day(date(2025, 2, 3))
    assert ask(app, secret).status_code == 200
    on_day(date(2025, 2, 4))
    assert ask(app, secret).status_code == 401
    assert "已到期" in line_of_token(page.get("/account/tokens/"))


def line_of_token(page: Page) -> str:
    (row,) = page.rows
    return " ".join(row)


def test_the_list_says_when_a_token_was_last_used(
    app: Flask, page: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = made(page)
    assert "还没有用过" in line_of_token(page.get("/account/tokens/"))
    moment = clock.now().replace(microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: moment)
    ask(app, secret)
    said = clock.in_china(moment).strftime("%Y-%m-%d %H:%M")
    assert said in line_of_token(page.get("/account/tokens/"))


def test_using_a_token_writes_at_most_every_five_minutes_and_no_log(
    app: Flask, page: Visitor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = made(page)
    log = count(world, ChangeLog)
    uses = []
    for minute in (0, 4, 6):
        moment = datetime(2025, 1, 20, 8, minute)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        ask(app, secret)
        with world.reading() as session:
            uses.append(session.scalars(select(AccessToken.used_at)).one())
    assert [use.minute for use in uses if use is not None] == [0, 0, 6]
    assert count(world, ChangeLog) == log


# ------------------------------------------------------------------------------- what ends it


def test_a_revoked_token_ends_at_once(app: Flask, page: Visitor, world: World) -> None:
    secret, other = made(page), made(page, "另一个")
    listed = page.get("/account/tokens/")
    form = next(form for form in listed.forms if form.buttons and "revoke" in form.action)
    shown = page.post(form.action)
    assert "已撤销令牌：县局汇总" in shown.message
    assert ask(app, secret).status_code == 401
    assert ask(app, other).status_code == 200
    with world.reading() as session:
        last = session.scalars(select(ChangeLog).order_by(ChangeLog.id.desc())).first()
        assert last is not None
        assert (last.subject, last.kind, last.subject_number) == (
            "access_token",
            "deleted",
            "县局汇总",
        )


def test_an_administrator_sees_and_revokes_the_tokens_of_the_office(
    app: Flask, page: Visitor, admin: Visitor
) -> None:
    secret = made(page)
    listed = admin.get("/users/tokens/")
    assert PEOPLE[Role.CLERK] in line_of_token(listed)
    shown = admin.press(listed, "撤销令牌")
    assert "已撤销令牌：县局汇总" in shown.message
    assert ask(app, secret).status_code == 401


def test_a_new_password_ends_the_tokens(app: Flask, page: Visitor) -> None:
    secret = made(page)
    new = "lingyige-mima-25"
    entries = {"原密码": PASSWORD, "新密码": new, "再输一次新密码": new}
    page.fill("/account/password", entries, press="修改密码")
    assert ask(app, secret).status_code == 401


@pytest.mark.parametrize("what", ["disable", "password", "role"])
def test_what_an_administrator_does_to_an_account_ends_its_tokens(
    app: Flask, page: Visitor, admin: Visitor, world: World, what: str
) -> None:
    secret = made(page)
    with world.reading() as session:
        user = queries.user_by_name(session, PEOPLE[Role.CLERK])
        assert user is not None
    if what == "disable":
        admin.press(admin.get(f"/users/{user.id}"), "停用账户")
        admin.press(admin.get(f"/users/{user.id}"), "启用账户")
    elif what == "password":
        admin.fill(f"/users/{user.id}/password", {"新密码": "lingyige-mima-25"})
    else:
        admin.fill(f"/users/{user.id}", {"角色": "查阅人"})
    assert ask(app, secret).status_code == 401
    assert count(world, AccessToken) == 0


def test_signing_out_leaves_the_scripts_running(app: Flask, page: Visitor) -> None:
    secret = made(page)
    page.sign_out()
    assert ask(app, secret).status_code == 200


def test_nobody_revokes_the_tokens_of_others(
    app: Flask, page: Visitor, reader: Visitor, admin: Visitor, world: World
) -> None:
    secret = made(page)
    with world.reading() as session:
        token_id = session.scalars(select(AccessToken.id)).one()
    assert reader.send(f"/account/tokens/{token_id}/revoke").status_code == 404
    assert reader.send(f"/users/tokens/{token_id}/revoke").status_code == 403
    world.a_user(Role.ADMINISTRATOR, name="linzhen", office=world.an_office("邻镇"))
    neighbour = Visitor(app)
    neighbour.sign_in("linzhen")
    assert "县局汇总" not in neighbour.get("/users/tokens/").text
    assert neighbour.send(f"/users/tokens/{token_id}/revoke").status_code == 404
    assert admin.send(f"/account/tokens/{token_id}/revoke").status_code == 404
    assert ask(app, secret).status_code == 200


# ------------------------------------------------------------------------------- what it opens


def test_a_token_opens_the_json_addresses_alone(app: Flask, admin: Visitor) -> None:
    secret, tried = made(admin), 0
    texts = {name: values[:1] for name, values in texts_for(app).items()}
    for route in routes(app):
        if not route.gets:
            continue
        for address in route.addresses([1], texts):
            answer = ask(app, secret, address)
            if address.startswith("/api/"):
                assert answer.status_code in (200, 404), address
            elif answer.status_code != 200:
                assert answer.status_code in (302, 404), address
            else:
                assert address.split("?")[0] in ("/sign-in", "/healthz"), address
            tried += 1
    assert tried > 60


def test_a_token_writes_nothing(app: Flask, admin: Visitor, world: World) -> None:
    world.an_event()
    secret = made(admin)
    ask(app, secret)
    before = digest(app)
    texts = {name: values[:1] for name, values in texts_for(app).items()}
    for route in routes(app):
        if route.posts:
            for address in route.addresses([1], texts):
                answer = ask(app, secret, address, "POST")
                assert answer.status_code in (400, 401, 403, 404), address
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert ask(app, secret, FIGURES, method).status_code == 405
    assert digest(app) == before


def test_a_countys_token_reads_its_townships_and_a_townships_only_itself(
    app: Flask, page: Visitor, world: World
) -> None:
    county = world.an_office("甲县", level=OfficeLevel.COUNTY)
    towns = [world.an_office(name, under=county) for name in ("乙镇", "丙镇")]
    for office in towns:
        world.an_event(office=office)
    world.an_event()
    world.a_user(name="xianji", office=county)
    world.a_user(name="yizhen", office=towns[0])
    for name, events in (("xianji", 2), ("yizhen", 1)):
        person = Visitor(app)
        person.sign_in(name)
        answer = ask(app, made(person), f"{FIGURES}/outreach.events").json
        assert answer is not None
        assert answer["figure"]["value"] == events


# ------------------------------------------------------------------------------- wrong tokens


@pytest.mark.parametrize(
    "secret", ["", "falsch", "tracker_" + "x" * 43, "令牌", "a b", "x" * 5000, "\u200b"]
)
def test_a_wrong_token_answers_401_as_json(app: Flask, secret: str) -> None:
    answer = app.test_client().get(
        FIGURES, headers={"Authorization": f"Bearer {secret}".encode().decode("latin-1")}
    )
    assert answer.status_code == 401
    assert error_of(answer) == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_token_is_refused_even_beside_a_session(page: Visitor) -> None:
    answer = page.client.get(FIGURES, headers={"Authorization": "Bearer falsch"})
    assert answer.status_code == 401


def test_other_ways_to_sign_in_are_no_tokens(app: Flask, page: Visitor) -> None:
    secret = made(page)
    for header in (secret, f"Basic {secret}", f"Token {secret}"):
        answer = app.test_client().get(FIGURES, headers={"Authorization": header})
        assert answer.status_code == 401
    assert app.test_client().get(f"{FIGURES}?token={secret}").status_code == 401


def test_wrong_tokens_are_written_down_up_to_a_bound(
    app: Flask, page: Visitor, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    secret = made(page)
    with caplog.at_level(logging.WARNING):
        answers = [ask(app, f"falsch-{number}") for number in range(34)]
    assert [answer.status_code for answer in answers] == [401] * 30 + [429] * 4
    assert answers[-1].headers["Retry-After"] == "900"
    assert error_of(answers[-1]) == 429
    with world.reading() as session:
        tries = session.scalars(
            select(SignInAttempt).where(SignInAttempt.name == queries.TOKEN_TRIES)
        ).all()
    assert len(tries) == 30
    assert {(each.address, each.succeeded) for each in tries} == {("127.0.0.1", False)}
    assert "wrong access token from 127.0.0.1" in caplog.text
    assert "falsch" not in caplog.text
    # A script left with an old token keeps nobody else at that address out.
    assert ask(app, secret).status_code == 200
    assert Visitor(app).sign_in(PEOPLE[Role.CLERK]).h1 == "2025年工作"


# ------------------------------------------------------------------------------- command line


def test_the_command_line_makes_lists_and_revokes_tokens(
    app: Flask, line: Line, world: World
) -> None:
    result = line("user", "token", "add", "jingban", "--for", "县局汇总", "--days", "30")
    assert result.exit_code == 0, result.output
    secret = result.stdout.strip()
    assert re.fullmatch(r"tracker_[\w-]{43}", secret), "the token alone on standard output"
    assert "2025-02-19" in result.stderr
    assert ask(app, secret).status_code == 200

    listed = json.loads(line("user", "token", "list", "--json").stdout)["tokens"]
    assert [(each["user"], each["for"], each["ends_on"]) for each in listed] == [
        ("jingban", "县局汇总", "2025-02-19")
    ]
    assert secret not in line("user", "token", "list").output

    assert line("user", "token", "revoke", "jingban", "--for", "县局汇总").exit_code == 0
    assert ask(app, secret).status_code == 401
    again = line("user", "token", "revoke", "jingban", "--for", "县局汇总")
    assert "没有用途为「县局汇总」的令牌" in refusal(again)


def test_the_command_line_gives_a_token_as_json(app: Flask, line: Line) -> None:
    result = line("user", "token", "add", "chayue", "--for", "汇总", "--json")
    made_now = json.loads(result.stdout)
    assert list(made_now) == ["user", "for", "ends_on", "token"]
    assert date.fromisoformat(made_now["ends_on"]) > TODAY
    assert ask(app, made_now["token"]).status_code == 200


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "nobody", "--for", "汇总"), 1, "没有用户 nobody"),
        (("add", "jingban", "--for", " "), 1, "请填写令牌用途"),
        (("add", "jingban"), 2, "--for"),
        (("add", "jingban", "--for", "汇总", "--days", "400"), 2, "--days"),
        (("revoke", "jingban", "--for", "没有"), 1, "没有用途为「没有」的令牌"),
    ],
)
def test_the_command_line_refuses_wrong_tokens(
    line: Line, world: World, words: tuple[str, ...], code: int, said: str
) -> None:
    result = line("user", "token", *words)
    assert result.exit_code == code
    assert said in result.stderr
    assert count(world, AccessToken) == 0


def test_a_closed_account_gets_no_token(line: Line) -> None:
    line("user", "disable", "jingban")
    assert "已停用" in refusal(line("user", "token", "add", "jingban", "--for", "汇总"))


# ------------------------------------------------------------------------------- its description


def test_the_openapi_document_names_both_ways_in(page: Visitor) -> None:
    document = page.get("/api/openapi.json").json
    schemes = document["components"]["securitySchemes"]
    assert (schemes["token"]["type"], schemes["token"]["scheme"]) == ("http", "bearer")
    assert document["security"] == [{"session": []}, {"token": []}]
