"""Whatever a workbook holds: each of its rows is accounted for, or the whole is refused clearly."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.support import application, databases, nasty
from tests.support.world import ACTOR, World
from tracker.collections import INTAKES
from tracker.kernel import rows
from tracker.kernel.intake import Intake
from tracker.kernel.text import clean_line
from tracker.workbooks.grid import Cell, Grid, Merge, Sheet
from tracker.workbooks.importing import batches
from tracker.workbooks.importing.importer import Options
from tracker.workbooks.importing.outcome import Fate, OnExisting
from tracker.workbooks.importing.sheets import HeadNotFound, find_tables, guess_register

FULL = bool(os.environ.get("TRACKER_FULL"))

#: What stands in ledgers, and what should not.
_CELLS: list[Cell] = [
    *(None, "", 0, 1, 120, -5, 10**10, 45_366, Decimal("37.5"), True, False),
    *(date(2024, 6, 26), date(1900, 1, 1), date(9999, 12, 31)),
    *(
        "2024.6.26",
        "3月15日",
        "2024年2月30日",
        "3月15日至17日",
        "约200人",
        "200余人",
        "若干",
        "1.2万",
    ),
    *(
        "—",
        "无",
        "合计",
        "小计：",
        "填报人：张三",
        "一、第一季度",
        "备注：以上",
        "架桥村",
        "架桥",
        "各村",
    ),
    *("架桥村、青山村", "李家村", "法治讲座", "已举办", "是", "×", "=1+1", "@cmd", "１２３", "10²"),
    *("4.30725198001011E+17", "PF-2024-001", "13800000000", "长" * 300, "甲\n乙"),
]


@pytest.fixture(scope="module")
def township(
    template_folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("any") / "instance"
    databases.copy(template_folders[1], folder)
    app: Flask = application.make_app(folder)
    world = World(app)
    for name in ("架桥村", "青山村"):
        world.a_village(name)
    yield world
    application.discard(app)


def any_cell(chance: Random) -> Cell:
    if chance.random() < 0.9:
        return chance.choice(_CELLS)
    ugly = chance.choice(nasty.ALL)
    return ugly if isinstance(ugly, str) else ugly.decode("utf-8", "replace")


def any_sheet(chance: Random, intake: Intake, name: str) -> Sheet:
    """A head of the register, often damaged, among rows of anything."""
    columns = list(intake.register.columns)
    if chance.random() < 0.5:
        chance.shuffle(columns)
    head: list[Cell] = [chance.choice((c.label.zh, *c.also)) for c in columns]
    for _ in range(chance.choice((0, 0, 0, 1, 5))):
        head[chance.randrange(len(head))] = any_cell(chance)
    lines: list[list[Cell]] = [[any_cell(chance)] for _ in range(chance.choice((0, 1, 2, 9)))]
    lines.append(head)
    for _ in range(chance.randrange(12)):
        width = chance.choice((len(head), len(head), 1, len(head) + 3))
        filled = chance.random()
        lines.append([any_cell(chance) if chance.random() < filled else None for _ in range(width)])
    merges = tuple(
        Merge(top, left, top + chance.randrange(4), left + chance.randrange(4))
        for top, left in (
            (chance.randrange(len(lines)), chance.randrange(len(head)))
            for _ in range(chance.choice((0, 0, 3)))
        )
    )
    return Sheet(name, lines, merges, hidden=chance.random() < 0.1)


def records_of(world: World, intake: Intake) -> int:
    with world.reading() as session:
        model: Any = intake.register.model
        return session.scalar(select(func.count()).select_from(model)) or 0


@settings(max_examples=10_000 if FULL else 150)
@given(seed=st.integers(0, 2**32))
def test_each_row_of_any_ledger_is_accounted_for(township: World, seed: int) -> None:
    chance = Random(seed)
    intake = chance.choice(INTAKES)
    count = chance.choice((1, 1, 1, 3))
    grid = Grid("xlsx", [any_sheet(chance, intake, f"表{n}") for n in range(count)])
    options = Options(
        chance.random() < 0.5,
        chance.choice(list(OnExisting)),
        chance.choice((None, 2024)),
    )
    try:
        if chance.random() < 0.3:
            intake = guess_register(grid, INTAKES)
        found = find_tables(grid, intake)
    except HeadNotFound:
        return  # a sentence with both languages, by its type
    before = records_of(township, intake)
    with township.app.app_context(), rows.seeing_everything():
        outcome = batches.try_out(ACTOR, township.scope(), found, options, application.TODAY)
    assert outcome.rows_read == sum(len(sheet.rows) for sheet in grid.sheets)
    assert sum(outcome.counts.values()) == len(outcome.rows)
    for row in outcome.rows:
        assert (row.fate is Fate.WRONG) == bool(row.faults), "a wrong row says why"
        assert all(clean_line(fault.message.zh) for fault in row.faults)
    places = [(each.sheet, each.row) for each in outcome.rows]
    places += [(each.sheet, each.row) for each in outcome.not_data]
    assert len(places) == len(set(places))
    assert records_of(township, intake) == before, "a trial leaves nothing"
