"""Workbooks to take away: the year's tally, registers, what lists show, import templates."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO

from flask import Blueprint, Response, abort, current_app, send_file
from sqlalchemy import Select

from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.i18n import language
from tracker.kernel.intake import Intake
from tracker.kernel.lists import Narrowing, SheetText, title_of
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.register import Register
from tracker.offices.models import Office

bp = Blueprint("workbooks", __name__)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/yearbook/<int(max=9999):year>/tally.xlsx")
def tally(year: int) -> Response:
    """The year's figures with the records behind them."""
    from . import tally as writer  # openpyxl is not loaded before somebody wants a workbook

    period, person, today, lang = _period(year), viewer(), clock.today(), language()
    office = _office()

    def write(target: BinaryIO) -> None:
        writer.write_tally(
            db.session(),
            person.scope,
            office,
            period,
            target,
            registers=_registers(),
            prepared_by=person.name,
            today=today,
            language=lang,
        )

    return _sent(write, writer.tally_file_name(office, year, today, lang))


@bp.get("/registers/<string(maxlength=60):key>/<int(max=9999):year>.xlsx")
def register(key: str, year: int) -> Response:
    """One register of a year as a 台账."""
    from . import export as writer

    period, person, today, lang = _period(year), viewer(), clock.today(), language()
    office = _office()
    found = next((each for each in _registers() if each.key == key), None)
    if found is None:
        abort(404)

    def write(target: BinaryIO) -> None:
        writer.write_register(
            db.session(),
            person.scope,
            office,
            found,
            period,
            target,
            prepared_by=person.name,
            today=today,
            language=lang,
        )

    return _sent(write, writer.register_file_name(office, found, year, today, lang))


@bp.get("/registers/<string(maxlength=60):key>/template.xlsx")
def template(key: str) -> Response:
    """The import template of a register, with the office's own lists to choose from."""
    from . import template as writer

    intakes: Sequence[Intake] = current_app.extensions["intakes"]
    found = next((each for each in intakes if each.register.key == key), None)
    if found is None:
        abort(404)
    office, today, lang = _office(), clock.today(), language()

    def write(target: BinaryIO) -> None:
        writer.write_template(
            db.session(), viewer().scope, office, found, target, today=today, language=lang
        )

    return _sent(write, writer.template_file_name(found, lang))


def list_writer(register: Register, statement: Select[Any], narrowing: Narrowing) -> Response:
    """What a list page shows, all pages of it, as a 台账."""
    from . import export as writer
    from .rows import oldest_first

    person, today, lang = viewer(), clock.today(), language()
    office = _office()

    def write(target: BinaryIO) -> None:
        writer.write_records(
            db.session(),
            person.scope,
            office,
            register,
            oldest_first(statement),
            target,
            title=title_of(office.name, register, narrowing).say(lang),
            prepared_by=person.name,
            today=today,
            language=lang,
        )

    return _sent(write, writer.register_file_name(office, register, narrowing.year, today, lang))


def sheet_writer(register: Register, records: Iterable[Any], text: SheetText) -> Response:
    """These records as a sheet to hand in."""
    from . import export as writer

    person, today, lang = viewer(), clock.today(), language()

    def write(target: BinaryIO) -> None:
        writer.write_sheet(
            register,
            records,
            target,
            text,
            prepared_by=person.name,
            today=today,
            language=lang,
        )

    return _sent(write, writer.sheet_file_name(text, today))


def _period(year: int) -> Period:
    if not FIRST_YEAR < year <= clock.today().year + 1:
        abort(404)
    return Period.of_year(year, clock.today())


def _office() -> Office:
    return db.session().get_one(Office, viewer().office_id)


def _registers() -> Sequence[Register]:
    registers: Sequence[Register] = current_app.extensions["registers"]
    return registers


def _sent(write: Callable[[BinaryIO], None], name: str) -> Response:
    # In memory: a compressed workbook of 10,000 rows is about 2 MB, and no file is left behind.
    target = io.BytesIO()
    write(target)
    target.seek(0)
    return send_file(target, mimetype=_XLSX, as_attachment=True, download_name=name)
