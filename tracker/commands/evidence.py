"""Evidence: a year's folder for an inspection, and sweeping what is on no record."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from tracker import collections
from tracker.kernel import clock
from tracker.kernel.db import COMMAND_LINE, write_tx
from tracker.kernel.period import FIRST_YEAR, Period

from . import base, files


@click.command()
@base.with_database
def sweep() -> None:
    """清理附件：不属于任何记录的文件，以及移除满 180 天的佐证内容。"""
    from tracker.evidence import operations
    from tracker.evidence.store import Store, is_older

    store = Store(Path(base.application().instance_path))
    released = 0
    while True:
        with write_tx(COMMAND_LINE) as session:
            some = operations.let_go(session, clock.now())
        released += some
        if not some:
            break
    old = [each for each in store.files() if is_older(each[1], operations.GRACE_SECONDS)]
    count = freed = 0
    for start in range(0, len(old), operations.AT_A_TIME):
        with write_tx(COMMAND_LINE) as session:
            gone, size = operations.sweep(session, old[start : start + operations.AT_A_TIME])
        count, freed = count + gone, freed + size
    for left in store.left_behind(operations.GRACE_SECONDS):
        shutil.rmtree(left, ignore_errors=True)
    click.echo(f"已清理 {count} 个文件（{freed // 1024:,} KB）。")
    if released:
        click.echo(f"其中有 {released} 份移除满 180 天的佐证，不再保留内容。")


@click.command()
@click.argument("year", type=click.IntRange(FIRST_YEAR + 1, 2099))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    help="写到这个文件；给文件夹时用通常的文件名。",
)
@base.office_option
@base.with_database
def folder(year: int, output: Path, office_code: str | None) -> None:
    """一年的迎检资料包 YEAR：目录、报告、汇总、数据和每条记录的佐证，一个 .zip。"""
    from tracker.evidence.store import Store
    from tracker.inspection import folder as writer

    session, today = base.session(), clock.today()
    office = base.chosen_office(session, office_code)
    target = files.target_of(output, writer.file_name(office, year, today))
    gathered = writer.gather(
        session,
        base.scope_of(session, office),
        office,
        Period.of_year(year, today),
        registers=collections.REGISTERS,
        prepared_by=COMMAND_LINE.name,
        today=today,
    )
    store = Store(Path(base.application().instance_path))
    files.stream_whole(target, lambda stream: writer.write(gathered, store, stream))
    click.echo(f"已写入 {target}")


ALL = (folder, sweep)
