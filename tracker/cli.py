"""The command line: each command a few lines over the same operations as the pages."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import click
from flask.cli import AppGroup, ScriptInfo
from flask_migrate.cli import db as migrations
from sqlalchemy.exc import DBAPIError

from tracker import __version__
from tracker.commands import access_tokens as _tokens  # noqa: F401  # adds «user token»
from tracker.commands import (
    attendance,
    checking,
    closing,
    county_forms,
    evidence,
    imports,
    numbers,
    people,
    reminding,
    reports,
    safekeeping,
    setting_up,
    sheets,
)
from tracker.kernel import rows
from tracker.kernel.errors import TrackerError


class Refused(click.ClickException):
    """A refusal: the message alone on standard error, exit 1."""

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file or sys.stderr)


class CommandLine(AppGroup):
    """All commands. What a person can mend is said in a sentence and never as a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        for stream in (sys.stdout, sys.stderr):
            # Windows would write the terminal's code page, also into a file or a pipe.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8")
        super().main(*args, **kwargs)
        raise AssertionError("unreachable")

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> click.Context:
        extra.setdefault("obj", ScriptInfo(create_app=_create_app, load_dotenv_defaults=False))
        return super().make_context(info_name, args, parent=parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with rows.seeing_everything():
                return super().invoke(ctx)
        except TrackerError as error:
            raise Refused(error.message.zh) from error
        except DBAPIError as error:
            raise Refused(f"数据库出错，没有完成：{error.orig}") from error
        except BrokenPipeError:  # `tracker figures 2024 | head`: click ends quietly
            raise
        except OSError as error:
            named = f"：{error.filename}" if error.filename else ""
            raise Refused(f"文件无法读写{named}（{error.strerror or error}）") from error


def _create_app() -> Any:
    from tracker.app import create_app  # the longest import of all, not needed for --help

    return create_app()


@click.group(cls=CommandLine)
@click.version_option(__version__, prog_name="tracker")
def main() -> None:
    """乡镇法治台账 · Township rule-of-law tracker."""


for _command in (
    *setting_up.ALL,
    *people.ALL,
    *numbers.ALL,
    *reminding.ALL,
    *closing.ALL,
    *sheets.ALL,
    *imports.ALL,
    *attendance.ALL,
    *county_forms.ALL,
    *reports.ALL,
    *checking.ALL,
    *safekeeping.ALL,
    *evidence.ALL,
    migrations,
):
    main.add_command(_command)
