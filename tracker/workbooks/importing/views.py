"""Pages of the import: hand a ledger in, say what its columns mean, see what would happen.

Who may not write in their own office sees none of them; a county sees none of its townships'.
"""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from tracker.accounts.viewer import signed_in, viewer
from tracker.kernel import clock
from tracker.kernel.db import db, write_tx
from tracker.kernel.errors import RecordMissing, RuleBroken, TrackerError
from tracker.kernel.i18n import language, say
from tracker.kernel.uploads import takes_file
from tracker.kernel.web import page, paged, whole_arg
from tracker.workbooks.grid import MOST_BYTES, MOST_ROWS

from . import batches, listing, streaming
from .aside import Progress
from .forms import ColumnsForm, OptionsForm, UploadForm, columns_form
from .heads_found import look
from .models import BatchState
from .outcome import OnExisting, Outcome
from .preview_pages import LONG, intakes, lead, opened, preview_page, preview_part
from .reading import read_grid
from .report import head_rows, marks_of
from .sheets import HeadNotFound, find_tables, guess_register
from .waiting import UnreadableError, Waiting, intake_of

bp = Blueprint("imports", __name__, url_prefix="/import")

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGEST = 2_147_483_647


@bp.before_request
def _for_writers_only() -> None:
    person = signed_in()
    if person is not None and not person.may_write:
        abort(403)


@bp.errorhandler(413)
def _too_large(_error: HTTPException) -> Any:
    text = gettext(
        "文件超过 %(most)s MB，没有上传。请拆成几个文件，或去掉其中的图片，再导入。",
        most=MOST_BYTES >> 20,
    )
    return _error_page(413, gettext("文件太大"), text)


@bp.errorhandler(UnreadableError)
def _unreadable(error: UnreadableError) -> Any:
    return _error_page(409, gettext("这个文件现在打不开"), say(error.message))


def _error_page(code: int, title: str, text: str) -> Any:
    body = render_template(
        "errors/error.html",
        code=code,
        title=title,
        text=text,
        next_url=url_for("imports.upload"),
        next_label=gettext("回到导入页"),
        reference="",
    )
    return body, code


@bp.route("/", methods=["GET", "POST"])
@takes_file(MOST_BYTES)
def upload() -> Any:
    """Hand a ledger in; below, the imports so far. ``?register=`` chooses the register."""
    form = UploadForm(data=_first_choices())
    form.offer(intakes())
    if form.is_sent_well():
        try:
            batch_id = _take_file(form)
        except RuleBroken as error:
            form.add_error(error)
        else:
            return redirect(url_for(".batch", batch_id=batch_id), code=303)
    found = paged(listing.batches(viewer().scope.for_writing))
    return page(
        "imports/upload.html",
        form,
        most_rows=MOST_ROWS,
        most_megabytes=MOST_BYTES >> 20,
        templates=[
            (each.register.key, say(each.register.label), _template_of(each.register.key))
            for each in intakes()
        ],
        found=found,
        table=listing.batches_table(found.rows, intakes()),
    )


def _template_of(key: str) -> str:
    return url_for("workbooks.template", key=key)


def _first_choices() -> dict[str, Any]:
    """What the form starts with: the register of the list one comes from, or the last choices."""
    key = request.args.get("register", "")[:60]
    values: dict[str, Any] = {
        "register": key if intake_of(intakes(), key) else "",
        "on_existing": OnExisting.UPDATE,
    }
    again = whole_arg("again", 0, 1, _LARGEST)
    if not again:
        return values
    try:
        found = batches.find_batch(db.session(), viewer().scope.for_writing, again)
    except RecordMissing:
        return values
    return {"register": found.register, "again": found.id, **_values(batches.options_of(found))}


def _values(chosen: Any) -> dict[str, Any]:
    return {
        "on_existing": chosen.on_existing,
        "create_missing": chosen.create_missing,
        "year": chosen.year,
    }


def _take_file(form: UploadForm) -> int:
    """Keep the ledger until it is confirmed; returns its batch's id.

    :raises RuleBroken: when it is no workbook, or no register is in it.
    """
    session, person = db.session(), viewer()
    data, name = form.content, form.file_name
    try:
        grid = read_grid(data, name)
    except TrackerError as error:
        raise RuleBroken("file", error.message) from error
    intake = intake_of(intakes(), str(form.register.data))
    try:
        all_taught = batches.taught_heads(session, person.office_id)
        intake = intake or guess_register(grid, intakes(), all_taught)
        taught = all_taught.get(intake.register.key)
        find_tables(grid, intake, taught, others=intakes())
    except HeadNotFound as error:
        if intake is None:
            raise RuleBroken("register", error.message) from error
        if not error.heads:
            raise RuleBroken("file", error.message) from error
    with write_tx(person.actor) as writing:
        if form.replaced is not None:
            batches.forget_replaced(writing, person.scope, form.replaced)
        kept = batches.keep_waiting(writing, person.office_id, intake, name, data, form.options())
        return kept.id


@bp.get("/<int(max=2147483647):batch_id>")
def batch(batch_id: int) -> Any:
    """What an import would do, or what it did."""
    waiting = opened(batch_id)
    if waiting is None:
        return listing.result_page(batch_id)
    try:
        found = waiting.found
    except HeadNotFound:
        return redirect(url_for(".columns", batch_id=batch_id))
    actor, scope, today = viewer().actor, viewer().scope, clock.today()

    def try_out(progress: Progress | None = None) -> Outcome:
        return batches.try_out(actor, scope, found, waiting.options, today, progress)

    if waiting.rows <= LONG:
        return preview_page(waiting, try_out())
    db.session.rollback()  # no read transaction stays open while the thread works
    return streaming.streamed(
        gettext("核对导入内容"),
        lead(waiting),
        waiting.rows,
        try_out,
        lambda aside: preview_part(waiting, aside.result()),
    )


@bp.route("/<int(max=2147483647):batch_id>/columns", methods=["GET", "POST"])
def columns(batch_id: int) -> Any:
    """Which column each head of the ledger means; the office's answer is remembered.

    ``?row=`` looks at another row as the head.
    """
    waiting = opened(batch_id)
    if waiting is None:
        return redirect(url_for(".batch", batch_id=batch_id))
    head_row = waiting.head_row
    pointed = ColumnsForm().head_row if request.method == "POST" else _pointed()
    if pointed is not None:
        head_row = pointed
    seen = look(waiting.grid, waiting.intake, waiting.taught, head_row, waiting.others)
    form = columns_form(seen.heads, waiting.intake, head_row)
    if form.is_sent_well():
        person = viewer()
        with write_tx(person.actor) as session:
            batches.teach(session, person.office_id, waiting.intake, form.changed())
            batches.choose(session, person.scope, batch_id, waiting.options, head_row)
        return redirect(url_for(".batch", batch_id=batch_id), code=303)
    return page(
        "imports/columns.html",
        form,
        lead=lead(waiting),
        seen=seen,
        problem=say(seen.problem) if seen.problem else "",
        fields=listing.head_fields(form),
        batch_id=batch_id,
        again=url_for(".upload", again=batch_id),
        template_url=_template_of(waiting.intake.register.key),
    )


def _pointed() -> int | None:
    """The row that the address points at, from 0."""
    number = whole_arg("row", 0, 1, 20_000)
    return number - 1 if number else None


@bp.route("/<int(max=2147483647):batch_id>/options", methods=["GET", "POST"])
def options(batch_id: int) -> Any:
    """Change what was chosen for a ledger that waits."""
    found = batches.find_batch(db.session(), viewer().scope.for_writing, batch_id)
    if found.state is not BatchState.WAITING:
        return redirect(url_for(".batch", batch_id=batch_id))
    head_row = found.head_row
    form = OptionsForm(data=_values(batches.options_of(found)))
    if form.is_sent_well():
        with write_tx(viewer().actor) as session:
            batches.choose(session, viewer().scope, batch_id, form.options(), head_row)
        return redirect(url_for(".batch", batch_id=batch_id), code=303)
    return page("imports/options.html", form, back=url_for(".batch", batch_id=batch_id))


@bp.get("/<int(max=2147483647):batch_id>/marked.xlsx")
def marked(batch_id: int) -> Response:
    """The clerk's own file with its wrong cells marked."""
    from .marking import mark_workbook  # openpyxl is not loaded before somebody wants a workbook

    waiting = opened(batch_id)
    if waiting is None:
        abort(404)
    found = _found(waiting)
    person = viewer()
    outcome = batches.try_out(person.actor, person.scope, found, waiting.options, clock.today())
    try:
        content = mark_workbook(
            waiting.data,
            waiting.grid,
            marks_of(outcome, language()),
            head_rows=head_rows(found),
            language=language(),
        )
    except TrackerError as error:
        raise UnreadableError(error.message) from error
    name = f"{PurePath(waiting.name).stem[:80]}_{gettext('标出错误')}.xlsx"
    return send_file(io.BytesIO(content), mimetype=_XLSX, as_attachment=True, download_name=name)


def _found(waiting: Waiting) -> Any:
    try:
        return waiting.found
    except HeadNotFound:
        abort(404)
