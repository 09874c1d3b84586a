"""Figures and what they are read from: figures, registers, docs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from tracker import collections
from tracker.figures import catalogue, drilling, members, published, reading
from tracker.figures.drilling import DrillDown
from tracker.figures.published import YearReadings
from tracker.figures.readings import Breakdown, Part, Reading
from tracker.kernel import clock
from tracker.kernel.errors import TrackerError
from tracker.kernel.figure import AnyFigure
from tracker.kernel.paths import PACKAGE, is_checkout
from tracker.kernel.period import FIRST_YEAR, Period
from tracker.kernel.register import Register
from tracker.kernel.scope import Scope
from tracker.kernel.units import Unit
from tracker.kernel.wording import Number, Rounding, Wording, phrase, plain
from tracker.kernel.words import Words
from tracker.offices.models import Office
from tracker.offices.queries import offices_of
from tracker.yearbook import json

from . import base, figure_docs

DIMENSIONS = ("village", "theme", "month", "venue", "office")


@click.command()
@click.argument("year", type=click.IntRange(FIRST_YEAR + 1, 2099))
@click.option("--by", type=click.Choice(DIMENSIONS), help="按村、主题、月份、场所或单位分列。")
@click.option("--records", "key", metavar="KEY", help="一个指标的记录：计入的，和未计入的原因。")
@click.option("--present", is_flag=True, help="本年已定稿时，也按现在的记录计算。")
@base.office_option
@base.json_option
@base.with_database
def figures(
    year: int,
    by: str | None,
    key: str | None,
    present: bool,
    office_code: str | None,
    as_json: bool,
) -> None:
    """一年的数字；已定稿的年度是定稿的数字。"""
    session = base.session()
    office, today = base.chosen_office(session, office_code), clock.today()
    scope, period = base.scope_of(session, office), Period.of_year(year, today)
    declared = {each.key: each for each in catalogue.figures_for(session, scope, year)}
    if key is not None:
        opened = drilling.drill_down(session, scope, period, key, today, present=present)
        if opened is None:
            raise TrackerError(
                Words(
                    "{year} 年没有指标 {key}。用 tracker figures {year} 查看全部指标。",
                    "There is no figure {key} in {year}. See tracker figures {year}.",
                ).fill(year=year, key=key)
            )
        one = _broken_down(opened.declared, by, scope, period) if opened.declared and by else None
        _show_records(opened, one, as_json)
        return
    read = published.present_readings if present else published.year_readings
    found = read(session, scope, period)
    parts = {
        each: _broken_down(declared[each], by, scope, period)
        for each in found.readings
        if by and each in declared
    }
    if as_json:
        document = json.year(found, office.code, office.name)
        for shown in document["figures"]:
            if breakdown := parts.get(shown["key"]):
                shown["by"] = json.breakdowns([breakdown])
        base.print_json(document)
    else:
        _show_year(found, parts, office)


def _broken_down(figure: AnyFigure, by: str, scope: Scope, period: Period) -> Breakdown | None:
    """A figure by one dimension; None where it cannot be broken down that way."""
    session = base.session()
    if by == "office":
        return _by_office(figure, scope, period)
    dimension = members.dimensions_of(figure).get(by)
    return members.break_down(session, figure, scope, period, dimension) if dimension else None


def _by_office(figure: AnyFigure, scope: Scope, period: Period) -> Breakdown:
    session = base.session()
    parts = []
    for office in offices_of(session, scope):
        own = replace(scope, office_ids=(office.id,))
        found = reading.read(session, [figure], own, period)[figure.key]
        parts.append(Part(Words.same(office.name), found.value, found.records))
    return Breakdown("office", Words("单位", "Office"), parts, overlapping=False)


def _show_year(found: YearReadings, parts: dict[str, Breakdown | None], office: Office) -> None:
    period = found.period
    click.echo(f"{office.name}（{office.code}）{period.year} 年，数字截至 {period.as_at}")
    if found.frozen is not None:
        click.echo(f"已定稿：{found.frozen.number}。定稿后的变化见 tracker changes {period.year}")
    by_group: dict[str, list[Reading]] = {}
    for each in found.readings.values():
        by_group.setdefault(each.figure.group.zh, []).append(each)
    for group, readings in by_group.items():
        click.echo(f"\n{group}")
        lines = [
            (
                each.figure.key,
                each.figure.label.zh,
                _exact(each.value, each.figure.unit),
                each.phrase.zh,
                f"上年 {_exact(each.previous, each.figure.unit)}",
            )
            for each in readings
        ]
        base.print_table(lines, indent=2)
        for each in readings:
            if breakdown := parts.get(each.figure.key):
                click.echo(f"  {each.figure.label.zh} · 按{breakdown.label.zh}")
                _show_parts(breakdown, each.figure.unit)


def _show_parts(breakdown: Breakdown, unit: Unit) -> None:
    if breakdown.parts:
        base.print_table(
            [(part.label.zh, _exact(part.value, unit)) for part in breakdown.parts], indent=4
        )
    if breakdown.overlapping:
        click.echo("    （一条记录可属于多项，各项之和可能大于总数）")


def _show_records(opened: DrillDown, breakdown: Breakdown | None, as_json: bool) -> None:
    if as_json:
        document = json.drill_down(opened)
        if breakdown is not None:
            document["by"] = json.breakdowns([breakdown])
        base.print_json(document)
        return
    found, figure = opened.reading, opened.reading.figure
    click.echo(f"{figure.label.zh}：{found.phrase.zh}（{_exact(found.value, figure.unit)}）")
    click.echo(figure.definition.zh)
    if opened.frozen is not None:
        click.echo(f"已定稿：{opened.frozen.number}")
    if breakdown is not None:
        click.echo(f"\n按{breakdown.label.zh}")
        _show_parts(breakdown, figure.unit)
    click.echo(f"\n计入 {len(opened.members)} 条")
    base.print_table(
        [
            (m.number, str(m.date or ""), _exact(m.weight, opened.unit), m.title)
            for m in opened.members
        ],
        indent=2,
    )
    click.echo(f"\n未计入 {len(opened.omitted)} 条")
    base.print_table([(o.number, o.reason.zh, o.title) for o in opened.omitted], indent=2)


def _exact(value: Number | None, unit: Unit) -> str:
    if value is None:
        return "—"
    if unit is Unit.PERCENT:
        return phrase(value, Wording(unit.label, Rounding.PERCENT)).zh
    return f"{plain(value)} {unit.label.zh}"


@click.command()
@base.json_option
def registers(as_json: bool) -> None:
    """台账和它们的列。"""
    if as_json:
        base.print_json({"registers": [_described(each) for each in collections.REGISTERS]})
        return
    for register in collections.REGISTERS:
        click.echo(f"{register.key}  {register.label.zh}")
        base.print_table(
            [
                (column.key, column.label.zh, "必填" if column.required else "")
                for column in register.columns
            ],
            indent=2,
        )


def _described(register: Register) -> dict[str, Any]:
    return {
        "key": register.key,
        "label": register.label.zh,
        "label_en": register.label.en,
        "url": register.path.partition("{")[0],
        "columns": [
            {
                "key": column.key,
                "label": column.label.zh,
                "label_en": column.label.en,
                "kind": column.kind,
                "required": column.required,
                "total": column.total,
                "choices": [
                    {"code": member.value, "label": member.label.zh, "label_en": member.label.en}
                    for member in column.term or ()
                ],
            }
            for column in register.columns
        ],
    }


@click.command()
@click.option("--check", is_flag=True, help="只核对，不改写。")
def docs(check: bool) -> None:
    """由指标目录重写 docs/figures.md（仅在源代码目录中）。"""
    if not is_checkout():
        raise TrackerError(
            Words("这里不是源代码目录，没有 docs 文件夹。", "This is not a source folder.")
        )
    path = PACKAGE.parent / "docs" / "figures.md"
    page = figure_docs.page()
    stands = path.read_text("utf-8") if path.is_file() else ""
    if check and stands != page:
        raise TrackerError(
            Words(
                "docs/figures.md 与指标目录不一致。请运行 tracker docs 重写。",
                "docs/figures.md differs from the catalogue. Run tracker docs.",
            )
        )
    if stands != page:
        path.write_text(page, "utf-8", newline="\n")
    click.echo("docs/figures.md 与指标目录一致。")


ALL = (figures, registers, docs)
