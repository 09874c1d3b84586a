"""The page of the telephones: open to everybody who has an event's code, and to nobody else.

Nobody is signed in here and no session is kept, so there is nothing that a forged request could
use (docs/decisions/0018-sign-in.md). The one cookie marks the telephone, so that it is told when
it has signed in before.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Any

from flask import Blueprint, abort, current_app, make_response, render_template, request
from flask_babel import force_locale
from werkzeug.wrappers import Response

from tracker.accounts import gate
from tracker.kernel import clock, rows
from tracker.kernel.db import db

from . import phone_queries
from .drafts import AttendanceDraft
from .forms import PhoneForm
from .operations.phone import MOST_OF_A_PHONE, Answer, SigningIn
from .operations.switching import as_code
from .phone_queries import OpenSignIn
from .queries import STAYS_OPEN
from .retention import kept_until
from .together_views import together

bp = Blueprint("phone_sign_in", __name__)

COOKIE = "tracker_phone"
_MARK = re.compile(r"[A-Za-z0-9_-]{22}")
#: Long enough for an event and the day after it.
_MARK_LASTS = 7 * 24 * 3600

Villages = list[tuple[int, str]]


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
    today = clock.today()
    # All that is read, in one transaction: whose event it is, the code alone tells.
    with rows.seeing_everything():
        session = db.session()
        session.rollback()  # what was begun before this request was known sees nothing
        place = phone_queries.open_sign_in(session, as_code(code), today, today - STAYS_OPEN)
        if place is None:
            return _closed()
        mark = request.cookies.get(COOKIE, "")
        known = bool(_MARK.fullmatch(mark))
        device = _device(place, mark) if known else ""
        villages = phone_queries.villages_to_choose(session, place.office_id)
        signed = len(phone_queries.signed_by_device(session, place, device)) if known else 0
    if not known:
        mark = secrets.token_urlsafe(16)
    if request.method == "POST":
        response = _sign(place, villages, _device(place, mark))
    else:
        response = _form(place, villages, signed)
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


def _device(place: OpenSignIn, mark: str) -> str:
    """The telephone's mark as it is kept: of this event alone, so that nobody can follow it."""
    return hashlib.sha256(f"{place.event_id}:{mark}".encode()).hexdigest()


def _form(place: OpenSignIn, villages: Villages, signed: int) -> Response:
    if signed and request.args.get("another") != "1":
        return _told(place, Answer.ALREADY)
    if signed >= MOST_OF_A_PHONE[place.kind]:
        return _told(place, Answer.FULL)
    return _page(place, villages, PhoneForm(for_another=signed > 0))


def _sign(place: OpenSignIn, villages: Villages, device: str) -> Response:
    form = PhoneForm.sent(request.form)
    draft = form.draft(place, villages)
    if draft is None:
        return _page(place, villages, form)
    once = form.once or secrets.token_urlsafe(24)
    sent = SigningIn(place, draft, device, once, form.for_another)
    answer = together.write(current_app, sent)
    return _closed() if answer is Answer.CLOSED else _told(place, answer, draft)


def _page(place: OpenSignIn, villages: Villages, form: PhoneForm) -> Response:
    body = render_template(
        "outreach/signin/phone_form.html",
        place=place,
        form=form,
        once=form.once or secrets.token_urlsafe(24),
        villages=villages,
        names_until=kept_until(place.ends_on, place.keep_months),
    )
    return make_response(body, 422 if form.errors else 200)


def _told(place: OpenSignIn, answer: Answer, draft: AttendanceDraft | None = None) -> Response:
    return make_response(
        render_template(
            "outreach/signin/phone_answer.html",
            place=place,
            answer=answer.value,
            most=MOST_OF_A_PHONE[place.kind],
            draft=draft,
        )
    )


def _closed() -> Response:
    return make_response(render_template("outreach/signin/phone_closed.html"), 404)
