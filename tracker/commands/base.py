"""What the commands share: the application, the office they speak of, passwords, printing."""

from __future__ import annotations

import functools
import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any, TypeVar

import click
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.kernel import migrating
from tracker.kernel.db import db
from tracker.kernel.errors import TrackerError
from tracker.kernel.scope import Scope
from tracker.kernel.words import Words
from tracker.offices.models import Office
from tracker.offices.queries import office_by_code, offices_below
from tracker.offices.terms import OfficeLevel

C = TypeVar("C", bound=Callable[..., Any])

office_option = click.option(
    "--office", "office_code", metavar="CODE", help="单位代码；只有一个单位时可省略。"
)
json_option = click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 文档。")
password_option = click.option(
    "--password-file",
    type=click.File("r", encoding="utf-8-sig"),
    help="从文件的第一行读密码（- 为标准输入）；省略时当面询问。",
)


def application() -> Flask:
    """The application of this run of the command line."""
    return click.get_current_context().ensure_object(ScriptInfo).load_app()


def with_database(command: C) -> C:
    """For commands that need the office's database, of this program's schema."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        app = application()
        migrating.require_current(app)
        with app.app_context():
            return command(*args, **kwargs)

    return run  # type: ignore[return-value]


def session() -> Session:
    """The session for reading."""
    return db.session()


def chosen_office(found: Session, code: str | None) -> Office:
    """The office a command speaks of.

    :raises TrackerError: when there is none of this code, or none at all.
    :raises click.UsageError: when there are several and none is named.
    """
    if code:
        office = office_by_code(found, code)
        if office is None:
            raise TrackerError(
                Words(
                    "没有代码为 {code} 的单位。用 tracker office list 查看全部单位。",
                    "There is no office with the code {code}. See tracker office list.",
                ).fill(code=code)
            )
        return office
    offices = found.scalars(select(Office).order_by(Office.code).limit(20)).all()
    if not offices:
        raise TrackerError(
            Words(
                "还没有单位。请先运行 tracker init 建立单位。",
                "There is no office yet. Run tracker init first.",
            )
        )
    if len(offices) > 1:
        listed = "、".join(f"{office.code}（{office.name}）" for office in offices)
        raise click.UsageError(f"有多个单位，请用 --office 指明：{listed}")
    return offices[0]


def scope_of(found: Session, office: Office) -> Scope:
    """What the command line sees of an office: itself and, of a county, its townships."""
    below = offices_below(found, office.id) if office.level is OfficeLevel.COUNTY else ()
    seen = (office.id, *(each.id for each in below))
    return Scope(seen, office.id, may_write=True, may_except=True)


def asked_password(file: IO[str] | None) -> str:
    """The password of the file, or asked for twice."""
    if file is None:
        answer: str = click.prompt("密码", hide_input=True, confirmation_prompt="再输一次密码")
        return answer
    try:
        return file.readline().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise TrackerError(
            Words("密码文件不是 UTF-8 文本", "The password file is not UTF-8 text")
        ) from error


def print_json(document: object) -> None:
    """One JSON document on standard output, Chinese as Chinese."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_table(lines: Iterable[Sequence[str]], *, indent: int = 0) -> None:
    """Columns side by side; a Han character takes two places."""
    lines = [tuple(line) for line in lines]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [
            text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True)
        ]
        click.echo((" " * indent + "  ".join(cells)).rstrip())


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
