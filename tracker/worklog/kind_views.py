"""Pages of the office's own kinds of work."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext

from tracker.accounts import gate
from tracker.accounts.record_pages import form_page
from tracker.accounts.viewer import viewer
from tracker.kernel.db import db
from tracker.kernel.errors import RecordMissing
from tracker.kernel.figure import Basis
from tracker.kernel.web import page

from . import operations, queries
from .forms import KindForm
from .terms import WorkArea
from .views import bp


@bp.get("/kinds/")
@gate.administrators_only
def kinds() -> Any:
    """The kinds the office added, those out of use included."""
    own = queries.own_rows(db.session(), viewer().office_id)
    return page("worklog/kinds.html", kinds=own)


@bp.route("/kinds/new", methods=["GET", "POST"])
@gate.administrators_only
def new_kind() -> Any:
    """Add a kind."""
    values = {
        "area": WorkArea.OTHER,
        "basis": Basis.DURING,
        "counts_times": True,
        "in_use": True,
    }
    return _kind_page(None, gettext("新设分类"), values)


@bp.route("/kinds/<int(max=2147483647):kind_id>", methods=["GET", "POST"])
@gate.administrators_only
def edit_kind(kind_id: int) -> Any:
    """Change a kind or take it out of use; what was recorded under it stays and counts."""
    found = queries.own_row(db.session(), viewer().office_id, kind_id)
    if found is None:
        raise RecordMissing
    return _kind_page(kind_id, gettext("修改分类"), KindForm.values_of(found))


def _kind_page(kind_id: int | None, title: str, values: dict[str, Any]) -> Any:
    back = url_for(".kinds")
    return form_page(
        KindForm(data=values),
        lambda session, draft: operations.save_kind(session, viewer().office_id, kind_id, draft),
        lambda _: back,
        title=title,
        back=back,
        template="worklog/kind_form.html",
    )
