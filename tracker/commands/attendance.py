"""Names of those who signed in: attendance forget."""

from __future__ import annotations

import click

from tracker.kernel import clock
from tracker.kernel.db import COMMAND_LINE, write_tx
from tracker.outreach.signin import queries
from tracker.outreach.signin.operations import forgetting

from . import base


@click.group()
def attendance() -> None:
    """签到名单：按期删除姓名。"""


@attendance.command()
@click.option("--dry-run", is_flag=True, help="只列出到期的，不删除。")
@base.office_option
@base.with_database
def forget(dry_run: bool, office_code: str | None) -> None:
    """删除到期的签到姓名和电话；人数和所在村保留，数字不变。

    网页服务每天第一次有人打开页面时也会这样做。以前做的备份里仍有姓名。
    """
    session, today = base.session(), clock.today()
    offices = (
        [base.chosen_office(session, office_code).id]
        if office_code
        else list(queries.offices_with_names(session))
    )
    due = [each for office_id in offices for each in queries.names_due(session, office_id, today)]
    for each in due:
        click.echo(f"{each.event.number} {each.event.title}：{each.names} 人")
    total = sum(each.names for each in due)
    if dry_run or not due:
        click.echo(f"到期的姓名共 {total} 个，没有删除。" if due else "没有到期的姓名。")
        return
    for office_id in offices:
        with write_tx(COMMAND_LINE) as writing:
            forgetting.forget_names(writing, office_id, today)
    click.echo(f"已删除 {total} 个姓名。")


ALL = (attendance,)
