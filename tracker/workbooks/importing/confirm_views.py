"""Pages that write: confirm an import, give it up, take it back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.db import db, write_tx
from tracker.kernel.errors import RecordMissing, RuleBroken, TrackerError
from tracker.kernel.forms import PlainForm
from tracker.kernel.i18n import say
from tracker.kernel.web import done, page
from tracker.kernel.words import Words

from . import batches, streaming
from .aside import Aside, Progress
from .batches import ImportRefused
from .models import BatchState
from .outcome import Outcome
from .preview_pages import LONG, intakes, lead, opened, preview_page, preview_part
from .previewing import seen_as
from .sheets import HeadNotFound
from .views import bp
from .waiting import Waiting, intake_of

_OTHERWISE = Words(
    "核对之后，数据或选项有了变化，结果和您刚才看到的不同。没有导入任何一行，请看过新的结果再确认",
    "Records or choices changed since you looked, and so did the outcome. Nothing was taken in; "
    "look at the new outcome and confirm again",
)
_AT_ONCE = Words(
    "刚才有人同时保存了相关的记录，没有导入任何一行。请再核对一次",
    "Somebody saved related records at the same moment; nothing was taken in. Please look again",
)
_DONE = Words("已导入。", "Taken in.")
_UNDONE = Words("已撤销这次导入。", "The import was taken back.")
_DROPPED = Words("已放弃，没有导入任何内容。", "Given up; nothing was taken in.")


class _SeenOtherwiseError(TrackerError):
    """The outcome is not the one the person agreed to; nothing may be written."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(_OTHERWISE)
        self.outcome = outcome


class _NotWaitingError(Exception):
    """Somebody else, or the same press twice, was faster."""


@bp.post("/<int(max=2147483647):batch_id>/confirm")
def confirm(batch_id: int) -> Any:
    """Take the ledger in: all of it, as it was shown, or nothing."""
    here = url_for(".batch", batch_id=batch_id)
    waiting = opened(batch_id)
    if waiting is None:
        return redirect(here, code=303)
    try:
        found = waiting.found
    except HeadNotFound:
        return redirect(here, code=303)
    agreed, person, today = request.form.get("seen", "")[:64], viewer(), clock.today()

    def take_in(progress: Progress | None = None) -> Outcome:
        with write_tx(person.actor) as session:
            kept = batches.find_batch(session, person.scope.for_writing, batch_id, lock=True)
            if kept.state is not BatchState.WAITING:
                raise _NotWaitingError
            _kept, outcome = batches.take_in(
                session,
                person.scope,
                found,
                waiting.options,
                today,
                name=waiting.name,
                batch=kept,
                progress=progress,
            )
            if seen_as(outcome) != agreed:
                raise _SeenOtherwiseError(outcome)
            return outcome

    if waiting.rows > LONG:
        db.session.rollback()  # no read transaction stays open while the thread works
        return streaming.streamed(
            gettext("正在导入"),
            lead(waiting),
            waiting.rows,
            take_in,
            lambda aside: _ending(waiting, aside, here),
        )
    try:
        take_in()
    except (ImportRefused, _SeenOtherwiseError) as error:
        return preview_page(waiting, error.outcome, error.message)
    except (IntegrityError, StaleDataError):
        flash(say(_AT_ONCE), "danger")
    except _NotWaitingError:
        pass
    else:
        flash(say(_DONE), "success")
    return redirect(here, code=303)


def _ending(waiting: Waiting, aside: Aside[Outcome], here: str) -> str:
    """What stands below the progress in the end: a link onwards, or why nothing was written."""
    reason = ""
    try:
        aside.result()
    except (ImportRefused, _SeenOtherwiseError) as error:
        return preview_part(waiting, error.outcome, error.message)
    except (IntegrityError, StaleDataError):
        reason = say(_AT_ONCE)
    except _NotWaitingError:
        pass
    return render_template("imports/_going_on.html", url=here, reason=reason)


def _undone(aside: Aside[None], here: str) -> str:
    """What stands below the progress in the end: a link onwards, or why nothing was taken back."""
    reason = ""
    try:
        aside.result()
    except TrackerError as error:
        reason = say(error.message)
    return render_template("imports/_going_on.html", url=here, reason=reason)


@bp.post("/<int(max=2147483647):batch_id>/forget")
def forget(batch_id: int) -> Any:
    """Drop a ledger that waits."""
    with write_tx(viewer().actor) as session:
        batches.forget(session, viewer().scope, batch_id)
    return done(url_for(".upload"), _DROPPED)


@bp.route("/<int(max=2147483647):batch_id>/undo", methods=["GET", "POST"])
def cancel(batch_id: int) -> Any:
    """Ask once, and take the whole import back."""
    here = url_for(".batch", batch_id=batch_id)
    found = batches.find_batch(db.session(), viewer().scope.for_writing, batch_id)
    if found.state is not BatchState.DONE:
        return redirect(here, code=303)
    intake = intake_of(intakes(), found.register)
    if intake is None:
        raise RecordMissing
    form, person, today = PlainForm(), viewer(), clock.today()
    context: dict[str, Any] = {
        "name": found.name,
        "new": found.new_rows,
        "updated": found.updated_rows,
    }
    rows = found.new_rows + found.updated_rows

    def undo(progress: Progress | None = None) -> None:
        with write_tx(person.actor) as session:
            batches.undo(session, person.scope, intake, batch_id, today, progress)

    if form.is_sent_well():
        if rows > LONG:
            db.session.rollback()
            return streaming.streamed(
                gettext("正在撤销"), context["name"], rows, undo, lambda aside: _undone(aside, here)
            )
        try:
            undo()
        except RecordMissing:
            raise
        except TrackerError as error:
            form.add_error(RuleBroken("", error.message))
            form.status = 409
        else:
            return done(here, _UNDONE)
    return page("imports/undo.html", form, back=here, **context)
