"""The gate every request passes: nothing is open unless it says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NoReturn, TypeVar

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from sqlalchemy import select
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as AnyResponse

from tracker.kernel import clock, rows
from tracker.kernel.db import Actor, db, write_tx
from tracker.kernel.scope import Scope
from tracker.offices.models import Office
from tracker.offices.queries import offices_below
from tracker.offices.terms import OfficeLevel

from . import operations, queries, tokens
from .models import User
from .terms import Role
from .viewer import Viewer, signed_in

V = TypeVar("V", bound=Callable[..., Any])

COOKIE = "tracker_sid"
#: The last use of a session or a token is written down at most this often.
TOUCH_EVERY_SECONDS = 300
#: Where access tokens are good.
API = "/api/"
_NEVER_ECHOED = frozenset({"csrf_token", "old", "again"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def public(view: V) -> V:
    """Open to everybody, signed in or not."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def own_account(view: V) -> V:
    """Open to every signed-in person, readers included, whatever the method."""
    view.access = "own_account"  # type: ignore[attr-defined]
    return view


def administrators_only(view: V) -> V:
    """Open to the office's administrators."""
    view.access = "administrators"  # type: ignore[attr-defined]
    return view


def access_of(endpoint: str) -> str:
    """What an endpoint declares: public, own_account, administrators, or the rule for all others:
    signed-in people read, those who may write also open the forms and post."""
    view = current_app.view_functions.get(endpoint)
    return str(getattr(view, "access", "members"))


def guard(app: Flask) -> None:
    """Put the gate in front of every address of the application."""
    app.before_request(_admit)


def _admit() -> AnyResponse | None:
    g.viewer = None
    rows.see(rows.NOTHING)  # a thread serves many people, one after another
    if request.endpoint is None or request.endpoint == "static":
        return None
    access = access_of(request.endpoint)
    _recognise()
    viewer = signed_in()
    if access == "public":
        return None
    if viewer is None:
        return _ask_to_sign_in()
    if access == "administrators" and not viewer.is_administrator:
        abort(403)
    if access == "members" and not viewer.may_write and _is_for_writing():
        abort(403)
    return None


def _is_for_writing() -> bool:
    """Whether the address takes entries. The form of a new record is closed to readers too: nobody
    should fill in a page that will then be refused. Forms of records that are not theirs to change
    answer 404 themselves."""
    methods = request.url_rule.methods if request.url_rule is not None else None
    is_form = "POST" in (methods or ()) and "record_id" not in (request.view_args or {})
    return request.method not in SAFE_METHODS or is_form


def _ask_to_sign_in() -> AnyResponse:
    if request.path.startswith(API):
        abort(401)
    if request.method not in SAFE_METHODS and request.form:
        return _offer_to_resume()
    target = request.full_path.rstrip("?") if request.method in SAFE_METHODS else ""
    if target in ("", "/"):
        return redirect(url_for("accounts.sign_in"))
    return redirect(url_for("accounts.sign_in", next=target))


def _offer_to_resume() -> AnyResponse:
    """The session ended while somebody was writing: keep what was typed, to send it again."""
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in _NEVER_ECHOED and "password" not in name
    ]
    body = render_template(
        "accounts/resume.html", fields=fields, action=request.full_path.rstrip("?")
    )
    return make_response(body, 401)


def _recognise() -> None:
    """Set ``g.viewer`` from the access token of a JSON address, else from the session cookie."""
    presented = request.authorization
    if request.path.startswith(API) and presented is not None and presented.type == "bearer":
        _recognise_token(presented.token or "")
        return
    secret = request.cookies.get(COOKIE, "")
    if not 20 <= len(secret) <= 100:
        return
    moment = clock.now()
    found = queries.session_of(db.session(), operations.hash_secret(secret), moment)
    if found is None:
        return
    user_session, user = found
    session_id, last_seen = user_session.id, user_session.seen_at
    viewer = _admitted(user)
    if (moment - last_seen).total_seconds() > TOUCH_EVERY_SECONDS:
        with write_tx(viewer.actor) as session:
            operations.touch_session(session, session_id, moment)


def _recognise_token(secret: str) -> None:
    """Admit a script by its token, to read. A wrong token is refused even beside a session.

    A right token is never locked out by wrong ones: nobody guesses 256 bits. What is bounded is
    how many wrong ones are written down.
    """
    moment = clock.now()
    found = queries.token_of(db.session(), operations.hash_secret(secret), clock.today())
    if found is None:
        _refuse_token(moment)
    else:
        token, user = found
        token_id, last_used = token.id, token.used_at
        viewer = _admitted(user, may_write=False)
        if last_used is None or (moment - last_used).total_seconds() > TOUCH_EVERY_SECONDS:
            with write_tx(viewer.actor) as session:
                tokens.touch_token(session, token_id, moment)
        if request.method not in SAFE_METHODS:
            abort(403)


def _refuse_token(moment: datetime) -> NoReturn:
    address = request.remote_addr or ""
    if queries.has_tried_too_often(db.session(), address, moment):
        raise TooManyRequests(retry_after=int(queries.LOCK_FOR.total_seconds()))
    current_app.logger.warning("wrong access token from %s at %s", address, request.path)
    with write_tx(Actor("—")) as session:
        operations.note_attempt(session, queries.TOKEN_TRIES, address, succeeded=False)
    abort(401)


def _admitted(user: User, *, may_write: bool = True) -> Viewer:
    """Make this person the one behind the request."""
    g.viewer = viewer = viewer_for(user, may_write=may_write)
    rows.see(viewer.scope.office_ids)
    db.session.rollback()  # what follows reads in a transaction that knows whose rows it may see
    return viewer


def viewer_for(user: User, *, may_write: bool = True) -> Viewer:
    """What this person may see and write; by a token they write nothing."""
    session = db.session()
    office = session.scalars(select(Office).where(Office.id == user.office_id)).one()
    seen = [office]
    if office.level is OfficeLevel.COUNTY:
        seen += offices_below(session, office.id)
    return Viewer(
        user_id=user.id,
        name=user.display_name,
        role=user.role,
        office_id=office.id,
        office_name=office.name,
        office_code=office.code,
        is_example=office.is_example,
        language=user.language,
        scope=Scope(
            tuple(each.id for each in seen),
            office.id,
            may_write=may_write and user.role is not Role.READER,
            may_except=may_write and user.role is Role.ADMINISTRATOR,
        ),
        office_names={each.id: each.name for each in seen},
    )


def set_cookie(response: Response | AnyResponse, secret: str) -> None:
    """Hand the browser its session."""
    response.set_cookie(
        COOKIE,
        secret,
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        path="/",
    )
