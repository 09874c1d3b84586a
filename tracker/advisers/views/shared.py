"""What the pages of this domain do alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Protocol

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.accounts.viewer import viewer
from tracker.advisers import queries, register
from tracker.advisers.models import AdviserAssignment
from tracker.advisers.terms import AssignmentState
from tracker.kernel import clock
from tracker.kernel.db import db, write_tx
from tracker.kernel.errors import RuleBroken
from tracker.kernel.fields import RecordField
from tracker.kernel.forms import PlainForm, RecordForm
from tracker.kernel.i18n import say
from tracker.kernel.register import Column
from tracker.kernel.scope import Scope
from tracker.kernel.tables import table
from tracker.kernel.web import FilterField, done, record_field, text_arg, whole_arg, year_arg
from tracker.kernel.words import Words
from tracker.offices.models import Village
from tracker.offices.queries import open_villages

bp = Blueprint("advisers", __name__, url_prefix="/advisers")

LARGEST = 2_147_483_647

TONES = {
    AssignmentState.SERVING: "success",
    AssignmentState.COMING: "info",
    AssignmentState.ENDED: "muted",
}


def id_arg(name: str) -> int | None:
    """The id of a record named in the address."""
    return whole_arg(name, 0, 1, LARGEST) or None


def wanted(**narrowed: Any) -> queries.Wanted:
    """What the address narrows a list to; what all lists have in common is read here."""
    return queries.Wanted(
        clock.today(),
        search=text_arg("q"),
        year=year_arg(),
        voided=request.args.get("voided") == "1",
        **narrowed,
    )


def year_assessed() -> int:
    """The year that is being assessed: last year's until the end of June, then this year's."""
    today = clock.today()
    return today.year - 1 if today.month <= 6 else today.year


def month_label(code: str) -> str:
    """``3`` is March, ``q2`` the second quarter."""
    if code.startswith("q"):
        return gettext("第%(number)s季度", number=code[1:])
    return gettext("%(month)s月", month=code)


_MONTHS = {
    **{str(n): (n, n) for n in range(1, 13)},
    **{f"q{n}": (3 * n - 2, 3 * n) for n in range(1, 5)},
}


def months_arg() -> tuple[int, int] | None:
    """``?month=``: a month or a quarter, as its first and last month."""
    return _MONTHS.get(request.args.get("month", ""))


def month_filter() -> FilterField:
    """The choice of a month or a quarter."""
    chosen = request.args.get("month", "")
    choices = [("", gettext("全年")), *((code, month_label(code)) for code in _MONTHS)]
    value = chosen if chosen in _MONTHS else ""
    return FilterField("month", gettext("月份"), "select", value, choices)


def village_filter() -> FilterField:
    """The choice of a village. One that was merged away is offered where the address names it."""
    villages = [(v.id, v.name) for v in open_villages(db.session(), viewer().scope)]
    named = id_arg("village")
    if named is not None and named not in dict(villages):
        found = db.session().get(Village, named)
        if found is not None and found.office_id in viewer().scope.office_ids:
            villages.append((found.id, found.name))
    return record_field("village", gettext("村（社区）"), villages)


def adviser_filter() -> FilterField:
    """The choice of an adviser."""
    advisers = [(a.id, a.name) for a in queries.open_advisers(db.session(), viewer().scope)]
    return record_field("adviser", gettext("法律顾问"), advisers)


def keep_offered(form: RecordForm[Any], *names: str) -> None:
    """Drop what the address asked to be chosen and the office does not have."""
    for name in names:
        field = form[name]
        if isinstance(field, RecordField):
            offered = {key for key, _ in field.offered}
            if not form.is_submitted() and str(field.data) not in offered:
                field.data = None


def restored(write: Callable[[Session, Scope, int], Any], record_id: int, back: str) -> Response:
    """Take a void back, or say why that would break a rule."""
    PlainForm().is_sent_well()
    try:
        with write_tx(viewer().actor) as session:
            write(session, viewer().scope, record_id)
    except RuleBroken as error:
        flash(say(error.message), "danger")
        return redirect(back, code=303)
    return done(back, Words("已撤销作废。", "The void was taken back."))


class ForVillage(Protocol):
    """Whatever is for a village, or without one for the township."""

    @property
    def village(self) -> Village | None: ...


def served_name(record: ForVillage) -> str:
    """The village's name, or that it is the township itself."""
    return record.village.name if record.village else gettext("乡镇（街道）本级")


def state_of(assignment: AdviserAssignment, today: date, *, serves: bool) -> AssignmentState:
    """How an assignment stands; whether it serves today is looked up for all of a page at once."""
    if serves:
        return AssignmentState.SERVING
    return AssignmentState.COMING if assignment.starts_on > today else AssignmentState.ENDED


def assignment_table(
    found: Iterable[AdviserAssignment], left_out: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Assignments with how each stands today, without the columns the page says already."""
    found = list(found)
    today = clock.today()
    serving = queries.serving_ids(db.session(), found, today)

    def state(assignment: AdviserAssignment) -> AssignmentState:
        return state_of(assignment, today, serves=assignment.id in serving)

    columns = (
        *(c for c in register.ASSIGNMENT_LIST if c.key not in left_out),
        Column("state", Words("状态", "State"), state, "term"),
    )
    place = len(columns) - 1
    shown = table(columns, found, lambda each: url_for(".assignment", record_id=each.id))
    for row, assignment in zip(shown["rows"], found, strict=True):
        # A county's table has the office's name after it.
        row["cells"][place] = {"text": row["cells"][place], "tone": TONES[state(assignment)]}
    return shown
