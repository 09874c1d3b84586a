"""Pages of what legal-literate persons did and how they were reviewed."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.advisers.queries import first_day
from tracker.advisers.views.shared import bp, id_arg, keep_offered, restored, village_filter
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

from . import operations, queries, register
from .forms import ReviewForm, ServiceForm
from .models import LiterateReview, LiterateService
from .terms import LiterateServiceKind, ReviewResult

#: Until the end of this month a review is most likely of the year before.
_REVIEWS_OF_LAST_YEAR = 3


def _voided() -> bool:
    return request.args.get("voided") == "1"


@bp.get("/legal-literate/services/")
def literate_services() -> Any:
    """The list of services."""
    session, scope = db.session(), viewer().scope
    first = first_day(session, scope, LiterateService.held_on, LiterateService)
    return listed(
        "advisers/literate_services.html",
        register.SERVICES,
        queries.find_services(
            scope,
            text_arg("q"),
            year_arg(),
            term_arg("kind", LiterateServiceKind),
            id_arg("village"),
            voided=_voided(),
        ),
        FilterBar(
            [
                search_field(),
                year_field(chosen_years(first, clock.today().year)),
                village_filter(),
                term_field("kind", gettext("服务类别"), LiterateServiceKind),
                voided_field(),
            ]
        ),
        lambda rows: table(
            register.SERVICES.list_columns,
            rows,
            lambda each: url_for(".literate_service", record_id=each.id),
        ),
    )


@bp.route("/legal-literate/services/new", methods=["GET", "POST"])
def new_literate_service() -> Any:
    """Log a service."""
    form = ServiceForm(
        data={
            "person_id": id_arg("person"),
            "held_on": clock.today(),
            "kind": LiterateServiceKind.PUBLICITY,
        }
    )
    form.offer(db.session(), viewer().scope)
    keep_offered(form, "person_id")
    return form_page(
        form,
        lambda session, draft: operations.create_service(
            session, viewer().office_id, draft, clock.today()
        ),
        leading_to(".literate_service", ".new_literate_service"),
        title=gettext("登记法律明白人服务"),
        back=url_for(".literate_services"),
        template="advisers/literate_service_form.html",
        again=True,
    )


@bp.get("/legal-literate/services/<int(max=2147483647):record_id>")
def literate_service(record_id: int) -> Any:
    """One service."""
    found = seen(LiterateService, record_id)
    return page(
        "advisers/literate_service.html",
        service=found,
        facts=facts(register.SERVICES, found),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/legal-literate/services/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_literate_service(record_id: int) -> Any:
    """Change a service."""
    return form_page(
        _service_form(record_id),
        lambda session, draft: operations.update_service(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        leading_to(".literate_service"),
        title=gettext("修改法律明白人服务"),
        back=url_for(".literate_service", record_id=record_id),
        current=lambda: _service_form(record_id, formdata=None),
        template="advisers/literate_service_form.html",
    )


def _service_form(record_id: int, **options: Any) -> ServiceForm:
    found = own(LiterateService, record_id)
    form = ServiceForm(data=ServiceForm.values_of(found), **options)
    form.offer(db.session(), viewer().scope, found)
    return form


@bp.route("/legal-literate/services/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_literate_service(record_id: int) -> Any:
    """Take a service out of the log, with the reason."""
    return void_page(
        LiterateService,
        record_id,
        name=lambda service: service.matter,
        endpoint="advisers.literate_service",
        back=url_for(".literate_services"),
    )


@bp.post("/legal-literate/services/<int(max=2147483647):record_id>/restore")
def restore_literate_service(record_id: int) -> Any:
    """Take a void back."""
    back = url_for(".literate_service", record_id=record_id)
    return restored(operations.restore_service, record_id, back)


@bp.get("/legal-literate/reviews/")
def literate_reviews() -> Any:
    """The list of yearly reviews."""
    session, scope = db.session(), viewer().scope
    first = queries.first_review_year(session, scope)
    years = chosen_years(date(first, 1, 1) if first else None, clock.today().year)
    return listed(
        "advisers/literate_reviews.html",
        register.REVIEWS,
        queries.find_reviews(
            scope,
            text_arg("q"),
            year_arg(),
            term_arg("result", ReviewResult),
            id_arg("village"),
            voided=_voided(),
        ),
        FilterBar(
            [
                search_field(),
                year_field(years),
                village_filter(),
                term_field("result", gettext("考评结果"), ReviewResult),
                voided_field(),
            ]
        ),
        lambda rows: table(
            register.REVIEWS.list_columns,
            rows,
            lambda each: url_for(".literate_review", record_id=each.id),
        ),
    )


@bp.route("/legal-literate/reviews/new", methods=["GET", "POST"])
def new_literate_review() -> Any:
    """Enter a year's review of somebody."""
    today = clock.today()
    form = ReviewForm(
        data={
            "person_id": id_arg("person"),
            "year": today.year - (today.month <= _REVIEWS_OF_LAST_YEAR),
            "reviewed_on": today,
        }
    )
    form.offer(db.session(), viewer().scope)
    keep_offered(form, "person_id")
    return form_page(
        form,
        lambda session, draft: operations.create_review(session, viewer().office_id, draft, today),
        leading_to(".literate_review", ".new_literate_review"),
        title=gettext("登记年度考评"),
        back=url_for(".literate_reviews"),
        template="advisers/literate_review_form.html",
        again=True,
    )


@bp.get("/legal-literate/reviews/<int(max=2147483647):record_id>")
def literate_review(record_id: int) -> Any:
    """One year's review."""
    found = seen(LiterateReview, record_id)
    return page(
        "advisers/literate_review.html",
        review=found,
        facts=facts(register.REVIEWS, found),
        may_edit=viewer().may_edit(found.office_id),
        may_leave=found.result is ReviewResult.UNQUALIFIED and found.person.left_on is None,
    )


@bp.route("/legal-literate/reviews/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
def edit_literate_review(record_id: int) -> Any:
    """Change a review."""
    return form_page(
        _review_form(record_id),
        lambda session, draft: operations.update_review(
            session, viewer().scope, record_id, draft, posted_version(), clock.today()
        ),
        leading_to(".literate_review"),
        title=gettext("修改年度考评"),
        back=url_for(".literate_review", record_id=record_id),
        current=lambda: _review_form(record_id, formdata=None),
        template="advisers/literate_review_form.html",
    )


def _review_form(record_id: int, **options: Any) -> ReviewForm:
    found = own(LiterateReview, record_id)
    form = ReviewForm(data=ReviewForm.values_of(found), **options)
    form.offer(db.session(), viewer().scope, found)
    return form


@bp.route("/legal-literate/reviews/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_literate_review(record_id: int) -> Any:
    """Take a review out, with the reason."""
    return void_page(
        LiterateReview,
        record_id,
        name=lambda review: gettext(
            "%(name)s %(year)s 年度考评", name=review.person.name, year=review.year
        ),
        endpoint="advisers.literate_review",
        back=url_for(".literate_reviews"),
    )


@bp.post("/legal-literate/reviews/<int(max=2147483647):record_id>/restore")
def restore_literate_review(record_id: int) -> Any:
    """Take a void back."""
    back = url_for(".literate_review", record_id=record_id)
    return restored(operations.restore_review, record_id, back)
