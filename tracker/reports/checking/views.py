"""Pages of the checker: hand a report in, see its numbers, say what an unknown one is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from tracker.accounts import gate
from tracker.accounts.viewer import viewer
from tracker.figures import catalogue
from tracker.kernel import clock
from tracker.kernel.db import db, write_tx
from tracker.kernel.errors import RuleBroken, TrackerError
from tracker.kernel.i18n import say
from tracker.kernel.period import FIRST_YEAR
from tracker.kernel.tables import shown
from tracker.kernel.uploads import takes_file
from tracker.kernel.web import done, page, paged
from tracker.kernel.words import Words

from . import documents, operations, pages, queries
from .figures import expected_figures
from .findings import CheckedReport, Finding, Verdict
from .forms import LONGEST_PASTED, BindForm, ReportForm
from .verdicts import check_text

bp = Blueprint("report_check", __name__, url_prefix="/reports/check")

#: Until the reports are public (1 April) people still write about the year that has ended.
_STILL_LAST_YEAR = timedelta(days=120)
_REMOVED = Words("不再记住这个说法", "Not remembered any more")
_RESTORED = Words("已恢复", "Restored")


def year_to_check() -> int:
    """The year whose report is being written."""
    return (clock.today() - _STILL_LAST_YEAR).year


@bp.errorhandler(413)
def _too_large(_error: HTTPException) -> Any:
    text = gettext(
        "文件超过 %(most)s MB，没有读取。请去掉其中的图片，或者把正文粘贴到核对页的文本框里。",
        most=documents.MOST_BYTES >> 20,
    )
    body = render_template(
        "errors/error.html",
        code=413,
        title=gettext("文件太大"),
        text=text,
        next_url=url_for(".check", year=year_to_check()),
        next_label=gettext("回到核对页"),
        reference="",
    )
    return body, 413


def _require(year: int) -> None:
    if not FIRST_YEAR < year <= clock.today().year + 1:
        abort(404)


@bp.route("/<int(max=9999):year>", methods=["GET", "POST"])
@gate.own_account
@takes_file(documents.MOST_BYTES)
def check(year: int) -> Any:
    """Hand a report in; nothing of it is kept."""
    _require(year)
    form = ReportForm()
    if form.is_sent_well():
        try:
            text = form.report()
            return _result(text, year, _checked(text, year))
        except RuleBroken as error:
            form.add_error(error)
        except TrackerError as error:
            form.add_error(RuleBroken("file", error.message))
    return page(
        "reports/check.html",
        form,
        year=year,
        most_megabytes=documents.MOST_BYTES >> 20,
    )


@bp.post("/<int(max=9999):year>/bind")
def bind(year: int) -> Any:
    """Remember which figure a number's phrase speaks of, and check again."""
    _require(year)
    form = BindForm()
    text = str(form.text.data or "")
    try:
        checked = _checked(text, year)
    except TrackerError as error:
        flash(say(error.message), "danger")
        return redirect(url_for(".check", year=year), code=303)
    _offer(form, checked)
    if not form.is_sent_well():
        return _result(text, year, checked, form)
    finding = checked.findings[int(form.number.data) - 1]
    with write_tx(viewer().actor) as session:
        binding_id = _remember(session, finding, form.figure.data)
    undo = {
        "text": gettext("已记住，以后遇到同样的说法就认得"),
        "url": url_for(".remove", binding_id=binding_id),
        "label": gettext("撤销"),
    }
    flash(undo, "success")  # type: ignore[arg-type]  # the page's macro takes both
    return _result(text, year, _checked(text, year))


def _remember(session: Any, finding: Finding, key: str) -> int:
    bound = operations.bind(session, viewer().office_id, finding.cue, finding.number.unit, key)
    return bound.id


def _checked(text: str, year: int) -> CheckedReport:
    session, person = db.session(), viewer()
    bindings = queries.bindings_of(session, person.office_id)
    return check_text(text, expected_figures(session, person.scope, year), year, bindings)


def _offer(form: BindForm, checked: CheckedReport) -> None:
    session, person = db.session(), viewer()
    figures = catalogue.figures_for(session, person.scope, checked.year)
    offered: dict[str, list[tuple[str, str]]] = {}
    for figure in figures:
        offered.setdefault(say(figure.group), []).append((figure.key, say(figure.label)))
    form.offer(pages.numbers_offered(checked), offered)


def _result(text: str, year: int, checked: CheckedReport, form: BindForm | None = None) -> Any:
    if form is None:
        form = BindForm(formdata=None, data={"text": text})
        _offer(form, checked)
    return page(
        "reports/checked.html",
        form,
        year=year,
        counts=[
            (say(verdict.label), pages.TONES[verdict], checked.counts[verdict])
            for verdict in Verdict
        ],
        disagrees=checked.counts[Verdict.DISAGREES],
        pieces=pages.pieces(checked),
        rows=pages.rows(checked),
        again=len(text) <= LONGEST_PASTED,
        may_bind=viewer().may_write and len(text) <= LONGEST_PASTED,
    )


@bp.get("/bindings")
def bindings() -> Any:
    """What the office said of its phrases."""
    session, person = db.session(), viewer()
    found = paged(queries.live_bindings(person.scope))
    figures = catalogue.figures_for(session, person.scope, year_to_check())
    labels = {figure.key: say(figure.label) for figure in figures}
    return page(
        "reports/bindings.html",
        year=year_to_check(),
        found=found,
        lines=[
            {
                "cue": each.cue,
                "figure": labels.get(each.figure_key, each.figure_key),
                "who": each.bound_by,
                "when": shown(each.bound_at),
                "url": url_for(".remove", binding_id=each.id)
                if person.may_edit(each.office_id)
                else "",
            }
            for each in found.rows
        ],
    )


@bp.post("/bindings/<int(max=2147483647):binding_id>/remove")
def remove(binding_id: int) -> Any:
    """Remember a phrase no longer."""
    with write_tx(viewer().actor) as session:
        operations.remove(session, viewer().office_id, binding_id)
    return done(url_for(".bindings"), _REMOVED, url_for(".restore", binding_id=binding_id))


@bp.post("/bindings/<int(max=2147483647):binding_id>/restore")
def restore(binding_id: int) -> Any:
    """Remember it again."""
    with write_tx(viewer().actor) as session:
        operations.restore(session, viewer().office_id, binding_id)
    return done(url_for(".bindings"), _RESTORED)
