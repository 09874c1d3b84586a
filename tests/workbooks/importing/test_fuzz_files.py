"""Whatever a file is made of: a grid within the limits or a refusal in words, in bounded time.

CI damages some 150 files; ``TRACKER_FULL=1`` or ``--full`` 10,000.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from tests.workbooks.importing import making
from tests.workbooks.importing.mutating import damaged, damaged_parts
from tests.workbooks.importing.worker import Worker
from tracker.kernel.errors import TrackerError
from tracker.workbooks.grid import MOST_COLUMNS, MOST_ROWS, SPARE_ROWS, Cell, Grid, Mark
from tracker.workbooks.importing.marking import mark_workbook
from tracker.workbooks.importing.reading import read_grid

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="waits for pipes with select")

SHORT, WHOLE = 150, 10_000
#: One in so many is read as the product does it, and marked if it can be read.
_FOR_REAL = 30
_SECONDS = 5.0


def _full(config: pytest.Config) -> bool:
    return bool(config.getoption("--full", default=False)) or bool(os.environ.get("TRACKER_FULL"))


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    opened = Worker()
    yield opened
    opened.close()


def check(grid: Grid) -> None:
    """Every promise that a grid makes."""
    assert grid.kind in ("xlsx", "xls", "ods")
    assert grid.sheets
    for sheet in grid.sheets:
        assert isinstance(sheet.name, str)
        assert len(sheet.rows) <= MOST_ROWS + SPARE_ROWS
        assert not sheet.rows or sheet.rows[-1], "empty rows at the end are left out"
        for row in sheet.rows:
            assert len(row) <= MOST_COLUMNS
            assert not row or row[-1] is not None, "so are empty cells"
            for value in row:
                assert value is None or type(value) in (str, int, Decimal, bool, date), value
                assert not isinstance(value, str) or 0 < len(value) <= 32_767
                assert not isinstance(value, int) or abs(value) < 10**15
        for merge in sheet.merges:
            assert 0 <= merge.top <= merge.bottom < MOST_ROWS + SPARE_ROWS
            assert 0 <= merge.left <= merge.right < MOST_COLUMNS


def _whole_files() -> list[bytes]:
    book = Workbook()
    sheet = book.worksheets[0]
    for number in range(12):
        sheet.append([number, f"村{number}", date(2024, 3, number + 1), number / 8, "=A1+1", True])
    sheet.append(["#REF!", None, "约200人"])
    sheet.merge_cells("A14:F15")
    book.create_sheet("字典")["B3"] = "词"
    target = io.BytesIO()
    book.save(target)
    old = b"".join(making.number_record(row, column, 2.5) for row in range(20) for column in (0, 3))
    return [
        target.getvalue(),
        (making.FILES / "ledger.ods").read_bytes(),
        (making.FILES / "ledger.xls").read_bytes(),
        making.xls(old, streams=("extra",)),
    ]


def test_damaged_files(worker: Worker, pytestconfig: pytest.Config, record_property):
    number = WHOLE if _full(pytestconfig) else SHORT
    chance, files = Random(20250120), _whole_files()
    fates: Counter[str] = Counter()
    slowest, refusals = 0.0, set()
    for turn in range(number):
        whole = chance.choice(files)
        zipped = whole.startswith(b"PK") and chance.random() < 0.75
        data = damaged_parts(whole, chance) if zipped else damaged(whole, chance)
        started = time.monotonic()
        grid: Grid | None = None
        try:
            grid = read_grid(data, "") if turn % _FOR_REAL == 0 else worker.read_grid(data)
        except TrackerError as error:
            fates["refused"] += 1
            refusals.add(error.message.zh)
        else:
            check(grid)
            fates["read"] += 1
        slowest = max(slowest, time.monotonic() - started)
        if grid is not None and turn % _FOR_REAL == 0:
            _mark(data, grid)
    record_property(
        "reliability",
        f"{number} damaged workbooks: {fates['read']} read, {fates['refused']} refused, of these "
        f"{worker.deaths} by the child's end and {worker.timeouts} by the clock; "
        f"slowest {slowest:.1f} s",
    )
    assert slowest <= _SECONDS
    assert all("请" in refusal for refusal in refusals), "a refusal says what to do"
    assert fates["read"] >= number // 20, "some are hardly damaged"
    assert fates["refused"] >= number // 5


def _mark(data: bytes, grid: Grid) -> None:
    told = mark_workbook(data, grid, [Mark(grid.sheets[0].name, 3, 1, "=请改正")])
    assert any("=请改正" in row for row in read_grid(told, "").sheets[0].rows)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(
    lambda text: not ILLEGAL_CHARACTERS_RE.search(text) and "_x" not in text and "\r" not in text
)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.booleans(),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(-(10**6), 10**6, places=4, allow_nan=False),
    st.dates(date(1900, 3, 1), date(2999, 12, 31)),
)
ROWS = st.lists(st.lists(VALUES, max_size=8), max_size=12)


@settings(max_examples=2_000 if os.environ.get("TRACKER_FULL") else 40)
@given(ROWS, st.integers(0, 3), st.integers(0, 3))
def test_what_was_written_is_read(rows: list[list[Cell]], down: int, right: int):
    """Values come back with their types at their places, and nothing else does."""
    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, 1 + down):
        for place, value in enumerate(row, 1 + right):
            cell = sheet.cell(number, place, value)
            if isinstance(value, str):
                cell.data_type = "s"
    target = io.BytesIO()
    book.save(target)
    grid = _worker().read_grid(target.getvalue())
    check(grid)
    expected = [_seen([]) for _ in range(down)]
    expected += [_seen([*[None] * right, *row]) for row in rows]
    while expected and not expected[-1]:
        expected.pop()
    found = [[(type(value), value) for value in row] for row in grid.sheets[0].rows]
    assert found == expected


def _seen(row: list[Cell]) -> list[tuple[type, Cell]]:
    cells = []
    for value in row:
        if isinstance(value, Decimal) and value == value.to_integral_value():
            value = int(value)
        elif isinstance(value, Decimal):
            value = Decimal(str(float(value)))
        elif isinstance(value, str) and (not value or value.isspace()):
            value = None
        cells.append((type(value), value))
    while cells and cells[-1][1] is None:
        cells.pop()
    return cells


_opened: list[Worker] = []


def _worker() -> Worker:
    """One process for all of hypothesis' examples."""
    if not _opened:
        _opened.append(Worker())
    return _opened[0]


@pytest.fixture(scope="module", autouse=True)
def _close() -> Iterator[None]:
    yield
    while _opened:
        _opened.pop().close()
