"""The gate every request passes, asked of every address there is."""

from __future__ import annotations

from flask import Flask

from tests.support.addresses import routes, texts_for
from tests.support.digest import digest
from tests.support.page import Visitor
from tests.support.world import World
from tracker.accounts import gate

#: Addresses that answer somebody who is not signed in. A longer list is a decision.
PUBLIC = {
    "accounts.sign_in",
    "accounts.switch_language",
    "onboarding.set_up",
    "onboarding.load_demo",
    "phone_sign_in.sign_in",
    "yearbook.healthz",
}

#: Pages that borrow nobody's session and need no token (decision 0018); a code that
#: opens nothing is not found.
WITHOUT_TOKEN = {"phone_sign_in.sign_in"}


def _first_addresses(app: Flask, *, posts: bool) -> list[tuple[str, str]]:
    texts = {name: values[:1] for name, values in texts_for(app).items()}
    return [
        (route.endpoint, address)
        for route in routes(app)
        if (route.posts if posts else route.gets)
        for address in route.addresses([1], texts)
    ]


def test_only_these_addresses_are_open_to_everybody(app: Flask) -> None:
    with app.app_context():
        assert {r.endpoint for r in routes(app) if gate.access_of(r.endpoint) == "public"} == PUBLIC


def test_who_is_not_signed_in_is_asked_to_and_learns_nothing(
    app: Flask, visitor: Visitor, world: World
) -> None:
    world.an_event("只有本镇知道")
    for endpoint, address in _first_addresses(app, posts=False):
        answer = visitor.client.get(address)
        if endpoint in PUBLIC:
            continue
        if address.startswith("/api/"):
            assert (answer.status_code, list(answer.get_json())) == (401, ["error"]), address
        else:
            assert answer.status_code == 302, address
            assert answer.location.startswith("/sign-in"), address


def test_who_is_not_signed_in_changes_nothing(app: Flask, visitor: Visitor, world: World) -> None:
    world.an_event()
    before = digest(app)
    token = visitor.token
    for endpoint, address in _first_addresses(app, posts=True):
        answer = visitor.client.post(address, data={"csrf_token": token})
        expected = (302, 303, 401, 404, 422) if endpoint in PUBLIC else (302, 401)
        assert answer.status_code in expected, f"{address}: {answer.status_code}"
    assert digest(app) == before


def test_readers_write_nothing_but_their_own_account(
    app: Flask, reader: Visitor, world: World
) -> None:
    world.an_event()
    before = digest(app)
    for endpoint, address in _first_addresses(app, posts=True):
        with app.app_context():
            access = gate.access_of(endpoint)
        if access in ("public", "own_account"):
            continue
        assert reader.send(address).status_code == 403, address
    assert digest(app) == before


def test_nothing_is_written_without_the_forms_token(
    app: Flask, admin: Visitor, world: World
) -> None:
    world.an_event()
    before = digest(app)
    stranger = Visitor(app)
    for token in ("", "made-up", stranger.token):
        for endpoint, address in _first_addresses(app, posts=True):
            answer = admin.client.post(address, data={"csrf_token": token} if token else {})
            open_to_all = endpoint in WITHOUT_TOKEN
            expected = 404 if open_to_all else 400
            assert answer.status_code == expected, f"{address}: {answer.status_code}"
    assert digest(app) == before


def test_only_get_and_post_are_used(app: Flask, admin: Visitor) -> None:
    for route in routes(app):
        assert (route.rule.methods or set()) <= {"GET", "HEAD", "OPTIONS", "POST"}, route.rule
    for method in ("put", "delete", "patch"):
        assert getattr(admin.client, method)("/outreach/events/").status_code in (400, 405)
    assert admin.client.open("/outreach/events/", method="TRACE").status_code == 405


def test_every_answer_carries_the_strict_headers(app: Flask, admin: Visitor) -> None:
    paths = ["/", "/keine-seite", "/api/figures/2024", "/static/app.css", "/healthz", "/users/99"]
    for path in paths:
        answer = admin.client.get(path)
        admin.check_headers(answer)
        answer.close()


def test_readers_are_not_shown_forms_they_may_not_send(
    app: Flask, reader: Visitor, world: World
) -> None:
    world.an_event()
    posting = {address for _, address in _first_addresses(app, posts=True)}
    for endpoint, address in _first_addresses(app, posts=False):
        with app.app_context():
            access = gate.access_of(endpoint)
        if address in posting and access == "members":
            refusal = 404 if any(part.isdigit() for part in address.split("/")) else 403
            assert reader.client.get(address).status_code in (refusal, 403), address
