"""The values that real reports print, recorded and read back: from 0 to 16.7万, and 31.5%.

``reported_values.csv`` holds every different value of each kind of figure in 100 reports.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.advisers import support as advisers
from tests.figures.test_figure_kinds import BY_KIND
from tests.support.world import World
from tests.worklog.support import an_entry
from tracker.outreach.terms import MaterialKind
from tracker.worklog.kinds import NUMBERS, shipped_kinds

VALUES = Path(__file__).with_name("reported_values.csv")

Recorder = Callable[[World, int], object]


def _visit(field: str) -> Recorder:
    def write(world: World, n: int) -> object:
        numbers: dict[str, Any] = {field: n}
        return advisers.a_visit(world, advisers.an_adviser(world), **numbers)

    return write


#: One record that carries the whole value, by the figure that reads it back.
SUMS: Mapping[str, Recorder] = {
    "outreach.sessions": lambda world, n: world.an_event(sessions=n),
    "outreach.person_times": lambda world, n: world.an_event(headcount=n),
    "outreach.materials": lambda world, n: world.an_event(materials={MaterialKind.LEAFLET: n}),
    "outreach.gifts": lambda world, n: world.an_event(materials={MaterialKind.GIFT: n}),
    "outreach.consultations": lambda world, n: world.an_event(consultations=n),
    "outreach.households": lambda world, n: world.an_event(households=n),
    "outreach.online_posts": lambda world, n: world.an_event(online_posts=n),
    "advisers.documents": _visit("documents"),
    "advisers.enterprises": _visit("enterprises"),
    "advisers.opinions": _visit("opinions"),
    "advisers.legal_literate_trained": lambda world, n: advisers.a_training(world, headcount=n),
    "advisers.fees": lambda world, n: advisers.an_assignment(
        world, advisers.an_adviser(world), None, fee=n
    ),
}


def _values() -> Iterator[tuple[str, str, Decimal]]:
    with VALUES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["kind"], row["unit"], Decimal(row["value"])


def _recorder(figure: str) -> Recorder | None:
    """How to record a value of this figure in one entry; None where it counts records."""
    if figure in SUMS:
        return SUMS[figure]
    area, _, rest = figure.partition(".")
    key, _, number = rest.partition(".")
    if area != "worklog" or number not in NUMBERS:
        return None

    def write(world: World, n: int) -> object:
        return an_entry(world, key, **{number: n})  # type: ignore[arg-type]

    return write


def _record_share(world: World, kind: str, share: Decimal) -> str | None:
    """Record a share as its two numbers; returns the figure that says it."""
    for row in BY_KIND[kind]:
        work = shipped_kinds().get(row.worklog_kind)
        if work is None or work.rate_base is None:
            continue
        part = int(share * 1000)
        if "due" in work.asks:
            an_entry(world, work.key, **{work.rate_base: part, "due": 1000})  # type: ignore[arg-type]
            return f"worklog.{work.key}.coverage_rate"
        an_entry(world, work.key, **{work.rate_base: 1000, "succeeded": part})  # type: ignore[arg-type]
        return f"worklog.{work.key}.success_rate"
    return None


#: The kinds whose figures count records, persons or villages one by one: no single entry holds a
#: value. That they count right is the matter of their domains' tests.
COUNTED = {
    "执法资格考试通过人数/通过率",
    "执法人员持证率",
    "持证执法人员数/新增数",
    "执法人员培训场次/人次/学时",
    "普法覆盖村社区数",
    "村居顾问覆盖率/律师占比",
    "法律顾问人数/配备村社区数",
    "顾问讲座·宣讲·坐班·进村次数",
}


def _sums(kind: str) -> list[str]:
    """The figures of a kind whose value one entry can hold; for a rate, the number it rests on."""
    found = []
    for row in BY_KIND[kind]:
        work = shipped_kinds().get(row.worklog_kind)
        if _recorder(row.figure):
            found.append(row.figure)
        elif work is not None and work.rate_base is not None:
            found.append(f"worklog.{work.key}.{work.rate_base}")
    return list(dict.fromkeys(found))


def test_only_these_kinds_have_no_figure_that_one_entry_can_hold() -> None:
    assert {kind for kind in BY_KIND if not _sums(kind)} == COUNTED


@pytest.mark.parametrize("kind", sorted({kind for kind, _, _ in _values()} - COUNTED))
def test_a_value_of_a_real_report_is_read_back_exactly(world: World, kind: str) -> None:
    """The values of a kind go to its figures in turn; each figure gets a 0 as well."""
    figures = _sums(kind)
    asked: list[tuple[str, Decimal]] = [(figure, Decimal(0)) for figure in figures]
    shares = []
    for of, unit, value in _values():
        if of == kind and unit in ("%", "百分点"):
            shares.append(value / 100)
        elif of == kind:
            asked.append((figures[len(asked) % len(figures)], value))
    for figure, value in asked:
        if figure == "outreach.sessions" and not value:
            continue  # an event of no session is none
        write = _recorder(figure)
        assert write is not None
        with _taken_back(world):
            write(world, int(value))
            assert world.value(figure) == value, figure
    for share in shares:
        with _taken_back(world):
            said = _record_share(world, kind, share)
            assert said is None or world.value(said) == share, said


@contextmanager
def _taken_back(world: World) -> Iterator[None]:
    with world.trying() as session:
        world.session = session
        try:
            yield
        finally:
            world.session = None
