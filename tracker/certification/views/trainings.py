"""Pages of trainings."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
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
from tracker.certification.forms.shared import offer_officers
from tracker.certification.forms.trainings import TrainingForm
from tracker.certification.models import OfficerTraining
from tracker.certification.operations import trainings as operations
from tracker.certification.queries import trainings as queries
from tracker.certification.register import OFFICERS, TRAININGS
from tracker.certification.terms import TrainingKind
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.forms import posted_version
from tracker.kernel.lists import listed
from tracker.kernel.tables import facts, table
from tracker.kernel.web import (
    FilterBar,
    chosen_years,
    page,
    search_field,
    term_arg,
    term_field,
    text_arg,
    voided_field,
    year_arg,
    year_field,
)

from .shared import bp

_OFFICER_COLUMNS = ("name", "station", "post", "establishment")


@bp.get("/trainings/")
def trainings() -> Any:
    """The list of trainings."""
    session, scope = db.session(), viewer().scope
    years = chosen_years(queries.first_training_day(session, scope), clock.today().year)
    return listed(
        "certification/trainings.html",
        TRAININGS,
        queries.find_trainings(
            scope,
            text_arg("q"),
            year_arg(),
            term_arg("kind", TrainingKind),
            voided=request.args.get("voided") == "1",
        ),
        FilterBar(
            [
                search_field(),
                year_field(years),
                term_field("kind", gettext("培训类别"), TrainingKind),
                voided_field(),
            ]
        ),
        lambda rows: table(
            TRAININGS.list_columns, rows, lambda each: url_for(".training", record_id=each.id)
        ),
    )


@bp.route("/trainings/new", methods=["GET", "POST"])
def new_training() -> Any:
    """Log a training."""
    form = TrainingForm(data={"held_on": clock.today(), "kind": TrainingKind.GENERAL})
    offer_officers(form.officer_ids, db.session(), viewer().office_id)
    return form_page(
        form,
        lambda session, draft: operations.create_training(
            session, viewer().office_id, draft, clock.today()
        ),
        leading_to(".training", ".new_training"),
        title=gettext("登记执法人员培训"),
        back=url_for(".trainings"),
        template="certification/training_form.html",
        again=True,
    )


@bp.get("/trainings/<int(max=2147483647):record_id>")
def training(record_id: int) -> Any:
    """One training with who took part."""
    found = seen(OfficerTraining, record_id)
    return page(
        "certification/training.html",
        training=found,
        facts=facts(TRAININGS, found),
        attendees=table(
            [OFFICERS.column(key) for key in _OFFICER_COLUMNS],
            [attendee.officer for attendee in found.attendees],
            lambda each: url_for(".officer", record_id=each.id),
        ),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/trainings/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_training(record_id: int) -> Any:
    """Change a training."""
    return form_page(
        _form_of(record_id),
        lambda session, draft: operations.update_training(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        leading_to(".training"),
        title=gettext("修改执法人员培训"),
        back=url_for(".training", record_id=record_id),
        current=lambda: _form_of(record_id, formdata=None),
        template="certification/training_form.html",
        again=False,
    )


def _form_of(record_id: int, **options: Any) -> TrainingForm:
    found = own(OfficerTraining, record_id)
    form = TrainingForm(data=TrainingForm.values_of(found), **options)
    present = [attendee.officer for attendee in found.attendees]
    offer_officers(form.officer_ids, db.session(), found.office_id, also=present)
    return form


@bp.route("/trainings/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_training(record_id: int) -> Any:
    """Take a training out of the counts, with the reason."""
    return void_page(
        OfficerTraining,
        record_id,
        name=lambda training: training.title,
        endpoint="certification.training",
        back=url_for(".trainings"),
    )


@bp.post("/trainings/<int(max=2147483647):record_id>/restore")
def restore_training(record_id: int) -> Any:
    """Take a void back."""
    return restore(OfficerTraining, record_id, back=url_for(".training", record_id=record_id))
