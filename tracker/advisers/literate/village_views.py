"""The page of villages with their legal-literate persons."""

from __future__ import annotations

from typing import Any

from flask import abort, url_for

from tracker.accounts.viewer import viewer
from tracker.advisers.terms import RegisterState
from tracker.advisers.views.shared import bp
from tracker.kernel import clock
from tracker.kernel.db import db
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.web import page
from tracker.rulepacks.queries import rules_by_office

from .by_village import VillageStanding, trainings_without_names, village_standings
from .terms import PairingState

_TONES = {PairingState.ELSEWHERE: "warning", PairingState.LEFT: "danger"}


@bp.get("/legal-literate/villages/")
def literate_villages_now() -> Any:
    """The running year, as things stand today."""
    return _shown(clock.today().year)


@bp.get("/legal-literate/villages/<int(max=9999):year>")
def literate_villages(year: int) -> Any:
    """A year, as things stood on its last day."""
    return _shown(year)


def _shown(year: int) -> Any:
    today, scope, session = clock.today(), viewer().scope, db.session()
    if not FIRST_YEAR < year <= today.year:
        abort(404)
    period = Period.of_year(year, today)
    rules = rules_by_office(session, scope.office_ids)
    found = village_standings(session, scope, period, rules)
    ruled = [each for each in found if each.is_there and each.least is not None]
    return page(
        "advisers/literate_villages.html",
        year=year,
        day=period.as_at,
        rows=[_row(each, year, is_today=period.as_at == today) for each in found],
        sums={
            "persons": sum(each.persons for each in found),
            "trained": sum(each.trained for each in found),
            "services": sum(each.services for each in found),
        },
        ruled=len(ruled),
        enough=sum(not each.is_short for each in ruled),
        unnamed=trainings_without_names(session, scope, period),
        previous_year=year - 1 if year - 1 > FIRST_YEAR else None,
        next_year=year + 1 if year < today.year else None,
    )


def _row(found: VillageStanding, year: int, *, is_today: bool) -> dict[str, Any]:
    village = found.village
    # The list knows who is on the register today; of another day it shows everybody, with days.
    standing = {"standing": RegisterState.ON_REGISTER.value} if is_today else {}
    several = len(viewer().scope.office_ids) > 1
    may_write = viewer().may_edit(village.office_id)
    return {
        "village": village.name,
        "office": viewer().office_names.get(village.office_id, "") if several else "",
        "url": url_for("offices.village", record_id=village.id),
        "is_there": found.is_there,
        "persons": found.persons,
        "persons_url": url_for(".persons", village=village.id, **standing),
        "add_url": url_for(".new_person", village=village.id) if may_write else "",
        "least": found.least,
        "is_short": found.is_short,
        "trained": found.trained,
        "services": found.services,
        "services_url": url_for(".literate_services", village=village.id, year=year),
        "active": found.active,
        "pairings": [
            {
                "name": each.adviser.name,
                "url": url_for(".adviser", record_id=each.adviser.id),
                "persons": each.persons,
                "mark": each.state.label if each.state in _TONES else None,
                "tone": _TONES.get(each.state, ""),
            }
            for each in found.pairings
        ],
        "unpaired": found.unpaired,
    }
