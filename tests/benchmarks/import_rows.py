"""What the import of a ledger costs beside bare openpyxl reading and bare Core inserts.

    python tests/benchmarks/import_rows.py [ROWS] [--narrow]

Both take in the same workbook of outreach events, in the same run; ours with every check, the
change log and what is kept to take the import back. ``--narrow`` leaves the ledger ten columns.
Prints CPU seconds of both, of this process and its children, and their ratio.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from flask import Flask
from openpyxl import Workbook, load_workbook
from sqlalchemy import insert

from tests.support import application
from tests.support.world import ACTOR, World
from tracker.kernel import rows
from tracker.kernel.db import db, write_tx
from tracker.kernel.headcount import CountBasis
from tracker.outreach.intake import EVENTS
from tracker.outreach.models import EventVillage, OutreachEvent
from tracker.outreach.terms import DeliveryForm, EventState
from tracker.workbooks.importing import batches
from tracker.workbooks.importing.importer import Options
from tracker.workbooks.importing.outcome import Fate
from tracker.workbooks.importing.reading import read_grid
from tracker.workbooks.importing.sheets import find_tables

YEAR = 2024
VILLAGES = [f"第{number}村" for number in range(1, 13)]
_NARROW = (
    *("title", "starts_on", "delivery", "villages", "venue", "lead_organisation", "speakers"),
    *("headcount", "material_leaflet", "note"),
)


def ledger(path: Path, number: int, *, narrow: bool) -> list[str]:
    """A ledger as an office might keep it; returns the columns' keys."""
    columns = [
        column
        for column in EVENTS.register.columns
        if EVENTS.field_of(column) and (not narrow or column.key in _NARROW)
    ]
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("台账")
    sheet.append(["架桥镇2024年普法宣传活动台账"])
    sheet.append([column.label.zh for column in columns])
    for index in range(number):
        row = {
            "title": f"第{index}场普法宣传活动",
            "starts_on": date(YEAR, 1, 1) + timedelta(index % 366),
            "state": "已举办",
            "sessions": 1,
            "delivery": DeliveryForm.STAND.label.zh,
            "laws": "《民法典》《宪法》",
            "villages": VILLAGES[index % 12],
            "venue": "架桥镇农贸市场",
            "lead_organisation": "架桥镇司法所",
            "partner_organisations": "派出所、妇联",
            "speakers": "张三",
            "headcount": index % 300,
            "count_basis": "清点",
            "consultations": index % 40,
            "material_leaflet": index % 500,
            "households": index % 20,
            "note": "赶集日",
        }
        sheet.append([row.get(column.key) for column in columns])
    book.save(path)
    return [column.key for column in columns]


def bare(app: Flask, path: Path, keys: list[str], office_id: int) -> int:
    """Read with openpyxl and insert with Core, one statement per table; nothing is checked."""
    sheet = load_workbook(path, read_only=True).worksheets[0]
    events_table: Any = OutreachEvent.__table__
    villages_table: Any = EventVillage.__table__
    plain = {column.name for column in OutreachEvent.__table__.columns}
    delivery = {member.label.zh: member for member in DeliveryForm}
    events, links = [], []
    moment = application.TODAY
    for index, cells in enumerate(sheet.iter_rows(min_row=3, values_only=True), start=1):
        row: dict[str, Any] = dict(zip(keys, cells, strict=False))
        day = row["starts_on"].date()
        event = {
            "sessions": 1,
            "laws": "",
            "partner_organisations": "",
            **{key: value for key, value in row.items() if key in plain and value is not None},
            "id": index,
            "office_id": office_id,
            "number": f"PF-{YEAR}-{index:06d}",
            "version": 1,
            "created_at": moment,
            "created_by": "测试员",
            "updated_at": moment,
            "updated_by": "测试员",
            "starts_on": day,
            "ends_on": day,
            "state": EventState.HELD,
            "delivery": delivery[row["delivery"]],
            "count_basis": CountBasis.COUNTED,
        }
        events.append(event)
        links.append(
            {
                "office_id": office_id,
                "event_id": index,
                "village_id": VILLAGES.index(row["villages"]) + 1,
                "held_on": day,
            }
        )
    with app.app_context(), rows.seeing_everything(), write_tx(ACTOR) as session:
        session.execute(insert(events_table), events)
        session.execute(insert(villages_table), links)
    return len(events)


def ours(app: Flask, path: Path, world: World) -> int:
    """Take the ledger in as the command line does."""
    grid = read_grid(path.read_bytes(), path.name)
    found = find_tables(grid, EVENTS)
    with app.app_context(), rows.seeing_everything(), write_tx(ACTOR) as session:
        _batch, outcome = batches.take_in(
            session, world.scope(), found, Options(), application.TODAY, name=path.name
        )
        return outcome.count(Fate.NEW)


def cpu(work: Callable[[], int], number: int) -> float:
    """CPU seconds of this process and the children it waited for."""
    before = os.times()
    assert work() == number  # a benchmark of half the work would lie
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def main() -> None:
    """Measure, and print one line."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    number, narrow = (numbers or [10_000])[0], "--narrow" in sys.argv
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _, founded = application.make_templates(folder)
        path = folder / "ledger.xlsx"
        keys = ledger(path, number, narrow=narrow)
        times: dict[str, list[float]] = {"bare": [], "ours": []}
        for turn in range(4):
            kind = ("bare", "ours")[turn % 2]
            copy = folder / f"turn{turn}"
            copy.mkdir()
            for file in founded.iterdir():
                if file.is_file():
                    (copy / file.name).write_bytes(file.read_bytes())
            app = application.make_app(copy)
            world = World(app)
            for village in VILLAGES:
                world.a_village(village)
            if kind == "bare":
                taken = cpu(lambda: bare(app, path, keys, world.office_id), number)  # noqa: B023
            else:
                taken = cpu(lambda: ours(app, path, world), number)  # noqa: B023
            times[kind].append(taken)
            with app.app_context():
                db.session.remove()
            application.close(app)
    base, mine = min(times["bare"]), min(times["ours"])
    sys.stdout.write(
        f"{number} rows x {len(keys)} columns: import {mine:.2f} s, bare {base:.2f} s, "
        f"ratio {mine / base:.2f}\n"
    )


if __name__ == "__main__":
    main()
