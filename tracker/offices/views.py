"""Pages of villages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import (
    form_page,
    leading_to,
    own,
    restore,
    seen,
    void_page,
)
from tracker.accounts.viewer import viewer
from tracker.kernel.forms import posted_version
from tracker.kernel.lists import listed
from tracker.kernel.tables import facts, table
from tracker.kernel.web import (
    FilterBar,
    page,
    search_field,
    text_arg,
    voided_field,
)

from . import operations, queries, register
from .forms import VillageForm
from .models import Village
from .terms import VillageKind

bp = Blueprint("offices", __name__, url_prefix="/villages")


@bp.get("/")
def villages() -> Any:
    """The list of villages."""
    voided = request.args.get("voided") == "1"
    return listed(
        "offices/villages.html",
        register.VILLAGES,
        queries.find_villages(viewer().scope, text_arg("q"), voided=voided),
        FilterBar([search_field(), voided_field()]),
        lambda rows: table(
            register.VILLAGES.list_columns,
            rows,
            lambda village: url_for(".village", record_id=village.id),
        ),
    )


@bp.route("/new", methods=["GET", "POST"])
def new_village() -> Any:
    """Enter a village."""
    return form_page(
        VillageForm(data={"kind": VillageKind.VILLAGE}),
        lambda session, draft: operations.create_village(session, viewer().office_id, draft),
        leading_to(".village", ".new_village"),
        title=gettext("新增村（社区）"),
        back=url_for(".villages"),
        again=True,
    )


@bp.get("/<int(max=2147483647):record_id>")
def village(record_id: int) -> Any:
    """One village."""
    found = seen(Village, record_id)
    return page(
        "offices/village.html",
        village=found,
        facts=facts(register.VILLAGES, found),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_village(record_id: int) -> Any:
    """Change a village."""
    return form_page(
        _form(record_id),
        lambda session, draft: operations.update_village(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        leading_to(".village"),
        title=gettext("修改村（社区）"),
        back=url_for(".village", record_id=record_id),
        current=lambda: _form(record_id, formdata=None),
    )


def _form(record_id: int, **options: Any) -> VillageForm:
    """The form of a village as it is saved, or as it was sent."""
    return VillageForm(data=VillageForm.values_of(own(Village, record_id)), **options)


@bp.route("/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_village(record_id: int) -> Any:
    """Void a village that was entered by mistake; one merged away gets a day instead."""
    return void_page(
        Village,
        record_id,
        name=lambda village: village.name,
        endpoint="offices.village",
        back=url_for(".villages"),
    )


@bp.post("/<int(max=2147483647):record_id>/restore")
def restore_village(record_id: int) -> Any:
    """Take a void back."""
    return restore(Village, record_id, back=url_for(".village", record_id=record_id))
