"""Access tokens for scripts: user token …."""

from __future__ import annotations

from datetime import timedelta

import click

from tracker.accounts import operations, tokens
from tracker.accounts.queries import tokens_of
from tracker.kernel import clock
from tracker.kernel.db import COMMAND_LINE, write_tx
from tracker.kernel.errors import TrackerError
from tracker.kernel.records import moment_of
from tracker.kernel.words import Words

from . import base
from .people import account, user


@user.group()
def token() -> None:
    """访问令牌：程序凭它读取 /api/ 地址。新建、列出、撤销。"""


@token.command("add")
@click.argument("name")
@click.option("--for", "purpose", required=True, help="用途，撤销时凭它辨认。")
@click.option(
    "--days",
    default=tokens.USUAL_DAYS,
    show_default=True,
    type=click.IntRange(0, tokens.LONGEST_DAYS),
    help="有效天数。",
)
@base.json_option
@base.with_database
def add_token(name: str, purpose: str, days: int, as_json: bool) -> None:
    """为账户 NAME 建一个令牌；令牌只显示这一次，写在标准输出。"""
    found, today = account(name), clock.today()
    if found.disabled_at is not None:
        raise TrackerError(
            Words("账户 {name} 已停用。", "The account {name} is closed.").fill(name=name)
        )
    ends_on = today + timedelta(days=days)
    with write_tx(COMMAND_LINE) as session:
        owner = operations.find_user(session, found.office_id, found.id)
        secret = tokens.create_token(session, owner, name=purpose, ends_on=ends_on, today=today)
    if as_json:
        base.print_json({"user": name, "for": purpose, "ends_on": str(ends_on), "token": secret})
        return
    click.echo(f"已为 {name} 建立令牌，有效期至 {ends_on}。它只显示这一次：", err=True)
    click.echo(secret)


@token.command("list")
@base.office_option
@base.json_option
@base.with_database
def list_tokens(office_code: str | None, as_json: bool) -> None:
    """列出单位的令牌。"""
    session = base.session()
    found = tokens_of(session, base.chosen_office(session, office_code).id)
    lines = [
        {
            "user": owner.name,
            "for": each.name,
            "created_at": moment_of(each.created_at),
            "used_at": moment_of(each.used_at) if each.used_at else None,
            "ends_on": str(each.ends_on),
            "ended": each.ends_on < clock.today(),
        }
        for each, owner in found
    ]
    if as_json:
        base.print_json({"tokens": lines})
        return
    heads = [("用户名", "用途", "建立时间", "最近使用", "有效期至")]
    base.print_table(
        heads
        + [
            (
                str(line["user"]),
                str(line["for"]),
                str(line["created_at"]),
                str(line["used_at"] or "还没有用过"),
                f"{line['ends_on']}{'（已到期）' if line['ended'] else ''}",
            )
            for line in lines
        ]
    )


@token.command("revoke")
@click.argument("name")
@click.option("--for", "purpose", required=True, help="令牌的用途。")
@base.with_database
def revoke_token(name: str, purpose: str) -> None:
    """撤销账户 NAME 的一个令牌。"""
    owner = account(name)
    found = tokens_of(base.session(), owner.office_id, owner.id)
    token_id = next((each.id for each, _ in found if each.name == purpose), None)
    if token_id is None:
        raise TrackerError(
            Words(
                "{name} 没有用途为「{purpose}」的令牌。用 tracker user token list 查看。",
                "{name} has no token for «{purpose}». See tracker user token list.",
            ).fill(name=name, purpose=purpose)
        )
    with write_tx(COMMAND_LINE) as session:
        tokens.revoke_token(session, owner.office_id, token_id)
    click.echo(f"已撤销 {name} 的令牌「{purpose}」。")
