"""Pages of the forms an office keeps, and of the marks they may hold."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext

from tracker.accounts.record_pages import form_page, leading_to, own, restore, seen, void_page
from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.errors import TrackerError
from tracker.kernel.forms import posted_version
from tracker.kernel.i18n import say
from tracker.kernel.period import FIRST_YEAR
from tracker.kernel.register import Column, Register
from tracker.kernel.scope import Scope
from tracker.kernel.tables import shown, table
from tracker.kernel.uploads import takes_file
from tracker.kernel.web import (
    FilterBar,
    FilterField,
    page,
    paged,
    search_field,
    text_arg,
    voided_field,
    whole_arg,
)
from tracker.kernel.words import Words
from tracker.offices.models import Office
from tracker.workbooks.grid import MOST_BYTES

from . import operations, queries
from .forms import CountyFormForm
from .models import CountyForm

bp = Blueprint("county_forms", __name__, url_prefix="/county-forms")

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_YEARS = 10
#: In its first weeks people still write about the year that has ended.
_STILL_LAST_YEAR = timedelta(days=60)

_LIST: tuple[Column, ...] = (
    Column("name", Words("表格名称", "Name"), lambda form: form.name, "long"),
    Column("number", Words("编号", "Number"), lambda form: form.number),
    Column("file_name", Words("文件", "File"), lambda form: form.file_name),
    Column("uploaded_at", Words("上传时间", "Uploaded"), lambda form: form.uploaded_at, "date"),
    Column("uploaded_by", Words("上传人", "By"), lambda form: form.uploaded_by),
)


@bp.get("/")
def county_forms() -> Any:
    """The list of forms."""
    found = paged(
        queries.find_forms(viewer().scope, text_arg("q"), voided=request.args.get("voided") == "1")
    )
    return page(
        "county_forms/forms.html",
        filters=FilterBar([search_field(), voided_field()]),
        found=found,
        table=table(_LIST, found.rows, lambda form: url_for(".county_form", record_id=form.id)),
    )


@bp.route("/new", methods=["GET", "POST"])
@takes_file(MOST_BYTES)
def new_county_form() -> Any:
    """Keep a form."""
    return form_page(
        CountyFormForm(),
        lambda session, draft: operations.create_form(session, viewer().office_id, draft),
        leading_to(".county_form"),
        title=gettext("上传表样"),
        back=url_for(".county_forms"),
        template="county_forms/edit.html",
    )


@bp.get("/<int(max=2147483647):record_id>")
def county_form(record_id: int) -> Any:
    """One form: its marks with what they are in a year, and the button that fills it."""
    from . import describing, meanings
    from .findings import Survey
    from .vocabulary import Vocabulary

    found, year, session = seen(CountyForm, record_id), _year(), db.session()
    occasion = _occasion(found, year)
    vocabulary = Vocabulary(session, occasion.scope, _registers(), year)
    survey = Survey.from_json(found.survey)
    understood = meanings.understand(survey, vocabulary)
    return page(
        "county_forms/county_form.html",
        kept=found,
        year=year,
        filters=FilterBar([_year_field(year)]),
        facts=_facts(found),
        lines=describing.lines(session, vocabulary, survey, understood, occasion),
        problems=understood.problems,
        lost=describing.lost(survey.losses),
        may_edit=viewer().may_edit(found.office_id),
    )


@bp.get("/<int(max=2147483647):record_id>/<int(max=9999):year>.xlsx")
def filled(record_id: int, year: int) -> Any:
    """The form, filled for a year; back to its page where a mark is unknown."""
    from . import filling
    from .findings import Survey

    found = seen(CountyForm, record_id)
    if not _is_offered(year):
        abort(404)
    session, today = db.session(), clock.today()
    try:
        content = filling.fill_form(
            session,
            found.content,
            Survey.from_json(found.survey),
            _occasion(found, year),
            _registers(),
        )
    except filling.UnknownMarks:
        return redirect(url_for(".county_form", record_id=record_id, year=year))
    except TrackerError as error:
        flash(say(error.message), "danger")
        return redirect(url_for(".county_form", record_id=record_id, year=year))
    office = session.get_one(Office, found.office_id)
    return _sent(content, filling.filled_name(office, found.name, year, today))


@bp.get("/<int(max=2147483647):record_id>/original.xlsx")
def original(record_id: int) -> Response:
    """The form as it was uploaded."""
    found = seen(CountyForm, record_id)
    return _sent(found.content, found.file_name)


@bp.route("/<int(max=2147483647):record_id>/edit", methods=["GET", "POST"])
@takes_file(MOST_BYTES)
def edit_county_form(record_id: int) -> Any:
    """Rename a form or replace its file."""
    return form_page(
        _form(record_id),
        lambda session, draft: operations.update_form(
            session, viewer().scope, record_id, draft, posted_version()
        ),
        leading_to(".county_form"),
        title=gettext("修改表样"),
        back=url_for(".county_form", record_id=record_id),
        current=lambda: _form(record_id, formdata=None),
        template="county_forms/edit.html",
    )


def _form(record_id: int, **options: Any) -> CountyFormForm:
    """The form of a form as it is kept, or as it was sent."""
    found = own(CountyForm, record_id)
    return CountyFormForm(data=CountyFormForm.values_of(found), replacing=True, **options)


@bp.route("/<int(max=2147483647):record_id>/void", methods=["GET", "POST"])
def void_county_form(record_id: int) -> Any:
    """Put a form away that is no longer asked for."""
    return void_page(
        CountyForm,
        record_id,
        name=lambda form: form.name,
        endpoint="county_forms.county_form",
        back=url_for(".county_forms"),
    )


@bp.post("/<int(max=2147483647):record_id>/restore")
def restore_county_form(record_id: int) -> Any:
    """Take a void back."""
    return restore(CountyForm, record_id, back=url_for(".county_form", record_id=record_id))


@bp.get("/marks")
def marks() -> Any:
    """Every mark a form may hold, with what it is now."""
    from . import listing
    from .vocabulary import Vocabulary

    year, person = _year(), viewer()
    vocabulary = Vocabulary(db.session(), person.scope, _registers(), year)
    return page(
        "county_forms/marks.html",
        year=year,
        filters=FilterBar([search_field(), _year_field(year)]),
        groups=listing.groups(db.session(), vocabulary, _own_occasion(year), text_arg("q")),
        searched=bool(text_arg("q")),
        examples=listing.EXAMPLES,
    )


def _facts(form: CountyForm) -> list[tuple[str, str]]:
    names = viewer().office_names
    office = [(gettext("单位"), names.get(form.office_id, ""))] if len(names) > 1 else []
    return [
        *office,
        (gettext("表样文件"), form.file_name),
        (gettext("上传人"), form.uploaded_by),
        (gettext("上传时间"), shown(form.uploaded_at)),
    ]


# Years, offices, files


def _is_offered(year: int) -> bool:
    return FIRST_YEAR < year <= clock.today().year + 1


def _year() -> int:
    today = clock.today()
    usual = (today - _STILL_LAST_YEAR).year
    return whole_arg("year", usual, FIRST_YEAR + 1, today.year + 1)


def _year_field(year: int) -> FilterField:
    this_year = clock.today().year
    offered = sorted({*range(this_year - _YEARS, this_year + 1), year}, reverse=True)
    choices = [(str(each), gettext("%(y)s年", y=each)) for each in offered]
    return FilterField("year", gettext("填哪一年"), "select", str(year), choices)


def _occasion(form: CountyForm, year: int) -> Any:
    """Filling a form: a county's own says all its townships together, a township's its own."""
    person = viewer()
    scope = person.scope
    if form.office_id != person.office_id:
        scope = Scope((form.office_id,), form.office_id)
    return replace(
        _own_occasion(year), office_name=person.office_names[form.office_id], scope=scope
    )


def _own_occasion(year: int) -> Any:
    from .values import Occasion

    person = viewer()
    return Occasion(
        person.office_name, person.office_names, person.scope, year, clock.today(), person.name
    )


def _registers() -> Sequence[Register]:
    registers: Sequence[Register] = current_app.extensions["registers"]
    return registers


def _sent(content: bytes, name: str) -> Response:
    return send_file(io.BytesIO(content), mimetype=_XLSX, as_attachment=True, download_name=name)
