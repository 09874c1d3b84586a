"""Pages of the year's report: the text with its numbers, its sections, its editions and files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page
from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.errors import TrackerError
from tracker.kernel.forms import posted_version
from tracker.kernel.i18n import say
from tracker.kernel.period import FIRST_YEAR
from tracker.kernel.uploads import takes_file
from tracker.kernel.web import FilterBar, page, search_field, text_arg

from . import drafting, operations, pages, queries
from .docx.supplied import MOST_BYTES
from .forms import ReportForm, StartForm
from .marks import EXAMPLES
from .shared_views import (
    bp,
    occasion_for,
    office_arg,
    own_report,
    require_writer,
    require_year,
    seen_office,
    sent,
    year_report,
)

#: Until the report is on the website in spring, people write about the year that has ended.
_STILL_LAST_YEAR = timedelta(days=150)


def year_being_written() -> int:
    """The year a report is being written about."""
    return (clock.today() - _STILL_LAST_YEAR).year


@bp.get("/")
def this_year() -> Any:
    """The report that is being written."""
    return redirect(url_for(".report", year=year_being_written()))


@bp.get("/<int(max=9999):year>/")
def report(year: int) -> Any:
    """The report with every number in its place; where it was not begun, what it would start as."""
    require_year(year)
    session, person = db.session(), viewer()
    office, scope = seen_office()
    found = queries.report_of(session, office.id, year)
    kept = queries.sections_of(session, found) if found is not None else []
    read = year_report(year, office, scope, found)
    made = queries.editions_of(session, found) if found is not None else []
    last_year = queries.report_of(session, office.id, year - 1)
    before = queries.editions_of(session, last_year)[:1] if last_year is not None else []
    return page(
        "reports/report.html",
        year=year,
        office=office,
        others=[
            {"name": name, "url": url_for(".report", year=year, office=office_id)}
            for office_id, name in person.office_names.items()
            if office_id != office.id
        ],
        report=found,
        title=pages.shown(read.composed.title, year),
        plain_title=read.composed.title.text,
        addressee=pages.shown(read.composed.addressee, year),
        signed_by=read.text.signed_by,
        signed_on=read.text.signed_on,
        sections=pages.sections(read.composed, kept, read.figures.readings, year),
        problems=[say(each.line) for each in read.composed.problems],
        unconfirmed=sum(len(each.unconfirmed) for each in kept),
        frozen=read.figures.frozen,
        editions=made,
        before=before,
        taken_out=queries.taken_out(session, found) if found is not None else [],
        may_edit=person.may_edit(office.id),
        office_arg=office_arg(office.id),
        previous_year=year - 1 if year - 1 > FIRST_YEAR else None,
        next_year=year + 1 if year < clock.today().year else None,
    )


@bp.get("/<int(max=9999):year>/draft.docx")
def draft(year: int) -> Any:
    """The Word file of the report as it now reads; back to its page where a mark says nothing."""
    require_year(year)
    office, scope = seen_office()
    found = queries.report_of(db.session(), office.id, year)
    read = year_report(year, office, scope, found)
    today = clock.today()
    try:
        missing = drafting.missing_of(db.session(), scope, read, today)
        content = drafting.file_of(read, today, look=drafting.look_of(found), missing=missing)
    except TrackerError as error:
        flash(say(error.message), "danger")
        return redirect(url_for(".report", year=year, **office_arg(office.id)))
    return sent(content, drafting.file_name(office, year, today))


@bp.route("/<int(max=9999):year>/start", methods=["GET", "POST"])
def start(year: int) -> Any:
    """Begin the report: from the shipped text, or from last year's."""
    require_year(year)
    require_writer()
    person, session = viewer(), db.session()
    before = queries.report_of(session, person.office_id, year - 1)
    if queries.report_of(session, person.office_id, year) is not None and request.method == "GET":
        return redirect(url_for(".report", year=year))
    form = StartForm(data=StartForm.values_for(person.office_name, clock.today(), before))
    occasion = occasion_for(year, None)
    return form_page(
        form,
        lambda session, draft: operations.start_report(
            session, person.office_id, year, draft, occasion
        ),
        lambda _: url_for(".report", year=year),
        title=gettext("开始编写%(year)s年度报告", year=year),
        back=url_for(".report", year=year),
    )


@bp.route("/<int(max=9999):year>/edit", methods=["GET", "POST"])
@takes_file(MOST_BYTES)
def edit_report(year: int) -> Any:
    """Title, addressee, signature, and how the file looks."""
    found = own_report(year)
    occasion = occasion_for(year, found)
    return form_page(
        _report_form(year),
        lambda session, draft: operations.update_report(
            session, viewer().scope, found.id, draft, posted_version(), occasion
        ),
        lambda _: url_for(".report", year=year),
        title=gettext("报告设置"),
        back=url_for(".report", year=year),
        current=lambda: _report_form(year, formdata=None),
        template="reports/settings.html",
        styles_name=found.styles_name,
    )


def _report_form(year: int, **options: Any) -> ReportForm:
    return ReportForm(data=ReportForm.values_of(own_report(year)), **options)


@bp.get("/<int(max=9999):year>/marks")
def marks(year: int) -> Any:
    """Every mark a text may hold, with what it now says."""
    require_year(year)
    occasion = occasion_for(year, queries.report_of(db.session(), viewer().office_id, year))
    search = text_arg("q")
    return page(
        "reports/marks.html",
        year=year,
        filters=FilterBar([search_field()]),
        searched=bool(search),
        examples=EXAMPLES,
        groups=pages.mark_groups(occasion, gettext("报告自身"), gettext("本年为 0 的数字"), search),
    )


__all__ = ["bp", "year_being_written"]
