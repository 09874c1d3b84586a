"""Applications for tests: a schema made once, an office to start from, and its people."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from pathlib import Path
from typing import Any

from alembic import command
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule
from werkzeug.security import generate_password_hash
from werkzeug.test import TestResponse

from tracker.accounts import passwords
from tracker.accounts.terms import Role
from tracker.app import create_app
from tracker.kernel import migrating, rows
from tracker.kernel.db import db, schema_tx

from . import databases

#: The day on which tests run: when the report on 2024 is being written.
TODAY = date(2025, 1, 20)

OFFICE_NAME = "架桥镇"
OFFICE_CODE = "430725115"
PASSWORD = "qiao-shang-liu-shui"

#: The people of the first office, by role: the name they sign in with.
PEOPLE = {Role.ADMINISTRATOR: "guanli", Role.CLERK: "jingban", Role.READER: "chayue"}

#: How the product itself hashes passwords, kept before the tests put something quicker there.
SLOW = passwords.METHOD
#: A hash that is made at once; the real one takes half a second on purpose.
QUICK = "pbkdf2:sha256:1"


def make_app(folder: Path, **overrides: Any) -> Flask:
    """An application on the data of ``folder``."""
    databases.prepare(folder)
    app = create_app(
        {"INSTANCE": str(folder), "TESTING": True, "SECRET_KEY": "test" * 12, **overrides}
    )
    app.test_client_class = Browser
    # Each application would compile its templates again; the tests make hundreds of them.
    app.jinja_env.bytecode_cache = _COMPILED
    with app.app_context():
        db.engine._compiled_cache = _STATEMENTS
    return app


class Browser(FlaskClient):
    """Flask's client, which lets go of what it sent: a file of half a megabyte and more is put into
    a temporary one, and that one left open fails whichever test is running when it is collected."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        answer = super().open(*args, **kwargs)
        answer.request.environ["wsgi.input"].close()
        return answer


class _Compiled(BytecodeCache):
    """Compiled templates, kept as long as the tests run."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class _Statements(LRUCache[Any, Any]):
    """Compiled statements of all applications. Their key begins with the engine's own dialect;
    a process has one database, so that the rest of it says enough."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key[1:], value)


_STATEMENTS = _Statements(2000)


def _remember_addresses() -> None:
    """Let the URL builders of all applications be compiled once: they are the same each time, and
    two hundred of them were nine tenths of what making an application cost."""
    compile_builder = Rule._compile_builder
    known: dict[Hashable, Any] = {}

    def remembered(rule: Rule, append_unknown: bool = True) -> Any:
        if rule.defaults:
            return compile_builder(rule, append_unknown)
        key = (rule.rule, tuple(rule._trace), append_unknown)
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    Rule._compile_builder = remembered  # type: ignore[assignment]


_remember_addresses()


def close(app: Flask) -> None:
    """Let go of the database, as the end of the program would."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def discard(app: Flask) -> None:
    """Let go of an instance whose test is over, and of its database."""
    close(app)
    databases.drop(Path(app.instance_path))


def make_templates(folder: Path) -> tuple[Path, Path]:
    """Two instance folders to copy: an empty one with its schema, and one with an office."""
    bare, founded = folder / "bare", folder / "founded"
    app = make_app(bare)
    with app.app_context():
        db.create_all()
        with schema_tx() as connection:
            command.stamp(migrating.config(connection), "head")
    close(app)
    databases.copy(bare, founded)
    app = make_app(founded)
    from .world import World

    world = World(app)
    office = world.an_office(OFFICE_NAME, OFFICE_CODE)
    world.office_id = office.id
    for role, name in PEOPLE.items():
        world.a_user(role, name=name, display_name=role.label.zh + "小李")
    close(app)
    return bare, founded


def quick_hash(password: str) -> str:
    """The stored form of a password, made without delay."""
    return generate_password_hash(password, QUICK)


__all__ = ["OFFICE_CODE", "OFFICE_NAME", "PASSWORD", "PEOPLE", "TODAY", "make_app", "rows"]
