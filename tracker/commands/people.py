"""Accounts and offices: user …, office …."""

from __future__ import annotations

from typing import IO

import click
from sqlalchemy import select

from tracker.accounts import operations, passwords
from tracker.accounts.models import User
from tracker.accounts.queries import user_by_name, users_of
from tracker.accounts.terms import Role
from tracker.kernel.db import COMMAND_LINE, write_tx
from tracker.kernel.errors import TrackerError
from tracker.kernel.words import Words
from tracker.offices.models import Office
from tracker.offices.terms import OfficeLevel
from tracker.onboarding.operations import found_office

from . import base


def account(name: str) -> User:
    """The account with this name.

    :raises TrackerError: when there is none.
    """
    user = user_by_name(base.session(), name)
    if user is None:
        raise TrackerError(Words("没有用户 {name}。", "There is no user {name}.").fill(name=name))
    return user


@click.group()
def user() -> None:
    """账户：新建、停用、启用、改密码、列出；程序用的令牌。"""


@user.command("add")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(Role.codes()),
    default=Role.CLERK.value,
    show_default=True,
    help="管理员、经办人或查阅人。",
)
@click.option("--display-name", default="", help="姓名；省略时同用户名。")
@base.office_option
@base.password_option
@base.with_database
def add_user(
    name: str,
    role: str,
    display_name: str,
    office_code: str | None,
    password_file: IO[str] | None,
) -> None:
    """新建账户 NAME。"""
    office = base.chosen_office(base.session(), office_code)
    password = base.asked_password(password_file)
    passwords.require_fit(password, name)
    hashed = passwords.hash_password(password)
    with write_tx(COMMAND_LINE) as session:
        made = operations.create_user(
            session,
            office.id,
            name=name,
            display_name=display_name,
            role=Role(role),
            password_hash=hashed,
        )
        told = f"已为 {office.name} 新建账户 {made.name}（{made.role.label.zh}）。"
    click.echo(told)


@user.command("disable")
@click.argument("name")
@base.with_database
def disable_user(name: str) -> None:
    """停用账户 NAME，并立即退出它的全部登录。"""
    found = account(name)
    with write_tx(COMMAND_LINE) as session:
        operations.disable_user(session, operations.find_user(session, found.office_id, found.id))
    click.echo(f"账户 {name} 已停用。")


@user.command("enable")
@click.argument("name")
@base.with_database
def enable_user(name: str) -> None:
    """重新启用账户 NAME。"""
    found = account(name)
    with write_tx(COMMAND_LINE) as session:
        operations.enable_user(session, operations.find_user(session, found.office_id, found.id))
    click.echo(f"账户 {name} 已启用。")


@user.command("password")
@click.argument("name")
@base.password_option
@base.with_database
def set_password(name: str, password_file: IO[str] | None) -> None:
    """为账户 NAME 设新密码，并退出它的全部登录。"""
    found = account(name)
    password = base.asked_password(password_file)
    passwords.require_fit(password, name)
    hashed = passwords.hash_password(password)
    with write_tx(COMMAND_LINE) as session:
        operations.set_password(
            session, operations.find_user(session, found.office_id, found.id), hashed
        )
    click.echo(f"账户 {name} 的密码已更换。")


@user.command("list")
@base.office_option
@base.json_option
@base.with_database
def list_users(office_code: str | None, as_json: bool) -> None:
    """列出账户。"""
    found = users_of(base.session(), base.chosen_office(base.session(), office_code).id)
    if as_json:
        base.print_json(
            {
                "users": [
                    {
                        "name": each.name,
                        "display_name": each.display_name,
                        "role": each.role.value,
                        "disabled": each.disabled_at is not None,
                    }
                    for each in found
                ]
            }
        )
        return
    heads = [("用户名", "姓名", "角色", "状态")]
    base.print_table(
        heads
        + [
            (
                each.name,
                each.display_name,
                each.role.label.zh,
                "已停用" if each.disabled_at else "可登录",
            )
            for each in found
        ]
    )


@click.group()
def office() -> None:
    """单位：新建、列出。"""


@office.command("add")
@click.option("--name", required=True, help="单位名称。")
@click.option("--code", required=True, help="单位代码。")
@click.option(
    "--level",
    type=click.Choice(OfficeLevel.codes()),
    default=OfficeLevel.TOWNSHIP.value,
    show_default=True,
    help="乡镇（township）或县区（county）。",
)
@click.option("--parent", "parent_code", metavar="CODE", help="上级单位（县区）的代码。")
@base.with_database
def add_office(name: str, code: str, level: str, parent_code: str | None) -> None:
    """新建单位。"""
    with write_tx(COMMAND_LINE) as session:
        parent = base.chosen_office(session, parent_code) if parent_code else None
        made = found_office(session, name=name, code=code, level=OfficeLevel(level), parent=parent)
        told = f"已建立单位 {made.name}（{made.code}）。"
    click.echo(told)


@office.command("list")
@base.json_option
@base.with_database
def list_offices(as_json: bool) -> None:
    """列出单位。"""
    found = base.session().scalars(select(Office).order_by(Office.code)).all()
    codes = {each.id: each.code for each in found}
    parents = [codes[each.parent_id] if each.parent_id else None for each in found]
    if as_json:
        base.print_json(
            {
                "offices": [
                    {
                        "code": each.code,
                        "name": each.name,
                        "level": each.level.value,
                        "parent": parent,
                        "example": each.is_example,
                    }
                    for each, parent in zip(found, parents, strict=True)
                ]
            }
        )
        return
    heads = [("代码", "名称", "级别", "上级")]
    base.print_table(
        heads
        + [
            (each.code, each.name, each.level.label.zh, parent or "")
            for each, parent in zip(found, parents, strict=True)
        ]
    )


ALL = (user, office)
