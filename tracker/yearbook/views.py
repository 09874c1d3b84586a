"""Home, the year's figures, one figure with its records; the same as JSON."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, url_for
from sqlalchemy import literal, select

from tracker.accounts import gate
from tracker.accounts.viewer import viewer
from tracker.figures import catalogue, members, reading
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.figure import AnyFigure, Dimension, Ratio
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


def _period(year: int) -> Period:
    if not FIRST_YEAR < year <= clock.today().year + 1:
        abort(404)
    return Period.of_year(year, clock.today())


@bp.get("/yearbook/<int(max=9999):year>")
def year(year: int) -> Any:
    """All figures of a year, with the year before."""
    period = _period(year)
    session, scope = db.session(), viewer().scope
    figures = catalogue.figures_for(session, scope, year)
    found = reading.read(session, figures, scope, period)
    leading = [found[key] for key in catalogue.LEADING if key in found]
    quiet = [each for each in found.values() if pages.is_quiet(each)]
    return page(
        "yearbook/year.html",
        period=period,
        groups=pages.groups(each for each in found.values() if not pages.is_quiet(each)),
        quiet=pages.groups(quiet),
        quiet_count=len(quiet),
        cards=[pages.card(each) for each in leading],
        previous_year=year - 1 if year - 1 > FIRST_YEAR else None,
        next_year=year + 1 if year < clock.today().year else None,
    )


def _figure(year: int, key: str) -> tuple[AnyFigure, Period]:
    period = _period(year)
    figure = catalogue.figure_named(db.session(), viewer().scope, year, key)
    if figure is None:
        abort(404)
    return figure, period


def _dimensions(asked: AnyFigure) -> list[Dimension]:
    """The breakdowns to show: by office only where the viewer sees several."""
    found = members.dimensions_of(asked)
    if len(viewer().scope.office_ids) == 1:
        found.pop("office")
    return list(found.values())


@bp.get("/yearbook/<int(max=9999):year>/<string(maxlength=100):key>")
def figure(year: int, key: str) -> Any:
    """One figure: definition, value, breakdowns, the records counted and those left out."""
    asked, period = _figure(year, key)
    session, scope = db.session(), viewer().scope
    parts = [asked.numerator, asked.denominator] if isinstance(asked, Ratio) else []
    found = reading.read(session, [asked, *parts], scope, period)
    value = found[asked.key]
    breakdowns = [
        members.break_down(session, asked, scope, period, dimension)
        for dimension in _dimensions(asked)
    ]
    counted = members.members(session, asked, scope, period)
    omitted = members.left_out(session, asked, scope, period)
    return page(
        "yearbook/figure.html",
        figure=asked,
        period=period,
        card=pages.card(value),
        parts=[pages.card(found[part.key]) for part in parts],
        charts=[pages.breakdown_view(each, value) for each in breakdowns if each.parts],
        members=pages.members_table(asked, counted),
        left_out=pages.left_out_tables(omitted, LISTED),
        json_url=url_for(".api_figure", year=year, key=key),
    )


@bp.get("/api/figures/<int(max=9999):year>")
def api_year(year: int) -> Response:
    """All figures of a year as JSON."""
    period = _period(year)
    session, person = db.session(), viewer()
    figures = catalogue.figures_for(session, person.scope, year)
    found = reading.read(session, figures, person.scope, period)
    return jsonify(json.year(found, period, person.office_code, person.office_name))


@bp.get("/api/figures/<int(max=9999):year>/<string(maxlength=100):key>")
def api_figure(year: int, key: str) -> Response:
    """One figure with its records, those left out and its breakdowns, as JSON."""
    asked, period = _figure(year, key)
    session, scope = db.session(), viewer().scope
    value = reading.read(session, [asked], scope, period)[asked.key]
    shown = json.drill_down(
        value,
        members.members(session, asked, scope, period),
        members.left_out(session, asked, scope, period),
    )
    shown["by"] = json.breakdowns(
        members.break_down(session, asked, scope, period, dimension)
        for dimension in _dimensions(asked)
    )
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
