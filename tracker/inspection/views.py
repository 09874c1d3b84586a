"""Pages of an inspection: the folder to take away, and the records that lack evidence."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app
from flask_babel import gettext

from tracker.accounts.viewer import viewer
from tracker.evidence import panel
from tracker.evidence.store import Store
from tracker.evidence.terms import EvidenceKind
from tracker.figures.counted import counted_records
from tracker.figures.lacking import lacking
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.i18n import say
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.register import Register
from tracker.kernel.web import page
from tracker.offices.models import Office

bp = Blueprint("inspection", __name__, url_prefix="/inspection")


def _period(year: int) -> Period:
    if not FIRST_YEAR < year <= clock.today().year + 1:
        abort(404)
    return Period.of_year(year, clock.today())


@bp.get("/<int(max=9999):year>/folder.zip")
def folder(year: int) -> Response:
    """The year's folder as a download; nothing of it stays on the server."""
    from . import folder as writer  # Excel and Word are not loaded before somebody wants them

    period, person, today = _period(year), viewer(), clock.today()
    session = db.session()
    office = session.get_one(Office, person.office_id)
    registers: Sequence[Register] = current_app.extensions["registers"]
    gathered = writer.gather(
        session,
        person.scope,
        office,
        period,
        registers=registers,
        prepared_by=person.name,
        today=today,
    )
    name = writer.file_name(office, year, today)
    # What has been read is all there is to say; files are written without holding a transaction.
    db.session.rollback()
    instance = Path(current_app.instance_path)
    target = tempfile.TemporaryFile(dir=instance)  # noqa: SIM115  # closed with the answer
    try:
        writer.write(gathered, Store(instance), target)
        size = target.tell()
        target.seek(0)
    except BaseException:
        target.close()
        raise
    answer = Response(_pieces(target), mimetype="application/zip")
    answer.content_length = size
    answer.call_on_close(target.close)
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"folder-{year}.zip\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    return answer


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(1 << 20):
            yield piece


@bp.get(
    "/<int(max=9999):year>/missing/<string(maxlength=40):record_type>/<string(maxlength=40):lacks>"
)
def missing(year: int, record_type: str, lacks: str) -> Any:
    """The counted records of a year that lack a kind of evidence."""
    period = _period(year)
    if lacks not in EvidenceKind.codes():
        abort(404)
    kind = EvidenceKind(lacks)
    session, scope = db.session(), viewer().scope
    counted = [
        each
        for each in counted_records(session, scope, period, present=True)
        if each.record_type == record_type
    ]
    if not counted and record_type not in panel.record_types():
        abort(404)
    records = [
        record
        for each in lacking(session, scope, counted)
        if each.kind is kind
        for record in each.records
    ]
    offices = viewer().office_names
    columns = [
        {"key": "number", "label": gettext("编号"), "nowrap": True},
        {"key": "date", "label": gettext("日期"), "nowrap": True},
        {"key": "title", "label": gettext("记录"), "wide": True},
        *([{"key": "office", "label": gettext("单位")}] if len(offices) > 1 else []),
    ]
    rows = [
        {
            "cells": [
                record.number,
                record.date.isoformat() if record.date else "",
                record.title,
                *([offices.get(record.office_id, "")] if len(offices) > 1 else []),
            ],
            "url": record.url,
        }
        for record in records
    ]
    return page(
        "inspection/missing.html",
        year=year,
        kind=say(kind.label),
        label=say(counted[0].label) if counted else "",
        columns=columns,
        rows=rows,
    )
