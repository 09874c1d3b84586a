"""Pages of the publicity calendar."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from tracker.accounts.record_pages import form_page
from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.db import db, write_tx
from tracker.kernel.errors import RecordMissing
from tracker.kernel.forms import PlainForm
from tracker.kernel.i18n import language, say
from tracker.kernel.ical import MIMETYPE
from tracker.kernel.period import FIRST_YEAR, LAST_YEAR
from tracker.kernel.web import done, page, whole_arg
from tracker.kernel.words import Words

from ..views import bp
from . import operations, pages, queries
from .days import shipped_days
from .feed import year_file
from .forms import ConfirmationForm, LocalDayForm
from .terms import DayStanding

_KEPT = Words("已恢复到日历：{name}", "Back in the calendar: {name}")
_OFF = Words("已从日历中去掉：{name}", "Taken out of the calendar: {name}")
_UNCONFIRMED = Words("已撤销日期确认。", "The confirmation was taken back.")


def _known_year(year: int) -> int:
    """404 for a year the calendar does not reach."""
    if not FIRST_YEAR < year < LAST_YEAR:
        abort(404)
    return year


@bp.get("/calendar/")
def calendars() -> Any:
    """This year's calendar."""
    return redirect(url_for(".calendar", year=clock.today().year))


@bp.get("/calendar/<int(max=9999):year>")
def calendar(year: int) -> Any:
    """A year's publicity days: twelve months, one (``?month=``), or a list (``?view=list``)."""
    _known_year(year)
    session, today = db.session(), clock.today()
    found = queries.occurrences(session, viewer().office_id, year)
    events = queries.events_for(session, viewer().scope, found)
    days = [pages.shown_day(each, events[each.key], today) for each in found]
    month = whole_arg("month", 0, 1, 12)
    return page(
        "outreach/calendar.html",
        year=year,
        month=month,
        month_name=say(pages.month_name(month)) if month else "",
        view="list" if request.args.get("view") == "list" and not month else "months",
        months=pages.months_of(year, days, today, month),
        days=days,
        undated=[day for day in days if day.first is None],
        unsure=[day for day in days if day.warning],
        missed=[day for day in days if day.standing is DayStanding.MISSED],
    )


@bp.get("/calendar/<int(max=9999):year>/days.ics")
def calendar_file(year: int) -> Response:
    """The year's days whose dates are known, for phones and mail programs."""
    _known_year(year)
    person = viewer()
    content = year_file(
        queries.occurrences(db.session(), person.office_id, year),
        year=year,
        office_name=person.office_name,
        office_code=person.office_code,
        at=clock.now(),
        language=language(),
    )
    answer = Response(content, mimetype=MIMETYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="publicity-days-{year}.ics"'
    return answer


@bp.route(
    "/calendar/<int(max=9999):year>/<string(maxlength=60):key>/confirm", methods=["GET", "POST"]
)
def confirm_day(year: int, key: str) -> Any:
    """Write down the dates of a day in a year, by the notice that names them."""
    _known_year(year)
    session, office_id = db.session(), viewer().office_id
    found = queries.occurrence_of(session, office_id, year, key)
    if found is None:
        raise RecordMissing
    warning = found.said(clock.today())
    return form_page(
        ConfirmationForm(data=ConfirmationForm.values_of(found)),
        lambda tx, draft: operations.confirm_dates(tx, office_id, year, key, draft),
        lambda _: url_for(".calendar", year=year, _anchor=f"day-{key}"),
        title=gettext("确认%(year)s年日期：%(name)s", year=year, name=say(found.day.name)),
        back=url_for(".calendar", year=year),
        template="outreach/confirm_day.html",
        sureness=say(found.sureness.label),
        warning=say(warning) if warning is not None else "",
        source=found.notice or found.day.source,
        confirmed=queries.confirmation_of(session, office_id, year, key),
        take_back_url=url_for(".unconfirm_day", year=year, key=key),
    )


@bp.post("/calendar/<int(max=9999):year>/<string(maxlength=60):key>/unconfirm")
def unconfirm_day(year: int, key: str) -> AnyResponse:
    """Go back to the dates the calendar knew by itself."""
    PlainForm().is_sent_well()
    with write_tx(viewer().actor) as session:
        operations.take_back_confirmation(session, viewer().office_id, _known_year(year), key)
    return done(url_for(".calendar", year=year), _UNCONFIRMED)


@bp.get("/calendar/days/")
def publicity_days() -> Any:
    """All shipped days with their sources and whether the office keeps them, and its own."""
    session, office_id = db.session(), viewer().office_id
    off = queries.switched_off(session, office_id)
    return page(
        "outreach/publicity_days.html",
        own=[
            (day, pages.day_range(day.month, day.day, day.end_month, day.end_day))
            for day in queries.local_days_of(session, office_id)
        ],
        shipped=[(day, day.key not in off) for day in shipped_days().values()],
    )


@bp.post("/calendar/days/<string(maxlength=60):key>/keep")
def keep_day(key: str) -> AnyResponse:
    """Take a shipped day out of the office's calendar, or (``kept=1``) back into it."""
    PlainForm().is_sent_well()
    kept = request.form.get("kept") == "1"
    with write_tx(viewer().actor) as session:
        operations.keep_day(session, viewer().office_id, key, kept=kept)
    name = shipped_days()[key].name
    return done(
        url_for(".publicity_days"),
        (_KEPT if kept else _OFF).fill(name=name),
        undo_url=url_for(".keep_day", key=key),
        kept="0" if kept else "1",
    )


@bp.route("/calendar/days/new", methods=["GET", "POST"])
def new_local_day() -> Any:
    """Add a day of the office's own."""
    return _local_day_page(None, gettext("新增本地宣传日"), {"in_use": True})


@bp.route("/calendar/days/<int(max=2147483647):day_id>", methods=["GET", "POST"])
def edit_local_day(day_id: int) -> Any:
    """Change one of the office's own days, or take it out of use."""
    found = queries.local_day_of(db.session(), viewer().office_id, day_id)
    if found is None:
        raise RecordMissing
    return _local_day_page(day_id, gettext("修改本地宣传日"), LocalDayForm.values_of(found))


def _local_day_page(day_id: int | None, title: str, values: dict[str, Any]) -> Any:
    return form_page(
        LocalDayForm(data=values),
        lambda session, draft: operations.save_local_day(
            session, viewer().office_id, day_id, draft
        ),
        lambda _: url_for(".publicity_days"),
        title=title,
        back=url_for(".publicity_days"),
    )
