"""Filling a form for a world, in this process, so that tests need not start another each time."""

from __future__ import annotations

from typing import Any

from tests.support.world import World
from tests.workbooks.county_forms.forms import opened
from tracker import collections
from tracker.kernel import clock
from tracker.kernel.scope import Scope
from tracker.offices.models import Office
from tracker.workbooks.county_forms import filling, work
from tracker.workbooks.county_forms.findings import Survey
from tracker.workbooks.county_forms.meanings import Problem, Understood, understand
from tracker.workbooks.county_forms.values import values_for
from tracker.workbooks.county_forms.vocabulary import Vocabulary


def surveyed(data: bytes) -> Survey:
    """What is found in a form."""
    return Survey.from_json(work.survey(data).decode())


def filled(
    world: World,
    data: bytes,
    year: int = 2024,
    *,
    scope: Scope | None = None,
    prepared_by: str = "经办小李",
) -> Any:
    """The workbook that comes of a form."""
    scope = scope or world.scope()
    with world.reading() as session:
        office = session.get_one(Office, scope.home_office_id)
        occasion = filling.occasion_of(session, scope, office, year, clock.today(), prepared_by)
        vocabulary = Vocabulary(session, scope, collections.REGISTERS, year)
        understood = filling.understood_by(vocabulary, surveyed(data))
        values = values_for(session, vocabulary, understood, occasion)
    return opened(work.fill(data, values))


def looked_up(world: World, data: bytes, year: int = 2024) -> Understood:
    """What the marks of a form mean."""
    with world.reading() as session:
        vocabulary = Vocabulary(session, world.scope(), collections.REGISTERS, year)
        return understand(surveyed(data), vocabulary)


def problems(world: World, data: bytes, year: int = 2024) -> dict[str, Problem]:
    """What is wrong with the marks of a form, by cell."""
    return {each.cell: each for each in looked_up(world, data, year).problems}
