"""The program's own text, for rules about it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tracker.kernel.paths import PACKAGE

ROOT = PACKAGE.parent


def python_files() -> list[Path]:
    """Every module of the program."""
    return sorted(PACKAGE.rglob("*.py"))


def template_files() -> list[Path]:
    """Every template."""
    return sorted((ROOT / "templates").rglob("*.html"))


def named(path: Path) -> str:
    """A file as a message names it."""
    return path.relative_to(ROOT).as_posix()


def place(path: Path, node: ast.AST) -> str:
    """Where something stands."""
    return f"{named(path)}:{getattr(node, 'lineno', 0)}"


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax."""
    return ast.parse(path.read_text("utf-8"), str(path))


def nodes(path: Path) -> Iterator[ast.AST]:
    """Everything in a module."""
    return ast.walk(tree(path))


def imported(path: Path) -> set[str]:
    """Every module a module imports, and every name it takes out of one, in full."""
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module))
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def called(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last part of what is called: ``execute`` for ``session.execute(…)``."""
    for node in nodes(path):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                yield function.attr, node
            elif isinstance(function, ast.Name):
                yield function.id, node
