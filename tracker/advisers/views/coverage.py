"""Which villages had an adviser on which days of a year."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext

from tracker.accounts.viewer import viewer
from tracker.advisers import queries
from tracker.advisers.queries import Stretch, VillageCoverage
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.strips import Strip, strip
from tracker.kernel.text import clean_line, parse_day
from tracker.kernel.web import page
from tracker.offices.models import Village

from .shared import bp


@bp.get("/coverage/")
def coverage_now() -> Any:
    """The running year, today."""
    return _shown(clock.today().year)


@bp.get("/coverage/<int(max=9999):year>")
def coverage(year: int) -> Any:
    """A year, with one day looked at: ``?day=``, else today or the year's last day."""
    return _shown(year)


def _shown(year: int) -> Any:
    today = clock.today()
    if not FIRST_YEAR < year <= today.year + 1:
        abort(404)
    period = Period.of_year(year, today)
    day, wrong = _asked_day(period)
    found = queries.coverage(db.session(), viewer().scope, period)
    there = [each for each in found if day in each.there]
    covered = [each for each in there if each.serving_on(day)]
    return page(
        "advisers/coverage.html",
        year=year,
        day=day,
        wrong_day=wrong,
        rows=[_row(each, period, day) for each in found],
        covered=len(covered),
        there=len(there),
        without_gap=sum(not each.gaps for each in found),
        previous_year=year - 1 if year - 1 > FIRST_YEAR else None,
        next_year=year + 1 if year < today.year else None,
    )


def _asked_day(period: Period) -> tuple[date, str]:
    """The day of the address where it lies in the year, else the day states are read on; and what
    was typed that is no day of it."""
    typed = clean_line(request.args.get("day", "")[:40])
    if not typed:
        return period.as_at, ""
    try:
        day = parse_day(typed, year=period.year)
    except ValueError:
        return period.as_at, typed
    return (day, "") if period.first <= day <= period.last else (period.as_at, typed)


def _row(found: VillageCoverage, period: Period, day: date) -> dict[str, Any]:
    village = found.village
    may_write = viewer().may_edit(village.office_id)
    return {
        "village": village.name,
        "office": _office_of(village) if len(viewer().scope.office_ids) > 1 else "",
        "url": url_for("offices.village", record_id=village.id),
        "is_there": day in found.there,
        "serving": [
            {
                "name": service.adviser.name,
                "url": url_for(".assignment", record_id=service.assignment.id),
            }
            for service in found.serving_on(day)
        ],
        "strip": _strip(found, period),
        "gaps": [_said(gap) for gap in found.gaps],
        "add_url": (
            url_for(".new_assignment", village=village.id) if found.gaps and may_write else ""
        ),
    }


def _office_of(village: Village) -> str:
    """Which township it belongs to, for a county that sees several."""
    return viewer().office_names.get(village.office_id, "")


def _strip(found: VillageCoverage, period: Period) -> Strip:
    runs = [
        ("served", s.stretch.first, s.stretch.last, f"{s.adviser.name} {_said(s.stretch)}")
        for s in found.services
    ]
    runs += [("gap", gap.first, gap.last, _said(gap)) for gap in found.gaps]
    return strip(period.first, period.last, runs)


def _said(stretch: Stretch) -> str:
    """8月1日至8月31日（31天）."""
    return gettext(
        "%(first)s 至 %(last)s（%(days)s 天）",
        first=stretch.first,
        last=stretch.last,
        days=stretch.days,
    )
