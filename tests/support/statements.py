"""Counting what a page asks the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import event

from tracker.kernel.db import db


@dataclass
class Asked:
    """The statements sent to the database, and how many rows they brought."""

    statements: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.statements)

    def about(self, table: str) -> list[str]:
        """The statements that read from a table first."""
        return [each for each in self.statements if f"FROM {table}" in " ".join(each.split())]


@contextmanager
def counting(app: Flask) -> Iterator[Asked]:
    """Notes every statement sent while the block runs."""
    asked = Asked()

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SELECT set_config")):
            asked.statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
