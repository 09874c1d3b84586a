"""The first visit: set up the office, or look around with example data."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, abort, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.accounts import gate, passwords
from tracker.accounts import operations as accounts
from tracker.accounts.queries import user_by_name
from tracker.kernel import rows
from tracker.kernel.db import Actor, db, write_tx
from tracker.kernel.errors import RuleBroken, TrackerError
from tracker.kernel.forms import PlainForm
from tracker.kernel.web import done, page
from tracker.kernel.words import Words
from tracker.offices.terms import OfficeLevel

from . import demo, operations
from .forms import SetUpForm

bp = Blueprint("onboarding", __name__)

#: Addresses that answer before the tracker is set up.
_OPEN = frozenset(
    {
        "static",
        "onboarding.set_up",
        "onboarding.load_demo",
        "accounts.switch_language",
        "yearbook.healthz",
    }
)


def install(app: Flask) -> None:
    """Lead every visitor of an empty tracker to the set-up page."""

    def lead() -> Response | None:
        if app.extensions.get("set_up_done") or request.endpoint in _OPEN:
            return None
        if operations.is_empty(db.session()):
            return redirect(url_for("onboarding.set_up"))
        # An office once founded is never removed, so this need not be asked again.
        app.extensions["set_up_done"] = True
        return None

    app.before_request(lead)


@bp.route("/set-up", methods=["GET", "POST"])
@gate.public
def set_up() -> Any:
    """Found the first office; gone once that is done."""
    if not operations.is_empty(db.session()):
        abort(404)
    form = SetUpForm(data={"level": OfficeLevel.TOWNSHIP})
    if form.is_sent_well():
        try:
            return _founded(form)
        except RuleBroken as error:
            form.add_error(error)
    return page("onboarding/set_up.html", form, sign_in=demo.SIGN_IN)


def _founded(form: SetUpForm) -> Response:
    hashed = passwords.hash_password(form.password.data or "")
    try:
        with rows.seeing_everything(), write_tx(Actor(form.display_name.data or "—")) as session:
            _, user = operations.set_up(
                session,
                office_name=form.office_name.data or "",
                office_code=form.office_code.data or "",
                level=form.level.data,
                user_name=form.name.data or "",
                display_name=form.display_name.data or "",
                password_hash=hashed,
            )
            secret = accounts.start_session(session, user)
    except RuleBroken as error:
        # The operation speaks of an office's name and code; the form has both kinds of names.
        fields = {"code": "office_code"}
        raise RuleBroken(fields.get(error.field, error.field), error.message) from error
    except TrackerError:
        abort(404)
    response = done(
        url_for("yearbook.home"),
        Words(
            "设置完成。下面的「待办」列出了先做什么。",
            "All set. What to do first stands under “To do” below.",
        ),
    )
    gate.set_cookie(response, secret)
    return response


@bp.post("/set-up/demo")
@gate.public
def load_demo() -> Response:
    """Fill an empty tracker with the example township and sign in there."""
    if not operations.is_empty(db.session()):
        abort(404)
    PlainForm().is_sent_well()
    with rows.seeing_everything():
        demo.load()
    with write_tx(Actor(gettext("示例"))) as session:
        user = user_by_name(session, demo.SIGN_IN.name)
        if user is None:
            abort(404)
        secret = accounts.start_session(session, user)
    response = done(
        url_for("yearbook.home"),
        Words("示例数据已载入，可以随意试用。", "The example data is loaded; try what you like."),
    )
    gate.set_cookie(response, secret)
    return response
