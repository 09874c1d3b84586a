"""The administrators' page: how the instance stands, and a backup to take away."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, current_app, render_template, send_file
from flask_babel import gettext
from sqlalchemy import func, select

from tracker.accounts.gate import administrators_only
from tracker.accounts.viewer import viewer
from tracker.kernel.db import db
from tracker.kernel.errors import TrackerError
from tracker.kernel.forms import PlainForm
from tracker.kernel.i18n import say
from tracker.offices.models import Office

from .backup import backup
from .checks import Check, State
from .doctor import doctor, is_well
from .files import is_sqlite

bp = Blueprint("safekeeping", __name__, url_prefix="/safekeeping")

_TONES = {State.OK: "success", State.WARNING: "warning", State.FAILED: "danger"}
_OUTGOING = ".backup-download-"


@bp.get("/")
@administrators_only
def overview() -> Any:
    """How the instance stands."""
    return _overview()


def _overview(problem: str = "") -> Any:
    application = current_app._get_current_object()  # type: ignore[attr-defined]
    findings = doctor(application)
    columns = [
        {"key": "what", "label": gettext("检查内容")},
        {"key": "state", "label": gettext("结果"), "nowrap": True},
        {"key": "message", "label": gettext("说明"), "wide": True},
    ]
    body = render_template(
        "safekeeping/overview.html",
        columns=columns,
        rows=[_row(found) for found in findings],
        well=is_well(findings),
        may_take=_may_take(),
        embedded=is_sqlite(application),
        problem=problem,
    )
    return body, 422 if problem else 200


def _row(found: Check) -> dict[str, Any]:
    message: dict[str, Any] = {"text": say(found.message)}
    if found.advice is not None:
        message["note"] = say(found.advice)
    tag = {"text": say(found.state.label), "tone": _TONES[found.state]}
    return {"cells": [say(found.label), tag, message]}


def _may_take() -> bool:
    """A backup holds every office of the instance, so it is only for who may see all of them."""
    offices = db.session.scalar(select(func.count()).select_from(Office)) or 0
    return offices <= len(set(viewer().scope.office_ids))


@bp.post("/backup")
@administrators_only
def take_backup() -> Any:
    """A fresh backup as a download; nothing of it stays on the server."""
    if not _may_take():
        abort(403)
    form = PlainForm()
    if not form.is_sent_well():
        abort(400)
    application = current_app._get_current_object()  # type: ignore[attr-defined]
    folder = Path(tempfile.mkdtemp(prefix=_OUTGOING, dir=application.instance_path))
    try:
        path, _manifest = backup(application, folder)
        answer = send_file(path, "application/zip", as_attachment=True, download_name=path.name)
    except TrackerError as error:
        shutil.rmtree(folder, ignore_errors=True)
        return _overview(say(error.message))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    application.logger.warning("backup taken away by account %s", viewer().user_id)
    # Passed straight through to the server, an answer never learns that it was closed.
    answer.direct_passthrough = False
    answer.call_on_close(lambda: shutil.rmtree(folder, ignore_errors=True))
    return answer
