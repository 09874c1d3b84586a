"""Filling in forms: fill."""

from __future__ import annotations

from pathlib import Path

import click

from tracker import collections
from tracker.kernel import clock
from tracker.kernel.period import FIRST_YEAR

from . import base, files


@click.command()
@click.argument("form", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("year", type=click.IntRange(FIRST_YEAR + 1, 2099))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    help="写到这个文件；给文件夹时用通常的文件名。",
)
@click.option("--prepared-by", default="", help="表里的填表人；省略时留空，供签名。")
@base.office_option
@base.with_database
def fill(form: Path, year: int, output: Path, prepared_by: str, office_code: str | None) -> None:
    """按一年的数字填好县里的表样 FORM（.xlsx）；有认不出的标记就全部列出，不生成文件。"""
    from tracker.workbooks.county_forms import filling, opening

    content = _read(form)
    session, today = base.session(), clock.today()
    office = base.chosen_office(session, office_code)
    scope = base.scope_of(session, office)
    target = files.target_of(output, filling.filled_name(office, form.stem, year, today))
    survey = opening.survey(content, form.name)
    filled = filling.fill_form(
        session,
        content,
        survey,
        filling.occasion_of(session, scope, office, year, today, prepared_by),
        collections.REGISTERS,
    )
    files.write_whole(target, filled)
    from tracker.workbooks.county_forms.describing import lost

    for each in lost(survey.losses):
        click.echo(f"注意：{each.zh}", err=True)
    click.echo(f"已写入 {target}")


def _read(path: Path) -> bytes:
    """The file, or as much of one that is too large as shows that it is."""
    from tracker.workbooks.grid import MOST_BYTES

    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


ALL = (fill,)
