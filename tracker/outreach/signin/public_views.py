"""The page of the telephones: open to everybody who has an event's code, and to nobody else.

Nobody is signed in here and no session is kept, so there is nothing that a forged request could
use (docs/decisions/0018-sign-in.md). The one cookie marks the telephone, so that it is told when
it has signed in before.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from typing import Any

from flask import Blueprint, abort, current_app, make_response, render_template, request
from flask_babel import force_locale
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.wrappers import Response

from tracker.accounts import gate
from tracker.kernel import clock, rows
from tracker.kernel.db import Actor, db, is_clash, write_tx
from tracker.kernel.errors import RuleBroken
from tracker.kernel.i18n import say

from . import queries
from .drafts import AttendanceDraft
from .forms import PhoneForm
from .operations.phone import MOST_OF_A_PHONE, Answer, sign
from .operations.switching import as_code
from .retention import kept_until

bp = Blueprint("phone_sign_in", __name__)

COOKIE = "tracker_phone"
_MARK = re.compile(r"[A-Za-z0-9_-]{22}")
#: Long enough for an event and the day after it.
_MARK_LASTS = 7 * 24 * 3600
#: Who is said to have written the rows.
PHONE = Actor("手机签到")
_TRIES = 4


@bp.route("/s/<path:code>", methods=["GET", "POST"])
@gate.public
def sign_in(code: str) -> Any:
    """Sign in to the event that this code opens now.

    A code that is unknown, guessed, mistyped, closed or of an event that was cancelled gets one
    and the same answer.
    """
    with force_locale("en" if request.args.get("lang") == "en" else "zh_Hans_CN"):
        return _answered(code)


def _answered(code: str) -> Response:
    if request.headers.get("Sec-Fetch-Site") == "cross-site" and request.method == "POST":
        abort(400)
    with rows.seeing_everything():
        place = queries.open_sign_in(db.session(), as_code(code), clock.today())
        db.session.rollback()
    if place is None:
        return _closed()
    rows.see([place.office_id])
    mark = request.cookies.get(COOKIE, "")
    known = bool(_MARK.fullmatch(mark))
    if not known:
        mark = secrets.token_urlsafe(16)
    response = _sign(place, mark) if request.method == "POST" else _form(place, mark, known=known)
    if not known:
        response.set_cookie(
            COOKIE,
            mark,
            max_age=_MARK_LASTS,
            path="/s/",
            httponly=True,
            samesite="Lax",
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        )
    return response


def _device(place: queries.OpenSignIn, mark: str) -> str:
    """The telephone's mark as it is kept: of this event alone, so that nobody can follow it."""
    return hashlib.sha256(f"{place.event_id}:{mark}".encode()).hexdigest()


def _form(place: queries.OpenSignIn, mark: str, *, known: bool) -> Response:
    signed = 0
    if known:
        device = _device(place, mark)
        signed = len(
            queries.signed_by_device(db.session(), place.office_id, place.event_id, device)
        )
    if signed and request.args.get("another") != "1":
        return _told(place, Answer.ALREADY, signed)
    if signed >= MOST_OF_A_PHONE[place.kind]:
        return _told(place, Answer.FULL, signed)
    return _page(place, PhoneForm(for_another=signed > 0))


def _sign(place: queries.OpenSignIn, mark: str) -> Response:
    form = PhoneForm.sent(request.form)
    draft = form.draft(place, queries.villages_to_choose(db.session(), place.office_id))
    if draft is None:
        return _page(place, form)
    try:
        answer = _written(place, draft, form, mark)
    except RuleBroken as error:
        form.errors[error.field] = say(error.message)
        return _page(place, form)
    if answer is Answer.CLOSED:
        return _closed()
    return _told(place, answer, 1, draft)


def _written(
    place: queries.OpenSignIn, draft: AttendanceDraft, form: PhoneForm, mark: str
) -> Answer:
    """Write the row; whoever is told so stays written, and whoever is not may send it again."""
    once = form.once or secrets.token_urlsafe(24)
    for left in reversed(range(_TRIES)):
        try:
            with write_tx(PHONE) as session:
                return sign(
                    session,
                    place,
                    draft,
                    device=_device(place, mark),
                    once=once,
                    for_another=form.for_another,
                    today=clock.today(),
                    now=clock.now(),
                )
        except IntegrityError as error:
            if queries.is_signed(db.session(), place.office_id, once):
                return Answer.SIGNED
            if not is_clash(error) or not left:
                raise
        except OperationalError:  # a database that is busy for longer than anybody waits
            if not left:
                raise
            time.sleep(0.1)
    raise AssertionError("unreachable")


def _page(place: queries.OpenSignIn, form: PhoneForm) -> Response:
    body = render_template(
        "outreach/signin/phone_form.html",
        place=place,
        form=form,
        once=form.once or secrets.token_urlsafe(24),
        villages=queries.villages_to_choose(db.session(), place.office_id),
        names_until=kept_until(place.ends_on, place.keep_months),
    )
    return make_response(body, 422 if form.errors else 200)


def _told(
    place: queries.OpenSignIn, answer: Answer, signed: int, draft: AttendanceDraft | None = None
) -> Response:
    return make_response(
        render_template(
            "outreach/signin/phone_answer.html",
            place=place,
            answer=answer.value,
            signed=signed,
            most=MOST_OF_A_PHONE[place.kind],
            draft=draft,
        )
    )


def _closed() -> Response:
    return make_response(render_template("outreach/signin/phone_closed.html"), 404)
