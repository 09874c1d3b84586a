"""The year's report: draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy.orm import Session

from tracker.kernel import clock
from tracker.kernel.db import COMMAND_LINE, write_tx
from tracker.kernel.period import FIRST_YEAR
from tracker.kernel.scope import Scope
from tracker.offices.models import Office

from . import base, files

if TYPE_CHECKING:
    from tracker.reports.docx.styles import Supplied
    from tracker.reports.models import ReportEdition

_FONTS = {"机关字库": "office", "系统自带": "system"}


@click.command()
@click.argument("year", type=click.IntRange(FIRST_YEAR + 1, 2099))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    help="写到这个文件；给文件夹时用通常的文件名。",
)
@click.option(
    "--final", is_flag=True, help="定稿：数字须已定稿，文本随之定稿，各页不再标「草稿」。"
)
@click.option(
    "--fonts",
    type=click.Choice(list(_FONTS)),
    help="机关字库（方正小标宋、仿宋_GB2312）或系统自带（华文中宋、仿宋）；省略时按报告设置。",
)
@click.option(
    "--style-from",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="正文、标题的样式取自这份 .docx。",
)
@base.office_option
@base.with_database
def draft(
    year: int,
    output: Path,
    final: bool,
    fonts: str | None,
    style_from: Path | None,
    office_code: str | None,
) -> None:
    """按公文格式（GB/T 9704）生成年度报告 YEAR 的 .docx；有写不出来的标记就全部列出，不写文件。"""
    from tracker.reports import drafting, queries
    from tracker.reports.terms import FontSet

    session, today = base.session(), clock.today()
    office = base.chosen_office(session, office_code)
    scope = base.scope_of(session, office)
    target = files.target_of(output, drafting.file_name(office, year, today, final=final))
    kept = queries.report_of(session, office.id, year)
    look = drafting.look_of(kept)
    if fonts is not None:
        look = replace(look, fonts=FontSet(_FONTS[fonts]))
    if style_from is not None:
        look = replace(look, styles=_styles(style_from))
    if final:
        edition = _final(session, scope, office, year, today)
        content = drafting.edition_file(edition, look)
        click.echo(f"定稿文本 {edition.number}，数字取自 {edition.frozen_number}")
    else:
        read = drafting.year_report_of(session, scope, office, year, today, kept)
        missing = drafting.missing_of(session, scope, read, today)
        content = drafting.file_of(read, today, look=look, missing=missing)
        for each in missing:
            click.echo(f"待核对：{each.zh}", err=True)
    files.write_whole(target, content)
    click.echo(f"已写入 {target}")


def _final(session: Session, scope: Scope, office: Office, year: int, today: date) -> ReportEdition:
    """The edition of the text as it now reads; made here where there is none, since whoever asks
    for a final from the command line answers for it."""
    from tracker.reports import drafting, finalising, queries

    kept = queries.report_of(session, office.id, year)
    read = drafting.year_report_of(session, scope, office, year, today, kept)
    finalising.require_final(read)
    if kept is not None and (found := finalising.edition_saying(session, kept, read)) is not None:
        return found
    with write_tx(COMMAND_LINE) as writing:
        return finalising.make_final(writing, scope, office, year, today)


def _styles(path: Path) -> Supplied:
    """The styles of a document; of one that is too large no more is read than shows that it is."""
    from tracker.reports.docx.supplied import MOST_BYTES, supplied_by

    with path.open("rb") as file:
        return supplied_by(file.read(MOST_BYTES + 1))


ALL = (draft,)
