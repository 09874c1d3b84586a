"""Workbooks: tally, export, template."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from tracker import collections
from tracker.kernel import clock
from tracker.kernel.db import COMMAND_LINE
from tracker.kernel.errors import TrackerError
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.words import Words

from . import base

_year = click.IntRange(FIRST_YEAR + 1, 2099)
_output = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    help="写到这个文件；给文件夹时用通常的文件名。",
)


@click.command()
@click.argument("year", type=_year)
@_output
@base.office_option
@base.with_database
def tally(year: int, output: Path, office_code: str | None) -> None:
    """一年的汇总工作簿：汇总、各台账明细、校核。"""
    from tracker.workbooks.tally import tally_file_name, write_tally

    session, today = base.session(), clock.today()
    office = base.chosen_office(session, office_code)
    _write(
        output,
        tally_file_name(office, year, today),
        lambda target: write_tally(
            session,
            base.scope_of(session, office),
            office,
            Period.of_year(year, today),
            target,
            registers=collections.REGISTERS,
            prepared_by=COMMAND_LINE.name,
            today=today,
        ),
    )


@click.command()
@click.argument("register_key", metavar="REGISTER")
@click.option("--year", type=_year, required=True, help="哪一年。")
@_output
@base.office_option
@base.with_database
def export(register_key: str, year: int, output: Path, office_code: str | None) -> None:
    """一本台账 REGISTER 的 Excel 文件。"""
    from tracker.workbooks.export import register_file_name, write_register

    found = {each.key: each for each in collections.REGISTERS}
    register = found.get(register_key)
    if register is None:
        raise TrackerError(
            Words(
                "没有台账 {key}。可选：{keys}。", "There is no register {key}. There are: {keys}."
            ).fill(key=register_key, keys="、".join(found))
        )
    session, today = base.session(), clock.today()
    office = base.chosen_office(session, office_code)
    _write(
        output,
        register_file_name(office, register, year, today),
        lambda target: write_register(
            session,
            base.scope_of(session, office),
            office,
            register,
            Period.of_year(year, today),
            target,
            prepared_by=COMMAND_LINE.name,
            today=today,
        ),
    )


@click.command()
@click.argument("register_key", metavar="REGISTER")
@_output
@base.office_option
@base.with_database
def template(register_key: str, output: Path, office_code: str | None) -> None:
    """台账 REGISTER 的导入模板。"""
    from tracker.workbooks.template import template_file_name, write_template

    found = {each.register.key: each for each in collections.INTAKES}
    intake = found.get(register_key)
    if intake is None:
        raise TrackerError(
            Words(
                "没有台账 {key} 的导入模板。可选：{keys}。",
                "There is no import template of {key}. There are: {keys}.",
            ).fill(key=register_key, keys="、".join(found))
        )
    session, today = base.session(), clock.today()
    office = base.chosen_office(session, office_code)
    _write(
        output,
        template_file_name(intake),
        lambda target: write_template(
            session, base.scope_of(session, office), office, intake, target, today=today
        ),
    )


def _write(output: Path, usual_name: str, write: Callable[[Path], None]) -> None:
    """Write a workbook; the writers leave a whole file, or what stood there before."""
    target = output / usual_name if output.is_dir() else output
    if not target.parent.is_dir():
        raise TrackerError(
            Words("没有这个文件夹：{path}", "There is no folder {path}").fill(path=target.parent)
        )
    write(target)
    click.echo(f"已写入 {target}")


ALL = (tally, export, template)
