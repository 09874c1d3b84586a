"""Every kind of figure that real reports print can be recorded and read back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.figures.recorders import RECORDERS, Row, record
from tests.support.world import World
from tracker import collections
from tracker.figures import catalogue
from tracker.worklog.kinds import shipped_kinds

HERE = Path(__file__).resolve().parents[2]
TABLE = HERE / "docs" / "figure_kinds.csv"
#: The kinds as they were found in 136 reports; beside the repository where it is developed.
FOUND = HERE.parent / "shared" / "data" / "figure_kinds.csv"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = [Row(**row) for row in _rows(TABLE)]
BY_KIND = {kind: [row for row in ROWS if row.kind == kind] for kind in {r.kind: 0 for r in ROWS}}
_REGISTERS = {register.key for register in collections.REGISTERS}


@pytest.mark.skipif(not FOUND.exists(), reason="the list of kinds found stands elsewhere")
def test_the_table_covers_every_kind_found_in_reports() -> None:
    assert set(BY_KIND) == {row["kind"] for row in _rows(FOUND)}


def test_the_table_holds_the_kinds_it_was_made_with() -> None:
    assert len(BY_KIND) == 59
    assert len(set(ROWS)) == len(ROWS)


def test_every_shipped_kind_of_work_is_there_for_a_reason() -> None:
    assert {row.worklog_kind for row in ROWS if row.worklog_kind} == set(shipped_kinds())


def test_the_figures_of_the_table_are_in_the_catalogue() -> None:
    keys = {figure.key for figure in catalogue.all_shipped()}
    missing = {row.figure for row in ROWS if row.register in _REGISTERS} - keys
    assert missing == set()


def test_every_register_of_the_table_has_a_recorder() -> None:
    assert {row.register for row in ROWS} - {"worklog"} <= set(RECORDERS)


@pytest.mark.parametrize("kind", BY_KIND)
def test_a_kind_of_figure_is_recorded_and_read_back(world: World, kind: str) -> None:
    rows = [row for row in BY_KIND[kind] if row.register in _REGISTERS]
    if not rows:
        pytest.skip("its registers are not part of this application")
    for row in rows:
        world.office_id = world.an_office().id
        before = world.value(row.figure)
        expected = record(world, row)[row.figure]
        found = world.reading_of(row.figure)
        assert found.value == expected, row
        assert found.value != before, row
        assert found.records > 0, row
        counted = world.members_of(row.figure)
        assert len(counted) == found.records, row
