"""Pages of access tokens: everybody's own, and the office's for its administrators."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import render_template, url_for
from werkzeug.wrappers import Response

from tracker.kernel import clock
from tracker.kernel.db import db, write_tx
from tracker.kernel.errors import RuleBroken
from tracker.kernel.forms import PlainForm
from tracker.kernel.web import done, page
from tracker.kernel.words import Words

from . import gate, operations, queries, tokens
from .forms import AccessTokenForm
from .viewer import viewer
from .views import bp


@bp.get("/account/tokens/")
@gate.own_account
def own_tokens() -> Any:
    """One's own access tokens."""
    person = viewer()
    found = queries.tokens_of(db.session(), person.office_id, person.user_id)
    return page("accounts/own_tokens.html", tokens=found, today=clock.today())


@bp.route("/account/tokens/new", methods=["GET", "POST"])
@gate.own_account
def new_token() -> Any:
    """Make an access token. Its secret stands on this one answer and nowhere else; 201."""
    today = clock.today()
    form = AccessTokenForm(data={"ends_on": today + timedelta(days=tokens.USUAL_DAYS)})
    if form.is_sent_well():
        try:
            shown = render_template("accounts/token_made.html", **_made(form))
            return shown, 201, {"Location": url_for(".own_tokens")}
        except RuleBroken as error:
            form.add_error(error)
    return page("accounts/new_token.html", form, back=url_for(".own_tokens"))


def _made(form: AccessTokenForm) -> dict[str, Any]:
    person, name, ends_on = viewer(), form.name.data or "", form.ends_on.data
    with write_tx(person.actor) as session:
        user = operations.find_user(session, person.office_id, person.user_id)
        secret = tokens.create_token(session, user, name=name, ends_on=ends_on, today=clock.today())
    return {"name": name, "ends_on": ends_on, "secret": secret}


@bp.post("/account/tokens/<int(max=2147483647):token_id>/revoke")
@gate.own_account
def revoke_own_token(token_id: int) -> Response:
    """End one of one's own tokens."""
    return _revoked(token_id, viewer().user_id, url_for(".own_tokens"))


@bp.get("/users/tokens/")
@gate.administrators_only
def office_tokens() -> Any:
    """The access tokens of everybody in the office."""
    found = queries.tokens_of(db.session(), viewer().office_id)
    return page("accounts/office_tokens.html", tokens=found, today=clock.today())


@bp.post("/users/tokens/<int(max=2147483647):token_id>/revoke")
@gate.administrators_only
def revoke_token(token_id: int) -> Response:
    """End a token of anybody in the office."""
    return _revoked(token_id, None, url_for(".office_tokens"))


def _revoked(token_id: int, user_id: int | None, back: str) -> Response:
    PlainForm().is_sent_well()
    person = viewer()
    with write_tx(person.actor) as session:
        name = tokens.revoke_token(session, person.office_id, token_id, user_id)
    return done(back, Words("已撤销令牌：{name}", "Revoked the token: {name}").fill(name=name))
