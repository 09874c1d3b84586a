"""Pages of a report's sections: adding, writing, moving, confirming, taking out."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, own, restore, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.kernel.db import db
from tracker.kernel.errors import RecordMissing
from tracker.kernel.forms import posted_version, whole_or_none
from tracker.kernel.text import clean_line
from tracker.kernel.web import page, whole_arg
from tracker.kernel.words import Words

from . import operations, pages, queries
from .forms import NewSectionForm, SectionForm
from .marks import EXAMPLES, Occasion
from .models import Report, ReportSection
from .shared_views import (
    LARGEST,
    acted,
    bp,
    occasion_for,
    office_arg,
    own_report,
)
from .terms import Direction, Level


@bp.get("/<int(max=9999):year>/sections/<int(max=2147483647):record_id>")
def section(year: int, record_id: int) -> Any:
    """Leads to a section on the page of its report; one that was taken out is shown here."""
    found = seen(ReportSection, record_id)
    if db.session().get_one(Report, found.report_id).year != year:
        raise RecordMissing
    place = "" if found.is_voided else f"section-{found.id}"
    back = url_for(".report", year=year, _anchor=place, **office_arg(found.office_id))
    if not found.is_voided:
        return redirect(back)
    return page(
        "reports/section.html",
        year=year,
        section=found,
        name=found.heading or gettext("引言"),
        back=back,
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.route("/<int(max=9999):year>/sections/new", methods=["GET", "POST"])
def new_section(year: int) -> Any:
    """Add a section."""
    found = own_report(year)
    occasion = occasion_for(year, found)
    after = whole_arg("after", 0, 1, LARGEST) or None
    form = NewSectionForm(data={"level": Level.PART, "after": after})
    listed = queries.sections_of(db.session(), found)
    form.offer([(each.id, each.heading or gettext("引言")) for each in listed])
    return form_page(
        form,
        lambda session, draft: operations.create_section(
            session, viewer().scope, found.id, draft, occasion
        ),
        lambda made: url_for(".section", year=year, record_id=made.id),
        title=gettext("增加一节"),
        back=url_for(".report", year=year),
        **_writing(form, None, occasion),
    )


@bp.route(
    "/<int(max=9999):year>/sections/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"]
)
def edit_section(year: int, record_id: int) -> Any:
    """Change a section's text."""
    found = _own_section(year, record_id)
    occasion = occasion_for(year, queries.report_of(db.session(), found.office_id, year))
    form = _section_form(year, record_id)
    return form_page(
        form,
        lambda session, draft: operations.update_section(
            session, viewer().scope, record_id, draft, posted_version(), occasion
        ),
        lambda made: url_for(".section", year=year, record_id=made.id),
        title=gettext("修改：%(heading)s", heading=found.heading or gettext("引言")),
        back=url_for(".section", year=year, record_id=record_id),
        current=lambda: _section_form(year, record_id, formdata=None),
        **_writing(form, found, occasion),
    )


def _writing(form: SectionForm, kept: ReportSection | None, occasion: Occasion) -> dict[str, Any]:
    """What stands under the text while it is being written."""
    body = str(form.body.data or "")
    return {
        "template": "reports/section_form.html",
        "year": occasion.year,
        "examples": EXAMPLES,
        "spoken": pages.spoken_marks(body, occasion),
        "groups": pages.mark_groups(occasion, gettext("报告自身"), gettext("本年为 0 的数字")),
        "to_add": pages.sentences_to_add(kept, body, occasion),
    }


def _own_section(year: int, record_id: int) -> ReportSection:
    """A section of the viewer's own report of that year.

    :raises RecordMissing: for any other.
    """
    found = own(ReportSection, record_id)
    if db.session().get_one(Report, found.report_id).year != year:
        raise RecordMissing
    return found


def _section_form(year: int, record_id: int, **options: Any) -> SectionForm:
    return SectionForm(data=SectionForm.values_of(_own_section(year, record_id)), **options)


@bp.route(
    "/<int(max=9999):year>/sections/<int(max=2147483647):record_id>/void", methods=["GET", "POST"]
)
def void_section(year: int, record_id: int) -> Any:
    """Take a section out of the report."""
    _own_section(year, record_id)
    return void_page(
        ReportSection,
        record_id,
        name=lambda each: each.heading or gettext("引言"),
        endpoint="reports.section",
        back=url_for(".report", year=year),
        year=year,
    )


@bp.post("/<int(max=9999):year>/sections/<int(max=2147483647):record_id>/restore")
def restore_section(year: int, record_id: int) -> Any:
    """Put a section back."""
    _own_section(year, record_id)
    return restore(
        ReportSection, record_id, back=url_for(".section", year=year, record_id=record_id)
    )


@bp.post("/<int(max=9999):year>/sections/<int(max=2147483647):record_id>/move")
def move_section(year: int, record_id: int) -> Any:
    """Move a section, with what stands under it, up or down."""
    _own_section(year, record_id)
    code = clean_line(request.form.get("direction", "")[:20])
    direction = Direction(code) if code in Direction.codes() else Direction.DOWN
    return acted(
        lambda session: operations.move_section(session, viewer().scope, record_id, direction),
        url_for(".section", year=year, record_id=record_id),
        Words("已移动。", "Moved."),
    )


@bp.post("/<int(max=9999):year>/sections/<int(max=2147483647):record_id>/confirm")
def confirm_section(year: int, record_id: int) -> Any:
    """Say that paragraphs from last year hold for this one."""
    _own_section(year, record_id)
    place = whole_or_none(clean_line(request.form.get("place", "")[:10]))
    return acted(
        lambda session: operations.confirm_paragraphs(
            session, viewer().scope, record_id, posted_version(), place
        ),
        url_for(".section", year=year, record_id=record_id),
        Words("已核对。", "Confirmed."),
    )
