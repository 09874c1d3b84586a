"""The command line: each command a few lines over the same operations as the pages."""

from __future__ import annotations

import click
from flask.cli import FlaskGroup

from tracker.app import create_app


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False)
def main() -> None:
    """乡镇法治台账 · Township rule-of-law tracker."""
