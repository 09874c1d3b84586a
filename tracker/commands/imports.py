"""Taking in ledgers: import."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tracker import collections
from tracker.kernel import clock
from tracker.kernel.db import COMMAND_LINE, write_tx
from tracker.kernel.errors import TrackerError
from tracker.kernel.intake import Intake
from tracker.kernel.words import Words

from . import base


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--register", "register_key", metavar="KEY", help="哪一本台账；省略时自动识别。")
@click.option("--year", type=click.IntRange(1990, 2100), help="没写年份的日期属于哪一年。")
@click.option("--create-missing", is_flag=True, help="自动新建不认识的村、主题等。")
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option(
    "--on-existing",
    type=click.Choice(["skip", "update"]),
    default="update",
    show_default=True,
    help="已有的记录：跳过或更新。",
)
@click.option(
    "--errors",
    "errors_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="有误时，把标出错误的原文件写到这里。",
)
@base.office_option
@base.json_option
@base.with_database
def import_(
    file: Path,
    register_key: str | None,
    year: int | None,
    create_missing: bool,
    dry_run: bool,
    on_existing: str,
    errors_file: Path | None,
    office_code: str | None,
    as_json: bool,
) -> None:
    """导入一本台账（.xlsx、.xls 或 .ods）：全部正确才写入，有一行不对就一行也不写。"""
    from tracker.workbooks.grid import MOST_BYTES
    from tracker.workbooks.importing import batches, sheets
    from tracker.workbooks.importing.importer import Options
    from tracker.workbooks.importing.marking import mark_workbook
    from tracker.workbooks.importing.outcome import OnExisting, Outcome
    from tracker.workbooks.importing.reading import read_grid
    from tracker.workbooks.importing.report import as_document, head_rows, marks_of, summary

    session = base.session()
    office = base.chosen_office(session, office_code)
    scope = base.scope_of(session, office)
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)  # what is longer is refused by its size
    grid = read_grid(data, file.name)
    all_taught = batches.taught_heads(session, office.id)
    intake = _intake(register_key) or sheets.guess_register(grid, collections.INTAKES, all_taught)
    taught = all_taught.get(intake.register.key)
    found = sheets.find_tables(grid, intake, taught, others=collections.INTAKES)
    options = Options(create_missing, OnExisting(on_existing), year)
    session.rollback()  # a read transaction is never upgraded to a write

    refused: TrackerError | None = None
    outcome: Outcome
    with _Progress(sum(len(table.lines) for table in found.tables)) as tell:
        if dry_run:
            outcome = batches.try_out(COMMAND_LINE, scope, found, options, clock.today(), tell)
            if not outcome.is_clean:
                refused = batches.ImportRefused(outcome)
        else:
            try:
                with write_tx(COMMAND_LINE) as writing:
                    _batch, outcome = batches.take_in(
                        writing,
                        scope,
                        found,
                        options,
                        clock.today(),
                        name=file.name,
                        progress=tell,
                    )
            except batches.ImportRefused as error:
                outcome, refused = error.outcome, error
    if refused is not None and errors_file is not None:
        marked = mark_workbook(data, grid, marks_of(outcome), head_rows=head_rows(found))
        _write_whole(errors_file, marked)
    if as_json:
        base.print_json(as_document(outcome))
    else:
        for line in summary(outcome, dry_run=dry_run):
            click.echo(line, err=refused is not None)
    if refused is not None:
        raise refused


def _intake(key: str | None) -> Intake | None:
    if key is None:
        return None
    found = {intake.register.key: intake for intake in collections.INTAKES}
    if key not in found:
        raise TrackerError(
            Words(
                "没有台账 {key}。可选：{keys}。", "There is no register {key}. There are: {keys}."
            ).fill(key=key, keys="、".join(found))
        )
    return found[key]


class _Progress:
    """A bar on the terminal for ledgers that take longer than a breath."""

    def __init__(self, total: int) -> None:
        self._bar: Any = None
        if total > 500:
            self._bar = click.progressbar(length=total, label="正在检查和导入", file=sys.stderr)

    def __enter__(self) -> Callable[[int, int], None]:
        if self._bar is not None:
            self._bar.render_progress()
        return self._tell

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def _tell(self, done: int, _total: int) -> None:
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)


def _write_whole(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    os.replace(part, path)


ALL = (import_,)
