"""Home, the year's figures, one figure with its records; the same as JSON."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, url_for
from sqlalchemy import literal, select

from tracker.accounts import gate
from tracker.accounts.viewer import viewer
from tracker.figures import catalogue, drilling, members, published
from tracker.figures.closing import queries as closing
from tracker.figures.drilling import DrillDown
from tracker.figures.freezing.comparing import count_changes
from tracker.figures.readings import Breakdown
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.figure import AnyFigure, Dimension
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.web import page

from . import home as home_page
from . import json, openapi, pages

bp = Blueprint("yearbook", __name__)

#: How many left-out records the page of a figure lists; all are in the JSON and on the sheet.
LISTED = 200


@bp.get("/")
def home() -> Any:
    """What needs doing, and how the year goes."""
    today = clock.today()
    session, scope = db.session(), viewer().scope
    return page("yearbook/home.html", **home_page.contents(session, scope, today))


@bp.get("/yearbook/")
def this_year() -> Any:
    """The running year."""
    return redirect(url_for(".year", year=clock.today().year))


def year_period(year: int) -> Period:
    """The year of an address; 404 for one that nothing can be recorded of."""
    if not FIRST_YEAR < year <= clock.today().year + 1:
        abort(404)
    return Period.of_year(year, clock.today())


@bp.get("/yearbook/<int(max=9999):year>")
def year(year: int) -> Any:
    """All figures of a year, with the year before."""
    period = year_period(year)
    session, scope, today = db.session(), viewer().scope, clock.today()
    read = published.year_readings(session, scope, period)
    found = read.readings
    leading = [found[key] for key in catalogue.LEADING if key in found]
    quiet = [each for each in found.values() if pages.is_quiet(each)]
    frozen = read.frozen
    changes = count_changes(session, scope, frozen, today) if frozen is not None else 0
    return page(
        "yearbook/year.html",
        period=read.period,
        frozen=frozen,
        changes=changes,
        state=closing.state_of(session, scope, year),
        groups=pages.groups(each for each in found.values() if not pages.is_quiet(each)),
        quiet=pages.groups(quiet),
        quiet_count=len(quiet),
        cards=[pages.card(each) for each in leading],
        previous_year=year - 1 if year - 1 > FIRST_YEAR else None,
        next_year=year + 1 if year < clock.today().year else None,
    )


def _opened(year: int, key: str) -> DrillDown:
    found = drilling.drill_down(db.session(), viewer().scope, year_period(year), key, clock.today())
    if found is None:
        abort(404)
    return found


def _dimensions(asked: AnyFigure) -> list[Dimension]:
    """The breakdowns to show: by office only where the viewer sees several."""
    found = members.dimensions_of(asked)
    if len(viewer().scope.office_ids) == 1:
        found.pop("office")
    return list(found.values())


def _broken_down(opened: DrillDown) -> list[Breakdown]:
    """By each dimension, as the records now stand; nothing where the catalogue has lost it."""
    if opened.declared is None:
        return []
    session, scope, period = db.session(), viewer().scope, opened.reading.period
    return [
        members.break_down(session, opened.declared, scope, period, dimension)
        for dimension in _dimensions(opened.declared)
    ]


@bp.get("/yearbook/<int(max=9999):year>/<string(maxlength=100):key>")
def figure(year: int, key: str) -> Any:
    """One figure: definition, value, breakdowns, the records counted and those left out."""
    opened = _opened(year, key)
    return page(
        "yearbook/figure.html",
        figure=opened.reading.figure,
        period=opened.reading.period,
        frozen=opened.frozen,
        change=pages.change_view(opened.change) if opened.change is not None else None,
        card=pages.card(opened.reading),
        parts=[pages.card(side) for side in opened.sides],
        charts=[
            pages.breakdown_view(each, opened.reading)
            for each in _broken_down(opened)
            if each.parts
        ],
        members=pages.members_table(opened.unit, opened.members),
        left_out=pages.left_out_tables(opened.omitted, LISTED),
        json_url=url_for(".api_figure", year=year, key=key),
        together=pages.together(key, year),
    )


@bp.get("/api/figures/<int(max=9999):year>")
def api_year(year: int) -> Response:
    """All figures of a year as JSON: the frozen ones where the year is frozen."""
    person = viewer()
    found = published.year_readings(db.session(), person.scope, year_period(year))
    return jsonify(json.year(found, person.office_code, person.office_name))


@bp.get("/api/figures/<int(max=9999):year>/<string(maxlength=100):key>")
def api_figure(year: int, key: str) -> Response:
    """One figure with its records, those left out and its breakdowns, as JSON."""
    opened = _opened(year, key)
    shown = json.drill_down(opened)
    shown["by"] = json.breakdowns(_broken_down(opened))
    return jsonify(shown)


@bp.get("/api/openapi.json")
def api_description() -> Response:
    """What the JSON addresses answer, as an OpenAPI document."""
    return jsonify(openapi.document())


@bp.get("/healthz")
@gate.public
def healthz() -> Response:
    """200 and ``ok`` once the database answers."""
    db.session.execute(select(literal(1)))
    return Response("ok", mimetype="text/plain")
