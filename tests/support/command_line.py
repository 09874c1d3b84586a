"""The command line as a test speaks to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from click.testing import Result
from flask import Flask

from tracker.cli import main

Line = Callable[..., Result]


def line_of(app: Flask) -> Line:
    """The command line on this application's data."""

    def run(*words: str, **options: Any) -> Result:
        return app.test_cli_runner().invoke(main, words, **options)

    return run


def refusal(result: Result) -> str:
    """What a refused command said; on standard error alone."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr
