"""What the export of a ledger costs beside a bare openpyxl loop that writes the same styled cells.

    python tests/benchmarks/export_rows.py [ROWS]

Prints CPU seconds of both, their ratio, and the peak memory that the export adds.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from copy import copy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from sqlalchemy import insert
from sqlalchemy.orm import Session

from tests.support import application
from tests.support.world import ACTOR, World
from tracker.kernel import rows
from tracker.kernel.db import write_tx
from tracker.kernel.headcount import CountBasis
from tracker.kernel.period import Period
from tracker.offices.models import Office
from tracker.outreach.models import OutreachEvent
from tracker.outreach.register import EVENTS
from tracker.outreach.terms import DeliveryForm, EventState
from tracker.workbooks.export import write_register

YEAR = 2024


def add_events(session: Session, office_id: int, number: int, *, first: int = 1) -> None:
    """Put events into the database, evenly over the year."""
    moment = application.TODAY
    session.execute(
        insert(OutreachEvent),
        [
            {
                "office_id": office_id,
                "number": f"PF-{YEAR}-{index:06d}",
                "version": 1,
                "created_at": moment,
                "created_by": "测试员",
                "updated_at": moment,
                "updated_by": "测试员",
                "title": f"第{index}场普法宣传活动",
                "starts_on": date(YEAR, 1, 1) + timedelta(index % 366),
                "ends_on": date(YEAR, 1, 1) + timedelta(index % 366),
                "sessions": 1,
                "state": EventState.HELD,
                "delivery": DeliveryForm.STAND,
                "laws": "《民法典》《宪法》",
                "venue": "架桥镇农贸市场",
                "lead_organisation": "架桥镇司法所",
                "partner_organisations": "派出所、妇联",
                "speakers": "张三",
                "headcount": index % 300,
                "count_basis": CountBasis.COUNTED,
                "note": "",
            }
            for index in range(first, first + number)
        ],
    )


def bare_loop(source: Path, target: Path) -> Callable[[], None]:
    """A loop that writes the cells of ``source`` again, styles included, and nothing else."""
    sheet = load_workbook(source).worksheets[0]
    values: list[list[tuple[Any, int]]] = [
        [(cell.value, cell.style_id) for cell in row] for row in sheet.iter_rows()
    ]
    looks: dict[int, Any] = {cell.style_id: cell for row in sheet.iter_rows() for cell in row}

    def write() -> None:
        book = Workbook(write_only=True)
        out: Any = book.create_sheet()
        styles = {key: prepared(out, cell) for key, cell in looks.items()}
        for row in values:
            cells = []
            for value, key in row:
                cell: Any = WriteOnlyCell(out, value=value)
                cell._style = styles[key]
                cells.append(cell)
            out.append(cells)
        book.save(target)

    return write


def prepared(sheet: Any, cell: Any) -> Any:
    """The style of a cell of another workbook, made once."""
    made: Any = WriteOnlyCell(sheet)
    made.font, made.border, made.alignment = (
        copy(cell.font),
        copy(cell.border),
        copy(cell.alignment),
    )
    made.number_format = cell.number_format
    return made._style


def cpu(work: Callable[[], None]) -> float:
    """CPU seconds of this process."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Measure, and print one line."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _, founded = application.make_templates(folder)
        app = application.make_app(founded)
        world = World(app)
        with app.app_context(), rows.seeing_everything():
            with write_tx(ACTOR) as session:
                for start in range(1, number + 1, 500):  # few at a time: memory is measured below
                    batch = min(500, number + 1 - start)
                    add_events(session, world.office_id, batch, first=start)
            office = session.get_one(Office, world.office_id)
            out = folder / "ours.xlsx"

            def ours() -> None:
                write_register(
                    session,
                    world.scope(),
                    office,
                    EVENTS,
                    Period.of_year(YEAR, application.TODAY),
                    out,
                    prepared_by="测试员",
                    today=application.TODAY,
                )

            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            first = cpu(ours)
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            bare = bare_loop(out, folder / "bare.xlsx")
            times = [(cpu(bare), cpu(ours)) for _ in range(2)]
        application.close(app)
    base, mine = min(b for b, _ in times), min([first, *(o for _, o in times)])
    sys.stdout.write(
        f"{number} rows: export {mine:.2f} s, bare loop {base:.2f} s, ratio {mine / base:.2f}; "
        f"memory +{grown / 1024:.0f} MB\n"
    )


if __name__ == "__main__":
    main()
