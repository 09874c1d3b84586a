"""Pages of legal-literate persons and of their trainings."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own, restore, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.advisers import operations, queries
from tracker.advisers.forms import LEAVING_FIELDS, PersonForm, TrainingForm
from tracker.advisers.literate import queries as literate
from tracker.advisers.literate import register
from tracker.advisers.literate.forms import SELECTION_FIELDS
from tracker.advisers.literate.terms import FAILED_REVIEW, LEAVE_REASONS, ReviewResult
from tracker.advisers.models import LegalLiteratePerson, LegalLiterateTraining
from tracker.advisers.terms import PersonGroup, RegisterState
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.forms import posted_version
from tracker.kernel.headcount import CountBasis
from tracker.kernel.i18n import say
from tracker.kernel.lists import listed
from tracker.kernel.tables import facts, table
from tracker.kernel.web import (
    FilterBar,
    chosen_years,
    page,
    search_field,
    term_arg,
    term_field,
    voided_field,
    year_field,
)
from tracker.rulepacks.queries import rules_by_office

from .shared import bp, id_arg, keep_offered, restored, village_filter, wanted

_FORM = "advisers/person_form.html"
#: So many of a person's services stand on their page.
LATEST = 10


@bp.get("/legal-literate/")
def persons() -> Any:
    """The register of legal-literate persons, under the villages that have too few."""
    session, scope, today = db.session(), viewer().scope, clock.today()
    filters = FilterBar(
        [
            search_field(),
            village_filter(),
            term_field("group", gettext("身份类别"), PersonGroup),
            term_field("standing", gettext("在册情况"), RegisterState),
            voided_field(),
        ]
    )
    narrowed = wanted(
        village_id=id_arg("village"),
        group=term_arg("group", PersonGroup),
        standing=term_arg("standing", RegisterState),
    )
    return listed(
        "advisers/persons.html",
        register.PERSONS,
        queries.find_persons(scope, narrowed),
        filters,
        lambda rows: table(
            register.PERSONS.list_columns,
            rows,
            lambda person: url_for(".person", record_id=person.id),
        ),
        short_of=queries.short_of_persons(
            session, scope, today, rules_by_office(session, scope.office_ids)
        ),
    )


@bp.route("/legal-literate/new", methods=["GET", "POST"])
def new_person() -> Any:
    """Enter a legal-literate person."""
    form = PersonForm(data={"village_id": id_arg("village"), "identity": PersonGroup.VILLAGE_CADRE})
    form.offer(db.session(), viewer().scope)
    keep_offered(form, "village_id")
    return form_page(
        form,
        lambda session, draft: operations.create_person(session, viewer().office_id, draft),
        lambda person: (
            url_for(".new_person", village=person.village_id)
            if "again" in request.form
            else url_for(".person", record_id=person.id)
        ),
        title=gettext("新增法律明白人"),
        back=url_for(".persons"),
        template=_FORM,
        more=LEAVING_FIELDS,
        selection=SELECTION_FIELDS,
        reasons=LEAVE_REASONS,
        again=True,
    )


@bp.get("/legal-literate/<int(max=2147483647):record_id>")
def person(record_id: int) -> Any:
    """One legal-literate person, with their trainings, services and reviews."""
    found = seen(LegalLiteratePerson, record_id)
    session = db.session()
    latest = found.reviews[0] if found.reviews else None
    services = session.scalars(literate.services_of_person(found).limit(LATEST)).all()
    return page(
        "advisers/person.html",
        person=found,
        facts=facts(register.PERSONS, found),
        trainings=table(
            [register.TRAININGS.column(key) for key in ("title", "held_on", "organiser", "hours")],
            session.scalars(literate.trainings_of_person(found)).unique(),
            lambda each: url_for(".training", record_id=each.id),
        ),
        services=table(
            [register.SERVICES.column(key) for key in ("matter", "held_on", "kind", "people")],
            services,
            lambda each: url_for(".literate_service", record_id=each.id),
        ),
        reviews=table(
            [register.REVIEWS.column(key) for key in ("year", "result", "star", "reviewed_on")],
            found.reviews,
            lambda each: url_for(".literate_review", record_id=each.id),
        ),
        has_failed=latest is not None and latest.result is ReviewResult.UNQUALIFIED,
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/legal-literate/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_person(record_id: int) -> Any:
    """Change a legal-literate person, their leaving included."""
    return form_page(
        _person_form(record_id),
        lambda session, draft: operations.update_person(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        leading_to(".person"),
        title=gettext("修改法律明白人"),
        back=url_for(".person", record_id=record_id),
        current=lambda: _person_form(record_id, formdata=None),
        template=_FORM,
        more=LEAVING_FIELDS,
        selection=SELECTION_FIELDS,
        reasons=LEAVE_REASONS,
    )


def _person_form(record_id: int, **options: Any) -> PersonForm:
    """The form of a person; with ``?leaving=failed`` it says already that they failed a review."""
    found = own(LegalLiteratePerson, record_id)
    values = PersonForm.values_of(found)
    if request.args.get("leaving") == "failed" and found.left_on is None:
        values |= {"left_on": clock.today(), "leave_reason": say(FAILED_REVIEW)}
    form = PersonForm(data=values, **options)
    form.offer(db.session(), viewer().scope, found)
    return form


@bp.route("/legal-literate/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_person(record_id: int) -> Any:
    """Void a person who was entered by mistake; one who left gets the day instead."""
    return void_page(
        LegalLiteratePerson,
        record_id,
        name=lambda person: person.name,
        endpoint="advisers.person",
        back=url_for(".persons"),
    )


@bp.post("/legal-literate/<int(max=2147483647):record_id>/restore")
def restore_person(record_id: int) -> Any:
    """Take a void back."""
    return restored(operations.restore_person, record_id, url_for(".person", record_id=record_id))


@bp.get("/trainings/")
def trainings() -> Any:
    """The list of trainings."""
    session, scope = db.session(), viewer().scope
    first = queries.first_day(session, scope, LegalLiterateTraining.held_on, LegalLiterateTraining)
    years = chosen_years(first, clock.today().year)
    return listed(
        "advisers/trainings.html",
        register.TRAININGS,
        queries.find_trainings(scope, wanted()),
        FilterBar([search_field(), year_field(years), voided_field()]),
        lambda rows: table(
            register.TRAININGS.list_columns,
            rows,
            lambda training: url_for(".training", record_id=training.id),
        ),
    )


@bp.route("/trainings/new", methods=["GET", "POST"])
def new_training() -> Any:
    """Log a training."""
    form = TrainingForm(
        data={
            "held_on": clock.today(),
            "organiser": viewer().office_name,
            "count_basis": CountBasis.SIGNED_IN,
        }
    )
    form.offer(db.session(), viewer().scope)
    return form_page(
        form,
        lambda session, draft: operations.create_training(
            session, viewer().office_id, draft, clock.today()
        ),
        leading_to(".training", ".new_training"),
        title=gettext("登记法律明白人培训"),
        back=url_for(".trainings"),
        again=True,
    )


@bp.get("/trainings/<int(max=2147483647):record_id>")
def training(record_id: int) -> Any:
    """One training."""
    found = seen(LegalLiterateTraining, record_id)
    return page(
        "advisers/training.html",
        training=found,
        facts=facts(register.TRAININGS, found),
        named=table(
            [register.PERSONS.column(key) for key in ("name", "village", "identity", "phone")],
            [trainee.person for trainee in found.attendees],
            lambda each: url_for(".person", record_id=each.id),
        ),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/trainings/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_training(record_id: int) -> Any:
    """Change a training."""
    return form_page(
        _training_form(record_id),
        lambda session, draft: operations.update_training(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        leading_to(".training"),
        title=gettext("修改法律明白人培训"),
        back=url_for(".training", record_id=record_id),
        current=lambda: _training_form(record_id, formdata=None),
    )


def _training_form(record_id: int, **options: Any) -> TrainingForm:
    found = own(LegalLiterateTraining, record_id)
    form = TrainingForm(data=TrainingForm.values_of(found), **options)
    form.offer(db.session(), viewer().scope, found)
    return form


@bp.route("/trainings/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_training(record_id: int) -> Any:
    """Take a training out of the counts, with the reason."""
    return void_page(
        LegalLiterateTraining,
        record_id,
        name=lambda training: training.title,
        endpoint="advisers.training",
        back=url_for(".trainings"),
    )


@bp.post("/trainings/<int(max=2147483647):record_id>/restore")
def restore_training(record_id: int) -> Any:
    """Take a void back."""
    return restore(LegalLiterateTraining, record_id, back=url_for(".training", record_id=record_id))
