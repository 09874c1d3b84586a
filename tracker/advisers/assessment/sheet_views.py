"""Pages of score sheets: everybody reads them, administrators write them."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.accounts import gate
from tracker.accounts.record_pages import form_page, leading_to, own, restore, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.advisers.views.shared import bp, year_assessed
from tracker.kernel.db import db, write_tx
from tracker.kernel.forms import PlainForm, posted_version
from tracker.kernel.i18n import say
from tracker.kernel.web import done, page
from tracker.kernel.wording import plain
from tracker.kernel.words import Words

from . import queries
from . import sheet_operations as operations
from .forms import ItemForm, SheetForm
from .models import ScoreSheet

_LOADED = Words(
    "已载入示例评分表。项目和分值只是示例，请按本地的考核办法修改。",
    "The example sheet was loaded. Its items and points are a model; adapt them to your rules.",
)
_REMOVED = Words(
    "已删除这一项。已完成的考核不变。", "The item was removed. Assessments made stay as they are."
)


@bp.get("/assessments/score-sheets/")
def score_sheets() -> Any:
    """Every score sheet, with the years it is for."""
    session, scope = db.session(), viewer().scope
    found = session.scalars(queries.sheets(scope)).all()
    current = {
        office_id: queries.sheet_of_year(session, office_id, year_assessed())
        for office_id in scope.office_ids
    }
    return page(
        "advisers/score_sheets.html",
        rows=[
            {
                "cells": [
                    sheet.title,
                    sheet.number,
                    str(sheet.from_year),
                    str(len(sheet.items)),
                    plain(sheet.most),
                    _bounds(sheet),
                    _state(sheet, current[sheet.office_id]),
                ],
                "url": url_for(".score_sheet", record_id=sheet.id),
            }
            for sheet in found
        ],
        year=year_assessed(),
    )


def _state(sheet: ScoreSheet, current: ScoreSheet | None) -> dict[str, str]:
    if current is not None and current.id == sheet.id:
        return {"text": gettext("%(year)s年使用", year=year_assessed()), "tone": "success"}
    if not sheet.items:
        return {"text": gettext("还没有评分项目"), "tone": "warning"}
    if sheet.from_year > year_assessed():
        return {"text": gettext("未到"), "tone": "info"}
    return {"text": gettext("已由更新的代替"), "tone": "muted"}


def _bounds(sheet: ScoreSheet) -> str:
    parts = [gettext("优秀 ≥%(points)s", points=plain(sheet.excellent_from))]
    if sheet.good_from is not None:
        parts.append(gettext("良好 ≥%(points)s", points=plain(sheet.good_from)))
    parts.append(gettext("合格 ≥%(points)s", points=plain(sheet.passed_from)))
    return gettext("，").join(parts)


@bp.route("/assessments/score-sheets/new", methods=["GET", "POST"])
@gate.administrators_only
def new_score_sheet() -> Any:
    """Begin a score sheet; its items follow on its page."""
    return form_page(
        SheetForm(data={"from_year": year_assessed(), "excellent_from": 90, "passed_from": 60}),
        lambda session, draft: operations.create_sheet(session, viewer().office_id, draft),
        leading_to(".score_sheet"),
        title=gettext("新建评分表"),
        back=url_for(".score_sheets"),
    )


@bp.post("/assessments/score-sheets/example")
@gate.administrators_only
def load_example_sheet() -> Response:
    """Give the office the shipped sheet to adapt."""
    PlainForm().is_sent_well()
    with write_tx(viewer().actor) as session:
        sheet = operations.load_example(session, viewer().office_id, year_assessed())
        target = url_for(".score_sheet", record_id=sheet.id)
    return done(target, _LOADED)


@bp.get("/assessments/score-sheets/<int(max=2147483647):record_id>")
def score_sheet(record_id: int) -> Any:
    """One score sheet with its items."""
    found = seen(ScoreSheet, record_id)
    may_edit = viewer().may_edit(found.office_id) and viewer().is_administrator
    return page(
        "advisers/score_sheet.html",
        sheet=found,
        facts=[
            (gettext("从哪一年起使用"), str(found.from_year)),
            (gettext("满分"), plain(found.most)),
            (gettext("等次分数线"), _bounds(found)),
            (gettext("备注"), found.note),
        ],
        items=[
            {
                "id": item.id,
                "place": place,
                "heading": item.heading,
                "criterion": item.criterion,
                "most": plain(item.most),
                "basis": say(item.basis.label) if item.basis else "",
            }
            for place, item in enumerate(found.items, 1)
        ],
        most=plain(found.most),
        may_edit=may_edit,
    )


@bp.route("/assessments/score-sheets/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
@gate.administrators_only
def edit_score_sheet(record_id: int) -> Any:
    """Change a sheet's title, year or bounds."""
    return form_page(
        _form(record_id),
        lambda session, draft: operations.update_sheet(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        leading_to(".score_sheet"),
        title=gettext("修改评分表"),
        back=url_for(".score_sheet", record_id=record_id),
        current=lambda: _form(record_id, formdata=None),
    )


def _form(record_id: int, **options: Any) -> SheetForm:
    return SheetForm(data=SheetForm.values_of(own(ScoreSheet, record_id)), **options)


@bp.route("/assessments/score-sheets/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
@gate.administrators_only
def void_score_sheet(record_id: int) -> Any:
    """Void a sheet; assessments that were made with it keep their items."""
    return void_page(
        ScoreSheet,
        record_id,
        name=lambda sheet: sheet.title,
        endpoint="advisers.score_sheet",
        back=url_for(".score_sheets"),
    )


@bp.post("/assessments/score-sheets/<int(max=2147483647):record_id>/restore")
@gate.administrators_only
def restore_score_sheet(record_id: int) -> Any:
    """Take a void back."""
    return restore(ScoreSheet, record_id, back=url_for(".score_sheet", record_id=record_id))


@bp.route(
    "/assessments/score-sheets/<int(max=2147483647):record_id>/items/new", methods=["GET", "POST"]
)
@gate.administrators_only
def new_score_item(record_id: int) -> Any:
    """Add an item to a sheet."""
    sheet = own(ScoreSheet, record_id)
    return form_page(
        ItemForm(data={"version": str(sheet.version)}),
        lambda session, draft: operations.add_item(session, viewer().scope, record_id, draft, None),
        lambda _sheet: url_for(
            ".new_score_item" if "again" in request.form else ".score_sheet", record_id=record_id
        ),
        title=gettext("添加评分项目"),
        back=url_for(".score_sheet", record_id=record_id),
        again=True,
    )


@bp.route(
    "/assessments/score-sheets/items/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"]
)
@gate.administrators_only
def edit_score_item(record_id: int) -> Any:
    """Change an item of a sheet."""
    item = queries.find_item(db.session(), viewer().scope.for_writing, record_id)
    back = url_for(".score_sheet", record_id=item.sheet_id)
    return form_page(
        _item_form(record_id),
        lambda session, draft: operations.update_item(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        lambda _sheet: back,
        title=gettext("修改评分项目"),
        back=back,
        current=lambda: _item_form(record_id, formdata=None),
    )


def _item_form(record_id: int, **options: Any) -> ItemForm:
    item = queries.find_item(db.session(), viewer().scope.for_writing, record_id)
    sheet = own(ScoreSheet, item.sheet_id)
    values = {**ItemForm.values_of(item), "version": str(sheet.version)}
    return ItemForm(data=values, **options)


@bp.post("/assessments/score-sheets/items/<int(max=2147483647):record_id>/remove")
@gate.administrators_only
def remove_score_item(record_id: int) -> Response:
    """Take an item off its sheet."""
    PlainForm().is_sent_well()
    with write_tx(viewer().actor) as session:
        sheet = operations.remove_item(session, viewer().scope, record_id)
        target = url_for(".score_sheet", record_id=sheet.id)
    return done(target, _REMOVED)
