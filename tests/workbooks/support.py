"""Writing workbooks of a world and reading them back, formulas included."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from tests.support.world import World
from tracker import collections
from tracker.kernel import clock
from tracker.kernel.period import Period
from tracker.kernel.register import Register
from tracker.kernel.scope import Scope
from tracker.offices.models import Office
from tracker.workbooks.export import write_register
from tracker.workbooks.tally import write_tally

DAY = date(2025, 1, 20)


def tally(
    world: World, year: int = 2024, *, scope: Scope | None = None, language: str = "zh"
) -> Any:
    """The tally of a year, read back with its formulas."""
    scope = scope or world.scope()
    target = io.BytesIO()
    with world.reading() as session:
        write_tally(
            session,
            scope,
            session.get_one(Office, scope.home_office_id),
            Period.of_year(year, clock.today()),
            target,
            registers=collections.REGISTERS,
            prepared_by="经办小李",
            today=DAY,
            language=language,
        )
    target.seek(0)
    return load_workbook(target)


def ledger(
    world: World,
    register: Register,
    year: int = 2024,
    *,
    scope: Scope | None = None,
    language: str = "zh",
) -> Any:
    """The only sheet of one register's workbook."""
    scope = scope or world.scope()
    target = io.BytesIO()
    with world.reading() as session:
        write_register(
            session,
            scope,
            session.get_one(Office, scope.home_office_id),
            register,
            Period.of_year(year, clock.today()),
            target,
            prepared_by="经办小李",
            today=DAY,
            language=language,
        )
    target.seek(0)
    return load_workbook(target).worksheets[0]


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a ledger below its heads, totals last, by the heads' names."""
    heads = [cell.value for cell in sheet[3]]
    return [
        dict(zip(heads, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=4)
    ]


def records_in(sheet: Any) -> list[dict[str, Any]]:
    """The rows of records alone."""
    return [row for row in rows_of(sheet) if isinstance(row["序号"], int)]


def totals_of(sheet: Any) -> dict[str, Any]:
    """The last row of a ledger."""
    found = rows_of(sheet)[-1]
    assert found["序号"] == "合计"
    return found


def summary_of(book: Any) -> dict[str, dict[str, Any]]:
    """The lines of 汇总 by the figures' codes."""
    heads, *rows = book["汇总"].iter_rows(min_row=3, values_only=True)
    named = [dict(zip(heads, row, strict=True)) for row in rows]
    return {row["代码"]: row for row in named if row["代码"]}


# A small reader of the few formulas that the check sheet writes; it shares no code with the writer.

_SUM = re.compile(r"SUM\((?P<range>[^()]+)\)")
_SUMIFS = re.compile(r'SUMIFS\((?P<range>[^,]+),(?P<parts>[^,]+),"=(?P<part>[^"]+)"\)')
_WHERE_ANY = re.compile(r'IF\((?:COUNT|COUNTIFS)\(.*\)=0,"(?P<words>[^"]+)",(?P<sum>SUM.*)\)')
_QUOTIENT = re.compile(r"IF\(AND\(ISNUMBER\(E(\d+)\),ISNUMBER\(E(\d+)\)\),IF\(E\2=0,.*")


def cells_at(book: Any, address: str) -> list[Any]:
    """The values of '表'!$A$4:$A$9."""
    name, _, cells = address.rpartition("!")
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    rows = book[name.strip("'")].iter_rows(top, bottom, left, right, values_only=True)
    return [value for row in rows for value in row]


def _added(values: Sequence[Any]) -> Decimal:
    return sum((Decimal(str(v)) for v in values if isinstance(v, int | float)), Decimal(0))


def worked_out(book: Any, row: int) -> Any:
    """What 明细重算 of a row of the check sheet comes to."""
    formula = book["校核"][f"E{row}"].value.removeprefix("=")
    if match := _QUOTIENT.fullmatch(formula):
        above, below = worked_out(book, int(match[1])), worked_out(book, int(match[2]))
        if "无法统计" in (above, below) or below == 0:
            return "无法统计"
        return (above / below).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    if match := _WHERE_ANY.fullmatch(formula):
        counted = [v for v in cells_at(book, _range(match["sum"])) if isinstance(v, int | float)]
        return _sum(book, match["sum"]) if counted else match["words"]
    return _sum(book, formula)


def _range(formula: str) -> str:
    match = _SUM.fullmatch(formula) or _SUMIFS.fullmatch(formula)
    assert match, formula
    return match["range"]


def _sum(book: Any, formula: str) -> Decimal:
    if match := _SUM.fullmatch(formula):
        return _added(cells_at(book, match["range"]))
    match = _SUMIFS.fullmatch(formula)
    assert match, formula
    weights, parts = cells_at(book, match["range"]), cells_at(book, match["parts"])
    return _added([w for w, p in zip(weights, parts, strict=True) if p == match["part"]])


def checked(book: Any) -> dict[str, tuple[Any, Any]]:
    """Of every figure: what the check sheet says it is, and what its formula comes to."""
    found = {}
    for row in range(4, book["校核"].max_row + 1):
        code = book["校核"][f"I{row}"].value
        if code:
            found[code] = (book["校核"][f"D{row}"].value, worked_out(book, row))
    return found
