"""Pages of the office's own lists: themes and the «N进» places."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext

from tracker.accounts import gate
from tracker.accounts.record_pages import form_page
from tracker.accounts.viewer import viewer
from tracker.kernel.db import db
from tracker.kernel.errors import RecordMissing
from tracker.kernel.web import page

from . import operations, queries
from .forms import PlaceKindForm, ThemeForm
from .views import bp


@bp.get("/lists/")
@gate.administrators_only
def lists() -> Any:
    """The office's themes and places, those out of use included."""
    session, office_id = db.session(), viewer().office_id
    return page(
        "outreach/lists.html",
        themes=queries.themes_of(session, office_id, all_of_them=True),
        places=queries.place_kinds_of(session, office_id, all_of_them=True),
    )


@bp.route("/lists/themes/new", methods=["GET", "POST"])
@gate.administrators_only
def new_theme() -> Any:
    """Add a theme."""
    return _theme_page(None, gettext("新增主题"), {})


@bp.route("/lists/themes/<int(max=2147483647):theme_id>", methods=["GET", "POST"])
@gate.administrators_only
def edit_theme(theme_id: int) -> Any:
    """Change a theme or take it out of use; what was recorded under it stays."""
    found = queries.theme_of(db.session(), viewer().office_id, theme_id)
    if found is None:
        raise RecordMissing
    values = {"name": found.name, "laws": found.laws, "in_use": found.in_use}
    return _theme_page(theme_id, gettext("修改主题"), values)


def _theme_page(theme_id: int | None, title: str, values: dict[str, Any]) -> Any:
    return form_page(
        ThemeForm(data=values or {"in_use": True}),
        lambda session, draft: operations.save_theme(
            session, viewer().office_id, theme_id, **draft
        ),
        lambda _: url_for(".lists"),
        title=title,
        back=url_for(".lists"),
    )


@bp.route("/lists/places/new", methods=["GET", "POST"])
@gate.administrators_only
def new_place_kind() -> Any:
    """Add a place to the «N进» list."""
    return _place_page(None, gettext("新增场所类别"), {})


@bp.route("/lists/places/<int(max=2147483647):place_kind_id>", methods=["GET", "POST"])
@gate.administrators_only
def edit_place_kind(place_kind_id: int) -> Any:
    """Change a place or take it out of use."""
    found = queries.place_kind_of(db.session(), viewer().office_id, place_kind_id)
    if found is None:
        raise RecordMissing
    values = {"name": found.name, "in_use": found.in_use}
    return _place_page(place_kind_id, gettext("修改场所类别"), values)


def _place_page(place_kind_id: int | None, title: str, values: dict[str, Any]) -> Any:
    return form_page(
        PlaceKindForm(data=values or {"in_use": True}),
        lambda session, draft: operations.save_place_kind(
            session, viewer().office_id, place_kind_id, **draft
        ),
        lambda _: url_for(".lists"),
        title=title,
        back=url_for(".lists"),
    )
