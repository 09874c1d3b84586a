"""Pages of an event's sign-in, for the office."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, flash, jsonify, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.accounts import gate
from tracker.accounts.record_pages import form_page, own, seen
from tracker.accounts.viewer import signed_in, viewer
from tracker.kernel import clock, rows
from tracker.kernel.db import Actor, db, write_tx
from tracker.kernel.errors import RuleBroken
from tracker.kernel.forms import PlainForm
from tracker.kernel.headcount import CountBasis
from tracker.kernel.i18n import say
from tracker.kernel.lists import listed
from tracker.kernel.web import (
    FilterBar,
    done,
    page,
    search_field,
    term_arg,
    text_arg,
    voided_field,
    whole_arg,
)
from tracker.kernel.words import Words
from tracker.outreach.models import OutreachEvent

from . import queries, register, sheet
from .forms import OpeningForm, RetentionForm, WalkInsForm
from .models import EventRoster
from .operations import forgetting, switching
from .retention import kept_until
from .shown import roster_table
from .terms import EntryKind

bp = Blueprint("signin", __name__, url_prefix="/outreach")

_SYSTEM = Actor("系统")
_FORGETTING = "names_forgotten_on"


def install(app: Flask) -> None:
    """Delete names that are due with the first page that somebody opens on a day."""

    def forget() -> None:
        today = clock.today()
        if app.extensions.get(_FORGETTING) != today and signed_in() is not None:
            app.extensions[_FORGETTING] = today
            forget_everywhere()

    app.before_request(forget)


def forget_everywhere() -> list[forgetting.Forgotten]:
    """Delete the names that are due today, of all offices, each in a transaction of its own."""
    today, done_ = clock.today(), []
    with rows.seeing_everything():
        db.session.rollback()
        offices = queries.offices_with_names(db.session())
        for office_id in offices:
            if queries.names_due(db.session(), office_id, today):
                with write_tx(_SYSTEM) as session:
                    done_ += forgetting.forget_names(session, office_id, today)
    db.session.rollback()
    return done_


def public_address(code: str | None) -> str:
    """The address that a telephone opens; empty where none can be reached."""
    base = str(current_app.config["PUBLIC_URL"]).strip().rstrip("/")
    parts = urlsplit(base)
    if not code or parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    return f"{base}{url_for('phone_sign_in.sign_in', code=code)}"


def _facts(event: OutreachEvent) -> dict[str, Any]:
    """What every page of an event's sign-in shows."""
    session, today = db.session(), clock.today()
    roster = queries.roster_of(session, event)
    is_open = queries.is_open(roster, event, today)
    code = roster.code if roster is not None and is_open else None
    address = public_address(code)
    return {
        "event": event,
        "roster": roster,
        "is_open": is_open,
        "code": code,
        "address": address,
        "qr": sheet.picture(address) if address else None,
        "heads": queries.heads_of(session, event, roster),
        "closes_on": queries.closes_on(roster, event) if roster is not None else None,
        "names_until": kept_until(event.ends_on, queries.months_kept(session, event.office_id)),
        "may_edit": viewer().may_edit(event.office_id) and queries.takes_place(event),
    }


@bp.get("/events/<int(max=2147483647):record_id>/sign-in")
def roster(record_id: int) -> Any:
    """Who has signed in, the switch for phones, and what it all adds up to."""
    event = seen(OutreachEvent, record_id)
    voided = request.args.get("voided") == "1"
    facts = _facts(event)
    return listed(
        "outreach/signin/roster.html",
        register.ATTENDANCE,
        queries.find_attendance(viewer().scope, text_arg("q"), event_id=event.id, voided=voided),
        FilterBar([search_field(), voided_field()]),
        lambda found: roster_table(found, with_phone=facts["may_edit"]),
        signed_in=CountBasis.SIGNED_IN,
        **facts,
    )


@bp.get("/events/<int(max=2147483647):record_id>/sign-in/counts")
def counts(record_id: int) -> Response:
    """The counts alone, for the script that keeps the page up to date."""
    event = seen(OutreachEvent, record_id)
    found = queries.roster_of(db.session(), event)
    heads = queries.heads_of(db.session(), event, found)
    return jsonify(
        signed=heads.signed,
        walk_ins=heads.walk_ins,
        total=heads.total,
        open=queries.is_open(found, event, clock.today()),
    )


@bp.route("/events/<int(max=2147483647):record_id>/sign-in/open", methods=["GET", "POST"])
def open_for_phones(record_id: int) -> Any:
    """Open an event's sign-in for phones, or change how it is open."""
    event = own(OutreachEvent, record_id)
    found = queries.roster_of(db.session(), event)
    return form_page(
        OpeningForm(data=OpeningForm.values_of(found)),
        lambda session, draft: switching.open_sign_in(
            session, viewer().scope, record_id, draft, clock.today()
        ),
        lambda _roster: url_for(".roster", record_id=record_id),
        title=gettext("开放签到"),
        back=url_for(".roster", record_id=record_id),
    )


@bp.post("/events/<int(max=2147483647):record_id>/sign-in/close")
def close(record_id: int) -> Response:
    """Close an event's sign-in at once."""
    PlainForm().is_sent_well()
    with write_tx(viewer().actor) as session:
        switching.close_sign_in(session, viewer().scope, record_id)
    return done(
        url_for(".roster", record_id=record_id), Words("签到已关闭。", "Sign-in is closed.")
    )


@bp.post("/events/<int(max=2147483647):record_id>/sign-in/new-code")
def renew_code(record_id: int) -> Response:
    """Give an event a new code."""
    PlainForm().is_sent_well()
    with write_tx(viewer().actor) as session:
        switching.renew_code(session, viewer().scope, record_id)
    return done(
        url_for(".roster", record_id=record_id),
        Words(
            "已换新的签到码，原来印出的签到码不能再用。",
            "There is a new code; sheets printed with the old one no longer work.",
        ),
    )


@bp.route("/events/<int(max=2147483647):record_id>/sign-in/walk-ins", methods=["GET", "POST"])
def walk_ins(record_id: int) -> Any:
    """Say how many were there and did not sign."""
    event = own(OutreachEvent, record_id)
    found = queries.roster_of(db.session(), event)
    return form_page(
        WalkInsForm(data={"walk_ins": found.walk_ins if found else 0}),
        lambda session, draft: switching.count_walk_ins(session, viewer().scope, record_id, draft),
        lambda _roster: url_for(".roster", record_id=record_id),
        title=gettext("登记未签到到场人数"),
        back=url_for(".roster", record_id=record_id),
    )


@bp.post("/events/<int(max=2147483647):record_id>/sign-in/take-over")
def take_over(record_id: int) -> Response:
    """Make the roster and those who did not sign the event's headcount."""
    PlainForm().is_sent_well()
    try:
        with write_tx(viewer().actor) as session:
            event = switching.take_over(session, viewer().scope, record_id, clock.today())
            heads = event.headcount
    except RuleBroken as error:
        flash(say(error.message), "danger")
        return redirect(url_for(".roster", record_id=record_id), code=303)
    return done(
        url_for("outreach.event", record_id=record_id),
        Words(
            "参加人次已改为 {heads}，计数方式为签到。",
            "The headcount is now {heads}, by sign-in.",
        ).fill(heads=heads),
    )


@bp.get("/events/<int(max=2147483647):record_id>/sign-in/sheet")
def printed_sheet(record_id: int) -> Any:
    """The sheet to print: people sign, or teachers enter their classes."""
    event = seen(OutreachEvent, record_id)
    facts = _facts(event)
    found: EventRoster | None = facts["roster"]
    kind = term_arg("kind", EntryKind) or (found.kind if found else EntryKind.PERSON)
    asked = whole_arg("rows", sheet.USUAL_ROWS, 1, 300)
    return page(
        "outreach/signin/sheet.html",
        kind=kind,
        columns=sheet.columns(kind, with_phone=bool(found and found.with_phone)),
        rows=asked,
        row_choices=sheet.ROWS,
        **facts,
    )


@bp.route("/sign-in/settings", methods=["GET", "POST"])
@gate.administrators_only
def settings() -> Any:
    """How long names are kept, and whether phones can reach the tracker."""
    office_id = viewer().office_id
    return form_page(
        RetentionForm(data={"keep_months": queries.months_kept(db.session(), office_id)}),
        lambda session, months: forgetting.keep_names_for(session, office_id, months),
        lambda _rule: url_for(".settings"),
        title=gettext("签到设置"),
        back=url_for("outreach.events"),
        template="outreach/signin/settings.html",
        public_url=public_address("X")[:-4],
        is_example=viewer().is_example,
    )
