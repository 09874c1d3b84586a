"""Closing a year: readiness, freeze, changes."""

from __future__ import annotations

import click

from tracker.figures.closing import operations, readiness
from tracker.figures.closing.describing import correction_lines
from tracker.figures.freezing import queries
from tracker.figures.freezing.comparing import compare
from tracker.figures.freezing.models import FrozenSet
from tracker.kernel import clock
from tracker.kernel.db import COMMAND_LINE, write_tx
from tracker.kernel.errors import TrackerError
from tracker.kernel.period import FIRST_YEAR
from tracker.kernel.readiness import Finding
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.yearbook import json

from . import base

_year = click.IntRange(FIRST_YEAR + 1, 2099)

_NOT_FROZEN = Words(
    "{year} 年还没有定稿。先运行 tracker freeze {year}。",
    "The year {year} is not frozen. Run tracker freeze {year} first.",
)


@click.command()
@click.argument("year", type=_year)
@base.office_option
@base.json_option
@base.with_database
def ready(year: int, office_code: str | None, as_json: bool) -> None:
    """定稿前的核对：缺什么、哪里不对劲。"""
    session = base.session()
    office = base.chosen_office(session, office_code)
    found = readiness.findings(session, base.scope_of(session, office), year, clock.today())
    if as_json:
        base.print_json({"year": year, "findings": [json.finding(each) for each in found]})
        return
    _list(found)
    click.echo(f"未处理 {sum(each.is_open for each in found)} 项，共 {len(found)} 项")


def _list(found: list[Finding]) -> None:
    for each in found:
        accepted = f"（已接受：{each.accepted}）" if each.accepted else ""
        click.echo(f"- {each.text.zh}{accepted}  {each.url}")


@click.command()
@click.argument("year", type=_year)
@click.option("--note", default="", help="说明；重新定稿时写明原因。")
@base.office_option
@base.json_option
@base.with_database
def freeze(year: int, note: str, office_code: str | None, as_json: bool) -> None:
    """把一年的数字定稿：送审、批准、定稿一次完成，由运行命令的人负责。"""
    session, today = base.session(), clock.today()
    office = base.chosen_office(session, office_code)
    scope = base.scope_of(session, office)
    found = readiness.findings(session, scope, year, today)
    code, name = office.code, office.name
    with write_tx(COMMAND_LINE) as writing:
        note = note or _usual_note(scope, year)
        frozen = operations.freeze_at_once(writing, scope, year, today, found, note)
    if as_json:
        document = {"office": {"code": code, "name": name}, **json.frozen_set(frozen)}
        document["findings"] = [json.finding(each) for each in found]
        base.print_json(document)
        return
    click.echo(f"{name} {year} 年已定稿：{frozen.number}，状态类数字截至 {frozen.as_at}")
    if frozen.open_findings:
        click.echo(f"定稿时有 {frozen.open_findings} 项没有处理，见 tracker ready {year}", err=True)


def _usual_note(scope: Scope, year: int) -> str:
    before = queries.set_in_force(base.session(), scope, year)
    return f"更正 {before.number}" if before is not None else ""


@click.command()
@click.argument("year", type=_year)
@base.office_option
@base.json_option
@base.with_database
def changes(year: int, office_code: str | None, as_json: bool) -> None:
    """定稿以后数字有哪些变化，逐条到记录。"""
    session, today = base.session(), clock.today()
    office = base.chosen_office(session, office_code)
    scope = base.scope_of(session, office)
    frozen: FrozenSet | None = queries.set_in_force(session, scope, year)
    if frozen is None:
        raise TrackerError(_NOT_FROZEN.fill(year=year))
    found = compare(session, scope, frozen, today)
    if as_json:
        base.print_json(json.changes(found, frozen, office.code, office.name))
        return
    click.echo(f"{office.name} {year} 年定稿 {frozen.number} 以后：{len(found)} 项数字有变化")
    for line in correction_lines(found):
        click.echo(line)


ALL = (ready, freeze, changes)
