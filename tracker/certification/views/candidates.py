"""The list of candidates of a sitting, to print and to hand in."""

from __future__ import annotations

from typing import Any

from flask import current_app, request
from flask_babel import gettext

from tracker.accounts.record_pages import seen
from tracker.accounts.viewer import viewer
from tracker.certification.models import ExamSitting
from tracker.certification.queries.exams import registrations_of
from tracker.certification.register import CANDIDATES
from tracker.kernel.db import db
from tracker.kernel.i18n import say
from tracker.kernel.lists import SheetText, SheetWriter
from tracker.kernel.tables import shown
from tracker.kernel.web import page

from .shared import bp


@bp.get("/sittings/<int(max=2147483647):record_id>/candidates")
def candidates(record_id: int) -> Any:
    """Everybody registered, in order of entry, to print; with ``?export=xlsx`` as a sheet."""
    found = seen(ExamSitting, record_id)
    rows = list(db.session().scalars(registrations_of(found)))
    office = viewer().office_names.get(found.office_id, viewer().office_name)
    title = gettext("%(exam)s报名名单", exam=found.title)
    held_on = gettext("考试日期：%(day)s", day=found.held_on)
    organiser = gettext("组织单位：%(name)s", name=found.organiser) if found.organiser else ""
    count = gettext("共 %(n)s 人", n=len(rows))
    if request.args.get("export") == "xlsx":
        write: SheetWriter = current_app.extensions["sheet_writer"]
        signed = gettext(
            "填报人（签名）：____________    负责人（签名）：____________    单位（盖章）"
        )
        head = "    ".join(each for each in (held_on, organiser) if each)
        text = SheetText(
            say(CANDIDATES.label), office, f"{office}{title}", (head,), (count, signed)
        )
        return write(CANDIDATES, rows, text)
    return page(
        "certification/candidates.html",
        sitting=found,
        office=office,
        title=title,
        held_on=held_on,
        organiser=organiser,
        count=count,
        columns=[
            {"label": column.label, "nowrap": column.kind == "date" or column.as_text}
            for column in CANDIDATES.columns
        ],
        rows=[
            {"id": each.id, "cells": [shown(column.read(each)) for column in CANDIDATES.columns]}
            for each in rows
        ],
    )
