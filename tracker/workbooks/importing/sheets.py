"""Finding the tables of a workbook that came in, and the register they are of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.kernel.errors import TrackerError
from tracker.kernel.intake import Intake
from tracker.kernel.words import Words
from tracker.workbooks.grid import Grid, Sheet

from .heads import Heads
from .layout import (
    HIDDEN_SHEET,
    OTHER_REGISTER,
    OTHER_SHEET,
    NotData,
    Table,
    find_table,
    score,
)

#: Sheets of our own templates and exports that hold no records.
_OWN_SHEETS = frozenset({"填写说明", "字典", "校核", "How to fill in", "Lists", "Check"})
#: Registers that fit nearly as well as the best are as likely.
_NEARLY = 0.95


class HeadNotFound(TrackerError):
    """No sheet has a head of the register, or a column that must be there is missing.

    ``sheet`` and ``heads`` are the best guess: the columns that were found, to choose from;
    ``means`` is what the heads were taken as.
    """

    def __init__(
        self,
        message: Words,
        sheet: str = "",
        heads: Mapping[int, str] | None = None,
        row: int = 0,
        means: Mapping[int, str | None] | None = None,
    ) -> None:
        super().__init__(message)
        self.sheet, self.heads, self.row = sheet, dict(heads or {}), row
        self.means = dict(means or {})


@dataclass(frozen=True)
class Found:
    """The tables of one register in a workbook; sheets without one are in ``not_data``."""

    intake: Intake
    tables: list[Table]
    not_data: list[NotData] = field(default_factory=list)


def guess_register(
    grid: Grid, intakes: Sequence[Intake], taught: Mapping[str, Mapping[str, str]] | None = None
) -> Intake:
    """The register whose columns and title fit the workbook's sheets best.

    ``taught`` are the heads that the office taught, by register.

    :raises HeadNotFound: when none fits, several fit alike, or each sheet fits another one.
    """
    best: dict[str, Intake] = {}
    for sheet in _open(grid):
        fits = [(_fit(sheet, i, (taught or {}).get(i.register.key)), i) for i in intakes]
        most = max((fit for fit, _ in fits), default=0.0)
        near = [intake for fit, intake in fits if fit > 0 and fit >= most * _NEARLY]
        best.update((intake.register.key, intake) for intake in near)
    if not best:
        raise HeadNotFound(
            Words(
                "没有认出这是哪一本台账：前 30 行里没有认识的表头。请选择台账种类，或下载模板填写",
                "No known head was found in the first 30 rows; choose the register, "
                "or fill in its template",
            )
        )
    if len(best) > 1:
        labels = [intake.register.label for intake in best.values()]
        raise HeadNotFound(
            Words(
                "看不出这是哪一本台账，可能是{zh}。请选择台账种类",
                "This may be any of these ledgers: {en}. Choose the register",
            ).fill(
                zh="、".join(f"「{each.zh}」" for each in labels),
                en=", ".join(each.en for each in labels),
            )
        )
    return next(iter(best.values()))


def _fit(sheet: Sheet, intake: Intake, taught: Mapping[str, str] | None = None) -> float:
    return score(sheet, intake.register, Heads.of(intake.register, taught))


def find_tables(
    grid: Grid,
    intake: Intake,
    taught: Mapping[str, str] | None = None,
    head_row: int | None = None,
    others: Sequence[Intake] = (),
) -> Found:
    """Every sheet's table of this register.

    Sheets that are hidden, ours, or without a head of this register are told, row by row; so are
    those that fit one of the ``others`` better, where a sheet of this register is left.

    :raises HeadNotFound: when no sheet has a table with the columns that must be there.
    """
    heads = Heads.of(intake.register, taught)
    tables: dict[str, Table] = {}
    best: Table | None = None
    for sheet in _open(grid):
        table = find_table(sheet, intake.register, heads, head_row)
        if head_row is not None and (table is None or _missing(intake, table)):
            # The row that was pointed at is another sheet's.
            table = find_table(sheet, intake.register, heads) or table
        if table is None:
            continue
        if not _missing(intake, table):
            tables[sheet.name] = table
        elif best is None or len(table.places) > len(best.places):
            best = table
    if not tables:
        raise _not_found(grid, intake, best)
    foreign = _foreign(grid, intake, tables, others, taught) if len(tables) > 1 else {}
    not_data: list[NotData] = []
    for sheet in grid.sheets:
        if sheet.name in foreign or sheet.name not in tables:
            why = HIDDEN_SHEET if sheet.hidden else foreign.get(sheet.name, OTHER_SHEET)
            not_data += [NotData(sheet.name, row, why) for row in range(len(sheet.rows))]
    kept = [table for name, table in tables.items() if name not in foreign]
    for table in kept:
        if table.twice:
            raise _twice(intake, table)
    return Found(intake, _with_year(kept), not_data)


def _twice(intake: Intake, table: Table) -> HeadNotFound:
    place, key = next(iter(table.twice.items()))
    first, second = table.heads[table.places[key]], table.heads[place]
    if first == second:
        message = Words(
            "工作表「{sheet}」里有两列都是「{second}」，请删去或改名其中一列",
            "Two columns of the sheet “{sheet}” are called “{second}”; rename one",
        )
    else:
        message = Words(
            "工作表「{sheet}」里「{first}」和「{second}」都像是「{column}」，请选定一列，另一列不导入",
            "“{first}” and “{second}” of the sheet “{sheet}” both look like “{column}”; "
            "choose one and leave the other out",
        )
    return HeadNotFound(
        message.fill(
            sheet=table.sheet,
            first=first,
            second=second,
            column=intake.register.column(key).label,
        ),
        table.sheet,
        table.heads,
        table.head_row,
        {**table.means, **table.twice},
    )


def _foreign(
    grid: Grid,
    intake: Intake,
    tables: Mapping[str, Table],
    others: Sequence[Intake],
    taught: Mapping[str, str] | None,
) -> dict[str, Words]:
    """The sheets that are of another register, as far as this one keeps a sheet."""
    foreign: dict[str, Words] = {}
    for sheet in grid.sheets:
        if sheet.name not in tables:
            continue
        fit = _fit(sheet, intake, taught)
        better = [(f, o) for o in others if o is not intake and (f := _fit(sheet, o)) > fit]
        if better:
            _, other = max(better, key=lambda each: each[0])
            foreign[sheet.name] = OTHER_REGISTER.fill(label=other.register.label)
    return foreign if len(foreign) < len(tables) else {}


def _with_year(tables: list[Table]) -> list[Table]:
    """Month sheets often leave the year to the first sheet's title."""
    years = {table.year for table in tables if table.year is not None}
    if len(years) != 1:
        return tables
    (year,) = years
    return [table if table.year else replace(table, year=year) for table in tables]


def _open(grid: Grid) -> list[Sheet]:
    return [s for s in grid.sheets if not s.hidden and s.name not in _OWN_SHEETS]


def _missing(intake: Intake, table: Table) -> list[str]:
    return [c.label.zh for c in intake.key_columns if c.key not in table.places]


def _not_found(grid: Grid, intake: Intake, best: Table | None) -> HeadNotFound:
    label = intake.register.label
    if best is None:
        sheet = max(_open(grid), key=lambda s: len(s.rows), default=None)
        if sheet is None or not sheet.rows:
            return HeadNotFound(Words("工作簿里没有内容", "The workbook is empty"))
        row, heads = _likely_head(sheet)
        return HeadNotFound(
            Words(
                "没有找到「{label}」的表头。请核对选的台账，或下载模板，把内容粘贴进去",
                "No head of “{label}” was found; check the register, or paste into its template",
            ).fill(label=label),
            sheet.name,
            heads,
            row,
        )
    return HeadNotFound(
        Words(
            "工作表「{sheet}」缺少「{missing}」列。找到的列有：{found}",
            "The sheet “{sheet}” lacks the column “{missing}”. Found: {found}",
        ).fill(
            sheet=best.sheet,
            missing="、".join(_missing(intake, best)),
            found="、".join(best.heads.values()),
        ),
        best.sheet,
        best.heads,
        best.head_row,
        best.means,
    )


def _likely_head(sheet: Sheet) -> tuple[int, dict[int, str]]:
    """The row of the first thirty with the most different short texts."""

    def texts(row: int) -> dict[int, str]:
        return {
            column: cell.strip()
            for column, cell in enumerate(sheet.rows[row])
            if isinstance(cell, str) and 0 < len(cell.strip()) <= 20
        }

    rows = range(min(len(sheet.rows), 30))
    row = max(rows, key=lambda each: (len(set(texts(each).values())), -each))
    return row, texts(row)
