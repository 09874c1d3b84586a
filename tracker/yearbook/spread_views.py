"""Where, about what and when events were held: tiles with their numbers."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from tracker.accounts.viewer import viewer
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.web import FilterBar, page, record_field, whole_arg
from tracker.outreach.queries import themes_of

from .spread import Asked, spread
from .views import bp, year_period

_LARGEST = 2_147_483_647


@bp.get("/outreach/spread/<int(max=9999):year>")
def outreach_spread(year: int) -> Any:
    """The events of a year by village, theme and month, narrowed to one month or theme."""
    whole_year = year_period(year)
    month = whole_arg("month", 0, 1, 12) or None
    theme_id = whole_arg("theme", 0, 1, _LARGEST) or None
    session, scope, today = db.session(), viewer().scope, clock.today()
    part = Period.of_months(year, month, month, today) if month else whole_year
    months = [(m, gettext("%(month)s月", month=m)) for m in range(1, 13)]
    themes = [(t.id, t.name) for t in themes_of(session, viewer().office_id, all_of_them=True)]
    return page(
        "yearbook/spread.html",
        year=year,
        found=spread(session, scope, Asked(year, month, theme_id), whole_year, part),
        filters=FilterBar(
            [
                record_field("month", gettext("月份"), months),
                record_field("theme", gettext("主题"), themes),
            ]
        ),
        previous_year=year - 1 if year - 1 > FIRST_YEAR else None,
        next_year=year + 1 if year < today.year else None,
    )
