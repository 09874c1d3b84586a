"""Setting up and serving: init, upgrade, serve, demo."""

from __future__ import annotations

import signal
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, Any

import click
import waitress
from flask import Flask

from tracker.accounts import passwords
from tracker.kernel import memory, migrating
from tracker.kernel.db import COMMAND_LINE, write_tx
from tracker.kernel.errors import TrackerError
from tracker.kernel.uploads import LARGEST_REQUEST
from tracker.kernel.words import Words
from tracker.offices.terms import OfficeLevel
from tracker.onboarding import operations

from . import base

THREADS = 8


def _bring_up_to_date(app: Flask) -> None:
    done = migrating.migrate_to_head(app)
    if not done.done:
        return
    if done.before is migrating.Standing.ABSENT:
        click.echo("数据库已建立。")
        return
    click.echo(f"数据库已升级 {len(done.done)} 步。")
    if done.copy is not None:
        click.echo(f"升级前的副本：{done.copy}")


def _create_if_absent(app: Flask) -> None:
    if migrating.schema(app).standing is migrating.Standing.ABSENT:
        _bring_up_to_date(app)
    migrating.require_current(app)


@click.command()
@click.option("--office", "office_name", required=True, help="单位名称，例如 架桥镇人民政府。")
@click.option("--office-code", required=True, help="单位代码，例如 430725115。")
@click.option(
    "--level",
    type=click.Choice(OfficeLevel.codes()),
    default=OfficeLevel.TOWNSHIP.value,
    show_default=True,
    help="乡镇（township）或县区（county）。",
)
@click.option("--admin", "user_name", required=True, help="第一位管理员的用户名。")
@click.option("--display-name", default="", help="管理员姓名；省略时同用户名。")
@base.password_option
def init(
    office_name: str,
    office_code: str,
    level: str,
    user_name: str,
    display_name: str,
    password_file: IO[str] | None,
) -> None:
    """建立数据库、第一个单位和第一位管理员。"""
    app = base.application()
    if migrating.schema(app).standing is not migrating.Standing.ABSENT:
        migrating.require_current(app)
        with app.app_context():
            operations.require_empty(base.session())
    password = base.asked_password(password_file)
    passwords.require_fit(password, user_name)
    hashed = passwords.hash_password(password)
    migrating.migrate_to_head(app)
    with app.app_context(), write_tx(COMMAND_LINE) as session:
        office, user = operations.set_up(
            session,
            office_name=office_name,
            office_code=office_code,
            level=OfficeLevel(level),
            user_name=user_name,
            display_name=display_name or user_name,
            password_hash=hashed,
        )
        told = f"已建立单位 {office.name}（{office.code}），管理员 {user.name}。"
    click.echo(told)


@click.command()
def upgrade() -> None:
    """建立数据库或升级到本程序的版本；升级前自动留一份副本。"""
    app = base.application()
    _bring_up_to_date(app)
    click.echo("数据库是最新的。")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="监听的端口；0 为任意空闲端口。",
)
@click.option("--upgrade", "may_upgrade", is_flag=True, help="先把数据库升级到最新。")
@click.option("--trusted-proxy", metavar="ADDRESS", help="前置代理（如 nginx）的地址。")
def serve(host: str, port: int, may_upgrade: bool, trusted_proxy: str | None) -> None:
    """启动网页服务。"""
    app = base.application()
    if may_upgrade or migrating.schema(app).standing is migrating.Standing.ABSENT:
        _bring_up_to_date(app)
    migrating.require_current(app)
    with _held(app):
        server = _server(app, host, port, trusted_proxy)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        shown = "127.0.0.1" if server.effective_host in ("0.0.0.0", "::") else host  # noqa: S104
        click.echo(f"台账已启动：http://{shown}:{server.effective_port}  （按 Ctrl+C 停止）")
        memory.settle()
        server.run()


def _held(app: Flask) -> AbstractContextManager[None]:
    """One serving process on a SQLite database; PostgreSQL takes several."""
    from tracker.safekeeping.files import is_sqlite
    from tracker.safekeeping.locks import hold_server_lock

    return hold_server_lock(Path(app.instance_path)) if is_sqlite(app) else nullcontext()


def _server(app: Flask, host: str, port: int, trusted_proxy: str | None) -> Any:
    proxy: dict[str, Any] = {}
    if trusted_proxy:
        headers = {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"}
        proxy = {"trusted_proxy": trusted_proxy, "trusted_proxy_headers": headers}
    try:
        return waitress.create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            max_request_body_size=LARGEST_REQUEST,
            clear_untrusted_proxy_headers=True,
            **proxy,
        )
    except (OSError, ValueError) as error:
        raise TrackerError(
            Words(
                "无法监听 {host}:{port}（{why}）。端口可能已被占用，请用 --port 换一个，"
                "例如 --port 8001。",
                "Cannot listen on {host}:{port} ({why}). The port may be taken; choose another, "
                "such as --port 8001.",
            ).fill(host=host, port=port, why=getattr(error, "strerror", None) or error)
        ) from error


@click.command()
@click.option("--county", is_flag=True, help="载入有四个乡镇的示例县。")
def demo(county: bool) -> None:
    """载入示例镇（虚构数据）；可重复，不动其他单位。"""
    from tracker.onboarding import demo as example

    app = base.application()
    _create_if_absent(app)
    with app.app_context():
        sign_in = example.load(county=county)
    click.echo(f"示例数据已载入。用户名 {sign_in.name}，密码 {sign_in.password}。")


ALL = (init, upgrade, serve, demo)
