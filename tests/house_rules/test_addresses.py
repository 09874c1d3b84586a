"""Rules for the addresses: nothing is open by accident, nothing is changed without a token."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import IntegerConverter, Rule

from tests.support.page import Visitor
from tests.support.world import World
from tracker.accounts import gate
from tracker.audit.models import ChangeLog

#: The addresses that answer without signing in, and why.
PUBLIC = {
    "accounts.sign_in": "where one signs in",
    "accounts.sign_out": "does no harm to whoever is signed out",
    "accounts.switch_language": "the sign-in page is read too",
    "onboarding.set_up": "the first visit; gone afterwards",
    "onboarding.load_demo": "the first visit; gone afterwards",
    "yearbook.healthz": "says nothing but ok",
    "phone_sign_in.sign_in": "telephones at an event; whoever has no open code learns nothing",
}
#: Written to without a session, so that there is nothing a forged request could use.
WITHOUT_TOKEN = {"phone_sign_in.sign_in"}
KINDS_OF_ACCESS = {"public", "own_account", "administrators", "members"}


def rules(app: Flask) -> Iterator[Rule]:
    # The style page exists in tests and in debug mode only, and shows invented content.
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and not rule.endpoint.startswith("style"):
            yield rule


def address(rule: Rule) -> str:
    """An address of this kind, whether or not there is such a record."""
    values = {
        name: 2024 if isinstance(converter, IntegerConverter) else "x"
        for name, converter in rule._converters.items()
    }
    built = rule.build(values)
    assert built is not None, rule
    return built[1]


def test_every_address_says_who_may_use_it(app: Flask):
    with app.test_request_context():
        for rule in rules(app):
            assert gate.access_of(rule.endpoint) in KINDS_OF_ACCESS, rule.endpoint


def test_what_is_open_to_everybody_stands_on_the_list(app: Flask):
    with app.test_request_context():
        found = {rule.endpoint for rule in rules(app) if gate.access_of(rule.endpoint) == "public"}
    assert found <= set(PUBLIC), f"open by accident? {found - set(PUBLIC)}"


def test_whoever_is_not_signed_in_is_asked_to(app: Flask, visitor: Visitor):
    for rule in rules(app):
        if rule.endpoint in PUBLIC or "GET" not in (rule.methods or ()):
            continue
        answer = visitor.client.get(address(rule))
        if rule.rule.startswith("/api/"):
            assert answer.status_code == 401, rule
        else:
            assert answer.status_code == 302, rule
            assert "/sign-in" in answer.location, rule


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_changed_without_a_token(app: Flask, world: World, admin: Visitor, method: str):
    """Another site could send a form with the person's cookie, but not the page's token."""
    before = changes(world)
    tried = 0
    for rule in rules(app):
        if method in (rule.methods or ()) and rule.endpoint not in WITHOUT_TOKEN:
            tried += 1
            answer = admin.client.open(address(rule), method=method, data={"name": "x"})
            assert answer.status_code == 400, f"{method} {rule} answered {answer.status_code}"
    assert changes(world) == before
    assert tried > 10 or method != "POST"


def changes(world: World) -> int:
    with world.reading() as session:
        return session.scalar(select(func.count()).select_from(ChangeLog)) or 0
